"""Numbers, dates and times in the reader's language: Swedish, or English where she has chosen it.

For pages and letters. Documents of the municipality are Swedish, and use `samsyn.formats.swedish` themselves.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import ModuleType

from django.utils.translation import get_language

from samsyn.formats import english, swedish


def speech() -> ModuleType:
    """Return the module that writes in the language that is active."""
    return english if (get_language() or "sv").startswith("en") else swedish


def number(value: float | Decimal, decimals: int = 0) -> str:
    """`1 234`, `3,5`; `1,234`, `3.5`."""
    return str(speech().number(value, decimals))


def signed(value: float | Decimal, decimals: int = 0) -> str:
    """`+3`, `−2`, `0`."""
    return str(speech().signed(value, decimals))


def date(value: dt.date, *, weekday: bool = False) -> str:
    """`14 maj 2026`; `14 May 2026`."""
    return str(speech().date(value, weekday=weekday))


def short_date(value: dt.date) -> str:
    """`14 maj`; `14 May`."""
    return str(speech().short_date(value))


def month(value: dt.date) -> str:
    """`maj 2026`; `May 2026`."""
    return str(speech().month(value))


def partial_date(text: str) -> str:
    """`2020`, `maj 2020`, `14 maj 2020`; `May 2020`, `14 May 2020`."""
    return str(speech().partial_date(text))


def clock(value: dt.time | dt.datetime) -> str:
    """`22.30`; `22:30`."""
    return str(speech().clock(value))


def moment(value: dt.datetime) -> str:
    """`14 maj 2026 kl. 22.30`; `14 May 2026 at 22:30`."""
    return str(speech().moment(value))


def week(value: dt.date | int, *, year: bool = False) -> str:
    """`vecka 20`; `week 20`."""
    return str(speech().week(value, year=year))


def weekday(number: int) -> str:
    """`måndag`; `Monday`. 0 is Monday."""
    return str(speech().WEEKDAYS[number])


def share(part: float, whole: float, *, table: bool = False) -> str:
    """`12 procent`; `12 per cent`."""
    return str(speech().share(part, whole, table=table))


def span(first: dt.date, last: dt.date) -> str:
    """`11–17 maj 2026`; `11–17 May 2026`."""
    return str(speech().span(first, last))
