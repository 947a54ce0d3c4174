"""Putting meetings in the calendar."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samsyn.base import clock
from samsyn.base.errors import UserError
from samsyn.domains.agreements.models import Body
from samsyn.domains.meetings.selectors.bodies import bodies_to_meet, may_hold
from samsyn.domains.meetings.selectors.rhythms import expected_meetings
from samsyn.domains.meetings.services import planning
from samsyn.web.doors import municipality_of, staff, viewer_of
from samsyn.web.staff.meetings.door import do, given_date, given_key, given_moment


def chosen_body(request: HttpRequest) -> Body:
    """Return the body that was chosen; 404 for one she does not see."""
    bodies = bodies_to_meet(viewer_of(request), municipality_of(request).pk)
    body = bodies.filter(pk=given_key(request, "body")).first()
    if body is None:
        raise Http404
    return body


@staff
def plan(request: HttpRequest) -> HttpResponse:
    """Plan the year's meetings by the rhythm, or one meeting on a day."""
    viewer, place = viewer_of(request), municipality_of(request)
    if request.method == "POST":
        body = chosen_body(request)
        day = given_date(request, "day")
        if "year" in request.POST:
            return plan_year(request, body)
        moment = given_moment(request, "day", "time")
        if day is None or moment is None:
            messages.error(request, _("Skriv dag och tid för mötet."))
            return redirect("moten_planera")
        if do(
            request,
            planning.plan_meeting,
            _("Mötet är planerat."),
            body=body,
            day=day,
            at=moment.time(),
            place=request.POST.get("place", ""),
            municipality=place,
        ):
            return redirect("moten")
        return redirect("moten_planera")
    today = clock.today()
    years = [today.year, today.year + 1]
    bodies = [body for body in bodies_to_meet(viewer, place.pk) if may_hold(viewer, body)]
    if not bodies:
        raise Http404
    return render(
        request,
        "staff/meetings/plan.html",
        {
            "room": "moten",
            "bodies": [
                (
                    body,
                    [
                        (
                            year,
                            len(
                                expected_meetings(
                                    body, place, dt.date(year, 1, 1), dt.date(year, 12, 31)
                                )
                            ),
                        )
                        for year in years
                    ],
                )
                for body in bodies
            ],
            "years": years,
            "today": today,
        },
    )


def plan_year(request: HttpRequest, body: Body) -> HttpResponse:
    """Plan what the rhythm asks for in the year, from today on."""
    year = given_key(request, "year")
    today = clock.today()
    if not today.year <= year <= today.year + 3:
        raise Http404
    first = max(dt.date(year, 1, 1), today)
    try:
        made = planning.plan_meetings(
            actor=viewer_of(request),
            body=body,
            first=first,
            last=dt.date(year, 12, 31),
            municipality=municipality_of(request),
        )
    except UserError as error:
        messages.error(request, str(error))
        return redirect("moten_planera")
    if made:
        text = ngettext("Ett möte är planerat.", "%(count)s möten är planerade.", len(made))
        messages.success(request, text % {"count": len(made)})
    else:
        messages.info(request, _("Årets möten är redan planerade."))
    return redirect("moten")


@require_POST
@staff
def extra(request: HttpRequest) -> HttpResponse:
    """Put in an extra meeting for a sudden event: one field, one press (L07)."""
    body = chosen_body(request)
    try:
        meeting = planning.call_extra_meeting(
            actor=viewer_of(request),
            body=body,
            occasion=request.POST.get("occasion", ""),
            starts_at=given_moment(request, "day", "time"),
            municipality=municipality_of(request),
        )
    except UserError as error:
        messages.error(request, str(error))
        return redirect("moten")
    messages.success(request, _("Det extra mötet är inlagt. Skicka kallelsen när tiden stämmer."))
    return redirect("mote", meeting.pk)


@require_POST
@staff
def met(request: HttpRequest) -> HttpResponse:
    """Note that a body met, and nothing else (K18)."""
    do(
        request,
        planning.note_that_met,
        _("Noterat att mötet har hållits. Inget annat sparas."),
        body=chosen_body(request),
        day=given_date(request, "day") or clock.today(),
        municipality=municipality_of(request),
    )
    return redirect("moten")
