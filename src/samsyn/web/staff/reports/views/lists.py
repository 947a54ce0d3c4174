"""The reports as a list, a table, a map and a file."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.audit.log import record
from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.models import Report, ReportKind
from samsyn.domains.reports.selectors import category_names, silent_organisations
from samsyn.web.doors import municipality_of, viewer_of
from samsyn.web.staff.places.shapes import named_places
from samsyn.web.staff.places.views import private_json
from samsyn.web.staff.reports import mapping
from samsyn.web.staff.reports.door import desk
from samsyn.web.staff.reports.export import csv_lines
from samsyn.web.staff.reports.filters import ReportFilter, chosen_rows, listed, read_filter
from samsyn.web.staff.reports.frame import frame, query_of
from samsyn.web.staff.reports.lines import Line, lines_of

LINES, ROWS = 30, 50
TOP_CATEGORIES = 6


@desk
def report_list(request: HttpRequest) -> HttpResponse:
    """The reports one under another, with the week's shape beside them."""
    context = frame(request, "rapporter")
    page = page_of(request, context, LINES)
    return render(
        request,
        "staff/reports/list.html",
        {
            **context,
            "page": page,
            "days": by_day(
                lines_of(page.object_list, context["names"], context["query"]), context["chosen"]
            ),
            **beside(request, context),
        },
    )


@desk
def report_table(request: HttpRequest) -> HttpResponse:
    """The same rows as a table that can be sorted."""
    context = frame(request, "rapporter_tabell")
    page = page_of(request, context, ROWS)
    lines = lines_of(page.object_list, context["names"], context["query"])
    return render(request, "staff/reports/table.html", {**context, "page": page, "lines": lines})


@desk
def report_map(request: HttpRequest) -> HttpResponse:
    """The same rows on a map, with the equal table beside it."""
    context = frame(request, "rapporter_karta")
    municipality = municipality_of(request)
    spots = mapping.spots_of(all_rows(request, context["chosen"]), request.GET)
    title = mapping.map_title(request, spots)
    return render(
        request,
        "staff/reports/map.html",
        {
            **context,
            "spots": spots,
            "places": spots.places[: mapping.ROWS_SHOWN],
            "more_places": max(0, len(spots.places) - mapping.ROWS_SHOWN),
            "map_title": title,
            "map_svg": mapping.drawing(
                spots, municipality, title, named_places(viewer_of(request), municipality)
            ),
        },
    )


@desk
def map_json(request: HttpRequest) -> JsonResponse:
    """The map's content as GeoJSON."""
    spots = mapping.spots_of(all_rows(request, read_filter(request.GET)), request.GET)
    municipality = municipality_of(request)
    places = named_places(viewer_of(request), municipality)
    return private_json(mapping.geojson(spots, municipality, places))


@desk
def report_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The filtered list as a file; that it was taken is logged with the filter and the number of rows."""
    viewer, municipality = viewer_of(request), municipality_of(request)
    chosen = read_filter(request.GET)
    rows = listed(chosen_rows(viewer, municipality, chosen), chosen)
    with transaction.atomic():
        record(
            viewer,
            "reports.exported",
            organisation=municipality,
            rows=rows.count(),
            filter=query_of(request)[:300],
        )
    answer = StreamingHttpResponse(
        csv_lines(rows, category_names(municipality)), content_type="text/csv; charset=utf-8"
    )
    name = f"rapporter-{municipality.slug}-{chosen.week or clock.today().isoformat()}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def by_day(lines: list[Line], chosen: ReportFilter) -> list[tuple[str, list[Line]]]:
    """Return the lines under their days; under no day where they are sorted by something else."""
    if chosen.order.removeprefix("-") not in {"", "tid"}:
        return [("", lines)] if lines else []
    return [(day, list(group)) for day, group in groupby(lines, key=lambda line: line.day)]


def all_rows(request: HttpRequest, chosen: ReportFilter) -> Any:
    """Return the rows of the filter for counting."""
    return chosen_rows(viewer_of(request), municipality_of(request), chosen)


class Counted(Paginator[Report]):
    """Pages of rows whose number is already known."""

    def __init__(self, rows: Any, size: int, total: int) -> None:
        super().__init__(rows, size)
        self.count = total


def page_of(request: HttpRequest, context: dict[str, Any], size: int) -> Page[Report]:
    """Return the page asked for."""
    chosen = context["chosen"]
    rows = listed(chosen_rows(viewer_of(request), municipality_of(request), chosen), chosen)
    rows = rows.prefetch_related(Prefetch("duplicates", Report.objects.only("pk", "merged_into")))
    return Counted(rows, size, context["total"]).get_page(request.GET.get("sida"))


def beside(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return what stands beside the list: the most common categories, who has reported, who is silent."""
    viewer, municipality = viewer_of(request), municipality_of(request)
    categories: Counter[str] = Counter()
    senders: Counter[int] = Counter()
    for kind, category, organisation, count in context["sums"]:
        senders[organisation] += count
        if kind != ReportKind.NOTHING:
            categories[category] += count
    ranked = sorted(categories.items(), key=lambda one: (-one[1], one[0]))[:TOP_CATEGORIES]
    known = Organisation.objects.in_bulk(senders)
    silent = silent_organisations(viewer, municipality) if context["may_handle"] else []
    return {
        "top": [(key, context["names"].get(key, key), count) for key, count in ranked],
        "most": max((count for _key, count in ranked), default=1),
        "senders": sorted(
            ((pk, known[pk].called, count) for pk, count in senders.items()),
            key=lambda one: (-one[2], one[1]),
        ),
        "silent": silent,
        "empty_text": empty_text(context["chosen"]),
    }


def empty_text(chosen: ReportFilter) -> str:
    """Return why nothing is shown."""
    if chosen.is_narrowed:
        return _("Inget stämmer med alla val samtidigt. Ta bort något av dem.")
    return _(
        "Ingen har rapporterat för den här veckan. Det är tyst, det betyder inte att det är lugnt."
    )
