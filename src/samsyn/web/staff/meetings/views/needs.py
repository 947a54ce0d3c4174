"""Needs: sending one, sorting them, answering."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samsyn.base.access import visible
from samsyn.base.errors import UserError
from samsyn.domains.meetings.models import Need
from samsyn.domains.meetings.selectors.bodies import functions_to_assign, may_hold
from samsyn.domains.meetings.services import needs as services
from samsyn.web.doors import get_visible, municipality_of, staff, viewer_of
from samsyn.web.staff.meetings.door import do, given_date, given_key

PAGE = 25


@staff
def need_list(request: HttpRequest) -> HttpResponse:
    """List the needs: for who sorts them the queue, for others what they have sent."""
    viewer, place = viewer_of(request), municipality_of(request)
    rows = (
        visible(viewer, Need)
        .filter(municipality=place)
        .select_related("body", "item__meeting", "assignment")
    )
    sorts = viewer.can("needs.triage", place)
    part = request.GET.get("visa", "")
    if sorts and part != "alla":
        rows = rows.filter(state=Need.State.RECEIVED)
    return render(
        request,
        "staff/meetings/needs.html",
        {
            "room": "moten",
            "page": Paginator(rows.order_by("-received_at", "-pk"), PAGE).get_page(
                request.GET.get("sida")
            ),
            "sorts": sorts,
            "tabs": [
                {"label": _("Att bedöma"), "url": "?", "current": part != "alla"},
                {"label": _("Alla"), "url": "?visa=alla", "current": part == "alla"},
            ],
            "body": services.body_that_takes_in(place),
            "thread": [{"label": _("Möten"), "url": "/moten/"}, {"label": _("Behov"), "url": ""}],
        },
    )


@staff
def new_need(request: HttpRequest) -> HttpResponse:
    """Send a need to the preparatory group."""
    place = municipality_of(request)
    fields = {name: request.POST.get(name, "") for name in ("title", "text", "tried")}
    if request.method == "POST":
        try:
            need = services.send_need(actor=viewer_of(request), municipality=place, **fields)
        except UserError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Tack. Behovet är inlämnat och du får svar."))
            return redirect("behov", need.pk)
    return render(
        request,
        "staff/meetings/new_need.html",
        {
            "room": "moten",
            "fields": fields,
            "body": services.body_that_takes_in(place),
            "thread": [
                {"label": _("Möten"), "url": "/moten/"},
                {"label": _("Behov"), "url": "/moten/behov/"},
                {"label": _("Nytt behov"), "url": ""},
            ],
        },
    )


@staff
def need(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one need and its answer; sort it."""
    viewer = viewer_of(request)
    get_visible(viewer, Need, pk=pk)
    found = Need.objects.select_related(
        "municipality", "body", "item__meeting__body", "assignment"
    ).get(pk=pk)
    sorts = viewer.can("needs.triage", found.municipality_id)
    if request.method == "POST":
        if not sorts:
            raise Http404
        steer(request, found)
        return redirect("behov", pk)
    may_assign = (
        found.item is not None
        and found.item.meeting.may_be_written_in
        and may_hold(viewer, found.item.meeting.body)
    )
    return render(
        request,
        "staff/meetings/need.html",
        {
            "room": "moten",
            "need": found,
            "sorts": sorts,
            "may_assign": may_assign and found.assignment is None,
            "functions": functions_to_assign(found.body) if found.body else (),
            "thread": [
                {"label": _("Möten"), "url": "/moten/"},
                {"label": _("Behov"), "url": "/moten/behov/"},
                {"label": found.title, "url": ""},
            ],
        },
    )


def steer(request: HttpRequest, found: Need) -> None:
    """Sort the need, or answer its sender."""
    action = request.POST.get("action", "")
    answer, note = request.POST.get("answer", ""), request.POST.get("note", "")
    if action == "take_up":
        do(
            request,
            services.take_up,
            _("Behovet står på nästa dagordning."),
            need=found,
            note=note,
            answer=answer,
        )
    elif action == "assign" and found.item is not None:
        function = (
            functions_to_assign(found.item.meeting.body).filter(pk=given_key(request, "to")).first()
        )
        if function is None:
            messages.error(request, _("Välj vem som får uppdraget."))
            return
        do(
            request,
            services.make_assignment,
            _("Behovet har blivit ett uppdrag."),
            need=found,
            item=found.item,
            to_function=function,
            due_on=given_date(request, "due_on"),
            answer=answer,
        )
    elif action == "answer":
        do(request, services.answer_need, _("Svaret är skickat."), need=found, answer=answer)
    else:
        do(
            request,
            services.sort_out,
            _("Bedömt, och svaret är skickat."),
            need=found,
            state=action,
            note=note,
            answer=answer,
        )
