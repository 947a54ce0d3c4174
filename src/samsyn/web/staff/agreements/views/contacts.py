"""Who to call now, by hour and weekday (K22, K24). No case data: nothing is written here."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.domains.agreements.selectors.contacts import routes_for
from samsyn.domains.agreements.selectors.ways import ways_for
from samsyn.web.doors import municipality_of, staff


@staff
def now(request: HttpRequest) -> HttpResponse:
    """Show the routes with the step to take at this hour, or at the hour one asks about."""
    municipality, moment = municipality_of(request), asked(request)
    # The ways hold the agreements' redirections already.
    others = [one for one in routes_for(municipality, moment) if one.kind != "redirect"]
    context = {
        "routes": [*ways_for(municipality, moment), *others],
        "moment": moment,
        "asked": request.GET.get("tid", ""),
        "room": "avtal",
        "thread": [
            {"label": _("Avtal"), "url": reverse("avtal")},
            {"label": _("Vem ringer jag nu?")},
        ],
    }
    return render(request, "staff/agreements/contacts.html", context)


def asked(request: HttpRequest) -> dt.datetime:
    """The moment in the address, in Swedish time; now where there is none."""
    try:
        moment = dt.datetime.fromisoformat(request.GET.get("tid", ""))
    except ValueError:
        return clock.now()
    return moment.replace(tzinfo=clock.SWEDEN) if moment.tzinfo is None else moment
