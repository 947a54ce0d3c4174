"""Do high values lie beside high ones? Getis–Ord Gi and Gi*, local and global Moran, in numpy.

Neighbours are a list of index arrays, one per place, or a scipy sparse matrix of weights. For Gi* each
place is its own neighbour; Moran leaves a place itself out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from .false_discovery import adjust
from .neighbours import Neighbours, read_neighbours
from .results import (
    AnalysisError,
    BoolArray,
    FloatArray,
    IntArray,
    Result,
    Words,
    generator,
    hash_input,
    share,
)

Weights = Literal["as_given", "row"]
COLUMNS_AT_ONCE = 4_000_000


@dataclass(frozen=True, kw_only=True, eq=False)
class LocalResult(Result):
    """One figure per place.

    z : standard deviations from what chance gives. p_value : two-sided, from z.
    p_permutation : two-sided, from permutations; nan without them.
    p_adjusted : p_value with false-discovery control. significant : p_adjusted ≤ alpha, and not
        contradicted by the permutations.
    """

    z: FloatArray
    p_value: FloatArray
    p_permutation: FloatArray
    p_adjusted: FloatArray
    significant: BoolArray
    permutations: int


@dataclass(frozen=True, kw_only=True, eq=False)
class GetisOrd(LocalResult):
    """Gi* (Gi where a place is not its own neighbour): z is positive in hot, negative in cold places.

    hot, cold : significant and above, or below.
    """

    hot: BoolArray
    cold: BoolArray


@dataclass(frozen=True, kw_only=True, eq=False)
class LocalMoran(LocalResult):
    """Local Moran: positive where a place is like its neighbours, negative where it stands out.

    i, expected, variance : the statistic and its exact moments, the place's own value kept and the
        others dealt out at random. quadrant : "HH", "LL", "HL" or "LH" (the place, then its surroundings).
    """

    i: FloatArray
    expected: FloatArray
    variance: FloatArray
    quadrant: npt.NDArray[np.str_]


@dataclass(frozen=True, kw_only=True, eq=False)
class Moran(Result):
    """Global Moran's I. variance, z and p_value hold under randomisation; p_permutation is counted."""

    i: float
    expected: float
    variance: float
    z: float
    p_value: float
    p_permutation: float | None
    permutations: int


def getis_ord(
    values: Any,
    neighbours: Any,
    *,
    permutations: int = 999,
    seed: int = 0,
    alpha: float = 0.05,
) -> GetisOrd:
    """Hot and cold places: is the sum around each place higher or lower than chance would give?

    Parameters
    ----------
    values : one number per place, length n.
    neighbours : list of n index arrays (weight 1 each), or n × n scipy sparse matrix. Self included
        gives Gi*, else Gi, place by place.
    permutations : replicates for `p_permutation`; 0 leaves them out.
    seed : whole number. alpha : share of false findings allowed among the significant places.

    Raises
    ------
    AnalysisError : neighbours that do not fit the values, fewer than three places, all values equal.

    Source
    ------
    Ord & Getis 1995, Geographical Analysis 27:286–306; Benjamini & Hochberg 1995.

    >>> line = [np.array([j for j in (i - 1, i, i + 1) if 0 <= j < 9]) for i in range(9)]
    >>> getis_ord([0, 0, 0, 9, 9, 9, 0, 0, 0], line, permutations=0).z.round(2).tolist()[4]
    2.83
    """
    x, links = read_neighbours(values, neighbours)
    share(alpha, "alpha")
    generator(seed)
    n = x.size
    star = np.zeros(n, dtype=bool)
    star[links.row[links.other == links.row]] = True
    others = np.where(star, n, n - 1)
    mean = np.where(star, x.mean(), (x.sum() - x) / (n - 1))
    square = np.where(star, (x**2).mean(), ((x**2).sum() - x**2) / (n - 1))
    spread = np.sqrt(np.maximum(square - mean**2, 0.0))
    lag, total = links.sums(links.weight * x[links.other]), links.sums(links.weight)
    squares = links.sums(links.weight**2)
    scale = spread * np.sqrt(np.maximum(others * squares - total**2, 0.0) / (others - 1))
    z = _divide(lag - total * mean, scale)
    p_permutation = np.full(n, np.nan)
    if permutations:
        p_permutation = _permuted_p(x, links, lag, permutations, seed, keep_own=~star)
    common = _local(z, p_permutation, alpha)
    return GetisOrd(
        **common,
        hot=common["significant"] & (z > 0),
        cold=common["significant"] & (z < 0),
        permutations=permutations,
        parameters={"permutations": permutations, "alpha": alpha},
        seed=seed,
        input_hash=hash_input(x, links.begins, links.other, links.weight),
        warnings=tuple(_cautions(x, links, common, bool(star.any() and not star.all()))),
    )


