"""Circles around each location, and the best space–time cluster in observed and shuffled data."""

from __future__ import annotations

from typing import Any

import numpy as np

from .jit import jit
from .lanes import WINDOWS, first_reached
from .streams import FIRST, GAMMA, SECOND

Array = np.ndarray[Any, Any]

_GAMMA, _FIRST, _SECOND = np.uint64(GAMMA), np.uint64(FIRST), np.uint64(SECOND)
_27, _30, _31, _64 = np.uint64(27), np.uint64(30), np.uint64(31), np.uint64(64)


@jit
def _row_run(cell: int, row: int, starts: Array, wide: int, high: int) -> tuple[int, int]:
    cx, cy = cell % wide, cell // wide + row
    if cy < 0 or cy >= high:
        return 0, 0
    return starts[cy * wide + max(cx - 1, 0)], starts[cy * wide + min(cx + 1, wide - 1) + 1]


@jit
def count_around(
    x: Array,
    y: Array,
    cell: Array,
    starts: Array,
    wide: int,
    high: int,
    limit: float,
    low: int,
    up: int,
    found: Array,
) -> None:
    """Number of locations within the limit (squared metres) of each location, itself included."""
    for i in range(low, up):
        near = 0
        for row in range(-1, 2):
            first, last = _row_run(cell[i], row, starts, wide, high)
            for j in range(first, last):
                dx, dy = x[j] - x[i], y[j] - y[i]
                near += dx * dx + dy * dy < limit
        found[i] = near


@jit
def fill_around(
    x: Array,
    y: Array,
    cell: Array,
    starts: Array,
    wide: int,
    high: int,
    limit: float,
    low: int,
    up: int,
    rank: Array,
    begins: Array,
    other: Array,
    apart: Array,
) -> None:
    """The locations around each location, nearest first (then by rank), and squared distances."""
    for i in range(low, up):
        q = begins[i]
        for row in range(-1, 2):
            first, last = _row_run(cell[i], row, starts, wide, high)
            for j in range(first, last):
                dx, dy = x[j] - x[i], y[j] - y[i]
                if dx * dx + dy * dy < limit:
                    other[q], apart[q] = j, dx * dx + dy * dy
                    q += 1
        order = np.argsort(apart[begins[i] : q], kind="mergesort")
        other[begins[i] : q] = other[begins[i] : q][order]
        apart[begins[i] : q] = apart[begins[i] : q][order]
        for k in range(begins[i] + 1, q):
            while (
                k > begins[i] and apart[k] == apart[k - 1] and rank[other[k]] < rank[other[k - 1]]
            ):
                other[k], other[k - 1] = other[k - 1], other[k]
                k -= 1


@jit
def close_circles(
    begins: Array,
    ends: Array,
    other: Array,
    apart: Array,
    weight: Array,
    most: float,
    together: bool,
    low: int,
    up: int,
    size: Array,
) -> None:
    """size[q] = events in the circle that location q completes, 0 where it completes none.

    Locations at the same distance enter one by one, or together. A circle of more than `most` events
    ends the row.
    """
    for i in range(low, up):
        total = 0
        for q in range(begins[i], begins[i + 1]):
            total += weight[other[q]]
            last = not together or q + 1 == begins[i + 1] or apart[q + 1] > apart[q]
            size[q] = 0
            if last:
                if total > most:
                    break
                size[q] = total
                ends[i] = q + 1


@jit
def likelihood_ratio(cases: float, expected: float, total: float) -> float:
    """Log likelihood ratio of a cluster with more cases than expected (Kulldorff 2005)."""
    inside: float = cases * np.log(cases / expected)
    if cases >= total:
        return inside
    outside: float = (total - cases) * np.log((total - cases) / (total - expected))
    return inside + outside


@jit
def cases_needed(
    sizes: Array, in_window: Array, total: int, least: int, level: float, need: Array
) -> None:
    """need[s, w] = fewest cases in a circle of sizes[s] events and window w that exceed `level`.

    The last row, for circles that are not complete, and columns beyond the windows are never reached.
    """
    nothing = np.iinfo(need.dtype).max
    need[:, in_window.size :] = nothing
    need[sizes.size] = nothing
    for w in range(in_window.size):
        cases = least
        for s in range(sizes.size):
            expected = sizes[s] * in_window[w] / total
            limit = min(sizes[s], in_window[w])
            while cases <= limit and (
                cases <= expected or likelihood_ratio(cases, expected, total) <= level
            ):
                cases += 1
            need[s, w] = cases if cases <= limit else nothing


@jit
def best_of_centres(
    begins: Array,
    ends: Array,
    other: Array,
    kind: Array,
    sizes: Array,
    recent: Array,
    in_window: Array,
    need: Array,
    total: int,
    low: int,
    up: int,
    ratio: Array,
    circle: Array,
    window: Array,
) -> None:
    """Best circle and window of each centre; recent[l, w] = cases at location l in window w."""
    windows = in_window.size
    cases = np.zeros(windows, np.int64)
    for i in range(low, up):
        cases[:] = 0
        changed = False
        for q in range(begins[i], ends[i]):
            if recent[other[q], windows - 1] > 0:
                changed = True
                for w in range(windows):
                    cases[w] += recent[other[q], w]
            if changed and kind[q] < sizes.size:
                changed = False
                for w in range(windows):
                    if cases[w] >= need[kind[q], w]:
                        expected = sizes[kind[q]] * in_window[w] / total
                        found = likelihood_ratio(cases[w], expected, total)
                        if found > ratio[i]:
                            ratio[i], circle[i], window[i] = found, q, w


