"""P-values adjusted for how many tests were made."""

from __future__ import annotations

import numpy as np

from .results import FloatArray


def adjust(p_value: FloatArray, number: int | None = None) -> FloatArray:
    """Adjusted p-values along the first axis; what lies along the others is adjusted by itself.

    Parameters
    ----------
    p_value : (tests, …); NaN stays NaN. number : tests in all, where more were made than are given.

    Source: Benjamini & Hochberg 1995 (J. R. Stat. Soc. B 57, 289–300).
    """
    known = (~np.isnan(p_value)).sum(axis=0)
    total = known if number is None else np.maximum(known, number)
    order = np.argsort(p_value, axis=0)  # NaN last.
    ranked = np.take_along_axis(p_value, order, axis=0)
    rank = np.arange(1, len(p_value) + 1).reshape(-1, *[1] * (p_value.ndim - 1))
    ranked = np.fmin.accumulate((ranked * total / rank)[::-1], axis=0)[::-1]
    result = np.empty_like(p_value)
    np.put_along_axis(result, order, np.minimum(ranked, 1.0), axis=0)
    return np.where(np.isnan(p_value), np.nan, result)
