"""What is done, due and late in an agreement, and in the act over a municipality (C03, H02)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from samsyn.base.access import SYSTEM, Viewer, visible
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.calendars import calendars_for
from samsyn.domains.agreements.contents import read_text
from samsyn.domains.agreements.file import ACT_ID, shipped_agreements
from samsyn.domains.agreements.judging import NO_CALENDAR, CommitmentStatus, judge
from samsyn.domains.agreements.models import Agreement, Commitment, Evidence
from samsyn.domains.agreements.selectors.shipped import shipped_commitments
from samsyn.domains.agreements.slots import meetings_planned
from samsyn.rhythm import Calendar

AHEAD = dt.timedelta(days=400)


@dataclass(frozen=True)
class Surroundings:
    """What judging needs beside a commitment's own rows, read once for many commitments."""

    calendars: dict[int, Calendar]
    in_use: dict[int, dt.date | None]
    first: int | None
    planned: dict[int, list[dt.date]]

    def calendar(self, commitment: Commitment) -> Calendar:
        """The calendar of the commitment's municipality, else of the agreement's first."""
        return self.calendars.get(commitment.municipality_id or self.first or 0, NO_CALENDAR)

    def in_use_from(self, commitment: Commitment) -> dt.date | None:
        """The municipality's in-use date; a joint commitment waits for none but a single municipality's."""
        if commitment.municipality_id is not None:
            return self.in_use.get(commitment.municipality_id)
        return self.in_use.get(self.first or 0) if len(self.in_use) == 1 else None


def surroundings_of(
    agreements: Sequence[Agreement], commitments: Iterable[Commitment], at: dt.date
) -> dict[int, Surroundings]:
    """Read calendars, in-use dates and called meetings of some agreements, in three queries; agreement → them."""
    in_use: dict[int, dict[int, dt.date | None]] = {one.pk: {} for one in agreements}
    places = Agreement.municipalities.through.objects.filter(agreement__in=in_use)
    rows = places.order_by("pk").values_list(
        "agreement_id", "organisation_id", "organisation__in_use_from"
    )
    for agreement, place, day in rows:
        in_use[agreement][place] = day
    bodies = {one.body_id for one in commitments if one.body_id is not None}
    planned: dict[int, list[dt.date]] = defaultdict(list)
    for meeting in meetings_planned(bodies, at, at + AHEAD):
        planned[meeting.body].append(meeting.starts_at.date())
    calendars = calendars_for({place for found in in_use.values() for place in found})
    return {
        key: Surroundings(calendars, found, next(iter(found), None), planned)
        for key, found in in_use.items()
    }


def status_of(
    agreement: Agreement,
    at: dt.date,
    *,
    viewer: Viewer = SYSTEM,
    municipality: Organisation | None = None,
    commitments: QuerySet[Commitment] | None = None,
) -> list[CommitmentStatus]:
    """Return where each commitment that the viewer may see stands on `at`, in the agreement's order.

    With `municipality`, only what is joint or that municipality's own. The number of queries does
    not depend on how much there is.
    """
    rows = visible(viewer, Commitment) if commitments is None else commitments
    rows = rows.filter(agreement=agreement, is_current=True).select_related("body", "municipality")
    if municipality is not None:
        rows = rows.filter(municipality__in=[municipality.pk]) | rows.filter(municipality=None)
    found = list(rows)
    around = surroundings_of([agreement], found, at)[agreement.pk]
    evidence = evidence_by_commitment(found)
    return [judge_row(agreement, one, evidence[one.pk], at, around) for one in found]


def judge_row(
    agreement: Agreement,
    one: Commitment,
    evidence: Sequence[Evidence],
    at: dt.date,
    around: Surroundings,
) -> CommitmentStatus:
    """Judge one commitment whose body and municipality are at hand."""
    one.municipality_code = one.municipality.municipality_code if one.municipality else ""  # type: ignore[attr-defined]
    return judge(
        agreement,
        one,
        evidence,
        at,
        calendar=around.calendar(one),
        in_use_from=around.in_use_from(one),
        planned=around.planned.get(one.body_id or 0, ()),
        body=one.body.name if one.body else "",
    )


def evidence_by_commitment(commitments: Sequence[Commitment]) -> dict[int, list[Evidence]]:
    """Return commitment → its evidence, newest first, in one query. See the commitments first."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    keys = [one.pk for one in commitments]
    for each in Evidence.objects.filter(commitment__in=keys):
        found[each.commitment_id].append(each)
    return found


def law_of(
    municipality: Organisation, at: dt.date, *, viewer: Viewer = SYSTEM
) -> list[CommitmentStatus]:
    """Return the act, § by §, over one municipality (H02); empty where it is not laid over it yet."""
    act = Agreement.objects.filter(code=ACT_ID, municipalities=municipality).first()
    if act is None:
        return []
    mine = visible(viewer, Commitment).filter(municipality=municipality)
    return status_of(act, at, commitments=mine)


def status_of_shipped(
    code: str, at: dt.date, municipality_code: str = ""
) -> list[CommitmentStatus]:
    """Return the states of an agreement that comes with Samsyn but is not loaded: no evidence, no in-use date.

    Raises KeyError where no such file comes with Samsyn.
    """
    file = read_text(shipped_agreements()[code].read_text(encoding="utf-8"))
    agreement, commitments = shipped_commitments(file, municipality_code)
    return [judge(agreement, one, (), at, body=body) for one, body in commitments]
