"""The cautions that analyses share, each said once, in Swedish and English.

A caution states what may mislead and what to do about it. Its `code` is stable.
"""

from __future__ import annotations

from .results import Words

FEW = 20  # Below this many events a percentage says more about chance than about the place.


def few_events(count: float) -> Words:
    return Words(
        f"Få händelser ({count:.0f}). Slumpen kan ensam ge stora svängningar. Visa antal, inte procent.",
        f"Few events ({count:.0f}). Chance alone can cause large swings. Show counts, not percentages.",
        "few_events",
    )


def selected_high() -> Words:
    return Words(
        "Platsen valdes för att den låg högt. Då sjunker den oftast av sig själv. "
        "Jämför med platser som valdes på samma sätt.",
        "The place was chosen because it was high. It will then often fall by itself. "
        "Compare with places chosen in the same way.",
        "regression_to_the_mean",
    )


def many_comparisons(comparisons: int, alpha: float) -> Words:
    expected = comparisons * alpha
    shown = f"{expected:.0f}" if expected >= 10 else f"{expected:.1f}"
    return Words(
        f"{comparisons} jämförelser gjordes. Omkring {shown.replace('.', ',')} larmar av en slump.",
        f"{comparisons} comparisons were made. About {shown} will signal by chance alone.",
        "multiple_testing",
    )


def effort_changed() -> Words:
    return Words(
        "Rapporteringen ändrades under tiden. En del av förändringen kan vara att fler eller färre "
        "rapporterade.",
        "Reporting changed over the time. Part of the change may be that more or fewer reported.",
        "changed_effort",
    )


def preliminary(periods: int) -> Words:
    return Words(
        f"De {periods} sista perioderna är preliminära. Sena rapporter kan höja dem."
        if periods > 1
        else "Den sista perioden är preliminär. Sena rapporter kan höja den.",
        f"The last {periods} period{'s are' if periods > 1 else ' is'} preliminary. "
        "Late reports may still raise the count.",
        "preliminary",
    )


def overdispersed(dispersion: float) -> Words:
    shown = f"{dispersion:.1f}"
    return Words(
        f"Antalen svänger mer än slumpen ensam ger (spridning {shown.replace('.', ',')}). "
        "Intervallet är vidgat efter det.",
        f"The counts vary more than chance alone gives (dispersion {shown}). "
        "The interval is widened for it.",
        "overdispersed",
    )
