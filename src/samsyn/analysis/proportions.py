"""Intervals and test of shares, for arrays of shares and (effective) numbers of answers."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from .results import FloatArray


def wilson(p: FloatArray, n: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
    """Wilson's score interval of a share."""
    z = normal(level)
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    low = np.where(p == 0, 0.0, np.maximum(0.0, centre - half))
    high = np.where(p == 1, 1.0, np.minimum(1.0, centre + half))
    return low, high


def newcombe(
    p: FloatArray, m: FloatArray, q: FloatArray, n: FloatArray, level: float
) -> tuple[FloatArray, FloatArray]:
    """Newcombe's hybrid score interval of q − p."""
    p_low, p_high = wilson(p, m, level)
    q_low, q_high = wilson(q, n, level)
    change = q - p
    low = change - np.sqrt((q - q_low) ** 2 + (p_high - p) ** 2)
    high = change + np.sqrt((q_high - q) ** 2 + (p - p_low) ** 2)
    return low, high


def score_test(p: FloatArray, m: FloatArray, q: FloatArray, n: FloatArray) -> FloatArray:
    from scipy.special import erfc

    pooled = (p * m + q * n) / (m + n)
    variance = pooled * (1 - pooled) * (1 / m + 1 / n)
    z = np.divide(q - p, np.sqrt(variance), out=np.zeros_like(variance), where=variance > 0)
    return np.asarray(erfc(np.abs(z) / math.sqrt(2)))


def normal(level: float) -> float:
    """Two-sided normal quantile of a confidence level."""
    return NormalDist().inv_cdf((1 + level) / 2)
