"""What makes a version of a document valid: pure decisions, no database (L12, L13, U15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from samsyn.domains.agreements.file.schema import PartialDate

# Longer between signature and first day than this is doubtful: Laholm's own took a year (L13).
LONG_BEFORE = dt.timedelta(days=183)


class State(StrEnum):
    """Where a version stands. The first five are the way, in order; the last two are ways out of it."""

    DRAFT = "draft"
    PRESENTED = "presented"
    DECIDED = "decided"
    SIGNED = "signed"
    VALID = "valid"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class Way(StrEnum):
    """An approval in the program is *godkänd*; only a signature is *undertecknad*."""

    APPROVED = "approved"
    SIGNED = "signed"


class Deed(StrEnum):
    """What can be done to a version."""

    PRESENT = "present"
    DECIDE = "decide"
    COUNT = "count"
    TAKE_EFFECT = "take_effect"
    ACCEPT_WITH_AGREEMENT = "accept_with_agreement"
    REPLACE = "replace"
    WITHDRAW = "withdraw"


STEPS: Mapping[tuple[State, Deed], State] = {
    (State.DRAFT, Deed.PRESENT): State.PRESENTED,
    (State.PRESENTED, Deed.DECIDE): State.DECIDED,
    (State.DECIDED, Deed.COUNT): State.SIGNED,
    (State.SIGNED, Deed.TAKE_EFFECT): State.VALID,
    (State.DRAFT, Deed.ACCEPT_WITH_AGREEMENT): State.VALID,
    (State.VALID, Deed.REPLACE): State.REPLACED,
    (State.DRAFT, Deed.WITHDRAW): State.WITHDRAWN,
    (State.PRESENTED, Deed.WITHDRAW): State.WITHDRAWN,
    (State.DECIDED, Deed.WITHDRAW): State.WITHDRAWN,
    (State.SIGNED, Deed.WITHDRAW): State.WITHDRAWN,
}
WAY_TO_VALID = (State.DRAFT, State.PRESENTED, State.DECIDED, State.SIGNED, State.VALID)
DECIDED_STATES = frozenset({State.DECIDED, State.SIGNED, State.VALID, State.REPLACED})


@dataclass(frozen=True)
class Requirement:
    """What a version needs beside the decision.

    `parties` maps each party's ref to how many must answer for it. With `approval_is_enough` an
    approval counts; otherwise only signatures do.
    """

    parties: Mapping[str, int] = field(default_factory=dict)
    approval_is_enough: bool = False


@dataclass(frozen=True)
class Mark:
    """One approval or signature: of which party, by which function, of which content."""

    party: str
    function: str
    way: Way
    checksum: str


class SkipsStep(Exception):
    """The deed cannot be done from where the version stands."""


def after(state: State, deed: Deed) -> State:
    """Return the state after `deed`; SkipsStep where it is not the next step from `state`."""
    try:
        return STEPS[state, deed]
    except KeyError:
        raise SkipsStep(f"{deed} from {state}") from None


def counts(mark: Mark, requirement: Requirement, checksum: str) -> bool:
    """Whether the mark counts: for this very content, and by a way that the rule takes."""
    return mark.checksum == checksum and (mark.way == Way.SIGNED or requirement.approval_is_enough)


def missing(requirement: Requirement, marks: Iterable[Mark], checksum: str) -> dict[str, int]:
    """Return party → how many more must answer, in the requirement's order; empty when all have.

    A function answers once for its party, however many times it is recorded.
    """
    answered: dict[str, set[str]] = {}
    for mark in marks:
        if counts(mark, requirement, checksum):
            answered.setdefault(mark.party, set()).add(mark.function.strip().casefold())
    left = {
        party: wanted - len(answered.get(party, ()))
        for party, wanted in requirement.parties.items()
    }
    return {party: number for party, number in left.items() if number > 0}


def settled(
    state: State,
    requirement: Requirement,
    marks: Iterable[Mark],
    checksum: str,
    *,
    valid_from: dt.date,
    today: dt.date,
) -> State:
    """Return where a decided version stands now: signed when none is missing, valid from its first day."""
    if state == State.DECIDED and not missing(requirement, marks, checksum):
        state = after(state, Deed.COUNT)
    if state == State.SIGNED and valid_from <= today:
        state = after(state, Deed.TAKE_EFFECT)
    return state


def required_by(
    rule: str, *, parties: Sequence[str], named: Collection[str] = (), per_party: int = 1
) -> Requirement:
    """Turn the agreement's signature rule into a requirement.

    Parameters
    ----------
    rule : all_sign, some_sign, approval or none, as in the file.
    parties : the refs of the agreement's parties, in order.
    named : those that the rule names, where it names some.
    """
    if rule == "none":
        return Requirement()
    chosen = [party for party in parties if party in named] if named else list(parties)
    return Requirement(dict.fromkeys(chosen, per_party), approval_is_enough=rule == "approval")


def may_come_with_agreement(*, said_by_agreement: bool, earlier_versions: int) -> bool:
    """Only an annex's very first version is valid through the agreement itself (L12)."""
    return said_by_agreement and earlier_versions == 0


def doubts_about(
    signed: PartialDate,
    *,
    today: dt.date,
    decided: dt.date | None = None,
    valid_from: dt.date | None = None,
) -> list[str]:
    """Return what is odd with a date of signature: it is accepted all the same, and shown as doubtful.

    `imprecise` (no day), `future`, `before_decision`, `long_before` (half a year or more before
    validity). A date with less precision is odd only when no day in it would do.
    """
    found = [] if signed.precision == "day" else ["imprecise"]
    if signed.first_day > today:
        found.append("future")
    if decided is not None and signed.last_day < decided:
        found.append("before_decision")
    if valid_from is not None and valid_from - signed.last_day >= LONG_BEFORE:
        found.append("long_before")
    return found


def is_retroactive(signed: PartialDate, valid_from: dt.date) -> bool:
    """Whether it was signed after it began to be valid: accepted, and shown as such (H14, K29)."""
    return signed.first_day > valid_from
