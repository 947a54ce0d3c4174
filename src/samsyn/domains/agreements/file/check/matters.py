"""Clauses, annexes, contact routes, costs: what hangs together across sections."""

from __future__ import annotations

from samsyn.domains.agreements.file.check.findings import Findings
from samsyn.domains.agreements.file.problems import did_you_mean
from samsyn.domains.agreements.file.schema import Agreement


def check_clauses(agreement: Agreement, findings: Findings) -> None:
    """Every clause used is listed, and every clause listed is used."""
    listed = [clause.id for clause in agreement.clauses]
    if not listed:
        return
    used: set[str] = set()
    for path, item in agreement.items():
        for clause in item.clauses:
            used.add(clause)
            if clause not in listed:
                findings.error(
                    _steps(path),
                    f"Klausulen ”{clause}” finns inte under ”clauses”.",
                    did_you_mean(clause, listed),
                )
    for index, clause in enumerate(listed):
        if clause not in used:
            findings.warn(
                ("clauses", index),
                f"Ingenting i filen hör till klausulen ”{clause}”.",
                "Skriv ett åtagande eller en uppgift med ”clause: "
                + clause
                + "”, eller ta bort klausulen.",
            )


def check_annexes(agreement: Agreement, findings: Findings) -> None:
    """A rule that names signing parties has some, and numbers are not repeated."""
    numbers: dict[int, str] = {}
    for index, annex in enumerate(agreement.annexes):
        if annex.number is not None:
            if annex.number in numbers:
                findings.error(
                    ("annexes", index, "number"),
                    f"Bilaga {annex.number} finns två gånger (”{numbers[annex.number]}” och ”{annex.id}”).",
                    "Ge den ena ett eget nummer.",
                )
            numbers.setdefault(annex.number, annex.id)
        if annex.signature.rule == "some_sign" and not annex.signature.parties:
            findings.error(
                ("annexes", index, "signature"),
                f"Det står inte vilka parter som undertecknar ”{annex.title}”.",
                "Lägg till ”parties: […]” under signature, eller skriv ”rule: all_sign”.",
            )


def check_contact_routes(agreement: Agreement, findings: Findings) -> None:
    """A route that depends on office hours knows them."""
    for index, route in enumerate(agreement.contact_routes):
        for number, step in enumerate(route.steps):
            if step.when != "always" and step.hours is None and agreement.office_hours is None:
                findings.error(
                    ("contact_routes", index, "steps", number, "when"),
                    "Vägen beror på kontorstiden, men den står inte i filen.",
                    "Lägg till ”office_hours” överst i filen, med ”assumed: true” om avtalet inte säger tiderna.",
                )


def check_hours(agreement: Agreement, findings: Findings) -> None:
    """Office hours that begin before they end."""
    hours = agreement.office_hours
    if hours and hours.to <= hours.start:
        findings.error(
            ("office_hours", "to"),
            f"Kontorstiden slutar ({hours.to}) innan den börjar ({hours.start}).",
            "Byt plats på klockslagen.",
        )


def check_costs(agreement: Agreement, findings: Findings) -> None:
    """Shares of one cost are at most the whole."""
    total: dict[str, float] = {}
    for index, share in enumerate(agreement.cost_shares):
        total[share.matter] = total.get(share.matter, 0.0) + share.percent
        if total[share.matter] > 100:
            findings.error(
                ("cost_shares", index, "percent"),
                f"Andelarna av ”{share.matter}” blir mer än 100 procent.",
                "Rätta andelarna.",
            )


def check_municipalities(agreement: Agreement, findings: Findings) -> None:
    """One municipality code stands for one party."""
    seen: dict[str, str] = {}
    for section in ("parties", "others"):
        for index, actor in enumerate(getattr(agreement, section)):
            code = actor.municipality
            if code is None:
                continue
            if code in seen:
                findings.error(
                    (section, index, "municipality"),
                    f"Kommunkoden {code} står redan för ”{seen[code]}”.",
                    "Kontrollera koden.",
                )
            if actor.kind != "municipality":
                findings.error(
                    (section, index, "municipality"),
                    f"”{actor.name}” är ingen kommun men har en kommunkod.",
                    "Ta bort koden, eller skriv ”kind: municipality”.",
                )
            seen.setdefault(code, actor.id)


def _steps(path: str) -> tuple[str | int, ...]:
    """``bodies[0].seats[1]`` as ``("bodies", 0, "seats", 1)``."""
    steps: list[str | int] = []
    for part in path.replace("]", "").replace("[", ".").split("."):
        steps.append(int(part) if part.isdigit() else part)
    return tuple(steps)
