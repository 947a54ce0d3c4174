"""Assignments that are open, due or late."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from samsyn.base import clock
from samsyn.base.access import Viewer, visible
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.models import Holder
from samsyn.domains.meetings.models import Assignment
from samsyn.domains.meetings.rules.assignments import AssignmentState
from samsyn.domains.meetings.selectors.bodies import bodies_of_member, holding


def assignments_of(viewer: Viewer, municipality: Organisation | int) -> QuerySet[Assignment]:
    """The municipality's assignments that she may see, those due first."""
    return (
        visible(viewer, Assignment)
        .filter(municipality=municipality)
        .select_related("giver", "receiver_body", "receiver__party", "deputy", "item__meeting")
        .order_by("due_on", "pk")
    )


def open_assignments(viewer: Viewer, municipality: Organisation | int) -> QuerySet[Assignment]:
    """Those that are not closed: open, late or reported."""
    return assignments_of(viewer, municipality).exclude(state=AssignmentState.CLOSED)


def my_assignments(viewer: Viewer, municipality: Organisation | int) -> QuerySet[Assignment]:
    """The open ones that are hers: given to a function she holds, or to a body where she sits."""
    functions = Holder.objects.filter(holding(clock.today()), user=viewer.user).values("function")
    mine = (
        Q(receiver__in=functions)
        | Q(deputy__in=functions)
        | Q(receiver_body__in=bodies_of_member(viewer).values("pk"))
    )
    return open_assignments(viewer, municipality).filter(mine, state=AssignmentState.OPEN)


def due_within(rows: QuerySet[Assignment], days: int) -> QuerySet[Assignment]:
    """Those of `rows` that are late or due within `days`."""
    return rows.filter(due_on__lte=clock.today() + dt.timedelta(days=days))
