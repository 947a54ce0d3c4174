"""Reports prove that events are reported, and the month's account that those who report hear back."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from samsyn.base.access import SYSTEM
from samsyn.base.clock import SWEDEN
from samsyn.domains.agreements.models import Evidence
from samsyn.domains.reports.evidence import note_reports_received
from samsyn.domains.reports.services import publish_feedback, write_feedback
from tests.domains.meetings.conftest import load


@pytest.fixture
def in_lomma(town, settings):
    """Lomma's agreement at work in March 2025."""
    settings.DEMO, settings.DEMO_CLOCK = True, "2025-03-20T08:00:00+01:00"
    return load("lomma-2023")


@pytest.fixture
def report(town):
    """Write a report that came on a day."""
    from samsyn.domains.reports.models import Report

    def write(day, **more):
        moment = dt.datetime.combine(day, dt.time(20), SWEDEN)
        year, week, _ = day.isocalendar()
        return Report.objects.create(
            municipality=town.lomma, organisation=town.lomma, kind=more.get("kind", "incident"),
            category_key="SKAD", starts_at=moment, ends_at=moment, iso_year=year, iso_week=week,
            source="form", received_at=moment, idempotency_key=uuid.uuid4(),
        )  # fmt: skip

    return write


def proved(kind):
    rows = Evidence.objects.filter(kind=kind, commitment__agreement__kind="agreement")
    return sorted(rows.values_list("commitment__ref", "occurred_on"))


@pytest.mark.clause("K04")
def test_reports_of_the_month_are_noted_once(in_lomma, report):
    note_reports_received()
    assert proved("report_received") == []

    report(dt.date(2025, 3, 3))
    report(dt.date(2025, 3, 18))
    note_reports_received()
    report(dt.date(2025, 3, 19))
    note_reports_received()
    day = dt.date(2025, 3, 18)
    assert proved("report_received") == [
        ("handelser-rapporteras", day),
        ("kontakt-med-samordnare", day),
    ]


@pytest.mark.clause("K04")
def test_nothing_to_report_is_no_event(in_lomma, report):
    report(dt.date(2025, 3, 18), kind="nothing")
    note_reports_received()
    assert proved("report_received") == []


@pytest.mark.clause("K23", "H02")
def test_the_months_account_informs_but_is_not_the_mailing_before_valborg(in_lomma, town):
    feedback = write_feedback(
        actor=SYSTEM, municipality=town.lomma, year=2025, month=2, text="Belysningen är lagad."
    )
    publish_feedback(actor=SYSTEM, feedback=feedback)

    assert proved("information_sent") == []
    act = Evidence.objects.filter(kind="information_sent")
    assert [one.commitment.clause for one in act] == ["§ 12"]
