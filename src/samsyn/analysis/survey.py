"""Safety surveys: shares and indices with honest intervals, and change between years."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from . import cautions
from .false_discovery import adjust
from .proportions import newcombe, normal, score_test, wilson
from .results import (
    AnalysisError,
    FloatArray,
    Result,
    Words,
    column,
    hash_input,
    numbers,
    same_length,
    share,
)

SHOWN_FROM = 30  # Answers below which a share is not shown.


@dataclass(frozen=True, kw_only=True, eq=False)
class SurveyShare(Result):
    """Numbers for one group, arrays for several.

    share, interval : of those who answered yes; Wilson's interval for the effective number.
    n, effective_n : answers, and how many equally weighted answers from an endless population would
    say as much. design_effect : n over the number of equally weighted answers.
    shown : whether there are enough answers to show the share.
    """

    share: Any
    interval: Any
    n: Any
    effective_n: Any
    design_effect: Any
    shown: Any


@dataclass(frozen=True, kw_only=True, eq=False)
class SurveyChange(Result):
    """Second share minus first. Numbers for one question, arrays for several.

    change, interval : Newcombe's interval. p_value : two-sided score test.
    q_value : p-value adjusted for the number of questions (Benjamini & Hochberg).
    detectable : smallest change that these numbers would show in four cases of five.
    shown : whether both years have enough answers.
    """

    first: Any
    second: Any
    change: Any
    interval: Any
    p_value: Any
    q_value: Any
    detectable: Any
    shown: Any
    words: tuple[Words, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class SurveyIndex(Result):
    """Mean of the respondents' indices on the scale 0–`top`.

    change, change_interval, p_value : against `before`, else None.
    """

    index: float
    interval: tuple[float, float]
    se: float
    n: int
    effective_n: float
    shown: bool
    change: float | None = None
    change_interval: tuple[float, float] | None = None
    p_value: float | None = None


def survey_share(
    yes: Any,
    n: Any = None,
    *,
    weights: Any = None,
    population: Any = None,
    design_effect: Any = 1.0,
    level: float = 0.95,
) -> SurveyShare:
    """Share who answered yes.

    Parameters
    ----------
    yes, n : number of yes and of answers, single or one per group. Or leave `n` out and give the
        answers themselves as 0 and 1 (NaN: no answer).
    weights : one per answer, where answers are given; the design effect is then 1 + cv² (Kish).
    population : inhabitants asked about, for the finite population correction.
    design_effect : where counts are given and the survey is weighted.
    level : confidence level.

    Raises
    ------
    AnalysisError : more yes than answers, no answers, weights not above zero.

    Source: Wilson 1927; Kish 1965 (design effect); Cochran 1977 (finite population).
    """
    level = share(level, "level")
    if n is None:
        given = column(yes, "yes", missing=True)
        k, total, effect = _answers(given, weights)
    else:
        k, total = numbers(yes, "yes"), numbers(n, "n")
        effect = np.broadcast_to(numbers(design_effect, "design_effect"), total.shape)
    _check(k, total, effect)
    effective = _effective(total, effect, population)
    p = k / total
    low, high = wilson(p, effective, level)
    return SurveyShare(
        share=_plain(p),
        interval=_plain(np.stack([low, high], axis=-1)),
        n=_plain(total),
        effective_n=_plain(effective),
        design_effect=_plain(np.asarray(effect)),
        shown=_plain(total >= SHOWN_FROM),
        parameters={"population": population, "level": level},
        warnings=_few(total),
        input_hash=hash_input(k, total),
    )


def survey_change(
    k1: Any,
    n1: Any,
    k2: Any,
    n2: Any,
    *,
    population: Any = None,
    design_effect: Any = 1.0,
    comparisons: int | None = None,
    level: float = 0.95,
    effort_changed: bool = False,
) -> SurveyChange:
    """Change of a share from the first survey to the second, for one question or several.

    Parameters
    ----------
    k1, n1, k2, n2 : yes and answers of the first and the second survey, single or one per question.
    population, design_effect : as in `survey_share`, the same for both.
    comparisons : how many questions were compared in all, if more than are given here.
    effort_changed : whether wording, mode or sample changed; leads to a caution.

    Raises
    ------
    AnalysisError : as `survey_share`.

    Source: Newcombe 1998 (method 10); Benjamini & Hochberg 1995.
    """
    level = share(level, "level")
    counts = np.broadcast_arrays(*(numbers(v, "k och n") for v in (k1, n1, k2, n2)))
    a, m, b, n = (np.asarray(c, dtype=np.float64) for c in counts)
    effect = np.broadcast_to(numbers(design_effect, "design_effect"), m.shape)
    _check(a, m, effect)
    _check(b, n, effect)
    me, ne = _effective(m, effect, population), _effective(n, effect, population)
    p, q = a / m, b / n
    low, high = newcombe(p, me, q, ne, level)
    p_value = score_test(p, me, q, ne)
    tests = np.atleast_1d(p_value)
    number = max(comparisons or 0, tests.size)
    adjusted = adjust(tests, number).reshape(p_value.shape)
    spread = np.sqrt(p * (1 - p) * (1 / me + 1 / ne))
    notes = list(_few(np.minimum(m, n)))
    if number > 1:
        notes.append(cautions.many_comparisons(number, 1 - level))
    if effort_changed:
        notes.append(
            Words(
                "Frågan, urvalet eller sättet att fråga ändrades. Åren kan inte jämföras rakt av.",
                "The question, the sample or the mode changed. The years are not directly comparable.",
                "changed_effort",
            )
        )
    rows = zip(*(np.atleast_1d(v) for v in (p, q, low, high, adjusted)), strict=True)
    return SurveyChange(
        first=_plain(p),
        second=_plain(q),
        change=_plain(q - p),
        interval=_plain(np.stack([low, high], axis=-1)),
        p_value=_plain(p_value),
        q_value=_plain(adjusted),
        detectable=_plain((normal(level) + NormalDist().inv_cdf(0.8)) * spread),
        shown=_plain((m >= SHOWN_FROM) & (n >= SHOWN_FROM)),
        words=tuple(_sentence(*row, level=level) for row in rows),
        parameters={"population": population, "comparisons": number, "level": level},
        warnings=tuple(notes),
        input_hash=hash_input(a, m, b, n),
    )


def survey_index(
    answers: Any,
    *,
    scale: tuple[float, float] = (0, 6),
    top: float = 6,
    weights: Any = None,
    population: float | None = None,
    before: SurveyIndex | None = None,
    level: float = 0.95,
) -> SurveyIndex:
    """Index 0–6: the mean over respondents of the mean of their answers.

    Parameters
    ----------
    answers : (respondents,) or (respondents, questions); NaN where unanswered. A respondent who
        answered fewer than half of the questions is left out.
    scale : lowest and highest possible answer; (6, 0) turns a scale round.
    top : highest value of the index.
    weights, population : as in `survey_share`.
    before : the index of an earlier survey, to give the change.

    Raises
    ------
    AnalysisError : answers outside the scale, fewer than two respondents.

    Source: Cochran 1977 (weighted mean, finite population); Welch 1947 (change).
    """
    level = share(level, "level")
    table = numbers(answers, "answers", missing=True)
    table = table[:, None] if table.ndim == 1 else table
    low, high = scale
    if low == high or (np.nanmin(table) < min(scale)) or (np.nanmax(table) > max(scale)):
        raise AnalysisError(
            f"Svar utanför skalan {min(scale):g}–{max(scale):g}.",
            f"Answers outside the scale {min(scale):g}–{max(scale):g}.",
        )
    answered = (~np.isnan(table)).mean(axis=1)
    enough = answered >= 0.5
    values = np.nanmean((table[enough] - low) / (high - low), axis=1) * top
    n = len(values)
    if n < 2:
        raise AnalysisError("Minst två svarande behövs.", "At least two respondents are needed.")
    w = np.ones(n) if weights is None else _positive(weights, len(table))[enough]
    mean = float(np.average(values, weights=w))
    effective = float(w.sum() ** 2 / (w**2).sum())
    variance = float(np.average((values - mean) ** 2, weights=w)) * n / (n - 1)
    correction = 1.0 if population is None else max(0.0, 1 - n / population)
    se = math.sqrt(variance / effective * correction)
    quantile = _t(n - 1, level)
    change = interval = p_value = None
    if before is not None:
        change, interval, p_value = _index_change(before, mean, se, n, level)
    notes = list(_few(np.array(float(n))))
    if (~enough).any():
        left_out = int((~enough).sum())
        notes.append(
            Words(
                f"{left_out} svarande svarade på färre än hälften av frågorna och är inte med.",
                f"{left_out} respondents answered fewer than half of the questions and are left out.",
                "left_out",
            )
        )
    return SurveyIndex(
        index=mean,
        interval=(max(0.0, mean - quantile * se), min(top, mean + quantile * se)),
        se=se,
        n=n,
        effective_n=effective,
        shown=n >= SHOWN_FROM,
        change=change,
        change_interval=interval,
        p_value=p_value,
        parameters={"scale": scale, "top": top, "population": population, "level": level},
        warnings=tuple(notes),
        input_hash=hash_input(table, weights),
    )


# --- Formulas ------------------------------------------------------------------------------------


def _index_change(
    before: SurveyIndex, mean: float, se: float, n: int, level: float
) -> tuple[float, tuple[float, float], float]:
    from scipy.special import stdtr

    change = mean - before.index
    error = math.hypot(se, before.se)
    if error == 0:
        return change, (change, change), float(change == 0)
    degrees = error**4 / (se**4 / (n - 1) + before.se**4 / (before.n - 1))
    quantile = _t(degrees, level)
    p_value = float(2 * stdtr(degrees, -abs(change) / error))
    return change, (change - quantile * error, change + quantile * error), p_value


def _t(degrees: float, level: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(degrees, (1 + level) / 2))


# --- Reading -------------------------------------------------------------------------------------


def _answers(given: FloatArray, weights: Any) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Yes, answers and design effect of answers given one by one."""
    known = ~np.isnan(given)
    if not np.isin(given[known], (0, 1)).all():
        raise AnalysisError("Svaren ska vara 0 och 1.", "The answers must be 0 and 1.")
    n = np.array(float(known.sum()))
    if weights is None:
        return np.array(given[known].sum()), n, np.array(1.0)
    w = _positive(weights, len(given))[known]
    effect = len(w) * (w**2).sum() / w.sum() ** 2 if len(w) else 1.0
    yes = float((w * given[known]).sum() / w.sum() * n) if len(w) else 0.0
    return np.array(yes), n, np.array(effect)


