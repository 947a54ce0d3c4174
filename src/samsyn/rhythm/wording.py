"""A rhythm in Swedish."""

from __future__ import annotations

from functools import singledispatch

from samsyn.rhythm.kinds import (
    AtEvent,
    BeforeDay,
    EveryMonths,
    EveryYears,
    Extra,
    Once,
    Ongoing,
    PerTerm,
    PerYear,
    Rhythm,
    Weekly,
    WhenNeeded,
    YearDay,
    YearlyBy,
)
from samsyn.rhythm.words import MONTHS, MOVING_DAYS, PAUSES, day, listed, numeral, ordinal, times

EXTRAS = {Extra.WHEN_NEEDED: "vid behov", Extra.AT_EVENT: "vid särskild händelse"}


def describe(rhythm: Rhythm) -> str:
    """Return the rhythm in Swedish, without a capital: "fyra gånger per år samt vid behov"."""
    extras = getattr(rhythm, "also", ())
    more = f" samt {listed([EXTRAS[extra] for extra in extras])}" if extras else ""
    return frequency(rhythm) + more


@singledispatch
def frequency(rhythm: Rhythm) -> str:
    """Return the interval in Swedish, without what comes on top of it."""
    raise TypeError(f"{type(rhythm).__name__} is no rhythm")


@frequency.register
def _(rhythm: PerYear) -> str:
    return f"{times(rhythm.times)} per år"


@frequency.register
def _(rhythm: EveryMonths) -> str:
    text = _every(rhythm.months, "varje månad", "varannan månad", "månad")
    return (
        text if rhythm.by_day is None else f"{text}, senast den {rhythm.by_day}:e i månaden efter"
    )


@frequency.register
def _(rhythm: Weekly) -> str:
    text = _every(rhythm.weeks, "varje vecka", "varannan vecka", "vecka")
    if not rhythm.pauses:
        return text
    return f"{text} utom under {listed([PAUSES[pause] for pause in rhythm.pauses])}"


@frequency.register
def _(rhythm: PerTerm) -> str:
    text = f"{times(rhythm.times)} per termin"
    if len(rhythm.places) == 1:
        return f"{text} i {rhythm.places[0]}"
    both = "både " if len(rhythm.places) == 2 else "vardera "
    return f"{text} i {both}{listed(rhythm.places)}" if rhythm.places else text


@frequency.register
def _(rhythm: YearlyBy) -> str:
    return f"varje år, senast {_year_day(rhythm.by)}"


@frequency.register
def _(rhythm: EveryYears) -> str:
    text = _every(rhythm.years, "varje år", "vartannat år", "år")
    if rhythm.by is None:
        return f"minst {text}"
    if rhythm.by == YearDay(12, 31):
        return f"{text}, klart till årsskiftet"
    return f"{text}, senast {_year_day(rhythm.by)}"


@frequency.register
def _(rhythm: BeforeDay) -> str:
    names = listed([MOVING_DAYS[name] for name in rhythm.moving])
    if rhythm.days == 0:
        return f"varje år, senast {names}"
    length = "dagen" if rhythm.days == 1 else f"{numeral(rhythm.days)} dagar"
    return f"varje år, senast {length} före {names}"


@frequency.register
def _(rhythm: Once) -> str:
    return f"en gång, senast {day(rhythm.by)}"


@frequency.register
def _(rhythm: WhenNeeded) -> str:
    return "vid behov"


@frequency.register
def _(rhythm: AtEvent) -> str:
    return "vid särskild händelse"


@frequency.register
def _(rhythm: Ongoing) -> str:
    return "löpande"


def _every(number: int, one: str, two: str, unit: str) -> str:
    if number <= 2:
        return one if number == 1 else two
    return f"{'vart' if unit == 'år' else 'var'} {ordinal(number)} {unit}"


def _year_day(on: YearDay) -> str:
    return f"{on.day} {MONTHS[on.month]}"