def local_moran(
    values: Any,
    neighbours: Any,
    *,
    weights: Weights = "row",
    permutations: int = 999,
    seed: int = 0,
    alpha: float = 0.05,
) -> LocalMoran:
    """Which places are like, and which unlike, their surroundings?

    Parameters
    ----------
    values, neighbours, permutations, seed, alpha : as for `getis_ord`; a place itself is left out.
    weights : "row" makes each place's weights sum to one, "as_given" leaves them.

    Source
    ------
    Anselin 1995, Geographical Analysis 27:93–115; moments of Sokal, Oden & Thomson 1998.
    """
    x, links = read_neighbours(values, neighbours)
    share(alpha, "alpha")
    generator(seed)
    links = _for_moran(links, weights)
    n = x.size
    z = x - x.mean()
    m2 = float((z**2).mean())
    lag = links.sums(links.weight * z[links.other])
    total, squares = links.sums(links.weight), links.sums(links.weight**2)
    i = z * lag / m2
    # The others' mean is −z/(n − 1); their sum of squares n·m2 − z².
    others = n - 1
    mean = -z / others
    spread = (n * m2 - z**2) / others - mean**2
    expected = z * total * mean / m2
    variance = (z / m2) ** 2 * spread * (others * squares - total**2) / (others - 1)
    p_permutation = np.full(n, np.nan)
    if permutations:
        p_permutation = _permuted_p(z, links, lag, permutations, seed, keep_own=np.ones(n, bool))
    common = _local(_divide(i - expected, np.sqrt(np.maximum(variance, 0))), p_permutation, alpha)
    quadrant = np.char.add(np.where(z >= 0, "H", "L"), np.where(lag >= 0, "H", "L"))
    return LocalMoran(
        **common,
        i=i,
        expected=expected,
        variance=variance,
        quadrant=quadrant,
        permutations=permutations,
        parameters={"weights": weights, "permutations": permutations, "alpha": alpha},
        seed=seed,
        input_hash=hash_input(x, links.begins, links.other, links.weight),
        warnings=tuple(_cautions(x, links, common, False)),
    )


def moran(
    values: Any,
    neighbours: Any,
    *,
    weights: Weights = "row",
    permutations: int = 999,
    seed: int = 0,
) -> Moran:
    """Taken together, do like values lie beside each other?

    Parameters
    ----------
    values, neighbours, weights, permutations, seed : as for `local_moran`.

    Source
    ------
    Moran 1950; Cliff & Ord 1981, Spatial Processes, for the variance under randomisation.

    >>> line = [[1], [0, 2], [1, 3], [2]]
    >>> round(moran([1, 2, 3, 4], line, weights="as_given", permutations=0).i, 4)
    0.3333
    """
    x, links = read_neighbours(values, neighbours)
    generator(seed)
    links = _for_moran(links, weights)
    n = x.size
    z = x - x.mean()
    i, expected, variance = moran_moments(z, links)
    p_permutation = None
    if permutations:
        count = _moran_permuted(z, links, i, permutations, seed)
        p_permutation = min(1.0, 2 * (1 + count) / (1 + permutations))
    # Where all are neighbours of all, I is the same however the values are dealt out.
    score = (i - expected) / math.sqrt(variance) if variance > 1e-12 * expected**2 else 0.0
    return Moran(
        i=i,
        expected=expected,
        variance=variance,
        z=score,
        p_value=math.erfc(abs(score) / math.sqrt(2)),
        p_permutation=p_permutation,
        permutations=permutations,
        parameters={"weights": weights, "permutations": permutations},
        seed=seed,
        input_hash=hash_input(x, links.begins, links.other, links.weight),
        warnings=tuple(_shared_cautions(n, links)),
    )


