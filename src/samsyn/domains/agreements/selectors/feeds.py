"""What a calendar address shows on the day it is fetched: never more than its owner may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from samsyn.base.access import Viewer, viewer_for, visible
from samsyn.domains.agreements.models import Agreement, Body, CalendarFeed
from samsyn.domains.agreements.selectors.bodies import functions_held
from samsyn.domains.agreements.selectors.wheel import WheelMark, year_of
from samsyn.domains.agreements.services.feeds import hash_of
from samsyn.domains.agreements.slots import PlannedMeeting


@dataclass(frozen=True)
class FeedContent:
    """A calendar's name, its marks with the agreement's code, and the meetings that are called."""

    name: str
    marks: tuple[tuple[str, WheelMark], ...]
    meetings: tuple[PlannedMeeting, ...]


def feed_by_secret(secret: str) -> CalendarFeed | None:
    """Return the feed behind the secret; None for one that is revoked, unknown, or whose owner is closed."""
    return (
        CalendarFeed.objects.filter(
            secret_hash=hash_of(secret), revoked_at=None, owner__is_active=True
        )
        .select_related("owner", "agreement", "body__agreement")
        .first()
    )


def feed_content(feed: CalendarFeed, at: dt.date) -> FeedContent:
    """Return last year, this and the next of what the feed is about, as its owner may see it on `at`."""
    viewer = viewer_for(feed.owner)
    marks: list[tuple[str, WheelMark]] = []
    meetings: dict[str, PlannedMeeting] = {}
    mine = {function.ref for function in functions_held(viewer, at)} if is_personal(feed) else None
    for agreement, body in scopes_of(feed, viewer):
        for number in (at.year - 1, at.year, at.year + 1):
            year = year_of(agreement, number, at, viewer=viewer, body=body)
            marks += [
                (agreement.code, mark)
                for mark in year.marks
                if mine is None or mine & {who["ref"] for who in mark.commitment.responsible}
            ]
            meetings |= {f"{one.link.kind}{one.link.key}": one for one in year.meetings}
    return FeedContent(str(feed), tuple(marks), tuple(meetings.values()))


def is_personal(feed: CalendarFeed) -> bool:
    return feed.agreement_id is None and feed.body_id is None


def scopes_of(feed: CalendarFeed, viewer: Viewer) -> Iterator[tuple[Agreement, int | None]]:
    """The agreements to read, each with the body to keep to, where there is one."""
    if feed.body is not None:
        if visible(viewer, Body).filter(pk=feed.body.pk).exists():
            yield feed.body.agreement, feed.body.pk
        return
    rows = visible(viewer, Agreement).filter(kind=Agreement.Kind.AGREEMENT)
    if feed.agreement is not None:
        rows = rows.filter(pk=feed.agreement.pk)
    for agreement in rows:
        yield agreement, None
