"""Who sent a report is disposed of before the report; both leave a proof without content."""

import datetime as dt

import pytest

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.base.retention.models import DisposalRecord
from samsyn.base.retention.rules import dispose_expired
from samsyn.domains.reports.models import Report, ReporterIdentity

pytestmark = [pytest.mark.django_db]


def test_the_sender_goes_after_a_year_and_the_report_after_three(send, evening, monkeypatch):
    report = send()
    ReporterIdentity.objects.update(created_at=evening)
    for months, senders, reports in ((11, 1, 1), (13, 0, 1), (37, 0, 0)):
        later = evening + dt.timedelta(days=months * 30.5)
        monkeypatch.setattr(clock, "now", lambda later=later: later)
        dispose_expired(actor=SYSTEM)
        assert (ReporterIdentity.objects.count(), Report.objects.count()) == (senders, reports)
    proofs = DisposalRecord.objects.filter(thing__startswith="reports.").order_by("pk")
    assert [one.rule for one in proofs] == ["reports.reporters", "reports"]
    assert {one.thing_key for one in proofs} == {str(report.pk)}
