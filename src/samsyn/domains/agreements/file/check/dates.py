"""Dates: reversed ones are errors; odd ones are accepted and flagged as doubtful (L13, H14)."""

from __future__ import annotations

from samsyn.domains.agreements.file.check.findings import Findings
from samsyn.domains.agreements.file.schema import Agreement
from samsyn.domains.agreements.file.schema.base import PartialDate

_EARLY_DAYS = 300
_LONG_YEARS = 10


def check_dates(agreement: Agreement, findings: Findings) -> None:
    """Validity, signatures and the commitments' own periods."""
    _check_validity(agreement, findings)
    _check_signatures(agreement, findings)
    _check_commitment_periods(agreement, findings)


def _check_validity(agreement: Agreement, findings: Findings) -> None:
    validity = agreement.validity
    if validity.to is None:
        if agreement.kind == "agreement":
            findings.warn(
                ("validity",),
                "Avtalet saknar slutdatum.",
                "Skriv ”to: …” under validity om avtalet säger hur länge det gäller.",
            )
        return
    if _before(validity.to, validity.start):
        findings.error(
            ("validity", "to"),
            f"Avtalet slutar ({validity.to}) innan det börjar ({validity.start}).",
            "Byt plats på datumen eller rätta det som är fel.",
        )
    elif validity.to.last_day.year - validity.start.first_day.year > _LONG_YEARS:
        findings.warn(
            ("validity", "to"),
            f"Avtalet gäller i mer än {_LONG_YEARS} år.",
            "Kontrollera årtalen.",
        )
    if validity.prolonged_to and not _before(validity.to, validity.prolonged_to):
        findings.error(
            ("validity", "prolonged_to"),
            f"Förlängningen ({validity.prolonged_to}) slutar inte efter avtalets slut ({validity.to}).",
            "Skriv det nya, senare slutdatumet.",
        )
    if validity.renew_in and validity.renew_in.last_day < validity.start.first_day:
        findings.error(
            ("validity", "renew_in"),
            f"Avtalet ska förnyas ({validity.renew_in}) innan det börjar ({validity.start}).",
            "Rätta årtalet.",
        )


def _check_signatures(agreement: Agreement, findings: Findings) -> None:
    signatures = agreement.signatures
    if signatures is None:
        if agreement.kind == "agreement":
            findings.warn(
                (),
                "Det står inte vem som har undertecknat avtalet.",
                "Lägg till ”signatures” med datum, ort och funktioner.",
            )
        return
    dated = [(("signatures", "date"), signatures.date)] + [
        (("signatures", "signatories", index, "date"), signatory.date)
        for index, signatory in enumerate(signatures.signatories)
    ]
    for path, date in dated:
        if date is not None:
            _check_signing_day(agreement, path, date, findings)
    signed = {signatory.party for signatory in signatures.signatories}
    for party in agreement.parties:
        if signatures.signatories and party.id not in signed:
            findings.warn(
                ("signatures", "signatories"),
                f"Parten ”{party.id}” har inte undertecknat enligt filen.",
                "Lägg till funktionen som undertecknar, om avtalet säger det.",
            )


def _check_signing_day(
    agreement: Agreement, path: tuple[str | int, ...], date: PartialDate, findings: Findings
) -> None:
    validity = agreement.validity
    days_early = (validity.start.first_day - date.last_day).days
    if validity.to and _before(validity.to, date):
        findings.warn(
            path,
            f"Avtalet är undertecknat ({date}) efter att det slutade gälla ({validity.to}).",
            "Uppgiften godtas men visas som tveksam. Kontrollera datumet mot avtalet.",
        )
    elif days_early > _EARLY_DAYS:
        findings.warn(
            path,
            f"Avtalet är undertecknat ({date}) omkring ett år innan det börjar gälla ({validity.start}).",
            "Uppgiften godtas men visas som tveksam. Kontrollera datumet mot avtalet.",
        )


def _check_commitment_periods(agreement: Agreement, findings: Findings) -> None:
    end = agreement.validity.prolonged_to or agreement.validity.to
    for index, commitment in enumerate(agreement.commitments):
        starts, ends = commitment.starts, commitment.ends
        if starts and ends and _before(ends, starts):
            findings.error(
                ("commitments", index, "ends"),
                f"Åtagandet ”{commitment.id}” slutar ({ends}) innan det börjar ({starts}).",
                "Byt plats på datumen eller rätta det som är fel.",
            )
        if ends and _before(ends, agreement.validity.start):
            findings.error(
                ("commitments", index, "ends"),
                f"Åtagandet ”{commitment.id}” slutar ({ends}) innan avtalet börjar ({agreement.validity.start}).",
                "Rätta datumet.",
            )
        if starts and end and _before(end, starts):
            findings.error(
                ("commitments", index, "starts"),
                f"Åtagandet ”{commitment.id}” börjar ({starts}) efter att avtalet har slutat ({end}).",
                "Rätta datumet.",
            )


def _before(one: PartialDate, other: PartialDate) -> bool:
    """True when ``one`` certainly lies before ``other``."""
    return one.last_day < other.first_day
