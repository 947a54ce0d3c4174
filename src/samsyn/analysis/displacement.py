"""Did it work, and did the crime move? Weighted displacement difference and quotient."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import cautions
from .results import AnalysisError, FloatArray, Result, Words, counts, hash_input, share

FEW_BEFORE = 50  # Below this even a halving is seldom told from chance (power table in the docs).


@dataclass(frozen=True, kw_only=True, eq=False)
class Displacement(Result):
    """Weighted displacement difference: events fewer (−) or more (+) than the control areas foretell.

    wdd, se, z, p_value, interval : of the total, local plus displaced, widened where dispersion > 1.
    local, displaced : the two parts; local_se, displaced_se : their standard errors.
    poisson_se, poisson_interval : without the widening.
    wdq : weighted displacement quotient; None where it has no meaning (`wdq_reason` says why).
    gross_effect, net_effect : fall in the treated area; fall beyond the control, in both areas.
    success, buffer : the two measures whose quotient is the WDQ.
    rate_ratio : treated change over control change, with interval and p-value; infinite or NaN
        where a count is zero.
    reading : the quotient in words.
    """

    wdd: float
    se: float
    z: float
    p_value: float
    interval: tuple[float, float]
    local: float
    local_se: float
    displaced: float
    displaced_se: float
    poisson_se: float
    poisson_interval: tuple[float, float]
    dispersion: float
    wdq: float | None
    wdq_reason: Words | None
    success: float | None
    buffer: float | None
    gross_effect: float
    net_effect: float | None
    rate_ratio: float
    rate_ratio_interval: tuple[float, float]
    reading: Words | None


def displacement(
    treated: Sequence[float],
    control: Sequence[float],
    *,
    disp_treated: Sequence[float] | None = None,
    disp_control: Sequence[float] | None = None,
    time_weights: tuple[float, float] = (1, 1),
    area_weights: tuple[float, float, float, float] = (1, 1, 1, 1),
    dispersion: float | None = None,
    level: float = 0.95,
    selected_high: bool = False,
    effort_changed: bool = False,
    preliminary: bool = False,
) -> Displacement:
    """Compare the change in a treated area and around it with the change in control areas.

    Parameters
    ----------
    treated, control : (before, after) counts where the measure was, and where it was not.
    disp_treated, disp_control : the same for the surrounding (displacement) zone and its control.
        A zone without a control of its own is refused: its change could not be told from the trend.
    time_weights : length of the two periods; counts are divided by them.
    area_weights : size of control, treated, displacement control and displacement area, in that
        order; counts are divided by them.
    dispersion : variance over mean of the counts before, from `pooled_dispersion` or known. The
        standard error is widened by its square root; values below 1 count as 1. None: not known.
    level : confidence level.
    selected_high, effort_changed, preliminary : lead to cautions.

    Raises
    ------
    AnalysisError : no counts, negative counts, a weight not above zero, a zone without a control.

    Source: Wheeler & Ratcliffe 2018 (WDD); Bowers & Johnson 2003 (WDQ); Wheeler 2021 on weights.
    """
    table = _table(treated, control, disp_treated, disp_control)
    weights = _weights(time_weights, area_weights)
    if table.sum() == 0:
        raise AnalysisError("Inga händelser alls.", "No events at all.", "no_events")
    phi = _dispersion(dispersion)
    level = share(level, "level")
    rate, variance = table / weights, table / weights**2
    change = rate[:, 1] - rate[:, 0]
    local, displaced = change[1] - change[0], change[3] - change[2]
    local_se = math.sqrt(variance[:2].sum())
    displaced_se = math.sqrt(variance[2:].sum())
    poisson_se = math.hypot(local_se, displaced_se)
    wide = math.sqrt(phi)
    wdd, se = local + displaced, poisson_se * wide
    z = wdd / se
    normal = _normal_quantile(level)
    quotient = _quotient(rate) if disp_treated is not None else _Quotient()
    ratio, ratio_interval = rate_ratio(table[1], table[0], phi, level)
    return Displacement(
        wdd=float(wdd),
        se=se,
        z=float(z),
        p_value=math.erfc(abs(z) / math.sqrt(2)),
        interval=(float(wdd - normal * se), float(wdd + normal * se)),
        local=float(local),
        local_se=local_se * wide,
        displaced=float(displaced),
        displaced_se=displaced_se * wide,
        poisson_se=poisson_se,
        poisson_interval=(float(wdd - normal * poisson_se), float(wdd + normal * poisson_se)),
        dispersion=phi,
        wdq=quotient.wdq,
        wdq_reason=quotient.reason,
        success=quotient.success,
        buffer=quotient.buffer,
        gross_effect=float(rate[1, 0] - rate[1, 1]),
        net_effect=quotient.net,
        rate_ratio=ratio,
        rate_ratio_interval=ratio_interval,
        reading=quotient.reading,
        parameters={
            "treated": treated,
            "control": control,
            "disp_treated": disp_treated,
            "disp_control": disp_control,
            "time_weights": time_weights,
            "area_weights": area_weights,
            "dispersion": dispersion,
            "level": level,
        },
        warnings=tuple(_notes(table, dispersion, phi, selected_high, effort_changed, preliminary)),
        input_hash=hash_input(table, weights),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class HarmDisplacement(Result):
    """Harm-weighted sum of displacement differences over kinds of crime."""

    wdd: float
    se: float
    z: float
    p_value: float
    interval: tuple[float, float]


def harm_displacement(
    differences: Sequence[Displacement], weights: Sequence[float], *, level: float = 0.95
) -> HarmDisplacement:
    """Weigh displacement differences of several kinds of crime by their harm and add them.

    Parameters
    ----------
    differences : one result of `displacement` per kind. weights : harm of one event of each kind.

    Source: Wheeler & Ratcliffe 2018; Wheeler 2020 (harm-weighted WDD).
    """
    if len(differences) != len(weights) or not differences:
        raise AnalysisError(
            "Ange en vikt per brottstyp.", "Give one weight per kind of crime.", "weights"
        )
    w = np.array(weights, dtype=np.float64)
    wdd = float(w @ [d.wdd for d in differences])
    se = math.sqrt(float(w**2 @ [d.se**2 for d in differences]))
    normal = _normal_quantile(share(level, "level"))
    return HarmDisplacement(
        wdd=wdd,
        se=se,
        z=wdd / se,
        p_value=math.erfc(abs(wdd / se) / math.sqrt(2)),
        interval=(wdd - normal * se, wdd + normal * se),
        parameters={"weights": list(weights), "level": level},
        warnings=tuple({w.code: w for d in differences for w in d.warnings}.values()),
        input_hash=hash_input(w, np.array([[d.wdd, d.se] for d in differences])),
    )


def pooled_dispersion(before: Any) -> float:
    """Variance over mean of counts per period before the measure, at least 1.

    Parameters
    ----------
    before : counts per period; (periods,), or (areas, periods) with each area around its own mean.

    Raises
    ------
    AnalysisError : fewer than six periods in all beyond one mean per area, or no events.
    """
    y = np.atleast_2d(counts(before, "before"))
    degrees = y.size - len(y)
    if degrees < 5:
        raise AnalysisError(
            "Minst sex perioder före behövs för att mäta hur mycket antalen svänger.",
            "At least six periods before are needed to measure how much the counts vary.",
            "short_history",
        )
    mean = y.mean(axis=1, keepdims=True)
    if not mean.any():
        raise AnalysisError("Inga händelser före.", "No events before.", "no_events")
    pearson = np.divide((y - mean) ** 2, mean, out=np.zeros_like(y), where=mean > 0)
    return max(1.0, float(pearson.sum() / (degrees - (mean == 0).sum() * (y.shape[1] - 1))))


def rate_ratio(
    treated: FloatArray, control: FloatArray, dispersion: float, level: float
) -> tuple[float, tuple[float, float]]:
    """Change of the treated counts over change of the control, with a log-normal interval."""
    if min(*treated, *control) == 0:
        return math.nan, (math.nan, math.nan)
    log = math.log(treated[1] / treated[0]) - math.log(control[1] / control[0])
    se = math.sqrt(dispersion * float((1 / treated).sum() + (1 / control).sum()))
    normal = _normal_quantile(level)
    return math.exp(log), (math.exp(log - normal * se), math.exp(log + normal * se))


# --- Parts ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Quotient:
    wdq: float | None = None
    success: float | None = None
    buffer: float | None = None
    net: float | None = None
    reason: Words | None = None
    reading: Words | None = None


NO_ZONE = Words("Ingen omgivande zon angavs.", "No surrounding zone was given.", "no_zone")


def _quotient(rate: FloatArray) -> _Quotient:
    """WDQ = (B₁/C₁ − B₀/C₀) / (A₁/C₁ − A₀/C₀) with A treated, B zone around it, C control."""
    control, area, zone = rate[0], rate[1], rate[3]
    if control.min() <= 0:
        return _Quotient(
            reason=Words(
                "Kontrollområdet saknar händelser, så kvoten kan inte räknas ut.",
                "The control area has no events, so the quotient cannot be computed.",
                "no_control_events",
            )
        )
    success = float(area[1] / control[1] - area[0] / control[0])
    buffer = float(zone[1] / control[1] - zone[0] / control[0])
    both = area + zone
    net = float(both[0] * control[1] / control[0] - both[1])
    if success >= 0:
        return _Quotient(
            success=success,
            buffer=buffer,
            net=net,
            reason=Words(
                "Området minskade inte mer än kontrollen. Det finns ingen effekt som kan ha flyttat.",
                "The area did not fall more than the control. There is no effect to displace.",
                "no_effect",
            ),
        )
    wdq = buffer / success
    return _Quotient(wdq=wdq, success=success, buffer=buffer, net=net, reading=_reading(wdq))


def _reading(wdq: float) -> Words:
    if wdq > 1:
        return Words(
            "Minskningen runt omkring var större än i själva området.",
            "The fall around the area was larger than in it.",
            "diffusion_larger",
        )
    if wdq > 0:
        return Words("Minskningen spred sig utåt.", "The fall spread outwards.", "diffusion")
    if wdq == 0:
        return Words("Inget tecken på flyttning.", "No sign of displacement.", "none")
    if wdq >= -1:
        return Words(
            "En del av brotten flyttade, men mindre än vad som minskade.",
            "Some of the crime moved, but less than what fell.",
            "displacement",
        )
    return Words(
        "Mer flyttade än vad som minskade.", "More moved than what fell.", "displacement_larger"
    )


def _table(treated: Any, control: Any, disp_treated: Any, disp_control: Any) -> FloatArray:
    """Rows control, treated, zone's control, zone; columns before, after."""
    if (disp_treated is None) != (disp_control is None):
        raise AnalysisError(
            "Den omgivande zonen behöver ett eget kontrollområde (disp_treated och disp_control).",
            "The surrounding zone needs a control of its own (disp_treated and disp_control).",
            "zone_without_control",
        )
    named = {"control": control, "treated": treated}
    if disp_treated is not None:
        named |= {"disp_control": disp_control, "disp_treated": disp_treated}
    table = np.zeros((4, 2))
    for row, (name, pair) in enumerate(named.items()):
        values = counts(pair, name)
        if values.shape != (2,):
            raise AnalysisError(
                f"{name} ska vara två antal: före och efter.",
                f"{name} must be two counts: before and after.",
            )
        table[row] = values
    return table


