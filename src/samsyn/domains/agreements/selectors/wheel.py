"""The year at a glance: every expected instance, where it stands, and what lies behind it (C02, C03)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from samsyn.base.access import SYSTEM, Viewer, visible
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.contents import read_text
from samsyn.domains.agreements.file import Agreement as File
from samsyn.domains.agreements.file import shipped_agreements
from samsyn.domains.agreements.judging import item_of, rhythm_of, validity_of
from samsyn.domains.agreements.models import Agreement, Commitment, Evidence
from samsyn.domains.agreements.selectors.shipped import shipped_commitments
from samsyn.domains.agreements.selectors.status import (
    Surroundings,
    evidence_by_commitment,
    surroundings_of,
)
from samsyn.domains.agreements.slots import PlannedMeeting, meetings_planned
from samsyn.domains.agreements.wording import MEETING_KINDS, wording_of
from samsyn.rhythm import Calendar, EveryYears, EvidenceItem, Occurrence, Validity, occurrences
from samsyn.rhythm.matching import counted, filled_by

A_MONTH = dt.timedelta(days=31)
# Evidence kind → the ring of the wheel it is drawn in; the first that matches decides.
RINGS = (
    ("meeting", MEETING_KINDS),
    ("picture", {"picture_finished", "picture_renewed", "picture_presented", "survey_imported"}),
    ("plan", {"plan_decided", "plan_followed_up", "focus_areas_decided", "analysis_finished"}),
    ("promise", {"promise_signed", "dialogue_held"}),
    ("mailing", {"information_sent", "file_imported", "report_made"}),
)


@dataclass(slots=True)
class WheelMark:
    """One expected instance in the year: when, what, where it stands.

    `on` is where it is drawn: the day it was done, else the middle of a week or month in which it may be
    done any day, else the day pace asks for. `state` is one of
    done, due, late, upcoming, soft (an aim, missed), not_applicable.
    """

    on: dt.date
    due: dt.date
    deadline: dt.date
    state: str
    ring: str
    commitment: Commitment
    key: str
    place: str
    label: str
    done_on: dt.date | None = None

    @property
    def title(self) -> str:
        return f"{self.commitment.subject}, {self.label}" if self.label else self.commitment.subject

    def to_json(self) -> dict[str, Any]:
        """The row as `samsyn agreement year --json` gives it."""
        one = self.commitment
        return {
            "id": one.ref,
            "clause": one.clause,
            "municipality": getattr(one, "municipality_code", "") or None,
            "subject": one.subject,
            "due": self.due.isoformat(),
            "deadline": self.deadline.isoformat(),
            "place": self.place,
            "key": self.key,
            "label": self.label,
            "state": self.state,
            "done_on": self.done_on.isoformat() if self.done_on else None,
            "kind": self.ring,
            "responsible": one.responsible_names,
            "rhythm": one.rhythm_words,
        }


@dataclass(frozen=True)
class Year:
    """What a year of an agreement holds."""

    year: int
    marks: tuple[WheelMark, ...]
    meetings: tuple[PlannedMeeting, ...]


def year_of(
    agreement: Agreement,
    year: int,
    at: dt.date,
    *,
    viewer: Viewer = SYSTEM,
    municipality: Organisation | None = None,
    body: int | None = None,
) -> Year:
    """Return the marks of `year`, as they stand on `at`, for what the viewer may see."""
    (found,) = years_of(
        [agreement], year, at, viewer=viewer, municipality=municipality, body=body
    ).values()
    return found


def years_of(
    agreements: Sequence[Agreement],
    year: int,
    at: dt.date,
    *,
    viewer: Viewer = SYSTEM,
    municipality: Organisation | None = None,
    body: int | None = None,
) -> dict[int, Year]:
    """Return agreement → its year, for many agreements in as many queries as for one."""
    by_key = {one.pk: one for one in agreements}
    rows = visible(viewer, Commitment).filter(agreement__in=by_key, is_current=True)
    if municipality is not None:
        rows = rows.filter(municipality=municipality) | rows.filter(municipality=None)
    if body is not None:
        rows = rows.filter(body=body)
    found = list(rows.select_related("body", "municipality"))
    around = surroundings_of(agreements, found, at)
    evidence = evidence_by_commitment(found)
    marks: dict[int, list[WheelMark]] = {key: [] for key in by_key}
    bodies: dict[int, int] = {}
    for one in found:
        key = one.agreement_id
        marks[key] += marks_of(by_key[key], one, evidence[one.pk], year, at, around[key])
        if one.body_id is not None:
            bodies[one.body_id] = key
    called: dict[int, list[PlannedMeeting]] = {key: [] for key in by_key}
    for meeting in meetings_planned(bodies, dt.date(year, 1, 1), dt.date(year, 12, 31)):
        called[bodies[meeting.body]].append(meeting)
    return {
        key: Year(year, tuple(sorted(marks[key], key=in_order)), tuple(called[key]))
        for key in by_key
    }


def in_order(mark: WheelMark) -> tuple[dt.date, int, str]:
    return mark.on, mark.commitment.order, mark.place


def marks_of(
    agreement: Agreement,
    one: Commitment,
    evidence: Sequence[Evidence],
    year: int,
    at: dt.date,
    around: Surroundings,
) -> list[WheelMark]:
    one.municipality_code = one.municipality.municipality_code if one.municipality else ""  # type: ignore[attr-defined]
    holds = validity_of(agreement, one, around.in_use_from(one))
    return draw(one, evidence, holds, around.calendar(one), year, at)


def draw(
    one: Commitment,
    evidence: Sequence[Evidence],
    holds: Validity,
    calendar: Calendar,
    year: int,
    at: dt.date,
) -> list[WheelMark]:
    """Return the marks of one commitment in one year."""
    rhythm = rhythm_of(one)
    body = one.body.name if one.body_id and one.body else ""
    items = counted([item_of(each) for each in evidence], holds, at) if evidence else []
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    words = wording_of(one.subject, one.evidence_kinds, body)
    expected = occurrences(rhythm, calendar, holds, first, last, items, words)
    filled: dict[str, EvidenceItem] = {}
    is_clock = isinstance(rhythm, EveryYears) and rhythm.by is None
    if is_clock:
        filled = {each.key: item for each in expected if (item := kept_turn(each, items))}
    elif items:
        # What is done in one year may belong to an occurrence due in the next, so match across.
        wide = occurrences(
            rhythm, calendar, holds, dt.date(year - 1, 1, 1), dt.date(year + 1, 12, 31)
        )
        filled = filled_by(sorted(wide, key=lambda each: (each.deadline, each.due)), items)
    expired = holds.end is not None and holds.end < at
    ring, marks = ring_of(one), []
    for each in expected:
        proof = filled.get(each.key)
        marks.append(
            WheelMark(
                on=proof.on if proof and proof.on.year == year else drawn_on(each, year),
                due=each.due,
                deadline=each.deadline,
                state=state_of(each, proof is not None, one, at, expired),
                ring=ring,
                commitment=one,
                key=each.key,
                place=each.place,
                label=each.label,
                done_on=proof.on if proof else None,
            )
        )
    if is_clock:
        drawn = {mark.done_on for mark in marks}
        marks += [
            clock_done(one, item.on)
            for item in items
            if item.on.year == year and item.on not in drawn
        ]
    return marks


def kept_turn(turn: Occurrence, items: Sequence[EvidenceItem]) -> EvidenceItem | None:
    """The evidence that ended a turn of the clock in time, if any did."""
    in_time = [item for item in items if turn.opens < item.on <= turn.closes]
    return min(in_time, key=lambda item: item.on, default=None)


def drawn_on(each: Occurrence, year: int) -> dt.date:
    """The middle of a short period, so that a week's mark does not stand on its Sunday; else the day it is due."""
    length = each.due - each.window_start
    if each.due != each.deadline or not dt.timedelta() < length <= A_MONTH:
        return each.due
    middle = each.window_start + length / 2
    return middle if middle.year == year else each.due