def moran_moments(z: FloatArray, links: Neighbours) -> tuple[float, float, float]:
    """Moran's I of the deviations z, its mean, and its variance under randomisation."""
    n = z.size
    total = float(links.weight.sum())
    i = n / total * float((links.weight * z[links.row] * z[links.other]).sum()) / float(z @ z)
    out = links.sums(links.weight)
    into = np.bincount(links.other, weights=links.weight, minlength=n)
    key = links.row * n + links.other
    back = links.other * n + links.row
    order = np.argsort(key)
    at = np.minimum(np.searchsorted(key, back, sorter=order), key.size - 1)
    mutual = np.where(key[order[at]] == back, links.weight[order[at]], 0.0)
    # A one-way link meets a zero on its way back, and counts from both sides.
    one_way = (mutual == 0) & (links.weight != 0)
    s1 = 0.5 * float(((links.weight + mutual) ** 2).sum() + (links.weight[one_way] ** 2).sum())
    s2 = float(((out + into) ** 2).sum())
    k = float((z**4).mean() / (z**2).mean() ** 2)
    w2 = total**2
    expected = -1 / (n - 1)
    square = (
        n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * w2)
        - k * (n * (n - 1) * s1 - 2 * n * s2 + 6 * w2)
    ) / ((n - 1) * (n - 2) * (n - 3) * w2)
    return i, expected, square - expected**2


def _for_moran(links: Neighbours, weights: Weights) -> Neighbours:
    links = links.without_self()
    if links.weight.sum() <= 0:
        raise AnalysisError(
            "Ingen plats har någon annan till granne.", "No place has another for a neighbour."
        )
    return links.row_standardised() if weights == "row" else links


def _divide(top: FloatArray, bottom: FloatArray) -> FloatArray:
    result: FloatArray = np.zeros(top.shape)
    return np.divide(top, bottom, out=result, where=bottom > 1e-12 * np.abs(bottom).max())


def _two_sided(z: FloatArray) -> FloatArray:
    return np.array([math.erfc(abs(v) / math.sqrt(2)) for v in z])


def _local(z: FloatArray, p_permutation: FloatArray, alpha: float) -> dict[str, Any]:
    p_value = _two_sided(z)
    adjusted = adjust(p_value)
    contradicted = p_permutation > alpha
    return {
        "z": z,
        "p_value": p_value,
        "p_permutation": p_permutation,
        "p_adjusted": adjusted,
        "significant": (adjusted <= alpha) & ~contradicted,
    }


