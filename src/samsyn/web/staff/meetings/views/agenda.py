"""Writing the agenda."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.base.access import visible
from samsyn.domains.agreements.models import Agreement, DocumentVersion
from samsyn.domains.meetings.models import AgendaItem, Meeting, Paper
from samsyn.domains.meetings.selectors.bodies import may_hold
from samsyn.domains.meetings.selectors.document_items import key_of
from samsyn.domains.meetings.selectors.gates import gated_kinds
from samsyn.domains.meetings.services import agenda as services
from samsyn.domains.meetings.services import registering
from samsyn.web.doors import get_visible, staff, viewer_of
from samsyn.web.staff.meetings.door import back, do, given_key, seen_meeting
from samsyn.web.staff.meetings.views.meeting import items_of

SUBJECTS = (
    ("", gettext_lazy("Avgörs av lydelsen")),
    ("measures", gettext_lazy("Åtgärder")),
    ("plans", gettext_lazy("Planen")),
    ("closing_measures", gettext_lazy("Avslut av åtgärd")),
    ("closing_plans", gettext_lazy("Avslut av plan")),
    ("focus_areas", gettext_lazy("Fokusområden")),
    ("citizen_promise", gettext_lazy("Medborgarlöftet")),
    ("group", gettext_lazy("Arbetsgrupp")),
    ("other", gettext_lazy("Inget av detta")),
)


def subjects_of(agreement: Agreement) -> list[tuple[str, str]]:
    """Return what a decision may be about, each with what the agreement requires before it."""
    gated = gated_kinds(agreement)
    return [
        (
            key,
            _("%(label)s (kräver %(what)s)") % {"label": label, "what": gated[key]}
            if key in gated
            else str(label),
        )
        for key, label in SUBJECTS
    ]


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
        if request.POST.get("action") == "document":
            return add_document(request, shown)
        fields = {
            name: request.POST.get(name, "")
            for name in ("title", "text", "proposal", "presenter", "subject")
        }
        if fields["subject"] not in dict(SUBJECTS):
            raise Http404
        do(request, services.add_item, _("Punkten är tillagd."), meeting=shown, **fields)
        return redirect("mote_dagordning", pk)
    return render(
        request,
        "staff/meetings/agenda.html",
        {
            "room": "moten",
            "meeting": shown,
            "items": items_of(shown),
            "subjects": subjects_of(shown.body.agreement),
            "documents": documents_on_their_way(request, shown),
        },
    )


def documents_on_their_way(request: HttpRequest, shown: Meeting) -> list[DocumentVersion]:
    """Return the versions that may be taken up: those on their way that are not on the agenda."""
    there = {key_of(one) for one in shown.items.all()}
    rows = visible(viewer_of(request), DocumentVersion).filter(
        document__agreement=shown.body.agreement_id, stage__in=("draft", "presented")
    )
    rows = rows.select_related("document").order_by("document__number", "document__title")
    return [one for one in rows if str(one.pk) not in there]


def add_document(request: HttpRequest, shown: Meeting) -> HttpResponse:
    """Put a version of a document on the agenda."""
    chosen = request.POST.get("version", "")
    rows = documents_on_their_way(request, shown)
    version = next((one for one in rows if str(one.pk) == chosen), None)
    if version is None:
        raise Http404
    do(
        request,
        registering.add_document,
        _("Dokumentet står på dagordningen."),
        meeting=shown,
        version=version,
    )
    return redirect("mote_dagordning", shown.pk)


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
