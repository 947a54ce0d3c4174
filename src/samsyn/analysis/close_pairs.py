"""Pairs of events that are close in space, and how often they are close in time by chance.

What near repeat and Knox stand on. Events are laid in grid cells as wide as the largest distance, so
that the work grows with the number of close pairs, not with the square of the number of events.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .kernels import compiled, even_slices, load, run_slices, slices_of_equal_work, threads
from .kernels.streams import stream_keys
from .results import AnalysisError, FloatArray, IntArray

TICKS_PER_DAY = (1, 24, 1440, 86_400)
"""Units in which times may be whole numbers: days, hours, minutes, seconds."""

MAX_PAIRS = 500_000_000
"""Two gigabytes of close pairs; more says that the distance is too wide for the data."""

SAME_PLACE = 1e-6
"""Events closer than this many metres lie at one place."""


@dataclass(frozen=True)
class Cells:
    """Events in a grid: `order` leads from sorted positions to the caller's rows."""

    x: FloatArray
    y: FloatArray
    order: IntArray
    cell: IntArray
    starts: IntArray
    wide: int
    high: int


@dataclass(frozen=True)
class Pairs:
    """Close pairs. Those of sorted event i in band b end at `ends[b, i]` and begin at `begins(b)[i]`."""

    cells: Cells
    first: IntArray
    ends: IntArray
    other: npt.NDArray[np.int32]

    def begins(self, band: int) -> IntArray:
        return self.first if band == 0 else self.ends[band - 1]

    def in_band(self, band: int) -> int:
        return int((self.ends[band] - self.begins(band)).sum())


@dataclass(frozen=True)
class Ticks:
    """Times in whole units (uint16 or float32) or, where there is no such unit, as they are."""

    values: npt.NDArray[Any]
    per_day: float
    whole: bool

    def limit(self, days: float, closed: bool) -> float:
        """L such that "at most `days` apart" (closed) or "less than" (open) is: less than L units."""
        units = days * self.per_day
        if not self.whole:
            return float(np.nextafter(units, np.inf)) if closed else units
        nearest = round(units)
        if abs(units - nearest) < 1e-6:
            return nearest + 1.0 if closed else float(nearest)
        return float(np.ceil(units))


def lay_in_cells(x: FloatArray, y: FloatArray, reach: float) -> Cells:
    """Sort events by place and by cells at least `reach` wide. Row order has no influence."""
    order = np.lexsort((y, x))
    x, y = x[order], y[order]
    left, low = float(x[0]), float(y.min())
    size = max(
        reach,
        np.sqrt((x[-1] - left) * (y.max() - low) / (4.0 * x.size)),
        (x[-1] - left) / (4.0 * x.size),
        (y.max() - low) / (4.0 * x.size),
        1e-9,
    )
    # A trifle wider, so that rounding cannot put a pair at exactly `reach` two cells apart.
    size *= 1 + 1e-9
    column = ((x - left) / size).astype(np.int64)
    row = ((y - low) / size).astype(np.int64)
    wide, high = int(column.max()) + 1, int(row.max()) + 1
    cell = row * wide + column
    starts, by_cell = load("pairs").sort_by_cell(cell, wide * high)
    return Cells(x[by_cell], y[by_cell], order[by_cell], cell[by_cell], starts, wide, high)


def comparable(distances: FloatArray, closed: bool, manhattan: bool) -> FloatArray:
    """Limits that a squared (or Manhattan) distance must stay below."""
    limits = distances if manhattan else distances**2
    return np.nextafter(limits, np.inf) if closed else limits


def find_pairs(cells: Cells, limits: FloatArray, manhattan: bool) -> Pairs:
    """All pairs below the last of `limits` (rising, see `comparable`), by band."""
    kernel, n = load("pairs"), cells.x.size
    grid = (cells.x, cells.y, cells.cell, cells.starts, cells.wide, cells.high)
    found = np.zeros(n, dtype=np.int64)
    crowd = np.diff(cells.starts)[cells.cell]
    run_slices(
        lambda a, b: kernel.count_forward(*grid, float(limits[-1]), manhattan, a, b, found),
        slices_of_equal_work(crowd),
        steps=float(crowd.sum()) * 4,
    )
    total = int(found.sum())
    if total > MAX_PAIRS:
        raise AnalysisError(
            f"{total:,} par ligger inom det största avståndet. Välj kortare avstånd.",
            f"{total:,} pairs lie within the largest distance. Choose shorter distances.",
            "too_many_pairs",
        )
    first = np.concatenate([[0], np.cumsum(found)[:-1]]).astype(np.int64)
    ends = np.empty((limits.size, n), dtype=np.int64)
    other = np.empty(total, dtype=np.int32)
    run_slices(
        lambda a, b: kernel.fill_forward(*grid, limits, manhattan, a, b, first, other, ends),
        slices_of_equal_work(crowd),
        steps=float(crowd.sum()) * 4,
    )
    return Pairs(cells, first, ends, other)


