"""Working groups: proposed, rested on mandate and assignment, started, closed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import visible
from samsyn.base.errors import UserError
from samsyn.domains.agreements.models import Body
from samsyn.domains.meetings.models import Assignment, Decision, GroupBasis
from samsyn.domains.meetings.selectors.bodies import functions_to_assign, people_of
from samsyn.domains.meetings.services import groups as services
from samsyn.web.doors import get_visible, municipality_of, staff, viewer_of
from samsyn.web.staff.meetings.door import do, given_date, given_key

THREAD = [
    {"label": "Möten", "url": "/moten/"},
    {"label": "Arbetsgrupper", "url": "/moten/grupper/"},
]


def groups_here(request: HttpRequest):  # type: ignore[no-untyped-def]
    """The bodies of the municipality's agreements that the viewer sees."""
    place = municipality_of(request)
    return visible(viewer_of(request), Body).filter(
        agreement__municipalities=place, agreement__kind="agreement", is_current=True
    )


@staff
def group_list(request: HttpRequest) -> HttpResponse:
    """List the working groups with their state."""
    viewer, place = viewer_of(request), municipality_of(request)
    bodies = groups_here(request)
    return render(
        request,
        "staff/meetings/groups.html",
        {
            "room": "moten",
            "groups": bodies.filter(set_up_from__isnull=False, municipality=place)
            .select_related("mandate_from", "assignment_from", "agreement")
            .order_by("state", "name"),
            "templates": bodies.filter(state=Body.State.TEMPLATE).select_related(
                "mandate_from", "assignment_from"
            ),
            "sets_up": viewer.can("agreements.set_up_groups", place),
            "thread": THREAD,
        },
    )


@staff
def new_group(request: HttpRequest) -> HttpResponse:
    """Propose a working group."""
    viewer, place = viewer_of(request), municipality_of(request)
    templates = groups_here(request).filter(state=Body.State.TEMPLATE)
    template = templates.filter(pk=given_key(request, "template")).first() or templates.first()
    if template is None or not viewer.can("agreements.set_up_groups", place):
        raise Http404
    functions = functions_to_assign(template)
    if request.method == "POST":
        chosen = [one for one in functions if str(one.pk) in request.POST.getlist("function")]
        try:
            group = services.propose_group(
                actor=viewer,
                template=template,
                municipality=place,
                name=request.POST.get("name", ""),
                text=request.POST.get("text", ""),
                functions=chosen,
                ends_on=given_date(request, "ends_on"),
            )
        except UserError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("Gruppen är föreslagen. Den börjar när mandat och uppdrag finns.")
            )
            return redirect("grupp", group.pk)
    return render(
        request,
        "staff/meetings/new_group.html",
        {
            "room": "moten",
            "template": template,
            "functions": functions,
            "fields": request.POST,
            "chosen": request.POST.getlist("function"),
            "thread": [*THREAD, {"label": _("Ny grupp"), "url": ""}],
        },
    )


@staff
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one group: what it rests on, who is in it, and the next step."""
    viewer, place = viewer_of(request), municipality_of(request)
    get_visible(viewer, Body, pk=pk, set_up_from__isnull=False)
    found = Body.objects.select_related("mandate_from", "assignment_from", "agreement").get(pk=pk)
    sets_up = viewer.can("agreements.set_up_groups", found.municipality_id or place.pk)
    if request.method == "POST":
        if not sets_up:
            raise Http404
        steer(request, found)
        return redirect("grupp", pk)
    basis = (
        GroupBasis.objects.filter(group=found).select_related("mandate__body", "assignment").first()
    )
    return render(
        request,
        "staff/meetings/group.html",
        {
            "room": "moten",
            "group": found,
            "basis": basis,
            "missing": services.start_missing(found) if found.state == Body.State.PROPOSED else "",
            "people": people_of(found, clock.today()),
            "sets_up": sets_up,
            "decisions": visible(viewer, Decision)
            .filter(body=found.mandate_from_id, outcome="taken")
            .order_by("-settled_at")[:20],
            "assignments": visible(viewer, Assignment)
            .filter(giver=found.assignment_from_id)
            .exclude(text="")
            .order_by("-given_at")[:20],
            "thread": [*THREAD, {"label": found.name, "url": ""}],
        },
    )


def steer(request: HttpRequest, found: Body) -> None:
    """Take the group one step further."""
    action, viewer = request.POST.get("action", ""), viewer_of(request)
    if action == "mandate":
        decision = visible(viewer, Decision).filter(pk=given_key(request, "decision")).first()
        if decision is not None:
            do(
                request,
                services.give_mandate,
                _("Mandatet är noterat."),
                group=found,
                decision=decision,
            )
    elif action == "assignment":
        given = visible(viewer, Assignment).filter(pk=given_key(request, "assignment")).first()
        if given is not None:
            do(
                request,
                services.give_written_assignment,
                _("Uppdraget är noterat."),
                group=found,
                assignment=given,
            )
    elif action == "start":
        do(request, services.start_group, _("Gruppen har börjat."), group=found)
    elif action == "close":
        do(
            request,
            services.close_group,
            _("Gruppen är avslutad."),
            group=found,
            report=request.POST.get("report", ""),
        )
    else:
        raise Http404
