"""When did it happen? Events known only as an interval, spread over hours, weekdays or dates.

Weights are proportional to real (elapsed) time. Where the clocks change inside an interval it is
split there, so the hour that is skipped in spring gets nothing and the one repeated in autumn gets
double.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal, cast

import numpy as np

from .cautions import FEW, few_events
from .results import (
    AnalysisError,
    FloatArray,
    IntArray,
    Words,
    hash_input,
    plain,
    same_length,
    times,
)

HOUR, DAY, WEEK = 3_600, 86_400, 604_800
ROWS_AT_ONCE = 32_768  # Stays in the cache.
MONDAY = 4 * DAY  # 1970-01-05, the first Monday of the epoch.
By = Literal["weekhour", "hour", "weekday", "date"]

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


class Aoristic(np.ndarray[Any, np.dtype[np.float64]]):
    """The weights as a read-only array that sums to the number of events.

    labels : of the last axis (hours, weekdays or dates); for `weekhour` the rows are Monday first.
    parameters, warnings, input_hash : as on every result.
    """

    labels: tuple[Any, ...] = ()
    parameters: dict[str, Any]
    seed: None = None
    warnings: tuple[Words, ...] = ()
    input_hash: str | None = None

    def __array_finalize__(self, obj: Any) -> None:
        self.parameters = getattr(obj, "parameters", {})
        self.labels = getattr(obj, "labels", ())
        self.warnings = getattr(obj, "warnings", ())
        self.input_hash = getattr(obj, "input_hash", None)

    def to_dict(self) -> dict[str, Any]:
        """Weights, labels, parameters and cautions as plain Python values."""
        from samsyn import __version__

        return {
            "method": "Aoristic",
            "weights": self.tolist(),
            "labels": plain(self.labels),
            "parameters": plain(self.parameters),
            "seed": None,
            "warnings": plain(self.warnings),
            "input_hash": self.input_hash,
            "code_version": __version__,
        }

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{label}</th>" for label in self.labels)
        rows = np.atleast_2d(np.asarray(self))
        names = WEEKDAYS if len(rows) == 7 else ("",)
        body = "".join(
            f"<tr><th>{name}</th>" + "".join(f"<td>{v:.1f}</td>" for v in row) + "</tr>"
            for name, row in zip(names, rows, strict=False)
        )
        notes = "".join(f"<li>{w}</li>" for w in self.warnings)
        return f"<table><tr><th></th>{head}</tr>{body}</table><ul>{notes}</ul>"


def aoristic(
    start: Any, end: Any, *, by: By = "weekhour", tz: str | None = "Europe/Stockholm"
) -> Aoristic:
    """Spread each event evenly over the time from `start` to `end`.

    Parameters
    ----------
    start, end : columns of times, equal length. Without time zone they are clock time in `tz`
        (of an hour that occurs twice, the first is meant); with time zone they are turned to it.
        Where one is missing, or the end precedes the start, the event counts whole in the hour
        of the time that is known (the start if both are).
    by : "weekhour" (7 × 24, Monday first), "hour" (24), "weekday" (7) or "date" (each day from the
        first to the last).
    tz : time zone of the clock; None for a clock that never changes.

    Returns
    -------
    Aoristic : array that sums to the number of events. An interval of a week or more is spread
        evenly over all hours of the week.

    Raises
    ------
    AnalysisError : no events, columns of unequal length, both times missing in a row, unknown `by`.

    Source: Ratcliffe 2000, 2002 (aoristic analysis); hour-of-week shares as in his R package.
    """
    if by not in ("weekhour", "hour", "weekday", "date"):
        raise AnalysisError(
            "by ska vara weekhour, hour, weekday eller date.",
            "by must be weekhour, hour, weekday or date.",
        )
    zone = _transitions_of(tz)
    first, last = _seconds(start, "start"), _seconds(end, "end")
    same_length({"start": first, "end": last})
    if len(first) == 0:
        raise AnalysisError("Det finns inga händelser.", "There are no events.", "no_events")
    bins = _Dates(first, last) if by == "date" else _WeekHours(by)
    aware = _aware(start), _aware(end)
    told = np.zeros(3, dtype=np.int64)
    for low in range(0, len(first), ROWS_AT_ONCE):
        high = low + ROWS_AT_ONCE
        begin = _to_utc(first[low:high], aware[0], zone)
        stop = _to_utc(last[low:high], aware[1], zone)
        begin, stop, counted = _settle(begin, stop)
        told += counted
        bins.add(begin, stop, zone)
    weights, labels = bins.result()
    weights.setflags(write=False)
    result = cast(Aoristic, weights.view(Aoristic))
    result.labels, result.warnings = labels, tuple(_notes(len(first), *told.tolist()))
    result.parameters, result.input_hash = {"by": by, "tz": tz}, hash_input(first, last)
    return result


# --- Reading -------------------------------------------------------------------------------------

MISSING = np.iinfo(np.int64).min
Zone = tuple[IntArray, IntArray]  # Instants (UTC seconds) of change; offset before, between, after.


@lru_cache(maxsize=8)
def _transitions_of(tz: str | None) -> Zone:
    """The clock changes of a time zone 1970–2100, found day by day and then to the second."""
    if tz is None:
        return np.zeros(0, np.int64), np.zeros(1, np.int64)
    import datetime as dt
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        zone = ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise AnalysisError(
            f"Tidszonen {tz} är okänd.", f"The time zone {tz} is unknown."
        ) from error

    def offset(second: int) -> int:
        moment = dt.datetime.fromtimestamp(second, tz=zone).utcoffset()
        return int(moment.total_seconds()) if moment else 0

    changes, offsets = [], [offset(0)]
    step = 14 * DAY
    for day in range(0, 130 * 366 * DAY, step):
        low, high = day, day + step
        if offset(high) == offsets[-1]:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(middle) == offsets[-1] else (low, middle)
        changes.append(high)
        offsets.append(offset(high))
    return np.array(changes, np.int64), np.array(offsets, np.int64)


def _seconds(values: Any, name: str) -> IntArray:
    """Times as seconds of the clock they are given in; missing ones as MISSING."""
    moments = times(values, name, missing=True)
    return moments.astype("datetime64[s]").astype(np.int64)


def _to_utc(seconds: IntArray, aware: bool, zone: Zone) -> IntArray:
    """Clock seconds as UTC seconds."""
    changes, offsets = zone
    if aware or not len(changes):
        return seconds
    switch = changes + np.maximum(offsets[:-1], offsets[1:])
    known = seconds != MISSING
    if known.all():
        return np.asarray(seconds - offsets[_regime(seconds, switch)])
    local = np.where(known, seconds, seconds[known].max(initial=0))
    return np.where(known, local - offsets[_regime(local, switch)], MISSING)


def _aware(values: Any) -> bool:
    kind = getattr(values, "dtype", None)
    if getattr(kind, "tz", None) is not None or getattr(kind, "time_zone", None) is not None:
        return True
    if isinstance(values, list | tuple) and values:
        known = next((v for v in values if v is not None), None)
        return getattr(known, "tzinfo", None) is not None
    return False


def _regime(seconds: IntArray, switch: IntArray) -> IntArray:
    """Index of the offset in force. Only the changes within the data are searched."""
    low, high = np.searchsorted(switch, [seconds.min(), seconds.max()], side="right")
    if low == high:
        return np.full(len(seconds), low)
    if high - low <= 6:
        found = np.full(len(seconds), low)
        for change in switch[low:high]:
            found += seconds >= change
        return found
    found = low + np.searchsorted(switch[low:high], seconds, side="right")
    return np.asarray(found, dtype=np.int64)


def _settle(first: IntArray, last: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Fill what is missing, turn what is backwards into a point in time, and count both."""
    no_start, no_end = first == MISSING, last == MISSING
    if (no_start & no_end).any():
        rows = int((no_start & no_end).sum())
        raise AnalysisError(
            f"{rows} rader saknar både start och slut. Ta bort dem först.",
            f"{rows} rows lack both start and end. Remove them first.",
            "no_time",
        )
    missing = int(no_start.sum() + no_end.sum())
    if missing:
        first, last = np.where(no_start, last, first), np.where(no_end, first, last)
    backwards = last < first
    turned = int(backwards.sum())
    if turned:
        last = np.where(backwards, first, last)
    return first, last, np.array([missing, turned, (last - first >= DAY).sum()])


