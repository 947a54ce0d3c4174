"""When did it happen? Events known only as an interval, spread over hours, weekdays or dates.

Weights are proportional to real (elapsed) time. Where the clocks change inside an interval it is
split there, so the hour that is skipped in spring gets nothing and the one repeated in autumn gets
double.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal, cast

import numpy as np

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
    first = _to_utc(start, "start", zone)
    last = _to_utc(end, "end", zone)
    same_length({"start": first, "end": last})
    if len(first) == 0:
        raise AnalysisError("Det finns inga händelser.", "There are no events.", "no_events")
    hashed = hash_input(first, last)
    first, last, notes = _settle(first, last)
    if by == "date":
        weights, labels = _by_date(first, last, zone)
    else:
        weights, labels = _by_weekhour(first, last, zone, by)
    notes += _wide(first, last)
    weights.setflags(write=False)
    result = cast(Aoristic, weights.view(Aoristic))
    result.labels, result.warnings, result.input_hash = labels, tuple(notes), hashed
    result.parameters = {"by": by, "tz": tz}
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


def _to_utc(values: Any, name: str, zone: Zone) -> IntArray:
    """Times as UTC seconds; missing ones as MISSING."""
    moments = times(values, name, missing=True)
    seconds = moments.astype("datetime64[s]").astype(np.int64)
    if _aware(values) or not len(zone[0]) or not len(seconds):
        return seconds
    changes, offsets = zone
    switch = changes + np.maximum(offsets[:-1], offsets[1:])
    known = seconds != MISSING
    local = np.where(known, seconds, 0)
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


def _settle(first: IntArray, last: IntArray) -> tuple[IntArray, IntArray, list[Words]]:
    """Fill what is missing and turn what is backwards into a point in time, and say how many."""
    no_start, no_end = first == MISSING, last == MISSING
    if (no_start & no_end).any():
        rows = int((no_start & no_end).sum())
        raise AnalysisError(
            f"{rows} rader saknar både start och slut. Ta bort dem först.",
            f"{rows} rows lack both start and end. Remove them first.",
            "no_time",
        )
    backwards = (last < first) & ~no_start & ~no_end
    notes = []
    missing, turned = int((no_start | no_end).sum()), int(backwards.sum())
    if missing:
        notes.append(
            Words(
                f"{missing} händelser har bara en tidpunkt och räknas helt i den timmen.",
                f"{missing} events have one time only and count whole in that hour.",
                "one_time",
            )
        )
        first, last = np.where(no_start, last, first), np.where(no_end, first, last)
    if turned:
        notes.append(
            Words(
                f"{turned} händelser slutar före de börjar och räknas helt i sin starttimme.",
                f"{turned} events end before they start and count whole in their start hour.",
                "backwards",
            )
        )
        last = np.where(backwards, first, last)
    return first, last, notes


def _wide(first: IntArray, last: IntArray) -> list[Words]:
    notes = []
    if len(first) < 20:
        from .cautions import few_events

        notes.append(few_events(len(first)))
    wide = float(np.mean(last - first >= DAY))
    if wide > 0.25:
        notes.append(
            Words(
                f"{100 * wide:.0f} procent av händelserna har ett spann på ett dygn eller mer. "
                "De säger lite om klockslaget.",
                f"{100 * wide:.0f} per cent of the events span a day or more. "
                "They say little about the time of day.",
                "wide_intervals",
            )
        )
    return notes


# --- Spreading -----------------------------------------------------------------------------------


def _by_weekhour(
    first: IntArray, last: IntArray, zone: Zone, by: By
) -> tuple[FloatArray, tuple[Any, ...]]:
    long = last - first >= WEEK
    even = int(long.sum())
    if even:
        first, last = first[~long], last[~long]
    hours = np.full(168, even / 168)
    if len(first):
        begin, stop, weight = _pieces(first, last, zone)
        monday = (begin - MONDAY) // WEEK * WEEK + MONDAY
        spread = _spread(begin - monday, stop - monday, weight, HOUR, 2 * 168 + 2)
        hours += spread[:168] + spread[168:336]
    matrix = hours.reshape(7, 24)
    if by == "hour":
        return matrix.sum(axis=0), tuple(range(24))
    if by == "weekday":
        return matrix.sum(axis=1), WEEKDAYS
    return matrix, tuple(range(24))


def _by_date(
    first: IntArray, last: IntArray, zone: Zone
) -> tuple[FloatArray, tuple[np.datetime64, ...]]:
    begin, stop, weight = _pieces(first, last, zone)
    origin = int(begin.min()) // DAY
    days = max(int(begin.max()), int(stop.max()) - 1) // DAY - origin + 1
    if days > 366 * 200:
        raise AnalysisError(
            "Datumen spänner över mer än 200 år. Kontrollera dem.",
            "The dates span more than 200 years. Check them.",
        )
    spread = _spread(begin - origin * DAY, stop - origin * DAY, weight, DAY, days + 1)[:days]
    labels = np.arange(origin, origin + days).astype("datetime64[D]")
    return spread, tuple(labels)


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


def _spread(
    begin: IntArray, stop: IntArray, weight: FloatArray | None, width: int, bins: int
) -> FloatArray:
    """Sum of weights per bin of `width` seconds from 0.

    The first and the last bin of an interval get their own part; the whole bins between are written
    as a rise and a fall, summed once at the end. So an event costs the same however long it is.
    """
    parts = np.zeros(bins)
    slope = np.zeros(bins + 1)
    for low in range(0, len(begin), 32_768):  # Stays in the cache.
        a, b = begin[low : low + 32_768], stop[low : low + 32_768]
        w = np.ones(len(a)) if weight is None else weight[low : low + 32_768]
        i, j = a // width, (b - 1) // width
        one = i >= j  # Within one bin, or no length at all.
        head = np.where(one, w, 0.0)
        many = np.flatnonzero(~one)
        a, b, im, jm = a[many], b[many], i[many], j[many]
        rate = w[many] / (b - a)
        head[many] = rate * ((im + 1) * width - a)
        parts += np.bincount(i, head, minlength=bins)
        parts += np.bincount(jm, rate * (b - jm * width), minlength=bins)
        step = rate * width
        slope += np.bincount(im + 1, step, minlength=bins + 1)
        slope -= np.bincount(jm, step, minlength=bins + 1)
    middle = np.cumsum(slope)[:bins]
    middle[np.abs(middle) < 1e-9 * max(1.0, len(begin) / 1e4)] = 0.0  # What rounding left behind.
    return parts + middle
