"""Reading reports: by time, week, category, area and source; each through the one door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from samsyn.base import clock
from samsyn.base.access import Viewer, visible
from samsyn.base.geo.models import Place
from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.models import KeptApart, Report, ReportKind, ReportStatus
from samsyn.domains.reports.rules import Sighting, look_alikes, sees_all

WAITING_DAYS = 60


def reports_in(
    viewer: Viewer,
    municipality: Organisation | int,
    start: dt.datetime,
    end: dt.datetime,
    *,
    categories: Iterable[str] = (),
    areas: Iterable[int] = (),
    sources: Iterable[str] = (),
    kinds: Iterable[str] = (),
    organisations: Iterable[int] = (),
    merged: bool = False,
) -> QuerySet[Report]:
    """Return the visible reports of a municipality that begin in [start, end), newest first.

    An empty filter takes all. With `merged` also those that were merged into another are returned;
    counts leave them out.
    """
    rows = visible(viewer, Report).filter(
        municipality=municipality, starts_at__gte=start, starts_at__lt=end
    )
    wanted = {
        "category_key__in": list(categories),
        "area__in": list(areas),
        "source__in": list(sources),
        "kind__in": list(kinds),
        "organisation__in": list(organisations),
    }
    rows = rows.filter(**{key: values for key, values in wanted.items() if values})
    return rows if merged else rows.filter(merged_into=None)


def sees_every_report(viewer: Viewer, municipality: int) -> bool:
    """Tell whether no report of the municipality is hidden from the viewer, so that sums tell her nothing new."""
    return viewer.is_system or any(
        municipality in mandate.municipalities and sees_all(mandate.role, mandate.organisation_kind)
        for mandate in viewer.mandates
    )


def reports_of_week(
    viewer: Viewer, municipality: Organisation | int, year: int, week: int, **filters: object
) -> QuerySet[Report]:
    """Return the reports of an ISO week; filters as in `reports_in`. ValueError for a week that is not."""
    start, end = week_bounds(year, week)
    return reports_in(viewer, municipality, start, end, **filters)  # type: ignore[arg-type]


def week_bounds(year: int, week: int) -> tuple[dt.datetime, dt.datetime]:
    """Return Monday 00:00 and the next Monday 00:00, Swedish time."""
    monday = dt.date.fromisocalendar(year, week, 1)
    start = dt.datetime.combine(monday, dt.time(), tzinfo=clock.SWEDEN)
    end = dt.datetime.combine(monday + dt.timedelta(days=7), dt.time(), tzinfo=clock.SWEDEN)
    return start, end


def for_list(rows: QuerySet[Report]) -> QuerySet[Report]:
    """Return the rows with all that a list shows, in a fixed number of queries.

    Each row gets `current_status` (None = new) and `duplicate_count` is by `duplicates`.
    """
    newest = (
        ReportStatus.objects.filter(report=OuterRef("pk"))
        .order_by("-at", "-pk")
        .values("status")[:1]
    )
    # An area's polygon is large and no list draws it.
    related = rows.select_related("place", "area", "organisation").defer("area__geometry")
    return related.annotate(current_status=Subquery(newest))


def with_history(rows: QuerySet[Report]) -> QuerySet[Report]:
    """Return the rows with everything that has happened to them, for the page of one report."""
    return (
        for_list(rows)
        .select_related("merged_into")
        .prefetch_related(
            "statuses",
            "corrections",
            "answers",
            Prefetch("quick_fixes"),
            "quick_fixes__recipient",
            "merges",
            "duplicates",
        )
    )


def reports_to_look_at(viewer: Viewer, municipality: Organisation | int) -> QuerySet[Report]:
    """Return what came in the last sixty days and nobody has looked at; *nothing to report* needs no look."""
    looked_at = ReportStatus.objects.filter(report=OuterRef("pk"))
    since = clock.now() - dt.timedelta(days=WAITING_DAYS)
    return (
        visible(viewer, Report)
        .filter(municipality=municipality, received_at__gte=since, merged_into=None)
        .exclude(kind=ReportKind.NOTHING)
        .filter(~Exists(looked_at))
    )


def planned_ahead(
    viewer: Viewer, municipality: Organisation | int, start: dt.datetime, end: dt.datetime
) -> QuerySet[Report]:
    """Return the planned events that touch [start, end), in order of time."""
    rows = visible(viewer, Report).filter(
        municipality=municipality, kind=ReportKind.PLANNED_EVENT, merged_into=None
    )
    return rows.filter(starts_at__lt=end, ends_at__gte=start).order_by("starts_at")


@dataclass(frozen=True)
class MergeSuggestion:
    """Two reports that look like the same thing; the later would be merged into the earlier."""

    keep: Report
    report: Report


def suggest_merges(
    viewer: Viewer, municipality: Organisation | int, start: dt.datetime, end: dt.datetime
) -> list[MergeSuggestion]:
    """Return the pairs that look alike by place, time and category, among the visible and unmerged.

    A pair of which somebody has said that it is not the same is never suggested again.
    """
    rows = reports_in(viewer, municipality, start, end).exclude(kind=ReportKind.NOTHING)
    related = rows.select_related("place", "organisation", "area").defer("area__geometry")
    by_key = {str(one.pk): one for one in related}
    pairs = look_alikes(sighting_of(one) for one in by_key.values())
    apart = kept_apart_among([key for pair in pairs for key in (pair[0].key, pair[1].key)])
    return [
        MergeSuggestion(by_key[first.key], by_key[second.key])
        for first, second in pairs
        if frozenset((first.key, second.key)) not in apart
    ]


def kept_apart_among(keys: Iterable[str]) -> set[frozenset[str]]:
    """Return the pairs among the reports of which it is said that they are not the same."""
    rows = KeptApart.objects.filter(first__in=set(keys)).values_list("first_id", "second_id")
    return {frozenset((str(first), str(second))) for first, second in rows}


def kept_apart_from(viewer: Viewer, report: Report) -> list[tuple[KeptApart, Report]]:
    """Return the visible reports of which it is said that they are not the same as this one, and who said so."""
    rows = visible(viewer, KeptApart).filter(Q(first=report) | Q(second=report))
    rows = rows.select_related("first__place", "second__place")
    return [(one, one.second if one.first_id == report.pk else one.first) for one in rows]


def suggestions_for(viewer: Viewer, report: Report) -> list[MergeSuggestion]:
    """Return the pairs that `report` is part of."""
    around = dt.timedelta(days=2)
    pairs = suggest_merges(
        viewer, report.municipality_id, report.starts_at - around, report.ends_at + around
    )
    return [one for one in pairs if report.pk in {one.keep.pk, one.report.pk}]


def sighting_of(report: Report) -> Sighting:
    """Return what of the report tells whether another is about the same."""
    return Sighting(
        key=str(report.pk),
        category=report.category_key,
        starts_at=report.starts_at,
        ends_at=report.ends_at,
        place_id=report.place_id,
        longitude=report.longitude,
        latitude=report.latitude,
    )


def search_reports(viewer: Viewer, words: str, limit: int) -> QuerySet[Report]:
    """Return the visible reports whose place, note or short number holds the words."""
    condition = (
        Q(note__icontains=words) | Q(place_text__icontains=words) | Q(place__name__icontains=words)
    )
    compact = words.replace("-", "").lower()
    if len(compact) == 8 and all(c in "0123456789abcdef" for c in compact):
        condition |= Q(pk__gte=f"{compact}{'0' * 24}", pk__lte=f"{compact}{'f' * 24}")
    return visible(viewer, Report).filter(condition).select_related("place")[:limit]


def places_for_form(viewer: Viewer, municipality: Organisation) -> QuerySet[Place]:
    """Return the named places that the sender may choose among."""
    today = clock.today()
    rows = visible(viewer, Place).filter(municipality=municipality)
    return rows.filter(Q(closed_on=None) | Q(closed_on__gte=today)).order_by("name")
