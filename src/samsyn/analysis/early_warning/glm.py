"""Many quasi-Poisson regressions at once: level factor and, if wanted, a linear trend.

Each row of `y` is one regression; all rows share the factor and the time. With one indicator per
level the normal equations have the shape of an arrow, so each step is a few sums per level. Start,
step and stop are those of the usual iteratively reweighted least squares (start at y + 0.1, stop
when the deviance changes by less than 1e-8 of itself); weights, leverage and dispersion are those
of the last step, so figures agree with R's glm to all digits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..results import BoolArray, FloatArray

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
    levels: FloatArray,
    time: FloatArray,
    trend: bool,
) -> Fit:
    """Fit log E(y) = level + slope·time + offset for each row.

    Parameters
    ----------
    y : (rows, n) counts; weight : (rows, n) prior weights, 0 leaves an observation out.
    offset : (rows, n) or (1, n). levels : (n, levels) indicators. time : (n,).
    trend : whether the slope is estimated.
    """
    rows = len(y)
    used = weight > 0
    offset = np.broadcast_to(offset, y.shape)
    mean = y + 0.1
    eta = np.log(mean)
    entropy = np.where(y > 0, y * np.log(np.where(y > 0, y, 1)), 0.0) - y
    deviance = _deviance(y, mean, eta, weight, entropy)
    working = np.empty_like(y)
    level_sum = np.empty((rows, levels.shape[1]))
    level_time = np.zeros_like(level_sum)
    slope_variance, slope = np.zeros(rows), np.zeros(rows)
    last_level = np.empty(rows)
    converged = np.zeros(rows, dtype=bool)
    active = np.arange(rows)
    for _ in range(MAX_STEPS):
        ya, oa, ea, ma = y[active], offset[active], eta[active], mean[active]
        w = weight[active] * ma
        z = ea - oa + (ya - ma) / ma
        total = w @ levels
        safe = np.where(total > 0, total, 1.0)
        wz = w * z
        right = wz @ levels
        if trend:
            wt = w * time
            cross = wt @ levels
            ratio = cross / safe
            spread = wt @ time - (ratio * cross).sum(axis=1)
            variance = 1 / spread
            b = (wz @ time - (ratio * right).sum(axis=1)) * variance
            level = (right - cross * b[:, None]) / safe
            ea = level @ levels.T + b[:, None] * time + oa
            level_time[active], slope_variance[active], slope[active] = ratio, variance, b
        else:
            level = right / safe
            ea = level @ levels.T + oa
        ma = np.exp(ea)
        eta[active], mean[active], working[active] = ea, ma, w
        level_sum[active], last_level[active] = total, level[:, -1]
        new = _deviance(ya, ma, ea, weight[active], entropy[active])
        done = np.abs(new - deviance[active]) < TOLERANCE * (np.abs(new) + 0.1)
        deviance[active] = new
        converged[active[done]] = True
        active = active[~done]
        if not len(active):
            break
    empty = level_sum <= 0
    inverse = np.where(empty, 0.0, 1 / np.where(empty, 1.0, level_sum))
    gap = time - level_time @ levels.T
    leverage = working * (inverse @ levels.T + slope_variance[:, None] * gap**2)
    rank = (~empty).sum(axis=1) + int(trend)
    degrees = used.sum(axis=1) - rank
    squared = np.where(used, (y - mean) / mean, 0.0) ** 2
    left = np.where(degrees > 0, degrees, np.nan)
    return Fit(
        mean=mean,
        log_mean=np.where(empty[:, -1], np.nan, last_level),
        log_variance=inverse[:, -1] + slope_variance * level_time[:, -1] ** 2,
        slope=slope,
        slope_variance=slope_variance,
        dispersion=(working * squared).sum(axis=1) / left,
        relative_dispersion=(weight * squared).sum(axis=1) / left,
        leverage=leverage,
        degrees=degrees.astype(np.float64),
        converged=converged,
    )


def _deviance(
    y: FloatArray, mean: FloatArray, eta: FloatArray, weight: FloatArray, entropy: FloatArray
) -> FloatArray:
    return np.asarray(2 * (weight * (entropy - y * eta + mean)).sum(axis=1))


def pick(where: BoolArray, first: Fit, second: Fit) -> Fit:
    """Rows of `first` where true, else of `second`."""
    merged = {}
    for name in Fit.__dataclass_fields__:
        a, b = getattr(first, name), getattr(second, name)
        merged[name] = np.where(where[:, None] if a.ndim == 2 else where, a, b)
    return Fit(**merged)
