"""An agreement that comes with Samsyn, read as rows without a database."""

from __future__ import annotations

from samsyn.domains.agreements.contents import commitment_rows, last_day, municipality_refs
from samsyn.domains.agreements.file import Agreement as File
from samsyn.domains.agreements.models import Agreement, Commitment


def shipped_commitments(
    file: File, municipality_code: str = ""
) -> tuple[Agreement, list[tuple[Commitment, str]]]:
    """Return the unsaved agreement, and each unsaved commitment with the name of its body."""
    agreement = Agreement(
        code=file.id,
        kind=file.kind,
        title=file.title,
        starts_on=file.validity.start.first_day,
        ends_on=last_day(file),
    )
    bodies = {body.id: body.name for body in file.bodies}
    codes = {
        party.id: party.municipality or ""
        for party in file.parties
        if party.id in municipality_refs(file)
    }
    found = []
    for row in commitment_rows(file):
        one = Commitment(**row.fields)
        one.municipality_code = codes.get(row.municipality or "", municipality_code)  # type: ignore[attr-defined]
        found.append((one, bodies.get(row.body or "", "")))
    return agreement, found
