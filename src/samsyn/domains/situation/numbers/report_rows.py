"""What actors reported in the week, from rows to aggregates."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, QuerySet

from samsyn.base import clock
from samsyn.base.access import SYSTEM, visible
from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.models import Report, ReportKind
from samsyn.domains.reports.selectors import category_names
from samsyn.domains.reports.selectors.silence import pauses_of
from samsyn.domains.situation.numbers import hours, levels
from samsyn.domains.situation.result import (
    AreaCount,
    CategoryNumbers,
    Cell,
    Level,
    MunicipalityCount,
    PlaceCount,
    Provenance,
    ReportNumbers,
    Scope,
)
from samsyn.domains.situation.weeks import Week

HAPPENED = (ReportKind.INCIDENT, ReportKind.UNSAFE_PLACE)
ALL = "all"
LATE_WEEKS = 8
# Read-in reports make a series only where at least half of their weeks have any.
MOST_WEEKS_WITH_REPORTS = 0.5
CELL_METRES = 250.0
METRES_PER_DEGREE = 111_320.0
PLACES_SHOWN, CATEGORIES_PER_PLACE = 10, 3


@dataclass(frozen=True)
class Row:
    """What of one report the aggregates need."""

    municipality: int
    category: str
    kind: str
    place: str
    area: tuple[str, str, float, float] | None
    longitude: float | None
    latitude: float | None
    starts: dt.datetime
    ends: dt.datetime
    to_police: bool


@dataclass(frozen=True)
class Reported:
    """The reports of the week, each municipality's share of them, and how the levels were made."""

    numbers: ReportNumbers
    municipalities: tuple[MunicipalityCount, ...]
    provenance: tuple[Provenance, ...]


def count_reports(scope: Scope, week: Week, *, is_over: bool = True) -> Reported:
    """Return the aggregates of the reports of `week`; of a joint scope without places and positions."""
    keys = [place.key for place in scope.municipalities if place.key is not None]
    weeks = (*week.before(levels.HISTORY + levels.WARM_UP), week)
    rows, others = rows_of_week(keys, week)
    series = series_of(keys, weeks) if keys else {}
    judged = levels.levels_of(series, weeks)
    if not is_over:
        judged = {key: levels.of_part_of_a_week(level) for key, level in judged.items()}
    names = names_of(keys)
    numbers = ReportNumbers(
        count=len(rows),
        incidents=sum(row.kind == ReportKind.INCIDENT for row in rows),
        unsafe_places=sum(row.kind == ReportKind.UNSAFE_PLACE for row in rows),
        nothing=others[ReportKind.NOTHING],
        planned=others[ReportKind.PLANNED_EVENT],
        merged=others["merged"],
        reported_to_police=sum(row.to_police for row in rows),
        late=late_reports(keys, week),
        level=judged[ALL] if ALL in judged else Level(len(rows), None, None, "unknown"),
        categories=categories_of(rows, judged, names, with_places=not scope.is_joint),
        places=() if scope.is_joint else places_of(rows, names),
        areas=() if scope.is_joint else areas_of(rows),
        cells=() if scope.is_joint else cells_of(rows),
        unplaced=sum(not row.place and row.longitude is None for row in rows),
        hours=hours.hours_of(spans(rows)),
        busy=hours.busy_of(hours.hours_of(spans(rows))),
        newest=newest_of(keys),
    )
    provenance = (levels.provenance_of(series, weeks), aoristic_provenance(numbers)) if keys else ()
    return Reported(numbers, side_by_side(scope, rows, judged, names), provenance)


def happened(keys: Sequence[int]) -> QuerySet[Report]:
    """The reports that are counted: incidents and unsafe places, duplicates merged."""
    return visible(SYSTEM, Report).filter(
        municipality__in=keys, merged_into=None, kind__in=HAPPENED
    )


def rows_of_week(keys: Sequence[int], week: Week) -> tuple[list[Row], Counter[str]]:
    """Return the counted rows of the week, and how many there were of the other kinds."""
    found = visible(SYSTEM, Report).filter(
        municipality__in=keys, starts_at__gte=week.starts, starts_at__lt=week.ends
    )
    fields = (
        "municipality_id", "category_key", "kind", "place__name", "place_text", "area__code",
        "area__name", "area__longitude", "area__latitude", "longitude", "latitude", "starts_at",
        "ends_at", "reported_to_police", "merged_into_id",
    )  # fmt: skip
    rows, others = [], Counter[str]()
    for values in found.order_by("starts_at", "pk").values_list(*fields):
        if values[14] is not None:
            others["merged"] += 1
        elif values[2] not in HAPPENED:
            others[values[2]] += 1
        else:
            rows.append(row_of(values))
    return rows, others


