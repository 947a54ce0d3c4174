"""The room's first page, and the letters that went or did not."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import visible
from samsyn.domains.meetings.models import Letter, Need
from samsyn.domains.meetings.selectors.assignments import open_assignments
from samsyn.domains.meetings.selectors.bodies import bodies_reached, bodies_to_meet
from samsyn.domains.meetings.selectors.meetings import (
    decisions_wanted,
    over,
    unfinished,
    unnoted_since,
    upcoming,
)
from samsyn.domains.meetings.services.letters import MOST_TRIES, send_letters, try_again
from samsyn.web.doors import municipality_of, staff, staff_where, viewer_of

PAGE = 25
PARTS = {"": upcoming, "protokoll": unfinished, "genomforda": over}


@staff
def meetings(request: HttpRequest) -> HttpResponse:
    """Show the coming meetings, those whose minutes are not ready, or those that are over."""
    viewer, place = viewer_of(request), municipality_of(request)
    part = request.GET.get("visa", "")
    part = part if part in PARTS else ""
    rows = {key: source(viewer, place.pk) for key, source in PARTS.items()}
    page = Paginator(rows[part], PAGE).get_page(request.GET.get("sida"))
    labels = {"": _("Kommande"), "protokoll": _("Att skriva klart"), "genomforda": _("Genomförda")}
    address = reverse("moten")
    bodies = list(bodies_to_meet(viewer, place.pk))
    held = set(bodies_reached(viewer, "meetings.hold").values_list("pk", flat=True))
    return render(
        request,
        "staff/meetings/meetings.html",
        {
            "room": "moten",
            "page": page,
            "part": part,
            "tabs": [
                {
                    "label": labels[key],
                    "url": f"{address}?visa={key}" if key else address,
                    "current": key == part,
                    "count": found.count() if key != "genomforda" else None,
                }
                for key, found in rows.items()
            ],
            "today": clock.today(),
            "unnoted": unnoted_since(viewer, place.pk, clock.today().replace(month=1, day=1))
            if part == "genomforda"
            else [],
            "wanted": decisions_wanted(viewer, place.pk),
            "bodies": [body for body in bodies if body.pk in held],
            "open_assignments": open_assignments(viewer, place).count(),
            "needs": visible(viewer, Need)
            .filter(municipality=place, state=Need.State.RECEIVED)
            .count()
            if viewer.can("needs.triage", place)
            else None,
            "letters_failed": visible(viewer, Letter)
            .filter(municipality=place, sent_at__isnull=True)
            .exclude(failure="")
            .count(),
        },
    )


@staff_where("meetings.hold")
def letters(request: HttpRequest) -> HttpResponse:
    """Show what has gone by e-mail and what has not; try the latter again."""
    place = municipality_of(request)
    if request.method == "POST":
        try_again(place.pk)
        send_letters()
        messages.success(request, _("Försökte igen med det som väntade."))
        return redirect("moten_brev")
    rows = (
        visible(viewer_of(request), Letter)
        .filter(municipality=place)
        .select_related("recipient", "meeting__body")
    )
    page = Paginator(rows.order_by("-written_at", "-pk"), PAGE).get_page(request.GET.get("sida"))
    return render(
        request,
        "staff/meetings/letters.html",
        {
            "room": "moten",
            "page": page,
            "waiting": rows.filter(sent_at__isnull=True).count(),
            "most_tries": MOST_TRIES,
        },
    )
