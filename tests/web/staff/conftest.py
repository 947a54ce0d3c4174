"""The desk's day: an evening in May, places in Luleå, a link at the youth centre, and reports."""

from __future__ import annotations

import datetime as dt
import uuid
from types import SimpleNamespace

import pytest

from samsyn.base import clock

EVENING = dt.datetime(2026, 5, 14, 22, 30, tzinfo=clock.SWEDEN)


@pytest.fixture
def evening(monkeypatch, cast):
    """It is Thursday 14 May 2026, 22.30; the cast has been at work for long."""
    from samsyn.base.orgs.models import Membership

    Membership.objects.update(since=dt.date(2024, 1, 1))
    monkeypatch.setattr(clock, "now", lambda: EVENING)
    return EVENING


@pytest.fixture
def spots(town):
    """The bathing place and the square."""
    from samsyn.base.geo.models import Place

    def place(name, longitude, latitude):
        return Place.objects.create(
            municipality=town.lulea, name=name, longitude=longitude, latitude=latitude
        )

    return SimpleNamespace(
        beach=place("Badplatsen", 22.15, 65.58), square=place("Torget", 22.16, 65.59)
    )


@pytest.fixture
def caretaker_link(evening, cast, town):
    """The caretaker's link, and its viewer."""
    from samsyn.domains.reports.services import create_link, viewer_of_link

    link, token = create_link(
        actor=cast.samordnaren.viewer,
        municipality=town.lulea,
        organisation=town.youth,
        label="Vaktmästare",
    )
    return SimpleNamespace(link=link, token=token, viewer=viewer_of_link(link))


@pytest.fixture
def report(caretaker_link, town, spots):
    """Send a report as the caretaker does, changed as one says."""
    from samsyn.domains.reports.rules import ReportDraft
    from samsyn.domains.reports.services import send_report

    def send(*, actor=None, organisation=None, at=EVENING, until=None, **changes):
        draft = ReportDraft(
            **{
                "category_key": "TRAF",
                "place_id": spots.beach.pk,
                "starts_at": at,
                "ends_at": until or at,
                "note": "Flera mopeder kör på gångvägen.",
                **changes,
            }
        )
        made, _new = send_report(
            actor=actor or caretaker_link.viewer,
            municipality=town.lulea,
            organisation=organisation or town.youth,
            draft=draft,
            idempotency_key=uuid.uuid4(),
            source="form" if actor else "link",
        )
        return made

    return send


@pytest.fixture
def many_reports(town, spots, evening):
    """Store so many reports of this week, a few minutes apart, without going through the form."""
    from samsyn.domains.reports.models import Report

    def store(count):
        rows = []
        for number in range(count):
            at = EVENING - dt.timedelta(minutes=5 * number)
            spot = spots.beach if number % 2 else spots.square
            year, week, _day = at.isocalendar()
            rows.append(
                Report(
                    municipality=town.lulea,
                    organisation=town.youth,
                    kind="incident",
                    category_key=("TRAF", "SKAD", "KLOT")[number % 3],
                    place=spot,
                    longitude=spot.longitude,
                    latitude=spot.latitude,
                    starts_at=at,
                    ends_at=at,
                    iso_year=year,
                    iso_week=week,
                    source="link",
                    received_at=at,
                    idempotency_key=uuid.uuid4(),
                )
            )
        Report.objects.bulk_create(rows)

    return store


def text_of(response):
    """Return the page's text, with blanks as they are read."""
    import html
    import re

    body = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).replace("\xa0", " ").split())
