"""Days that many municipalities prepare for, each with its rule. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.rhythm import Calendar, MovingDay

DAY = dt.timedelta(days=1)
Span = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class RiskDate:
    """A day, or days, that usually call for preparation."""

    key: str
    name: str
    first: dt.date
    last: dt.date


def one_day(day: MovingDay) -> Callable[[Calendar, int], Span]:
    """The rule that the calendar knows the day."""

    def rule(calendar: Calendar, year: int) -> Span:
        found = calendar.day(day, year)
        return found, found

    return rule


def fixed(month: int, day: int) -> Callable[[Calendar, int], Span]:
    """The rule that it is the same date each year."""
    return lambda calendar, year: (dt.date(year, month, day),) * 2  # type: ignore[return-value]


def graduation(calendar: Calendar, year: int) -> Span:
    """Upper secondary schools end in the two weeks up to the last school day: from the first of June
    or from the Monday of that week, whichever is earlier."""
    last = calendar.day(MovingDay.LAST_SCHOOL_DAY, year)
    monday = last - dt.timedelta(days=last.weekday())
    return min(dt.date(year, 6, 1), monday), last


def maundy_thursday(calendar: Calendar, year: int) -> Span:
    """The evening before the Easter holidays."""
    day = calendar.day(MovingDay.EASTER, year) - 3 * DAY
    return day, day


def midsummer(calendar: Calendar, year: int) -> Span:
    """Midsummer Eve and Day: the Friday and Saturday between 19 and 26 June."""
    eve = calendar.day(MovingDay.MIDSUMMER, year)
    return eve, eve + DAY


RULES: tuple[tuple[str, object, Callable[[Calendar, int], Span]], ...] = (
    ("easter", gettext_lazy("Skärtorsdagen"), maundy_thursday),
    ("valborg", gettext_lazy("Valborgsmässoafton"), one_day(MovingDay.VALBORG)),
    ("graduation", gettext_lazy("Studenten"), graduation),
    ("school_ends", gettext_lazy("Skolavslutningen"), one_day(MovingDay.LAST_SCHOOL_DAY)),
    ("midsummer", gettext_lazy("Midsommar"), midsummer),
    ("school_starts", gettext_lazy("Skolstarten"), one_day(MovingDay.SCHOOL_START)),
    ("halloween", gettext_lazy("Halloween"), fixed(10, 31)),
    (
        "lucia",
        gettext_lazy("Lucianatten"),
        lambda calendar, year: (dt.date(year, 12, 12), dt.date(year, 12, 13)),
    ),
    ("new_year", gettext_lazy("Nyårsafton"), one_day(MovingDay.NEW_YEAR)),
)


def risk_dates(calendar: Calendar, first: dt.date, last: dt.date) -> list[RiskDate]:
    """Return the risk dates that touch `first`–`last` (both included), in order."""
    found = [
        RiskDate(key, str(name), *rule(calendar, year))
        for year in range(first.year, last.year + 1)
        for key, name, rule in RULES
    ]
    touching = [one for one in found if one.first <= last and one.last >= first]
    return sorted(touching, key=lambda one: (one.first, one.key))


def computed_note() -> str:
    """Return what to say where the municipality has not given its own school days."""
    return _("Skolans dagar är beräknade. Lägg in kommunens läsår för att få rätt dagar.")
