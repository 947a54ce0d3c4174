"""Poisson regressions of many series on one design, and how their residuals go together."""

from __future__ import annotations

import math

import numpy as np

from .results import AnalysisError, FloatArray

MAX_STEPS, TOLERANCE = 30, 1e-12
ROWS = 64  # At once: small enough that the matrix products stay on one thread and in the cache.


def fit_poisson(
    y: FloatArray, design: FloatArray, logs: FloatArray, weight: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Poisson regressions of every row of `y` on one design, all at once (Newton's method).

    Returns coefficients (rows, terms), covariance (rows, terms, terms) and means (rows, n).
    """
    logs = np.broadcast_to(logs, y.shape)
    parts = [
        _fit_rows(y[i : i + ROWS], design, logs[i : i + ROWS], weight[i : i + ROWS])
        for i in range(0, len(y), ROWS)
    ]
    beta, covariance, mean = (np.concatenate(part) for part in zip(*parts, strict=True))
    return beta, covariance, mean


def _fit_rows(
    y: FloatArray, design: FloatArray, logs: FloatArray, weight: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    terms = design.shape[1]
    scale = np.sqrt((design**2).mean(axis=0))
    x = design / scale
    one, other = np.triu_indices(terms)
    place = np.empty((terms, terms), dtype=np.int64)
    place[one, other] = place[other, one] = np.arange(len(one))
    products = x[:, one] * x[:, other]
    mean = y + 0.5
    eta = np.log(mean)
    working = (eta - logs) * mean + (y - mean)
    beta = np.zeros((len(y), terms))
    gram = np.zeros((len(y), terms, terms))
    for step in range(MAX_STEPS):
        gram = ((weight * mean) @ products)[:, place]
        right = (weight * (working if step == 0 else y - mean)) @ x
        try:
            move = np.linalg.solve(gram, right[:, :, None])[:, :, 0]
        except np.linalg.LinAlgError as error:
            raise AnalysisError(
                "Serien räcker inte för modellen. Prova season=False eller slope=False.",
                "The series does not carry the model. Try season=False or slope=False.",
                "singular",
            ) from error
        beta = move if step == 0 else beta + np.clip(move, -5, 5)
        mean = np.exp(np.clip(beta @ x.T + logs, -50, 50))
        if step and np.abs(move).max() < math.sqrt(TOLERANCE):
            break
    covariance = np.linalg.inv(gram) / (scale[:, None] * scale)
    return beta / scale, covariance, mean


def serial_correlation(
    residual: FloatArray, design: FloatArray, mean: FloatArray
) -> tuple[FloatArray, ...]:
    """Lag-one autocorrelation of residuals and its two-sided p-value.

    Residuals of a regression go together a little of themselves; so the correlation is judged
    against the mean and variance that the design gives it (Durbin & Watson 1950).
    """
    from scipy.special import ndtr

    weight = np.sqrt(mean / mean.mean(axis=1, keepdims=True)).mean(axis=0)
    basis = np.linalg.qr(design * weight[:, None])[0]
    n, left = len(design), len(design) - design.shape[1]
    project = np.eye(n) - basis @ basis.T
    shifted = np.zeros((n, n))  # Projection times the lag operator.
    shifted[:, :-1] += project[:, 1:] / 2
    shifted[:, 1:] += project[:, :-1] / 2
    expected = np.trace(shifted) / left
    variance = 2 * (np.sum(shifted * shifted.T) - left * expected**2) / (left * (left + 2))
    total = np.maximum((residual**2).sum(axis=1), 1e-300)
    rho = (residual[:, 1:] * residual[:, :-1]).sum(axis=1) / total
    z = (rho - expected) / math.sqrt(variance)
    return rho - expected, np.asarray(2 * ndtr(-np.abs(z)))
