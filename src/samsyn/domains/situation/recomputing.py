"""Making a frozen picture's numbers again: from the rows while they exist, else from the kept aggregates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from samsyn.base.retention.models import DisposalRecord
from samsyn.domains.situation.models import PictureVersion
from samsyn.domains.situation.numbers import gather
from samsyn.domains.situation.numbers.hours import busy_of
from samsyn.domains.situation.numbers.levels import levels_of, of_part_of_a_week
from samsyn.domains.situation.numbers.report_rows import ALL
from samsyn.domains.situation.result import ReportNumbers, WeeklyNumbers, from_json
from samsyn.domains.situation.weeks import Week


@dataclass(frozen=True)
class Difference:
    """One number that is not the same: what it is, as frozen and as made now."""

    what: str
    frozen: str
    now: str


@dataclass(frozen=True)
class Recomputed:
    """`origin` is live (from the rows) or kept (*källan gallrad*: from the frozen aggregates)."""

    origin: Literal["live", "kept"]
    numbers: WeeklyNumbers
    differences: tuple[Difference, ...]

    @property
    def is_same(self) -> bool:
        return not self.differences


def recompute(version: PictureVersion) -> Recomputed:
    """Make the numbers of a frozen version again and compare. Reads, changes nothing."""
    frozen = from_json(WeeklyNumbers, version.numbers)
    made_at = dt.datetime.fromisoformat(frozen.made_at)
    live = gather(frozen.scope, Week(frozen.week.year, frozen.week.number), made_at)
    if rows_are_disposed_of(version, frozen, live):
        kept = from_kept(frozen)
        return Recomputed("kept", kept, differences(frozen, kept))
    return Recomputed("live", live, differences(frozen, live))


def rows_are_disposed_of(
    version: PictureVersion, frozen: WeeklyNumbers, live: WeeklyNumbers
) -> bool:
    """Tell whether reports that were counted have been disposed of since."""
    if frozen.reports is None or live.reports is None or live.reports.count >= frozen.reports.count:
        return False
    places = [place.key for place in frozen.scope.municipalities if place.key is not None]
    return DisposalRecord.objects.filter(
        rule="reports", organisation__in=places, disposed_at__gte=version.frozen_at
    ).exists()


def from_kept(frozen: WeeklyNumbers) -> WeeklyNumbers:
    """Make the levels, the counts and the busy hours again from the aggregates that were kept."""
    runs = {run.key: run for run in frozen.provenance}
    if frozen.reports is None or "levels" not in runs:
        return frozen
    kept = runs["levels"].input
    weeks = [Week.parse(text) for text in kept["weeks"]]
    judged = levels_of(kept["series"], weeks)
    if weeks[-1].ends > dt.datetime.fromisoformat(frozen.made_at):
        judged = {key: of_part_of_a_week(level) for key, level in judged.items()}
    matrix = tuple(tuple(row) for row in runs["hours"].input["matrix"])
    reports: ReportNumbers = replace(
        frozen.reports,
        count=judged[ALL].count,
        level=judged[ALL],
        hours=matrix,
        busy=busy_of(matrix),
        categories=tuple(
            replace(one, count=judged[key].count, level=judged[key])
            if (key := f"category:{one.key}") in judged
            else one
            for one in frozen.reports.categories
        ),
    )
    return replace(frozen, reports=reports)


def differences(frozen: WeeklyNumbers, now: WeeklyNumbers) -> tuple[Difference, ...]:
    """Return every number of the picture that differs."""
    before, after = figures(frozen), figures(now)
    return tuple(
        Difference(what, before.get(what, "–"), after.get(what, "–"))
        for what in sorted(before.keys() | after.keys())
        if before.get(what) != after.get(what)
    )


def figures(numbers: WeeklyNumbers) -> dict[str, str]:
    """Return the picture's numbers by name."""
    found = {
        "polisens händelser": str(numbers.police_events.count),
        "polisens händelser, nummer": " ".join(numbers.police_events.ids),
        "polisens sammanfattningar": " ".join(numbers.police_events.summaries),
    }
    for row in numbers.registered.rows:
        name = f"{row.source} {row.municipality} {row.year}-{row.month:02d} {row.key} {row.offence}"
        found[name] = str(row.count)
    mine = numbers.reports
    if mine is not None:
        found["rapporter"] = str(mine.count)
        found["rapporter, vanligt"] = f"{mine.level.low}–{mine.level.high} {mine.level.verdict}"
        found["rapporter per timme"] = str(mine.hours)
        for one in mine.categories:
            found[f"rapporter, {one.name}"] = str(one.count)
            found[f"rapporter, {one.name}, vanligt"] = (
                f"{one.level.low}–{one.level.high} {one.level.verdict}"
            )
    return found
