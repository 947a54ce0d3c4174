"""Is something new going on somewhere? The space–time permutation scan (Kulldorff et al. 2005)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from .circles import (
    MAX_STEPS,
    Best,
    Circles,
    HistoryScan,
    RecentScan,
    draw_circles,
    replicate_maxima,
)
from .place_guards import place_cautions, read_events
from .results import (
    AnalysisError,
    FloatArray,
    IntArray,
    Result,
    Words,
    days,
    generator,
    hash_input,
)

Ties = Literal["apart", "together"]

EULER = 0.5772156649015329
TIE = 1e-9


@dataclass(frozen=True, kw_only=True, eq=False)
class Cluster:
    """More events in a circle and a stretch of days than its place and its time explain.

    x, y, radius : the circle, metres; centre : index of an event at its centre.
    locations : number of distinct places in it.
    first_day, last_day : as the times were given (day number, or date); both belong to the cluster.
    cases, expected : events in circle and window, and how many would be there if time and place had
        nothing to do with each other. members : indices of those events.
    llr : log likelihood ratio. p_value : its rank among the largest of each replicate.
    p_gumbel : from a Gumbel curve through the replicates; finer than p_value when that is small.
    recurrence_interval : days between one such finding by chance, if the scan runs once every
        `every` days; None in a retrospective scan or without permutations.
    """

    x: float
    y: float
    centre: int
    radius: float
    locations: int
    first_day: Any
    last_day: Any
    days: int
    cases: int
    expected: float
    ratio: float
    llr: float
    p_value: float | None
    p_gumbel: float | None
    recurrence_interval: float | None
    members: IntArray


@dataclass(frozen=True, kw_only=True, eq=False)
class SpaceTimeScan(Result):
    """Clusters without common places, best first.

    maxima : largest ratio of each replicate. permutations : replicates made (fewer if stopped early).
    """

    clusters: tuple[Cluster, ...]
    events: int
    locations: int
    circles: int
    permutations: int
    maxima: FloatArray


def space_time_scan(
    x: Any,
    y: Any,
    t: Any,
    *,
    max_radius: float,
    max_days: int,
    end: Any = None,
    prospective: bool = True,
    permutations: int = 999,
    seed: int = 0,
    max_share: float = 0.5,
    min_cases: int = 2,
    cell_size: float | None = None,
    every: float = 1.0,
    max_clusters: int = 20,
    stop_after: int | None = None,
    ties: Ties = "apart",
    t_to: Any = None,
) -> SpaceTimeScan:
    """Clusters in space and time, in circles around the places of events.

    Parameters
    ----------
    x, y : coordinates in metres, length n.
    t : days, or points in time; with `t_to` the first possible time, and the middle is used.
    max_radius, max_days : largest circle (metres) and longest window (whole days).
    end : last day of the study; events after it are left out. The last event's day if not given.
    prospective : only clusters that are still going on at `end`; otherwise clusters at any time.
    permutations : replicates, in each of which the times are dealt out anew among the places.
    seed : the same seed gives the same answer for any order of rows and number of threads.
    max_share : largest share of all events in a circle. min_cases : fewest events in a cluster.
    cell_size : count events per square of this many metres; for more than some ten thousand events.
    every : days between one scan and the next, for the recurrence interval.
    stop_after : stop when this many replicates have reached the best cluster (sequential Monte
        Carlo, Besag & Clifford 1991): quick where nothing is going on.
    ties : places at the same distance from a centre enter a circle one by one ("apart", by x and then
        y, as in SaTScan) or "together".

    Returns
    -------
    SpaceTimeScan

    Raises
    ------
    AnalysisError : fewer than ten events, limits that are not positive, too many circles.

    Source
    ------
    Kulldorff et al. 2005, PLoS Medicine 2(3):e59. Recurrence interval: Kleinman, Lazarus & Platt 2004.

    >>> import numpy as np
    >>> rng = np.random.default_rng(1)
    >>> x, y, t = rng.uniform(0, 5000, 200), rng.uniform(0, 5000, 200), rng.integers(0, 365, 200)
    >>> x[:8], y[:8], t[:8] = 2500 + rng.normal(0, 50, 8), 2500, 363
    >>> best = space_time_scan(x, y, t, max_radius=500, max_days=14, end=364, seed=1).clusters[0]
    >>> best.cases >= 8, best.p_value
    (True, 0.001)
    """
    xs, ys, ts, _ = read_events(x, y, t, t_to)
    _check(max_radius, max_days, permutations, max_share, min_cases, cell_size)
    generator(seed)
    dated = _holds_dates(t)
    last = math.floor(float(days([end], "end")[0]) if end is not None else ts.max())
    row = np.flatnonzero(np.floor(ts) <= last)
    if row.size < 10:
        raise AnalysisError(
            f"Det behövs minst tio händelser till och med sista dagen. Här finns {row.size}.",
            f"At least ten events are needed up to the last day. There are {row.size}.",
            "too_few_events",
        )
    day = np.floor(ts[row]).astype(np.int64)
    px, py = xs[row], ys[row]
    if cell_size is not None:
        px, py = ((np.floor(v / cell_size) + 0.5) * cell_size for v in (px, py))
    circles = draw_circles(px, py, float(max_radius), max_share, ties == "together")
    origin = last if prospective else int(day.min())
    longest = min(int(max_days), last - int(day.min()) + 1)
    scan: RecentScan | HistoryScan
    if prospective:
        scan = RecentScan(circles, last - day, longest, int(min_cases))
    else:
        scan = HistoryScan(circles, day - origin, longest, int(min_cases))
        _refuse_long_work(scan, permutations)
    best = scan.best()
    top = float(best.ratio.max(initial=0.0))
    maxima = (
        replicate_maxima(scan, top - TIE, permutations, seed, stop_after)
        if permutations and top > 0
        else np.zeros(0)
    )
    first_row = np.full(circles.begins.size - 1, xs.size, dtype=np.int64)
    np.minimum.at(first_row, circles.place, row)
    chosen = without_overlap(circles, best, first_row, max_clusters)
    clusters = tuple(
        _describe(circles, best, i, day, origin, row, maxima, every if prospective else None, dated)
        for i in chosen
    )
    return SpaceTimeScan(
        clusters=clusters,
        events=row.size,
        locations=circles.begins.size - 1,
        circles=int((circles.size > 0).sum()),
        permutations=maxima.size,
        maxima=maxima,
        parameters={
            "max_radius": float(max_radius),
            "max_days": int(max_days),
            "end": _as_given(last, dated),
            "prospective": prospective,
            "permutations": permutations,
            "max_share": max_share,
            "min_cases": min_cases,
            "cell_size": cell_size,
            "every": every,
            "stop_after": stop_after,
            "ties": ties,
        },
        seed=seed,
        input_hash=hash_input(xs, ys, ts),
        warnings=(
            *place_cautions(px, py),
            *_cautions(xs.size - row.size, day, last, int(max_days), prospective, clusters, px, py),
        ),
    )


def without_overlap(circles: Circles, best: Best, first_row: IntArray, most: int) -> list[int]:
    """Centres of the best clusters, each taken only if it shares no place with a better one.

    Of equally good ones that with fewest places comes first, then that whose centre stands first in
    the data. Clusters that share a place but not a day stand side by side. Both as in SaTScan 10.
    """
    order = np.lexsort((first_row, best.circle - circles.begins[:-1], -np.round(best.ratio, 9)))
    taken: list[tuple[int, set[int]]] = []
    for i in order:
        if best.ratio[i] <= 0 or len(taken) >= most:
            break
        places = set(circles.other[circles.begins[i] : best.circle[i] + 1].tolist())
        if all(
            best.last_day[i] < best.first_day[j]
            or best.first_day[i] > best.last_day[j]
            or places.isdisjoint(theirs)
            for j, theirs in taken
        ):
            taken.append((int(i), places))
    return [i for i, _ in taken]


def gumbel_p(maxima: FloatArray, value: float) -> float | None:
    """P(largest ratio ≥ value) by a Gumbel curve with the replicates' mean and variance."""
    if maxima.size < 20 or maxima.std() == 0:
        return None
    scale = float(maxima.std(ddof=1)) * math.sqrt(6) / math.pi
    middle = float(maxima.mean()) - EULER * scale
    return -math.expm1(-math.exp(-(value - middle) / scale))


