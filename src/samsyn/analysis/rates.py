"""Two counts compared: did the rate change more than chance gives?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from . import cautions
from .results import AnalysisError, FloatArray, Result, Words, hash_input, share

NORMAL_FROM = 10**9  # Events from which the statistic is normal to five digits.


@dataclass(frozen=True, kw_only=True, eq=False)
class RateChange(Result):
    """The second rate over the first.

    ratio : (k2 / n2) / (k1 / n1); infinite when the first count is zero.
    interval : exact interval of the ratio; infinite above when the first count is zero.
    p_value : of the two-sided E-test that both rates are equal.
    percent : change in percent; None where either count is under 20.
    words : the answer in one or two sentences, Swedish and English.
    """

    ratio: float
    interval: tuple[float, float]
    p_value: float
    percent: float | None
    words: Words


def rate_change(
    k1: int,
    n1: float,
    k2: int,
    n2: float,
    *,
    level: float = 0.95,
    comparisons: int = 1,
    selected_high: bool = False,
    effort_changed: bool = False,
    preliminary: bool = False,
) -> RateChange:
    """Compare two Poisson counts: the E-test and the exact interval of the ratio.

    Parameters
    ----------
    k1, n1 : events and exposure (weeks, inhabitants …) of the first period or place.
    k2, n2 : the same of the second.
    level : confidence level of the interval.
    comparisons : how many such comparisons were made; only leads to a caution.
    selected_high : whether the place was chosen because its first count was high.
    effort_changed : whether reporting changed between the two.
    preliminary : whether the second count may still grow.

    Raises
    ------
    AnalysisError : both counts are zero, a count is not a whole number, an exposure is not above zero.

    Source: Krishnamoorthy & Thomson 2004 (E-test); Clopper & Pearson 1934 on the share of the
    second count in the total (exact interval).
    """
    k1, k2 = _count(k1, "k1"), _count(k2, "k2")
    n1, n2 = _exposure(n1, "n1"), _exposure(n2, "n2")
    level = share(level, "level")
    if k1 + k2 == 0:
        raise AnalysisError(
            "Inga händelser i någon av perioderna. Det finns inget att jämföra.",
            "No events in either period. There is nothing to compare.",
            "no_events",
        )
    ratio = (k2 / n2) / (k1 / n1) if k1 else math.inf
    interval = ratio_interval(k1, n1, k2, n2, level)
    p_value = e_test(k1, n1, k2, n2)
    small = min(k1, k2) < cautions.FEW
    notes = []
    if small:
        notes.append(cautions.few_events(min(k1, k2)))
    if selected_high:
        notes.append(cautions.selected_high())
    if effort_changed:
        notes.append(cautions.effort_changed())
    if preliminary:
        notes.append(cautions.preliminary(1))
    if comparisons > 1:
        notes.append(cautions.many_comparisons(comparisons, 1 - level))
    return RateChange(
        ratio=ratio,
        interval=interval,
        p_value=p_value,
        percent=None if small else 100 * (ratio - 1),
        words=_words(k1, n1, k2, n2, ratio, interval, p_value, level),
        parameters={"k1": k1, "n1": n1, "k2": k2, "n2": n2, "level": level},
        warnings=tuple(notes),
        input_hash=hash_input(np.array([k1, n1, k2, n2])),
    )


def ratio_interval(
    k1: int, n1: float, k2: int, n2: float, level: float = 0.95
) -> tuple[float, float]:
    """Exact interval of (k2/n2)/(k1/n1), given the total count."""
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    low = float(betaincinv(k2, k1 + 1, tail)) if k2 else 0.0
    high = float(betaincinv(k2 + 1, k1, 1 - tail)) if k1 else 1.0
    scale = n1 / n2
    return scale * low / (1 - low), scale * high / (1 - high) if high < 1 else math.inf


def e_test(k1: int, n1: float, k2: int, n2: float) -> float:
    """Two-sided p-value of the E-test of equal Poisson rates, for counts of any size.

    For each possible first count the extreme second counts are two tails, since the statistic falls
    with the second count; so their bounds are found by bisection instead of summing a table.
    """
    from scipy.special import gammaln, pdtr, pdtrc

    observed = abs(float(_statistic(np.array([k1]), n1, np.array([k2]), n2)[0])) * (1 - 1e-13)
    if observed == 0:
        return 1.0
    if k1 + k2 > NORMAL_FROM:
        return math.erfc(observed / math.sqrt(2))
    pooled = (k1 + k2) / (n1 + n2)
    mean1, mean2 = n1 * pooled, n2 * pooled
    first, last1 = _likely(mean1)
    x1 = np.arange(first, last1 + 1, dtype=np.float64)
    low2, last2 = _likely(mean2)
    below = _bisect(x1, n1, n2, low2 - 1, last2, observed)  # Last x2 with statistic ≥ observed.
    above = _bisect(x1, n1, n2, low2 - 1, last2, -observed, strict=True) + 1
    weight = np.exp(x1 * np.log(mean1) - mean1 - gammaln(x1 + 1))
    lower = np.where(below >= 0, pdtr(np.maximum(below, 0), mean2), 0.0)
    upper = np.where(above > 0, pdtrc(np.maximum(above - 1, 0), mean2), 1.0)
    return float(min(1.0, weight @ (lower + upper)))


def _likely(mean: float) -> tuple[int, int]:
    """Range outside which a Poisson count has a probability below 1e-16."""
    spread = 9 * math.sqrt(mean) + 40
    return max(0, math.floor(mean - spread)), math.ceil(mean + spread)


def _statistic(x1: FloatArray, n1: float, x2: FloatArray, n2: float) -> FloatArray:
    variance = x1 / n1**2 + x2 / n2**2
    difference = x1 / n1 - x2 / n2
    return np.divide(difference, np.sqrt(variance), out=np.zeros_like(variance), where=variance > 0)


def _bisect(
    x1: FloatArray, n1: float, n2: float, low: int, high: int, bound: float, strict: bool = False
) -> FloatArray:
    """For each x1 the last x2 in (low, high] whose statistic is ≥ `bound` (> if strict), else low."""
    lo = np.full(x1.shape, low, dtype=np.float64)
    hi = np.full(x1.shape, high, dtype=np.float64)
    while (lo < hi).any():
        middle = np.ceil((lo + hi) / 2)
        value = _statistic(x1, n1, np.maximum(middle, 0), n2)
        keep = value > bound if strict else value >= bound
        open_ = lo < hi
        lo, hi = (
            np.where(open_ & keep, middle, lo),
            np.where(open_ & ~keep, middle - 1, hi),
        )
    return lo


def _count(value: float, name: str) -> int:
    if not _is_number(value) or not math.isfinite(value) or value < 0 or value != int(value):
        raise AnalysisError(
            f"{name} ska vara ett antal: ett helt tal, aldrig under noll.",
            f"{name} must be a count: a whole number, never below zero.",
        )
    return int(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def _exposure(value: float, name: str) -> float:
    if not _is_number(value) or not math.isfinite(value) or value <= 0:
        raise AnalysisError(f"{name} ska vara större än noll.", f"{name} must be above zero.")
    return float(value)


def swedish(number: float, decimals: int = 0) -> str:
    """A number as Swedish readers write it: 1 234,5."""
    return f"{number:,.{decimals}f}".replace(",", "\u00a0").replace(".", ",")


def _words(
    k1: int,
    n1: float,
    k2: int,
    n2: float,
    ratio: float,
    interval: tuple[float, float],
    p_value: float,
    level: float,
) -> Words:
    signal = p_value < 1 - level
    if ratio == 1:
        sv, en = f"Lika många: {swedish(k1)} och {swedish(k2)}.", f"Unchanged: {k1} and {k2}."
        if n1 != n2:
            sv, en = "Lika ofta i båda.", "Equally often in both."
        return Words(sv, en, "same")
    up = ratio > 1
    sv = f"{'Ökade' if up else 'Minskade'} från {swedish(k1)} till {swedish(k2)}"
    en = f"{'Rose' if up else 'Fell'} from {k1:,} to {k2:,}"
    if n1 != n2:
        sv, en = sv + ", räknat på olika lång tid eller olika många", en + ", over unequal exposure"
        sv = sv.replace("Ökade", "Oftare:").replace("Minskade", "Mer sällan:")
        en = en.replace("Rose", "More often:").replace("Fell", "Less often:")
    if min(k1, k2) < cautions.FEW:
        tail = (
            ("Skillnaden är större än slumpen brukar ge.", "More than chance usually gives.")
            if signal
            else (
                "Så små tal svänger så mycket av en slump.",
                "Counts this small vary as much by chance.",
            )
        )
        return Words(f"{sv}. {tail[0]}", f"{en}. {tail[1]}", "signal" if signal else "chance")
    change = abs(100 * (ratio - 1))
    low, high = (100 * (bound - 1) for bound in interval)
    between_sv = f"{_signed(low)} och {_signed(high)} procent"
    between_en = f"{low:+.0f} and {high:+.0f} per cent"
    sv += f", {swedish(change)} procent (mellan {between_sv})."
    en += f", {change:.0f} per cent (between {between_en})."
    if not signal:
        sv += " Det kan vara slump."
        en += " It may be chance."
    return Words(sv, en, "signal" if signal else "chance")


def _signed(number: float) -> str:
    sign = "−" if round(number) < 0 else "+"
    return f"{sign}{swedish(abs(number))}"
