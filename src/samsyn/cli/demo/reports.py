"""Two years of invented reports with a believable rhythm: evenings, weekends, seasons, one rise."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from math import cos, exp, pi

from django.db import transaction

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.base.audit.log import record, register_verbs
from samsyn.base.geo.models import Place
from samsyn.base.orgs.models import Organisation
from samsyn.cli.demo.cast import TOWNS, Cast, Town
from samsyn.domains.reports.models import (
    PeopleBand,
    Report,
    ReportKind,
    ReportStatus,
    Source,
    Status,
)

WEEKS = 104
SEED = 2023196
MARK = "[Påhittad]"

register_verbs({"demo.filled": "Påhittade rapporter tillagda"})

# category: weight, hours when it happens, summer factor, note
HABITS: dict[str, tuple[float, tuple[int, int], float, str]] = {
    "UNGD": (5, (18, 24), 1.0, "Ungdomar i grupp, hög ljudnivå."),
    "TRAF": (4, (17, 24), 1.8, "Mopeder och A-traktorer kör runt på gångbanan."),
    "SKAD": (4, (20, 29), 1.0, "Krossad ruta vid entrén."),
    "SKRAP": (3, (8, 20), 1.3, "Sopor och glas på marken."),
    "KLOT": (3, (21, 29), 1.1, "Klotter på fasaden."),
    "STOR": (3, (20, 28), 1.0, "Högljudda gäster i trapphuset."),
    "NARK": (2.5, (16, 24), 1.1, "Doft av cannabis, zip-påsar på marken."),
    "SAML": (2.5, (17, 23), 1.4, "Större samling, någon kände sig otrygg."),
    "ALK": (2, (20, 27), 1.5, "Berusning på allmän plats."),
    "TOBAK": (1.5, (9, 16), 0.4, "Vejp i korridoren på rasten."),
    "HOT": (1.2, (10, 22), 0.9, "Hotfull stämning mellan två grupper."),
    "VALD": (0.8, (19, 27), 1.1, "Bråk mellan några personer."),
    "BRAND": (0.8, (18, 26), 1.3, "Eldat i papperskorg."),
    "STOLD": (1.5, (9, 19), 1.0, "Cykel stulen ur stället."),
    "OLINT": (1, (20, 29), 0.8, "Obehöriga i källaren."),
    "DIGI": (0.5, (15, 22), 0.6, "Prat på nätet om uppgörelse i helgen."),
    "OTRYG": (1.2, (16, 22), 0.5, "Trasig lampa, mörkt vid gången."),
    "POS": (1, (15, 21), 1.2, "Lugnt och många vuxna ute."),
}
UNSAFE = "OTRYG"


@transaction.atomic
def make_reports(cast: Cast) -> int:
    """Make the reports of all towns; returns how many."""
    made = 0
    for town in TOWNS:
        # A seed of its own, so that one town's numbers do not change another's.
        chance = random.Random(f"{SEED}-{town.code}")  # noqa: S311 - invented content, no secret
        rows = list(reports_of(town, cast, chance))
        Report.objects.bulk_create(rows, batch_size=1000)
        mark_old_as_seen(rows)
        record(SYSTEM, "demo.filled", organisation=cast.towns[town.code], rows=len(rows))
        made += len(rows)
    return made


def mark_old_as_seen(rows: list[Report]) -> None:
    """The coordinator has looked at everything but the last days."""
    limit = clock.now() - dt.timedelta(days=4)
    ReportStatus.objects.bulk_create(
        (
            ReportStatus(report=row, status=Status.SEEN, at=row.received_at, by_label="Samordnare")
            for row in rows
            if row.received_at < limit
        ),
        batch_size=1000,
    )


def reports_of(town: Town, cast: Cast, chance: random.Random) -> Iterator[Report]:
    """Give the reports of one town, week by week, up to now, and the planned events ahead."""
    now = clock.now()
    monday = now.date() - dt.timedelta(days=now.weekday())
    for back in range(WEEKS, -1, -1):
        week = monday - dt.timedelta(weeks=back)
        mean = town.reports_a_week * season_of(week) * (1.6 if back == 1 else 1.0)
        for _number in range(poisson(mean, chance)):
            report = incident(town, cast, week, chance)
            if (
                report is not None
                and report.starts_at <= now
                and not is_silent(report.organisation, back)
            ):
                yield report
        yield from calm_reports(town, cast, week, back, chance, now)
    yield from planned_events(town, cast, monday)


def season_of(day: dt.date) -> float:
    """More when it is light, less in the dark months."""
    return 1.0 + 0.25 * cos(2 * pi * (day.timetuple().tm_yday - 180) / 365)


def poisson(mean: float, chance: random.Random) -> int:
    """Draw a Poisson number (Knuth)."""
    limit, product, number = exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        number += 1
    return number


def is_silent(organisation: Organisation, weeks_back: int) -> bool:
    """Björkskolan has been silent for three weeks: silence is not calm."""
    return organisation.name == "Björkskolan" and weeks_back <= 3


def incident(town: Town, cast: Cast, week: dt.date, chance: random.Random) -> Report | None:
    """Invent one incident of the week."""
    summer = week.month in {6, 7, 8}
    weights = [
        weight * (factor if summer else 1.0) for weight, _hours, factor, _note in HABITS.values()
    ]
    key = chance.choices(list(HABITS), weights)[0]
    _weight, (first, last), _factor, note = HABITS[key]
    day = chance.choices(range(7), (8, 8, 8, 9, 16, 18, 8))[0]
    starts_at = at(week + dt.timedelta(days=day), chance.uniform(first, last))
    reporters = cast.reporters[town.code]
    organisation = chance.choices([one for one, _ in reporters], [share for _, share in reporters])[
        0
    ]
    place = hot_place(key, cast.places[town.code], summer, chance)
    wide = chance.random() < 0.3
    return report_of(
        cast.towns[town.code],
        organisation,
        place,
        kind=ReportKind.UNSAFE_PLACE if key == UNSAFE else ReportKind.INCIDENT,
        category_key=key,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=chance.choice((4, 8, 12)) if wide else 1),
        note=f"{MARK} {note}" if chance.random() < 0.7 else "",
        people_band=chance.choice(("", *PeopleBand.values))
        if key in {"UNGD", "SAML", "TRAF"}
        else "",
        reported_to_police=chance.choice((None, True, False)),
        chance=chance,
    )


def hot_place(key: str, places: list[Place], summer: bool, chance: random.Random) -> Place:
    """Most things happen in few places: mopeds by the beach, youths by the station."""
    by_name = {place.name: place for place in places}
    favourite = {"TRAF": "Badplatsen", "UNGD": "Stationen", "TOBAK": "Centralskolan", "STOLD": "Stationen",
                 "OTRYG": "Gångtunneln", "SKAD": "Centralskolan", "SAML": "Torget"}.get(key)  # fmt: skip
    if favourite and chance.random() < (0.6 if summer or key != "TRAF" else 0.3):
        return by_name[favourite]
    return chance.choice(places)


def at(day: dt.date, hour: float) -> dt.datetime:
    """Return the moment `hour` hours into the day, Swedish time, at a whole quarter."""
    naive = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=15 * round(hour * 4))
    return naive.replace(tzinfo=clock.SWEDEN)


def calm_reports(
    town: Town, cast: Cast, week: dt.date, back: int, chance: random.Random, now: dt.datetime
) -> Iterator[Report]:
    """Some say on Friday that they have nothing to report."""
    for organisation, share in cast.reporters[town.code]:
        friday = at(week + dt.timedelta(days=4), 15)
        if (
            chance.random() < 0.9 - 0.12 * share
            and friday <= now
            and not is_silent(organisation, back)
        ):
            yield report_of(
                cast.towns[town.code], organisation, None, kind=ReportKind.NOTHING, category_key="NOLL",
                starts_at=at(week, 0), ends_at=friday, chance=chance,
            )  # fmt: skip


def planned_events(town: Town, cast: Cast, monday: dt.date) -> Iterator[Report]:
    """Two planned events ahead."""
    chance = random.Random(town.code)  # noqa: S311 - invented content, no secret
    for days, hour, name in (
        (12, 18, "Match på Idrottsplatsen"),
        (19, 20, "Ungdomskväll i Parken"),
    ):
        place = next(p for p in cast.places[town.code] if p.name in name)
        starts_at = at(monday + dt.timedelta(days=days), hour)
        yield report_of(
            cast.towns[town.code], cast.reporters[town.code][0][0], place, kind=ReportKind.PLANNED_EVENT,
            category_key="EVENT", starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=4),
            note=f"{MARK} {name}.", chance=chance,
        )  # fmt: skip


def report_of(
    municipality: Organisation, organisation: Organisation, place: Place | None, *,
    chance: random.Random, starts_at: dt.datetime, ends_at: dt.datetime, **fields: object,
) -> Report:  # fmt: skip
    """Return one report, not saved; its key comes from the seed, so that the demo is the same each time."""
    year, week, _day = starts_at.isocalendar()
    return Report(
        id=uuid.UUID(int=chance.getrandbits(128), version=4),
        municipality=municipality,
        organisation=organisation,
        place=place,
        area=place.area if place else None,
        longitude=place.longitude if place else None,
        latitude=place.latitude if place else None,
        starts_at=starts_at,
        ends_at=ends_at,
        iso_year=year,
        iso_week=week,
        source=Source.LINK,
        received_at=min(
            max(ends_at, starts_at) + dt.timedelta(minutes=chance.randrange(5, 600)), clock.now()
        ),
        idempotency_key=uuid.UUID(int=chance.getrandbits(128), version=4),
        is_demo=True,
        **fields,
    )
