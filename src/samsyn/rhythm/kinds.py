"""The kinds of rhythm an agreement can prescribe, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from samsyn.rhythm.errors import RhythmError

TURN_OF_YEAR = "turn_of_year"


class Extra(StrEnum):
    """What comes on top of an interval: "fyra gånger per år samt vid behov"."""

    WHEN_NEEDED = "when_needed"
    AT_EVENT = "at_event"


class Pause(StrEnum):
    """School breaks during which a weekly rhythm may rest."""

    SUMMER = "summer"
    CHRISTMAS = "christmas"
    SPORT = "sport"
    EASTER = "easter"
    AUTUMN = "autumn"
    SCHOOL_HOLIDAYS = "school_holidays"


class MovingDay(StrEnum):
    """Days that move, by the sun, by Easter or by the municipality's school calendar."""

    VALBORG = "valborg"
    LAST_SCHOOL_DAY = "last_school_day"
    SCHOOL_START = "school_start"
    SUMMER_BREAK = "summer_break"
    AUTUMN_BREAK = "autumn_break"
    CHRISTMAS_BREAK = "christmas_break"
    SPORT_BREAK = "sport_break"
    EASTER_BREAK = "easter_break"
    EASTER = "easter"
    MIDSUMMER = "midsummer"
    LUCIA = "lucia"
    NEW_YEAR = "new_year"


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of the year without a year; 29 February falls on the 28th in common years."""

    month: int
    day: int

    def __post_init__(self) -> None:
        try:
            date(2024, self.month, self.day)
        except ValueError as error:
            message = f"{self.month:02d}-{self.day:02d} är ingen dag på året. Skriv månad-dag, till exempel 12-31."
            raise RhythmError(message) from error

    def in_year(self, year: int) -> date:
        """Return the day in `year`."""
        if (self.month, self.day) == (2, 29) and not _is_leap(year):
            return date(year, 2, 28)
        return date(year, self.month, self.day)

    def __str__(self) -> str:
        return f"{self.month:02d}-{self.day:02d}"


@dataclass(frozen=True, slots=True)
class PerYear:
    """`times` a calendar year, evenly spread as a pace, late only when the year is over."""

    times: int
    also: tuple[Extra, ...] = ()

    def __post_init__(self) -> None:
        _check_range("per_year", self.times, 1, 366)

    def to_data(self) -> Any:
        return _with_extras({"per_year": self.times}, self.also)


@dataclass(frozen=True, slots=True)
class EveryMonths:
    """Once in each run of `months` calendar months, counted from the month of the start.

    With `by_day` it is what belongs to a finished month and is due on that day of the month
    after: the police's list for October, due on 10 November (K05).
    """

    months: int
    by_day: int | None = None
    also: tuple[Extra, ...] = ()

    def __post_init__(self) -> None:
        _check_range("every_months", self.months, 1, 60)
        if self.by_day is not None:
            _check_range("by_day", self.by_day, 1, 31)

    def to_data(self) -> Any:
        data: dict[str, Any] = {"every_months": self.months}
        if self.by_day is not None:
            data["by_day"] = self.by_day
        return _with_extras(data, self.also)


@dataclass(frozen=True, slots=True)
class Weekly:
    """Once in each ISO week (or every `weeks`:th), except where `pauses` cover it."""

    pauses: tuple[Pause, ...] = ()
    weeks: int = 1
    also: tuple[Extra, ...] = ()

    def __post_init__(self) -> None:
        _check_range("every_weeks", self.weeks, 1, 26)

    def to_data(self) -> Any:
        pauses = {"pauses": [pause.value for pause in self.pauses]} if self.pauses else {}
        if self.weeks == 1:
            return _with_extras({"weekly": pauses}, self.also)
        return _with_extras({"every_weeks": self.weeks, **pauses}, self.also)


@dataclass(frozen=True, slots=True)
class PerTerm:
    """`times` a school term, in each of `places` where places are named (K15)."""

    times: int
    places: tuple[str, ...] = ()
    also: tuple[Extra, ...] = ()

    def __post_init__(self) -> None:
        _check_range("per_term", self.times, 1, 60)
        if len({place.casefold() for place in self.places}) != len(self.places):
            raise RhythmError("Samma plats står två gånger under places. Ta bort den ena.")

    def to_data(self) -> Any:
        data: dict[str, Any] = {"per_term": self.times}
        if self.places:
            data["places"] = list(self.places)
        return _with_extras(data, self.also)


@dataclass(frozen=True, slots=True)
class YearlyBy:
    """Once a year, at the latest on `by`."""

    by: YearDay = YearDay(12, 31)
    also: tuple[Extra, ...] = ()

    def to_data(self) -> Any:
        return _with_extras({"yearly_by": str(self.by)}, self.also)


@dataclass(frozen=True, slots=True)
class EveryYears:
    """Every `years`:th year.

    With `by` the date is fixed (TURN_OF_YEAR is 31 December), first in the year `first`, or else
    in the `years`:th year of the agreement. Without `by` it is a clock that starts anew each
    time it is done: the act's "minst vartannat år" (§ 6).
    """

    years: int
    by: YearDay | None = None
    first: int | None = None
    also: tuple[Extra, ...] = ()

    def __post_init__(self) -> None:
        _check_range("every_years", self.years, 1, 20)
        if self.first is not None:
            _check_range("first", self.first, 1990, 2200)
            if self.by is None:
                raise RhythmError("first behöver by. Skriv till exempel by: turn_of_year.")

    def to_data(self) -> Any:
        data: dict[str, Any] = {"every_years": self.years}
        if self.by is not None:
            data["by"] = TURN_OF_YEAR if self.by == YearDay(12, 31) else str(self.by)
        if self.first is not None:
            data["first"] = self.first
        return _with_extras(data, self.also)


@dataclass(frozen=True, slots=True)
class BeforeDay:
    """Every year, at the latest `days` days before each of the moving `moving` days (K23)."""

    moving: tuple[MovingDay, ...]
    days: int = 1
    also: tuple[Extra, ...] = ()

    def __post_init__(self) -> None:
        _check_range("days", self.days, 0, 180)
        if not self.moving:
            raise RhythmError("before saknar dag. Skriv till exempel before: valborg.")

    def to_data(self) -> Any:
        names = [day.value for day in self.moving]
        data: dict[str, Any] = {"before": names[0] if len(names) == 1 else names, "days": self.days}
        return _with_extras(data, self.also)


@dataclass(frozen=True, slots=True)
class Once:
    """One single time, at the latest on `by` ("en ny ska tas fram under 2027")."""

    by: date
    also: tuple[Extra, ...] = ()

    def to_data(self) -> Any:
        return _with_extras({"once_by": self.by.isoformat()}, self.also)


@dataclass(frozen=True, slots=True)
class WhenNeeded:
    """When someone sees the need; never late."""

    def to_data(self) -> Any:
        return "when_needed"


@dataclass(frozen=True, slots=True)
class AtEvent:
    """When something happens; never late, the alert itself keeps time."""

    def to_data(self) -> Any:
        return "at_event"


@dataclass(frozen=True, slots=True)
class Ongoing:
    """Without interval ("löpande"): followed and shown, never late (C06)."""

    def to_data(self) -> Any:
        return "ongoing"


Rhythm = (
    PerYear
    | EveryMonths
    | Weekly
    | PerTerm
    | YearlyBy
    | EveryYears
    | BeforeDay
    | Once
    | WhenNeeded
    | AtEvent
    | Ongoing
)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _check_range(key: str, value: int, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise RhythmError(f"{key} ska vara ett heltal från {low} till {high}, men är {value!r}.")


def _with_extras(data: dict[str, Any], also: tuple[Extra, ...]) -> dict[str, Any]:
    return {**data, "also": [extra.value for extra in also]} if also else data
