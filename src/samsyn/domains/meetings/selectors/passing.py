"""What is open with a function in the meetings' room, and passes with it from one person to another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samsyn.base.links import Link
from samsyn.domains.agreements.models import Body, Function
from samsyn.domains.agreements.slots import OpenThing
from samsyn.domains.meetings.models import Assignment, Contribution, Decision, Meeting, Need
from samsyn.domains.meetings.rules.assignments import AssignmentState
from samsyn.domains.meetings.rules.stages import Stage
from samsyn.domains.meetings.selectors.meetings import WAITING, may_still_speak

NOT_HELD = (Stage.PLANNED, Stage.CALLED)


def open_in_meetings(function: Function, person: int | None, on: dt.date) -> list[OpenThing]:
    """Return assignments, contributions, parties' words, needs and meetings that wait for the function."""
    return [
        *assignments_open(function),
        *contributions_open(function),
        *stands_open(function),
        *needs_open(function),
        *roles_open(function, person),
    ]


def bodies_with(function: Function) -> QuerySet[Body]:
    """The bodies in which the function sits, which it calls together or leads; and those made of them."""
    seated = Body.objects.filter(seats__functions=function, seats__is_current=True)
    led = Body.objects.filter(Q(conveners=function) | Q(chair_function=function))
    own = Body.objects.filter(Q(pk__in=seated.values("pk")) | Q(pk__in=led.values("pk")))
    return Body.objects.filter(
        Q(pk__in=own.values("pk")) | Q(parts__in=own.values("pk"))
    ).distinct()


def assignments_open(function: Function) -> Iterator[OpenThing]:
    """What it has been given, or is the deputy for."""
    rows = Assignment.objects.filter(Q(receiver=function) | Q(deputy=function))
    for one in rows.exclude(state=AssignmentState.CLOSED).order_by("due_on", "pk"):
        kind = _("Uppdrag") if one.receiver_id == function.pk else _("Uppdrag som ställföreträdare")
        yield OpenThing(kind, one.title, one.due_on, Link("assignment", str(one.pk)))


def contributions_open(function: Function) -> Iterator[OpenThing]:
    """What its seats have been asked to bring and have not given."""
    rows = Contribution.objects.filter(
        Q(seat__functions=function) | Q(invitation__function=function),
        given_at__isnull=True,
        meeting__state=Stage.CALLED,
    )
    for one in rows.select_related("meeting__body").distinct():
        link = Link("meeting", str(one.meeting_id))
        yield OpenThing(_("Bidrag inför möte"), one.meeting.body.name, one.meeting.day, link)


def stands_open(function: Function) -> Iterator[OpenThing]:
    """The questions in which its party has not spoken."""
    rows = (
        Decision.objects.filter(
            body__in=bodies_with(function).values("pk"), rule="consensus", outcome__in=WAITING
        )
        .filter(may_still_speak())
        .exclude(stands__party=function.party_id)
    )
    if not function.party.is_party:
        return
    for one in rows.select_related("item__meeting"):
        link = Link("decision", str(one.pk))
        yield OpenThing(_("Besked för parten"), one.item.title, one.item.meeting.day, link)


def needs_open(function: Function) -> Iterator[OpenThing]:
    """The needs that wait in the bodies that it calls together."""
    rows = Need.objects.filter(body__conveners=function, state=Need.State.RECEIVED)
    for one in rows.order_by("received_at"):
        yield OpenThing(_("Behov att bedöma"), one.title, link=Link("need", str(one.pk)))


def roles_open(function: Function, person: int | None) -> Iterator[OpenThing]:
    """The meetings in which the person is to lead, keep or adjust: those to come pass, those held stay."""
    if person is None:
        return
    rows = Meeting.objects.filter(body__in=bodies_with(function).values("pk")).filter(
        Q(secretary=person) | Q(chair=person) | Q(adjuster=person)
    )
    for one in rows.filter(state__in=(*NOT_HELD, Stage.HELD, Stage.ADJUSTED)).order_by("starts_at"):
        held = one.state not in NOT_HELD
        why = _("Den som var med på mötet skriver och justerar protokollet.") if held else ""
        kind = (
            _("Protokoll att bli klar med")
            if held
            else _("Ordförande, sekreterare eller justerare")
        )
        yield OpenThing(kind, one.body.name, one.day, Link("meeting", str(one.pk)), why)
