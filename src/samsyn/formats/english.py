"""How numbers, dates and times are written in English text: the same functions as `swedish`, value by value.

The terms of the agreement stay as the agreement writes them; what the program says around them is English.
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from samsyn.formats.swedish import MINUS, NBSP, SMALLEST_WHOLE

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def number(value: float | Decimal, decimals: int = 0) -> str:
    """Return `1,234` or, with decimals, `3.5`; halves are rounded away from zero.

    >>> number(1234567), number(-3.45, 1)
    ('1,234,567', '\\u22123.5')
    """
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,f}"
    return f"{MINUS}{text}" if rounded < 0 else text


def signed(value: float | Decimal, decimals: int = 0) -> str:
    """Return a change with its sign: `+3`, `−2`, `0`."""
    text = number(value, decimals)
    is_positive = not text.startswith(MINUS) and any(c in "123456789" for c in text)
    return f"+{text}" if is_positive else text


def date(value: dt.date, *, weekday: bool = False) -> str:
    """Return `14 May 2026`, or with the weekday `Thursday 14 May 2026`."""
    text = f"{short_date(value)} {value.year}"
    return f"{WEEKDAYS[value.weekday()]} {text}" if weekday else text


def short_date(value: dt.date) -> str:
    """Return `14 May`, where the year is plain from its surroundings."""
    return f"{value.day}{NBSP}{MONTHS[value.month - 1]}"


def month(value: dt.date) -> str:
    """Return `May 2026`."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def partial_date(text: str) -> str:
    """Return an ISO date with the precision it has: `2020`, `May 2020` or `14 May 2020`; ValueError for none."""
    if len(text) == 4:
        return str(int(text))
    if len(text) == 7:
        return month(dt.date.fromisoformat(f"{text}-01"))
    return date(dt.date.fromisoformat(text))


def clock(value: dt.time | dt.datetime) -> str:
    """Return `22:30`."""
    return f"{value.hour:02d}:{value.minute:02d}"


def moment(value: dt.datetime) -> str:
    """Return `14 May 2026 at 22:30`. The caller has already moved it to local time."""
    return f"{date(value)} at{NBSP}{clock(value)}"


def week(value: dt.date | int, *, year: bool = False) -> str:
    """Return `week 20` (ISO), or with the year `week 20, 2026`; a number needs no year."""
    if isinstance(value, int):
        return f"week{NBSP}{value}"
    iso = value.isocalendar()
    return f"week{NBSP}{iso.week}, {iso.year}" if year else f"week{NBSP}{iso.week}"


def share(part: float, whole: float, *, table: bool = False) -> str:
    """Return `12 per cent` (`12%` in a table), or `3 of 14` where the whole is under twenty; a dash for none."""
    if whole <= 0:
        return "–"
    if whole < SMALLEST_WHOLE:
        return f"{number(part)} of {number(whole)}"
    value = number(100 * part / whole)
    return f"{value}%" if table else f"{value}{NBSP}per cent"


def span(first: dt.date, last: dt.date) -> str:
    """Return a period without saying a thing twice: `11–17 May 2026`, `28 April–4 May 2026`."""
    if first == last:
        return date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date(last)}"
    if first.year == last.year:
        return f"{short_date(first)}–{date(last)}"
    return f"{date(first)}–{date(last)}"
