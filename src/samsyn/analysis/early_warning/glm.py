"""Many quasi-Poisson regressions at once: level factor and, if wanted, a linear trend.

Each row of `y` is one regression; all rows share the factor and the time. Columns stand in order of
level. With one indicator per level the normal equations have the shape of an arrow, so each step is a few sums per level. Start,
step and stop are those of the usual iteratively reweighted least squares (start at y + 0.1, stop
when the deviance changes by less than 1e-8 of itself); weights, leverage and dispersion are those
of the last step, so figures agree with R's glm to all digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..results import BoolArray, FloatArray, IntArray

TOLERANCE = 1e-8
MAX_STEPS = 25


@dataclass(frozen=True)
class Fit:
    """One row per regression.

    mean : fitted means; log_mean, log_variance : of the prediction at time 0 in the last level,
    on the log scale, the variance for dispersion 1; slope, slope_variance : of the trend;
    dispersion : Pearson, not bounded below; relative_dispersion : of the relative errors
    (y − mean)/mean with the prior weights alone; leverage : of each observation; degrees : of freedom left.
    """

    mean: FloatArray
    log_mean: FloatArray
    log_variance: FloatArray
    slope: FloatArray
    slope_variance: FloatArray
    dispersion: FloatArray
    relative_dispersion: FloatArray
    leverage: FloatArray
    degrees: FloatArray
    converged: BoolArray


def fit(
    y: FloatArray,
    weight: FloatArray,
    offset: FloatArray,
    level: IntArray,
    time: FloatArray,
    trend: bool,
) -> Fit:
    """Fit log E(y) = level + slope·time + offset for each row.

    Parameters
    ----------
    y : (rows, n) counts; weight : (rows, n) prior weights, 0 leaves an observation out.
    offset : (rows, n) or (1, n). level : (n,) level of each column, rising from 0 without a gap.
    time : (n,). trend : whether the slope is estimated.
    """
    rows, starts = len(y), np.flatnonzero(np.diff(level, prepend=-1))
    squares = time * time
    offset = np.broadcast_to(offset, y.shape)
    mean = y + 0.1
    eta = np.log(mean)
    saturated = np.einsum("ij,ij->i", weight, y * np.log(np.where(y > 0, y, 1)) - y)
    weighted = weight * y
    deviance = _deviance(saturated, weighted, weight, eta, mean)
    working = np.empty_like(y)
    level_sum = np.empty((rows, len(starts)))
    level_time = np.zeros_like(level_sum)
    slope_variance, slope = np.zeros(rows), np.zeros(rows)
    last_level = np.empty(rows)
    converged = np.zeros(rows, dtype=bool)
    active: Any = slice(None)  # All rows, until some have converged.
    for _ in range(MAX_STEPS):
        wa, va, oa, ea, ma = (
            weight[active],
            weighted[active],
            offset[active],
            eta[active],
            mean[active],
        )
        w = wa * ma
        wz = w * (ea - oa - 1) + va
        total = np.add.reduceat(w, starts, axis=1)
        right = np.add.reduceat(wz, starts, axis=1)
        safe = np.where(total > 0, total, 1.0)
        if trend:
            cross = np.add.reduceat(w * time, starts, axis=1)
            ratio = cross / safe
            spread = np.einsum("ij,j->i", w, squares) - np.einsum("ij,ij->i", ratio, cross)
            # A row without observations has no slope.
            variance = np.divide(1, spread, out=np.full(len(wa), np.nan), where=spread != 0)
            b = (np.einsum("ij,j->i", wz, time) - np.einsum("ij,ij->i", ratio, right)) * variance
            height = (right - cross * b[:, None]) / safe
            ea = height[:, level] + oa
            ea += b[:, None] * time
            level_time[active], slope_variance[active], slope[active] = ratio, variance, b
        else:
            height = right / safe
            ea = height[:, level] + oa
        ma = np.exp(ea)
        eta[active], mean[active], working[active] = ea, ma, w
        level_sum[active], last_level[active] = total, height[:, -1]
        new = _deviance(saturated[active], va, wa, ea, ma)
        done = np.abs(new - deviance[active]) < TOLERANCE * (np.abs(new) + 0.1)
        deviance[active] = new
        if done.any():
            left = np.arange(rows)[active]
            converged[left[done]] = True
            active = left[~done]
            if not len(active):
                break
    return _finish(
        y, weight, level, time, mean, working, level_sum, level_time, slope_variance, slope,
        last_level, converged, int(trend),
    )  # fmt: skip


def _finish(
    y: FloatArray,
    weight: FloatArray,
    level: IntArray,
    time: FloatArray,
    mean: FloatArray,
    working: FloatArray,
    level_sum: FloatArray,
    level_time: FloatArray,
    slope_variance: FloatArray,
    slope: FloatArray,
    last_level: FloatArray,
    converged: BoolArray,
    slopes: int,
) -> Fit:
    empty = level_sum <= 0
    inverse = np.where(empty, 0.0, 1 / np.where(empty, 1.0, level_sum))
    gap = time - level_time[:, level]
    leverage = working * (inverse[:, level] + slope_variance[:, None] * gap**2)
    degrees = (weight > 0).sum(axis=1) - (~empty).sum(axis=1) - slopes
    squared = ((y - mean) / np.maximum(mean, np.finfo(np.float64).tiny)) ** 2
    left = np.where(degrees > 0, degrees, np.nan)
    return Fit(
        mean=mean,
        log_mean=np.where(empty[:, -1], np.nan, last_level),
        log_variance=inverse[:, -1] + slope_variance * level_time[:, -1] ** 2,
        slope=slope,
        slope_variance=slope_variance,
        dispersion=np.einsum("ij,ij->i", working, squared) / left,
        relative_dispersion=np.einsum("ij,ij->i", weight, squared) / left,
        leverage=leverage,
        degrees=degrees.astype(np.float64),
        converged=converged,
    )


def _deviance(
    saturated: FloatArray,
    weighted: FloatArray,
    weight: FloatArray,
    eta: FloatArray,
    mean: FloatArray,
) -> FloatArray:
    fitted = np.einsum("ij,ij->i", weighted, eta) - np.einsum("ij,ij->i", weight, mean)
    return np.asarray(2 * (saturated - fitted))


def pick(where: BoolArray, first: Fit, second: Fit) -> Fit:
    """Rows of `first` where true, else of `second`."""
    merged = {}
    for name in Fit.__dataclass_fields__:
        a, b = getattr(first, name), getattr(second, name)
        merged[name] = np.where(where[:, None] if a.ndim == 2 else where, a, b)
    return Fit(**merged)
