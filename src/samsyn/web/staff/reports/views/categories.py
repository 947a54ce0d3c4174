"""The decided categories: the set in force, its versions, which crime codes each counts, and a new decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import visible
from samsyn.base.errors import UserError
from samsyn.domains.reports.models import CategorySet
from samsyn.domains.reports.rules import CategoryChoice
from samsyn.domains.reports.selectors import categories_of
from samsyn.domains.reports.services import decide_categories
from samsyn.web.doors import get_visible, municipality_of, staff, staff_where, viewer_of
from samsyn.web.staff.reports.forms import CategoryRows, DecisionForm
from samsyn.web.staff.reports.settings_tabs import settings_tabs


@staff
def categories(request: HttpRequest) -> HttpResponse:
    """Show the set in force, or the version asked for. Categories are no secret."""
    viewer, municipality = viewer_of(request), municipality_of(request)
    versions = list(
        visible(viewer, CategorySet).filter(municipality=municipality).order_by("-version")
    )
    in_force = in_force_on(versions, clock.today())
    shown = in_force
    rows: Sequence[CategoryChoice] = categories_of(municipality)
    wanted = request.GET.get("version", "")
    if wanted:
        number = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 5 else -1
        shown = get_visible(viewer, CategorySet, municipality=municipality, version=number)
        rows = [
            CategoryChoice(
                one.key, one.name, one.help, one.icon, one.on_form, one.pk, tuple(one.codes)
            )
            for one in shown.categories.all()
        ]
    return render(
        request,
        "staff/reports/categories.html",
        {
            "room": "rapporter",
            "tabs": settings_tabs(request),
            "versions": versions,
            "in_force": in_force,
            "shown": shown,
            "rows": rows,
            "may_decide": viewer.can("reports.decide_categories", municipality),
        },
    )


def in_force_on(versions: list[CategorySet], day: dt.date) -> CategorySet | None:
    """Return the set that holds on a day, as the form chooses it."""
    begun = [one for one in versions if one.valid_from <= day]
    return max(begun, key=lambda one: (one.valid_from, one.version), default=None)


@staff_where("reports.decide_categories")
def decide(request: HttpRequest) -> HttpResponse:
    """Write a new version, beginning from the set in force."""
    municipality = municipality_of(request)
    initial = [row_of(one, order) for order, one in enumerate(categories_of(municipality), start=1)]
    today = clock.today()
    decision = DecisionForm(
        request.POST or None, initial={"decided_on": today, "valid_from": today}
    )
    rows = CategoryRows(request.POST or None, initial=initial, prefix="rad")
    # Both are read, so that all that must be mended is told at once.
    if request.method == "POST" and all([decision.is_valid(), rows.is_valid()]):
        try:
            made = decide_categories(
                actor=viewer_of(request),
                municipality=municipality,
                categories=in_order(rows),
                **decision.cleaned_data,
            )
        except UserError as error:
            decision.add_error(None, str(error))
        else:
            said = _("Version %(version)s är beslutad och gäller från %(day)s.")
            messages.success(
                request, said % {"version": made.version, "day": made.valid_from.isoformat()}
            )
            return redirect("rapporter_kategorier")
    context = {"room": "rapporter", "decision": decision, "rows": rows}
    return render(request, "staff/reports/decide.html", context)


def row_of(choice: CategoryChoice, order: int) -> dict[str, Any]:
    """Return a category as the form's row."""
    return {
        "key": choice.key,
        "name": choice.name,
        "help": choice.help,
        "codes": " ".join(str(code) for code in choice.codes),
        "order": order * 10,
        "on_form": choice.on_form,
        "icon": choice.icon,
    }


def in_order(rows: Any) -> list[CategoryChoice]:
    """Return the categories in the order that was given; those without a number come last."""
    given = [(form.cleaned_data.get("order") or 1000, form.choice) for form in rows.forms]
    kept = [(order, choice) for order, choice in given if choice is not None]
    return [choice for _order, choice in sorted(kept, key=lambda pair: pair[0])]
