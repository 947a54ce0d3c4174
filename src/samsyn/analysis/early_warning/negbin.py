"""Negative binomial and Poisson tails and quantiles, for arrays, without scipy.stats.

The negative binomial is given by its mean and its dispersion φ (variance / mean); φ ≤ 1 is Poisson.
"""

from __future__ import annotations

import numpy as np

from ..results import FloatArray

FUZZ = 64 * float(np.finfo(np.float64).eps)  # As quantile functions of counts usually allow.
LARGEST = 1e12  # Above it neighbouring counts blur in the tails, and a search for one need not end.


def cdf(count: FloatArray, mean: FloatArray, dispersion: FloatArray) -> FloatArray:
    """P(Y ≤ count)."""
    from scipy.special import betainc, pdtr

    known = np.maximum(count, 0)
    wide = dispersion > 1
    spread = np.where(wide, dispersion, 2.0)
    with np.errstate(all="ignore"):
        negative = betainc(np.maximum(mean, 1e-300) / (spread - 1), known + 1, 1 / spread)
        result = np.where(wide, negative, pdtr(known, mean))
    return np.asarray(np.where(count < 0, 0.0, result))


def upper_tail(count: FloatArray, mean: FloatArray, dispersion: FloatArray) -> FloatArray:
    """P(Y ≥ count), exact also far out in the tail."""
    from scipy.special import betaincc, pdtrc

    known = np.maximum(count, 1)
    wide = dispersion > 1
    spread = np.where(wide, dispersion, 2.0)
    with np.errstate(all="ignore"):
        negative = betaincc(np.maximum(mean, 1e-300) / (spread - 1), known, 1 / spread)
        result = np.where(wide, negative, pdtrc(known - 1, mean))
    return np.asarray(np.where(count < 1, 1.0, result))


def quantile(level: float, mean: FloatArray, dispersion: FloatArray) -> FloatArray:
    """Smallest count whose cdf reaches `level`; NaN for a mean of NaN, infinite for one beyond reason."""
    beyond = mean * np.maximum(dispersion, 1) > LARGEST
    unknown = np.isnan(mean) | np.isnan(dispersion)
    mean = np.where(beyond | unknown, 0.0, mean)
    dispersion = np.where(beyond | unknown, 1.0, dispersion)
    target = level * (1 - FUZZ)
    low = np.full(mean.shape, -1.0)
    high = np.ceil(mean + 6 * np.sqrt(np.maximum(dispersion, 1) * mean) + 10)
    while (short := cdf(high, mean, dispersion) < target).any():
        high = np.where(short, 2 * high, high)
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        reached = (cdf(middle, mean, dispersion) >= target) & (middle >= 0)
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
    return np.where(unknown, np.nan, np.where(beyond, np.inf, high))
