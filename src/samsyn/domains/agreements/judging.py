"""Where each commitment stands on a day, and why. Pure: rows, evidence and calendars in, states out."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from samsyn.domains.agreements.models import Agreement, Commitment, Evidence
from samsyn.domains.agreements.wording import wording_of
from samsyn.rhythm import (
    Calendar,
    EvidenceItem,
    Hardness,
    Rhythm,
    State,
    StateName,
    Validity,
    parse_rhythm,
    state,
)

NO_CALENDAR = Calendar()


@dataclass(frozen=True)
class CommitmentStatus:
    """One line of Läget i avtalet."""

    commitment: Commitment
    state: State
    evidence: tuple[Evidence, ...]

    @property
    def name(self) -> str:
        """The state's code word: done, due, late, upcoming, paused, soft, not_applicable."""
        return str(self.state.state)

    def to_json(self) -> dict[str, Any]:
        """The line as `samsyn agreement status --json` gives it."""
        one = self.commitment
        return {
            "id": one.ref,
            "clause": one.clause,
            "municipality": getattr(one, "municipality_code", "") or None,
            "subject": one.subject,
            "state": self.name,
            "due": self.state.due.isoformat() if self.state.due else None,
            "responsible": one.responsible_names,
            "evidence": [evidence_json(each) for each in self.evidence],
            "why": self.state.why,
            "done": self.state.done_count,
            "expected": self.state.expected_count,
            "rhythm": one.rhythm_words,
            "hardness": str(one.hardness),
        }


def evidence_json(each: Evidence) -> dict[str, Any]:
    return {
        "id": each.pk,
        "kind": each.kind,
        "on": each.occurred_on.isoformat(),
        "place": each.place,
        "note": each.note,
        "automatic": each.automatic,
        "doubted": each.is_doubted,
        "link": f"{each.link_kind}:{each.link_key}" if each.link_kind else "",
    }


def rhythm_of(commitment: Commitment) -> Rhythm:
    """Return the commitment's rhythm; the same few stand in every agreement, so each is read once."""
    return parse_cached(json.dumps(commitment.rhythm))


@lru_cache(maxsize=1024)
def parse_cached(data: str) -> Rhythm:
    return parse_rhythm(json.loads(data))


@lru_cache(maxsize=4096)
def validity(start: dt.date, end: dt.date | None, in_use_from: dt.date | None) -> Validity:
    return Validity(start, end, in_use_from)


def validity_of(agreement: Agreement, commitment: Commitment, in_use: dt.date | None) -> Validity:
    """When the commitment holds: within the agreement, from its own start, and from the in-use date."""
    start = max(agreement.starts_on, commitment.starts_on or agreement.starts_on)
    ends = [day for day in (agreement.ends_on, commitment.ends_on) if day is not None]
    end = max(start, min(ends)) if ends else None
    used = [day for day in (agreement.in_use_from, in_use) if day is not None]
    return validity(start, end, max(used, default=None))


def item_of(evidence: Evidence) -> EvidenceItem:
    """Evidence as the rhythm library takes it."""
    return EvidenceItem(
        on=evidence.occurred_on,
        place=evidence.place or None,
        occurrence=evidence.occurrence or None,
        withdrawn=evidence.is_withdrawn,
        doubted=evidence.is_doubted,
    )


def judge(
    agreement: Agreement,
    commitment: Commitment,
    evidence: Sequence[Evidence],
    at: dt.date,
    *,
    calendar: Calendar = NO_CALENDAR,
    in_use_from: dt.date | None = None,
    planned: Sequence[dt.date] = (),
    body: str = "",
) -> CommitmentStatus:
    """Return where one commitment stands on `at`.

    `in_use_from` is the municipality's, `planned` the days its body is called to, `body` its name.
    """
    found = state(
        rhythm_of(commitment),
        calendar,
        validity_of(agreement, commitment, in_use_from),
        [item_of(each) for each in evidence],
        at,
        Hardness(commitment.hardness),
        wording_of(commitment.subject, commitment.evidence_kinds, body),
        planned,
    )
    if agreement.state == Agreement.State.ENDED:
        found = State(StateName.NOT_APPLICABLE, "Avtalet avslutades i förtid. Ingenting förfaller.")
    if commitment.starts_on or commitment.ends_on:
        found = replace(found, why=found.why.replace("Överenskommelsen", "Åtagandet", 1))
    counted = tuple(each for each in evidence if each.counts_on(at))
    return CommitmentStatus(commitment, found, counted)


# What one should see first.
URGENCY = ("late", "due", "upcoming", "paused", "soft", "done", "not_applicable")
SOON = 30


@dataclass(frozen=True)
class Summary:
    """How many of the commitments that can be judged are done: what the large number says."""

    done: int
    judged: int
    soon: int
    late: int
    soft: int
    upcoming: int
    expired: bool = False


def summarize(statuses: Iterable[CommitmentStatus], at: dt.date) -> Summary:
    """Count the states: what is followed without interval is counted apart."""
    names = {"done": 0, "late": 0, "upcoming": 0, "due": 0, "paused": 0, "soft": 0}
    names["not_applicable"] = 0
    soon = 0
    for each in statuses:
        names[each.name] += 1
        due = each.state.due
        soon += each.name == "due" and due is not None and (due - at).days <= SOON
    judged = names["done"] + names["late"] + names["due"] + names["paused"] + names["upcoming"]
    return Summary(
        done=names["done"],
        judged=judged,
        soon=soon,
        late=names["late"],
        soft=names["soft"],
        upcoming=names["upcoming"] + names["due"] - soon,
        expired=names["not_applicable"] > 0 and judged + names["soft"] == 0,
    )


def by_urgency(
    statuses: Mapping[Any, CommitmentStatus] | Iterable[CommitmentStatus],
) -> list[CommitmentStatus]:
    """Order by what should be seen first, then as the agreement has them."""
    rows = statuses.values() if isinstance(statuses, Mapping) else statuses
    return sorted(
        rows,
        key=lambda each: (
            URGENCY.index(each.name),
            each.state.due or dt.date.max,
            each.commitment.order,
        ),
    )
