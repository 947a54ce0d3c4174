"""The evaluation for laymen: did it work, what was assumed, and what would be needed to tell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

from .displacement import Displacement, displacement, pooled_dispersion
from .interrupted import InterruptedSeries, interrupted_series
from .rates import swedish
from .results import AnalysisError, Result, Words
from .verdict_words import Assumption, Decision, Selection, list_assumptions, sentences

WORTH_SEEING = 0.5  # A halving: if even that would not show, nothing can be told.
POWER = 0.8
SELECTED_SPREADS = 2.06  # Mean of the highest twentieth of chance, in standard deviations.


@dataclass(frozen=True, kw_only=True, eq=False)
class Verdict(Result):
    """decision : "decreased", "increased", "no sign", "cannot tell" or "moved".

    sentences : the answer in two to four sentences. assumptions : each checked, broken or unknown.
    needed : what would be needed to tell, else None. detectable : smallest fall, as a share, that
    these numbers would show in four cases of five; None where not even a total fall would.
    displacement, series : the analyses behind.
    """

    decision: Decision
    sentences: tuple[Words, ...]
    assumptions: tuple[Assumption, ...]
    needed: Words | None
    detectable: float | None
    displacement: Displacement | None
    series: InterruptedSeries | None


def verdict(
    treated: Sequence[float],
    control: Sequence[float] | None = None,
    *,
    disp_treated: Sequence[float] | None = None,
    disp_control: Sequence[float] | None = None,
    selected: Selection = "unknown",
    control_selected_alike: bool = False,
    places: int = 1,
    time_weights: tuple[float, float] = (1, 1),
    area_weights: tuple[float, float, float, float] = (1, 1, 1, 1),
    dispersion: float | None = None,
    before: Any = None,
    series: Any = None,
    at: int | None = None,
    control_series: Any = None,
    effort_changed: bool = False,
    preliminary: bool = False,
    other_measures: bool = False,
    decided_before: bool | None = None,
    level: float = 0.95,
) -> Verdict:
    """Judge a measure from counts before and after, and say what the judgement rests on.

    Parameters
    ----------
    treated, control, disp_treated, disp_control, time_weights, area_weights : as `displacement`.
    selected : why the place was chosen: "high" (it was high just then), "need" (other reasons),
        "random", "all" (everywhere) or "unknown". Where it was high, the fall must exceed what
        the worst twentieth of places falls by itself, unless `control_selected_alike`.
    places : how many places the treated counts are summed over.
    dispersion : variance over mean of the counts before; or `before`, counts per period (periods,)
        or (areas, periods), from which it is measured.
    series, at, control_series : counts per period and first period with the measure, where there are
        enough; then `interrupted_series` is run beside.
    effort_changed : reporting changed with the measure. preliminary : the last counts may grow.
    other_measures : other things were done there at the same time.
    decided_before : whether areas, dates and outcome were decided before the start.
    level : confidence level.

    Raises
    ------
    AnalysisError : as `displacement`.
    """
    if before is not None:
        dispersion = pooled_dispersion(before)
    result = None
    if control is not None:
        result = displacement(
            treated,
            control,
            disp_treated=disp_treated,
            disp_control=disp_control,
            time_weights=time_weights,
            area_weights=area_weights,
            dispersion=dispersion,
            level=level,
            selected_high=selected == "high",
            effort_changed=effort_changed,
            preliminary=preliminary,
        )
    elif len(treated) != 2 or min(treated) < 0:
        raise AnalysisError(
            "treated ska vara två antal: före och efter.",
            "treated must be two counts: before and after.",
        )
    beside = None
    if series is not None and at is not None:
        beside = interrupted_series(series, at, control=control_series, level=level)
    phi = max(1.0, dispersion or 1.0)
    weight = _control_weight(treated, control, area_weights)
    detectable = smallest_fall(treated[0], weight, phi, level)
    assumptions = list_assumptions(
        result, beside, selected, time_weights, dispersion, effort_changed, preliminary,
        other_measures, decided_before, disp_treated is not None,
    )  # fmt: skip
    chosen_high = selected == "high" and not control_selected_alike
    spread = math.sqrt(phi * treated[0] * places)
    allowance = SELECTED_SPREADS * spread if chosen_high else 0.0
    decision = _decide(result, detectable, effort_changed, level, allowance)
    needed = _needed(treated, weight, phi, level, decision, result, effort_changed)
    return Verdict(
        decision=decision,
        sentences=tuple(sentences(decision, treated, result, beside, needed, selected)),
        assumptions=tuple(assumptions),
        needed=needed,
        detectable=detectable,
        displacement=result,
        series=beside,
        parameters={
            "treated": treated, "control": control, "disp_treated": disp_treated,
            "disp_control": disp_control, "selected": selected, "time_weights": time_weights,
            "area_weights": area_weights, "dispersion": dispersion, "level": level,
            "control_selected_alike": control_selected_alike, "places": places,
        },
        warnings=() if result is None else result.warnings,
        input_hash=None if result is None else result.input_hash,
    )  # fmt: skip


# --- Power ---------------------------------------------------------------------------------------


def smallest_fall(
    before: float, control_weight: float, dispersion: float = 1.0, level: float = 0.95
) -> float | None:
    """Smallest fall, as a share of `before`, that the difference would show in four cases of five.

    Parameters
    ----------
    before : events before in the treated area.
    control_weight : variance of the control's difference over `before`; 2 for a control as large.
    dispersion, level : as in `displacement`.
    """
    if before <= 0:
        return None
    z = _reach(level) ** 2 * dispersion / before
    # (f·n)² = z²φ·n(1 + (1 − f) + w): a quadratic in the fall f.
    fall = (-z + math.sqrt(z * z + 4 * z * (2 + control_weight))) / 2
    return fall if fall <= 1 else None


def events_needed(
    fall: float, control_weight: float, dispersion: float = 1.0, level: float = 0.95
) -> float:
    """Events before that are needed to show `fall` in four cases of five."""
    return _reach(level) ** 2 * dispersion * (2 - fall + control_weight) / fall**2


def _reach(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2) + NormalDist().inv_cdf(POWER)


def _control_weight(
    treated: Sequence[float], control: Sequence[float] | None, area: Sequence[float]
) -> float:
    """Variance of the control's difference per event before in the treated area."""
    if control is None or treated[0] <= 0 or control[0] <= 0:
        return 2.0
    return 2.0 * control[0] / treated[0] * (area[1] / area[0]) ** 2


