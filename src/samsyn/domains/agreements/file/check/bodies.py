"""Bodies that can work: chair with a seat, every party in a consensus, seats of the right party."""

from __future__ import annotations

from samsyn.domains.agreements.file.check.findings import Findings
from samsyn.domains.agreements.file.schema import Agreement, Body


def check_bodies(agreement: Agreement, findings: Findings) -> None:
    """The rules on each body, in the order a reader meets them."""
    for index, body in enumerate(agreement.bodies):
        _check_chair(agreement, body, index, findings)
        _check_consensus(agreement, body, index, findings)
        _check_seats(agreement, body, index, findings)
        _check_mandate(body, index, findings)
        _check_keeps(agreement, body, index, findings)
        if body.decision and body.decision.rule == "proposes" and not body.decision.proposes_to:
            findings.error(
                ("bodies", index, "decision"),
                f"”{body.name}” lämnar förslag, men det står inte till vem.",
                "Lägg till ”proposes_to: …” med organet som beslutar.",
            )


def seat_parties(agreement: Agreement, body: Body) -> set[str]:
    """The parties with a seat in the body itself or in the bodies it consists of."""
    by_id = {other.id: other for other in agreement.bodies}
    found: set[str] = set()
    waiting, seen = [body], set[str]()
    while waiting:
        here = waiting.pop()
        if here.id in seen:
            continue
        seen.add(here.id)
        found.update(seat.party for seat in here.seats)
        waiting.extend(by_id[part] for part in here.consists_of if part in by_id)
    return found


def _check_chair(agreement: Agreement, body: Body, index: int, findings: Findings) -> None:
    if body.chair is None or not body.seats:
        return
    functions = {function for seat in body.seats for function in seat.any_of}
    parties = {seat.party for seat in body.seats}
    if body.chair not in functions | parties:
        findings.error(
            ("bodies", index, "chair"),
            f"Ordföranden ”{body.chair}” har ingen plats i ”{body.name}”.",
            "Lägg till en plats under ”seats”, eller välj en ordförande bland dem som har plats: "
            f"{', '.join(sorted(functions | parties))}.",
        )


def _check_consensus(agreement: Agreement, body: Body, index: int, findings: Findings) -> None:
    if body.decision is None or body.decision.rule != "consensus":
        return
    wanted = body.parties or tuple(party.id for party in agreement.parties)
    seated = seat_parties(agreement, body)
    for party in wanted:
        if party not in seated:
            findings.error(
                ("bodies", index, "seats") if body.seats else ("bodies", index),
                f"”{body.name}” beslutar i konsensus, men parten ”{party}” har ingen plats.",
                f"Lägg till en plats för ”{party}”, eller skriv under ”parties” vilka parter organet gäller.",
            )


def _check_seats(agreement: Agreement, body: Body, index: int, findings: Findings) -> None:
    # A municipal company's director may sit among the municipality's seats: only parties are told apart.
    parties = {party.id for party in agreement.parties}
    home = {f.id: f.party for f in agreement.functions if f.party in parties}
    for number, seat in enumerate(body.seats):
        for place, function in enumerate(seat.any_of):
            party = home.get(function)
            if party is not None and party != seat.party:
                findings.error(
                    ("bodies", index, "seats", number, "any_of", place),
                    f"Funktionen ”{function}” hör till ”{party}”, men platsen hör till ”{seat.party}”.",
                    "Rätta platsens ”party”, eller välj en funktion hos den parten.",
                )
        if seat.required and seat.at_need:
            findings.error(
                ("bodies", index, "seats", number, "at_need"),
                f"Platsen ”{seat.id}” kan inte både måste vara fylld och bara vara med vid behov.",
                "Behåll ”required” eller ”at_need”.",
            )
    if (
        not body.seats
        and not body.consists_of
        and not body.template
        and body.role in ("strategic_council", "steering", "operational")
    ):
        findings.warn(
            ("bodies", index),
            f"”{body.name}” har inga platser.",
            "Skriv platserna under ”seats” om avtalet säger vilka funktioner som ingår.",
        )


def _check_mandate(body: Body, index: int, findings: Findings) -> None:
    if body.role == "working_group" and body.template and body.mandate is None:
        findings.warn(
            ("bodies", index),
            f"Det står inte vem som ger ”{body.name}” mandat.",
            "Lägg till ”mandate” om avtalet säger det.",
        )
    if body.mandate and body.id in (body.mandate.mandate_from, body.mandate.assignment_from):
        findings.error(
            ("bodies", index, "mandate"),
            f"”{body.name}” kan inte ge sig självt mandat eller uppdrag.",
            "Ange ett annat organ.",
        )


def _check_keeps(agreement: Agreement, body: Body, index: int, findings: Findings) -> None:
    """A body of which only a trace is kept has no agenda, and no duty that only minutes prove."""
    if body.keeps != "trace":
        return
    if body.agenda:
        findings.error(
            ("bodies", index, "agenda"),
            f"Från ”{body.name}” sparas bara att det möttes, men organet har stående punkter.",
            "Ta bort ”agenda”, eller skriv ”keeps: notes”.",
        )
    for number, commitment in enumerate(agreement.commitments):
        if commitment.body == body.id and "meeting_minuted" in commitment.evidence:
            findings.error(
                ("commitments", number, "evidence"),
                f"Från ”{body.name}” sparas bara att det möttes, men ”{commitment.id}” kräver protokoll.",
                "Skriv ”evidence: [meeting_held]”, eller ändra organets ”keeps”.",
            )