def clock_done(one: Commitment, on: dt.date) -> WheelMark:
    """A clock that starts anew each time: the day it was done is a mark of its own."""
    return WheelMark(on, on, on, "done", ring_of(one), one, f"done/{on}", "", "", on)


def state_of(each: Occurrence, done: bool, one: Commitment, at: dt.date, expired: bool) -> str:
    """Where one instance stands. In an expired agreement nothing is due (U14)."""
    if done:
        return "done"
    if expired:
        return "not_applicable"
    if each.deadline < at:
        return "late" if one.hardness == Commitment.Hardness.MUST else "soft"
    if each.window_start <= at:
        return "due"
    return "upcoming"


def ring_of(one: Commitment) -> str:
    kinds = set(one.evidence_kinds)
    return next((ring for ring, proof in RINGS if proof & kinds), "other")


def year_of_shipped(
    code: str, year: int, at: dt.date, municipality_code: str = ""
) -> list[WheelMark]:
    """Return the year of an agreement that comes with Samsyn but is not loaded: no evidence."""
    file = read_text(shipped_agreements()[code].read_text(encoding="utf-8"))
    return year_of_file(file, year, at, municipality_code)


def year_of_file(
    file: File, year: int, at: dt.date, municipality_code: str = ""
) -> list[WheelMark]:
    """Return the year that a file asks for, before it is loaded: no evidence, no database."""
    agreement, commitments = shipped_commitments(file, municipality_code)
    marks: list[WheelMark] = []
    for one, _body in commitments:
        holds = validity_of(agreement, one, None)
        marks += draw(one, (), holds, Calendar(), year, at)
    return sorted(marks, key=in_order)
