"""Bodies as the meeting room needs them: their seats, parties and people, and who may run their meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.domains.agreements.models import AgreementParty, Body, Function, Holder, Seat
from samsyn.domains.meetings.models import Meeting

CLOSED = (Body.State.TEMPLATE, Body.State.PROPOSED, Body.State.CLOSED)


def holding(on: dt.date, prefix: str = "") -> Q:
    """Return the condition that a holder (at `prefix`) holds on the day."""
    ended = Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gte": on})
    return Q(**{f"{prefix}since__lte": on}) & ended


def functions_held(viewer: Viewer) -> QuerySet[Holder, Any]:
    """The functions she holds or stands in for today, as a list to look in."""
    mine = Holder.objects.filter(holding(clock.today()), user=viewer.user)
    return mine.values("function")


def bodies_reached(viewer: Viewer, permission: str) -> QuerySet[Body]:
    """The bodies of the municipalities where the viewer holds `permission`."""
    places = viewer.municipalities_where(permission)
    return Body.objects.filter(
        Q(municipality__in=places)
        | Q(municipality__isnull=True, agreement__municipalities__in=places)
    )


def bodies_of_member(viewer: Viewer) -> QuerySet[Body]:
    """The bodies in which she holds a seat today, or stands in for one; and those made of them (K06)."""
    if viewer.user is None:
        return Body.objects.none()
    mine = Holder.objects.filter(holding(clock.today()), user=viewer.user)
    by_function = Q(
        pk__in=Seat.objects.filter(
            is_current=True, functions__in=mine.filter(seat__isnull=True).values("function")
        ).values("body")
    )
    by_seat = Q(pk__in=mine.filter(seat__isnull=False).values("seat__body"))
    running = Q(conveners__in=mine.values("function")) | Q(
        chair_function__in=mine.values("function")
    )
    own = Body.objects.filter(by_function | by_seat | running).values("pk")
    return Body.objects.filter(Q(pk__in=own) | Q(parts__in=own))


def bodies_inside(viewer: Viewer) -> QuerySet[Body]:
    """The bodies whose meetings she sees whole: those she coordinates and those she sits in."""
    if viewer.is_system:
        return Body.objects.all()
    coordinated = bodies_reached(viewer, "meetings.hold").values("pk")
    return Body.objects.filter(
        Q(pk__in=coordinated) | Q(pk__in=bodies_of_member(viewer).values("pk"))
    )


def is_inside(viewer: Viewer, meeting: Meeting) -> bool:
    """Tell whether she sees the meeting whole; a guest and a reader of frozen minutes do not."""
    return bodies_inside(viewer).filter(pk=meeting.body_id).exists()


def may_hold(viewer: Viewer, body: Body) -> bool:
    """Tell whether she may call and keep the body's meetings: its coordinator, or a convener of it."""
    if viewer.is_system:
        return True
    if bodies_reached(viewer, "meetings.hold").filter(pk=body.pk).exists():
        return True
    convening = Holder.objects.filter(
        holding(clock.today()), user=viewer.user, function__convenes=body.pk
    )
    return viewer.user is not None and convening.exists()


def may_register(viewer: Viewer, meeting: Meeting) -> bool:
    """Tell whether she may give its minutes and decisions their diary numbers."""
    if may_hold(viewer, meeting.body):
        return True
    return viewer.can("meetings.register", meeting.municipality_id)


def seats_of(body: Body) -> list[Seat]:
    """Return the seats of the body, or of the bodies it is made of, in order."""
    wholes = [body.pk, *body.parts.values_list("pk", flat=True)]
    return list(
        Seat.objects.filter(body__in=wholes, is_current=True)
        .select_related("party", "body")
        .prefetch_related("functions")
        .order_by("party__order", "body__order", "order", "pk")
    )


def parties_of(body: Body) -> list[AgreementParty]:
    """Return the parties that speak in the body: those with a seat, else those the agreement names for it."""
    seated = list(dict.fromkeys(seat.party for seat in seats_of(body) if seat.party.is_party))
    if seated:
        return seated
    named = list(body.parties.filter(is_current=True, is_party=True))
    return named or list(body.agreement.parties.filter(is_current=True, is_party=True))


