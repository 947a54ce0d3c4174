"""What the stories about reports need: a moment, a link, a draft."""

import datetime as dt
import uuid
from dataclasses import replace
from types import SimpleNamespace

import pytest

from samsyn.base import clock


@pytest.fixture
def evening(monkeypatch, cast):
    """It is Thursday 14 May 2026, 22.30; the cast has been at work for long."""
    from samsyn.base.orgs.models import Membership

    Membership.objects.update(since=dt.date(2024, 1, 1))
    moment = dt.datetime(2026, 5, 14, 22, 30, tzinfo=clock.SWEDEN)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


@pytest.fixture
def beach(town):
    """A named place that everybody in Luleå knows."""
    from samsyn.base.geo.models import Place

    return Place.objects.create(
        municipality=town.lulea, name="Badplatsen", longitude=22.15, latitude=65.58, is_public=True
    )


@pytest.fixture
def draft(evening, beach):
    """Mopeds at the beach, just now."""
    from samsyn.domains.reports.rules import ReportDraft

    return ReportDraft(
        category_key="TRAF",
        place_id=beach.pk,
        starts_at=evening,
        ends_at=evening,
        note="Flera mopeder kör på gångvägen.",
    )


@pytest.fixture
def caretaker(cast, town):
    """The caretaker at the youth centre has a link and no account."""
    from samsyn.domains.reports.services import create_link, viewer_of_link

    link, token = create_link(
        actor=cast.samordnaren.viewer,
        municipality=town.lulea,
        organisation=town.youth,
        label="Vaktmästare",
    )
    return SimpleNamespace(link=link, token=token, viewer=viewer_of_link(link))


@pytest.fixture
def send(town, caretaker, draft):
    """Send a report by the caretaker's link, changed as one says."""
    from samsyn.domains.reports.services import send_report

    def sender(*, actor=None, organisation=None, municipality=None, key=None, **changes):
        report, _created = send_report(
            actor=actor or caretaker.viewer,
            municipality=municipality or town.lulea,
            organisation=organisation or town.youth,
            draft=replace(draft, **changes),
            idempotency_key=key or uuid.uuid4(),
            source="link" if actor is None else "form",
        )
        return report

    return sender