def _notes(events: int, missing: int, turned: int, wide: int) -> list[Words]:
    notes = []
    if missing:
        notes.append(
            Words(
                f"{missing} händelser har bara en tidpunkt och räknas helt i den timmen.",
                f"{missing} events have one time only and count whole in that hour.",
                "one_time",
            )
        )
    if turned:
        notes.append(
            Words(
                f"{turned} händelser slutar före de börjar och räknas helt i sin starttimme.",
                f"{turned} events end before they start and count whole in their start hour.",
                "backwards",
            )
        )
    if events < FEW:
        notes.append(few_events(events))
    if wide > events / 4:
        percent = f"{100 * wide / events:.0f}"
        notes.append(
            Words(
                f"{percent} procent av händelserna har ett spann på ett dygn eller mer. "
                "De säger lite om klockslaget.",
                f"{percent} per cent of the events span a day or more. "
                "They say little about the time of day.",
                "wide_intervals",
            )
        )
    return notes


# --- Spreading -----------------------------------------------------------------------------------


class _WeekHours:
    """Hours of the week, or their margins. Intervals run over Sunday night into a second week."""

    def __init__(self, by: By) -> None:
        self.by = by
        self.spread = _Spread(HOUR, 2 * 168 + 2)
        self.even = 0

    def add(self, first: IntArray, last: IntArray, zone: Zone) -> None:
        long = last - first >= WEEK
        even = int(long.sum())
        if even:
            self.even += even
            first, last = first[~long], last[~long]
        if len(first):
            begin, stop, weight = _pieces(first, last, zone)
            monday = (begin - MONDAY) // WEEK * WEEK + MONDAY
            self.spread.add(begin - monday, stop - monday, weight)

    def result(self) -> tuple[FloatArray, tuple[Any, ...]]:
        sums = self.spread.sums()
        matrix = (sums[:168] + sums[168:336] + self.even / 168).reshape(7, 24)
        if self.by == "hour":
            return matrix.sum(axis=0), tuple(range(24))
        if self.by == "weekday":
            return matrix.sum(axis=1), WEEKDAYS
        return matrix, tuple(range(24))