def to_ticks(t: FloatArray, longest: float) -> Ticks:
    """Times (days) in the coarsest unit in which all are whole, from the first on."""
    since = t - t.min()
    for per_day in TICKS_PER_DAY:
        units = np.rint(since * per_day)
        if abs(since * per_day - units).max() < 1e-5:
            if units.max() + longest * per_day + 1 < 2**16:
                return Ticks(units.astype(np.uint16), per_day, whole=True)
            exact = np.float32 if units.max() < 2**24 else np.float64
            return Ticks(units.astype(exact), per_day, whole=True)
    return Ticks(since, 1.0, whole=False)


def count_pairs(pairs: Pairs, ticks: Ticks, limits: FloatArray) -> IntArray:
    """Pairs (band × limit) less than each limit apart in time, as observed."""
    # One column is no work for the vector kernel, which takes uint16 times.
    single = np.float32 if ticks.values.dtype == np.uint16 else ticks.values.dtype
    columns = np.ascontiguousarray(ticks.values[pairs.cells.order][:, None], dtype=single)
    return _count(pairs, columns, limits)[..., 0]


def count_permuted(
    pairs: Pairs, ticks: Ticks, limits: FloatArray, permutations: int, seed: int
) -> IntArray:
    """The same counts (band × limit × replicate) with the times dealt out at random."""
    kernel, n = load("pairs"), pairs.cells.x.size
    keys, ordered = stream_keys(seed, permutations), np.sort(ticks.values)
    side = _replicates_at_once(n, pairs.other.size)
    result = np.zeros((len(pairs.ends), limits.size, permutations), dtype=np.int64)
    rows, columns = np.empty((side, n), ordered.dtype), np.empty((n, side), ordered.dtype)
    small = ordered.dtype == np.uint16
    turn = kernel.side_by_side_small if small else kernel.side_by_side
    for begin in range(0, permutations, side):
        now = min(side, permutations - begin)
        some = keys[begin : begin + now]
        run_slices(
            lambda a, b, some=some: kernel.shuffle(some, a, b, ordered, rows),  # type: ignore[misc]
            np.linspace(0, now, threads() + 1).astype(np.int64) if compiled() else (0, now),
            steps=float(n) * now,
        )
        run_slices(
            lambda a, b: turn(rows, a, b, columns),
            even_slices(n),
            steps=float(n) * now,
        )
        result[..., begin : begin + now] = _count(pairs, columns, limits)[..., :now]
    return result


def _replicates_at_once(n: int, pairs: int) -> int:
    """128 fill the vector units; numpy gains from more as long as memory allows."""
    if compiled():
        return 128
    return int(np.clip(50_000_000 // (n + 1), 16, 1000))


def _count(pairs: Pairs, columns: npt.NDArray[Any], limits: FloatArray) -> IntArray:
    """Counts (band × limit × replicate) for times laid as event × replicate."""
    kernel, side = load("pairs"), columns.shape[1]
    result = np.zeros((len(pairs.ends), limits.size, side), dtype=np.int64)
    work = pairs.ends[-1] - pairs.first + 4
    # "Less than 0 apart" holds for no pair; the other limits rise.
    some = int(np.searchsorted(limits, 0.0, side="right"))

    def count_slice(low: int, up: int) -> IntArray:
        hits = np.zeros_like(result)
        for band, ends in enumerate(pairs.ends):
            of_pairs = (pairs.begins(band), ends, pairs.other, columns)
            if columns.dtype == np.uint16:
                most = limits[some:].astype(np.int64) - 1
                kernel.count_close_small(*of_pairs, most, low, up, hits[band, some:])
                continue
            for k in range(some, limits.size):
                kernel.count_close(*of_pairs, columns.dtype.type(limits[k]), low, up, hits[band, k])
        return hits

    for hits in run_slices(
        count_slice, slices_of_equal_work(work), steps=float(pairs.other.size) * side / 8
    ):
        result += hits
    return result


def close_in_time(ordered: npt.NDArray[Any], limit: float) -> IntArray:
    """For each of the sorted times: how many others are less than `limit` away."""
    values = ordered.astype(np.float64)
    later = np.searchsorted(values, values + limit, side="left")
    earlier = np.searchsorted(values, values - limit, side="right")
    others: IntArray = np.maximum(later - earlier - 1, 0).astype(np.int64)
    return others