def _describe(
    circles: Circles,
    best: Best,
    i: int,
    day: IntArray,
    origin: int,
    row: IntArray,
    maxima: FloatArray,
    every: float | None,
    dated: bool,
) -> Cluster:
    places = circles.other[circles.begins[i] : best.circle[i] + 1]
    first, last = origin + int(best.first_day[i]), origin + int(best.last_day[i])
    in_time = (day >= first) & (day <= last)
    in_place = np.isin(circles.place, places)
    cases = int((in_time & in_place).sum())
    expected = float(in_place.sum()) * float(in_time.sum()) / day.size
    llr = float(best.ratio[i])
    p_value = (1 + int((maxima >= llr - TIE).sum())) / (1 + maxima.size) if maxima.size else None
    return Cluster(
        x=float(circles.x[i]),
        y=float(circles.y[i]),
        centre=int(row[np.flatnonzero(circles.place == i)].min()),
        radius=float(np.sqrt(circles.apart[best.circle[i]])),
        locations=places.size,
        first_day=_as_given(first, dated),
        last_day=_as_given(last, dated),
        days=last - first + 1,
        cases=cases,
        expected=expected,
        ratio=cases / expected,
        llr=llr,
        p_value=p_value,
        p_gumbel=gumbel_p(maxima, llr) if maxima.size else None,
        recurrence_interval=every / p_value if every is not None and p_value else None,
        members=row[in_time & in_place],
    )


