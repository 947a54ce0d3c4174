"""An ISO week in Swedish time: its days, its moments and the months it touches."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samsyn.base.clock import SWEDEN
from samsyn.base.errors import UserError

_WRITTEN = re.compile(r"(\d{4})-?W(\d{1,2})", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Week:
    """One ISO week. `Week(2024, 53)` raises UserError: that week does not exist."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1900 <= self.year <= 2200 or not 1 <= self.number <= weeks_in(self.year):
            raise UserError(no_such_week(self.year, self.number))

    @classmethod
    def parse(cls, text: str) -> Week:
        """Read `2026-W20`; UserError for another form or a week that does not exist."""
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            raise UserError(
                _("”%(text)s” är inte en vecka. Skriv år och vecka så här: 2026-W20.")
                % {"text": text[:40]}
            )
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: dt.date) -> Week:
        """Return the week that holds the local date `day`."""
        year, number, _weekday = day.isocalendar()
        return cls(year, number)

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"

    @property
    def monday(self) -> dt.date:
        return dt.date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> dt.date:
        return self.monday + dt.timedelta(days=6)

    @property
    def starts(self) -> dt.datetime:
        """Monday 00.00 Swedish time; the week ends where the next starts, also when clocks change."""
        return dt.datetime.combine(self.monday, dt.time(), SWEDEN)

    @property
    def ends(self) -> dt.datetime:
        return dt.datetime.combine(self.monday + dt.timedelta(days=7), dt.time(), SWEDEN)

    @property
    def months(self) -> tuple[tuple[int, int], ...]:
        """The (year, month) pairs in which the week has a day."""
        pairs = ((day.year, day.month) for day in (self.monday, self.sunday))
        return tuple(sorted(set(pairs)))

    def shifted(self, weeks: int) -> Week:
        """Return the week `weeks` later, earlier where negative."""
        return Week.of(self.monday + dt.timedelta(weeks=weeks))

    def before(self, weeks: int) -> tuple[Week, ...]:
        """Return the `weeks` weeks before this one, oldest first."""
        return tuple(self.shifted(-back) for back in range(weeks, 0, -1))


def weeks_in(year: int) -> int:
    """Return 52 or 53: the last week of a year holds 28 December."""
    return dt.date(year, 12, 28).isocalendar().week if 1 <= year <= 9998 else 0


def no_such_week(year: int, number: int) -> str:
    if not 1900 <= year <= 2200:
        return _("År %(year)s går inte att använda. Välj ett år mellan 1900 och 2200.") % {
            "year": year
        }
    return _("Vecka %(number)s finns inte år %(year)s. Det året har %(weeks)s veckor.") % {
        "number": number,
        "year": year,
        "weeks": weeks_in(year),
    }