# --- The decision --------------------------------------------------------------------------------


def _decide(
    result: Displacement | None,
    detectable: float | None,
    effort_changed: bool,
    level: float,
    allowance: float,
) -> Decision:
    """Local change first; then whether it went next door; then whether it could have shown."""
    if result is None or effort_changed:
        return "cannot tell"
    local = _sign(result.local, result.local_se, level)
    if local < 0 and _sign(min(0.0, result.local + allowance), result.local_se, level) == 0:
        return "cannot tell"
    displaced = _sign(result.displaced, result.displaced_se, level)
    total = _sign(result.wdd, result.se, level)
    if local < 0:
        return "moved" if displaced > 0 and total >= 0 else "decreased"
    if local > 0:
        return "increased"
    could_show = detectable is not None and detectable <= WORTH_SEEING
    return "no sign" if could_show else "cannot tell"


def _sign(value: float, se: float, level: float) -> int:
    if se == 0 or abs(value) / se < NormalDist().inv_cdf((1 + level) / 2):
        return 0
    return 1 if value > 0 else -1


def _needed(
    treated: Sequence[float],
    weight: float,
    phi: float,
    level: float,
    decision: Decision,
    result: Displacement | None,
    effort_changed: bool,
) -> Words | None:
    if decision != "cannot tell":
        return None
    if result is None:
        return Words(
            "Det behövs ett liknande område utan insatsen att jämföra med.",
            "A similar area without the measure is needed to compare with.",
            "control_needed",
        )
    if effort_changed:
        return Words(
            "Det behövs ett mått som inte beror på hur mycket som rapporteras.",
            "A measure is needed that does not depend on how much is reported.",
            "other_outcome_needed",
        )
    if _sign(result.local, result.local_se, level) < 0:
        return Words(
            "Det behövs jämförelseområden som valdes på samma sätt, eller en längre tid före.",
            "Comparison areas chosen in the same way are needed, or a longer time before.",
            "alike_control_needed",
        )
    events = _round(events_needed(WORTH_SEEING, weight, phi, level))
    return Words(
        f"Det behövs ungefär {swedish(events)} före för att se en halvering.",
        f"About {events:,.0f} before are needed to see a halving.",
        "events_needed",
    )


def _round(number: float) -> float:
    """To one significant digit below 1 000, two above: a power calculation is not exact."""
    digits = 0 if number < 1000 else 1
    unit = 10 ** (math.floor(math.log10(number)) - digits)
    return float(round(number / unit) * unit)
