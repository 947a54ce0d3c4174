"""Are there more pairs near in space and soon in time than chance gives? (Knox 1964)"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from .close_pairs import (
    Cells,
    Ticks,
    close_in_time,
    comparable,
    count_permuted,
    find_pairs,
    lay_in_cells,
    to_ticks,
)
from .kernels import load, run_slices, slices_of_equal_work
from .near_repeat import Metric, check_choices
from .place_guards import interval_cautions, place_cautions, read_events
from .results import AnalysisError, IntArray, Result, Words, generator, hash_input


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
    check_choices(permutations, metric, "right")
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


def _close_neighbours(
    cells: Cells, ticks: Ticks, limit: float, manhattan: bool, time_limit: float
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


def _poisson_at_least(observed: int, mean: float) -> float:
    from scipy.special import gammainc

    return float(gammainc(observed, mean)) if observed > 0 else 1.0


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
