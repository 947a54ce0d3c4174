"""Lists of meetings and what waits in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from samsyn.base import clock
from samsyn.base.access import Viewer, visible
from samsyn.domains.agreements.models import Body
from samsyn.domains.meetings.models import Contribution, Decision, Meeting, Stand
from samsyn.domains.meetings.rules.decisions import OutcomeKind
from samsyn.domains.meetings.rules.stages import Stage

FORGOTTEN = dt.timedelta(days=14)
WAITING = (OutcomeKind.OPEN, OutcomeKind.AWAITS_STANDS, OutcomeKind.AWAITS_CONSENT)


def meetings_of(viewer: Viewer, municipality: int) -> QuerySet[Meeting]:
    """The meetings of the municipality that she may see, with what a list shows of each."""
    missing = Q(contributions__given_at__isnull=True)
    return (
        visible(viewer, Meeting)
        .filter(
            Q(municipality=municipality)
            | Q(body__municipality__isnull=True, body__agreement__municipalities=municipality)
        )
        .distinct()
        .select_related("body", "municipality")
        .annotate(
            decided=Count(
                "items__decisions", filter=Q(items__decisions__outcome="taken"), distinct=True
            ),
            blocked=Count(
                "items__decisions", filter=Q(items__decisions__outcome="blocked"), distinct=True
            ),
            asked=Count("contributions", distinct=True),
            not_given=Count("contributions", filter=missing, distinct=True),
        )
    )


def upcoming(viewer: Viewer, municipality: int) -> QuerySet[Meeting]:
    """Those that are not over, soonest first; one whose day has passed stands first.

    A light one that nobody noted within two weeks is gone: it was not held, or is not followed here.
    """
    forgotten = ~Q(form="full") & Q(starts_at__lt=clock.now() - FORGOTTEN)
    return (
        meetings_of(viewer, municipality)
        .filter(state__in=(Stage.PLANNED, Stage.CALLED))
        .exclude(forgotten)
        .order_by("starts_at", "pk")
    )


def unfinished(viewer: Viewer, municipality: int) -> QuerySet[Meeting]:
    """Those that have been held and whose minutes are not frozen yet."""
    return (
        meetings_of(viewer, municipality)
        .filter(state__in=(Stage.HELD, Stage.ADJUSTED), form="full")
        .order_by("starts_at", "pk")
    )


def over(viewer: Viewer, municipality: int) -> QuerySet[Meeting]:
    """Those that are done: approved, cancelled, or held where no minutes are kept. Newest first."""
    light = Q(state=Stage.HELD) & ~Q(form="full")
    done = Q(state__in=(Stage.APPROVED, Stage.CANCELLED)) | light
    return meetings_of(viewer, municipality).filter(done).order_by("-starts_at", "-pk")


def previous_meeting(meeting: Meeting) -> Meeting | None:
    """Return the body's last held meeting before this one."""
    return (
        Meeting.objects.filter(
            body=meeting.body_id,
            municipality=meeting.municipality_id,
            starts_at__lt=meeting.starts_at,
            state__in=(Stage.HELD, Stage.ADJUSTED, Stage.APPROVED),
        )
        .order_by("-starts_at")
        .first()
    )


def next_meeting_of(
    body: Body, municipality: int, *, after: dt.datetime | None = None
) -> Meeting | None:
    """Return the body's next meeting that is not held yet."""
    return (
        Meeting.objects.filter(
            body=body,
            municipality=municipality,
            starts_at__gt=after or clock.now() - dt.timedelta(hours=12),
            state__in=(Stage.PLANNED, Stage.CALLED),
        )
        .order_by("starts_at")
        .first()
    )


@dataclass(frozen=True)
class WantedDecision:
    """A decision in which the viewer's party has not said anything yet."""

    decision: Decision
    party_id: int
    party: str


def decisions_wanted(viewer: Viewer, municipality: int | None = None) -> list[WantedDecision]:
    """Return the open consensus decisions in bodies where she sits, in which her party is silent."""
    from samsyn.domains.meetings.selectors.bodies import bodies_of_member, own_seats

    if viewer.user is None:
        return []
    rows = (
        Decision.objects.filter(
            body__in=bodies_of_member(viewer).values("pk"), rule="consensus", outcome__in=WAITING
        )
        .exclude(item__meeting__state=Stage.CANCELLED)
        .exclude(item__meeting__state=Stage.PLANNED)
        .select_related("body", "item__meeting", "municipality")
        .order_by("item__meeting__starts_at", "item__order", "pk")
    )
    if municipality is not None:
        rows = rows.filter(
            Q(municipality=municipality)
            | Q(body__municipality__isnull=True, body__agreement__municipalities=municipality)
        ).distinct()
    found, parties = [], {}
    spoken = set(
        Stand.objects.filter(decision__in=rows.values("pk")).values_list("decision_id", "party_id")
    )
    for decision in rows:
        if decision.body_id not in parties:
            mine = own_seats(viewer, decision.body, clock.today())
            parties[decision.body_id] = dict.fromkeys(
                one.seat.party for one in mine if one.seat.party.is_party
            )
        found += [
            WantedDecision(decision, party.pk, party.called)
            for party in parties[decision.body_id]
            if (decision.pk, party.pk) not in spoken
        ]
    return found


def contributions_wanted(viewer: Viewer, municipality: int) -> QuerySet[Contribution]:
    """The contributions asked of her seats in meetings that are called and not held."""
    from samsyn.domains.meetings.selectors.bodies import bodies_of_member

    return Contribution.objects.filter(
        given_at__isnull=True,
        meeting__state=Stage.CALLED,
        meeting__municipality=municipality,
        meeting__body__in=bodies_of_member(viewer).values("pk"),
    ).select_related("meeting__body", "seat")
