"""Meeting mode: one item at a time on the wall, notes and actions typed as one speaks."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from samsyn.domains.meetings.selectors.bodies import is_inside, may_hold
from samsyn.web.doors import staff, viewer_of
from samsyn.web.staff.meetings.door import seen_meeting
from samsyn.web.staff.meetings.views.minutes import writing


@staff
def present(request: HttpRequest, pk: int, number: int = 1) -> HttpResponse:
    """Show one item; who keeps the minutes writes under it."""
    shown = seen_meeting(request, pk)
    if shown.is_trace or not is_inside(viewer_of(request), shown):
        raise Http404
    context = writing(shown)
    items = context["items"]
    if not items:
        return redirect("mote", pk)
    if not 1 <= number <= len(items):
        return redirect("mote_visa", pk)
    item = items[number - 1]
    holds = may_hold(viewer_of(request), shown.body) and shown.may_be_written_in
    brought = context["contributions"] if item.subject == "contributions" else []
    return render(
        request,
        "staff/meetings/present.html",
        {
            **context,
            "item": item,
            "holds": holds,
            "brought": brought,
            "position": number,
            "count": len(items),
            "earlier_url": reverse("mote_visa_punkt", args=[pk, number - 1]) if number > 1 else "",
            "later_url": reverse("mote_visa_punkt", args=[pk, number + 1])
            if number < len(items)
            else "",
            "leave_url": reverse("mote_protokoll" if holds else "mote", args=[pk]),
        },
    )
