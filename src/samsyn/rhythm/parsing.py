"""From the agreement file's form of a rhythm to a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from samsyn.rhythm.errors import RhythmError
from samsyn.rhythm.kinds import (
    TURN_OF_YEAR,
    AtEvent,
    BeforeDay,
    EveryMonths,
    EveryYears,
    Extra,
    MovingDay,
    Once,
    Ongoing,
    Pause,
    PerTerm,
    PerYear,
    Rhythm,
    Weekly,
    WhenNeeded,
    YearDay,
    YearlyBy,
)

Name = TypeVar("Name", bound=StrEnum)

WORDS: dict[str, Rhythm] = {
    "when_needed": WhenNeeded(),
    "at_event": AtEvent(),
    "ongoing": Ongoing(),
    "weekly": Weekly(),
    "monthly": EveryMonths(1),
    "yearly": YearlyBy(),
}


def parse_rhythm(data: Mapping[str, Any] | str) -> Rhythm:
    """Return the rhythm that `data` describes.

    Parameters
    ----------
    data : a word ("when_needed", "at_event", "ongoing", "weekly", "monthly", "yearly") or a
        mapping of that word to true, or a mapping with one leading key: per_year, every_months (by_day), weekly ({pauses: […]}),
        every_weeks (pauses), per_term (places), yearly_by, every_years (by, first),
        before (days), once_by. Every mapping takes `also: [when_needed, at_event]`.

    Raises
    ------
    RhythmError : with what is wrong and what to write instead, in plain Swedish.
    """
    if isinstance(data, str):
        if data in WORDS:
            return WORDS[data]
        raise RhythmError(f"Rytmen ”{data}” finns inte. Skriv ett av: {', '.join(WORDS)}.")
    if not isinstance(data, Mapping):
        raise RhythmError(f"En rytm är ett ord eller nycklar och värden, inte {data!r}.")
    if len(data) == 1 and next(iter(data.values())) in (True, None):
        word = next(iter(data))
        if word in WORDS:
            return WORDS[word]
    leading = [key for key in READERS if key in data]
    if len(leading) != 1:
        found = "ingen av dem" if not leading else " och ".join(leading)
        message = f"En rytm har precis en av nycklarna {', '.join(READERS)}. Här står {found}."
        raise RhythmError(message)
    key = leading[0]
    reader, allowed = READERS[key]
    unknown = [str(name) for name in data if name not in {key, "also", *allowed}]
    if unknown:
        may = ", ".join(sorted({"also", *allowed}))
        raise RhythmError(f"{key} tar inte nyckeln {unknown[0]}. Den tar: {may}.")
    return reader(data)


def _weekly(data: Mapping[str, Any]) -> Rhythm:
    inner = data["weekly"]
    if inner is None or inner is True:
        inner = {}
    if not isinstance(inner, Mapping) or set(inner) - {"pauses"}:
        raise RhythmError("weekly tar bara pauses. Skriv till exempel weekly: {pauses: [summer]}.")
    return Weekly(pauses=_names(Pause, inner.get("pauses"), "pauses"), also=_also(data))


def _every_weeks(data: Mapping[str, Any]) -> Rhythm:
    pauses = _names(Pause, data.get("pauses"), "pauses")
    return Weekly(pauses=pauses, weeks=data["every_weeks"], also=_also(data))


def _per_term(data: Mapping[str, Any]) -> Rhythm:
    places = data.get("places") or []
    if not isinstance(places, list | tuple) or not all(
        isinstance(place, str) and place.strip() for place in places
    ):
        raise RhythmError("places ska vara en lista med namn, till exempel [Lomma, Bjärred].")
    cleaned = tuple(place.strip() for place in places)
    return PerTerm(times=data["per_term"], places=cleaned, also=_also(data))


def _every_years(data: Mapping[str, Any]) -> Rhythm:
    by = data.get("by")
    day = None if by is None else YearDay(12, 31) if by == TURN_OF_YEAR else _year_day(by)
    return EveryYears(data["every_years"], by=day, first=data.get("first"), also=_also(data))


def _before(data: Mapping[str, Any]) -> Rhythm:
    moving = _names(MovingDay, data["before"], "before")
    return BeforeDay(moving=moving, days=data.get("days", 1), also=_also(data))


def _once(data: Mapping[str, Any]) -> Rhythm:
    value = data["once_by"]
    if type(value) is date:
        return Once(value, also=_also(data))
    try:
        return Once(date.fromisoformat(str(value)), also=_also(data))
    except ValueError as error:
        message = f"once_by ska vara ett datum som 2027-12-31, men är {value!r}."
        raise RhythmError(message) from error


READERS: dict[str, tuple[Callable[[Mapping[str, Any]], Rhythm], tuple[str, ...]]] = {
    "per_year": (lambda data: PerYear(data["per_year"], also=_also(data)), ()),
    "every_months": (
        lambda data: EveryMonths(data["every_months"], data.get("by_day"), also=_also(data)),
        ("by_day",),
    ),
    "weekly": (_weekly, ()),
    "every_weeks": (_every_weeks, ("pauses",)),
    "per_term": (_per_term, ("places",)),
    "yearly_by": (lambda data: YearlyBy(_year_day(data["yearly_by"]), also=_also(data)), ()),
    "every_years": (_every_years, ("by", "first")),
    "before": (_before, ("days",)),
    "once_by": (_once, ()),
}


def _also(data: Mapping[str, Any]) -> tuple[Extra, ...]:
    return _names(Extra, data.get("also"), "also")


def _year_day(value: Any) -> YearDay:
    matched = re.fullmatch(r"(\d{2})-(\d{2})", value) if isinstance(value, str) else None
    if matched is None:
        message = (
            f'Skriv dagen som månad-dag inom citattecken, till exempel "12-31", inte {value!r}.'
        )
        raise RhythmError(message)
    return YearDay(int(matched[1]), int(matched[2]))


def _names(kind: type[Name], value: Any, key: str) -> tuple[Name, ...]:
    if value is None:
        return ()
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list | tuple):
        raise RhythmError(f"{key} ska vara ett namn eller en lista med namn, inte {value!r}.")
    try:
        names = [kind(name) for name in values]
    except ValueError as error:
        known = ", ".join(member.value for member in kind)
        raise RhythmError(f"{key} känner inte igen {values!r}. Kända namn: {known}.") from error
    return tuple(dict.fromkeys(names))
