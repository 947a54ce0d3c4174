"""Do events repeat near in space and soon in time, more than chance would give? (Knox 1964)"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from .close_pairs import (
    SAME_PLACE,
    Pairs,
    Ticks,
    close_in_time,
    comparable,
    count_pairs,
    count_permuted,
    find_pairs,
    lay_in_cells,
    to_ticks,
)
from .false_discovery import adjust
from .place_guards import interval_cautions, place_cautions, read_events
from .results import AnalysisError, FloatArray, IntArray, Result, Words, generator, hash_input

Metric = Literal["euclidean", "manhattan"]
Closed = Literal["left", "right"]


@dataclass(frozen=True, kw_only=True, eq=False)
class SamePlace:
    """Repeats at exactly the same place, one figure per time band."""

    observed: IntArray
    expected: FloatArray
    ratio: FloatArray
    p_value: FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class NearRepeat(Result):
    """Pairs of events per distance band (rows) and time band (columns).

    observed : pairs found.
    expected : exact mean over all ways to deal the times out among the places.
    ratio : observed / expected; nan where nothing is expected.
    p_value : (1 + replicates with as many or more) / (1 + replicates); nan without permutations.
    p_adjusted : the same with false-discovery control over the whole table (Benjamini & Hochberg).
    sd : standard deviation over the replicates.
    same_place : the pairs at distance 0, apart. They are also part of a first band that begins at 0.
    pairs_in_space, pairs_in_time : pairs per distance band and per time band; pairs : all pairs.
    """

    observed: IntArray
    expected: FloatArray
    ratio: FloatArray
    p_value: FloatArray
    p_adjusted: FloatArray
    sd: FloatArray
    same_place: SamePlace
    distance_bands: tuple[str, ...]
    time_bands: tuple[str, ...]
    pairs_in_space: IntArray
    pairs_in_time: IntArray
    pairs: int
    events: int
    permutations: int


def near_repeat(
    x: Any,
    y: Any,
    t: Any,
    *,
    distance_breaks: npt.ArrayLike = (0, 100, 200, 400),
    time_breaks: npt.ArrayLike = (0, 2, 7, 14, 28),
    permutations: int = 999,
    seed: int = 0,
    metric: Metric = "euclidean",
    closed: Closed = "left",
    t_to: Any = None,
) -> NearRepeat:
    """Table of pairs by distance and time, beside what chance gives.

    Parameters
    ----------
    x, y : coordinates in metres, length n.
    t : days, or points in time; with `t_to` the first possible time, and the middle is used.
    distance_breaks, time_breaks : rising limits in metres and days; k breaks make k − 1 bands.
    permutations : how often the times are dealt out at random; 0 leaves p out.
    seed : whole number; the same seed gives the same answer for any order of the rows and any
        number of threads.
    metric : straight line, or along streets at right angles.
    closed : "left" for bands [a, b), "right" for (a, b].

    Returns
    -------
    NearRepeat

    Raises
    ------
    AnalysisError : fewer than two events, breaks that do not rise, columns of unequal length, or
        more than 500 million close pairs.

    Source
    ------
    Knox 1964, Appl. Stat. 13:25–30; Johnson, Bowers & Birks 2007, J. Quant. Criminol. 23:201–219.

    >>> r = near_repeat([0, 100], [0, 0], [0, 3], distance_breaks=[0, 100, 200],
    ...                 time_breaks=[0, 3, 6], permutations=0)
    >>> r.observed.tolist(), r.distance_bands[1], r.time_bands[1]
    ([[0, 0], [0, 1]], '[100, 200) m', '[3, 6) d')
    """
    xs, ys, ts, widths = read_events(x, y, t, t_to)
    metres, spans = _breaks(distance_breaks, "distance_breaks"), _breaks(time_breaks, "time_breaks")
    check_choices(permutations, metric, closed)
    generator(seed)
    manhattan, closed_right = metric == "manhattan", closed == "right"
    limits = comparable(metres, closed_right, manhattan)
    # Band 0 is the same place, band 1 what lies between it and the first break.
    edge = SAME_PLACE if manhattan else SAME_PLACE**2
    cells = lay_in_cells(xs, ys, float(metres[-1]))
    pairs = find_pairs(cells, np.concatenate([[edge], np.maximum(limits, edge)]), manhattan)
    ticks = to_ticks(ts, float(spans[-1]))
    time_limits = np.array([ticks.limit(b, closed_right) for b in spans])
    table = _Table(pairs, ticks, time_limits, first_holds_same_place=limits[0] <= 0)
    replicates = (
        table.bands(count_permuted(pairs, ticks, time_limits, permutations, seed))
        if permutations
        else None
    )
    observed = table.bands(count_pairs(pairs, ticks, time_limits))
    expected = table.expected()
    p_value = _rank_p(observed, replicates)
    return NearRepeat(
        observed=observed[1:],
        expected=expected[1:],
        ratio=_ratio(observed, expected)[1:],
        p_value=p_value[1:],
        p_adjusted=adjust(p_value[1:].ravel()).reshape(p_value[1:].shape),
        sd=(
            replicates.std(axis=-1, ddof=1)[1:]
            if replicates is not None and permutations > 1
            else np.full(expected[1:].shape, np.nan)
        ),
        same_place=SamePlace(
            observed=observed[0],
            expected=expected[0],
            ratio=_ratio(observed, expected)[0],
            p_value=p_value[0],
        ),
        distance_bands=_names(metres, "m", closed),
        time_bands=_names(spans, "d", closed),
        pairs_in_space=table.in_space()[1:],
        pairs_in_time=table.in_time(),
        pairs=xs.size * (xs.size - 1) // 2,
        events=xs.size,
        permutations=permutations,
        parameters={
            "distance_breaks": metres.tolist(),
            "time_breaks": spans.tolist(),
            "permutations": permutations,
            "metric": metric,
            "closed": closed,
        },
        seed=seed,
        input_hash=hash_input(xs, ys, ts),
        warnings=(
            *place_cautions(xs, ys),
            *interval_cautions(widths, float(np.diff(spans).min())),
            *_table_cautions(observed[1:], expected[1:], p_value[1:]),
        ),
    )


@dataclass(frozen=True)
class _Table:
    """From counts below each limit to counts in each band; row 0 is the same place."""

    pairs: Pairs
    ticks: Ticks
    time_limits: FloatArray
    first_holds_same_place: bool

    def bands(self, below: IntArray) -> IntArray:
        """Counts (internal band × time limit [× replicate]) as (same place + bands) × time bands."""
        result: IntArray = np.diff(self._rows(below), axis=1)
        return result

    def _rows(self, counted: npt.NDArray[Any]) -> npt.NDArray[Any]:
        rows = np.concatenate([counted[:1], counted[2:]])
        if self.first_holds_same_place:
            rows[1] += counted[0] + counted[1]
        return rows

    def in_space(self) -> IntArray:
        counted = np.array([self.pairs.in_band(b) for b in range(len(self.pairs.ends))])
        rows: IntArray = self._rows(counted)
        return rows

    def in_time(self) -> IntArray:
        ordered = np.sort(self.ticks.values)
        below = [int(close_in_time(ordered, limit).sum()) // 2 for limit in self.time_limits]
        steps: IntArray = np.diff(np.array(below, dtype=np.int64)).astype(np.int64)
        return steps

    def expected(self) -> FloatArray:
        n = self.pairs.cells.x.size
        product: FloatArray = np.outer(self.in_space(), self.in_time()) / (n * (n - 1) / 2)
        return product


def _breaks(values: npt.ArrayLike, name: str) -> FloatArray:
    breaks = np.asarray(values, dtype=np.float64)
    if breaks.ndim != 1 or breaks.size < 2 or not np.isfinite(breaks).all():
        raise AnalysisError(
            f"{name} ska ha minst två gränser.", f"{name} needs two limits or more."
        )
    if breaks[0] < 0 or (np.diff(breaks) <= 0).any():
        raise AnalysisError(
            f"{name} ska börja på noll eller mer och stiga.",
            f"{name} must begin at zero or more and rise.",
        )
    return breaks


def check_choices(permutations: int, metric: str, closed: str) -> None:
    if metric not in ("euclidean", "manhattan"):
        raise AnalysisError(f"Okänt avståndsmått: {metric}.", f"Unknown metric: {metric}.")
    if closed not in ("left", "right"):
        raise AnalysisError("closed ska vara left eller right.", "closed must be left or right.")
    if isinstance(permutations, bool) or permutations != int(permutations):
        raise AnalysisError(
            "permutations ska vara ett helt tal.", "permutations must be a whole number."
        )
    if permutations < 0:
        raise AnalysisError("permutations kan inte vara under noll.", "permutations is below zero.")


def _names(breaks: FloatArray, unit: str, closed: str) -> tuple[str, ...]:
    pattern = "[{:g}, {:g}) {}" if closed == "left" else "({:g}, {:g}] {}"
    return tuple(pattern.format(a, b, unit) for a, b in itertools.pairwise(breaks))


def _ratio(observed: IntArray, expected: FloatArray) -> FloatArray:
    ratio: FloatArray = np.full(expected.shape, np.nan)
    return np.divide(observed, expected, out=ratio, where=expected > 0)


def _rank_p(observed: IntArray, replicates: IntArray | None) -> FloatArray:
    if replicates is None:
        return np.full(observed.shape, np.nan)
    as_many = (replicates >= observed[..., None]).sum(axis=-1)
    p: FloatArray = (1 + as_many) / (1 + replicates.shape[-1])
    return p


def _table_cautions(
    observed: IntArray, expected: FloatArray, p_value: FloatArray
) -> Iterator[Words]:
    if observed.size > 1:
        yield Words(
            f"Tabellen prövar {observed.size} rutor på en gång. Ungefär {observed.size * 0.05:.0f} "
            "kan ligga under 0,05 av en slump. Läs p_adjusted.",
            f"The table tests {observed.size} cells at once. About {observed.size * 0.05:.0f} may "
            "fall below 0.05 by chance. Read p_adjusted.",
            "multiple_testing",
        )
    if (expected < 5).any():
        yield Words(
            "I minst en ruta väntas färre än fem par. Där säger kvoten lite.",
            "In at least one cell fewer than five pairs are expected. There the ratio says little.",
            "small_numbers",
        )
    raised = observed > expected
    if len(observed) > 2 and (raised[-1] & (p_value[-1] < 0.05)).any():
        yield Words(
            "Även det längsta avståndet har fler par än väntat. Då kan en förändring i en hel del av "
            "kommunen ligga bakom, inte upprepning.",
            "Also the longest distance has more pairs than expected. A change in a whole part of the "
            "area may lie behind it, not repetition.",
            "area_change",
        )
