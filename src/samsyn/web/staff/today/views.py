"""The start page per role."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.base import clock
from samsyn.base.today import cards_for
from samsyn.web.doors import municipality_of, staff, viewer_of
from samsyn.web.links import is_shown, url_of
from samsyn.web.municipality import choose_municipality


@staff
def today(request: HttpRequest) -> HttpResponse:
    """Show what waits for the viewer in the municipality shown; the first thing stands large."""
    municipality = municipality_of(request)
    waiting = cards_for(viewer_of(request), municipality)
    cards = [(card, url_of(card.link)) for card in waiting if is_shown(card.link)]
    return render(
        request,
        "staff/today/today.html",
        {
            "first": cards[0] if cards else None,
            "cards": cards[1:],
            "day": clock.today(),
            "week": clock.today().isocalendar(),
            "greeting": greeting(clock.now().hour),
        },
    )


def greeting(hour: int) -> str:
    """Return the greeting of the hour."""
    if hour < 10:
        return _("God morgon")
    return _("God kväll") if hour >= 18 else _("Hej")


@require_POST
@staff
def switch_municipality(request: HttpRequest) -> HttpResponse:
    """Show another of the municipalities one works in; 404 for any other."""
    key = request.POST.get("municipality", "")
    if not key.isdecimal() or not choose_municipality(request, int(key[:18])):
        raise Http404
    following = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(following, {request.get_host()}, request.is_secure())
    return redirect(following if safe else "/")
