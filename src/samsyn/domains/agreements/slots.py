"""What the domains above put here: meetings that are called, what is open with a function, and the kinds of
evidence that come by themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from samsyn.base.links import Link
from samsyn.base.slots import Slot

if TYPE_CHECKING:
    from samsyn.base.access import Viewer
    from samsyn.domains.agreements.models import Function, Holder


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


@dataclass(frozen=True)
class OpenThing:
    """Something that is open with a function: what sort of thing, what it is, when it is due, where it is shown.

    `stays` says why it stays with the person where it does not pass with the function.
    """

    kind: str
    title: str
    due: dt.date | None = None
    link: Link | None = None
    stays: str = ""


# function, the person who has it or None, a day → what is open there.
open_with_function: Slot[Callable[[Function, int | None, dt.date], Sequence[OpenThing]]] = Slot(
    "open_with_function"
)

# Called in the transaction in which a function passes: who did it, and the new holding with the one before.
function_passed: Slot[Callable[[Viewer, Holder], object]] = Slot("function_passed")

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