def _holds_dates(t: Any) -> bool:
    values = np.asarray(t)
    return values.dtype.kind in "MUS" or not isinstance(values[0], int | float | np.number)


def _as_given(day: int, dated: bool) -> Any:
    return np.datetime64(day, "D") if dated else day


def _check(
    radius: float,
    longest: int,
    permutations: int,
    share: float,
    least: int,
    cell_size: float | None,
) -> None:
    if not (radius >= 0 and np.isfinite(radius)) or longest < 1 or permutations < 0 or least < 1:
        raise AnalysisError(
            "Radie, dagar, antal och permutationer ska vara positiva.",
            "Radius, days, counts and permutations must be positive.",
        )
    if not 0 < share <= 1 or (cell_size is not None and cell_size <= 0):
        raise AnalysisError(
            "max_share ska ligga mellan 0 och 1, och cell_size vara positiv.",
            "max_share must lie between 0 and 1, and cell_size be positive.",
        )


def _refuse_long_work(scan: HistoryScan, permutations: int) -> None:
    if scan.steps() * (permutations + 1) > MAX_STEPS:
        raise AnalysisError(
            "Hela historiken är för stor att söka igenom. Ange cell_size, kortare radie, färre "
            "dagar eller färre permutationer, eller sök bara det som pågår (prospective=True).",
            "The whole history is too large to scan. Give cell_size, a shorter radius, fewer days "
            "or fewer permutations, or scan only what is going on (prospective=True).",
            "too_much_work",
        )


def _cautions(
    later: int,
    day: IntArray,
    last: int,
    longest: int,
    prospective: bool,
    clusters: tuple[Cluster, ...],
    x: FloatArray,
    y: FloatArray,
) -> Iterator[Words]:
    if later:
        yield Words(
            f"{later} händelser efter sista dagen är inte med.",
            f"{later} events after the last day are left out.",
            "after_end",
        )
    period = last - int(day.min()) + 1
    recent = int((day > last - longest).sum())
    usual = (day.size - recent) / max(1, period - longest) * longest
    if prospective and recent < 0.5 * usual and usual >= 5:
        yield Words(
            f"De senaste {longest} dagarna har {recent} händelser, mot vanligen {usual:.0f}. "
            "Anmälningar kommer in sent. Det som syns nu kan vara för lite.",
            f"The last {longest} days have {recent} events against {usual:.0f} as a rule. Reports "
            "come in late. What shows now may be too little.",
            "preliminary",
        )
    if prospective and recent < 10:
        yield Words(
            f"Bara {recent} händelser ligger i de senaste {longest} dagarna.",
            f"Only {recent} events lie in the last {longest} days.",
            "few_recent",
        )
    if period > 2 * 366:
        yield Words(
            "Perioden är längre än två år. Om en del av kommunen har vuxit eller ändrats kan det se "
            "ut som en anhopning. Pröva med det senaste året.",
            "The period is longer than two years. Where a part of the area has grown or changed, "
            "that can look like a cluster. Try the latest year.",
            "area_change",
        )
    if prospective and clusters and clusters[0].p_value is not None:
        yield Words(
            "Sökningen görs om och om igen. Läs återkomsttiden: så många dagar går det mellan "
            "falska larm av samma styrka.",
            "The scan is run again and again. Read the recurrence interval: so many days pass "
            "between false alarms of the same strength.",
            "repeated_testing",
        )
    if clusters and _at_edge(clusters[0], x, y):
        yield Words(
            "Den starkaste anhopningen ligger vid kanten av området. Det som hänt utanför syns inte.",
            "The strongest cluster lies at the edge of the area. What happened outside is not seen.",
            "edge",
        )


def _at_edge(cluster: Cluster, x: FloatArray, y: FloatArray) -> bool:
    return bool(
        min(cluster.x - x.min(), x.max() - cluster.x, cluster.y - y.min(), y.max() - cluster.y)
        < cluster.radius
    )