def _positive(weights: Any, length: int) -> FloatArray:
    w = column(weights, "weights")
    same_length({"answers": np.zeros(length), "weights": w})
    if (w <= 0).any():
        raise AnalysisError("Vikter ska vara större än noll.", "Weights must be above zero.")
    return w


def _check(k: FloatArray, n: FloatArray, effect: FloatArray) -> None:
    if (n <= 0).any():
        raise AnalysisError("Det finns inga svar.", "There are no answers.", "no_answers")
    if (k < 0).any() or (k > n * (1 + 1e-12)).any():
        raise AnalysisError(
            "Antalet ja ska ligga mellan noll och antalet svar.",
            "The number of yes must lie between zero and the number of answers.",
        )
    if (effect <= 0).any():
        raise AnalysisError(
            "design_effect ska vara större än noll.", "design_effect must be above zero."
        )


def _effective(n: FloatArray, effect: FloatArray, population: Any) -> FloatArray:
    effective = n / effect
    if population is None:
        return np.asarray(effective)
    size = numbers(population, "population")
    if (size < n).any():
        raise AnalysisError(
            "Fler svar än invånare. Kontrollera population.",
            "More answers than inhabitants. Check population.",
        )
    left = np.maximum((size - n) / np.maximum(size - 1, 1), 1e-9)
    return np.asarray(effective / left)


