"""What the rest of the house knows about agreements."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samsyn.base.access import Viewer, grant, rule
from samsyn.base.audit.log import register_verbs
from samsyn.base.orgs.models import Role
from samsyn.base.reminders.slots import register_topics, reminders
from samsyn.base.retention.rules import RetentionRule, follows_its_owner, keep
from samsyn.base.search import sources
from samsyn.base.ticks import ticks
from samsyn.base.today import cards
from samsyn.domains.agreements.documents import registrations as documents  # noqa: F401
from samsyn.domains.agreements.models import (
    Agreement,
    AgreementParty,
    AgreementVersion,
    Body,
    CalendarFeed,
    Commitment,
    Evidence,
    Function,
    Holder,
    Seat,
    SetUp,
)
from samsyn.domains.agreements.reminders import TOPICS, agreement_reminders
from samsyn.domains.agreements.services.bodies import close_ended_bodies
from samsyn.domains.agreements.slots import evidence_arrives
from samsyn.domains.agreements.today import agreement_cards, find_agreements

READERS = frozenset(set(Role) - {Role.REPORTER})
WORKERS = frozenset(
    {
        Role.COORDINATOR,
        Role.KOMMUNPOLIS,
        Role.SECURITY_CHIEF,
        Role.CONTRIBUTOR,
        Role.ADMINISTRATOR,
    }
)
LEADERS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})

grant("agreements.see", READERS)
grant("agreements.prove", WORKERS)
grant("agreements.doubt", WORKERS | {Role.COUNCIL_MEMBER})
grant("agreements.withdraw", LEADERS)
grant("agreements.appoint", LEADERS)
# The kommunpolis and the coordinator set up working groups together (U09).
grant("agreements.set_up_groups", LEADERS | {Role.KOMMUNPOLIS})
grant("agreements.set_up", LEADERS)

register_verbs(
    {
        "agreement.loaded": _("Avtal inläst"),
        "agreement.changed": _("Ny version av avtalet inläst"),
        "agreement.named": _("Avtal som nämner kommunen inläst av någon annan"),
        "agreement.agreed": _("Ja till att följa avtalet"),
        "agreement.started": _("Avtal startat"),
        "agreement.ended": _("Avtal avslutat"),
        "agreement.organisation_found": _("Organisation tillagd ur avtalet"),
        "evidence.recorded": _("Underlag tillagt"),
        "evidence.doubted": _("Underlag ifrågasatt"),
        "evidence.upheld": _("Underlag bekräftat"),
        "evidence.withdrawn": _("Underlag tillbakadraget"),
        "function.appointed": _("Funktion tillsatt"),
        "function.ended": _("Uppgift i funktion avslutad"),
        "function.handed_over": _("Funktion överlämnad"),
        "function.contact_changed": _("Funktionens kontaktuppgifter ändrade"),
        "body.proposed": _("Arbetsgrupp föreslagen"),
        "body.mandated": _("Mandat och uppdrag noterat"),
        "body.started": _("Organ startat"),
        "body.closed": _("Organ avslutat"),
        "calendar_feed.made": _("Kalenderadress skapad"),
        "calendar_feed.revoked": _("Kalenderadress återkallad"),
        "set_up.made": _("Uppläggning av avtal påbörjad"),
        "set_up.changed": _("Uppläggning av avtal ändrad"),
        "set_up.removed": _("Uppläggning av avtal borttagen"),
    }
)


def reach(viewer: Viewer) -> frozenset[int]:
    return viewer.municipalities_where("agreements.see")


def of_agreement(viewer: Viewer, field: str = "agreement") -> Q:
    """The rows of the agreements that a municipality of hers is under."""
    mine = Agreement.municipalities.through.objects.filter(organisation__in=reach(viewer)).values(
        "agreement"
    )
    return Q(**{f"{field}__in": mine})


def of_place(viewer: Viewer, field: str = "municipality") -> Q:
    """What is one municipality's own is seen by those who work there."""
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__in": reach(viewer)})


@rule(Agreement)
def agreements(viewer: Viewer) -> QuerySet[Any]:
    """Those that a municipality of hers is under."""
    return Agreement.objects.filter(of_agreement(viewer, "pk"))


@rule(AgreementVersion)
def versions(viewer: Viewer) -> QuerySet[Any]:
    """With the agreement."""
    return AgreementVersion.objects.filter(of_agreement(viewer))


@rule(AgreementParty)
def parties(viewer: Viewer) -> QuerySet[Any]:
    """With the agreement."""
    return AgreementParty.objects.filter(of_agreement(viewer))


@rule(Function)
def functions(viewer: Viewer) -> QuerySet[Any]:
    """With the agreement."""
    return Function.objects.filter(of_agreement(viewer))


@rule(Body)
def bodies(viewer: Viewer) -> QuerySet[Any]:
    """With the agreement; a municipality's own body where one works in it."""
    return Body.objects.filter(of_agreement(viewer), of_place(viewer))


@rule(Seat)
def seats(viewer: Viewer) -> QuerySet[Any]:
    """With the body."""
    return Seat.objects.filter(
        of_agreement(viewer, "body__agreement"), of_place(viewer, "body__municipality")
    )


@rule(Holder)
def holders(viewer: Viewer) -> QuerySet[Any]:
    """With the agreement: the parties know who holds what."""
    return Holder.objects.filter(of_agreement(viewer, "function__agreement"))


@rule(Commitment)
def commitments(viewer: Viewer) -> QuerySet[Any]:
    """With the agreement; a municipality's own where one works in it."""
    return Commitment.objects.filter(of_agreement(viewer), of_place(viewer))


@rule(Evidence)
def evidence(viewer: Viewer) -> QuerySet[Any]:
    """With the commitment."""
    return Evidence.objects.filter(
        of_agreement(viewer, "commitment__agreement"), of_place(viewer, "commitment__municipality")
    )


@rule(CalendarFeed)
def feeds(viewer: Viewer) -> QuerySet[Any]:
    """Her own."""
    return CalendarFeed.objects.filter(owner=viewer.user)


@rule(SetUp)
def set_ups(viewer: Viewer) -> QuerySet[Any]:
    """Those who may set up agreements in the municipality."""
    return SetUp.objects.filter(viewer.within("agreements.set_up"))


follows_its_owner(
    Agreement,
    AgreementVersion,
    AgreementParty,
    Function,
    Body,
    Seat,
    Commitment,
    Evidence,
    why=_("Bevaras: visar vad parterna har kommit överens om och hur det hölls."),
)
follows_its_owner(Holder, why=_("Bevaras: visar vem som hade vilken funktion."))
follows_its_owner(CalendarFeed, why=_("Följer kontot; en återkallad adress visar ingenting."))
keep(
    RetentionRule(
        key="agreement_set_ups",
        model=SetUp,
        why=_("Arbetsmaterial: avtalet självt bevaras när det är inläst."),
        months=24,
        counted_from="changed_at",
    )
)

cards.fill("agreements", agreement_cards, order=30)
sources.fill("agreements", find_agreements, order=20)
evidence_arrives("function_appointed", _("Kommer när funktionen är tillsatt."))
evidence_arrives("body_set_up", _("Kommer när organet är startat."))
evidence_arrives("agreement_signed", _("Kommer när det nya avtalet är startat."))
ticks.fill("agreements.close_bodies", close_ended_bodies, order=40)
register_topics(*TOPICS)
reminders.fill("agreements", agreement_reminders, order=10)
