"""Lists of meetings and what waits in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from samsyn.base import clock
from samsyn.base.access import Viewer, visible
from samsyn.domains.agreements.models import Agreement, Body
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


def forgotten() -> Q:
    """Light meetings that nobody has noted within two weeks: they count as not held, and are not to come."""
    planned = Q(state__in=(Stage.PLANNED, Stage.CALLED))
    return planned & ~Q(form="full") & Q(starts_at__lt=clock.now() - FORGOTTEN)


def upcoming(viewer: Viewer, municipality: int) -> QuerySet[Meeting]:
    """Those that are not over, soonest first; one whose day has passed stands first.

    A light one that nobody has noted within two weeks stands among those that are over, as not noted.
    """
    return (
        meetings_of(viewer, municipality)
        .filter(state__in=(Stage.PLANNED, Stage.CALLED))
        .exclude(forgotten())
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
    """Those that are done: approved, cancelled, held where no minutes are kept, or never noted. Newest first."""
    light = Q(state=Stage.HELD) & ~Q(form="full")
    done = Q(state__in=(Stage.APPROVED, Stage.CANCELLED)) | light | forgotten()
    return meetings_of(viewer, municipality).filter(done).order_by("-starts_at", "-pk")


@dataclass(frozen=True)
class Unnoted:
    """How many light meetings of a body have been held and how many nobody has noted, since a day."""

    body: str
    held: int
    unnoted: int


def unnoted_since(viewer: Viewer, municipality: int, since: dt.date) -> list[Unnoted]:
    """Return the bodies with light meetings that nobody has noted since `since`, most first (one query)."""
    start = dt.datetime.combine(since, dt.time(), clock.SWEDEN)
    rows = (
        visible(viewer, Meeting)
        .filter(municipality=municipality, starts_at__gte=start, starts_at__lt=clock.now())
        .exclude(form="full")
        .values("body__name")
        .annotate(
            held=Count("pk", filter=Q(state=Stage.HELD)), unnoted=Count("pk", filter=forgotten())
        )
        .filter(unnoted__gt=0)
        .order_by("-unnoted", "body__name")
    )
    return [Unnoted(row["body__name"], row["held"], row["unnoted"]) for row in rows]


def minutes_approved(agreement: Agreement, *, viewer: Viewer) -> QuerySet[Meeting]:
    """The meetings of the agreement's bodies with frozen minutes that she may see, oldest first."""
    return (
        visible(viewer, Meeting)
        .filter(body__agreement=agreement, state=Stage.APPROVED)
        .select_related("body", "municipality")
        .prefetch_related("approvals")
        .order_by("starts_at", "pk")
    )


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


def may_still_speak() -> Q:
    """Decisions in which a party may say its word: until the minutes are closed, then only a consent awaited."""
    open_meeting = Q(item__meeting__state__in=(Stage.CALLED, Stage.HELD))
    closed = Q(item__meeting__state__in=(Stage.ADJUSTED, Stage.APPROVED))
    return open_meeting | (closed & Q(outcome=OutcomeKind.AWAITS_CONSENT))


def decisions_wanted(viewer: Viewer, municipality: int | None = None) -> list[WantedDecision]:
    """Return the open consensus decisions in bodies where she sits, in which her party is silent."""
    from samsyn.domains.meetings.selectors.bodies import bodies_of_member, own_seats

    if viewer.user is None:
        return []
    rows = (
        Decision.objects.filter(
            body__in=bodies_of_member(viewer).values("pk"), rule="consensus", outcome__in=WAITING
        )
        .filter(may_still_speak())
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
