"""Who may read the log."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samsyn.base.access import Viewer, grant, rule
from samsyn.base.audit.log import register_verbs
from samsyn.base.audit.models import AuditEntry
from samsyn.base.orgs.models import Role
from samsyn.base.retention.rules import follows_its_owner

grant("audit.read", {Role.RECORDS_OFFICER, Role.ADMINISTRATOR, Role.COORDINATOR})
register_verbs({"audit.searched": _("Loggen genomsökt")})


@rule(AuditEntry)
def entries(viewer: Viewer) -> QuerySet[Any]:
    """The log of the organisations one answers for; never that of another party."""
    return AuditEntry.objects.filter(viewer.own("audit.read"))


follows_its_owner(AuditEntry, why=_("Bevaras: loggen får inte ändras."))
