"""Who sees and does what with reminders, how long they are kept, and when they go."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samsyn.base.access import Viewer, rule
from samsyn.base.audit.log import register_verbs
from samsyn.base.jobs.work import Kind, register_kind
from samsyn.base.reminders.models import Digest, Wish
from samsyn.base.reminders.services.digests import KIND, remind, send_digests
from samsyn.base.retention.rules import RetentionRule, follows_its_owner, keep
from samsyn.base.ticks import ticks

register_verbs(
    {
        "reminders.chosen": _("Påminnelser valda"),
        "reminders.stopped": _("Påminnelser avbeställda"),
        "reminders.addresses_revoked": _("Adresser i påminnelser återkallade"),
        "reminders.sent": _("Påminnelse skickad"),
        "reminders.failed": _("Påminnelse gick inte fram"),
        "reminders.tried_again": _("Påminnelse skickas om"),
    }
)


@rule(Wish)
def wishes(viewer: Viewer) -> QuerySet[Any]:
    """Her own: how often one wants letters is nobody else's matter."""
    return Wish.objects.filter(person=viewer.user)


@rule(Digest)
def digests(viewer: Viewer) -> QuerySet[Any]:
    """Her own, and in the municipalities whose people she administers: whether it went, never its words."""
    return Digest.objects.filter(person=viewer.user) | Digest.objects.filter(
        viewer.within("people.administer")
    )


follows_its_owner(Wish, why=_("Följer kontot."))
keep(
    RetentionRule(
        key="reminders",
        model=Digest,
        why=_("Att en påminnelse har gått behövs ett år för att se fel; texten sparas aldrig."),
        months=12,
        counted_from="written_at",
    )
)
register_kind(Kind(KIND, _("Utskick av påminnelser"), send_digests))
ticks.fill("reminders", remind, order=90)
