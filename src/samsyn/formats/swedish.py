"""How numbers, dates and times are written in Swedish text: one place for web, Word, PDF and charts.

Spaces inside a number or between a number and its unit are non-breaking, so that they never part.
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"
MINUS = "\u2212"
MONTHS = (
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
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
# Under this many a percentage says more than the figures do: see data rule 11.
SMALLEST_WHOLE = 20


def number(value: float | Decimal, decimals: int = 0) -> str:
    """Return `1 234` or, with decimals, `3,5`; halves are rounded away from zero.

    >>> number(1234567), number(-3.45, 1)
    ('1\\xa0234\\xa0567', '\\u22123,5')
    """
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,f}".replace(",", NBSP).replace(".", ",")
    return f"{MINUS}{text}" if rounded < 0 else text


def signed(value: float | Decimal, decimals: int = 0) -> str:
    """Return a change with its sign: `+3`, `−2`, `0`."""
    text = number(value, decimals)
    is_positive = not text.startswith(MINUS) and any(c in "123456789" for c in text)
    return f"+{text}" if is_positive else text


def date(value: dt.date, *, weekday: bool = False) -> str:
    """Return `14 maj 2026`, or with the weekday `torsdag 14 maj 2026`."""
    text = f"{value.day}{NBSP}{MONTHS[value.month - 1]} {value.year}"
    return f"{WEEKDAYS[value.weekday()]} {text}" if weekday else text


def short_date(value: dt.date) -> str:
    """Return `14 maj`, where the year is plain from its surroundings."""
    return f"{value.day}{NBSP}{MONTHS[value.month - 1]}"


def month(value: dt.date) -> str:
    """Return `maj 2026`."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def partial_date(text: str) -> str:
    """Return an ISO date with the precision it has: `2020`, `maj 2020` or `14 maj 2020`.

    ValueError where it is none of them.
    """
    if len(text) == 4:
        return str(int(text))
    if len(text) == 7:
        return month(dt.date.fromisoformat(f"{text}-01"))
    return date(dt.date.fromisoformat(text))


def clock(value: dt.time | dt.datetime) -> str:
    """Return `22.30`."""
    return f"{value.hour:02d}.{value.minute:02d}"


def moment(value: dt.datetime) -> str:
    """Return `14 maj 2026 kl. 22.30`. The caller has already moved it to local time."""
    return f"{date(value)} kl.{NBSP}{clock(value)}"


def week(value: dt.date | int, *, year: bool = False) -> str:
    """Return `vecka 20` (ISO), or with the year `vecka 20, 2026`; a number needs no year."""
    if isinstance(value, int):
        return f"vecka{NBSP}{value}"
    iso = value.isocalendar()
    return f"vecka{NBSP}{iso.week}, {iso.year}" if year else f"vecka{NBSP}{iso.week}"


def share(part: float, whole: float, *, table: bool = False) -> str:
    """Return the share as `12 procent` (`12 %` in a table), or the two figures where the whole is too small.

    Args:
        part: how many of them.
        whole: how many in all. Under twenty no percentage is given: `3 av 14`.
        table: the short form.

    Returns:
        The text; a dash where there is nothing to share.
    """
    if whole <= 0:
        return "–"
    if whole < SMALLEST_WHOLE:
        return f"{number(part)} av {number(whole)}"
    value = number(100 * part / whole)
    return f"{value}{NBSP}%" if table else f"{value}{NBSP}procent"


def span(first: dt.date, last: dt.date) -> str:
    """Return a period without saying a thing twice: `11–17 maj 2026`, `28 april–4 maj 2026`."""
    if first == last:
        return date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date(last)}"
    if first.year == last.year:
        return f"{short_date(first)}–{date(last)}"
    return f"{date(first)}–{date(last)}"
