"""What reports prove of the agreements: that events are reported, and that those who report hear back."""

from __future__ import annotations

import datetime as dt

from samsyn.base import clock
from samsyn.base.access import SYSTEM, Viewer
from samsyn.base.links import Link
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.models import Agreement, Commitment, Evidence
from samsyn.domains.agreements.services.evidence import record_evidence
from samsyn.domains.reports.models import MonthlyFeedback, Report, ReportKind

RECEIVED = "report_received"


def tell_that_published(actor: Viewer, feedback: MonthlyFeedback) -> None:
    """Record that the month's account has gone out (H06)."""
    record_evidence(
        actor=actor,
        kind="information_sent",
        on=clock.today(),
        municipality=feedback.municipality,
        link=Link("report_feedback"),
    )


def note_reports_received() -> str:
    """Record once a month, where an agreement asks for it, that events are reported (K04); safe to run twice.

    Regular work and not a part of taking in a report, which is to be quick.
    """
    today, noted = clock.today(), 0
    for municipality in where_asked(today):
        last = last_received(municipality, today.replace(day=1))
        if last is not None and not is_noted(municipality, last.replace(day=1)):
            record_evidence(
                actor=SYSTEM,
                kind=RECEIVED,
                on=last,
                municipality=municipality,
                link=Link("report_list"),
            )
            noted += 1
    return f"{noted} noted"


def where_asked(on: dt.date) -> list[Organisation]:
    """Return the municipalities whose agreements in force ask for reports."""
    rows = Commitment.objects.filter(
        is_current=True,
        agreement__state=Agreement.State.STARTED,
        agreement__starts_on__lte=on,
        agreement__kind=Agreement.Kind.AGREEMENT,
    ).exclude(agreement__ends_on__lt=on)
    asking = {
        key for key, kinds in rows.values_list("agreement", "evidence_kinds") if RECEIVED in kinds
    }
    return list(Organisation.objects.filter(agreements__in=asking).distinct())


def last_received(municipality: Organisation, since: dt.date) -> dt.date | None:
    """Return the day of the last event reported from `since` on."""
    begins = dt.datetime.combine(since, dt.time(), clock.SWEDEN)
    last = (
        Report.objects.filter(municipality=municipality, received_at__gte=begins)
        .exclude(kind=ReportKind.NOTHING)
        .order_by("-received_at")
        .first()
    )
    return last.received_at.astimezone(clock.SWEDEN).date() if last else None


def is_noted(municipality: Organisation, since: dt.date) -> bool:
    return Evidence.objects.filter(
        kind=RECEIVED,
        automatic=True,
        occurred_on__gte=since,
        commitment__agreement__municipalities=municipality,
    ).exists()
