"""The short-memory charts: EARS C1–C3, a standardised CUSUM, and the own normal."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from ..results import AnalysisError, BoolArray, FloatArray, IntArray
from . import negbin

Transform = Literal["sample", "standard", "rossi"]


class Chart(NamedTuple):
    """Figures per period; NaN (or False) where the chart has no baseline yet."""

    expected: FloatArray
    upper: FloatArray
    alarm: BoolArray
    score: FloatArray
    p_value: FloatArray
    lower: FloatArray | None = None
    dispersion: FloatArray | None = None

    def at(self, periods: IntArray) -> Chart:
        """The figures of these periods only."""
        chosen = (None if part is None else part[:, periods] for part in self)
        return Chart._make(chosen)


def ears(y: FloatArray, method: str, baseline: int, alpha: float, min_sigma: float) -> Chart:
    """C1 (no lag), C2 (lag of two) and C3 (C2 summed over three periods).

    Source: Fricker, Hegler & Dunfee 2008; bounds as documented in R surveillance (earsC).
    """
    from scipy.special import ndtr, ndtri

    lag = 0 if method == "ears_c1" else 2
    mean, sd = np.full(y.shape, np.nan), np.full(y.shape, np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(y, baseline, axis=-1)
    usable = y.shape[-1] - baseline - lag
    mean[..., baseline + lag :] = windows[..., :usable, :].mean(axis=-1)
    sd[..., baseline + lag :] = windows[..., :usable, :].std(axis=-1, ddof=1)
    sd = np.maximum(sd, min_sigma)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.where((sd == 0) & (y == mean), 0.0, (y - mean) / sd)
    z = float(ndtri(1 - alpha))
    upper = mean + z * sd
    if method == "ears_c3":
        over = np.maximum(0.0, score - 1)
        before = np.full(y.shape, np.nan)
        before[..., 2:] = over[..., 1:-1] + over[..., :-2]
        with np.errstate(invalid="ignore"):
            upper = mean + np.where(sd == 0, 0.0, sd * (z - before))
        upper = np.where(np.isnan(before), np.nan, np.maximum(upper, 0.0))
        score = over + before
    return Chart(mean, upper, y > upper, score, np.asarray(ndtr(-score)))


def cusum(
    y: FloatArray,
    mean: FloatArray,
    sd: FloatArray,
    first: int,
    k: float,
    h: float,
    transform: Transform,
    reset: bool,
) -> Chart:
    """One-sided CUSUM S = max(0, S + z − k) from the period `first`; the alarm is S ≥ h.

    The upper bound is the count that would have taken S to h. Source: Page 1954; Rossi et al. 1999
    (transform "rossi"); "standard" divides by √mean, "sample" by the standard deviation.
    """
    m = mean[..., None]
    scale = sd[..., None] if transform == "sample" else np.sqrt(m)
    if (scale <= 0).any():
        raise AnalysisError(
            "Utgångsperioden varierar inte. Då kan ingen gräns räknas ut.",
            "The baseline does not vary, so no bound can be computed.",
            "no_variation",
        )
    z = (y - 3 * m + 2 * np.sqrt(m * y)) / (2 * scale) if transform == "rossi" else (y - m) / scale
    sums, upper = np.full(y.shape, np.nan), np.full(y.shape, np.nan)
    alarm = np.zeros(y.shape, dtype=bool)
    level = np.zeros(y.shape[:-1])
    for t in range(first, y.shape[-1]):
        need = (h + k - level)[..., None]
        if transform == "rossi":
            root = np.sqrt(np.maximum(4 * m + 2 * scale * need, 0.0)) - scale
            upper[..., t] = (np.maximum(root, 0.0) ** 2)[..., 0]
        else:
            upper[..., t] = (m + need * scale)[..., 0]
        step = np.where(np.isnan(y[..., t]), 0.0, z[..., t] - k)
        level = np.maximum(0.0, level + step)
        sums[..., t] = level
        alarm[..., t] = level >= h
        if reset:
            level = np.where(alarm[..., t], 0.0, level)
    expected = np.broadcast_to(m, y.shape)
    return Chart(expected, np.maximum(upper, 0.0), alarm, sums, np.full(y.shape, np.nan))


def own_normal(
    y: FloatArray, effort: FloatArray, baseline: int, level: float, at: IntArray
) -> Chart:
    """80 % (or other) predictive range from the latest periods that did not alarm, for `at`.

    The rate has mean (Σy + ½)/Σeffort; the next count is negative binomial around it, with variance
    φ·mean·(1 + effort/Σeffort), where φ ≥ 1 is the variance of the baseline over its mean. With
    φ = 1 that is exactly the Bayesian prediction of a Poisson count under Jeffreys' prior.
    """
    alarm = np.zeros(y.shape, dtype=bool)
    mean, spread = np.full(y.shape, np.nan), np.full(y.shape, np.nan)
    dispersion = np.full(y.shape, np.nan)
    kept = np.zeros((len(y), baseline, 2))  # The latest counts and efforts that did not alarm.
    number = np.zeros(len(y), dtype=np.int64)
    target = (1 + level) / 2
    for t in range(y.shape[1]):
        ready = number >= baseline
        now, here = y[:, t], effort[:, t]
        if ready.any():
            m, v, phi = _predict(kept[..., 0], kept[..., 1], here)
            mean[ready, t], spread[ready, t], dispersion[ready, t] = m[ready], v[ready], phi[ready]
            # Above the upper quantile, without searching for it.
            reached = negbin.cdf(np.nan_to_num(now) - 1, m, v) >= target * (1 - negbin.FUZZ)
            alarm[:, t] = ready & reached & ~np.isnan(now)
        rows = np.flatnonzero(~alarm[:, t] & ~np.isnan(now))
        kept[rows, number[rows] % baseline] = np.stack([now[rows], here[rows]], axis=-1)
        number[rows] += 1
    return _range(y[:, at], mean[:, at], spread[:, at], dispersion[:, at], alarm[:, at], target)


def _range(
    y: FloatArray,
    mean: FloatArray,
    spread: FloatArray,
    dispersion: FloatArray,
    alarm: BoolArray,
    target: float,
) -> Chart:
    upper = negbin.quantile(target, mean, spread)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = (y - mean) / (upper - mean)
    return Chart(
        expected=mean,
        upper=upper,
        alarm=alarm,
        score=score,
        p_value=np.where(np.isnan(y + mean), np.nan, negbin.upper_tail(y, mean, spread)),
        lower=negbin.quantile(1 - target, mean, spread),
        dispersion=dispersion,
    )


def _predict(
    past: FloatArray, past_effort: FloatArray, effort: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Mean of the next count, its variance over mean, and the dispersion of the baseline."""
    total, exposure = past.sum(axis=1), past_effort.sum(axis=1)
    exposure = np.where(exposure > 0, exposure, 1.0)
    fitted = past_effort * np.maximum(total / exposure, 1e-12)[:, None]
    pearson = ((past - fitted) ** 2 / np.where(fitted > 0, fitted, 1.0)).sum(axis=1)
    dispersion = np.maximum(1.0, pearson / (past.shape[1] - 1))
    mean = (total + 0.5) / exposure * effort
    return mean, dispersion * (1 + effort / exposure), dispersion
