"""The municipality's year: school terms, breaks, moving days and public holidays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from samsyn.rhythm.errors import RhythmError
from samsyn.rhythm.kinds import MovingDay, Pause

DAY = timedelta(days=1)
BREAKS = tuple(pause for pause in Pause if pause is not Pause.SCHOOL_HOLIDAYS)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from `start` to `end`, both included; may pass the end of a year."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise RhythmError(f"{self.end} ligger före {self.start}. Byt plats på dagarna.")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days a municipality has decided; what it has not given is computed for Sweden.

    Parameters
    ----------
    breaks : (Pause, Span) pairs. A break belongs to the year in which it starts; one that is given
        replaces the computed one of the same kind and year.
    days : (MovingDay, date) pairs, for instance the last school day of each year.
    timezone : an IANA name; days are local days.
    """

    breaks: tuple[tuple[Pause, Span], ...] = ()
    days: tuple[tuple[MovingDay, date], ...] = ()
    timezone: str = "Europe/Stockholm"

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Calendar:
        """Read `{breaks: [{kind, start, end}], days: [{day, date}], timezone}`.

        Raises RhythmError with what is wrong, in plain Swedish.
        """
        unknown = set(data) - {"breaks", "days", "timezone"}
        if unknown:
            raise RhythmError(
                f"Kalendern tar breaks, days och timezone, inte {sorted(unknown)[0]}."
            )
        try:
            breaks = tuple(
                (Pause(row["kind"]), Span(_day(row["start"]), _day(row["end"])))
                for row in data.get("breaks") or []
            )
            days = tuple(
                (MovingDay(row["day"]), _day(row["date"])) for row in data.get("days") or []
            )
            timezone = ZoneInfo(str(data.get("timezone", "Europe/Stockholm"))).key
        except (KeyError, TypeError, ValueError, OSError) as error:
            raise RhythmError(f"Kalendern går inte att läsa: {error}.") from error
        return cls(breaks, days, timezone)

    def local_date(self, moment: datetime) -> date:
        """Return the local day of an aware `moment`, right also when the clocks change."""
        if moment.tzinfo is None:
            raise RhythmError("Tidpunkten saknar tidszon.")
        return moment.astimezone(ZoneInfo(self.timezone)).date()

    def school_break(self, kind: Pause, year: int) -> Span:
        """Return the break of `kind` that starts in `year`."""
        for given, span in self.breaks:
            if given is kind and span.start.year == year:
                return span
        return self._computed_break(kind, year)

    def term(self, year: int, autumn: bool) -> Span:
        """Return the first and last day of the spring or autumn term of `year`."""
        if autumn:
            start = self.school_break(Pause.SUMMER, year).end + DAY
            return Span(start, max(start, self.school_break(Pause.CHRISTMAS, year).start - DAY))
        start = max(self.school_break(Pause.CHRISTMAS, year - 1).end + DAY, date(year, 1, 1))
        return Span(start, max(start, self.day(MovingDay.LAST_SCHOOL_DAY, year)))

    def day(self, name: MovingDay, year: int) -> date:
        """Return the day `name` of `year`, as the municipality gave it or as computed."""
        for given, on in self.days:
            if given is name and on.year == year:
                return on
        if name in _BREAK_STARTS:
            return self.school_break(_BREAK_STARTS[name], year).start
        if name is MovingDay.SCHOOL_START:
            return self.school_break(Pause.SUMMER, year).end + DAY
        if name is MovingDay.LAST_SCHOOL_DAY:
            return self._last_school_day(year)
        if name is MovingDay.EASTER:
            return _easter_sunday(year)
        if name is MovingDay.MIDSUMMER:
            return _midsummer_eve(year)
        return date(year, *_FIXED_DAYS[name])

    def is_public_holiday(self, day: date) -> bool:
        """Tell whether `day` is a Swedish public holiday (Sundays apart)."""
        return day in public_holidays(day.year)

    def _last_school_day(self, year: int) -> date:
        for kind, span in self.breaks:
            if kind is Pause.SUMMER and span.start.year == year:
                return span.start - DAY
        return date.fromisocalendar(year, 24, 5)

    def _computed_break(self, kind: Pause, year: int) -> Span:
        if kind is Pause.SUMMER:
            start = self.day(MovingDay.LAST_SCHOOL_DAY, year) + DAY
            return Span(start, max(start, self._school_start(year) - DAY))
        if kind is Pause.CHRISTMAS:
            twenty_first = date(year, 12, 21)
            last_friday = twenty_first - timedelta(days=(twenty_first.weekday() - 4) % 7)
            return Span(last_friday + DAY, _first_weekday(date(year + 1, 1, 7)) - DAY)
        if kind is Pause.EASTER:
            sunday = _easter_sunday(year)
            return Span(sunday - timedelta(days=6), sunday + DAY)
        week = 44 if kind is Pause.AUTUMN else 9
        return Span(date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 5))

    def _school_start(self, year: int) -> date:
        for given, on in self.days:
            if given is MovingDay.SCHOOL_START and on.year == year:
                return on
        return date.fromisocalendar(year, 34, 1)


_BREAK_STARTS = {
    MovingDay.SUMMER_BREAK: Pause.SUMMER,
    MovingDay.AUTUMN_BREAK: Pause.AUTUMN,
    MovingDay.CHRISTMAS_BREAK: Pause.CHRISTMAS,
    MovingDay.SPORT_BREAK: Pause.SPORT,
    MovingDay.EASTER_BREAK: Pause.EASTER,
}
_FIXED_DAYS = {
    MovingDay.VALBORG: (4, 30),
    MovingDay.LUCIA: (12, 13),
    MovingDay.NEW_YEAR: (12, 31),
}


@lru_cache(maxsize=256)
def public_holidays(year: int) -> frozenset[date]:
    """Return Sweden's public holidays of `year`, from the `holidays` library."""
    # holidays takes 0.5 s to import and first use: only when someone asks for a year.
    from holidays.countries import Sweden  # type: ignore[attr-defined]

    return frozenset(Sweden(years=[year], include_sundays=False))


@lru_cache(maxsize=256)
def _easter_sunday(year: int) -> date:
    from dateutil.easter import easter  # type: ignore[import-untyped]

    return date(*easter(year).timetuple()[:3])


def _midsummer_eve(year: int) -> date:
    nineteenth = date(year, 6, 19)
    return nineteenth + timedelta(days=(4 - nineteenth.weekday()) % 7)


def _first_weekday(day: date) -> date:
    while day.weekday() > 4:
        day += DAY
    return day


def _day(value: Any) -> date:
    if type(value) is date:
        return value
    return date.fromisoformat(str(value))
