"""Writes what a file says into rows, by the file's ids. What a new version drops is kept, no longer current."""

from __future__ import annotations

from typing import Any

from django.db import models

from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.contents import (
    bodies_by_place,
    body_fields,
    commitment_rows,
    seat_fields,
)
from samsyn.domains.agreements.file import Agreement as File
from samsyn.domains.agreements.file.schema import Body as FileBody
from samsyn.domains.agreements.models import (
    Agreement,
    AgreementParty,
    Body,
    Commitment,
    Function,
    Seat,
)


def write_rows(agreement: Agreement, file: File, organisations: dict[str, Organisation]) -> None:
    """Write parties, functions, bodies, seats and commitments of the file."""
    parties = write_parties(agreement, file, organisations)
    functions = write_functions(agreement, file, parties)
    bodies = write_bodies(agreement, file, organisations, parties, functions)
    write_commitments(agreement, file, organisations, bodies)


def put(model: type[models.Model], key: dict[str, Any], fields: dict[str, Any]) -> Any:
    """Make the row with that key or bring it up to date; it is current again."""
    return model._default_manager.update_or_create(**key, defaults={**fields, "is_current": True})[
        0
    ]


def write_parties(
    agreement: Agreement, file: File, organisations: dict[str, Organisation]
) -> dict[str, AgreementParty]:
    agreement.parties.update(is_current=False, organisation=None)
    written = {}
    for order, party in enumerate((*file.parties, *file.others)):
        fields = {
            "name": party.name,
            "local_name": party.local_name or "",
            "kind": party.kind,
            "org_number": getattr(party, "organisation_number", None) or "",
            "organisation": organisations.get(party.id),
            "is_party": order < len(file.parties),
            "order": order,
        }
        written[party.id] = put(AgreementParty, {"agreement": agreement, "ref": party.id}, fields)
    return written


def write_functions(
    agreement: Agreement, file: File, parties: dict[str, AgreementParty]
) -> dict[str, Function]:
    agreement.functions.update(is_current=False)
    written = {}
    for order, function in enumerate(file.functions):
        fields = {
            "name": function.name,
            "party": parties[function.party],
            "role": function.role,
            "holders_kind": function.holders,
            "public_contact": function.public_contact,
            "order": order,
        }
        written[function.id] = put(Function, {"agreement": agreement, "ref": function.id}, fields)
    return written


def write_bodies(
    agreement: Agreement,
    file: File,
    organisations: dict[str, Organisation],
    parties: dict[str, AgreementParty],
    functions: dict[str, Function],
) -> dict[tuple[str, str | None], Body]:
    """Write every body, then what points from one to another. Returns (id, municipality's id) → row.

    Working groups set up from a template are the municipality's own and are left alone.
    """
    agreement.bodies.filter(set_up_from__isnull=True).update(is_current=False)
    written: dict[tuple[str, str | None], Body] = {}
    for order, (body, place, seats) in enumerate(bodies_by_place(file)):
        municipality = organisations.get(place) if place else None
        key = {"agreement": agreement, "ref": body.id, "municipality": municipality}
        row = put(Body, key, {**body_fields(body), "order": order})
        set_state(row, body)
        row.parties.set([parties[ref] for ref in body.parties])
        row.conveners.set([functions[ref] for ref in body.conveners if ref in functions])
        row.seats.update(is_current=False)
        for number, seat in enumerate(seats):
            fields = {**seat_fields(file, body, seat), "party": parties[seat.party]}
            placed = put(Seat, {"body": row, "ref": seat.id}, {**fields, "order": number})
            placed.functions.set([functions[ref] for ref in seat.any_of])
        written[body.id, place] = row
    for (ref, place), row in written.items():
        join_bodies(row, next(one for one in file.bodies if one.id == ref), place, written)
        set_chair(row, file, ref, parties, functions)
    return written


def set_state(row: Body, body: FileBody) -> None:
    """A planned body that has been set up since stays so; else the file decides."""
    stated = (
        Body.State.TEMPLATE
        if body.template
        else Body.State.PLANNED
        if body.planned and row.state != Body.State.ACTIVE
        else row.state
        if row.state == Body.State.ACTIVE
        else Body.State.STANDING
    )
    if stated != row.state:
        row.state = stated
        row.save(update_fields=["state"])


def join_bodies(
    row: Body, body: FileBody, place: str | None, written: dict[tuple[str, str | None], Body]
) -> None:
    """Set what points at other bodies: in the same municipality where they have one there."""

    def other(ref: str | None) -> Body | None:
        return written.get((ref, place)) or written.get((ref, None)) if ref else None

    row.parts.set([part for ref in body.consists_of if (part := other(ref))])
    row.assigns_to.set([target for ref in body.assigns_to if (target := other(ref))])
    row.proposes_to = other(body.decision.proposes_to if body.decision else None)
    row.mandate_from = other(body.mandate.mandate_from if body.mandate else None)
    row.assignment_from = other(body.mandate.assignment_from if body.mandate else None)
    row.save(update_fields=["proposes_to", "mandate_from", "assignment_from"])


def set_chair(
    row: Body,
    file: File,
    ref: str,
    parties: dict[str, AgreementParty],
    functions: dict[str, Function],
) -> None:
    chair = next(one.chair for one in file.bodies if one.id == ref)
    row.chair_function = functions.get(chair or "")
    row.chair_party = row.chair_function.party if row.chair_function else parties.get(chair or "")
    row.save(update_fields=["chair_function", "chair_party"])


def write_commitments(
    agreement: Agreement,
    file: File,
    organisations: dict[str, Organisation],
    bodies: dict[tuple[str, str | None], Body],
) -> None:
    """Write the commitments; the act's, one by one for every municipality it is laid over."""
    agreement.commitments.update(is_current=False)
    over = list(agreement.municipalities.all()) if agreement.is_act else [None]
    for row in commitment_rows(file):
        for laid_over in over:
            municipality = organisations.get(row.municipality or "") or laid_over
            body = bodies.get((row.body or "", row.municipality)) or bodies.get(
                (row.body or "", None)
            )
            key = {"agreement": agreement, "ref": row.fields["ref"], "municipality": municipality}
            put(Commitment, key, {**row.fields, "body": body})
