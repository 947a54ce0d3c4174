"""Marks that a register ties to one person: plates, cases, accounts, cards, flats, school classes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samsyn.privacy.guard.identity import passes_luhn
from samsyn.privacy.guard.model import Hit, Severity

# I, Q, V, Å, Ä and Ö are not used; O not as the last sign.
_PLATE = re.compile(
    r"(?<![A-Za-zÅÄÖåäö0-9])([A-HJ-PR-UW-Z]{3})([ .\-_]?)([0-9]{2}[0-9A-HJ-NPR-UW-Z])(?![A-Za-zÅÄÖåäö0-9]|[.,:][0-9])",
    re.IGNORECASE,
)
_PLATE_WORD = re.compile(
    r"(?:\breg(?:\.|nr|nummer|skylt|istrerings(?:nummer|skylt))?\b|\bskylt(?:en)?\b|\bplåtar(?:na)?\b|\bbilnummer\b)[^.!?\n]{0,30}$",
    re.IGNORECASE,
)
# Short forms and words that stand before a number without being a plate.
_NOT_PLATES = frozenset(
    (  # noqa: SIM905
        "ABF ABS AUG BUP BUS CCA DAG DEC DEN DET DNR DOM EFT EPA EST EUR FAR FEB FEM FOM FRE "
        "FYR GAT GER GYM HAN HAR HEL HLR HON HUS HTF JAN JUL JUN KAL KAN KBT KLO KOM KRO LAG "
        "LAS LED LPO LSS MAJ MAR MAX MED MER NOK NOV NTU OCH OCK OKT ONS PAR PER RAD RUM SAK "
        "SAL SEK SEN SEP SEX SFS SKA SMS SOL SOM SOS TAG TAR TEL TOG TOM TOR TPL TRE TYP UNG UPP "
        "USD UTE"
    ).split()
)
# Letter by letter, as someone writes who knows that the plate is looked for.
_SPACED_PLATE = re.compile(
    r"(?<![A-Za-zÅÄÖåäö0-9])(?:[A-HJ-PR-UW-Z][ .-]){3}[0-9][ .-]?[0-9][ .-]?[0-9A-HJ-NPR-UW-Z](?![A-Za-zÅÄÖåäö0-9])"
)
_CASE = re.compile(
    r"(?<![A-Za-z0-9])(?:[0-9]{4}[ -]{0,3})?K[ -]{0,3}[0-9]{4,7} ?[-/] ?(?:[0-9]{4}|[0-9]{2})(?![0-9])",
    re.IGNORECASE,
)
_NAMED_CASE = re.compile(
    r"(?:\bk-?(?:nr|nummer|nummret|numret)|\bärende(?:t|nr|nummer|numret)?|\banmälnings(?:nr|nummer)"
    r"|\banmälan|\bhändelse(?:nr|nummer)|\bdiarie(?:nr|nummer) hos polisen|\bmålnummer)"
    r"[ .:#]{1,3}(?:nr|nummer|är)?[ .:#]{0,3}"
    r"(?!20[0-9]{2}[-/]?[0-9]{2}[-/]?[0-9]{2}(?![0-9])|20[0-9]{2}-[0-9]{2}(?![0-9]))"
    r"((?:[0-9]{4} ?- ?)?[KBTM]? ?[0-9]{3,7} ?[-/] ?(?:20)?[0-9]{2}|[0-9]{4} ?- ?K? ?[0-9]{3,7}|[K]? ?[0-9]{6,9})(?![0-9])",
    re.IGNORECASE,
)
_COURT_CASE = re.compile(r"(?<![A-Za-z0-9])[BTM] [0-9]{2,6}-[0-9]{2}(?![0-9])")
_POLICE_DIARY = re.compile(r"(?<![A-Za-z0-9])A[0-9]{3}\.[0-9]{3}/20[0-9]{2}(?![0-9])")
_CARD = re.compile(r"(?<![0-9])[0-9](?:[ -]?[0-9]){12,18}(?![0-9])")
_NAMED_ACCOUNT = re.compile(
    r"\b(?:konto|kontonr|kontonummer|bankkonto|clearing|clearingnr|clearingnummer)"
    r"[ .:]{1,3}(?:nr |nummer |är )?([0-9](?:[ ,.-]{0,2}[0-9]){6,17})(?![0-9])",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_DWELLING = re.compile(
    r"\b(?:lgh|lägenhet|lägenhetsnr|lägenhetsnummer|lägenhets nr|lght)[ .:]{1,3}(?:nr |nummer )?([0-9]{4})(?![0-9])",
    re.IGNORECASE,
)
_SCHOOL_CLASS = re.compile(
    r"\b(?:[Kk]lass(?:en)? [1-9][ -]?[A-Ha-h]|i [1-9][A-H])(?![A-Za-zÅÄÖåäö0-9-])"
    r"|\b([FS]?[1-9][A-H])(?= (?:på|i) [A-ZÅÄÖ][a-zåäö]+skolan)"
)


def find_registration_plates(text: str) -> Iterator[Hit]:
    """Yield Swedish plates, ABC 123 and ABC 12D.

    Capitals are a plate; small letters are one beside a word such as "regnr", and otherwise a
    warning when written together. Short forms (LSS 123, EPA 100) pass unless such a word stands
    before.
    """
    shouting = _is_shouting(text)
    for matched in _PLATE.finditer(text):
        named = _PLATE_WORD.search(text, max(0, matched.start() - 45), matched.start()) is not None
        severity = _plate_severity(matched, named, shouting)
        if severity is not None:
            yield Hit("registration_plate", *matched.span(), severity)
    for matched in _SPACED_PLATE.finditer(text):
        yield Hit("registration_plate", *matched.span())


def _plate_severity(matched: re.Match[str], named: bool, shouting: bool) -> Severity | None:
    letters, gap, tail = matched.groups()
    if named:
        return "block"
    ordinary = letters.upper() in _NOT_PLATES
    capitals = letters.isupper() and (tail.isdigit() or tail[-1].isupper()) and not shouting
    if capitals and not ordinary:
        return "block"
    if gap in {"", "-"} and not ordinary:
        return "warn"
    return None


def _is_shouting(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    return len(letters) > 12 and capitals > 0.7 * len(letters)


def find_case_numbers(text: str) -> Iterator[Hit]:
    """Yield numbers of police reports (5000-K123456-24) and court cases."""
    for pattern, group in ((_CASE, 0), (_NAMED_CASE, 1), (_POLICE_DIARY, 0)):
        for matched in pattern.finditer(text):
            yield Hit("case_number", *matched.span(group))
    for matched in _COURT_CASE.finditer(text):
        yield Hit("case_number", *matched.span(), "warn")


def find_accounts(text: str) -> Iterator[Hit]:
    """Yield payment cards (Luhn), IBAN and account numbers that are called so."""
    for matched in _CARD.finditer(text):
        digits = re.sub(r"[^0-9]", "", matched[0])
        if digits[0] in "23456" and passes_luhn(digits):
            yield Hit("payment_card", *matched.span())
    for matched in _IBAN.finditer(text):
        if _is_iban(matched[0]):
            yield Hit("bank_account", *matched.span())
    for matched in _NAMED_ACCOUNT.finditer(text):
        yield Hit("bank_account", *matched.span(1))


def _is_iban(written: str) -> bool:
    compact = written.replace(" ", "")
    turned = compact[4:] + compact[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def find_dwellings_and_classes(text: str) -> Iterator[Hit]:
    """Yield flat numbers and school classes."""
    for matched in _DWELLING.finditer(text):
        yield Hit("dwelling_number", *matched.span())
    for matched in _SCHOOL_CLASS.finditer(text):
        yield Hit("school_class", *matched.span(), "warn")
