"""Writing the agenda."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.base.access import visible
from samsyn.domains.meetings.models import AgendaItem, Paper
from samsyn.domains.meetings.selectors.bodies import may_hold
from samsyn.domains.meetings.services import agenda as services
from samsyn.web.doors import get_visible, staff, viewer_of
from samsyn.web.staff.meetings.door import back, do, given_key, seen_meeting
from samsyn.web.staff.meetings.views.meeting import items_of

SUBJECTS = (
    ("", gettext_lazy("Inget särskilt")),
    ("measures", gettext_lazy("Åtgärder")),
    ("plans", gettext_lazy("Planen")),
    ("focus_areas", gettext_lazy("Fokusområden")),
    ("citizen_promise", gettext_lazy("Medborgarlöftet")),
    ("group", gettext_lazy("Arbetsgrupp")),
)


@staff
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Add, move and take away items; bring in what has become due."""
    shown = seen_meeting(request, pk)
    if not may_hold(viewer_of(request), shown.body) or shown.is_trace:
        raise Http404
    if request.method == "POST":
        if request.POST.get("action") == "refresh":
            do(request, services.rebuild_agenda, _("Dagordningen är uppdaterad."), meeting=shown)
            return redirect("mote_dagordning", pk)
        fields = {
            name: request.POST.get(name, "")
            for name in ("title", "text", "proposal", "presenter", "subject")
        }
        do(request, services.add_item, _("Punkten är tillagd."), meeting=shown, **fields)
        return redirect("mote_dagordning", pk)
    return render(
        request,
        "staff/meetings/agenda.html",
        {"room": "moten", "meeting": shown, "items": items_of(shown), "subjects": SUBJECTS},
    )


@staff
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one item, its place in the order and its papers."""
    found = get_visible(viewer_of(request), AgendaItem, pk=pk)
    shown = seen_meeting(request, found.meeting_id)
    if not may_hold(viewer_of(request), shown.body):
        raise Http404
    if request.method != "POST":
        return render(
            request,
            "staff/meetings/item.html",
            {
                "room": "moten",
                "meeting": shown,
                "item": next(one for one in items_of(shown) if one.pk == pk),
            },
        )
    action = request.POST.get("action", "")
    if action in ("up", "down"):
        do(request, services.move_item, item=found, step=-1 if action == "up" else 1)
        return back("mote_dagordning", shown.pk, at=f"arende-{pk}")
    if action == "remove":
        do(request, services.remove_item, _("Punkten är borttagen."), item=found)
        return redirect("mote_dagordning", shown.pk)
    if action == "paper":
        return add_paper(request, found)
    if action == "remove_paper":
        paper = (
            visible(viewer_of(request), Paper)
            .filter(item=found, pk=given_key(request, "paper"))
            .first()
        )
        if paper is not None:
            do(request, services.remove_paper, _("Handlingen är borttagen."), paper=paper)
        return redirect("arende", pk)
    fields = {
        name: request.POST.get(name, "") for name in ("title", "text", "proposal", "presenter")
    }
    went = do(request, services.change_item, _("Ändringen är sparad."), item=found, **fields)
    return redirect("mote_dagordning", shown.pk) if went else redirect("arende", pk)


def add_paper(request: HttpRequest, found: AgendaItem) -> HttpResponse:
    upload = request.FILES.get("file")
    if upload is not None:
        do(
            request,
            services.add_paper,
            _("Handlingen är tillagd."),
            item=found,
            title=request.POST.get("paper_title", ""),
            name=upload.name or "",
            chunks=upload.chunks(),
        )
    return redirect("arende", found.pk)
