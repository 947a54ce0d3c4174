"""Reading what `early_warning` is given, refusing what cannot be judged."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..results import AnalysisError, FloatArray, IntArray, numbers


def read_series(counts: Any) -> tuple[FloatArray, tuple[int, ...]]:
    array = counts.to_numpy().T if hasattr(counts, "columns") else counts
    y = numbers(array, "counts", missing=True)
    if y.ndim not in (1, 2) or y.size == 0:
        raise AnalysisError(
            "counts ska vara en serie, eller en tabell med en serie per rad.",
            "counts must be one series, or a table with one series per row.",
        )
    known = y[~np.isnan(y)]
    if (known < 0).any() or (known != np.floor(known)).any():
        raise AnalysisError(
            "counts ska vara antal: hela tal, aldrig under noll.",
            "counts must be counts: whole numbers, never below zero.",
        )
    return y, y.shape


def read_effort(effort: Any, shape: tuple[int, ...]) -> FloatArray | None:
    if effort is None:
        return None
    values = numbers(effort, "effort")
    if values.shape not in (shape, shape[-1:]):
        raise AnalysisError(
            "effort ska ha ett värde per period.", "effort must have one value per period."
        )
    if (values <= 0).any():
        raise AnalysisError(
            "effort ska vara större än noll i varje period. Sätt antalet till NaN där ingen rapporterade.",
            "effort must be above zero in each period. Set the count to NaN where nobody reported.",
        )
    return values


def whole(value: Any, name: str, least: int) -> int:
    if isinstance(value, bool) or value != int(value) or value < least:
        raise AnalysisError(
            f"{name} ska vara ett helt tal, minst {least}.",
            f"{name} must be a whole number, at least {least}.",
        )
    return int(value)


def read_limit(limit: Any) -> tuple[int, int]:
    try:
        cases, length = limit
    except (TypeError, ValueError):
        raise AnalysisError(
            "limit ska vara två tal: händelser och perioder, till exempel (5, 4).",
            "limit must be two numbers: events and periods, such as (5, 4).",
        ) from None
    return whole(cases, "limit[0]", 0), whole(length, "limit[1]", 1)


def one_of(value: Any, allowed: tuple[str, ...], name: str) -> Any:
    if value not in allowed:
        raise AnalysisError(
            f"{name} ska vara {', '.join(allowed)}.", f"{name} must be one of {', '.join(allowed)}."
        )
    return value


def choose(at: Any, first: int, periods: int) -> IntArray:
    """The periods to judge, refused where their history is too short."""
    if at is None:
        if first >= periods:
            raise _too_short(first, periods)
        return np.arange(first, periods)
    chosen = np.atleast_1d(np.asarray(list(at) if isinstance(at, range) else at))
    if chosen.size == 0 or chosen.dtype.kind not in "iu" or chosen.ndim != 1:
        raise AnalysisError(
            "at ska vara periodernas nummer, från 0.", "at must be numbers of periods, from 0."
        )
    if chosen.min() < first:
        raise _too_short(first, int(chosen.min()))
    if chosen.max() >= periods:
        raise AnalysisError(
            f"at pekar bortom den sista perioden ({periods - 1}).",
            f"at points past the last period ({periods - 1}).",
        )
    return chosen.astype(np.int64)


def _too_short(need: int, have: int) -> AnalysisError:
    return AnalysisError(
        f"Historiken är för kort: metoden behöver {need} perioder före, och det finns {have}. "
        "Välj färre år eller method='own_normal'.",
        f"The history is too short: the method needs {need} periods before, and there are {have}. "
        "Choose fewer years or method='own_normal'.",
        "short_history",
    )
