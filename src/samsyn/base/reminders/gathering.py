"""What waits for one person, over all her municipalities: the body of a digest."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from samsyn.base.access.viewer import Viewer
from samsyn.base.orgs.models import Organisation
from samsyn.base.reminders.rules import AHEAD
from samsyn.base.reminders.slots import Reminder, Span, reminders, topics

MOST = 50


@dataclass(frozen=True)
class Group:
    """The reminders of one topic, in one municipality where she has several."""

    heading: str
    reminders: tuple[Reminder, ...]


def span_for(pace: str, today: dt.date, last: dt.date | None) -> Span:
    """Return what a digest of this pace looks at: from the one before, to the next one and some more."""
    days = dt.timedelta(days=AHEAD.get(pace, AHEAD["weekly"]))
    return Span(last or today - days, today, today + days)


def gather(viewer: Viewer, wanted: frozenset[str], span: Span) -> list[Group]:
    """Return what waits for `viewer` in the topics she wants: late first, then by day, each thing once.

    The sources answer with what she may see; the shared rules of each model decide.
    """
    places = list(Organisation.objects.filter(pk__in=viewer.municipalities).order_by("name"))
    met: set[tuple[str, str, str]] = set()
    groups: list[Group] = []
    room = MOST
    for place in places:
        found = [one for _, source in reminders for one in source(viewer, place, span)]
        for topic in topics():
            if topic.key not in wanted:
                continue
            rows = [one for one in found if one.topic == topic.key and name_of(one) not in met]
            met |= {name_of(one) for one in rows}
            rows = sorted(rows, key=in_order)[:room]
            room -= len(rows)
            if rows:
                heading = f"{topic.label}, {place.called}" if len(places) > 1 else str(topic.label)
                groups.append(Group(heading, tuple(rows)))
    return groups


def name_of(one: Reminder) -> tuple[str, str, str]:
    """The same thing under two municipalities is one thing."""
    return one.topic, one.link.kind, one.link.key or one.title


def in_order(one: Reminder) -> tuple[bool, dt.date, str]:
    return not one.is_late, one.due or one.on or dt.date.max, one.title


def fingerprint(groups: Sequence[Group]) -> str:
    """Return what tells whether a digest says the same as another: its things and where each stands."""
    told = sorted(
        f"{one.topic}|{one.link.kind}|{one.link.key}|{one.is_late}|{one.due}|{one.on}"
        for group in groups
        for one in group.reminders
    )
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
