"""Who is called to a meeting: the seats that always come, and those wanted this time (L06, L07)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from samsyn.base.access import Viewer
from samsyn.base.accounts.models import User
from samsyn.domains.agreements.models import Body, Function, Holder, Seat
from samsyn.domains.meetings.models import AgendaItem, Invitation, Meeting
from samsyn.domains.meetings.rules.stages import OPEN_FOR_GUESTS, Form
from samsyn.domains.meetings.selectors.bodies import (
    SeatPeople,
    functions_held,
    holding,
    may_chair,
    may_hold,
    people_of,
    seats_of,
)


def invitations_of(meeting: Meeting) -> list[Invitation]:
    """Return who is wanted beside the seats that always come (three queries)."""
    return list(
        meeting.invitations.select_related("seat__party", "function__party", "item")
        .prefetch_related("seat__functions")
        .order_by("capacity", "pk")
    )


def seats_wanted(meeting: Meeting) -> set[int]:
    """Return the keys of the seats at need that are wanted."""
    return set(meeting.invitations.filter(seat__isnull=False).values_list("seat_id", flat=True))


def seats_called(meeting: Meeting) -> list[Seat]:
    """Return the seats that are called: those that always come and those at need that are wanted."""
    wanted = seats_wanted(meeting)
    return [seat for seat in seats_of(meeting.body) if not seat.at_need or seat.pk in wanted]


def seats_to_want(meeting: Meeting) -> list[Seat]:
    """Return the seats at need that nobody has asked for yet."""
    wanted = seats_wanted(meeting)
    return [seat for seat in seats_of(meeting.body) if seat.at_need and seat.pk not in wanted]


def people_called(meeting: Meeting) -> list[User]:
    """Return whom the summons goes to, once each: who sits in the seats called, and who is invited."""
    called = {seat.pk for seat in seats_called(meeting)}
    seated = [one for one in people_of(meeting.body, meeting.day) if one.seat.pk in called]
    return once([*in_seats(seated), *people_of_guests(meeting.invitations.all(), meeting)])


def everybody_of(meeting: Meeting) -> list[User]:
    """Return the people of all the body's seats, at need too: those who read its minutes."""
    return once(in_seats(people_of(meeting.body, meeting.day)))


def people_of_invitation(invitation: Invitation) -> list[User]:
    """Return whom one invitation goes to."""
    meeting = invitation.meeting
    if invitation.seat_id is not None:
        here = people_of(meeting.body, meeting.day)
        return once(in_seats([one for one in here if one.seat.pk == invitation.seat_id]))
    return once(people_of_guests([invitation], meeting))


def people_of_guests(invitations: Any, meeting: Meeting) -> list[User]:
    """Return those who hold the functions invited, on the day of the meeting."""
    functions = [one.function_id for one in invitations if one.function_id is not None]
    rows = Holder.objects.filter(
        holding(meeting.day), function__in=functions, standing=Holder.Standing.HOLDER
    ).select_related("user")
    return [one.user for one in rows]


def in_seats(people: list[SeatPeople]) -> list[User]:
    """Return the holders of the seats, or the substitutes of those that nobody holds."""
    return [holder.user for one in people for holder in one.holders or one.substitutes]


def once(people: list[User]) -> list[User]:
    return list({one.pk: one for one in people if one.is_active}.values())


def may_invite(viewer: Viewer, meeting: Meeting) -> bool:
    """Tell whether she may say who is wanted: who holds the meetings, and the chair.

    Until a chair is chosen, those who may lead the meeting by the agreement.
    """
    if may_hold(viewer, meeting.body):
        return True
    chairs = may_chair(meeting) if meeting.chair_id is None else [meeting.chair_id]
    return viewer.user is not None and viewer.user in chairs


def invited_with(viewer: Viewer) -> QuerySet[Invitation]:
    """The invitations of functions that she holds today, to meetings that are called and not frozen."""
    if viewer.user is None:
        return Invitation.objects.none()
    return Invitation.objects.filter(
        function__in=functions_held(viewer), meeting__state__in=OPEN_FOR_GUESTS
    ).exclude(meeting__form=Form.TRACE)


def items_for_guest(viewer: Viewer) -> QuerySet[AgendaItem]:
    """What a guest sees of an agenda: who is adjoined all of it, who presents one item only that."""
    mine = invited_with(viewer)
    return AgendaItem.objects.filter(
        Q(meeting__in=mine.filter(item__isnull=True).values("meeting"))
        | Q(pk__in=mine.filter(item__isnull=False).values("item"))
    )


def functions_to_invite(body: Body) -> list[tuple[Function, bool]]:
    """Return the agreement's functions without a seat here, those first whom it names as guests.

    Each with whether the agreement names it, or a body that it sits in, as presenter or adjoined.
    """
    named = {ref for guests in body.guests.values() for ref in guests.get("who", ())}
    seated = {function.pk for seat in seats_of(body) for function in seat.functions.all()}
    rows = (
        Function.objects.filter(agreement=body.agreement_id, is_current=True)
        .exclude(pk__in=seated)
        .select_related("party")
        .prefetch_related("seats__body")
    )
    found = [
        (one, one.ref in named or any(seat.body.ref in named for seat in one.seats.all()))
        for one in rows
    ]
    return sorted(found, key=lambda pair: (not pair[1], pair[0].order))
