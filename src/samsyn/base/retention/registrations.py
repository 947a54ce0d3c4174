"""Who sees what has been disposed of."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samsyn.base.access import Viewer, grant, rule
from samsyn.base.audit.log import register_verbs
from samsyn.base.orgs.models import Role
from samsyn.base.retention.models import DisposalRecord, RetentionTerm
from samsyn.base.retention.rules import follows_its_owner

grant("retention.see", {Role.RECORDS_OFFICER, Role.COORDINATOR, Role.ADMINISTRATOR})
grant("retention.decide", {Role.RECORDS_OFFICER})
register_verbs(
    {
        "retention.disposed": _("Gallring utförd"),
        "retention.term_changed": _("Gallringstid ändrad"),
    }
)


@rule(DisposalRecord)
def records(viewer: Viewer) -> QuerySet[Any]:
    """The proofs of one's own organisation and municipality."""
    return DisposalRecord.objects.filter(viewer.own("retention.see"))


@rule(RetentionTerm)
def terms(viewer: Viewer) -> QuerySet[Any]:
    """The terms of one's own municipality."""
    return RetentionTerm.objects.filter(viewer.own("retention.see", "municipality"))


follows_its_owner(DisposalRecord, why=_("Bevaras: bevis för utförd gallring."))
follows_its_owner(RetentionTerm, why=_("Bevaras: visar vilka tider som har gällt."))
