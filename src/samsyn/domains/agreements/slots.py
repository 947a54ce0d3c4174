"""What the domains above put here: meetings that are called, and the kinds of evidence that come by themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from samsyn.base.links import Link
from samsyn.base.slots import Slot


@dataclass(frozen=True)
class PlannedMeeting:
    """A meeting that is called or held: aware start and end, its place, where it is shown."""

    body: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str
    place: str
    link: Link
    held: bool = False


# body ids, first day, last day → the meetings of those bodies, in order.
planned_meetings: Slot[Callable[[Collection[int], dt.date, dt.date], Sequence[PlannedMeeting]]] = (
    Slot("planned_meetings")
)

_arrives: dict[str, str] = {}


def evidence_arrives(kind: str, how: str) -> None:
    """Say that evidence of `kind` comes by itself, and from what: shown where one adds it by hand.

    `how` is a Swedish sentence ("Kommer när protokollet är justerat.").
    """
    _arrives[kind] = how


def arrives_by_itself(kind: str) -> str:
    """Return how evidence of `kind` comes by itself, or an empty string."""
    return _arrives.get(kind, "")


def meetings_planned(
    bodies: Collection[int], first: dt.date, last: dt.date
) -> list[PlannedMeeting]:
    """Return the meetings of `bodies` from `first` to `last`, from whoever knows of meetings."""
    if not bodies:
        return []
    found = [meeting for _, source in planned_meetings for meeting in source(bodies, first, last)]
    return sorted(found, key=lambda meeting: (meeting.starts_at, meeting.body))
