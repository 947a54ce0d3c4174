"""When a function passes to another person: her part in coming meetings goes along, and she is told."""

from __future__ import annotations

from samsyn.base.access import Viewer
from samsyn.base.audit.log import record
from samsyn.domains.agreements.models import Holder
from samsyn.domains.meetings.models import Meeting
from samsyn.domains.meetings.selectors.passing import NOT_HELD, bodies_with
from samsyn.domains.meetings.services.letters import write_about_taking_over

ROLES = ("chair", "secretary", "adjuster")


def pass_roles(actor: Viewer, holder: Holder) -> None:
    """Let the new holder lead, keep or adjust the coming meetings that the one before was to.

    Called in the transaction in which the function passes. What has been held stays with who was there.
    """
    before = holder.took_over_from
    if before is None:
        return
    bodies = bodies_with(holder.function).values("pk")
    coming = Meeting.objects.filter(body__in=bodies, state__in=NOT_HELD)
    for meeting in coming.filter(starts_at__date__gte=holder.since).select_for_update():
        passed = [role for role in ROLES if getattr(meeting, f"{role}_id") == before.user_id]
        if not passed or holder.user_id in (
            meeting.chair_id,
            meeting.secretary_id,
            meeting.adjuster_id,
        ):
            continue
        for role in passed:
            setattr(meeting, role, holder.user)
        meeting.save(update_fields=passed)
        record(
            actor,
            "meeting.people_chosen",
            meeting,
            organisation=meeting.municipality_id,
            passed=passed,
            function=holder.function.ref,
        )
    write_about_taking_over(holder)