class _Dates:
    """Every day from the first that an event may have happened to the last."""

    def __init__(self, first: IntArray, last: IntArray) -> None:
        known = np.concatenate([first[first != MISSING], last[last != MISSING]])
        low, high = (known.min(), known.max()) if len(known) else (0, 0)
        self.origin = int(low) // DAY - 1  # A day to spare for the time zone.
        days = int(high) // DAY + 2 - self.origin
        if days > 366 * 200:
            raise AnalysisError(
                "Datumen spänner över mer än 200 år. Kontrollera dem.",
                "The dates span more than 200 years. Check them.",
            )
        self.spread = _Spread(DAY, days + 1)

    def add(self, first: IntArray, last: IntArray, zone: Zone) -> None:
        begin, stop, weight = _pieces(first, last, zone)
        self.spread.add(begin - self.origin * DAY, stop - self.origin * DAY, weight)

    def result(self) -> tuple[FloatArray, tuple[Any, ...]]:
        sums = self.spread.sums()
        days = np.flatnonzero(sums)
        low, high = int(days[0]), int(days[-1]) + 1
        labels = np.arange(self.origin + low, self.origin + high).astype("datetime64[D]")
        return sums[low:high].copy(), tuple(labels)


def _pieces(
    first: IntArray, last: IntArray, zone: Zone
) -> tuple[IntArray, IntArray, FloatArray | None]:
    """Intervals in clock time and the share of the event in each; one piece per offset in force.

    The weight is None where every event is one piece.
    """
    changes, offsets = zone
    if not len(changes):
        return first, last, None
    regime = _regime(first, changes)
    until = _regime(np.maximum(last - 1, first), changes)
    crossing = np.flatnonzero(until > regime)
    if not len(crossing):
        return first + offsets[regime], last + offsets[regime], None
    whole = until == regime
    begin = [(first + offsets[regime])[whole]]
    stop = [(last + offsets[regime])[whole]]
    weight = [np.ones(int(whole.sum()))]
    for k in range(int(regime[crossing].min()), int(until[crossing].max()) + 1):
        inside = crossing[(regime[crossing] <= k) & (until[crossing] >= k)]
        low = first[inside] if k == 0 else np.maximum(first[inside], changes[k - 1])
        high = last[inside] if k == len(changes) else np.minimum(last[inside], changes[k])
        begin.append(low + offsets[k])
        stop.append(high + offsets[k])
        weight.append((high - low) / (last[inside] - first[inside]))
    return np.concatenate(begin), np.concatenate(stop), np.concatenate(weight)


class _Spread:
    """Sum of weights per bin of `width` seconds from 0.

    The first and the last bin of an interval get their own part; the whole bins between are written
    as a rise and a fall, summed once at the end. So an event costs the same however long it is.
    """

    def __init__(self, width: int, bins: int) -> None:
        self.width, self.bins, self.events = width, bins, 0
        self.parts, self.slope = np.zeros(bins), np.zeros(bins + 1)

    def add(self, begin: IntArray, stop: IntArray, weight: FloatArray | None) -> None:
        width = self.width
        w = np.ones(len(begin)) if weight is None else weight
        i, j = begin // width, (stop - 1) // width
        head = np.where(i >= j, w, 0.0)  # Within one bin, or no length at all.
        many = np.flatnonzero(i < j)
        a, b, im, jm = begin[many], stop[many], i[many], j[many]
        rate = w[many] / (b - a)
        head[many] = rate * ((im + 1) * width - a)
        step = rate * width
        self.parts += np.bincount(i, head, minlength=self.bins)
        self.parts += np.bincount(jm, rate * (b - jm * width), minlength=self.bins)
        self.slope += np.bincount(im + 1, step, minlength=self.bins + 1)
        self.slope -= np.bincount(jm, step, minlength=self.bins + 1)
        self.events += len(begin)

    def sums(self) -> FloatArray:
        middle = np.cumsum(self.slope)[: self.bins]
        # What rounding left behind.
        middle[np.abs(middle) < 1e-9 * max(1.0, self.events / 1e4)] = 0.0
        return self.parts + middle
