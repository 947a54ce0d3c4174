"""Close pairs of events and how many of them are close in time, in numpy. See `pairs`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from .streams import below, numbers, range_bits

Array = np.ndarray[Any, Any]


def sort_by_cell(cell: Array, cells: int) -> tuple[Array, Array]:
    starts = np.concatenate([[0], np.cumsum(np.bincount(cell, minlength=cells))])
    return starts.astype(np.int64), np.argsort(cell, kind="stable")


def _neighbours(
    i: int, rows: range, x: Array, y: Array, cell: Array, starts: Array, wide: int, high: int
) -> Iterator[tuple[Array, Array]]:
    """Candidates in the cells around event i, row by row: their positions and differences."""
    cx, cy = cell[i] % wide, cell[i] // wide
    for row in rows:
        if 0 <= cy + row < high:
            first = starts[(cy + row) * wide + max(cx - 1, 0)]
            last = starts[(cy + row) * wide + min(cx + 1, wide - 1) + 1]
            if row == 0 and rows.start == 0:
                first = i + 1
            yield np.arange(first, last), np.stack([x[first:last] - x[i], y[first:last] - y[i]])


def _distance(differences: Array, manhattan: bool) -> Array:
    dx, dy = differences
    distance: Array = abs(dx) + abs(dy) if manhattan else dx * dx + dy * dy
    return distance


def count_forward(
    x: Array,
    y: Array,
    cell: Array,
    starts: Array,
    wide: int,
    high: int,
    limit: float,
    manhattan: bool,
    low: int,
    up: int,
    found: Array,
) -> None:
    for i in range(low, up):
        around = _neighbours(i, range(2), x, y, cell, starts, wide, high)
        found[i] = sum(int((_distance(d, manhattan) < limit).sum()) for _, d in around)


def fill_forward(
    x: Array,
    y: Array,
    cell: Array,
    starts: Array,
    wide: int,
    high: int,
    limits: Array,
    manhattan: bool,
    low: int,
    up: int,
    begins: Array,
    pairs: Array,
    ends: Array,
) -> None:
    for i in range(low, up):
        around = list(_neighbours(i, range(2), x, y, cell, starts, wide, high))
        candidates = np.concatenate([c for c, _ in around])
        apart = np.concatenate([_distance(d, manhattan) for _, d in around])
        band = np.searchsorted(limits, apart, side="right")
        order = np.argsort(band, kind="stable")[: int((band < limits.size).sum())]
        pairs[begins[i] : begins[i] + order.size] = candidates[order]
        ends[:, i] = begins[i] + np.searchsorted(band[order], np.arange(limits.size), side="right")


def close_neighbours(
    x: Array,
    y: Array,
    t: Array,
    cell: Array,
    starts: Array,
    wide: int,
    high: int,
    limit: float,
    manhattan: bool,
    time_limit: float,
    low: int,
    up: int,
    near: Array,
    both: Array,
) -> None:
    for i in range(low, up):
        near[i], both[i] = -1, -1
        for j, d in _neighbours(i, range(-1, 2), x, y, cell, starts, wide, high):
            hit = _distance(d, manhattan) < limit
            near[i] += hit.sum()
            both[i] += (hit & (abs(t[j] - t[i]) < time_limit)).sum()


def shuffle(keys: Array, low: int, up: int, times: Array, shuffled: Array) -> None:
    """All rows take each step of the shuffle together."""
    bits, rows = range_bits(times.size), np.arange(low, up)
    columns = np.repeat(times[:, None], rows.size, axis=1)
    replicate = np.arange(rows.size)
    for step, i in enumerate(range(times.size - 1, 0, -1), start=1):
        j = below(numbers(keys[rows], step), i + 1, bits)
        moved = columns[j, replicate]
        columns[j, replicate] = columns[i]
        columns[i] = moved
    shuffled[low:up] = columns.T


def side_by_side(rows: Array, low: int, up: int, columns: Array) -> None:
    columns[low:up] = rows[:, low:up].T


side_by_side_small = side_by_side


def count_close_small(
    begins: Array,
    ends: Array,
    pairs: Array,
    times: Array,
    most: Array,
    low: int,
    up: int,
    hits: Array,
) -> None:
    for i in range(low, up):
        others = times[pairs[begins[i] : ends[i]]]
        for k, m in enumerate(most):
            hits[k] += (others - (times[i] - np.uint16(m)) <= np.uint16(2 * m)).sum(axis=0)


def count_close(
    begins: Array,
    ends: Array,
    pairs: Array,
    times: Array,
    limit: float,
    low: int,
    up: int,
    hits: Array,
) -> None:
    for i in range(low, up):
        others = times[pairs[begins[i] : ends[i]]]
        hits += (abs(others - times[i]) < limit).sum(axis=0)