def _weights(time_weights: Any, area_weights: Any) -> FloatArray:
    time = np.array(time_weights, dtype=np.float64)
    area = np.array(area_weights, dtype=np.float64)
    if time.shape != (2,) or area.shape not in ((2,), (4,)):
        raise AnalysisError(
            "time_weights ska vara två tal och area_weights fyra.",
            "time_weights must be two numbers and area_weights four.",
        )
    weights = np.outer(np.resize(area, 4), time)
    if not (np.isfinite(weights).all() and (weights > 0).all()):
        raise AnalysisError("Vikter ska vara större än noll.", "Weights must be above zero.")
    return weights


def _dispersion(dispersion: float | None) -> float:
    if dispersion is None:
        return 1.0
    if not math.isfinite(dispersion) or dispersion <= 0:
        raise AnalysisError("dispersion ska vara större än noll.", "dispersion must be above zero.")
    return max(1.0, float(dispersion))


def _normal_quantile(level: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf((1 + level) / 2)


def _notes(
    table: FloatArray,
    dispersion: float | None,
    phi: float,
    selected_high: bool,
    effort_changed: bool,
    preliminary: bool,
) -> list[Words]:
    notes = []
    if table[:2].min() < cautions.FEW:
        notes.append(cautions.few_events(float(table[:2].min())))
    if table[1, 0] < FEW_BEFORE:
        notes.append(
            Words(
                f"Med {table[1, 0]:.0f} händelser före syns knappt ens en halvering.",
                f"With {table[1, 0]:.0f} events before, even a halving hardly shows.",
                "low_power",
            )
        )
    if dispersion is None:
        notes.append(
            Words(
                "Hur mycket antalen brukar svänga är inte angivet. Intervallet är ett minimum; "
                "räkna ut dispersion från perioderna före.",
                "How much the counts usually vary was not given. The interval is a minimum; "
                "compute dispersion from the periods before.",
                "dispersion_unknown",
            )
        )
    elif phi > 1:
        notes.append(cautions.overdispersed(phi))
    if selected_high:
        notes.append(cautions.selected_high())
    if effort_changed:
        notes.append(cautions.effort_changed())
    if preliminary:
        notes.append(cautions.preliminary(1))
    return notes
