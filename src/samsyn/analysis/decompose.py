"""A series taken apart into trend, season and rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import cautions
from .poisson_fit import fit_poisson
from .results import (
    AnalysisError,
    FloatArray,
    IntArray,
    Result,
    Words,
    column,
    hash_input,
    share,
)

HARMONICS = 3


@dataclass(frozen=True, kw_only=True, eq=False)
class Decomposition(Result):
    """One entry per period. expected = trend × season; rest = observed − expected.

    trend, trend_interval : level without season. season, season_interval : factor around 1.
    expected, expected_interval : the mean foreseen. outside : rest beyond what chance gives.
    segment : number of the stretch between breaks; nothing is compared across one.
    dispersion : variance over mean, at least 1.
    """

    observed: FloatArray
    trend: FloatArray
    trend_interval: FloatArray
    season: FloatArray
    season_interval: FloatArray
    expected: FloatArray
    expected_interval: FloatArray
    rest: FloatArray
    outside: Any
    segment: IntArray
    dispersion: float


def decompose(
    counts: Any,
    frequency: int,
    *,
    breaks: Sequence[int] = (),
    level: float = 0.95,
    preliminary: int = 0,
    effort_changed: bool = False,
) -> Decomposition:
    """Take a series of counts apart by a quasi-Poisson regression.

    Parameters
    ----------
    counts : (periods,); NaN where missing.
    frequency : periods a year: 12 for months, 52 for weeks, 4 for quarters.
    breaks : 0-based first periods after a break in the series (new system, new crime code). Each
        stretch has its own trend; the season is common. No line is drawn across a break.
    level : confidence level.
    preliminary, effort_changed : lead to cautions.

    Raises
    ------
    AnalysisError : fewer than two whole years, a stretch without events, too few periods in one.

    The logarithm of the mean is a broken line with a knot each year plus sine and cosine terms.
    Source: Stolwijk, Straatman & Zielhuis 1999 (harmonics); McCullagh & Nelder 1989.
    """
    y = column(counts, "counts", missing=True)
    known = ~np.isnan(y)
    if (y[known] < 0).any() or (y[known] != np.floor(y[known])).any():
        raise AnalysisError(
            "counts ska vara antal: hela tal, aldrig under noll.",
            "counts must be counts: whole numbers, never below zero.",
        )
    if frequency < 2 or len(y) < 2 * frequency:
        raise AnalysisError(
            f"Minst två hela år ({2 * frequency} perioder) behövs för att skilja säsong från trend.",
            f"At least two whole years ({2 * frequency} periods) are needed to tell season from trend.",
            "short_series",
        )
    segment = _segments(len(y), breaks)
    _check_segments(np.where(known, y, 0.0), known, segment)
    trend_part, season_part = _trend(segment, frequency), _season(len(y), frequency)
    design = np.hstack([trend_part, season_part])
    filled = np.where(known, y, 0.0)
    beta, covariance, mean = fit_poisson(
        filled[None], design, np.zeros((1, len(y))), known[None].astype(np.float64)
    )
    degrees = max(1, int(known.sum()) - design.shape[1])
    pearson = np.where(known, (filled - mean[0]) ** 2 / mean[0], 0.0).sum()
    dispersion = max(1.0, float(pearson / degrees))
    cut = trend_part.shape[1]
    wide = covariance[0] * dispersion
    level = share(level, "level")
    trend, trend_interval = _curve(trend_part, beta[0, :cut], wide[:cut, :cut], level)
    season, season_interval = _curve(season_part, beta[0, cut:], wide[cut:, cut:], level)
    expected, expected_interval = _curve(design, beta[0], wide, level)
    return Decomposition(
        observed=y,
        trend=trend,
        trend_interval=trend_interval,
        season=season,
        season_interval=season_interval,
        expected=expected,
        expected_interval=expected_interval,
        rest=y - expected,
        outside=known & (np.abs(y - expected) > 3 * np.sqrt(dispersion * expected)),
        segment=segment,
        dispersion=dispersion,
        parameters={"frequency": frequency, "breaks": list(breaks), "level": level},
        warnings=tuple(_notes(y, breaks, dispersion, preliminary, effort_changed)),
        input_hash=hash_input(y),
    )


def _segments(periods: int, breaks: Sequence[int]) -> IntArray:
    if any(not 0 < b < periods for b in breaks):
        raise AnalysisError(
            f"breaks ska ligga mellan 1 och {periods - 1}.",
            f"breaks must lie between 1 and {periods - 1}.",
        )
    marks = np.zeros(periods, dtype=np.int64)
    marks[sorted(set(breaks))] = 1
    return marks.cumsum()


def _check_segments(y: FloatArray, known: Any, segment: IntArray) -> None:
    for number in range(int(segment.max()) + 1):
        inside = segment == number
        if known[inside].sum() < 4 or y[inside].sum() == 0:
            raise AnalysisError(
                f"Sträcka {number + 1} mellan brotten i serien har för få perioder eller inga händelser.",
                f"Stretch {number + 1} between the breaks has too few periods or no events.",
                "short_segment",
            )


def _trend(segment: IntArray, frequency: int) -> FloatArray:
    """Broken line per stretch, as hat functions with a knot about each year."""
    columns = []
    for number in range(int(segment.max()) + 1):
        where = np.flatnonzero(segment == number)
        pieces = max(1, round(len(where) / frequency))
        knots = np.linspace(where[0], where[-1], pieces + 1)
        for k in range(pieces + 1):
            hat = np.zeros(len(segment))
            hat[where] = np.interp(where, knots, np.eye(pieces + 1)[k])
            columns.append(hat)
    return np.column_stack(columns)


def _season(periods: int, frequency: int) -> FloatArray:
    t = np.arange(periods)
    columns = []
    for k in range(1, min(HARMONICS, frequency // 2) + 1):
        angle = 2 * np.pi * k * t / frequency
        columns.append(np.cos(angle))
        if 2 * k != frequency:
            columns.append(np.sin(angle))
    return np.column_stack(columns)


def _curve(
    design: FloatArray, beta: FloatArray, covariance: FloatArray, level: float
) -> tuple[FloatArray, FloatArray]:
    from statistics import NormalDist

    z = NormalDist().inv_cdf((1 + level) / 2)
    log = design @ beta
    error = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", design, covariance, design), 0.0))
    ends = np.column_stack([log - z * error, log + z * error])
    return np.exp(log), np.exp(np.clip(ends, -50, 50))  # A stretch without events has no ends.


def _notes(
    y: FloatArray, breaks: Sequence[int], dispersion: float, preliminary: int, effort_changed: bool
) -> list[Words]:
    notes = []
    if np.nanmean(y) < 5:
        notes.append(cautions.few_events(float(np.nansum(y))))
    if breaks:
        notes.append(
            Words(
                "Serien har brott. Nivåer på olika sidor om ett brott ska inte jämföras.",
                "The series has breaks. Levels on different sides of one must not be compared.",
                "breaks",
            )
        )
    if dispersion > 1.2:
        notes.append(cautions.overdispersed(dispersion))
    if preliminary:
        notes.append(cautions.preliminary(preliminary))
    if effort_changed:
        notes.append(cautions.effort_changed())
    return notes
