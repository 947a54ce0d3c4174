"""When it happened: the week's hours, and the stretches in which most happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from samsyn.domains.situation.result import Busy

Hours = tuple[tuple[float, ...], ...]
Spans = Sequence[tuple[dt.datetime, dt.datetime]]
EMPTY: Hours = ((0.0,) * 24,) * 7
PARTS = ((0, 6), (6, 12), (12, 18), (18, 24))
# Fewer than this many say nothing about a pattern over the week.
FEWEST = 4
MOST, NEARLY = 3, 0.6


def hours_of(spans: Spans) -> Hours:
    """Return 7 × 24 (Monday first) with each interval spread evenly; adds up to the number of spans."""
    if not spans:
        return EMPTY
    from samsyn.analysis import aoristic

    matrix = aoristic([start for start, _ in spans], [end for _, end in spans], by="weekhour")
    return tuple(tuple(round(float(value), 6) for value in row) for row in matrix)


def busy_of(hours: Hours) -> tuple[Busy, ...]:
    """Return at most three parts of days that together hold half of all, the fullest first; else none."""
    total = sum(map(sum, hours))
    if total < FEWEST:
        return ()
    parts = [
        Busy(day, start, end, round(sum(hours[day][start:end]), 2))
        for day in range(7)
        for start, end in PARTS
    ]
    parts.sort(key=lambda part: (-part.count, part.weekday, part.from_hour))
    chosen = parts[:1]
    for part in parts[1:MOST]:
        # A part nearly as full as the fullest belongs to the same pattern.
        if part.count >= NEARLY * parts[0].count or held_by(chosen) < total / 2:
            chosen.append(part)
    if held_by(chosen) < total / 2:
        return ()
    return tuple(sorted(chosen, key=lambda one: (one.weekday, one.from_hour)))


def held_by(parts: Sequence[Busy]) -> float:
    """Return how many the parts hold together."""
    return sum(part.count for part in parts)
