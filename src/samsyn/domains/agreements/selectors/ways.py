"""Who to call now about what may not be reported: in every municipality, by hour, weekday and holiday (K22).

Data rule 2: what concerns one person is told to who has the responsibility, and is never stored here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from samsyn.base.clock import SWEDEN
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.contents import read_text
from samsyn.domains.agreements.file import Agreement as File
from samsyn.domains.agreements.file.schema import Hours
from samsyn.domains.agreements.models import Agreement, Function
from samsyn.domains.agreements.selectors.contacts import (
    Contact,
    Route,
    Step,
    agreements_holding,
    hours_in_words,
    is_now,
    routes_of,
)
from samsyn.rhythm import Calendar

EMERGENCY, POLICE = "112", "114 14"
# Where no agreement says when the reception is open.
USUAL_HOURS = Hours.model_validate({"from": "08:00", "to": "16:30", "assumed": True})


def ways_for(municipality: Organisation, at: dt.datetime) -> list[Route]:
    """Return where to turn at the moment `at`, the most urgent first; never empty.

    112, the police's 114 14, the social services by the hour, and what the agreements that the
    municipality lives add. Without an agreement the social services are reached through the switchboard.
    """
    agreements = agreements_holding(municipality, at, started=True)
    return [
        always("nodlage", _("Det pågår nu, eller någon är i fara"), "", EMERGENCY, _("Larmnumret")),
        always(
            "brott",
            _("Ett brott ska anmälas, eller du har ett tips"),
            _("En rapport här är ingen polisanmälan."),
            POLICE,
            _("Polisen"),
        ),
        concern(municipality, agreements, at),
        *(route for one in agreements for route in routes_of(one, at) if route.kind == "redirect"),
    ]


def always(ref: str, matter: str, text: str, phone: str, name: str) -> Route:
    step = Step((Contact(name, "", phone),), "always", "", "", now=True)
    return Route(ref, matter, "redirect", text, "", (step,), hours_assumed=False)


def concern(municipality: Organisation, agreements: Sequence[Agreement], at: dt.datetime) -> Route:
    """A worry for a child or somebody else: the reception in office hours, else the social emergency."""
    files = [read_text(one.current_version.text) for one in agreements if one.current_version]
    hours = next((one.office_hours for one in files if one.office_hours), USUAL_HOURS)
    by_role = social_services_of(municipality, agreements, files)
    reception = contact_in(by_role.get("social_services")) or Contact(
        _("Socialtjänsten, genom kommunens växel"), municipality.name
    )
    emergency = contact_in(by_role.get("social_emergency")) or Contact(
        _("Sociala jouren"), municipality.name
    )
    ask = ""
    if not emergency.phone:
        # The emergency number puts one through to the social services on call, in every municipality.
        emergency = Contact(emergency.name, emergency.party, EMERGENCY)
        ask = _("Be att få tala med socialjouren.")
    words = hours_in_words(hours)
    return Route(
        "oro",
        _("Du är orolig för ett barn eller för någon annan"),
        "redirect",
        _("Gör en orosanmälan till socialtjänsten. Du behöver inte vara säker."),
        "",
        tuple(
            Step((who,), when, words, text, is_now(when, hours, at), hours)
            for who, when, text in (
                (reception, "office_hours", ""),
                (emergency, "out_of_hours", ask),
            )
        ),
        hours_assumed=hours.assumed,
    )


def social_services_of(
    municipality: Organisation, agreements: Sequence[Agreement], files: Sequence[File]
) -> dict[str, Function]:
    """Return role → function; one that a contact route names before one that only has a seat somewhere."""
    if not agreements:
        return {}
    rows = Function.objects.filter(
        agreement__in=[one.pk for one in agreements],
        is_current=True,
        party__organisation=municipality,
        role__in=("social_services", "social_emergency"),
    ).select_related("party")
    routed = {
        ref
        for file in files
        for way in file.contact_routes
        for step in way.steps
        for ref in step.to
    }
    return {one.role: one for one in sorted(rows, key=lambda one: one.ref in routed)}


def contact_in(function: Function | None) -> Contact | None:
    if function is None:
        return None
    return Contact(function.name, function.party.called, function.phone, function.email)


def holidays_after(at: dt.datetime, days: int = 60) -> list[dt.date]:
    """Return the public holidays of the coming days, for a page that is kept and shown later."""
    first, calendar = at.astimezone(SWEDEN).date(), Calendar()
    coming = (first + dt.timedelta(days=number) for number in range(days))
    return [day for day in coming if calendar.is_public_holiday(day)]
