"""What bodies have given somebody to do and is not done, from the meeting room."""

from __future__ import annotations

from samsyn.base.access import SYSTEM, visible
from samsyn.domains.meetings.models import Assignment, Meeting
from samsyn.domains.meetings.selectors.assignments import open_assignments
from samsyn.domains.situation.result import OpenAssignment, Scope, Source


def assignments_of(scope: Scope) -> tuple[OpenAssignment, ...] | None:
    """Return the open assignments of a municipality; None where no meetings are kept here.

    A joint picture holds aggregates only: each municipality's assignments stay in its own.
    """
    key = scope.municipalities[0].key if scope.municipalities else None
    if (
        scope.is_joint
        or key is None
        or not visible(SYSTEM, Meeting).filter(municipality=key).exists()
    ):
        return None
    return tuple(shown(one) for one in open_assignments(SYSTEM, key))


def shown(assignment: Assignment) -> OpenAssignment:
    return OpenAssignment(
        title=assignment.title,
        who=assignment.to,
        due_on=assignment.due_on.isoformat() if assignment.due_on else "",
        is_late=assignment.is_late,
        sources=(Source("assignment", label=assignment.title, ids=(str(assignment.pk),)),),
    )
