"""A town with reports: what the tests of the picture tell their stories with."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from samsyn.base.clock import SWEDEN
from tests.domains.situation.helping import part_of

MONDAY = dt.date(2026, 5, 11)  # week 20
KINDS = ("STOR", "SKAD", "SKAD")


@pytest.fixture
def report(town, unwritten):
    """Return a function that writes one report: `report("TRAF", day=4, hour=20, week=20)`."""

    def write(*told, **more):
        made = unwritten(*told, **more)
        made.save(force_insert=True)
        return made

    return write


@pytest.fixture
def unwritten(town):
    """Return a function that makes one report without writing it."""
    from samsyn.domains.reports.models import Report

    def make(
        category="SKAD", *, municipality=None, sender=None, week=20, day=0, hour=12, hours=0, **more
    ):
        start = dt.datetime.combine(
            MONDAY + dt.timedelta(weeks=week - 20, days=day), dt.time(hour), SWEDEN
        )
        year, number, _ = start.isocalendar()
        fields = {
            "municipality": municipality or town.lulea,
            "organisation": sender or town.youth,
            "kind": "incident",
            "category_key": category,
            "starts_at": start,
            "ends_at": start + dt.timedelta(hours=hours),
            "iso_year": year,
            "iso_week": number,
            "source": "link",
            "received_at": start + dt.timedelta(hours=hours + 1),
            "idempotency_key": uuid.uuid4(),
        }
        return Report(**fields | more)

    return make


@pytest.fixture
def place(town):
    """Return a function that names a place in Luleå."""
    from samsyn.base.geo.models import Place

    def name(text, longitude=22.15, latitude=65.58):
        return Place.objects.create(
            municipality=town.lulea, name=text, longitude=longitude, latitude=latitude
        )

    return name


@pytest.fixture
def busy_town(unwritten, place):
    """Luleå: eight ordinary weeks of 18 to 29 reports, then 34 in week 20, eleven of them mopeds at the beach."""
    from samsyn.domains.reports.models import Report

    beach = place("Badplatsen", 22.12, 65.58)
    square = place("Storgatan")
    ordinary = (20, 24, 18, 29, 22, 25, 21, 27) * 2
    rows = [
        unwritten(KINDS[number % 3], week=20 - back, day=number % 7, hour=9 + number % 12)
        for back, count in enumerate(reversed(ordinary), start=1)
        for number in range(count)
    ]
    at_beach = {"place": beach, "longitude": 22.1201, "latitude": 65.5801}
    rows += [unwritten("TRAF", day=4 + n % 2, hour=19 + n % 4, **at_beach) for n in range(11)]
    rows += [unwritten(KINDS[n % 3], day=n % 7, hour=8 + n % 10, place=square) for n in range(23)]
    Report.objects.bulk_create(rows)


@pytest.fixture
def police_event():
    """Return a function that writes one of the police's events."""
    from samsyn.domains.registered.models import PoliceEvent

    def write(number, at, *, code="2580", type_="Brand", is_summary=False):
        moment = dt.datetime.fromisoformat(at).replace(tzinfo=SWEDEN)
        year, week, _ = moment.isocalendar()
        return PoliceEvent.objects.create(
            police_id=number,
            event_at=moment,
            published_at=moment,
            type="Sammanfattning natt" if is_summary else type_,
            title=f"{type_}, Luleå",
            location_name="Luleå",
            municipality_code=code,
            county_code="25",
            is_summary=is_summary,
            content_hash=str(number),
            iso_year=year,
            iso_week=week,
        )

    return write


@pytest.fixture
def drafted(busy_town, police_event, cast, town):
    """Week 20 of Luleå, drafted by Samordnaren; the police have published two events."""
    from samsyn.domains.situation.services import draft_picture

    police_event(1, "2026-05-12T10:00")
    police_event(2, "2026-05-13T23:30")
    return draft_picture(
        actor=cast.samordnaren.viewer, scope=town.lulea, iso_year=2026, iso_week=20
    )


@pytest.fixture
def finished(drafted, cast, town):
    """Week 20, released by both parties and frozen."""
    from samsyn.domains.situation.services import finish_picture, release_part

    release_part(actor=cast.kommunpolisen.viewer, part=part_of(drafted, town.police))
    release_part(actor=cast.samordnaren.viewer, part=part_of(drafted, town.lulea))
    finish_picture(actor=cast.samordnaren.viewer, picture=drafted)
    drafted.refresh_from_db()
    return drafted
