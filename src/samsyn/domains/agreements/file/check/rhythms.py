"""Rhythms that cannot be kept within the agreement they stand in."""

from __future__ import annotations

from samsyn.domains.agreements.file.check.findings import Findings
from samsyn.domains.agreements.file.schema import Agreement, Commitment
from samsyn.rhythm import EveryYears, Once, PerTerm, PerYear


def check_rhythms(agreement: Agreement, findings: Findings) -> None:
    """Each commitment's rhythm against validity, the body's places and extended meetings."""
    for index, commitment in enumerate(agreement.commitments):
        _check_once(agreement, commitment, index, findings)
        _check_length(agreement, commitment, index, findings)
        _check_places(agreement, commitment, index, findings)
    _check_extended(agreement, findings)


def _check_once(
    agreement: Agreement, commitment: Commitment, index: int, findings: Findings
) -> None:
    rhythm = commitment.rhythm
    if isinstance(rhythm, Once) and rhythm.by < agreement.validity.start.first_day:
        findings.error(
            ("commitments", index, "rhythm"),
            f"Åtagandet ”{commitment.id}” ska vara klart {rhythm.by} men avtalet börjar {agreement.validity.start}.",
            "Rätta datumet.",
        )


def _check_length(
    agreement: Agreement, commitment: Commitment, index: int, findings: Findings
) -> None:
    end = agreement.validity.prolonged_to or agreement.validity.to
    rhythm = commitment.rhythm
    if end is None or not isinstance(rhythm, EveryYears):
        return
    years = end.last_day.year - agreement.validity.start.first_day.year + 1
    if rhythm.years > years:
        findings.warn(
            ("commitments", index, "rhythm"),
            f"Åtagandet ”{commitment.id}” gäller vart {rhythm.years}:e år, men avtalet gäller i {years} år.",
            "Kontrollera takten; åtagandet kanske aldrig förfaller under avtalet.",
        )


def _check_places(
    agreement: Agreement, commitment: Commitment, index: int, findings: Findings
) -> None:
    rhythm = commitment.rhythm
    if not isinstance(rhythm, PerTerm) or commitment.body is None:
        return
    body = next((body for body in agreement.bodies if body.id == commitment.body), None)
    if body is None or not body.places:
        return
    for place in rhythm.places:
        if place not in body.places:
            findings.unknown(
                ("commitments", index, "rhythm", "places"),
                f"Orten för ”{body.name}”:",
                place,
                body.places,
            )


def _check_extended(agreement: Agreement, findings: Findings) -> None:
    planned: dict[str, int] = {}
    for commitment in agreement.commitments:
        if commitment.body and isinstance(commitment.rhythm, PerYear):
            planned[commitment.body] = max(planned.get(commitment.body, 0), commitment.rhythm.times)
    for index, body in enumerate(agreement.bodies):
        for number, seat in enumerate(body.seats):
            times = planned.get(body.id)
            if seat.extended and times is not None and seat.extended.meetings > times:
                findings.error(
                    ("bodies", index, "seats", number, "extended"),
                    f"Platsen ”{seat.id}” är utökad vid {seat.extended.meetings} möten, men organet möts {times} gånger om året.",
                    f"Skriv högst {times}.",
                )
