"""What the rest of the house knows about accounts."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samsyn.base.access import Viewer, grant, rule
from samsyn.base.accounts.models import User
from samsyn.base.audit.log import register_verbs
from samsyn.base.orgs.models import Role
from samsyn.base.retention.rules import follows_its_owner

grant("people.administer", {Role.ADMINISTRATOR, Role.COORDINATOR})

register_verbs(
    {
        "account.created": _("Konto skapat"),
        "account.changed": _("Konto ändrat"),
        "account.signed_in": _("Inloggning"),
        "account.sign_in_failed": _("Misslyckad inloggning"),
        "account.signed_out": _("Utloggning"),
    }
)


@rule(User)
def users(viewer: Viewer) -> QuerySet[Any]:
    """Oneself, and the people of the organisations one administers."""
    return User.objects.filter(
        Q(pk=viewer.user)
        | viewer.own("people.administer", "memberships__organisation")
        | viewer.within("people.administer", "memberships__organisation__municipalities")
    ).distinct()


follows_its_owner(User, why=_("Kontot finns så länge personen har en uppgift i en organisation."))
