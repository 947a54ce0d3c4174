"""Diary numbers of minutes and decisions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.domains.meetings.models import Decision
from samsyn.domains.meetings.services import registering
from samsyn.web.doors import get_visible, staff, viewer_of
from samsyn.web.staff.meetings.door import back, do, seen_meeting
from samsyn.web.staff.meetings.views.deciding import go_back


@require_POST
@staff
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the minutes their diary number."""
    shown = seen_meeting(request, pk)
    number = request.POST.get("diary_number", "")
    do(
        request,
        registering.register_minutes,
        _("Protokollet är diariefört."),
        meeting=shown,
        diary_number=number,
    )
    return back("mote", pk, at="diarium")


@require_POST
@staff
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a decision its diary number; the document it was about is then decided."""
    found = get_visible(viewer_of(request), Decision, pk=pk)
    number = request.POST.get("diary_number", "")
    do(
        request,
        registering.register_decision,
        _("Beslutet är diariefört."),
        decision=found,
        diary_number=number,
    )
    return go_back(request, found.item, f"beslut-{pk}")