@dataclass(frozen=True)
class SeatPeople:
    """A seat and who sits in it on a day."""

    seat: Seat
    holders: tuple[Holder, ...]
    substitutes: tuple[Holder, ...]

    @property
    def name(self) -> str:
        """The seat by its functions: `Lokalpolisområdeschef eller biträdande lokalpolisområdeschef`."""
        return self.seat.called

    @property
    def is_vacant(self) -> bool:
        return not self.holders and not self.substitutes

    @property
    def everyone(self) -> tuple[Holder, ...]:
        return self.holders + self.substitutes


def people_of(body: Body, on: dt.date) -> list[SeatPeople]:
    """Return the seats with their holders and substitutes on the day (four queries)."""
    seats = seats_of(body)
    functions = {function.pk for seat in seats for function in seat.functions.all()}
    rows = Holder.objects.filter(
        holding(on), Q(seat__in=seats) | Q(seat__isnull=True, function__in=functions)
    ).select_related("user", "function")
    return [people_in(seat, rows) for seat in seats]


def people_in(seat: Seat, rows: Iterable[Holder]) -> SeatPeople:
    """Return who sits in the seat, each person once: one may hold two functions that fill it."""
    own = {function.pk for function in seat.functions.all()}
    here = [
        row
        for row in rows
        if row.seat_id == seat.pk or (row.seat_id is None and row.function_id in own)
    ]
    return SeatPeople(
        seat,
        one_each(row for row in here if row.standing == Holder.Standing.HOLDER),
        one_each(row for row in here if row.standing == Holder.Standing.SUBSTITUTE),
    )


def one_each(rows: Iterable[Holder]) -> tuple[Holder, ...]:
    return tuple({row.user_id: row for row in rows}.values())


def own_seats(viewer: Viewer, body: Body, on: dt.date) -> list[SeatPeople]:
    """Return the seats of the body in which the viewer sits or stands in on the day."""
    return [
        one
        for one in people_of(body, on)
        if any(holder.user_id == viewer.user for holder in one.everyone)
    ]


def may_chair(meeting: Meeting) -> list[int]:
    """Return the users who may approve as chair: those of the chair's function or party in the body."""
    body = meeting.body
    people = people_of(body, meeting.day)
    if body.chair_function_id is not None:
        holders = Holder.objects.filter(holding(meeting.day), function=body.chair_function_id)
        return list(holders.values_list("user_id", flat=True))
    if body.chair_party_id is not None:
        people = [one for one in people if one.seat.party_id == body.chair_party_id] or people
    if not people:
        return list(holders_around(body, meeting.day).values_list("user_id", flat=True).distinct())
    return [holder.user_id for one in people for holder in one.everyone]


def holders_around(body: Body, on: dt.date) -> QuerySet[Holder]:
    """Where the agreement lists no seats: those who hold a function of the municipality or of a joint party (H09)."""
    here = Q(function__party__organisation=body.municipality_id)
    joint = ~Q(function__party__organisation__kind="municipality")
    rows = Holder.objects.filter(holding(on), function__agreement=body.agreement_id)
    return rows.filter(here | joint) if body.municipality_id else rows


def bodies_to_meet(viewer: Viewer, municipality: int) -> QuerySet[Body]:
    """The bodies that meet in the municipality and that she sees from inside, in the agreement's order."""
    return (
        Body.objects.filter(pk__in=bodies_inside(viewer).values("pk"), is_current=True)
        .filter(
            Q(municipality=municipality)
            | Q(municipality__isnull=True, agreement__municipalities=municipality)
        )
        .filter(agreement__kind="agreement")
        .exclude(state__in=CLOSED)
        .exclude(role="coordination")
        .select_related("agreement", "municipality")
        .order_by("agreement__starts_on", "order", "name")
    )


def functions_to_assign(body: Body) -> QuerySet[Function]:
    """The functions of the body's agreement, to give assignments to."""
    return Function.objects.filter(agreement=body.agreement_id, is_current=True).select_related(
        "party"
    )