def _few(n: FloatArray) -> tuple[Words, ...]:
    least = float(np.min(n))
    if least >= SHOWN_FROM:
        return ()
    return (
        Words(
            f"Bara {least:.0f} svar. Under {SHOWN_FROM} visas ingen andel.",
            f"Only {least:.0f} answers. Below {SHOWN_FROM} no share is shown.",
            "few_answers",
        ),
    )


def _plain(values: Any) -> Any:
    array = np.asarray(values)
    if array.ndim == 0:
        return array.item()
    if array.shape == (2,) and array.dtype.kind == "f":
        return tuple(map(float, array))
    return array


def _sentence(
    p: float, q: float, low: float, high: float, adjusted: float, *, level: float
) -> Words:
    one, two = f"{100 * p:.0f}", f"{100 * q:.0f}"
    points = f"{100 * low:+.0f} … {100 * high:+.0f}".replace("-", "−")
    if adjusted >= 1 - level:
        return Words(
            f"Från {one} till {two} procent. Ingen säker förändring ({points} procentenheter).",
            f"From {one} to {two} per cent. No certain change ({points} points).",
            "chance",
        )
    kind = ("Ökade", "Rose") if q > p else ("Minskade", "Fell")
    return Words(
        f"{kind[0]} från {one} till {two} procent ({points} procentenheter).",
        f"{kind[1]} from {one} to {two} per cent ({points} points).",
        "signal",
    )
