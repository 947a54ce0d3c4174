"""The evaluation for laymen: did it work, what was assumed, and what would be needed to tell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Literal

from .displacement import Displacement, displacement, pooled_dispersion
from .interrupted import InterruptedSeries, interrupted_series
from .rates import swedish
from .results import AnalysisError, Result, Words

Decision = Literal["decreased", "increased", "no sign", "cannot tell", "moved"]
Selection = Literal["high", "need", "random", "all", "unknown"]

WORTH_SEEING = 0.5  # A halving: if even that would not show, nothing can be told.
POWER = 0.8
SELECTED_SPREADS = 2.06  # Mean of the highest twentieth of chance, in standard deviations.


@dataclass(frozen=True)
class Assumption:
    """What the answer rests on. holds is None where it was not checked."""

    name: str
    holds: bool | None
    text: Words


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
    assumptions = _assumptions(
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
        sentences=tuple(_sentences(decision, treated, result, beside, needed, selected)),
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


# --- The sentences -------------------------------------------------------------------------------


def _sentences(
    decision: Decision,
    treated: Sequence[float],
    result: Displacement | None,
    beside: InterruptedSeries | None,
    needed: Words | None,
    selected: Selection,
) -> list[Words]:
    said = [_first(decision, swedish(treated[0]), swedish(treated[1]), result, needed)]
    if needed is not None and needed.code == "events_needed":
        said[0] = Words(f"{said[0].sv} {needed.sv}", f"{said[0].en} {needed.en}", decision)
    elif needed is not None:
        said.append(needed)
    if result is not None and decision in ("decreased", "increased", "moved"):
        said.append(_size(decision, result))
    if selected == "high" and decision == "decreased":
        said.append(
            Words(
                "Platsen valdes för att den låg högt, så en del av minskningen hade ändå kommit.",
                "The place was chosen because it was high, so part of the fall would have come anyway.",
                "regression_to_the_mean",
            )
        )
    if result is not None and result.reading is not None and decision == "decreased":
        said.append(result.reading)
    if beside is not None:
        said.append(_beside(beside))
    return said


def _size(decision: Decision, result: Displacement) -> Words:
    """The difference in events: of the area, or with its surroundings where crime moved."""
    if decision == "moved":
        (low, high), value = result.interval, result.wdd
        where = "Räknat med omgivningen är skillnaden", "With the surroundings the difference is"
    else:
        (low, high), value = _local_interval(result), result.local
        where = (
            "Skillnaden mot jämförelseområdet är",
            "The difference from the comparison area is",
        )
    return Words(
        f"{where[0]} {_signed(value)} händelser (mellan {_signed(low)} och {_signed(high)}).",
        f"{where[1]} {value:+.0f} events (between {low:+.0f} and {high:+.0f}).",
        "size",
    )


def _first(
    decision: Decision, before: str, after: str, result: Displacement | None, needed: Words | None
) -> Words:
    plain = before.replace("\u00a0", ","), after.replace("\u00a0", ",")
    if decision == "cannot tell":
        if result is None:
            return Words(
                "Kan inte avgöras: det finns inget område att jämföra med.",
                "Cannot be told: there is no area to compare with.",
                decision,
            )
        if needed is not None and needed.code == "other_outcome_needed":
            return Words(
                "Kan inte avgöras: rapporteringen ändrades samtidigt.",
                "Cannot be told: reporting changed at the same time.",
                decision,
            )
        if needed is not None and needed.code == "alike_control_needed":
            return Words(
                f"Kan inte avgöras: platsen valdes för att den låg högt, och så mycket "
                f"({before} till {after}) kan den sjunka av sig själv.",
                f"Cannot be told: the place was chosen because it was high, and so much "
                f"({plain[0]} to {plain[1]}) it may fall by itself.",
                decision,
            )
        return Words(
            f"Kan inte avgöras: {before} händelser före och {after} efter räcker inte.",
            f"Cannot be told: {plain[0]} events before and {plain[1]} after are not enough.",
            decision,
        )
    texts = {
        "decreased": (
            f"Minskade: från {before} till {after}, mer än i jämförelseområdet.",
            f"Decreased: from {plain[0]} to {plain[1]}, more than in the comparison area.",
        ),
        "increased": (
            f"Ökade jämfört med jämförelseområdet: från {before} till {after}.",
            f"Increased against the comparison area: from {plain[0]} to {plain[1]}.",
        ),
        "moved": (
            f"Flyttade: färre i området ({before} till {after}) men fler runt omkring.",
            f"Moved: fewer in the area ({plain[0]} to {plain[1]}) but more around it.",
        ),
        "no sign": (
            f"Inget tecken på effekt: från {before} till {after}, ungefär som jämförelseområdet. "
            "En halvering hade synts.",
            f"No sign of an effect: from {plain[0]} to {plain[1]}, about as the comparison area. "
            "A halving would have shown.",
        ),
    }
    return Words(*texts[decision], decision)


def _local_interval(result: Displacement) -> tuple[float, float]:
    level = float(result.parameters["level"])
    half = NormalDist().inv_cdf((1 + level) / 2) * result.local_se
    return result.local - half, result.local + half


def _signed(number: float) -> str:
    return f"{'−' if round(number) < 0 else '+'}{swedish(abs(number))}"


def _beside(beside: InterruptedSeries) -> Words:
    low, high = beside.serial_interval
    change = 100 * (beside.level_change - 1)
    span_sv = f"{_signed(100 * (low - 1))} och {_signed(100 * (high - 1))} procent"
    span_en = f"{100 * (low - 1):+.0f} and {100 * (high - 1):+.0f} per cent"
    return Words(
        f"Serien period för period visar {_signed(change)} procent vid starten (mellan {span_sv}).",
        f"The series period by period shows {change:+.0f} per cent at the start (between {span_en}).",
        "series",
    )


# --- The assumptions -----------------------------------------------------------------------------


def _assumptions(
    result: Displacement | None,
    beside: InterruptedSeries | None,
    selected: Selection,
    time_weights: tuple[float, float],
    dispersion: float | None,
    effort_changed: bool,
    preliminary: bool,
    other_measures: bool,
    decided_before: bool | None,
    zone: bool,
) -> list[Assumption]:
    return [
        Assumption(
            "control",
            result is not None,
            Words("Ett liknande område att jämföra med.", "A similar area to compare with."),
        ),
        Assumption(
            "selection",
            {"high": False, "unknown": None}.get(selected, True),
            Words(
                "Platsen valdes inte för att den just då låg högt.",
                "The place was not chosen because it was high just then.",
            ),
        ),
        Assumption(
            "reporting",
            not effort_changed,
            Words("Rapporteringen var densamma.", "Reporting was the same."),
        ),
        Assumption(
            "final",
            not preliminary,
            Words("Siffrorna är slutliga.", "The figures are final."),
        ),
        Assumption(
            "alone",
            not other_measures,
            Words("Inget annat gjordes där samtidigt.", "Nothing else was done there meanwhile."),
        ),
        Assumption(
            "decided_before",
            decided_before,
            Words(
                "Områden, datum och mått bestämdes före starten.",
                "Areas, dates and outcome were decided before the start.",
            ),
        ),
        Assumption(
            "same_length",
            time_weights[0] == time_weights[1],
            Words(
                "Perioderna är lika långa och täcker samma årstid.",
                "The periods are equally long and cover the same season.",
            ),
        ),
        Assumption(
            "dispersion",
            None if dispersion is None else True,
            Words(
                "Hur mycket antalen brukar svänga är räknat med.",
                "How much the counts usually vary is allowed for.",
            ),
        ),
        Assumption(
            "displacement",
            True if zone else None,
            Words("Om brotten flyttade är undersökt.", "Whether crime moved was looked into."),
        ),
        Assumption(
            "autocorrelation",
            None if beside is None else bool(beside.autocorrelation_p_value >= 0.05),
            Words("Perioderna är oberoende av varandra.", "The periods are independent."),
        ),
    ]
