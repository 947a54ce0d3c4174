"""What the verdict says, in Swedish and English, and the assumptions it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

from .displacement import Displacement
from .interrupted import InterruptedSeries
from .rates import swedish
from .results import Words

Decision = Literal["decreased", "increased", "no sign", "cannot tell", "moved"]
Selection = Literal["high", "need", "random", "all", "unknown"]


@dataclass(frozen=True)
class Assumption:
    """What the answer rests on. holds is None where it was not checked."""

    name: str
    holds: bool | None
    text: Words


def sentences(
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
                f"Cannot be told: the place was chosen because it was high, and such a fall "
                f"({plain[0]} to {plain[1]}) may come by itself.",
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


def list_assumptions(
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
