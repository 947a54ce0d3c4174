"""Close pairs of events and how many of them are close in time, compiled.

Events lie sorted by grid cell, so the neighbours of an event are two contiguous runs (forward half)
or three (all). Time is permuted for many replicates side by side: `times[event, replicate]`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .jit import jit
from .lanes import COUNTERS, TILE, count_within_four, count_within_one, turn_tile
from .streams import FIRST, GAMMA, SECOND

Array = np.ndarray[Any, Any]

FULL = 60_000
"""Pairs that a counter of 16 bits can hold."""

_GAMMA, _FIRST, _SECOND = np.uint64(GAMMA), np.uint64(FIRST), np.uint64(SECOND)
_27, _30, _31, _64 = np.uint64(27), np.uint64(30), np.uint64(31), np.uint64(64)


@jit
def sort_by_cell(cell: Array, cells: int) -> tuple[Array, Array]:
    """First position of each cell (length cells + 1) and the stable order of events by cell."""
    starts = np.zeros(cells + 1, np.int64)
    for c in cell:
        starts[c + 1] += 1
    for c in range(cells):
        starts[c + 1] += starts[c]
    position = starts[:-1].copy()
    order = np.empty(cell.size, np.int64)
    for i in range(cell.size):
        order[position[cell[i]]] = i
        position[cell[i]] += 1
    return starts, order


@jit
def _row_run(cell: int, row: int, starts: Array, wide: int, high: int) -> tuple[int, int]:
    """Events in the three cells of a neighbouring row (−1, 0, 1)."""
    cx, cy = cell % wide, cell // wide + row
    if cy < 0 or cy >= high:
        return 0, 0
    return starts[cy * wide + max(cx - 1, 0)], starts[cy * wide + min(cx + 1, wide - 1) + 1]


@jit
def _squared_or_manhattan(dx: float, dy: float, manhattan: bool) -> float:
    return abs(dx) + abs(dy) if manhattan else dx * dx + dy * dy


@jit
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
    """Number of later events closer than `limit` (squared metres, or metres if manhattan)."""
    for i in range(low, up):
        xi, yi, near = x[i], y[i], 0
        for row in range(2):
            first, last = _row_run(cell[i], row, starts, wide, high)
            if row == 0:
                first = i + 1
            for j in range(first, last):
                near += _squared_or_manhattan(x[j] - xi, y[j] - yi, manhattan) < limit
        found[i] = near


@jit
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
    """Write each event's later neighbours, ordered by distance band, to `pairs` from `begins[i]`.

    `ends[b, i]` becomes the end of band b (distance below `limits[b]`) of event i.
    """
    bands = limits.size
    candidate = np.empty(x.size, np.int32)
    apart = np.empty(x.size, np.float64)
    place = np.empty(bands + 1, np.int64)
    for i in range(low, up):
        xi, yi, near = x[i], y[i], 0
        for row in range(2):
            first, last = _row_run(cell[i], row, starts, wide, high)
            if row == 0:
                first = i + 1
            for j in range(first, last):
                distance = _squared_or_manhattan(x[j] - xi, y[j] - yi, manhattan)
                candidate[near], apart[near] = j, distance
                near += distance < limits[bands - 1]
        place[:] = 0
        for q in range(near):
            band = 0
            for b in range(bands - 1):
                band += apart[q] >= limits[b]
            place[band + 1] += 1
        place[0] = begins[i]
        for b in range(bands):
            place[b + 1] += place[b]
            ends[b, i] = place[b + 1]
        for q in range(near):
            band = 0
            for b in range(bands - 1):
                band += apart[q] >= limits[b]
            pairs[place[band]] = candidate[q]
            place[band] += 1


@jit
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
    """Number of other events close in space, and close in space and time, for each event."""
    for i in range(low, up):
        xi, yi, ti = x[i], y[i], t[i]
        in_space, in_both = 0, 0
        for row in range(-1, 2):
            first, last = _row_run(cell[i], row, starts, wide, high)
            for j in range(first, last):
                hit = _squared_or_manhattan(x[j] - xi, y[j] - yi, manhattan) < limit
                in_space += hit
                in_both += hit & (abs(t[j] - ti) < time_limit)
        near[i], both[i] = in_space - 1, in_both - 1


@jit
def shuffle(keys: Array, low: int, up: int, times: Array, shuffled: Array) -> None:
    """Rows low … up − 1 of `shuffled` become `times` in random order (Fisher & Yates)."""
    size = times.size
    bits = np.uint64(0)
    while (np.uint64(1) << bits) <= np.uint64(size):
        bits += np.uint64(1)
    for r in range(low, up):
        row = shuffled[r]
        row[:] = times
        state = keys[r]
        for i in range(size - 1, 0, -1):
            state += _GAMMA
            z = (state ^ (state >> _30)) * _FIRST
            z = (z ^ (z >> _27)) * _SECOND
            z = z ^ (z >> _31)
            j = ((z >> bits) * np.uint64(i + 1)) >> (_64 - bits)
            row[i], row[j] = row[j], row[i]


@jit
def side_by_side(rows: Array, low: int, up: int, columns: Array) -> None:
    """Transpose: columns[i, r] = rows[r, i] for i in low … up − 1, by blocks that stay in cache."""
    for first in range(low, up, 64):
        last = min(up, first + 64)
        for r in range(rows.shape[0]):
            for i in range(first, last):
                columns[i, r] = rows[r, i]


@jit
def side_by_side_small(rows: Array, low: int, up: int, columns: Array) -> None:
    """The same for uint16 and a number of replicates that TILE divides."""
    whole = low + (up - low) // TILE * TILE
    for i in range(low, whole, TILE):
        for r in range(0, rows.shape[0], TILE):
            turn_tile(rows, r, columns, i)
    for i in range(whole, up):
        for r in range(rows.shape[0]):
            columns[i, r] = rows[r, i]


@jit
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
    """hits[k, r] += pairs at most most[k] units apart in replicate r. `times` are uint16.

    Needs max(times) + max(most) < 2^16, and a number of replicates that COUNTERS divides.
    """
    limits = most.size
    # Four limits at a time; what fills up the last four is counted for nothing.
    rows = 1 if limits == 1 else -(-limits // 4) * 4
    wanted = np.zeros(rows, np.int64)
    wanted[:limits] = most
    sums = np.zeros((rows, times.shape[1]), np.uint16)
    waiting = 0
    for i in range(low, up):
        begin = begins[i]
        while begin < ends[i]:
            end = min(ends[i], begin + FULL)
            if waiting + end - begin > FULL:
                hits += sums[:limits]
                sums[:] = 0
                waiting = 0
            for column in range(0, times.shape[1], COUNTERS):
                if rows == 1:
                    count_within_one(times, i, column, pairs, begin, end, wanted, 0, sums)
                for first in range(0, rows - 1, 4):
                    count_within_four(times, i, column, pairs, begin, end, wanted, first, sums)
            waiting += end - begin
            begin = end
    hits += sums[:limits]


@jit
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
    """hits[r] += pairs less than `limit` apart in replicate r, for times of any type."""
    for i in range(low, up):
        mine = times[i]
        for q in range(begins[i], ends[i]):
            other = times[pairs[q]]
            for r in range(mine.size):
                hits[r] += abs(other[r] - mine[r]) < limit
