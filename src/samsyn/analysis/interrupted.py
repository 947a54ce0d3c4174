"""Did the level or the slope of a series change when the measure began?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from . import cautions
from .poisson_fit import fit_poisson, serial_correlation
from .results import (
    AnalysisError,
    BoolArray,
    FloatArray,
    Result,
    Words,
    hash_input,
    numbers,
    share,
)

LEAST_BEFORE, LEAST_AFTER = 8, 4  # Fewer periods are refused.
GOOD_BEFORE, GOOD_AFTER = 24, 12  # Fewer are warned about.
NORMAL_FROM = 30  # Degrees of freedom from which the normal quantile serves.


@dataclass(frozen=True, kw_only=True, eq=False)
class InterruptedSeries(Result):
    """Numbers for one series, arrays for a table of series.

    level_change : rate ratio at the start of the measure; with a control, over the control's ratio.
    slope_change : rate ratio per period of the change in trend; NaN where no slope was fitted.
    …_interval, …_p_value, …_se (log scale) : widened by √dispersion.
    poisson_interval : of the level, not widened. serial_interval : widened also for what remains of
        correlation between neighbouring periods.
    dispersion : Pearson, not below 1. autocorrelation : of neighbouring residuals, beyond what the
    model itself causes; autocorrelation_p_value : two-sided.
    expected : fitted counts. without : what the model foretells had the measure not begun.
    """

    level_change: Any
    level_interval: Any
    level_p_value: Any
    level_se: Any
    slope_change: Any
    slope_interval: Any
    slope_p_value: Any
    slope_se: Any
    poisson_interval: Any
    serial_interval: Any
    dispersion: Any
    autocorrelation: Any
    autocorrelation_p_value: Any
    expected: FloatArray
    without: FloatArray
    degrees: int
    controlled: bool


def interrupted_series(
    counts: Any,
    at: int,
    *,
    control: Any = None,
    offset: Any = None,
    season: bool = True,
    slope: bool = True,
    control_offset: Any = None,
    frequency: int = 12,
    harmonics: int = 2,
    skip: int = 0,
    level: float = 0.95,
    selected_high: bool = False,
    effort_changed: bool = False,
    preliminary: int = 0,
) -> InterruptedSeries:
    """Segmented quasi-Poisson regression, alone or against a control series.

    Parameters
    ----------
    counts : (periods,), or (series, periods) fitted one by one; a table of pandas or polars has one
        column per series. NaN is a missing period.
    at : 0-based first period with the measure.
    control : series without the measure, same shape (or one for all). Both get a model of their own
        and the changes are compared: a difference in differences of the logarithms.
    offset, control_offset : logarithm of the exposure (inhabitants, open hours) per period.
    season : whether `harmonics` pairs of sine and cosine over `frequency` periods are fitted; left
        out, with a caution, where there are fewer than two full years.
    slope : whether the trend may change as well as the level.
    skip : periods from `at` left out while the measure is put in place.
    level : confidence level.
    selected_high, effort_changed, preliminary : lead to cautions.

    Raises
    ------
    AnalysisError : fewer than 8 periods before or 4 after, no events on one side, no counts.

    Source: Lopez Bernal, Cummins & Gasparrini 2017 (Int. J. Epidemiol. 46, 348–355) and 2018 on
    controls; Durbin & Watson 1950.
    """
    y = _series(counts, "counts")
    table = np.atleast_2d(y)
    when = _when(at, skip, table.shape[1])
    first, rest = when
    seasonal = season and table.shape[1] >= 2 * frequency
    design, names = _design(table.shape[1], first, rest, slope, frequency, harmonics * seasonal)
    kept = np.ones(table.shape[1], dtype=bool)
    kept[first:rest] = False
    logs = _offset(offset, table, "offset")
    model = _model(table, logs, design, kept, first, single=y.ndim == 1)
    reference = None
    if control is not None:
        other = np.broadcast_to(np.atleast_2d(_series(control, "control")), table.shape)
        other_logs = _offset(control_offset, other, "control_offset")
        reference = _model(other, other_logs, design, kept, first, single=y.ndim == 1)
    figures = _figures(model, reference, names, share(level, "level"))
    figures["expected"] = model.mean
    figures["without"] = np.exp(model.beta[:, : -(1 + slope)] @ design[:, : -(1 + slope)].T + logs)
    if y.ndim == 1:
        figures = {n: _single(v) for n, v in figures.items()}
    return InterruptedSeries(
        **figures,
        degrees=model.degrees,
        controlled=control is not None,
        parameters={
            "at": at, "season": season, "slope": slope, "frequency": frequency,
            "harmonics": harmonics, "skip": skip, "level": level,
        },
        warnings=tuple(
            _notes(table, first, rest, season and not seasonal, figures, control is not None)
            + ([cautions.selected_high()] if selected_high else [])
            + ([cautions.effort_changed()] if effort_changed else [])
            + ([cautions.preliminary(preliminary)] if preliminary else [])
        ),
        input_hash=hash_input(y, control, offset),
    )  # fmt: skip


# --- The model -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Model:
    beta: FloatArray
    covariance: FloatArray  # For dispersion 1.
    mean: FloatArray
    dispersion: FloatArray
    autocorrelation: FloatArray
    autocorrelation_p: FloatArray
    degrees: int


def _design(
    periods: int, first: int, rest: int, slope: bool, frequency: int, harmonics: int
) -> tuple[FloatArray, dict[str, int]]:
    """Columns: constant, trend, season, then level and slope of the measure last."""
    t = np.arange(periods, dtype=np.float64)
    columns = [np.ones(periods), (t - first) / periods]
    for k in range(1, harmonics + 1):
        angle = 2 * np.pi * k * t / frequency
        columns += [np.sin(angle)] if 2 * k == frequency else [np.sin(angle), np.cos(angle)]
    after = (t >= rest).astype(np.float64)
    columns.append(after)
    names = {"level": len(columns) - 1}
    if slope:
        columns.append(after * (t - first))
        names["slope"] = len(columns) - 1
    return np.column_stack(columns), names


def _model(
    table: FloatArray,
    logs: FloatArray,
    design: FloatArray,
    kept: BoolArray,
    first: int,
    *,
    single: bool,
) -> _Model:
    used = kept & ~np.isnan(table)
    y = np.where(used, table, 0.0)
    empty = (y[:, :first].sum(axis=1) == 0) | (y[:, first:].sum(axis=1) == 0)
    if empty.all() or (single and empty.any()):
        raise AnalysisError(
            "Inga händelser före eller inga efter. Använd rate_change i stället.",
            "No events before, or none after. Use rate_change instead.",
            "no_events",
        )
    y = np.where(empty[:, None], 1.0, y)  # Fitted as if, and then reported as not a number.
    degrees = int(used.sum(axis=1).min()) - design.shape[1]
    if degrees < 3:
        raise AnalysisError(
            "För få perioder för så många termer. Prova season=False eller slope=False.",
            "Too few periods for so many terms. Try season=False or slope=False.",
            "too_few_periods",
        )
    beta, covariance, mean = fit_poisson(y, design, logs, used.astype(np.float64))
    left = used.sum(axis=1) - design.shape[1]
    residual = np.where(used, (y - mean) / np.sqrt(mean), 0.0)
    dispersion = np.maximum(1.0, (residual**2).sum(axis=1) / left)
    lag_one, p_value = serial_correlation(residual[:, kept], design[kept], mean[:, kept])
    beta[empty] = np.nan
    return _Model(beta, covariance, mean, dispersion, lag_one, p_value, degrees)


# --- The figures ---------------------------------------------------------------------------------


def _figures(
    model: _Model, control: _Model | None, names: dict[str, int], level: float
) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "dispersion": model.dispersion,
        "autocorrelation": model.autocorrelation,
        "autocorrelation_p_value": model.autocorrelation_p,
    }
    models = [model] if control is None else [model, control]
    degrees = sum(m.degrees for m in models)
    quantile = _quantile(degrees, level)
    for name in ("level", "slope"):
        if name not in names:
            missing = np.full(len(model.beta), np.nan)
            pair = np.stack([missing, missing], axis=1)
            figures |= {f"{name}_change": missing, f"{name}_interval": pair}
            figures |= {f"{name}_p_value": missing, f"{name}_se": missing}
            continue
        k = names[name]
        log = model.beta[:, k] - (0 if control is None else control.beta[:, k])
        plain = [m.covariance[:, k, k] for m in models]
        wide = [v * m.dispersion for v, m in zip(plain, models, strict=True)]
        serial = [v * _inflation(m) for v, m in zip(wide, models, strict=True)]
        se = np.sqrt(np.sum(wide, axis=0))
        figures[f"{name}_change"] = np.exp(log)
        figures[f"{name}_interval"] = _interval(log, se, quantile)
        figures[f"{name}_p_value"] = _p_value(log / se, degrees)
        figures[f"{name}_se"] = se
        if name == "level":
            figures["poisson_interval"] = _interval(log, np.sqrt(np.sum(plain, axis=0)), quantile)
            figures["serial_interval"] = _interval(log, np.sqrt(np.sum(serial, axis=0)), quantile)
    return figures


def _inflation(model: _Model) -> FloatArray:
    """Factor of variance where neighbouring residuals go together: (1 + ρ)/(1 − ρ)."""
    rho = np.clip(model.autocorrelation, 0.0, 0.9)
    return np.asarray((1 + rho) / (1 - rho))


def _interval(log: FloatArray, se: FloatArray, quantile: float) -> FloatArray:
    ends = np.stack([log - quantile * se, log + quantile * se], axis=1)
    return np.exp(np.clip(ends, -50, 50))


def _quantile(degrees: int, level: float) -> float:
    from scipy.special import ndtri, stdtrit

    tail = (1 + level) / 2
    return float(ndtri(tail) if degrees >= NORMAL_FROM else stdtrit(degrees, tail))


def _p_value(z: FloatArray, degrees: int) -> FloatArray:
    from scipy.special import ndtr, stdtr

    if degrees >= NORMAL_FROM:
        return np.asarray(2 * ndtr(-np.abs(z)))
    return np.asarray(2 * stdtr(degrees, -np.abs(z)))


def _single(values: FloatArray) -> Any:
    one = values[0]
    if np.ndim(one) == 0:
        return float(one)
    return tuple(map(float, one)) if len(one) == 2 else one


# --- Reading and cautions ------------------------------------------------------------------------


def _series(values: Any, name: str) -> FloatArray:
    array = values.to_numpy().T if hasattr(values, "columns") else values
    y = numbers(array, name, missing=True)
    known = y[~np.isnan(y)]
    if y.ndim not in (1, 2) or (known < 0).any() or (known != np.floor(known)).any():
        raise AnalysisError(
            f"{name} ska vara antal per period: hela tal, aldrig under noll.",
            f"{name} must be counts per period: whole numbers, never below zero.",
        )
    return y


def _offset(values: Any, table: FloatArray, name: str) -> FloatArray:
    if values is None:
        return np.zeros((1, table.shape[1]))
    logs = np.atleast_2d(numbers(values, name))
    if logs.shape[1] != table.shape[1] or len(logs) not in (1, len(table)):
        raise AnalysisError(
            f"{name} ska ha ett värde per period.", f"{name} must have one value per period."
        )
    return logs


def _when(at: Any, skip: int, periods: int) -> tuple[int, int]:
    if isinstance(at, bool) or not isinstance(at, int | np.integer) or skip < 0:
        raise AnalysisError(
            "at ska vara numret på den första perioden med insatsen, från 0.",
            "at must be the number of the first period with the measure, from 0.",
        )
    before, after = int(at), periods - int(at) - skip
    if before < LEAST_BEFORE or after < LEAST_AFTER:
        raise AnalysisError(
            f"Det finns {before} perioder före och {max(after, 0)} efter. Minst {LEAST_BEFORE} före "
            f"och {LEAST_AFTER} efter behövs, helst {GOOD_BEFORE} och {GOOD_AFTER}.",
            f"There are {before} periods before and {max(after, 0)} after. At least {LEAST_BEFORE} "
            f"before and {LEAST_AFTER} after are needed, better {GOOD_BEFORE} and {GOOD_AFTER}.",
            "too_few_periods",
        )
    return before, before + skip


def _notes(
    table: FloatArray,
    first: int,
    rest: int,
    season_dropped: bool,
    figures: dict[str, Any],
    controlled: bool,
) -> list[Words]:
    notes = []
    before, after = first, table.shape[1] - rest
    if before < GOOD_BEFORE or after < GOOD_AFTER:
        notes.append(
            Words(
                f"Serien är kort: {before} perioder före och {after} efter. "
                f"{GOOD_BEFORE} och {GOOD_AFTER} är att föredra.",
                f"The series is short: {before} periods before and {after} after. "
                f"{GOOD_BEFORE} and {GOOD_AFTER} are better.",
                "short_series",
            )
        )
    if np.nanmean(table) < 5:
        notes.append(cautions.few_events(float(np.nansum(table) / len(table))))
    if season_dropped:
        notes.append(
            Words(
                "Säsongen kunde inte skattas, för det finns inte två hela år.",
                "The season could not be fitted, since there are not two whole years.",
                "no_season",
            )
        )
    if np.median(figures["dispersion"]) > 1.2:
        notes.append(cautions.overdispersed(float(np.median(figures["dispersion"]))))
    if np.median(figures["autocorrelation_p_value"]) < 0.05:
        notes.append(
            Words(
                "Perioder intill varandra hänger ihop. Intervallet är för smalt; läs serial_interval.",
                "Neighbouring periods go together. The interval is too narrow; read serial_interval.",
                "autocorrelation",
            )
        )
    if not controlled:
        notes.append(
            Words(
                "Utan kontrollserie kan annat som hände samtidigt inte skiljas från insatsen.",
                "Without a control series, other things that happened at the same time cannot be "
                "told from the measure.",
                "no_control",
            )
        )
    if len(table) > 1:
        notes.append(cautions.many_comparisons(len(table), 0.05))
    return notes
