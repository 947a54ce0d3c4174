"""Passing a function to another person: what goes along is seen before it is confirmed, and after."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.errors import UserError
from samsyn.domains.agreements.models import Function, Holder
from samsyn.domains.agreements.selectors.passing import holder_of, open_with, read_kept
from samsyn.domains.agreements.services.holders import hand_over
from samsyn.domains.agreements.slots import OpenThing
from samsyn.web.doors import get_visible, staff_where, viewer_of
from samsyn.web.staff.agreements.views.shared import url_or_none
from samsyn.web.staff.bodies.forms import HandOverForm
from samsyn.web.staff.bodies.views import function_at, people_of


@staff_where("agreements.appoint")
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is open with the function and who has it; pass it on when it is confirmed."""
    one, today = function_at(request, pk), clock.today()
    people = people_of(one)
    form = HandOverForm(request.POST or None, people=people, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        try:
            passed = hand_over(actor=viewer_of(request), function=one, **form.cleaned_data)
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Funktionen är överlämnad."))
            return redirect("overlamning", passed[0].pk)
    holder = holder_of(one, today)
    things = open_with(one, holder.user_id if holder else None, today) if holder else []
    context = {
        "one": one,
        "holder": holder,
        "form": form,
        **told(things, shows=sees_whole(viewer_of(request), one)),
        "room": "avtal",
        "thread": thread_to(one, _("Lämna över")),
    }
    status = 422 if form.errors else 200
    return render(request, "staff/bodies/pass_on.html", context, status=status)


@require_safe
@staff_where("agreements.see")
def passed_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a handover that was made: from whom, to whom, when, and what went along."""
    viewer = viewer_of(request)
    found = get_visible(viewer, Holder, pk=pk, took_over_from__isnull=False)
    holder = Holder.objects.select_related(
        "user", "function__agreement", "function__party", "took_over_from__user", "appointed_by"
    ).get(pk=found.pk)
    before = holder.took_over_from
    own = viewer.user in (holder.user_id, before.user_id if before else None)
    shows = own or sees_whole(viewer, holder.function)
    context = {
        "one": holder.function,
        "holder": holder,
        "before": before,
        **told(read_kept(holder.took_along), shows=shows),
        "room": "avtal",
        "thread": thread_to(holder.function, _("Överlämning")),
    }
    return render(request, "staff/bodies/passed_on.html", context)


def sees_whole(viewer: Viewer, function: Function) -> bool:
    """Tell whether she may read the titles of what is open: she holds meetings where the agreement holds."""
    places = set(function.agreement.municipalities.values_list("pk", flat=True))
    return bool(viewer.municipalities_where("meetings.hold") & places)


def told(things: list[OpenThing], *, shows: bool) -> dict[str, Any]:
    """Return what passes and what stays, sort by sort; only how many where the titles are not for her."""
    passing = [one for one in things if not one.stays]
    return {
        "passing": [
            {"kind": kind, "rows": [with_address(one) for one in found], "count": len(found)}
            for kind, group in groupby(passing, key=lambda one: one.kind)
            if (found := list(group))
        ],
        "staying": [with_address(one) for one in things if one.stays],
        "count": len(passing),
        "shows": shows,
    }


def with_address(one: OpenThing) -> dict[str, Any]:
    return {"thing": one, "url": url_or_none(one.link) if one.link else None}


def thread_to(one: Function, label: str) -> list[dict[str, str]]:
    return [
        {"label": _("Avtal"), "url": reverse("avtal")},
        {"label": _("Organ"), "url": reverse("organ")},
        {"label": one.name, "url": reverse("funktion", args=[one.pk])},
        {"label": label},
    ]
