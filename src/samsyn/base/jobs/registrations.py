"""Who sees and steers long work."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samsyn.base.access import Viewer, grant, rule
from samsyn.base.audit.log import register_verbs
from samsyn.base.jobs.models import Job, JobError
from samsyn.base.orgs.models import Role
from samsyn.base.retention.rules import RetentionRule, follows_its_owner, keep

grant("jobs.see", {Role.COORDINATOR, Role.KOMMUNPOLIS, Role.ADMINISTRATOR})
grant("jobs.steer", {Role.COORDINATOR, Role.KOMMUNPOLIS, Role.ADMINISTRATOR})
register_verbs(
    {
        "job.created": _("Arbete startat"),
        "job.ended": _("Arbete avslutat"),
        "job.cancelled": _("Arbete avbrutet"),
        "job.undone": _("Arbete ångrat"),
        "job.errors_fetched": _("Radfel hämtade"),
    }
)


@rule(Job)
def jobs(viewer: Viewer) -> QuerySet[Any]:
    """The work of one's own organisation, and of the municipalities one works in."""
    return Job.objects.filter(viewer.own("jobs.see") | viewer.within("jobs.see", "organisation"))


@rule(JobError)
def errors(viewer: Viewer) -> QuerySet[Any]:
    """The row errors of the work that one sees."""
    return JobError.objects.filter(
        viewer.own("jobs.see", "job__organisation") | viewer.within("jobs.see", "job__organisation")
    )


keep(
    RetentionRule(
        key="jobs",
        model=Job,
        why=_("Uppgift om inläsningar behövs i två år för att kunna ångra och jämföra."),
        months=24,
        counted_from="created_at",
        municipality="organisation",
    )
)
follows_its_owner(JobError, why=_("Följer arbetet."))