@jit
def shuffled_maxima(
    begins: Array,
    ends: Array,
    other: Array,
    kind: Array,
    row: Array,
    sizes: Array,
    place: Array,
    age: Array,
    in_window: Array,
    need: Array,
    total: int,
    keys: Array,
    low: int,
    up: int,
    maxima: Array,
) -> None:
    """Largest ratio in each replicate, the recent times dealt out to random events.

    place[e] is the location of event e, age[k] the first window that holds recent time k. The totals
    of circles and windows stay fixed, so a replicate only compares whole numbers with need[row[q]].
    Row 0 of `recent` stays empty, for locations without a recent event.
    """
    bits = np.uint64(0)
    while (np.uint64(1) << bits) <= np.uint64(total):
        bits += np.uint64(1)
    dealt = place.copy()
    swapped = np.empty(age.size, np.int64)
    slot = np.zeros(begins.size, np.int32)
    recent = np.zeros((age.size + 1, need.shape[1]), need.dtype)
    cases = np.zeros(need.shape[1], need.dtype)
    for r in range(low, up):
        state = keys[r]
        used = 0
        for k in range(age.size):
            state += _GAMMA
            z = (state ^ (state >> _30)) * _FIRST
            z = (z ^ (z >> _27)) * _SECOND
            z = z ^ (z >> _31)
            j = k + np.int64(((z >> bits) * np.uint64(total - k)) >> (_64 - bits))
            dealt[k], dealt[j] = dealt[j], dealt[k]
            swapped[k] = j
            if slot[dealt[k]] == 0:
                used += 1
                slot[dealt[k]] = used
                recent[used] = 0
            for w in range(age[k], recent.shape[1]):
                recent[slot[dealt[k]], w] += 1
        best = 0.0
        for i in range(begins.size - 1):
            for column in range(0, need.shape[1], WINDOWS):
                cases[:] = 0
                q = begins[i] - 1
                while True:
                    q = first_reached(other, slot, recent, row, need, column, q + 1, ends[i], cases)
                    if q >= ends[i]:
                        break
                    for w in range(column, min(column + WINDOWS, in_window.size)):
                        if cases[w] >= need[row[q], w]:
                            expected = sizes[kind[q]] * in_window[w] / total
                            best = max(best, likelihood_ratio(cases[w], expected, total))
        maxima[r] = best
        for k in range(age.size):
            slot[dealt[k]] = 0
        for k in range(age.size - 1, -1, -1):
            dealt[k], dealt[swapped[k]] = dealt[swapped[k]], dealt[k]


@jit
def best_in_history(
    begins: Array,
    ends: Array,
    other: Array,
    size: Array,
    first_event: Array,
    day: Array,
    before: Array,
    longest: int,
    least: int,
    total: int,
    low: int,
    up: int,
    ratio: Array,
    circle: Array,
    first_day: Array,
    last_day: Array,
) -> None:
    """Best circle and window of each centre over the whole history.

    Location l has the events first_event[l] … first_event[l + 1] − 1 on days day[e]; before[d] is the
    number of events before day d. Only windows around a newly added event can have become better,
    and the best begin and end on days with an event.
    """
    days = before.size - 1
    count = np.zeros(days, np.int64)
    for i in range(low, up):
        added = begins[i]
        for q in range(begins[i], ends[i]):
            for e in range(first_event[other[q]], first_event[other[q] + 1]):
                count[day[e]] += 1
            if size[q] == 0:
                continue
            for p in range(added, q + 1):
                for e in range(first_event[other[p]], first_event[other[p] + 1]):
                    d = day[e]
                    left = 0
                    for a in range(d, max(-1, d - longest), -1):
                        left += count[a]
                        if count[a] == 0:
                            continue
                        inside = left
                        for b in range(d, min(days, a + longest)):
                            if b > d:
                                inside += count[b]
                            if count[b] == 0 or inside < least:
                                continue
                            expected = size[q] * (before[b + 1] - before[a]) / total
                            if inside > expected and inside * np.log(inside / expected) > ratio[i]:
                                found = likelihood_ratio(inside, expected, total)
                                if found > ratio[i]:
                                    ratio[i], circle[i] = found, q
                                    first_day[i], last_day[i] = a, b
            added = q + 1
        for q in range(begins[i], ends[i]):
            for e in range(first_event[other[q]], first_event[other[q] + 1]):
                count[day[e]] = 0


@jit
def shuffle_days(key: Any, day: Array) -> None:
    """Put `day` in random order (Fisher & Yates)."""
    bits = np.uint64(0)
    while (np.uint64(1) << bits) <= np.uint64(day.size):
        bits += np.uint64(1)
    state = key
    for i in range(day.size - 1, 0, -1):
        state += _GAMMA
        z = (state ^ (state >> _30)) * _FIRST
        z = (z ^ (z >> _27)) * _SECOND
        z = z ^ (z >> _31)
        j = ((z >> bits) * np.uint64(i + 1)) >> (_64 - bits)
        day[i], day[j] = day[j], day[i]
