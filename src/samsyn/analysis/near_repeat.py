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
from .kernels import load, run_slices, slices_of_equal_work
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


@dataclass(frozen=True, kw_only=True, eq=False)
class Knox(Result):
    """Pairs close both in space and time, beside what chance gives.

    expected, sd : exact over all permutations of the times (Barton & David 1966).
    z : (observed − expected) / sd. p_poisson : P(X ≥ observed) for a Poisson count with that mean.
    p_value : from permutations, (1 + as many or more) / (1 + permutations); None without them.
    ns, nt, pairs : pairs close in space, pairs close in time, all pairs.
    """

    observed: int
    expected: float
    sd: float
    z: float
    ratio: float
    p_poisson: float
    p_value: float | None
    ns: int
    nt: int
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
    _check_choices(permutations, metric, closed)
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
        p_adjusted=false_discovery(p_value[1:]),
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


def knox(
    x: Any,
    y: Any,
    t: Any,
    *,
    distance: float,
    days: float,
    permutations: int = 999,
    seed: int = 0,
    metric: Metric = "euclidean",
    t_to: Any = None,
) -> Knox:
    """One cell of the table: pairs at most `distance` metres and at most `days` days apart.

    Parameters
    ----------
    x, y, t, t_to, metric, seed : as for `near_repeat`.
    distance, days : both limits belong to what is close (≤).
    permutations : 0 leaves `p_value` out; mean, sd and z are exact in any case.

    Raises
    ------
    AnalysisError : fewer than four events, a limit below zero, columns of unequal length.

    Source
    ------
    Knox 1964; Barton & David 1966, "The random intersection of two graphs", in Research Papers in
    Statistics, for the exact moments.

    >>> knox([0, 5, 900, 905], [0, 0, 0, 0], [0, 1, 50, 51], distance=10, days=2, permutations=0).observed
    2
    """
    xs, ys, ts, widths = read_events(x, y, t, t_to, least=4)
    if not (distance >= 0 and days >= 0 and np.isfinite(distance) and np.isfinite(days)):
        raise AnalysisError(
            "Avstånd och dagar ska vara noll eller mer.", "Distance and days must be zero or more."
        )
    _check_choices(permutations, metric, "right")
    generator(seed)
    manhattan = metric == "manhattan"
    limits = comparable(np.array([float(distance)]), True, manhattan)
    cells = lay_in_cells(xs, ys, float(distance))
    ticks = to_ticks(ts, float(days))
    limit = ticks.limit(float(days), closed=True)
    near, both = _close_neighbours(cells, ticks, float(limits[0]), manhattan, limit)
    in_time = close_in_time(np.sort(ticks.values), limit)
    observed, ns, nt = int(both.sum()) // 2, int(near.sum()) // 2, int(in_time.sum()) // 2
    expected, sd = permutation_moments(near, in_time)
    p_value = None
    if permutations:
        pairs = find_pairs(cells, limits, manhattan)
        replicates = count_permuted(pairs, ticks, np.array([limit]), permutations, seed)[0, 0]
        p_value = (1 + int((replicates >= observed).sum())) / (1 + permutations)
    return Knox(
        observed=observed,
        expected=expected,
        sd=sd,
        z=(observed - expected) / sd if sd > 0 else float("nan"),
        ratio=observed / expected if expected > 0 else float("nan"),
        p_poisson=_poisson_at_least(observed, expected),
        p_value=p_value,
        ns=ns,
        nt=nt,
        pairs=xs.size * (xs.size - 1) // 2,
        events=xs.size,
        permutations=permutations,
        parameters={
            "distance": float(distance),
            "days": float(days),
            "permutations": permutations,
            "metric": metric,
        },
        seed=seed,
        input_hash=hash_input(xs, ys, ts),
        warnings=(
            *place_cautions(xs, ys),
            *interval_cautions(widths, float(days)),
            *_cell_cautions(observed, expected, sd),
        ),
    )


