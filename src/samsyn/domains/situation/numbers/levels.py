"""Counts against their own normal, all series of a picture in one call."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from samsyn.domains.situation.result import Level, PeriodCount, Provenance, Verdict
from samsyn.domains.situation.weeks import Week

# Eight weeks make the normal; eight more tell which of those were alarms themselves.
HISTORY, WARM_UP = 8, 8
# Below this many, in the week and in its normal, the numbers cannot tell up from down.
SMALL = 5
METHOD = "early_warning(method='own_normal')"

Series = Sequence[int | None]


def levels_of(series: Mapping[str, Series], weeks: Sequence[Week]) -> dict[str, Level]:
    """Return the level of the last week of each series.

    `series` holds one count per week of `weeks`, oldest first; None is a week that does not count (before
    the municipality began, or in its summer pause).
    """
    if not series:
        return {}
    table = [
        [math.nan if count is None else float(count) for count in row] for row in series.values()
    ]
    if len(weeks) <= HISTORY:
        return {key: unknown(row, weeks) for key, row in series.items()}
    from samsyn.analysis import early_warning

    judged = early_warning(table, method="own_normal")
    assert judged.lower is not None
    found = {}
    for place, (key, row) in enumerate(series.items()):
        low, high = judged.lower[place][-1], judged.upper[place][-1]
        alarms = dict(zip(judged.at.tolist(), judged.alarm[place].tolist(), strict=True))
        past = history(row, weeks, alarms)
        if math.isnan(high):
            found[key] = unknown(row, weeks)
        else:
            count = int(row[-1] or 0)
            verdict = verdict_of(count, int(low), int(high))
            found[key] = Level(count, int(low), int(high), verdict, past)
    return found


def verdict_of(count: int, low: int, high: int) -> Verdict:
    """Return where the count lies; too_small where so few cannot tell."""
    if max(count, high) < SMALL:
        return "too_small"
    if count > high:
        return "above"
    return "below" if count < low else "within"


def of_part_of_a_week(level: Level) -> Level:
    """Return the level of a week that is not over: it can already be above, nothing else can be told."""
    return level if level.verdict == "above" else replace(level, verdict="unknown")


def unknown(row: Series, weeks: Sequence[Week]) -> Level:
    return Level(int(row[-1] or 0), None, None, "unknown", history(row, weeks, {}))


def history(
    row: Series, weeks: Sequence[Week], alarms: Mapping[int, bool]
) -> tuple[PeriodCount, ...]:
    """Return the eight weeks before the last, those that count."""
    last = len(row) - 1
    return tuple(
        PeriodCount(weeks[at].year, weeks[at].number, int(count), bool(alarms.get(at, False)))
        for at, count in enumerate(row[:last])
        if count is not None and at >= last - HISTORY
    )


def provenance_of(series: Mapping[str, Series], weeks: Sequence[Week]) -> Provenance:
    """Return how the levels were made, with the series they were made from."""
    from samsyn import __version__
    from samsyn.domains.situation.result import checksum

    kept = {
        "weeks": [str(week) for week in weeks],
        "series": {k: list(row) for k, row in series.items()},
    }
    return Provenance(
        key="levels",
        method=METHOD,
        parameters={"level": 0.8, "baseline": HISTORY, "warm_up": WARM_UP, "smallest": SMALL},
        input_hash=checksum(kept),
        code_version=__version__,
        input=kept,
    )
