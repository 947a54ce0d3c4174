"""What proves what: pure decisions on which commitments an event in the system shows to be kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from samsyn.domains.agreements.judging import NO_CALENDAR, rhythm_of, validity
from samsyn.domains.agreements.models import Commitment
from samsyn.domains.agreements.wording import MEETING_KINDS
from samsyn.rhythm import AtEvent, Ongoing, Rhythm, WhenNeeded, occurrences

A_YEAR = (date(2025, 1, 1), date(2025, 12, 31))
STRATEGIC = "strategic_council"
# What concerns a document: a commitment that names one asks for just that one.
OF_DOCUMENTS = frozenset(
    {
        "document_decided",
        "document_signed",
        "proposal_made",
        "plan_decided",
        "picture_finished",
        "picture_renewed",
        "picture_presented",
        "analysis_finished",
        "assessment_made",
        "promise_signed",
    }
)
DECIDED_ABOUT = {"focus_areas": "focus_areas_decided", "plans": "plan_decided"}
# What many things give: what is asked for with a date is proved only where more agrees than the kind.
LOOSE = frozenset({"document_decided", "document_signed", "information_sent", "proposal_made"})


@dataclass(frozen=True)
class Event:
    """Something that happened in the system: a meeting minuted, a picture finished, a file read in.

    `bodies` are the bodies it happened in, with their roles; `functions` the functions appointed (by
    the file's id); `about` what a decision was about ("focus_areas", "plans" …); `proves` the ids of
    commitments that a person has pointed out.
    """

    kind: str
    municipality: int | None = None
    bodies: Collection[int] = ()
    body_roles: Collection[str] = ()
    document_kind: str = ""
    functions: Collection[str] = ()
    leading: bool = True
    about: str = ""
    proves: Collection[str] = field(default_factory=tuple)


def proved_by(event: Event, commitments: Sequence[Commitment]) -> list[Commitment]:
    """Return the commitments of one agreement that `event` proves.

    A body's meeting proves by itself what is asked for at its every meeting; what only some of its
    meetings prove (two extended ones of four) is pointed out by who writes the minutes. What has a
    date is proved by a mailing or a proposal only when it is of that document or that matter.
    """
    near = [one for one in commitments if could_prove(event, one)]
    pointed = [one for one in near if one.ref in event.proves]
    if event.kind in MEETING_KINDS:
        near = at_every_meeting(near)
    if event.kind in LOOSE:
        of_matter = clauses_about(event.about, commitments)
        near = [
            one
            for one in near
            if one.document_kind or one.clause in of_matter or not has_interval(rhythm_of(one))
        ]
    matched = [one for one in near if fits(event, one)]
    return list({one.pk: one for one in (*pointed, *matched)}.values())


def could_prove(event: Event, one: Commitment) -> bool:
    """Right kind, right municipality."""
    if event.kind not in one.evidence_kinds:
        return False
    return one.municipality_id is None or one.municipality_id == event.municipality


def fits(event: Event, one: Commitment) -> bool:
    """What the event tells of body, document and function agrees with what the commitment asks for."""
    if event.kind == "function_appointed":
        return fits_function(event, one)
    if event.document_kind and one.document_kind and event.document_kind != one.document_kind:
        return False
    if event.kind in OF_DOCUMENTS and not of_the_same(event, one):
        return False
    if not event.bodies or (event.document_kind and one.document_kind):
        return True
    if one.body is not None:
        return in_body(event, one)
    if event.kind not in MEETING_KINDS:
        return True
    # A meeting of some body proves nothing with a date of its own that no body is named for.
    return one.agreement.is_act and not has_interval(rhythm_of(one))


def of_the_same(event: Event, one: Commitment) -> bool:
    """A named document is proved by that one, or by what its own body decides; another by its body."""
    if one.document_kind:
        return bool(event.document_kind) or (bool(event.bodies) and in_body(event, one))
    if one.body is None:
        # Any decided document proves nothing of what names neither document nor body.
        return event.kind not in {"document_decided", "plan_decided"}
    return not event.kind.startswith("document_") or in_body(event, one)


def clauses_about(about: str, commitments: Iterable[Commitment]) -> set[str]:
    """The clauses in which a matter is decided: a proposal of focus areas belongs where they are (K11)."""
    kind = DECIDED_ABOUT.get(about)
    return {one.clause for one in commitments if kind in one.evidence_kinds} if kind else set()


def in_body(event: Event, one: Commitment) -> bool:
    """The same body; for the act, one with the same role."""
    if one.body is None:
        return False
    if one.agreement.is_act:
        return one.body.role in event.body_roles
    return one.body_id in event.bodies


def fits_function(event: Event, one: Commitment) -> bool:
    if one.body is None:
        return any(who["ref"] in event.functions for who in one.responsible)
    # § 10 asks for leading positions in the council, not only for someone.
    if one.agreement.is_act and one.body.role == STRATEGIC and not event.leading:
        return False
    return in_body(event, one)


def at_every_meeting(commitments: Iterable[Commitment]) -> list[Commitment]:
    """Return, per body, what has no interval and what comes most often: the meetings themselves."""
    rows = list(commitments)
    counts = {one.pk: times_a_year(one) for one in rows}
    most: dict[int | None, int] = {}
    for one in rows:
        most[one.body_id] = max(most.get(one.body_id, 0), counts[one.pk])
    return [one for one in rows if counts[one.pk] in (0, most[one.body_id])]


def times_a_year(one: Commitment) -> int:
    rhythm = rhythm_of(one)
    if not has_interval(rhythm):
        return 0
    return len(occurrences(rhythm, NO_CALENDAR, validity(date(2020, 1, 1), None, None), *A_YEAR))


def has_interval(rhythm: Rhythm) -> bool:
    """Tell whether something is expected with a date: not "vid behov", "vid händelse", "löpande"."""
    return not isinstance(rhythm, Ongoing | WhenNeeded | AtEvent)