def permutation_moments(near: IntArray, in_time: IntArray) -> tuple[float, float]:
    """Exact mean and sd of the number of pairs close in both, over all permutations of the times.

    Parameters
    ----------
    near, in_time : for each event, the number of others close in space, and close in time.

    Source
    ------
    Barton & David 1966: E = NₛNₜ/M; Var = E + 4PₛPₜ/n⁽³⁾ + 4QₛQₜ/n⁽⁴⁾ − E², with P the pairs of close
    pairs that share an event, and Q half of those that share none.
    """
    n = near.size
    moments = []
    for degree in (near, in_time):
        pairs = int(degree.sum()) // 2
        sharing = int((degree * (degree - 1)).sum()) // 2
        moments.append((pairs, sharing, pairs * pairs - pairs - 2 * sharing))
    (ns, ps, qs), (nt, pt, qt) = moments
    mean = ns * nt / (n * (n - 1) / 2)
    variance = (
        mean
        + 4 * ps * pt / (n * (n - 1) * (n - 2))
        + 4 * qs * qt / (n * (n - 1) * (n - 2) * (n - 3))
        - mean**2
    )
    # The terms cancel when every pair is close: what is left is rounding.
    return mean, float(np.sqrt(variance)) if variance > 1e-12 * mean**2 else 0.0


def false_discovery(p: FloatArray) -> FloatArray:
    """p-values adjusted so that a list cut at q holds at most the share q of false findings.

    Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57:289–300. Shape is kept, nan stays nan.
    """
    flat = p.ravel()
    adjusted = np.full(flat.size, np.nan)
    known = np.flatnonzero(~np.isnan(flat))
    order = known[np.argsort(-flat[known], kind="stable")]
    rank = np.arange(order.size, 0, -1)
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(flat[order] * order.size / rank))
    return adjusted.reshape(p.shape)


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


def _close_neighbours(
    cells: Any, ticks: Ticks, limit: float, manhattan: bool, time_limit: float
) -> tuple[IntArray, IntArray]:
    kernel, n = load("pairs"), cells.x.size
    near, both = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    times = ticks.values[cells.order].astype(np.float64)
    grid = (cells.cell, cells.starts, cells.wide, cells.high)
    crowd = np.diff(cells.starts)[cells.cell]
    run_slices(
        lambda a, b: kernel.close_neighbours(
            cells.x, cells.y, times, *grid, limit, manhattan, time_limit, a, b, near, both
        ),
        slices_of_equal_work(crowd),
        steps=float(crowd.sum()) * 9,
    )
    return near, both


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


def _check_choices(permutations: int, metric: str, closed: str) -> None:
    if metric not in ("euclidean", "manhattan"):
        raise AnalysisError(f"Okänt avståndsmått: {metric}.", f"Unknown metric: {metric}.")
    if closed not in ("left", "right"):
        raise AnalysisError("closed ska vara left eller right.", "closed must be left or right.")
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


def _poisson_at_least(observed: int, mean: float) -> float:
    from scipy.special import gammainc

    return float(gammainc(observed, mean)) if observed > 0 else 1.0


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


def _cell_cautions(observed: int, expected: float, sd: float) -> Iterator[Words]:
    if sd == 0:
        yield Words(
            "Alla eller inga par är nära i rum eller tid. Välj andra gränser.",
            "All or no pairs are close in space or in time. Choose other limits.",
            "no_variation",
        )
    elif expected < 5:
        yield Words(
            f"Bara {expected:.1f} par väntas. z och Poisson-p är då ungefärliga.",
            f"Only {expected:.1f} pairs are expected. z and the Poisson p are then approximate.",
            "small_numbers",
        )
    if sd > 0 and observed > expected + 2 * sd:
        yield Words(
            "En förändring i hela eller delar av kommunen kan se ut som upprepning. Jämför med "
            "längre avstånd i near_repeat.",
            "A change in all or part of the area can look like repetition. Compare with longer "
            "distances in near_repeat.",
            "area_change",
        )
