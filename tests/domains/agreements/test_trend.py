"""The trend shows what was known then, not what one learned afterwards."""

from __future__ import annotations

import datetime as dt

import pytest

from samsyn.base.access import SYSTEM
from samsyn.base.clock import SWEDEN
from samsyn.domains.agreements.models import Evidence
from samsyn.domains.agreements.selectors.trend import trend_of
from samsyn.domains.agreements.services.evidence import add_evidence
from samsyn.domains.agreements.services.running import start_agreement
from samsyn.outputs.trend import draw_trend

pytestmark = pytest.mark.clause("C03")
AT = dt.date(2026, 6, 15)


@pytest.fixture
def lomma(loaded):
    agreement = loaded("lomma-2023")
    start_agreement(actor=SYSTEM, agreement=agreement, in_use_from=dt.date(2026, 1, 1))
    return agreement


def prove(agreement, *, happened, put_in, **changes):
    """Proof of a yearly commitment, put in on a day of its own."""
    one = agreement.commitments.filter(rhythm={"yearly_by": "12-31"}, is_current=True)[0]
    made = add_evidence(
        actor=SYSTEM, commitment=one, kind=one.evidence_kinds[0], on=happened, note="Gjort."
    )
    moment = dt.datetime.combine(put_in, dt.time(12), SWEDEN)
    Evidence.objects.filter(pk=made.pk).update(recorded_at=moment, **changes)


def done_by_month(agreement):
    return {point.on.month: point.done for point in trend_of(agreement, AT)}


def test_what_is_put_in_late_changes_no_month_before(lomma):
    before = done_by_month(lomma)
    prove(lomma, happened=dt.date(2026, 2, 10), put_in=dt.date(2026, 5, 4))
    after = done_by_month(lomma)

    assert [after[month] - before[month] for month in (2, 3, 4)] == [0, 0, 0]
    assert [after[month] - before[month] for month in (5, 6)] == [1, 1]


def test_what_is_withdrawn_later_still_counted_then(lomma):
    before = done_by_month(lomma)
    prove(
        lomma,
        happened=dt.date(2026, 2, 10),
        put_in=dt.date(2026, 2, 11),
        withdrawn_at=dt.datetime(2026, 4, 2, 9, tzinfo=SWEDEN),
        withdrawn_why="Fel möte.",
    )
    after = done_by_month(lomma)

    assert [after[month] - before[month] for month in (2, 3, 4, 6)] == [1, 1, 0, 0]


def test_the_chart_says_the_figures_of_the_table(lomma):
    points = trend_of(lomma, AT)
    svg = draw_trend(points, "Månad för månad")

    assert all(f">{one.done}/{one.judged}</text>" in svg for one in points)
    assert " style=" not in svg
