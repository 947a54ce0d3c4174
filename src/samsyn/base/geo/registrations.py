"""Who sees areas and places, and who may change them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samsyn.base.access import Viewer, grant, rule
from samsyn.base.audit.log import register_verbs
from samsyn.base.geo.importing import IMPORTER
from samsyn.base.geo.models import Area, Edition, Place
from samsyn.base.jobs.imports import register_importer
from samsyn.base.orgs.models import Role
from samsyn.base.retention.rules import follows_its_owner

grant("geo.change", {Role.COORDINATOR, Role.ADMINISTRATOR})
register_verbs(
    {
        "areas.imported": _("Områden inlästa"),
        "areas.removed": _("Områden borttagna"),
        "place.created": _("Plats tillagd"),
        "place.changed": _("Plats ändrad"),
    }
)


@rule(Edition)
def editions(viewer: Viewer) -> QuerySet[Any]:
    """Areas are no secret: everybody sees them."""
    return Edition.objects.all()


@rule(Area)
def areas(viewer: Viewer) -> QuerySet[Any]:
    """Areas are no secret: everybody sees them."""
    return Area.objects.all()


@rule(Place)
def places(viewer: Viewer) -> QuerySet[Any]:
    """Public places to everybody; the others to those who work in the municipality."""
    public = Place.objects.filter(is_public=True)
    if not viewer.is_person:
        return public
    return public | Place.objects.filter(municipality__in=viewer.municipalities)


follows_its_owner(Edition, Area, Place, why=_("Bevaras: visar vilka områden siffrorna gällde."))

register_importer(IMPORTER)
