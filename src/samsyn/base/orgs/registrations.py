"""What the rest of the house knows about organisations."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samsyn.base.access import Viewer, grant, rule
from samsyn.base.audit.log import register_verbs
from samsyn.base.orgs.models import Membership, Organisation, Role, SchoolYear
from samsyn.base.retention.rules import follows_its_owner

grant("orgs.see", set(Role))
grant("orgs.administer", {Role.ADMINISTRATOR, Role.COORDINATOR})

register_verbs(
    {
        "organisation.created": _("Organisation tillagd"),
        "organisation.changed": _("Organisation ändrad"),
        "membership.given": _("Uppgift given"),
        "membership.ended": _("Uppgift avslutad"),
        "school_year.changed": _("Läsår ändrat"),
    }
)


@rule(Organisation)
def organisations(viewer: Viewer) -> QuerySet[Any]:
    """Her own, the municipalities her mandates reach, and those who work there; the municipalities to all."""
    if not viewer.is_person:
        return Organisation.objects.filter(kind="municipality")
    return Organisation.objects.filter(
        Q(pk__in=viewer.organisations | viewer.municipalities)
        | Q(
            pk__in=Organisation.objects.filter(municipalities__in=viewer.municipalities).values(
                "pk"
            )
        )
    )


@rule(Membership)
def memberships(viewer: Viewer) -> QuerySet[Any]:
    """Her own, and those of the organisations she administers."""
    return Membership.objects.filter(
        Q(user=viewer.user)
        | viewer.own("people.administer")
        | viewer.within("people.administer", "organisation__municipalities")
    ).distinct()


@rule(SchoolYear)
def school_years(viewer: Viewer) -> QuerySet[Any]:
    """The calendars of the municipalities she works in."""
    return SchoolYear.objects.filter(municipality__in=viewer.municipalities)


follows_its_owner(Organisation, why=_("Bevaras: visar vilka som har samverkat."))
follows_its_owner(Membership, why=_("Bevaras: visar vem som hade vilken uppgift."))
follows_its_owner(SchoolYear, why=_("Bevaras: kommunens kalender."))