def row_of(values: tuple[Any, ...]) -> Row:
    area = (values[5], values[6], values[7], values[8]) if values[5] else None
    return Row(
        municipality=values[0],
        category=values[1],
        kind=values[2],
        place=values[3] or values[4] or "",
        area=area,
        longitude=values[9],
        latitude=values[10],
        starts=values[11].astimezone(clock.SWEDEN),
        ends=values[12].astimezone(clock.SWEDEN),
        to_police=bool(values[13]),
    )


def series_of(keys: Sequence[int], weeks: Sequence[Week]) -> dict[str, levels.Series]:
    """Return counts per week of all together, of each municipality and of each category."""
    grouped = (
        happened(keys)
        .filter(starts_at__gte=weeks[0].starts, starts_at__lt=weeks[-1].ends)
        .order_by()
        .values_list("municipality_id", "category_key", "iso_year", "iso_week")
        .annotate(reports=Count("pk"))
    )
    place = {(one.year, one.number): at for at, one in enumerate(weeks)}
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(weeks))
    for municipality, category, year, week, count in grouped:
        at = place.get((year, week))
        if at is None:
            continue
        for key in (ALL, f"municipality:{municipality}", f"category:{category}"):
            counts[key][at] += count
    for key in keys:
        counts[f"municipality:{key}"]  # A silent municipality has a series too.
    counts[ALL]
    together, alone = weeks_that_count(keys, weeks)
    return {
        key: [
            count if counts_now else None
            for count, counts_now in zip(row, alone.get(key, together), strict=True)
        ]
        for key, row in sorted(counts.items())
    }


def weeks_that_count(
    keys: Sequence[int], weeks: Sequence[Week]
) -> tuple[list[bool], dict[str, list[bool]]]:
    """Tell for each week whether reporting was on, for all together and for each municipality by itself.

    A municipality counts from the first whole week after it began, and not in its summer pause. Together
    only those weeks count in which all reported that report now: else a municipality that joins would
    look like a rise. The week of the picture itself always counts.
    """
    now = weeks[-1]
    alone: dict[str, list[bool]] = {}
    for place in Organisation.objects.filter(pk__in=keys):
        begun, pauses = began(place), pauses_of(place)
        if begun is None or begun > now.sunday:
            continue
        alone[f"municipality:{place.pk}"] = [
            week == now
            or (
                begun <= week.monday
                and not any(first <= week.monday <= last for first, last in pauses)
            )
            for week in weeks
        ]
    together = [all(week) for week in zip(*alone.values(), strict=True)]
    return together or [week == now for week in weeks], alone


def began(municipality: Organisation) -> dt.date | None:
    """Return the day from which nothing reported means that nothing came: None where it has not begun.

    That is the first report, also one that was read in from before; of the time before it nothing is
    known. Where the reports before the in-use date are few and far between, the date itself decides:
    a single stray row must not make years of zeros.
    """
    rows = visible(SYSTEM, Report).filter(municipality=municipality)
    first = first_day(rows)
    in_use = municipality.in_use_from
    if first is None or in_use is None or first >= in_use:
        return first
    weeks_before = rows.filter(starts_at__lt=midnight(in_use)).order_by()
    seen = weeks_before.values("iso_year", "iso_week").distinct().count()
    is_whole = seen >= MOST_WEEKS_WITH_REPORTS * ((in_use - first).days // 7 + 1)
    return first if is_whole else first_day(rows.filter(starts_at__gte=midnight(in_use)))


def first_day(rows: QuerySet[Report]) -> dt.date | None:
    """Return the Swedish day of the first report, None where there is none."""
    first = rows.aggregate(at=Min("starts_at"))["at"]
    return first.astimezone(clock.SWEDEN).date() if first is not None else None


def midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=clock.SWEDEN)


def late_reports(keys: Sequence[int], week: Week) -> int:
    """Return how many reports came in during the week about the eight weeks before it."""
    return (
        happened(keys)
        .filter(starts_at__gte=week.shifted(-LATE_WEEKS).starts, starts_at__lt=week.starts)
        .filter(received_at__gte=week.starts, received_at__lt=week.ends)
        .count()
    )


def newest_of(keys: Sequence[int]) -> str | None:
    """Return the day of the newest report, None where there is none."""
    newest = happened(keys).order_by("-starts_at").values_list("starts_at", flat=True).first()
    return newest.astimezone(clock.SWEDEN).date().isoformat() if newest is not None else None


def names_of(keys: Sequence[int]) -> dict[str, str]:
    """Return category key → name; in a joint picture the first municipality's word stands."""
    names: dict[str, str] = {}
    for key in reversed(keys):
        names |= category_names(key)
    return names


