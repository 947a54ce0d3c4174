"""How the agreement stood, month by month, as it was known then."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from samsyn.base.access import SYSTEM, Viewer, visible
from samsyn.base.clock import SWEDEN
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.judging import summarize
from samsyn.domains.agreements.models import Agreement, Commitment, Evidence
from samsyn.domains.agreements.selectors.status import (
    evidence_by_commitment,
    judge_row,
    surroundings_of,
)

MONTHS = 12


@dataclass(frozen=True)
class TrendPoint:
    """One month's last day: how many were done and late, of those that can be judged."""

    on: dt.date
    done: int
    late: int
    judged: int


def trend_of(
    agreement: Agreement,
    at: dt.date,
    *,
    viewer: Viewer = SYSTEM,
    municipality: Organisation | None = None,
) -> list[TrendPoint]:
    """Return the last twelve months and `at`, within the agreement's time and after its in-use date.

    Each month is what the page said then: evidence counts from the day it was put in, and until the
    day it was withdrawn. The commitments are those of the agreement as it is now.
    """
    rows = visible(viewer, Commitment).filter(agreement=agreement, is_current=True)
    if municipality is not None:
        rows = rows.filter(municipality=municipality) | rows.filter(municipality=None)
    found = list(rows.select_related("body", "municipality"))
    around = surroundings_of([agreement], found, at)[agreement.pk]
    evidence = evidence_by_commitment(found)
    first = max(agreement.starts_on, agreement.in_use_from or agreement.starts_on)
    points = []
    for day in month_ends(at):
        if day < first:
            continue
        counted = summarize(
            [
                judge_row(agreement, one, known_on(evidence[one.pk], day), day, around)
                for one in found
            ],
            day,
        )
        points.append(TrendPoint(day, counted.done, counted.late, counted.judged))
    return points


def known_on(evidence: Iterable[Evidence], day: dt.date) -> list[Evidence]:
    """Return the evidence as it was known when `day` ended: put in by then; not yet doubted or withdrawn if later."""

    def later(moment: dt.datetime | None) -> bool:
        return moment is not None and moment.astimezone(SWEDEN).date() > day

    found = []
    for each in evidence:
        if later(each.recorded_at):
            continue
        if later(each.withdrawn_at) or later(each.doubted_at):
            each = copy.copy(each)
            each.withdrawn_at = None if later(each.withdrawn_at) else each.withdrawn_at
            each.doubted_at = None if later(each.doubted_at) else each.doubted_at
        found.append(each)
    return found


def month_ends(at: dt.date) -> list[dt.date]:
    """The last day of each of the twelve months before `at`, and `at` itself."""
    days, first = [at], at.replace(day=1)
    for _number in range(MONTHS):
        last = first - dt.timedelta(days=1)
        days.append(last)
        first = last.replace(day=1)
    return days[::-1]
