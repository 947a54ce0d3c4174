"""Swedish words: numerals, months, dates, the names of moving days and breaks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from samsyn.rhythm.kinds import MovingDay, Pause

MONTHS = (
    "",
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
NUMERALS = (
    "noll",
    "en",
    "två",
    "tre",
    "fyra",
    "fem",
    "sex",
    "sju",
    "åtta",
    "nio",
    "tio",
    "elva",
    "tolv",
)
ORDINALS = (
    "nollte",
    "första",
    "andra",
    "tredje",
    "fjärde",
    "femte",
    "sjätte",
    "sjunde",
    "åttonde",
    "nionde",
    "tionde",
    "elfte",
    "tolfte",
)
MOVING_DAYS = {
    MovingDay.VALBORG: "valborg",
    MovingDay.LAST_SCHOOL_DAY: "skolavslutningen",
    MovingDay.SCHOOL_START: "skolstarten",
    MovingDay.SUMMER_BREAK: "sommarlovet",
    MovingDay.AUTUMN_BREAK: "höstlovet",
    MovingDay.CHRISTMAS_BREAK: "jullovet",
    MovingDay.SPORT_BREAK: "sportlovet",
    MovingDay.EASTER_BREAK: "påsklovet",
    MovingDay.EASTER: "påsk",
    MovingDay.MIDSUMMER: "midsommar",
    MovingDay.LUCIA: "lucia",
    MovingDay.NEW_YEAR: "nyår",
}
PAUSES = {
    Pause.SUMMER: "sommaren",
    Pause.CHRISTMAS: "jullovet",
    Pause.SPORT: "sportlovet",
    Pause.EASTER: "påsklovet",
    Pause.AUTUMN: "höstlovet",
    Pause.SCHOOL_HOLIDAYS: "skolloven",
}


def numeral(number: int, neuter: bool = False) -> str:
    """Return the number as a word up to twelve ("ett" when `neuter`), then in figures."""
    if number == 1 and neuter:
        return "ett"
    return NUMERALS[number] if 0 <= number <= 12 else str(number)


def ordinal(number: int) -> str:
    """Return "fjärde", or "13:e" after twelve."""
    if 0 <= number <= 12:
        return ORDINALS[number]
    return f"{number}:{'a' if number % 10 in (1, 2) and number % 100 not in (11, 12) else 'e'}"


def times(number: int) -> str:
    """Return "en gång", "fyra gånger"."""
    return "en gång" if number == 1 else f"{numeral(number)} gånger"


def day(on: date, beside: date | None = None) -> str:
    """Return "31 december 2026", without the year where `beside` has the same."""
    short = f"{on.day} {MONTHS[on.month]}"
    return short if beside is not None and beside.year == on.year else f"{short} {on.year}"


def listed(items: Sequence[str]) -> str:
    """Return "a", "a och b", "a, b och c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} och {items[-1]}"


def sentence(text: str) -> str:
    """Return `text` with a capital first and a full stop last."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