def _permuted_p(
    x: FloatArray,
    links: Neighbours,
    lag: FloatArray,
    permutations: int,
    seed: int,
    keep_own: BoolArray,
) -> FloatArray:
    """Two-sided p of each lag, its neighbours' values replaced by a random sample of all values.

    Where a place keeps its own value, the sample comes from the others. All places share the same
    samples; that leaves each p right, and makes the whole a product of two small matrices.
    """
    n, most = x.size, int(np.diff(links.begins).max())
    rng = generator(seed)
    sample = _samples(rng, n, most + 1, permutations)
    drawn, spare = x[sample[:, :most]], x[sample[:, most]]
    weight = np.zeros((n, most))
    position = np.arange(links.other.size) - np.repeat(links.begins[:-1], np.diff(links.begins))
    weight[links.row, position] = links.weight
    above, below = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    step = max(1, COLUMNS_AT_ONCE // permutations)
    margin = 1e-9 * (np.abs(lag).max() + 1e-300)
    draw, where = np.nonzero(keep_own[sample[:, :most]])
    self_drawn = sample[draw, where]
    order = np.argsort(self_drawn, kind="stable")
    draw, where, self_drawn = draw[order], where[order], self_drawn[order]
    for low in range(0, n, step):
        up = min(n, low + step)
        sums = weight[low:up] @ drawn.T
        # A place that keeps its own value must not be drawn for itself: the spare one steps in.
        part = slice(*np.searchsorted(self_drawn, [low, up]))
        i, r, k = self_drawn[part], draw[part], where[part]
        sums[i - low, r] += weight[i, k] * (spare[r] - x[i])
        above[low:up] = (sums >= lag[low:up, None] - margin).sum(axis=1)
        below[low:up] = (sums <= lag[low:up, None] + margin).sum(axis=1)
    p: FloatArray = np.minimum(1.0, 2 * (1 + np.minimum(above, below)) / (1 + permutations))
    return p


def _samples(rng: np.random.Generator, n: int, size: int, rows: int) -> IntArray:
    """`rows` samples of min(size, n) different places; the last stands in where size > n."""
    if size * size * 4 > n:
        order = rng.permuted(np.tile(np.arange(n), (rows, 1)), axis=1)
        return order[:, np.minimum(np.arange(size), n - 1)]
    drawn = rng.integers(0, n, (rows, size))
    while True:
        ordered = np.sort(drawn, axis=1)
        twice = np.flatnonzero((ordered[:, 1:] == ordered[:, :-1]).any(axis=1))
        if twice.size == 0:
            return drawn
        drawn[twice] = rng.integers(0, n, (twice.size, size))


def _moran_permuted(
    z: FloatArray, links: Neighbours, observed: float, permutations: int, seed: int
) -> int:
    """Replicates as far out as the observed I, in the direction that has fewer."""
    rng, n = generator(seed), z.size
    scale = n / float(links.weight.sum()) / float(z @ z)
    above = below = 0
    row = links.row
    for _ in range(permutations):
        mixed = rng.permutation(z)
        i = scale * float((links.weight * mixed[row]) @ mixed[links.other])
        above += i >= observed - 1e-12
        below += i <= observed + 1e-12
    return min(above, below)


def _cautions(
    x: FloatArray, links: Neighbours, common: dict[str, Any], mixed: bool
) -> Iterator[Words]:
    yield from _shared_cautions(x.size, links)
    if mixed:
        yield Words(
            "Vissa platser är grannar till sig själva, andra inte. Svaren är då inte jämförbara.",
            "Some places are their own neighbours, others not. The answers do not compare then.",
            "mixed_self",
        )
    raw = int((common["p_value"] <= 0.05).sum())
    kept = int(common["significant"].sum())
    if raw > kept:
        yield Words(
            f"{raw} platser har p under 0,05, men {kept} håller när hänsyn tas till att {x.size} "
            "platser prövas på en gång.",
            f"{raw} places have p below 0.05, but {kept} hold when one allows for {x.size} places "
            "tested at once.",
            "multiple_testing",
        )
    counts = bool((x >= 0).all() and (x == np.floor(x)).all())
    if counts and x.mean() < 1:
        yield Words(
            "De flesta platser har inga eller få händelser. Då är z osäkert. Läs p_permutation, eller "
            "gör rutorna större.",
            "Most places have no or few events. z is uncertain then. Read p_permutation, or make the "
            "cells larger.",
            "small_numbers",
        )


def _shared_cautions(n: int, links: Neighbours) -> Iterator[Words]:
    counts = np.diff(links.begins)
    if n < 30:
        yield Words(
            f"Bara {n} platser. Slumpen kan ge stora utslag.",
            f"Only {n} places. Chance alone can give large swings.",
            "few_places",
        )
    if (counts == 0).any():
        yield Words(
            f"{int((counts == 0).sum())} platser saknar grannar.",
            f"{int((counts == 0).sum())} places have no neighbours.",
            "islands",
        )
    fewer = int((counts < np.median(counts)).sum())
    if fewer:
        yield Words(
            f"{fewer} platser vid kanten har färre grannar. Det som händer utanför syns inte.",
            f"{fewer} places at the edge have fewer neighbours. What happens outside is not seen.",
            "edge",
        )
