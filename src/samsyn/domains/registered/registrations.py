"""What the rest of the house knows about registered crime and events."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samsyn.base.access import Viewer, grant, rule
from samsyn.base.audit.log import register_verbs
from samsyn.base.jobs.imports import register_importer
from samsyn.base.orgs.models import PRIVATE_KINDS, Role
from samsyn.base.retention.rules import RetentionRule, follows_its_owner, keep
from samsyn.base.search import sources
from samsyn.base.today import cards
from samsyn.domains.agreements.slots import evidence_arrives
from samsyn.domains.registered.importing import bra as bra_file
from samsyn.domains.registered.importing import police_events as police_events_file
from samsyn.domains.registered.importing import police_list as police_list_file
from samsyn.domains.registered.models import (
    BraFigure,
    ImportProfile,
    PoliceEvent,
    PoliceEventVersion,
    PoliceListMonth,
    RegisteredCrime,
)
from samsyn.domains.registered.selectors import find_events, missing_list_cards

grant("registered.import", {Role.COORDINATOR, Role.KOMMUNPOLIS, Role.ADMINISTRATOR})
grant("registered.see_rows", {Role.COORDINATOR, Role.KOMMUNPOLIS, Role.SECURITY_CHIEF})
grant("registered.profile", {Role.COORDINATOR, Role.KOMMUNPOLIS})

register_verbs(
    {
        "registered.imported": _("Uppgifter inlästa"),
        "registered.undone": _("Inläsning ångrad"),
        "registered.profile_saved": _("Tolkning av polisens lista sparad"),
        "registered.reminded": _("Påminnelse om polisens fil"),
    }
)


@rule(PoliceEvent)
def police_events(viewer: Viewer) -> QuerySet[Any]:
    """The police have published them: everybody sees them."""
    return PoliceEvent.objects.all()


@rule(PoliceEventVersion)
def police_event_versions(viewer: Viewer) -> QuerySet[Any]:
    """To those who work with the figures."""
    return (
        PoliceEventVersion.objects.all() if viewer.is_person else PoliceEventVersion.objects.none()
    )


@rule(BraFigure)
def bra_figures(viewer: Viewer) -> QuerySet[Any]:
    """Official statistics: everybody sees them."""
    return BraFigure.objects.all()


def reach(viewer: Viewer) -> Q:
    """The rows of the municipalities where one works with the police's list; never for private actors."""
    places = frozenset().union(
        *(
            mandate.municipalities
            for mandate in viewer.mandates
            if mandate.organisation_kind not in PRIVATE_KINDS
            and mandate.role in {Role.COORDINATOR, Role.KOMMUNPOLIS, Role.SECURITY_CHIEF}
        )
    )
    return Q(municipality__in=places)


@rule(RegisteredCrime)
def registered_crimes(viewer: Viewer) -> QuerySet[Any]:
    """The police who brought the rows, and the municipality they were delivered to."""
    return RegisteredCrime.objects.filter(reach(viewer))


@rule(PoliceListMonth)
def police_list_months(viewer: Viewer) -> QuerySet[Any]:
    """The police who brought the list, and the municipality it was delivered to."""
    return PoliceListMonth.objects.filter(reach(viewer))


@rule(ImportProfile)
def import_profiles(viewer: Viewer) -> QuerySet[Any]:
    """Those who read in the lists of that police area."""
    return ImportProfile.objects.filter(
        viewer.own("registered.profile", "police_area")
        | viewer.within("registered.profile", "police_area__municipalities")
    ).distinct()


keep(
    RetentionRule(
        key="police_events",
        model=PoliceEvent,
        why=_("Publicerade händelser är sammanhang och behövs för att jämföra med tidigare år."),
        months=60,
        counted_from="published_at",
        municipality="job__organisation",
    )
)
keep(
    RetentionRule(
        key="registered_crimes",
        model=RegisteredCrime,
        why=_("Polisens rader behövs för att se mönster och följa upp åtgärder."),
        months=36,
        counted_from="read_at",
    )
)
follows_its_owner(PoliceEventVersion, why=_("Följer händelsen."))
follows_its_owner(BraFigure, why=_("Bevaras: officiell statistik."))
follows_its_owner(
    ImportProfile, PoliceListMonth, why=_("Bevaras: visar hur och när listorna lästes.")
)

for importer in (police_events_file.IMPORTER, bra_file.IMPORTER, police_list_file.IMPORTER):
    register_importer(importer)

cards.fill("registered", missing_list_cards, order=40)
sources.fill("registered", find_events, order=40)
evidence_arrives("file_imported", "Kommer när polisens lista är inläst.")
