"""A municipality's school years as the calendar that rhythms pause for (K08, K15, K23)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from samsyn.base.orgs.models import SchoolYear
from samsyn.rhythm import Calendar, MovingDay, Pause, RhythmError, Span

DAY = dt.timedelta(days=1)
BREAKS = {
    "höstlov": Pause.AUTUMN,
    "jullov": Pause.CHRISTMAS,
    "sportlov": Pause.SPORT,
    "påsklov": Pause.EASTER,
    "sommarlov": Pause.SUMMER,
}


def calendars_for(municipalities: Collection[int]) -> dict[int, Calendar]:
    """Return municipality → calendar, in one query; what a municipality has not given is computed."""
    years: dict[int, list[SchoolYear]] = {key: [] for key in municipalities}
    for year in SchoolYear.objects.filter(municipality__in=municipalities).order_by("year"):
        years[year.municipality_id].append(year)
    return {key: calendar_from(found) for key, found in years.items()}


def calendar_from(years: Iterable[SchoolYear]) -> Calendar:
    """Return the calendar of these school years; what cannot be right (end before start) is passed over."""
    breaks: list[tuple[Pause, Span]] = []
    days: list[tuple[MovingDay, dt.date]] = []
    for year in years:
        days.append((MovingDay.SCHOOL_START, year.autumn_starts))
        days.append((MovingDay.LAST_SCHOOL_DAY, year.spring_ends))
        add(breaks, Pause.CHRISTMAS, year.autumn_ends + DAY, year.spring_starts - DAY)
        if year.summer_pause_starts and year.summer_pause_ends:
            add(breaks, Pause.SUMMER, year.summer_pause_starts, year.summer_pause_ends)
        for row in year.breaks:
            kind = (
                BREAKS.get(str(row.get("name", "")).casefold()) if isinstance(row, dict) else None
            )
            if kind is not None:
                add(breaks, kind, row.get("first"), row.get("last"))
    return Calendar(tuple(breaks), tuple(days))


def add(breaks: list[tuple[Pause, Span]], kind: Pause, first: object, last: object) -> None:
    try:
        start, end = (
            day if isinstance(day, dt.date) else dt.date.fromisoformat(str(day))
            for day in (first, last)
        )
        breaks.append((kind, Span(start, end)))
    except (ValueError, RhythmError):
        return
