"""Meetings for the year wheel, the calendar feeds and the status sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from samsyn.base import clock
from samsyn.base.links import Link
from samsyn.domains.agreements.slots import PlannedMeeting
from samsyn.domains.meetings.models import Meeting
from samsyn.domains.meetings.rules.stages import OVER, Stage

LENGTH = dt.timedelta(hours=2)


def meetings_called(bodies: Collection[int], first: dt.date, last: dt.date) -> list[PlannedMeeting]:
    """Return the bodies' meetings in `first`–`last` (both included) that are called or held, in order."""
    start = dt.datetime.combine(first, dt.time(), clock.SWEDEN)
    end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), clock.SWEDEN)
    rows = (
        Meeting.objects.filter(body__in=bodies, starts_at__gte=start, starts_at__lt=end)
        .filter(state__in=(Stage.CALLED, *OVER))
        .select_related("body")
        .order_by("starts_at", "pk")
    )
    return [
        PlannedMeeting(
            body=one.body_id,
            starts_at=one.local_start,
            ends_at=(one.ends_at or one.starts_at + LENGTH).astimezone(clock.SWEDEN),
            title=one.body.name,
            place=one.place,
            link=Link("meeting", str(one.pk)),
            held=one.is_over,
        )
        for one in rows
    ]
