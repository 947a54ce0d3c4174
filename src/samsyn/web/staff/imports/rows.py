"""The rows that figures rest on: police events, Brå's figures, the police's list."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from samsyn.base import clock
from samsyn.base.access import visible
from samsyn.domains.registered.models import PoliceEvent, PoliceListMonth, RegisteredCrime
from samsyn.domains.registered.selectors import events_of_week, figures_of
from samsyn.domains.reports.selectors.categories import categories_of
from samsyn.web.doors import get_visible, municipality_of, staff, staff_where, viewer_of

PAGE = 50
WEEK = re.compile(r"^(\d{4})-W(\d{2})$")


def page_of(request: HttpRequest, rows: QuerySet[Any]) -> Any:
    """Return the wanted page of the rows."""
    return Paginator(rows, PAGE).get_page(request.GET.get("sida"))


def wanted_week(request: HttpRequest) -> tuple[int, int]:
    """Return the ISO week in the address; the present one where there is none or it does not exist."""
    match = WEEK.match(request.GET.get("vecka", ""))
    if match:
        try:
            dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return int(match[1]), int(match[2])
        except ValueError:
            pass
    year, week, _day = clock.today().isocalendar()
    return year, week


def around(year: int, week: int) -> dict[str, str]:
    """Return the week before and after, as the address writes them."""
    monday = dt.date.fromisocalendar(year, week, 1)
    days = {"earlier": monday - dt.timedelta(weeks=1), "later": monday + dt.timedelta(weeks=1)}
    return {name: "{}-W{:02d}".format(*day.isocalendar()[:2]) for name, day in days.items()}


@staff
def police_events(request: HttpRequest) -> HttpResponse:
    """The week's police events; summaries are shown and marked, never counted."""
    year, week = wanted_week(request)
    rows = events_of_week(
        viewer_of(request), municipality_of(request).municipality_code, year, week
    )
    counted = rows.filter(is_summary=False).count()
    context = {
        "page": page_of(request, rows),
        "counted": counted,
        "year": year,
        "week": week,
        **around(year, week),
    }
    return render(request, "staff/imports/police_events.html", context)


@staff
def police_event(request: HttpRequest, police_id: int) -> HttpResponse:
    """One event with what it said before."""
    event = get_visible(viewer_of(request), PoliceEvent, police_id=police_id)
    return render(
        request,
        "staff/imports/police_event.html",
        {"event": event, "versions": event.versions.all()},
    )


@staff
def bra_figures(request: HttpRequest) -> HttpResponse:
    """Brå's figures of the municipality; preliminary ones are marked."""
    rows = figures_of(viewer_of(request), municipality_of(request).municipality_code)
    words = request.GET.get("q", "").strip()[:100]
    if words:
        rows = rows.filter(offence__icontains=words)
    period = request.GET.get("period", "")
    if re.fullmatch(r"\d{6}", period):
        rows = rows.filter(period_kind="month", year=int(period[:4]), period=int(period[4:]))
    return render(
        request, "staff/imports/bra_figures.html", {"page": page_of(request, rows), "words": words}
    )


@staff_where("registered.see_rows")
def registered_crimes(request: HttpRequest) -> HttpResponse:
    """The rows of the police's list, without numbers and identities."""
    municipality = municipality_of(request)
    rows = visible(viewer_of(request), RegisteredCrime).filter(
        municipality=municipality, is_current=True
    )
    months = list(
        rows.order_by("-month_registered").values_list("month_registered", flat=True).distinct()
    )
    month = request.GET.get("manad", "")
    if month.isdecimal():
        rows = rows.filter(month_registered=int(month[:6]))
    names = {one.key: one.name for one in categories_of(municipality)}
    page = page_of(request, rows.select_related("area"))
    shown = [(row, names.get(row.category_key, "")) for row in page.object_list]
    context = {"page": page, "rows": shown, "months": months, "month": month}
    return render(request, "staff/imports/registered_crimes.html", context)


@staff_where("registered.see_rows")
def police_list_month(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the rows of one month's list, which evidence points at."""
    listed = get_visible(viewer_of(request), PoliceListMonth, pk=pk)
    return redirect(f"{reverse('anmalda_brott')}?manad={listed.month}")
