"""Farrington's algorithm, original and flexible, for many series and periods at once.

Source: Farrington et al. 1996 (J. R. Statist. Soc. A 159, 547–563); Noufaily et al. 2013
(Statistics in Medicine 32, 1206–1222); threshold "muan" after Salmon et al. 2016 (J. Stat. Softw.
70(10)). Definitions and figures as in the R package surveillance.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

import numpy as np

from ..results import AnalysisError, BoolArray, FloatArray, IntArray
from . import negbin
from .glm import Fit, fit, pick

Threshold = Literal["nb_plugin", "delta", "muan"]
Power = Literal["2/3", "1/2", "none"]
ROWS_AT_ONCE = 128  # Keeps the working arrays in the cache.


def is_original(periods: int, weights_threshold: float, threshold: str) -> bool:
    """Whether the settings are those of Farrington 1996: windows only, residuals above 1, normal bound."""
    return periods == 1 and weights_threshold == 1 and threshold == "delta"


@dataclass(frozen=True)
class Settings:
    """What the algorithm is told; see `early_warning` for each."""

    years_back: int
    half_window: int
    alpha: float
    reweight: bool
    weights_threshold: float
    trend: bool
    trend_threshold: float
    periods: int
    past_not_included: int
    power: Power
    threshold: Threshold
    limit: tuple[int, int]
    frequency: int

    @property
    def original(self) -> bool:
        """Whether standard errors and the trend rule are those of R's farrington (dispersion ≥ 1).

        R's farringtonFlexible takes the Pearson dispersion as it is, and after reweighting that of
        the relative errors instead.
        """
        return self.reweight and is_original(self.periods, self.weights_threshold, self.threshold)

    @property
    def first(self) -> int:
        """The first period (0-based) whose whole reference exists."""
        return self.years_back * self.frequency + self.half_window


@dataclass(frozen=True)
class Figures:
    """One value per row (a series at a period)."""

    expected: FloatArray
    upper: FloatArray
    p_value: FloatArray
    score: FloatArray
    exceedance: FloatArray
    dispersion: FloatArray
    trend: BoolArray


def run(counts: FloatArray, effort: FloatArray | None, at: IntArray, settings: Settings) -> Figures:
    """Figures for every series (rows of `counts`) and period in `at`, series after series."""
    relative, level = reference(settings)
    series = np.repeat(np.arange(len(counts)), len(at))
    period = np.tile(at, len(counts))
    parts = [
        _rows(counts, effort, series[low:high], period[low:high], relative, level, settings)
        for low in range(0, len(series), ROWS_AT_ONCE)
        for high in [low + ROWS_AT_ONCE]
    ]
    return Figures(
        **{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Figures)}
    )


def reference(settings: Settings) -> tuple[IntArray, IntArray]:
    """Baseline periods relative to the one judged, in order of factor level, and the levels.

    The windows around the same period of earlier years are the last level. The rest of each year is
    split into `periods` − 1 blocks, the first ones a period longer where it does not divide evenly.
    The latest `past_not_included` periods are left out, so that a rise does not hide itself.
    """
    f, w, blocks = settings.frequency, settings.half_window, settings.periods - 1
    between = f - 2 * w - 1
    if between < max(blocks, 0):
        raise AnalysisError(
            "periods är för stort: året räcker inte till så många delar.",
            "periods is too large: the year does not divide into so many parts.",
        )
    span = settings.years_back * f + w
    level = np.full(span + 1, -1)  # Index i stands for the period i − span relative to now.
    for year in range(1, settings.years_back + 1):
        centre = span - year * f
        level[centre - w : centre + w + 1] = blocks
        if blocks:
            length, longer = divmod(between, blocks)
            sizes = np.full(blocks, length) + (np.arange(blocks) < longer)
            level[centre + w + 1 : centre + w + 1 + between] = np.repeat(np.arange(blocks), sizes)
    level[span - w :] = blocks
    level[span - settings.past_not_included :] = -1
    kept = np.flatnonzero(level >= 0)
    if not (level[kept] == blocks).any():
        raise AnalysisError(
            "past_not_included lämnar inget att jämföra med.",
            "past_not_included leaves nothing to compare with.",
        )
    kept = kept[np.argsort(level[kept], kind="stable")]
    numbered = np.unique(level[kept], return_inverse=True)[1]
    return kept - span, numbered.astype(np.int64)


def _rows(
    counts: FloatArray,
    effort: FloatArray | None,
    series: IntArray,
    period: IntArray,
    relative: IntArray,
    level: IntArray,
    settings: Settings,
) -> Figures:
    index = period[:, None] + relative
    y = counts[series[:, None], index]
    present = ~np.isnan(y)
    y = np.where(present, y, 0.0)
    if effort is None:
        offset, now = np.zeros((1, len(relative))), np.zeros(len(series))
    else:
        offset, now = np.log(effort[series[:, None], index]), np.log(effort[series, period])
    time = relative / float(-relative.min())
    observed = counts[series, period]
    model, trended = _model(y, present, offset, level, time, now, settings)
    dispersion = np.maximum(model.dispersion, 1.0)
    log_mean = model.log_mean + now
    spread = dispersion if settings.original else _flexible_spread(model, settings)
    log_error = np.sqrt(spread * model.log_variance)
    with np.errstate(over="ignore"):
        expected = np.exp(log_mean)
    upper, p_value, score = threshold(log_mean, log_error, dispersion, observed, settings)
    with np.errstate(divide="ignore", invalid="ignore"):
        exceedance = (observed - expected) / (upper - expected)
    return Figures(expected, upper, p_value, score, exceedance, dispersion, trended)


def _model(
    y: FloatArray,
    present: BoolArray,
    offset: FloatArray,
    level: IntArray,
    time: FloatArray,
    now: FloatArray,
    settings: Settings,
) -> tuple[Fit, BoolArray]:
    """The model of each row; the trend is dropped where it is not to be trusted.

    A trend stays where the baseline is at least three years, it is significant at
    `trend_threshold`, and the forecast does not exceed every count in the baseline.
    """
    without = np.zeros(len(y), dtype=bool)
    if not (settings.trend and settings.years_back >= 3):
        return _reweighted(y, present, offset, level, time, False, settings), without
    model = _reweighted(y, present, offset, level, time, True, settings)
    highest = np.where(present, y, -np.inf).max(axis=1)
    with np.errstate(invalid="ignore", over="ignore"):
        keep = model.converged & (np.exp(model.log_mean + now) <= highest)
        keep &= _trend_p(model, settings) < settings.trend_threshold
    if keep.all():
        return model, keep
    rest = _reweighted(y, present, offset, level, time, False, settings)
    return pick(keep, model, rest), keep


def _flexible_spread(model: Fit, settings: Settings) -> FloatArray:
    return model.relative_dispersion if settings.reweight else model.dispersion


def _trend_p(model: Fit, settings: Settings) -> FloatArray:
    from scipy.special import stdtr

    spread = model.dispersion if settings.original else _flexible_spread(model, settings)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.abs(model.slope) / np.sqrt(spread * model.slope_variance)
        return np.asarray(2 * stdtr(model.degrees, -t))


def _reweighted(
    y: FloatArray,
    present: BoolArray,
    offset: FloatArray,
    level: IntArray,
    time: FloatArray,
    trend: bool,
    settings: Settings,
) -> Fit:
    first = fit(y, present.astype(np.float64), offset, level, time, trend)
    if not settings.reweight:
        return first
    residual = anscombe_residuals(y, first)
    weight = residual_weights(residual, present, settings.weights_threshold)
    return fit(y, weight, offset, level, time, trend)


def anscombe_residuals(y: FloatArray, model: Fit) -> FloatArray:
    """Standardised Anscombe residuals of a quasi-Poisson fit."""
    mean = np.maximum(model.mean, np.finfo(np.float64).tiny)
    raw = 1.5 * (np.cbrt(y) ** 2 * mean ** (-1 / 6) - np.sqrt(mean))
    dispersion = np.maximum(model.dispersion, 1.0)[:, None]
    return np.asarray(raw / np.sqrt(dispersion * np.maximum(1 - model.leverage, 1e-12)))


def residual_weights(residual: FloatArray, present: BoolArray, above: float) -> FloatArray:
    """Weights that fall as residual⁻² above the threshold and sum to the number of observations."""
    large = residual > above
    raw = np.where(large, np.where(large, residual, 1.0) ** -2, 1.0) * present
    whole = np.maximum(raw.sum(axis=1), np.finfo(np.float64).tiny)
    return np.asarray(raw * (present.sum(axis=1) / whole)[:, None])


def threshold(
    log_mean: FloatArray,
    log_error: FloatArray,
    dispersion: FloatArray,
    observed: FloatArray,
    settings: Settings,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Upper bound, probability of at least what was observed, and score.

    The score is as surveillance gives it: for "delta" the exceedance (y − μ)/(U − μ), for the two
    others the same with log μ in place of μ.
    """
    from scipy.special import ndtri

    normal = float(ndtri(1 - settings.alpha))
    if settings.threshold == "delta":
        with np.errstate(over="ignore"):
            mean = np.exp(log_mean)
        error = mean * log_error
        upper, tail = _delta(mean, error, dispersion, observed, normal, settings.power)
        centre = mean
    else:
        shift = normal * log_error if settings.threshold == "muan" else 0.0
        with np.errstate(over="ignore"):  # No bound at all, where nearly nothing is known.
            mean = np.exp(log_mean + shift)
        upper = negbin.quantile(1 - settings.alpha, mean, dispersion)
        tail = negbin.upper_tail(observed, mean, dispersion)
        centre = log_mean
    with np.errstate(divide="ignore", invalid="ignore"):
        return upper, tail, (observed - centre) / (upper - centre)


def _delta(
    mean: FloatArray,
    error: FloatArray,
    dispersion: FloatArray,
    observed: FloatArray,
    normal: float,
    power: Power,
) -> tuple[FloatArray, FloatArray]:
    from scipy.special import ndtr

    tau = dispersion + error**2 / np.maximum(mean, np.finfo(np.float64).tiny)
    exponent, spread = {
        "none": (1.0, np.sqrt(mean * tau)),
        "1/2": (0.5, np.sqrt(tau / 4)),
        "2/3": (2 / 3, np.sqrt(4 / 9 * np.cbrt(mean) * tau)),
    }[power]
    centre = mean**exponent
    upper = (centre + normal * spread) ** (1 / exponent)
    return upper, np.asarray(ndtr((centre - observed**exponent) / spread))
