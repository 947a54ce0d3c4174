"""Personal identity numbers, coordination numbers and dates of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from samsyn.privacy.guard.model import Hit

_GAP = r"[^0-9A-Za-zÅÄÖåäö]{0,3}"
# A lookahead, so that a number before the real one cannot hide it.
_GROUPED = re.compile(
    rf"(?<![0-9])(?=((18|19|20)?([0-9]{{2}}){_GAP}([0-9]{{2}}){_GAP}([0-9]{{2}}){_GAP}([0-9]{{4}}))(?![0-9]))"
)
_LONE_DIGITS = re.compile(rf"(?<![0-9])[0-9](?:{_GAP}[0-9]){{9,11}}(?![0-9])")
# The letters O, l and I among figures, as a slip or as a trick.
_MIXED_FIGURES = re.compile(r"(?<![A-Za-zÅÄÖåäö])[0-9OolI]{4,}(?![A-Za-zÅÄÖåäö])")
_AS_FIGURES = str.maketrans("OolI", "0011")
_STANDARD_FORM = re.compile(r"(?:[0-9]{8}[-+ ]?|[0-9]{6}[-+])[0-9]{4}")
_MARKED = re.compile(
    r"(?<![0-9])((18|19|20)?([0-9]{2})[-./ ]?([0-9]{2})[-./ ]?([0-9]{2}))"
    r" ?[-+]? ?(?:[XxNn*#?_•]{4}|[A-Z][0-9]{3}|[A-Z]{2}[0-9]{2})(?![0-9A-Za-zÅÄÖåäö])"
)
_BORN = re.compile(
    r"\b(?:född|födda|föddes|född den|födelsedatum|födelsedag|pers(?:on)?nr|personnummer|pnr|p-nr|fnr)"
    r"[ .:]{1,3}(?:är |den )?"
    r"((?:18|19|20)?[0-9]{2}[-./ ]?[0-9]{2}[-./ ]?[0-9]{2}"
    r"|[0-9]{1,2}[/.][0-9]{1,2}[ -/](?:19|20)?[0-9]{2}"
    r"|[0-9]{1,2}[.:]?a? (?:jan|feb|mars|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]* (?:19|20)[0-9]{2})"
    r"(?![0-9])",
    re.IGNORECASE,
)
_COMPACT_DATE = re.compile(
    r"(?<![0-9])((?:19[2-9]|200|201)[0-9])(0[1-9]|1[0-2])([0-3][0-9])(?![0-9])"
)
# A compact date later than this is rather when something happened than when someone was born.
_LATEST_BIRTH_YEAR = 2015
_WEIGHTS_LUHN = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def find_identity_numbers(text: str) -> Iterator[Hit]:
    """Yield personal and coordination numbers, 10 or 12 digits with any separators.

    A wrong checksum in the standard form is a warning: it may be a slip of the finger.
    Organisation numbers have a month over 20 and are let through.
    """
    for matched in _GROUPED.finditer(text):
        century, year, month, day, last = matched.group(2, 3, 4, 5, 6)
        kind = _kind_of(century, year, month, day)
        if kind is None:
            continue
        start, end = matched.span(1)
        if passes_luhn(year + month + day + last):
            yield Hit(kind, start, end)
        elif _STANDARD_FORM.fullmatch(matched[1]) and not _is_timestamp(century, year, last):
            yield Hit(kind, start, end, "warn")
    yield from _find_disguised(text)
    for matched in _LONE_DIGITS.finditer(text):
        digits = re.sub(r"[^0-9]", "", matched[0])
        century, ten = (digits[:2], digits[2:]) if len(digits) == 12 else (None, digits)
        if len(ten) != 10 or century not in {None, "18", "19", "20"}:
            continue
        kind = _kind_of(century, ten[:2], ten[2:4], ten[4:6])
        if kind is not None and passes_luhn(ten) and not _is_phone_grouping(matched[0]):
            yield Hit(kind, *matched.span())


def _find_disguised(text: str) -> Iterator[Hit]:
    """Yield numbers in which letters stand for figures; only a right checksum counts."""
    plain = _MIXED_FIGURES.sub(lambda found: found[0].translate(_AS_FIGURES), text)
    if plain == text:
        return
    for matched in _GROUPED.finditer(plain):
        century, year, month, day, last = matched.group(2, 3, 4, 5, 6)
        kind = _kind_of(century, year, month, day)
        if kind is not None and passes_luhn(year + month + day + last):
            yield Hit(kind, *matched.span(1))


def find_birth_dates(text: str) -> Iterator[Hit]:
    """Yield dates that a mark or a word ties to a person, and bare dates of a likely birth."""
    for matched in _MARKED.finditer(text):
        century, year, month, day = matched.group(2, 3, 4, 5)
        if _kind_of(century, year, month, day) is not None:
            yield Hit("birth_date", *matched.span())
    for matched in _BORN.finditer(text):
        yield Hit("birth_date", *matched.span(1))
    for matched in _COMPACT_DATE.finditer(text):
        year, month, day = (int(part) for part in matched.groups())
        if year <= _LATEST_BIRTH_YEAR and _is_date(year, month, day):
            yield Hit("birth_date", *matched.span(), "warn")


def passes_luhn(digits: str) -> bool:
    """Tell whether `digits` end with the right Luhn check digit."""
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = ord(digit) - 48
        total += _WEIGHTS_LUHN[value] if index % 2 else value
    return total % 10 == 0


def _kind_of(century: str | None, year: str, month: str, day: str) -> str | None:
    """Return the kind of number that the date allows; a coordination number has the day + 60."""
    number = int(day)
    actual = number - 60 if number > 60 else number
    centuries = (century,) if century else ("19", "20")
    if not any(_is_date(int(each + year), int(month), actual) for each in centuries):
        return None
    return "coordination_number" if number > 60 else "personal_number"


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _is_timestamp(century: str | None, year: str, last: str) -> bool:
    """Tell whether it reads as a recent day and a time: 240514-2230."""
    recent = century in {None, "20"} and int(year) >= 20 and int(year) <= 50
    return recent and int(last[:2]) < 24 and int(last[2:]) < 60


def _is_phone_grouping(written: str) -> bool:
    return (
        re.fullmatch(r"0[0-9]{1,3}[-/ ]{1,3}[0-9]{2,3}(?: ?[0-9]{2,3}){1,3}", written) is not None
    )
