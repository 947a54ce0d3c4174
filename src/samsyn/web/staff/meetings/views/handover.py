"""Passing an assignment to another body or function: what goes along is seen before it is confirmed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.domains.agreements.models import Body
from samsyn.domains.meetings.models import Assignment
from samsyn.domains.meetings.selectors.bodies import functions_to_assign, may_hold
from samsyn.domains.meetings.services import assignments as services
from samsyn.web.doors import get_visible, staff, viewer_of
from samsyn.web.staff.meetings.door import do
from samsyn.web.staff.meetings.views.assignments import receiver_of, steps_of


@staff
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who is to have it; then see who gets it and who leaves it, and confirm with a reason."""
    viewer = viewer_of(request)
    get_visible(viewer, Assignment, pk=pk)
    found = Assignment.objects.select_related(
        "giver", "receiver_body", "receiver", "deputy", "municipality", "item__meeting__body"
    ).get(pk=pk)
    if not may_hold(viewer, found.giver) or found.state == Assignment.State.CLOSED:
        raise Http404
    chosen = (request.POST if request.method == "POST" else request.GET).get("to", "")
    to_body, to_function = receiver_of(chosen, found.giver)
    if request.method == "POST":
        went = do(
            request,
            services.hand_over,
            _("Uppdraget är överlämnat."),
            assignment=found,
            why=request.POST.get("note", ""),
            to_body=to_body,
            to_function=to_function,
        )
        if went:
            return redirect("uppdrag", pk)
    to = to_body or to_function
    return render(
        request,
        "staff/meetings/hand_over.html",
        {
            "room": "moten",
            "assignment": found,
            "chosen": chosen,
            "to": to,
            "leaves": services.people_with(found),
            "gets": services.people_at(to_body, to_function) if to else [],
            "steps": steps_of(found),
            "groups": [basis.group for basis in found.groups.select_related("group")],
            "agendas": found.items.filter(meeting__state__in=("planned", "called")).select_related(
                "meeting__body"
            ),
            "note": request.POST.get("note", ""),
            "functions": functions_to_assign(found.giver),
            "bodies": found.giver.assigns_to.exclude(state=Body.State.TEMPLATE),
            "thread": [
                {"label": _("Möten"), "url": reverse("moten")},
                {"label": _("Uppdrag"), "url": reverse("uppdrag_lista")},
                {"label": found.title, "url": reverse("uppdrag", args=[pk])},
                {"label": _("Lämna över"), "url": ""},
            ],
        },
    )
