"""What one can be reminded of: the domains name their topics and tell what waits, as for *Idag*."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from samsyn.base.links import Link
from samsyn.base.slots import Slot

if TYPE_CHECKING:
    from samsyn.base.access.viewer import Viewer
    from samsyn.base.orgs.models import Organisation


@dataclass(frozen=True)
class Topic:
    """One kind of reminder that a person wants or not.

    `default_for` is the permission of those who get it until they choose themselves; empty: everyone.
    """

    key: str
    label: str | Promise
    help: str | Promise = ""
    default_for: str = ""
    order: int = 100


@dataclass(frozen=True)
class Reminder:
    """One thing that waits, `due` by a day or happening `on` it.

    `title` names it; what somebody has written about it stands behind the link, never here.
    """

    topic: str
    title: str
    link: Link
    due: dt.date | None = None
    on: dt.date | None = None
    is_late: bool = False


@dataclass(frozen=True)
class Span:
    """What a digest is about: `since` the one before, as it stands `today`, and what is due `until` a day."""

    since: dt.date
    today: dt.date
    until: dt.date


reminders: Slot[Callable[[Viewer, Organisation, Span], Sequence[Reminder]]] = Slot("reminders")

_topics: dict[str, Topic] = {}


def register_topics(*topics: Topic) -> None:
    """Register topics at start-up."""
    for topic in topics:
        _topics[topic.key] = topic


def topics() -> list[Topic]:
    """Return every topic in the order it is shown."""
    return sorted(_topics.values(), key=lambda one: (one.order, one.key))
