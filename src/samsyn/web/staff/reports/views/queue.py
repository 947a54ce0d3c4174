"""What waits for the desk: new reports, oldest first, and those that look like the same thing."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samsyn.base import clock
from samsyn.domains.reports.selectors import (
    MergeSuggestion,
    category_names,
    for_list,
    reports_to_look_at,
    suggest_merges,
)
from samsyn.web.doors import municipality_of, staff_where, viewer_of
from samsyn.web.staff.reports.frame import tabs
from samsyn.web.staff.reports.lines import lines_of
from samsyn.web.staff.reports.merging import pairs_of

LINES = 30
PAIRS_SHOWN = 10
# How far back pairs are looked for: older ones have been through a week's picture already.
PAIR_DAYS = 21


@staff_where("reports.handle")
def queue(request: HttpRequest) -> HttpResponse:
    """Show what nobody has looked at, and the pairs of which at least one is new."""
    viewer, municipality = viewer_of(request), municipality_of(request)
    names = category_names(municipality)
    waiting = reports_to_look_at(viewer, municipality)
    rows = for_list(waiting).defer("area__geometry").order_by("received_at", "pk")
    page = Paginator(rows, LINES).get_page(request.GET.get("sida"))
    pairs = pairs_waiting(request)
    return render(
        request,
        "staff/reports/queue.html",
        {
            "room": "rapporter",
            "tabs": tabs(request, "rapporter_ko"),
            "page": page,
            "lines": lines_of(page.object_list, names, "?ko=1"),
            "pairs": pairs_of(pairs[:PAIRS_SHOWN], names),
            "more_pairs": max(0, len(pairs) - PAIRS_SHOWN),
        },
    )


def pairs_waiting(request: HttpRequest) -> list[MergeSuggestion]:
    """Return the pairs of the last weeks, the newest first. Two that have been looked at are left alone."""
    viewer, municipality = viewer_of(request), municipality_of(request)
    now = clock.now()
    found = suggest_merges(
        viewer, municipality, now - dt.timedelta(days=PAIR_DAYS), now + dt.timedelta(days=PAIR_DAYS)
    )
    if not found:
        return []
    fresh = set(reports_to_look_at(viewer, municipality).values_list("pk", flat=True))
    waiting = [one for one in found if one.keep.pk in fresh or one.report.pk in fresh]
    return sorted(waiting, key=lambda one: one.report.starts_at, reverse=True)
