"""Meeting mode: one thing on the screen, arrows to move, notes and actions typed as one speaks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from samsyn.base.access import visible
from samsyn.base.errors import UserError
from samsyn.domains.situation import selectors, services
from samsyn.domains.situation.models import Picture, PresentationNote
from samsyn.web.doors import get_visible, staff_where, viewer_of
from samsyn.web.staff.pictures.slides import Slide, slides_of


@staff_where("pictures.read")
def present(request: HttpRequest, pk: Any, number: int = 1) -> HttpResponse:
    """Show one slide; a posted note or action is kept and the slide stays."""
    viewer = viewer_of(request)
    picture = get_visible(viewer, Picture, pk=pk)
    slides = slides_of(selectors.shown_picture(viewer, picture))
    if not 1 <= number <= len(slides):
        return redirect("bild_visa", pk)
    slide = slides[number - 1]
    if request.method == "POST":
        keep_note(request, picture, slide)
        return redirect("bild_visa_del", pk, number)
    return render(
        request,
        "staff/pictures/present.html",
        {
            "picture": picture,
            "slide": slide,
            "notes": visible(viewer, PresentationNote).filter(
                picture=picture, section=slide.section
            ),
            "may_note": viewer.can("pictures.work", picture.scope),
            "position": number,
            "count": len(slides),
            "earlier_url": reverse("bild_visa_del", args=[pk, number - 1]) if number > 1 else "",
            "later_url": reverse("bild_visa_del", args=[pk, number + 1])
            if number < len(slides)
            else "",
            "leave_url": reverse("bild", args=[pk]),
        },
    )


def keep_note(request: HttpRequest, picture: Picture, slide: Slide) -> None:
    """Keep what was typed; what the guard stops is told and not kept."""
    try:
        services.note_in_meeting(
            actor=viewer_of(request),
            picture=picture,
            text=request.POST.get("text", ""),
            kind="action" if request.POST.get("kind") == "action" else "note",
            section=slide.section,
            responsible=request.POST.get("responsible", ""),
            due_on=given_date(request.POST.get("due_on", "")),
        )
        messages.success(request, _("Antecknat."))
    except UserError as error:
        messages.error(request, str(error))


def given_date(text: str) -> Any:
    """Return the date, None for anything that is none."""
    try:
        return parse_date(text)
    except ValueError:
        return None
