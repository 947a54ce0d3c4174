"""The month's account to those who report: what was seen, what came of it (H06)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.base import clock
from samsyn.base.access import visible
from samsyn.base.errors import UserError
from samsyn.domains.reports import services
from samsyn.domains.reports.models import Answer, MonthlyFeedback, QuickFix, ReportKind
from samsyn.domains.reports.selectors import all_feedback, category_names, reports_in
from samsyn.web.doors import get_visible, municipality_of, staff_where, viewer_of
from samsyn.web.staff.reports.forms import FeedbackForm
from samsyn.web.staff.reports.settings_tabs import settings_tabs

PAGE, TOP = 24, 5


@staff_where("reports.publish_feedback")
def feedback_list(request: HttpRequest) -> HttpResponse:
    """List the months, and offer the one that is next to be told of."""
    rows = all_feedback(viewer_of(request), municipality_of(request)).order_by("-year", "-month")
    page = Paginator(rows, PAGE).get_page(request.GET.get("sida"))
    last = clock.today().replace(day=1) - dt.timedelta(days=1)
    written = rows.filter(year=last.year, month=last.month).exists()
    context = {
        "room": "rapporter",
        "tabs": settings_tabs(request),
        "page": page,
        "months": [(one, dt.date(one.year, one.month, 1)) for one in page.object_list],
        "missing": None if written else last,
    }
    return render(request, "staff/reports/feedback_list.html", context)


@staff_where("reports.publish_feedback")
def write_feedback(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Write the month's account beside its figures; a published one is only read."""
    first = first_of(year, month)
    municipality = municipality_of(request)
    known = all_feedback(viewer_of(request), municipality).filter(year=year, month=month).first()
    form = FeedbackForm(request.POST or None, initial={"text": known.text if known else ""})
    if request.method == "POST" and form.is_valid():
        try:
            services.write_feedback(
                actor=viewer_of(request),
                municipality=municipality,
                year=year,
                month=month,
                **form.cleaned_data,
            )
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Sparat som utkast. Ingen annan ser det förrän du publicerar.")
            )
            return redirect("rapporter_aterkoppling_manad", year=year, month=month)
    context = {
        "room": "rapporter",
        "form": form,
        "first": first,
        "feedback": known,
        **figures_of(request, first),
    }
    return render(request, "staff/reports/feedback.html", context)


def first_of(year: int, month: int) -> dt.date:
    """Return the first day of a month that has begun; 404 for another."""
    try:
        first = dt.date(year, month, 1)
    except ValueError:
        raise Http404 from None
    if first > clock.today() or year < 2000:
        raise Http404
    return first


def figures_of(request: HttpRequest, first: dt.date) -> dict[str, Any]:
    """Return the month's figures: what is told rests on them."""
    viewer, municipality = viewer_of(request), municipality_of(request)
    start = dt.datetime.combine(first, dt.time(), tzinfo=clock.SWEDEN)
    next_month = (first + dt.timedelta(days=32)).replace(day=1)
    end = dt.datetime.combine(next_month, dt.time(), tzinfo=clock.SWEDEN)
    kinds = [ReportKind.INCIDENT, ReportKind.UNSAFE_PLACE]
    rows = reports_in(viewer, municipality, start, end, kinds=kinds).order_by()
    names = category_names(municipality)
    counted = (
        rows.values_list("category_key").annotate(n=Count("pk")).order_by("-n", "category_key")
    )
    in_month = {"at__gte": start, "at__lt": end, "report__municipality": municipality}
    return {
        "count": rows.count(),
        "senders": rows.values("organisation").distinct().count(),
        "top": [(names.get(key, key), n) for key, n in counted[:TOP]],
        "fixes": visible(viewer, QuickFix).filter(**in_month).count(),
        "answers": visible(viewer, Answer).filter(**in_month).count(),
    }


@require_POST
@staff_where("reports.publish_feedback")
def publish_feedback(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Let every reporter in the municipality read it."""
    feedback = get_visible(
        viewer_of(request),
        MonthlyFeedback,
        municipality=municipality_of(request),
        year=year,
        month=month,
    )
    services.publish_feedback(actor=viewer_of(request), feedback=feedback)
    messages.success(request, _("Publicerat. Alla som rapporterar i kommunen kan läsa det nu."))
    return redirect("rapporter_aterkoppling")
