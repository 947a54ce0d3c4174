"""Assignments: the list, one of them, and giving one in a meeting."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.base import clock
from samsyn.domains.agreements.models import Body, Function
from samsyn.domains.meetings.models import AgendaItem, Assignment, Decision
from samsyn.domains.meetings.selectors.assignments import (
    assignments_of,
    my_assignments,
    open_assignments,
)
from samsyn.domains.meetings.selectors.bodies import functions_to_assign, may_hold
from samsyn.domains.meetings.services import assignments as services
from samsyn.web.doors import get_visible, municipality_of, staff, viewer_of
from samsyn.web.staff.meetings.door import do, given_date, given_key
from samsyn.web.staff.meetings.views.deciding import go_back

PAGE = 25


@staff
def assignment_list(request: HttpRequest) -> HttpResponse:
    """List assignments: mine, the open ones, or all."""
    viewer, place = viewer_of(request), municipality_of(request)
    sources = {"": open_assignments, "mina": my_assignments, "alla": assignments_of}
    labels = {"": _("Öppna"), "mina": _("Mina"), "alla": _("Alla")}
    part = request.GET.get("visa", "")
    part = part if part in sources else ""
    rows = sources[part](viewer, place)
    today = clock.today()
    waiting = open_assignments(viewer, place)
    late = waiting.filter(state=Assignment.State.OPEN, due_on__lt=today).count()
    return render(
        request,
        "staff/meetings/assignments.html",
        {
            "room": "moten",
            "page": Paginator(rows, PAGE).get_page(request.GET.get("sida")),
            "tabs": [
                {"label": label, "url": f"?visa={key}" if key else "?", "current": key == part}
                for key, label in labels.items()
            ],
            "open": waiting.count(),
            "late": late,
            "thread": [{"label": _("Möten"), "url": "/moten/"}, {"label": _("Uppdrag"), "url": ""}],
        },
    )


@staff
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one assignment with its trace, and what the viewer may do with it."""
    viewer = viewer_of(request)
    get_visible(viewer, Assignment, pk=pk)
    found = services.Assignment.objects.select_related(
        "giver",
        "receiver_body",
        "receiver",
        "deputy",
        "municipality",
        "item__meeting__body",
        "decision",
    ).get(pk=pk)
    if request.method == "POST":
        steer(request, found)
        return redirect("uppdrag", pk)
    return render(
        request,
        "staff/meetings/assignment.html",
        {
            "room": "moten",
            "assignment": found,
            "steps": steps_of(found),
            "people": services.people_with(found),
            "works": services.may_work_on(viewer, found),
            "gives": may_hold(viewer, found.giver),
            "functions": functions_to_assign(found.giver),
            "thread": [
                {"label": _("Möten"), "url": "/moten/"},
                {"label": _("Uppdrag"), "url": "/moten/uppdrag/"},
                {"label": found.title, "url": ""},
            ],
        },
    )


def steer(request: HttpRequest, found: Assignment) -> None:
    """Do what was asked with the assignment."""
    action, note = request.POST.get("action", ""), request.POST.get("note", "")
    if action == "report":
        text = request.POST.get("report", "")
        do(
            request,
            services.report_back,
            _("Återrapporten står på nästa dagordning."),
            assignment=found,
            text=text,
        )
    elif action == "close":
        do(
            request,
            services.close_assignment,
            _("Uppdraget är avslutat."),
            assignment=found,
            note=note,
        )
    elif action == "reopen":
        do(
            request,
            services.reopen_assignment,
            _("Uppdraget är öppet igen."),
            assignment=found,
            note=note,
        )
    elif action == "move":
        due = given_date(request, "due_on") or found.due_on or clock.today()
        do(
            request,
            services.move_deadline,
            _("Slutdagen är ändrad."),
            assignment=found,
            due_on=due,
            why=note,
        )
    elif action == "deputy":
        deputy = functions_to_assign(found.giver).filter(pk=given_key(request, "deputy")).first()
        do(
            request,
            services.set_deputy,
            _("Ställföreträdaren är sparad."),
            assignment=found,
            deputy=deputy,
        )
    else:
        raise Http404


def receiver_of(chosen: str, giver: Body) -> tuple[Body | None, Function | None]:
    """Return who was chosen: `organ:12` or `funktion:7`."""
    kind, _colon, key = chosen.partition(":")
    number = int(key[:18]) if key.isdecimal() else 0
    if kind == "organ":
        return Body.objects.filter(agreement=giver.agreement_id, pk=number).first(), None
    return None, functions_to_assign(giver).filter(pk=number).first()


def steps_of(found: Assignment) -> list[dict[str, object]]:
    """Return the trace as the log of the page."""
    return [
        {
            "when": step.at,
            "text": f"{step.get_kind_display()}{': ' + step.text if step.text else ''}",
            "who": step.by_label,
        }
        for step in found.steps.all()
    ]


@require_POST
@staff
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an assignment in the meeting."""
    item = get_visible(viewer_of(request), AgendaItem, pk=pk)
    to_body, to_function = receiver_of(request.POST.get("to", ""), item.meeting.body)
    decision = Decision.objects.filter(item=item, pk=given_key(request, "decision")).first()
    do(
        request,
        services.give_assignment,
        _("Uppdraget är gett."),
        item=item,
        title=request.POST.get("title", ""),
        text=request.POST.get("text", ""),
        due_on=given_date(request, "due_on"),
        to_body=to_body,
        to_function=to_function,
        decision=decision,
    )
    return go_back(request, item, f"arende-{item.pk}")
