"""Cautions that all methods on events in space and time share, and what they refuse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from .results import AnalysisError, FloatArray, Words, column, columns, days, same_length

FEW_EVENTS = 50
STACKED_SHARE = 0.05


def read_events(
    x: Any, y: Any, t: Any, t_to: Any = None, *, least: int = 2
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray | None]:
    """x, y (metres) and t (days) as columns of equal length, and the widths of the time intervals.

    With `t_to` (last possible time) the middle of each interval is the event's time.

    Raises
    ------
    AnalysisError : unequal lengths, missing values, fewer than `least` events, an end before its start.
    """
    xs, ys = column(x, "x"), column(y, "y")
    ts = days(t, "t")
    same_length({"x": xs, "y": ys, "t": ts})
    if xs.size < least:
        raise AnalysisError(
            f"Det behövs minst {least} händelser. Här finns {xs.size}.",
            f"At least {least} events are needed. There are {xs.size}.",
            "too_few_events",
        )
    if t_to is None:
        return xs, ys, ts, None
    last = days(t_to, "t_to")
    same_length({"t": ts, "t_to": last})
    if (last < ts).any():
        raise AnalysisError(
            f"{int((last < ts).sum())} händelser slutar före sin början. Rätta dem först.",
            f"{int((last < ts).sum())} events end before they begin. Correct them first.",
            "end_before_start",
        )
    return xs, ys, (ts + last) / 2, last - ts


def read_places(x: Any, y: Any) -> tuple[FloatArray, FloatArray]:
    """x and y in metres as columns of equal length."""
    xs, ys = columns(x=x, y=y)
    return xs, ys


def place_cautions(x: FloatArray, y: FloatArray) -> Iterator[Words]:
    """Too few events, degrees for metres, many events at one point."""
    if x.size < FEW_EVENTS:
        yield Words(
            f"Bara {x.size} händelser. Slumpen kan ge stora utslag.",
            f"Only {x.size} events. Chance alone can give large swings.",
            "few_events",
        )
    if (abs(x) <= 180).all() and (abs(y) <= 90).all() and np.ptp(x) < 10 and np.ptp(y) < 10:
        yield Words(
            "Koordinaterna ser ut som grader. Räkna om till meter med to_sweref99.",
            "The coordinates look like degrees. Convert to metres with to_sweref99.",
            "degrees",
        )
    yield from _stacked(x, y)


def _stacked(x: FloatArray, y: FloatArray) -> Iterator[Words]:
    # One sort of a mixed key is ten times faster than a sort by x and y, and as good as exact.
    key = np.sort(x + y * np.pi)
    runs = np.diff(np.concatenate([[0], np.flatnonzero(np.diff(key)) + 1, [key.size]]))
    most = int(runs.max())
    if most >= 5 and most >= STACKED_SHARE * x.size:
        yield Words(
            f"{most} händelser ligger på en och samma punkt. Det kan vara en polisstation eller en "
            "områdesmittpunkt i stället för rätt adress, och ger då falska upprepningar.",
            f"{most} events lie at one point. It may be a police station or the middle of an area "
            "instead of the right address, and then gives false repeats.",
            "stacked",
        )


def interval_cautions(widths: FloatArray | None, shortest: float) -> Iterator[Words]:
    """Events whose time is known less exactly than the shortest time band."""
    if widths is None:
        return
    wide = int((widths > shortest).sum())
    if wide:
        yield Words(
            f"{wide} av {widths.size} händelser har ett tidsintervall som är längre än det kortaste "
            "tidsbandet. De räknas mitt i intervallet. Räkna även utan dem.",
            f"{wide} of {widths.size} events have a time interval longer than the shortest time "
            "band. They count at its middle. Compute without them too.",
            "wide_intervals",
        )
