"""Circles around each location and the best cluster, in numpy. See `circles`."""

from __future__ import annotations

from typing import Any

import numpy as np

from .streams import below, numbers, range_bits

Array = np.ndarray[Any, Any]


def _around(
    i: int, x: Array, y: Array, cell: Array, starts: Array, wide: int, high: int
) -> tuple[Array, Array]:
    cx, cy = cell[i] % wide, cell[i] // wide
    rows = [
        np.arange(starts[r * wide + max(cx - 1, 0)], starts[r * wide + min(cx + 1, wide - 1) + 1])
        for r in range(max(cy - 1, 0), min(cy + 1, high - 1) + 1)
    ]
    j = np.concatenate(rows)
    return j, (x[j] - x[i]) ** 2 + (y[j] - y[i]) ** 2


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
    for i in range(low, up):
        found[i] = (_around(i, x, y, cell, starts, wide, high)[1] < limit).sum()


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
    for i in range(low, up):
        j, distance = _around(i, x, y, cell, starts, wide, high)
        j, distance = j[distance < limit], distance[distance < limit]
        order = np.lexsort((rank[j], distance))
        other[begins[i] : begins[i + 1]] = j[order]
        apart[begins[i] : begins[i + 1]] = distance[order]


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
    for i in range(low, up):
        row = slice(begins[i], begins[i + 1])
        total, distance = np.cumsum(weight[other[row]]), apart[row]
        last = np.append((distance[1:] > distance[:-1]) | (not together), True)
        size[row] = np.where(last & (total <= most), total, 0)
        done = np.flatnonzero(size[row])
        ends[i] = begins[i] + (done[-1] + 1 if done.size else 0)


def likelihood_ratio(cases: Array, expected: Array, total: float) -> Array:
    inside = cases * np.log(cases / expected)
    left = np.maximum(total - cases, 1e-300)
    outside = (total - cases) * np.log(left / (total - expected))
    ratio: Array = np.where(cases < total, inside + outside, inside)
    return ratio


def cases_needed(
    sizes: Array, in_window: Array, total: int, least: int, level: float, need: Array
) -> None:
    expected = sizes[:, None] * in_window[None, :] / total
    limit = np.minimum(sizes[:, None], in_window[None, :])
    cases = np.maximum(least, np.floor(expected).astype(np.int64) + 1)
    nothing = np.iinfo(need.dtype).max
    while True:
        open_ = cases <= limit
        safe = np.where(open_, expected, 1.0)
        ratio = likelihood_ratio(np.where(open_, cases, 2), safe, total)
        short = open_ & (ratio <= level)
        if not short.any():
            break
        cases += short
    need[:] = nothing
    need[: sizes.size, : in_window.size] = np.where(cases <= limit, cases, nothing)


def _running(
    begins: Array, ends: Array, other: Array, whole: Array, recent: Array
) -> tuple[Array, Array]:
    """Positions of completed circles that gained cases, and their cases per window."""
    row_of = np.repeat(np.arange(ends.size), ends - begins[:-1])
    q = np.arange(row_of.size) - np.repeat(np.cumsum(ends - begins[:-1]) - ends, ends - begins[:-1])
    hit = recent[other[q], -1] > 0
    q, row_of = q[hit], row_of[hit]
    if q.size == 0:
        return q, np.zeros((0, recent.shape[1]), dtype=np.int64)
    running = np.cumsum(recent[other[q]], axis=0, dtype=np.int64)
    first = np.append(True, row_of[1:] != row_of[:-1])
    base = np.where(first[:, None], np.vstack([np.zeros_like(running[:1]), running[:-1]]), 0)
    running -= base[np.maximum.accumulate(np.where(first, np.arange(q.size), 0))]
    done = np.flatnonzero(whole)
    at = done[np.minimum(np.searchsorted(done, q), done.size - 1)]
    last = np.append(at[1:] != at[:-1], True) & (at >= q) & (at < ends[row_of])
    return at[last], running[last]


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
    part = slice(low, up)
    at, cases = _running(begins[low : up + 1], ends[part], other, kind < sizes.size, recent)
    hit, w = np.nonzero(cases >= need[kind[at], : in_window.size])
    expected = sizes[kind[at[hit]]] * in_window[w] / total
    found = likelihood_ratio(cases[hit, w], expected, total)
    centre = np.searchsorted(begins, at[hit], side="right") - 1
    for k in np.flatnonzero(found > ratio[centre]):
        if found[k] > ratio[centre[k]]:
            ratio[centre[k]], circle[centre[k]], window[centre[k]] = found[k], at[hit[k]], w[k]


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
    bits, windows = range_bits(total), np.arange(in_window.size)
    for r in range(low, up):
        dealt = place.copy()
        for k in range(age.size):
            j = k + int(below(numbers(keys[r : r + 1], k + 1), total - k, bits)[0])
            dealt[k], dealt[j] = dealt[j], dealt[k]
        recent = np.zeros((begins.size - 1, windows.size), dtype=np.int64)
        np.add.at(recent, dealt[: age.size], windows[None, :] >= age[:, None])
        at, cases = _running(begins, ends, other, kind < sizes.size, recent)
        hit, w = np.nonzero(cases >= need[row[at], : in_window.size])
        expected = sizes[kind[at[hit]]] * in_window[w] / total
        maxima[r] = likelihood_ratio(cases[hit, w], expected, total).max(initial=0.0)


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
    for i in range(low, up):
        inside = np.zeros(0, dtype=np.int64)
        for q in range(begins[i], ends[i]):
            new = day[first_event[other[q]] : first_event[other[q] + 1]]
            inside = np.sort(np.concatenate([inside, new]))
            if size[q] == 0:
                continue
            a, b = np.triu_indices(inside.size)
            fits = inside[b] - inside[a] < longest
            a, b = a[fits], b[fits]
            cases = np.searchsorted(inside, inside[b], "right") - np.searchsorted(inside, inside[a])
            expected = size[q] * (before[inside[b] + 1] - before[inside[a]]) / total
            raised = (cases > expected) & (cases >= least)
            if not raised.any():
                continue
            found = likelihood_ratio(cases[raised], expected[raised], total)
            k = int(np.argmax(found))
            if found[k] > ratio[i]:
                ratio[i], circle[i] = found[k], q
                first_day[i], last_day[i] = inside[a[raised][k]], inside[b[raised][k]]


def shuffle_days(key: int, day: Array) -> None:
    keys, bits = np.array([key], dtype=np.uint64), range_bits(day.size)
    for step, i in enumerate(range(day.size - 1, 0, -1), start=1):
        j = int(below(numbers(keys, step), i + 1, bits)[0])
        day[i], day[j] = day[j], day[i]
