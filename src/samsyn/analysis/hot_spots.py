"""Which places stay hot, period after period?"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .place_guards import place_cautions, read_events
from .results import (
    AnalysisError,
    BoolArray,
    FloatArray,
    IntArray,
    Result,
    Words,
    days,
    hash_input,
    share,
)

STAYS, NEW, FADING, SOMETIMES = "stays", "new", "fading", "sometimes"


@dataclass(frozen=True, kw_only=True, eq=False)
class HotSpots(Result):
    """Squares that were hot in at least one period, the most lasting first.

    x, y : centres, metres. counts : events per square and period (rows × columns).
    hot : whether the square was among the top in each period.
    share_hot : share of the periods; low, high : 95 % interval of that share (Wilson).
    longest_run : most periods in a row. kind : "stays" (hot in at least half of the periods and in the
        last), "new" (only in the last), "fading" (in at least half, not in the last), "sometimes".
    persistence : of squares hot in one period, the share hot in the next; by_chance : what that share
        would be if the same number of squares with events were drawn at random each time.
    cut : fewest events that made a square hot, per period.
    """

    x: FloatArray
    y: FloatArray
    counts: IntArray
    hot: BoolArray
    share_hot: FloatArray
    low: FloatArray
    high: FloatArray
    longest_run: IntArray
    kind: npt.NDArray[np.str_]
    persistence: float
    by_chance: float
    cut: IntArray
    periods: int
    squares: int


def hot_spots(
    x: Any,
    y: Any,
    t: Any,
    *,
    cell_size: float = 200.0,
    period: float = 91.0,
    end: Any = None,
    top_share: float = 0.25,
    min_events: int = 3,
    t_to: Any = None,
) -> HotSpots:
    """Squares that hold the top share of events, in how many periods, and whether they last.

    Parameters
    ----------
    x, y : coordinates in metres, length n. t : days, or points in time.
    cell_size : side of the squares, metres. period : length of a period, days; the last one ends with
        `end` (the last event's day if not given), and a shorter one at the beginning is left out.
    top_share : in each period the fewest squares that together hold this share of the events are hot;
        squares that tie with the last of them are too.
    min_events : a square with fewer in the period is never hot, so that one or two events make no
        hot spot.

    Raises
    ------
    AnalysisError : fewer than three whole periods, or no square that ever reaches `min_events`.

    Source
    ------
    Weisburd 2015, Criminology 53:133–157 (the law of crime concentration) for the top share.
    """
    xs, ys, ts, _ = read_events(x, y, t, t_to)
    share(top_share, "top_share")
    if not (cell_size > 0 and period > 0 and min_events >= 1):
        raise AnalysisError(
            "cell_size, period och min_events ska vara större än noll.",
            "cell_size, period and min_events must be above zero.",
        )
    last = math.floor(float(days([end], "end")[0]) if end is not None else ts.max()) + 1.0
    number = np.floor((last - ts) / period).astype(np.int64)
    periods = int((last - ts.min()) // period)
    if periods < 3:
        raise AnalysisError(
            f"Det behövs minst tre hela perioder om {period:g} dagar. Här finns {max(periods, 0)}.",
            f"At least three whole periods of {period:g} days are needed. There are "
            f"{max(periods, 0)}.",
            "too_few_periods",
        )
    keep = (ts < last) & (number < periods)
    columns = periods - 1 - number[keep]
    counts, cx, cy = _count_squares(xs[keep], ys[keep], columns, periods, cell_size)
    hot, cut = top_squares(counts, top_share, min_events)
    ever = np.flatnonzero(hot.any(axis=1))
    if ever.size == 0:
        raise AnalysisError(
            f"Ingen ruta når {min_events} händelser i en period. Välj större rutor eller längre "
            "perioder.",
            f"No square reaches {min_events} events in a period. Choose larger squares or longer "
            "periods.",
            "small_numbers",
        )
    times_hot = hot[ever].sum(axis=1)
    order = np.lexsort((-counts[ever].sum(axis=1), -times_hot))
    rows = ever[order]
    low, high = _wilson(times_hot[order], periods)
    stays, before = hot[:, :-1].sum(), (hot[:, :-1] & hot[:, 1:]).sum()
    active = counts.any(axis=1).sum()
    return HotSpots(
        x=cx[rows],
        y=cy[rows],
        counts=counts[rows],
        hot=hot[rows],
        share_hot=times_hot[order] / periods,
        low=low,
        high=high,
        longest_run=np.array([_longest_run(r) for r in hot[rows]], dtype=np.int64),
        kind=_kinds(hot[rows]),
        persistence=float(before / stays) if stays else math.nan,
        by_chance=float(hot[:, 1:].sum(axis=0).mean() / active),
        cut=cut,
        periods=periods,
        squares=int(active),
        parameters={
            "cell_size": float(cell_size),
            "period": float(period),
            "last_day": last - 1,
            "top_share": top_share,
            "min_events": min_events,
        },
        input_hash=hash_input(xs, ys, ts),
        warnings=(
            *place_cautions(xs, ys),
            *_cautions(counts, hot, xs.size - int(keep.sum()), min_events, cut),
        ),
    )


def top_squares(counts: IntArray, top_share: float, min_events: int) -> tuple[BoolArray, IntArray]:
    """Whether each square (row) is hot in each period (column), and the fewest events it took."""
    ordered = -np.sort(-counts, axis=0)
    reached = np.cumsum(ordered, axis=0) >= top_share * counts.sum(axis=0)
    cut = np.maximum(ordered[np.argmax(reached, axis=0), np.arange(counts.shape[1])], min_events)
    return counts >= cut, cut.astype(np.int64)


def _count_squares(
    x: FloatArray, y: FloatArray, column: IntArray, periods: int, size: float
) -> tuple[IntArray, FloatArray, FloatArray]:
    cells = np.stack([np.floor(x / size), np.floor(y / size)], axis=1)
    squares, index = np.unique(cells, axis=0, return_inverse=True)
    counts = np.bincount(index.ravel() * periods + column, minlength=len(squares) * periods)
    centres = (squares + 0.5) * size
    return counts.reshape(-1, periods).astype(np.int64), centres[:, 0], centres[:, 1]


def _longest_run(hot: BoolArray) -> int:
    longest = run = 0
    for h in hot:
        run = run + 1 if h else 0
        longest = max(longest, run)
    return longest


def _kinds(hot: BoolArray) -> npt.NDArray[np.str_]:
    often, now = hot.mean(axis=1) >= 0.5, hot[:, -1]
    only_now = now & ~hot[:, :-1].any(axis=1)
    return np.select([only_now, often & now, often], [NEW, STAYS, FADING], SOMETIMES)


def _wilson(hits: IntArray, n: int) -> tuple[FloatArray, FloatArray]:
    z = 1.959963984540054
    p = hits / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return middle - half, middle + half


def _cautions(
    counts: IntArray, hot: BoolArray, left_out: int, min_events: int, cut: IntArray
) -> Iterator[Words]:
    if left_out:
        yield Words(
            f"{left_out} händelser ligger före den första hela perioden eller efter den sista dagen "
            "och är inte med.",
            f"{left_out} events lie before the first whole period or after the last day and are "
            "left out.",
            "left_out",
        )
    if (cut == min_events).any():
        yield Words(
            f"I någon period räcker {min_events} händelser för att en ruta ska vara het. Så små tal "
            "ändras av en slump.",
            f"In some period {min_events} events make a square hot. Numbers that small change by "
            "chance.",
            "small_numbers",
        )
    only_last = int(((hot.sum(axis=1) == 1) & hot[:, -1]).sum())
    if only_last:
        yield Words(
            f"{only_last} rutor är heta bara i den senaste perioden. De flesta sådana sjunker igen av "
            "sig själva.",
            f"{only_last} squares are hot in the last period only. Most such fall back by themselves.",
            "regression_to_the_mean",
        )
    recent, usual = counts[:, -1].sum(), counts[:, :-1].sum(axis=0).mean()
    if recent < 0.6 * usual:
        yield Words(
            "Den senaste perioden har ovanligt få händelser. Anmälningar kan saknas ännu.",
            "The last period has unusually few events. Reports may still be missing.",
            "preliminary",
        )
