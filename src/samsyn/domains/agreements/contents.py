"""From the agreement file to rows: what the tables hold of it, by the file's own ids. No database here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from samsyn.domains.agreements.file import Agreement as File
from samsyn.domains.agreements.file import read_agreement
from samsyn.domains.agreements.file.schema import Body as FileBody
from samsyn.domains.agreements.file.schema import Commitment as FileCommitment
from samsyn.domains.agreements.file.schema import Seat as FileSeat
from samsyn.rhythm import describe

STRATEGIC = "strategic_council"


@lru_cache(maxsize=64)
def read_text(text: str) -> File:
    """Return the checked file; the same text is read once per process. AgreementFileError where it is wrong."""
    return read_agreement(text)


def municipality_refs(file: File) -> tuple[str, ...]:
    """The ids of the municipalities that are parties, in the file's order."""
    return tuple(party.id for party in file.parties if party.kind == "municipality")


def last_day(file: File) -> Any:
    """The last day the agreement holds, prolongation included; None until further notice."""
    end = file.validity.prolonged_to or file.validity.to
    return end.last_day if end else None


@dataclass(frozen=True)
class CommitmentRow:
    """A commitment as the table holds it; `municipality` and `body` are ids of the file."""

    municipality: str | None
    body: str | None
    fields: dict[str, Any]


def commitment_rows(file: File) -> Iterator[CommitmentRow]:
    """Yield one row per commitment, or one per municipality where it holds in each."""
    titles = {clause.id: clause.title for clause in file.clauses}
    documents = {document.id: document.kind for document in file.documents}
    for order, commitment in enumerate(file.commitments):
        common = {
            "ref": commitment.id,
            "clause": commitment.clause,
            "clauses": list(commitment.clauses),
            "clause_title": titles.get(commitment.clause, ""),
            "source": commitment.source or "",
            "text": commitment.text,
            "subject": commitment.subject,
            "rhythm": commitment.rhythm.to_data(),
            "rhythm_words": describe(commitment.rhythm),
            "rhythm_set_by_program": commitment.rhythm_set_by == "program",
            "hardness": commitment.hardness,
            "condition": commitment.condition or "",
            "evidence_kinds": list(commitment.evidence),
            "document": commitment.document or "",
            "document_kind": documents.get(commitment.document or "", ""),
            "starts_on": commitment.starts.first_day if commitment.starts else None,
            "ends_on": commitment.ends.last_day if commitment.ends else None,
            "order": order,
        }
        for place in commitment.in_each or (None,):
            yield CommitmentRow(
                place, commitment.body, {**common, **who_of(file, commitment, place)}
            )


def who_of(file: File, commitment: FileCommitment, place: str | None) -> dict[str, Any]:
    """Who answers and who takes part, in one municipality or in all."""
    responsible, participants = commitment.responsible, commitment.participants
    if place is not None:
        responsible = file.refs_in(place, responsible) or responsible
        participants = file.refs_in(place, participants)
    parties = [file.party_of(ref) for ref in responsible]
    body_parties = [
        party for ref in responsible if file.party_of(ref) is None for party in members(file, ref)
    ]
    return {
        "responsible": [actor_row(file, ref) for ref in responsible],
        "participants": [actor_row(file, ref) for ref in participants],
        "parties": list(dict.fromkeys([*(party for party in parties if party), *body_parties])),
    }


def members(file: File, body_ref: str) -> list[str]:
    """The parties behind a body: those it names, else those of its seats and of its parts, else all."""
    body = next(body for body in file.bodies if body.id == body_ref)
    named = [*body.parties, *(seat.party for seat in body.seats)]
    named += [party for part in body.consists_of for party in members(file, part)]
    return list(dict.fromkeys(named)) or [party.id for party in file.parties]


def actor_row(file: File, ref: str) -> dict[str, Any]:
    """Who it is, in the agreement's words: `{ref, name, kind, party, party_name}`."""
    party = file.party_of(ref)
    sort = "body" if party is None else "party" if party == ref else "function"
    return {
        "ref": ref,
        "name": file.name_of(ref),
        "kind": sort,
        "party": party or "",
        "party_name": file.name_of(party) if party else "",
    }


def bodies_by_place(file: File) -> Iterator[tuple[FileBody, str | None, tuple[FileSeat, ...]]]:
    """Yield each body with its municipality (None for a joint one) and its seats there."""
    for body in file.bodies:
        if not body.one_in_each:
            yield body, None, body.seats
        for place in body.one_in_each:
            yield body, place, file.seats_in(place, body)


def body_fields(body: FileBody) -> dict[str, Any]:
    """The columns of a body that need no other row."""
    return {
        "name": body.name,
        "role": body.role,
        "clause": body.clause or "",
        "text": body.text or "",
        "decision_rule": body.decision.rule if body.decision else "",
        "decision_text": (body.decision.text or "") if body.decision else "",
        "agenda": [
            {
                "id": item.id,
                "text": item.text,
                "subject": item.subject,
                "clause": item.clause or "",
            }
            for item in body.agenda
        ],
        "places": list(body.places),
        "keeps": body.keeps or "",
        "guests": {
            name: {"who": list(guests.who), "at_need": guests.at_need, "text": guests.text or ""}
            for name in ("presenters", "adjoined")
            if (guests := getattr(body, name))
        },
        "needs_mandate": body.mandate is not None,
        "time_limited": body.mandate.time_limited if body.mandate else "",
    }


def seat_fields(file: File, body: FileBody, seat: FileSeat) -> dict[str, Any]:
    """The columns of a seat that need no other row."""
    kinds = {function.id: function.holders for function in file.functions}
    allowed = seat.substitutes if seat.substitutes is not None else body.substitutes
    return {
        "at_need": seat.at_need,
        "required": seat.required,
        "is_group": any(kinds.get(ref) != "one" for ref in seat.any_of),
        "substitutes": bool(allowed),
        "extended_meetings": seat.extended.meetings if seat.extended else None,
        "appointed_by": ", ".join(file.name_of(ref) for ref in seat.appointed_by),
        "text": seat.text or (seat.extended.text or "" if seat.extended else ""),
        # The act asks it of those who represent others than the municipality (§ 10).
        "must_lead": body.role == STRATEGIC
        and not seat.at_need
        and file.actor(seat.party).kind != "municipality",  # type: ignore[union-attr]
    }
