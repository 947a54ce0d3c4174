"""Is something new? Expected count, upper bound and alarm per period, by the usual methods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from .. import cautions
from ..false_discovery import adjust
from ..results import (
    AnalysisError,
    BoolArray,
    FloatArray,
    IntArray,
    Result,
    Words,
    hash_input,
    share,
)
from . import charts, farrington
from .reading import choose, one_of, read_effort, read_limit, read_series, whole

Method = Literal["farrington", "cusum", "ears_c1", "ears_c2", "ears_c3", "own_normal"]
METHODS = ("farrington", "cusum", "ears_c1", "ears_c2", "ears_c3", "own_normal")


@dataclass(frozen=True, kw_only=True, eq=False)
class EarlyWarning(Result):
    """One entry per period in `at`; for a table of series one row per series.

    expected, upper : expected count and upper bound; a count above it is an alarm.
    alarm : whether the period signals.
    score : the method's own statistic. Farrington: exceedance score as in R surveillance (alarm
        above 1); EARS: C1, C2 or C3; CUSUM: the sum; own normal: (y − expected)/(upper − expected).
    exceedance : (y − expected)/(upper − expected) for every method.
    p_value : probability of at least the observed count; NaN for CUSUM.
    q_value : p-values adjusted for the number of series in the same period (Benjamini & Hochberg).
    lower : lower end of the own normal, else None.
    dispersion : variance over mean that was used, where the method has one.
    trend : where Farrington kept a trend. enough : where `limit` had enough events for an alarm.
    """

    at: IntArray
    observed: FloatArray
    expected: FloatArray
    upper: FloatArray
    alarm: BoolArray
    score: FloatArray
    exceedance: FloatArray
    p_value: FloatArray
    q_value: FloatArray
    enough: BoolArray
    lower: FloatArray | None = None
    dispersion: FloatArray | None = None
    trend: BoolArray | None = None
    periods: tuple[tuple[int, int], ...] = ()

    @property
    def words(self) -> tuple[Words, ...]:
        """One sentence per period for a single series: level against what is normal."""
        if self.expected.ndim != 1:
            raise AnalysisError(
                "Meningar finns för en serie i taget.",
                "Sentences are made for one series at a time.",
            )
        lower = np.full(len(self.at), np.nan) if self.lower is None else self.lower
        triples = zip(self.observed, lower, self.upper, strict=True)
        return tuple(_sentence(*triple) for triple in triples)


def early_warning(
    counts: Any,
    *,
    method: Method = "farrington",
    effort: Any = None,
    at: Any = None,
    alpha: float | None = None,
    years_back: int = 5,
    half_window: int = 3,
    reweight: bool = True,
    weights_threshold: float = 2.58,
    trend: bool = True,
    trend_threshold: float | None = None,
    periods: int = 10,
    past_not_included: int | None = 26,
    power: farrington.Power = "2/3",
    threshold: farrington.Threshold = "nb_plugin",
    limit: tuple[int, int] = (5, 4),
    frequency: int = 52,
    start: tuple[int, int] | None = None,
    baseline: int | None = None,
    min_sigma: float = 0.0,
    k: float = 0.5,
    h: float = 4.0,
    mean: float | None = None,
    sd: float | None = None,
    transform: charts.Transform = "sample",
    reset: bool = False,
    level: float = 0.80,
    preliminary: int = 0,
    effort_changed: bool = False,
) -> EarlyWarning:
    """Judge each period in `at` against the periods before it.

    Parameters
    ----------
    counts : (periods,) one series, or (series, periods); a table of pandas or polars has one column
        per series. NaN is a missing period.
    method : "farrington" (flexible; years of history), "own_normal" (the eight periods before,
        alarms left out), "ears_c1" … "ears_c3" (seven before) or "cusum" (small lasting rises).
    effort : reporting effort per period, such as number of reporters; same shape as `counts` or one
        row for all. Counts are judged per unit of effort (an offset in Farrington).
    at : 0-based periods to judge; all possible ones if omitted.
    alpha : one-sided error per period; 0.01 for Farrington, 0.001 for C1 and C2, 0.025 for C3.
    years_back, half_window, frequency : reference years, half width of the window, periods a year.
    reweight, weights_threshold : whether, and above which Anscombe residual, past peaks weigh less.
    trend, trend_threshold : whether a trend may be used, and its largest p-value (None: 1 as in
        Noufaily 2013, or 0.05 for the original algorithm). It also needs three years and no forecast above
        every count in the baseline.
    periods : levels of the seasonal factor; 1 uses the windows only, as in Farrington 1996.
    past_not_included : latest periods left out of the baseline; None means `half_window`.
    power, threshold : transformation for "delta"; how the upper bound is found.
    limit : (5, 4) gives no alarm with fewer than five events in the last four periods.
    start : (year, period) of the first count, only for the labels in `.periods`.
    baseline : periods before, for EARS (7), own normal (8) and CUSUM (the first `years_back` ×
        `frequency`, or where `at` begins if that is earlier).
    min_sigma : least standard deviation in EARS. k, h, mean, sd, transform, reset : of the CUSUM.
    level : width of the own normal.
    preliminary : how many of the last periods may still grow; only leads to a caution.
    effort_changed : whether reporting changed without `effort` being known; leads to a caution.

    The original Farrington algorithm: `periods=1, threshold="delta", weights_threshold=1,
    past_not_included=None`, with half its two-sided alpha.

    Raises
    ------
    AnalysisError : too short history, unknown method, counts that are not counts.

    Sources: Farrington et al. 1996; Noufaily et al. 2013; Fricker et al. 2008; Rossi et al. 1999.
    """
    given = {name: value for name, value in locals().items() if name not in ("counts", "effort")}
    if method not in METHODS:
        raise AnalysisError(
            f"Metoden {method} finns inte. Välj en av {', '.join(METHODS)}.",
            f"There is no method {method}. Choose one of {', '.join(METHODS)}.",
        )
    y, shape = read_series(counts)
    exposure = read_effort(effort, shape)
    table = y if y.ndim == 2 else y[None]
    wide = None if exposure is None else np.broadcast_to(exposure, shape).reshape(table.shape)
    if method == "farrington":
        settings = farrington.Settings(
            years_back=whole(years_back, "years_back", 1),
            half_window=whole(half_window, "half_window", 0),
            alpha=share(0.01 if alpha is None else alpha, "alpha"),
            reweight=reweight,
            weights_threshold=float(weights_threshold),
            trend=trend,
            trend_threshold=float(
                trend_threshold
                if trend_threshold is not None
                else 0.05
                if farrington.is_original(periods, weights_threshold, threshold)
                else 1.0
            ),
            periods=whole(periods, "periods", 1),
            past_not_included=whole(
                half_window if past_not_included is None else past_not_included,
                "past_not_included",
                0,
            ),
            power=one_of(power, ("2/3", "1/2", "none"), "power"),
            threshold=one_of(threshold, ("nb_plugin", "delta", "muan"), "threshold"),
            limit=read_limit(limit),
            frequency=whole(frequency, "frequency", 1),
        )
        result = _farrington(table, wide, at, settings)
    else:
        result = _chart(table, wide, at, method, given)
    size = baseline or {"own_normal": 8, "cusum": 0}.get(method, 7)
    tail = {"own_normal": (1 - level) / 2, "ears_c3": 0.025, "farrington": 0.01}.get(method, 0.001)
    notes = _notes(table, result["at"], alpha or tail, preliminary, method, size)
    if effort_changed:
        notes.append(cautions.effort_changed())
    result["observed"] = table[:, result["at"]]
    result["q_value"] = adjust(result["p_value"])
    if y.ndim == 1:
        result = {n: v if n == "at" or v is None else v[0] for n, v in result.items()}
    return EarlyWarning(
        **result,
        periods=_labels(result["at"], start, frequency),
        parameters=_told(method, given, size),
        warnings=tuple(notes),
        input_hash=hash_input(y, exposure),
    )


# --- The methods ---------------------------------------------------------------------------------


def _farrington(
    table: FloatArray, effort: FloatArray | None, at: Any, settings: farrington.Settings
) -> dict[str, Any]:
    chosen = choose(at, settings.first, table.shape[1])
    figures = farrington.run(table, effort, chosen, settings)
    shape = (len(table), len(chosen))
    upper = figures.upper.reshape(shape)
    cases, length = settings.limit
    known = np.where(np.isnan(table), 0.0, table)
    total = np.concatenate([np.zeros((len(table), 1)), known.cumsum(axis=1)], axis=1)
    recent = total[:, chosen + 1] - total[:, np.maximum(chosen + 1 - length, 0)]
    enough = recent >= cases
    return {
        "at": chosen,
        "expected": figures.expected.reshape(shape),
        "upper": upper,
        "alarm": (table[:, chosen] > upper) & enough,
        "score": figures.score.reshape(shape),
        "exceedance": figures.exceedance.reshape(shape),
        "p_value": figures.p_value.reshape(shape),
        "dispersion": figures.dispersion.reshape(shape),
        "trend": figures.trend.reshape(shape),
        "enough": enough,
    }


def _chart(
    table: FloatArray, effort: FloatArray | None, at: Any, method: str, given: dict[str, Any]
) -> dict[str, Any]:
    periods = table.shape[1]
    if method == "own_normal":
        size = whole(given["baseline"] or 8, "baseline", 4)
        chosen = choose(at, size, periods)
        exposure = np.ones(table.shape) if effort is None else effort
        width = share(given["level"], "level")
        figures = charts.own_normal(table, exposure, size, width, chosen)
        return _figures(figures, table[:, chosen], chosen, np.ones((len(table), len(chosen))))
    unit = np.ones(table.shape) if effort is None else effort / effort.mean(axis=1, keepdims=True)
    rates = table / unit
    if method == "cusum":
        first, middle, spread = _cusum_baseline(rates, at, given)
        chosen = choose(at, first, periods)
        figures = charts.cusum(
            rates,
            middle,
            spread,
            first,
            float(given["k"]),
            float(given["h"]),
            one_of(given["transform"], ("sample", "standard", "rossi"), "transform"),
            bool(given["reset"]),
        )
        return _figures(figures.at(chosen), table[:, chosen], chosen, unit[:, chosen])
    size = whole(given["baseline"] or 7, "baseline", 2)
    lag = {"ears_c1": 0, "ears_c2": 2, "ears_c3": 4}[method]
    chosen = choose(at, size + lag, periods)
    alpha = given["alpha"] or (0.025 if method == "ears_c3" else 0.001)
    figures = charts.ears(rates, method, size, share(alpha, "alpha"), float(given["min_sigma"]))
    return _figures(figures.at(chosen), table[:, chosen], chosen, unit[:, chosen])


def _cusum_baseline(
    rates: FloatArray, at: Any, given: dict[str, Any]
) -> tuple[int, FloatArray, FloatArray]:
    """Where the sum starts, and mean and standard deviation of what comes before."""
    size = given["baseline"]
    if size is None:
        size = given["years_back"] * given["frequency"]
        if at is not None and len(at):
            size = min(size, int(np.min(np.asarray(at))))
        elif size >= rates.shape[1]:
            size = rates.shape[1] // 2
    size = whole(size, "baseline", 2)
    past = rates[:, :size]
    shape = len(rates)
    middle = np.nanmean(past, axis=1) if given["mean"] is None else np.full(shape, given["mean"])
    spread = np.nanstd(past, axis=1, ddof=1) if given["sd"] is None else np.full(shape, given["sd"])
    return size, middle.astype(np.float64), spread.astype(np.float64)


def _figures(
    chart: charts.Chart, observed: FloatArray, chosen: IntArray, unit: FloatArray
) -> dict[str, Any]:
    """Figures of the chosen periods, turned from rates back to counts."""
    expected, upper = chart.expected * unit, chart.upper * unit
    with np.errstate(divide="ignore", invalid="ignore"):
        exceedance = (observed - expected) / (upper - expected)
    return {
        "at": chosen,
        "expected": expected,
        "upper": upper,
        "alarm": chart.alarm,
        "score": chart.score,
        "exceedance": exceedance,
        "p_value": chart.p_value,
        "enough": np.ones(chart.alarm.shape, dtype=bool),
        "lower": chart.lower,
        "dispersion": chart.dispersion,
    }


# --- What is said --------------------------------------------------------------------------------


def _notes(
    table: FloatArray, at: IntArray, tail: float, preliminary: int, method: str, size: int
) -> list[Words]:
    notes = []
    tests = len(table) * len(at)
    if tests > 1 and method != "cusum":
        notes.append(cautions.many_comparisons(tests, tail))
    recent = np.nansum(table[:, max(0, int(at.max()) - 51) : int(at.max()) + 1], axis=1)
    if np.median(recent) < cautions.FEW:
        notes.append(cautions.few_events(float(np.median(recent))))
    if preliminary > 0 and int(at.max()) >= table.shape[1] - preliminary:
        notes.append(cautions.preliminary(preliminary))
    return notes


def _labels(
    at: IntArray, start: tuple[int, int] | None, frequency: int
) -> tuple[tuple[int, int], ...]:
    """(year, period) of each entry, with `frequency` periods in every year."""
    if start is None:
        return ()
    year, first = start
    return tuple(
        (year + (first - 1 + int(i)) // frequency, (first - 1 + int(i)) % frequency + 1) for i in at
    )


FARRINGTON_ONLY = {
    "years_back", "half_window", "reweight", "weights_threshold", "trend", "trend_threshold",
    "periods", "past_not_included", "power", "threshold", "limit", "frequency",
}  # fmt: skip
USED = {
    "farrington": {*FARRINGTON_ONLY, "alpha"},
    "cusum": {"k", "h", "mean", "sd", "transform", "reset", "years_back", "frequency"},
    "own_normal": {"level"},
    "ears_c1": {"alpha", "min_sigma"},
    "ears_c2": {"alpha", "min_sigma"},
    "ears_c3": {"alpha", "min_sigma"},
}


def _told(method: str, given: dict[str, Any], size: int) -> dict[str, Any]:
    told = {"method": method} | {n: v for n, v in given.items() if n in USED[method]}
    if method == "farrington":
        told["alpha"] = given["alpha"] or 0.01
    elif method != "cusum":
        told["baseline"] = size
    return told


def _sentence(observed: float, lower: float, upper: float) -> Words:
    if np.isnan(observed):
        return Words("Uppgift saknas.", "No figure.", "missing")
    if np.isnan(upper):
        return Words(
            f"{observed:.0f}. Kan inte bedömas.", f"{observed:.0f}. Cannot be judged.", "unknown"
        )
    top = int(np.floor(upper))
    if np.isnan(lower):
        span_sv, span_en = f"högst {top} är normalt", f"up to {top} is normal"
    else:
        span_sv = f"{lower:.0f}–{top} är normalt"
        span_en = f"{lower:.0f}–{top} is normal"
    if observed > upper:
        kind = ("över det normala", "above normal", "above")
    elif observed < lower:
        kind = ("under det normala", "below normal", "below")
    else:
        kind = ("inom det normala", "within normal", "within")
    return Words(
        f"{observed:.0f}, {kind[0]} ({span_sv}).",
        f"{observed:.0f}, {kind[1]} ({span_en}).",
        kind[2],
    )