def categories_of(
    rows: Sequence[Row], judged: dict[str, Level], names: dict[str, str], *, with_places: bool
) -> tuple[CategoryNumbers, ...]:
    """Return the categories of the week, most first, and those that were usual but had none."""
    by_key: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_key[row.category].append(row)
    quiet = {
        key.removeprefix("category:")
        for key, level in judged.items()
        if key.startswith("category:") and level.verdict == "below"
    }
    found = []
    for key in by_key.keys() | quiet:
        mine = by_key.get(key, [])
        level = judged.get(f"category:{key}") or Level(len(mine), None, None, "unknown")
        before = [period.count for period in level.history]
        found.append(
            CategoryNumbers(
                key=key,
                name=names.get(key, key),
                count=len(mine),
                level=level,
                places=places_of(mine, names)[:3] if with_places else (),
                busy=hours.busy_of(hours.hours_of(spans(mine))),
                is_new=bool(mine) and len(before) == levels.HISTORY and not any(before),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.count, one.name)))


def places_of(rows: Iterable[Row], names: dict[str, str]) -> tuple[PlaceCount, ...]:
    """Return the places with most reports, and what was commonest there."""
    by_place: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.place:
            by_place[row.place.casefold()].append(row)
    found = []
    for mine in by_place.values():
        common = Counter(row.category for row in mine).most_common(CATEGORIES_PER_PLACE)
        spelled = Counter(row.place for row in mine).most_common(1)[0][0]
        most = Counter(cell for row in mine if (cell := cell_of(row)) is not None).most_common(1)
        longitude, latitude = most[0][0] if most else (None, None)
        names_there = tuple(names.get(key, key) for key, _ in common)
        found.append(PlaceCount(spelled, len(mine), names_there, longitude, latitude))
    found.sort(key=lambda one: (-one.count, one.name))
    return tuple(found[:PLACES_SHOWN])


def areas_of(rows: Iterable[Row]) -> tuple[AreaCount, ...]:
    counts = Counter(row.area for row in rows if row.area is not None)
    found = [
        AreaCount(code, name, count, lon, lat) for (code, name, lon, lat), count in counts.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, one.name)))


def cells_of(rows: Iterable[Row]) -> tuple[Cell, ...]:
    """Return the reports by squares of 250 m, given by their centres."""
    counts = Counter(cell for row in rows if (cell := cell_of(row)) is not None)
    return tuple(Cell(lon, lat, count) for (lon, lat), count in sorted(counts.items()))


def cell_of(row: Row) -> tuple[float, float] | None:
    """Return the square in which the report lies, None for one without a position."""
    if row.longitude is None or row.latitude is None:
        return None
    return cell_at(row.longitude, row.latitude)


def cell_at(longitude: float, latitude: float) -> tuple[float, float]:
    """Return the centre of the 250 m square that holds the point."""
    tall = CELL_METRES / METRES_PER_DEGREE
    latitude = (math.floor(latitude / tall) + 0.5) * tall
    wide = tall / max(math.cos(math.radians(latitude)), 0.01)
    return round((math.floor(longitude / wide) + 0.5) * wide, 5), round(latitude, 5)


def spans(rows: Iterable[Row]) -> list[tuple[dt.datetime, dt.datetime]]:
    return [(row.starts, row.ends) for row in rows]


def side_by_side(
    scope: Scope, rows: Sequence[Row], judged: dict[str, Level], names: dict[str, str]
) -> tuple[MunicipalityCount, ...]:
    """Return each municipality of a joint picture by itself: counts only."""
    if not scope.is_joint:
        return ()
    found = []
    for place in scope.municipalities:
        mine = [row for row in rows if row.municipality == place.key]
        common = Counter(names.get(row.category, row.category) for row in mine)
        level = judged.get(f"municipality:{place.key}") or Level(len(mine), None, None, "unknown")
        ranked = sorted(common.items(), key=lambda item: (-item[1], item[0]))
        found.append(MunicipalityCount(place.code, place.name, len(mine), level, tuple(ranked)))
    return tuple(found)


def aoristic_provenance(numbers: ReportNumbers) -> Provenance:
    """Return how the hours were made. The matrix is kept itself: the times go with the rows."""
    from samsyn import __version__
    from samsyn.domains.situation.result import checksum

    matrix = [list(row) for row in numbers.hours]
    return Provenance(
        key="hours",
        method="aoristic(by='weekhour')",
        parameters={"by": "weekhour", "timezone": "Europe/Stockholm"},
        input_hash=checksum(matrix),
        code_version=__version__,
        input={"matrix": matrix},
    )
