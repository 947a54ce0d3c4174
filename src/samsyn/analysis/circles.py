"""All circles around all places, and what chance makes of them: the body of the space–time scan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .close_pairs import comparable, lay_in_cells
from .kernels import even_slices, load, run_slices, slices_of_equal_work
from .kernels.streams import stream_keys
from .results import AnalysisError, FloatArray, IntArray

MAX_CIRCLES = 100_000_000
MAX_STEPS = 5e10
MAX_RECENT = 60_000
"""Cases in a window that a counter of 16 bits can hold."""

PILOT = 8


@dataclass(frozen=True)
class Circles:
    """Places, and for each the others around it, nearest first: other[begins[i]:ends[i]].

    size[q] is the number of events in the circle that ends with place other[q], 0 where it is not
    complete (see `draw_circles`); sizes are the distinct sizes, and sizes[kind[q]] == size[q] where the
    circle is complete, kind[q] == len(sizes) where not.
    """

    x: FloatArray
    y: FloatArray
    place: IntArray
    begins: IntArray
    ends: IntArray
    other: npt.NDArray[np.int32]
    apart: FloatArray
    size: npt.NDArray[np.int32]
    sizes: IntArray
    kind: npt.NDArray[np.int32]

    @property
    def total(self) -> int:
        return self.place.size


@dataclass(frozen=True)
class Best:
    """The best circle and window of each centre; circle −1 where there is none."""

    ratio: FloatArray
    circle: IntArray
    first_day: IntArray
    last_day: IntArray


def draw_circles(
    x: FloatArray, y: FloatArray, radius: float, max_share: float, together: bool
) -> Circles:
    """Circles up to `radius` metres around each distinct place, holding up to `max_share` of events.

    Places at one distance enter a circle one by one, in order of x and y, or `together`.
    """
    kernel = load("circles")
    at, place = _distinct(x, y)
    cells = lay_in_cells(at[:, 0], at[:, 1], radius)
    limit = float(comparable(np.array([radius]), True, False)[0])
    grid = (cells.x, cells.y, cells.cell, cells.starts, cells.wide, cells.high, limit)
    found = np.empty(cells.x.size, dtype=np.int64)
    crowd = np.diff(cells.starts)[cells.cell]
    work, steps = slices_of_equal_work(crowd), float(crowd.sum()) * 9
    run_slices(lambda a, b: kernel.count_around(*grid, a, b, found), work, steps=steps)
    if found.sum() > MAX_CIRCLES:
        raise AnalysisError(
            f"{found.sum():,} cirklar är för många. Ange cell_size (till exempel 200 meter), så att "
            "händelser räknas per ruta, eller en kortare radie.",
            f"{found.sum():,} circles are too many. Give cell_size (200 metres, say), so that events "
            "count per cell, or a shorter radius.",
            "too_many_circles",
        )
    begins = np.concatenate([[0], np.cumsum(found)]).astype(np.int64)
    other, apart = np.empty(begins[-1], dtype=np.int32), np.empty(begins[-1])
    run_slices(
        lambda a, b: kernel.fill_around(*grid, a, b, cells.order, begins, other, apart),
        work,
        steps=steps,
    )
    rank = np.empty(cells.order.size, dtype=np.int64)
    rank[cells.order] = np.arange(cells.order.size)
    place = rank[place]
    weight = np.bincount(place, minlength=cells.x.size)
    size, ends = np.zeros(begins[-1], dtype=np.int32), begins[:-1].copy()
    kernel.close_circles(
        begins, ends, other, apart, weight, max_share * x.size, together, 0, cells.x.size, size
    )
    sizes = np.unique(size)
    sizes = sizes[sizes > 0].astype(np.int64)
    index = np.full(int(sizes.max(initial=0)) + 1, sizes.size, dtype=np.int32)
    index[sizes] = np.arange(sizes.size)
    kind = index[size]
    return Circles(cells.x, cells.y, place, begins, ends, other, apart, size, sizes, kind)


def _distinct(x: FloatArray, y: FloatArray) -> tuple[FloatArray, IntArray]:
    order = np.lexsort((y, x))
    xs, ys = x[order], y[order]
    new = np.append(True, (np.diff(xs) != 0) | (np.diff(ys) != 0))
    place = np.empty(x.size, dtype=np.int64)
    place[order] = np.cumsum(new) - 1
    return np.column_stack([xs[new], ys[new]]), place


class RecentScan:
    """Clusters that are still going on: every window ends on the last day (age 0)."""

    def __init__(self, circles: Circles, age: IntArray, longest: int, least: int) -> None:
        """`age[e]` is how many days before the last day event e was."""
        self.circles, self.longest, self.least = circles, longest, least
        recent = age < longest
        self.age = np.sort(age[recent])
        self.in_window = np.searchsorted(self.age, np.arange(longest), side="right").astype(
            np.int64
        )
        if self.age.size > MAX_RECENT:
            raise AnalysisError(
                f"{self.age.size:,} händelser ligger i de senaste dagarna. Ange färre dagar.",
                f"{self.age.size:,} events lie in the last days. Give fewer days.",
                "too_many_recent",
            )
        self.recent = np.zeros((circles.begins.size - 1, longest), dtype=np.int64)
        np.add.at(self.recent, (circles.place[recent], age[recent]), 1)
        np.cumsum(self.recent, axis=1, out=self.recent)
        self.place = np.sort(circles.place)

    def best(self) -> Best:
        c, kernel = self.circles, load("circles")
        centres = c.begins.size - 1
        ratio, circle = np.zeros(centres), np.full(centres, -1, dtype=np.int64)
        window = np.zeros(centres, dtype=np.int64)
        need = self._need(0.0)
        run_slices(
            lambda a, b: kernel.best_of_centres(
                c.begins,
                c.ends,
                c.other,
                c.kind,
                c.sizes,
                self.recent,
                self.in_window,
                need,
                c.total,
                a,
                b,
                ratio,
                circle,
                window,
            ),
            slices_of_equal_work(c.ends - c.begins[:-1]),
            steps=float(c.other.size) * self.longest,
        )
        return Best(ratio, circle, -window, np.zeros_like(window))

    def maxima(self, keys: npt.NDArray[np.uint64]) -> FloatArray:
        """The largest ratio in each replicate.

        Only ratios above a level are computed, the level taken from a few replicates first; where a
        replicate has none, it is done again without.
        """
        found = self._maxima(keys[:PILOT], 3.0)
        if keys.size > PILOT:
            level = 0.8 * float(found.min())
            found = np.concatenate([found, self._maxima(keys[PILOT:], level)])
        return found

    def _maxima(self, keys: npt.NDArray[np.uint64], level: float) -> FloatArray:
        c, kernel = self.circles, load("circles")
        found, (need, row) = np.zeros(keys.size), _without_repeats(self._need(level))

        row_of_circle = row[c.kind]

        def some(a: int, b: int, keys: Any = keys, found: FloatArray = found) -> None:
            kernel.shuffled_maxima(
                c.begins,
                c.ends,
                c.other,
                c.kind,
                row_of_circle,
                c.sizes,
                self.place,
                self.age,
                self.in_window,
                need,
                c.total,
                keys,
                a,
                b,
                found,
            )

        run_slices(some, even_slices(keys.size, 2), steps=float(c.other.size) * keys.size)
        below = np.flatnonzero(found == 0)
        if below.size and level > 0:
            found[below] = self._maxima(keys[below], 0.0)
        return found

    def _need(self, level: float) -> npt.NDArray[Any]:
        # Whole blocks of windows (LANES in the kernels), so that they fill the vector units.
        wide = -(-self.longest // 32) * 32
        need = np.empty((self.circles.sizes.size + 1, wide), dtype=np.uint16)
        load("circles").cases_needed(
            self.circles.sizes, self.in_window, self.circles.total, self.least, level, need
        )
        return need


def _without_repeats(need: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[np.int32]]:
    """Rows that differ from the one before, and which of them stands for each row.

    Circles of nearly the same size need the same cases: the table then fits near the processor.
    """
    new = np.append(True, (need[1:] != need[:-1]).any(axis=1))
    new[-1] = True
    return need[new], (np.cumsum(new) - 1).astype(np.int32)


class HistoryScan:
    """Clusters at any time: windows begin and end on any day."""

    def __init__(self, circles: Circles, day: IntArray, longest: int, least: int) -> None:
        """`day[e]` counts from the first day of the study."""
        self.circles, self.longest, self.least = circles, longest, least
        order = np.lexsort((day, circles.place))
        self.day = day[order]
        places = np.arange(circles.begins.size)
        self.first_event = np.searchsorted(circles.place[order], places).astype(np.int64)
        self.before = np.concatenate([[0], np.cumsum(np.bincount(day))]).astype(np.int64)

    def best(self) -> Best:
        return self._best(self.day)

    def steps(self) -> float:
        """Roughly how many windows one replicate looks at."""
        weight = np.diff(self.first_event)
        near = self.circles.total * min(1.0, 2 * self.longest / (self.before.size - 1))
        share = float(self.circles.sizes.max(initial=1)) / self.circles.total
        return float(weight[self.circles.other].sum()) * max(1.0, (near * share) ** 2 / 4)

    def maxima(self, keys: npt.NDArray[np.uint64]) -> FloatArray:
        kernel, found = load("circles"), np.zeros(keys.size)

        def some(a: int, b: int) -> None:
            for r in range(a, b):
                day = np.sort(self.day)
                kernel.shuffle_days(keys[r], day)
                found[r] = self._best(day).ratio.max(initial=0.0)

        run_slices(some, even_slices(keys.size, 4))
        return found

    def _best(self, day: IntArray) -> Best:
        c, kernel = self.circles, load("circles")
        centres = c.begins.size - 1
        ratio, circle = np.zeros(centres), np.full(centres, -1, dtype=np.int64)
        first, last = np.zeros(centres, dtype=np.int64), np.zeros(centres, dtype=np.int64)
        kernel.best_in_history(
            c.begins,
            c.ends,
            c.other,
            c.size,
            self.first_event,
            day,
            self.before,
            self.longest,
            self.least,
            c.total,
            0,
            centres,
            ratio,
            circle,
            first,
            last,
        )
        return Best(ratio, circle, first, last)


def replicate_maxima(
    scan: RecentScan | HistoryScan,
    observed: float,
    permutations: int,
    seed: int,
    stop_after: int | None,
) -> FloatArray:
    """Largest ratio of each replicate; fewer where `stop_after` of them reached the observed one."""
    keys = stream_keys(seed, permutations)
    if stop_after is None:
        return scan.maxima(keys)
    found: list[FloatArray] = []
    for begin in range(0, permutations, 100):
        found.append(scan.maxima(keys[begin : begin + 100]))
        if int((np.concatenate(found) >= observed).sum()) >= stop_after:
            break
    return np.concatenate(found) if found else np.zeros(0)
