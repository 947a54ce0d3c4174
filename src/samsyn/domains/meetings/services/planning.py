"""Putting meetings in the calendar: from the rhythm, for a sudden event, or one by one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.models import Body, Commitment
from samsyn.domains.meetings.models import Meeting
from samsyn.domains.meetings.rules import stages
from samsyn.domains.meetings.rules.planning import extended_numbers, meeting_day
from samsyn.domains.meetings.rules.stages import Form, Stage
from samsyn.domains.meetings.selectors.bodies import CLOSED, may_hold, seats_of
from samsyn.domains.meetings.selectors.rhythms import (
    calendar_of,
    expected_meetings,
    meeting_commitments,
)
from samsyn.domains.meetings.services.agenda import refresh_agenda
from samsyn.domains.meetings.services.evidence import tell_that_met
from samsyn.domains.meetings.services.guarded import (
    fit_to_keep,
    locked,
    needed,
    refuse_trace,
    require_holder,
)
from samsyn.domains.meetings.services.letters import write_to_members

HOUR = dt.time(9)
LIGHT_HOUR = dt.time(8, 30)


def require_body(actor: Viewer, body: Body) -> None:
    """Raise NotAllowed or UserError where the actor may not, or the body does not meet."""
    if not may_hold(actor, body):
        raise NotAllowed(
            _("Bara den som samordnar eller kallar till organet kan planera dess möten.")
        )
    if body.state in CLOSED or not body.may_start:
        raise UserError(
            _("%(body)s kan inte mötas: gruppen saknar mandat eller uppdrag, eller är avslutad.")
            % {"body": body.name}
        )


def form_for(body: Body) -> Form:
    """Return how much is kept of the body's meetings."""
    evidence = [
        kind
        for kinds in Commitment.objects.filter(body=body, is_current=True).values_list(
            "evidence_kinds", flat=True
        )
        for kind in kinds
    ]
    return stages.form_of(keeps=body.keeps, role=body.role, evidence=evidence)


def home_of(body: Body, municipality: Organisation | None) -> Organisation:
    """Return the municipality that keeps the meeting: the body's own, or one of the agreement's."""
    if body.municipality is not None:
        return body.municipality
    places = list(body.agreement.municipalities.order_by("pk"))
    if municipality is not None and municipality in places:
        return municipality
    if not places:
        raise UserError(_("Avtalet har ingen kommun. Lägg till den i avtalets fil."))
    return places[0]


def plan_meetings(
    *,
    actor: Viewer,
    body: Body,
    first: dt.date,
    last: dt.date,
    municipality: Organisation | None = None,
) -> list[Meeting]:
    """Plan the meetings that the body's rhythm asks for with a due date in `first`–`last` (both included).

    Those there are already are left alone, so planning twice plans nothing twice. Of a yearly number
    the extended ones are spread (L06). Returns the new meetings.
    """
    require_body(actor, body)
    home = home_of(body, municipality)
    with transaction.atomic():
        known = set(
            Meeting.objects.filter(body=body, municipality=home)
            .exclude(occurrence="")
            .exclude(state=Stage.CANCELLED)
            .values_list("occurrence", flat=True)
        )
        taken = {meeting.day for meeting in Meeting.objects.filter(municipality=home, body=body)}
        calendar, made = calendar_of(home), []
        extended = extended_keys(body)
        for expected in expected_meetings(body, home, first, last):
            if expected.key in known:
                continue
            day = meeting_day(
                max(expected.first, clock.today())
                if expected.last >= clock.today()
                else expected.first,
                expected.last,
                is_holiday=calendar.is_public_holiday,
                taken=taken,
            )
            taken.add(day)
            made.append(
                add_meeting(
                    actor,
                    body,
                    home,
                    day,
                    occurrence=expected.key,
                    locality=expected.place,
                    extended=expected.number in extended,
                )
            )
    return made


def extended_keys(body: Body) -> frozenset[int]:
    """Return which of the year's meetings are extended, by the seat that asks for most of them."""
    asked = max((seat.extended_meetings or 0 for seat in seats_of(body)), default=0)
    a_year = max(
        (
            one.rhythm["per_year"]
            for one in meeting_commitments(body)
            if isinstance(one.rhythm, dict) and "per_year" in one.rhythm
        ),
        default=0,
    )
    return extended_numbers(a_year, asked)


def add_meeting(
    actor: Viewer,
    body: Body,
    home: Organisation,
    day: dt.date,
    *,
    at: dt.time | None = None,
    **more: Any,
) -> Meeting:
    """Make one meeting with its first agenda and its line in the log."""
    form = form_for(body)
    hour = at or (HOUR if form == Form.FULL else LIGHT_HOUR)
    meeting = Meeting.objects.create(
        body=body,
        municipality=home,
        form=form,
        starts_at=dt.datetime.combine(day, hour, clock.SWEDEN),
        is_demo=home.is_demo,
        **more,
    )
    verb = "meeting.planned" if meeting.origin == Meeting.Origin.PLANNED else "meeting.extra_called"
    record(actor, verb, meeting, organisation=home, body=body.ref, day=day.isoformat())
    if form != Form.TRACE:
        refresh_agenda(meeting)
    return meeting


def plan_meeting(
    *,
    actor: Viewer,
    body: Body,
    day: dt.date,
    at: dt.time = HOUR,
    place: str = "",
    municipality: Organisation | None = None,
) -> Meeting:
    """Plan one meeting on a chosen day."""
    require_body(actor, body)
    with transaction.atomic():
        return add_meeting(
            actor,
            body,
            home_of(body, municipality),
            day,
            at=at,
            place=fit_to_keep(place, longest=200),
        )


def call_extra_meeting(
    *,
    actor: Viewer,
    body: Body,
    occasion: str,
    starts_at: dt.datetime | None = None,
    municipality: Organisation | None = None,
) -> Meeting:
    """Put in an extra meeting for a sudden event (L07): its occasion is the first item.

    Without `starts_at` it is the next whole hour at least two hours ahead.
    """
    require_body(actor, body)
    occasion = needed(occasion, longest=300, what=_("Vad som har hänt"))
    moment = starts_at or clock.now() + dt.timedelta(hours=3)
    if starts_at is None:
        moment = moment.replace(minute=0, second=0, microsecond=0)
    local = moment.astimezone(clock.SWEDEN)
    with transaction.atomic():
        meeting = add_meeting(
            actor,
            body,
            home_of(body, municipality),
            local.date(),
            at=local.time(),
            origin=Meeting.Origin.EXTRA,
            occasion=occasion,
        )
        refuse_trace(meeting)
        return meeting


def change_meeting(
    *,
    actor: Viewer,
    meeting: Meeting,
    starts_at: dt.datetime,
    ends_at: dt.datetime | None = None,
    place: str = "",
    extended: bool = False,
) -> Meeting:
    """Change when and where; one that is called sends word of it to all who were called."""
    require_holder(actor, meeting)
    if ends_at is not None and ends_at <= starts_at:
        raise UserError(_("Mötet slutar innan det börjar. Ändra sluttiden."))
    with transaction.atomic():
        meeting = locked(meeting)
        if meeting.state not in (Stage.PLANNED, Stage.CALLED):
            raise UserError(
                _("Mötet har redan hållits eller ställts in. Tiden går inte att ändra.")
            )
        moved = meeting.starts_at != starts_at or meeting.place != place.strip()
        meeting.starts_at, meeting.ends_at, meeting.extended = starts_at, ends_at, extended
        meeting.place = fit_to_keep(place, longest=200)
        meeting.version += 1
        meeting.save(update_fields=["starts_at", "ends_at", "place", "extended", "version"])
        record(actor, "meeting.changed", meeting, organisation=meeting.municipality_id)
        if moved and meeting.state == Stage.CALLED:
            write_to_members(meeting, "summons", again=True)
        return meeting


def cancel_meeting(*, actor: Viewer, meeting: Meeting, why: str) -> Meeting:
    """Cancel a meeting that is not held; those who were called are told why."""
    require_holder(actor, meeting)
    why = needed(why, longest=300, what=_("Skälet"))
    with transaction.atomic():
        meeting = locked(meeting)
        if not stages.may_go(meeting.state, Stage.CANCELLED):
            raise UserError(stages.why_not(meeting.state, Stage.CANCELLED))
        was_called = meeting.state == Stage.CALLED
        meeting.state, meeting.cancelled_why = Stage.CANCELLED, why
        meeting.save(update_fields=["state", "cancelled_why"])
        record(actor, "meeting.cancelled", meeting, organisation=meeting.municipality_id)
        if was_called:
            write_to_members(meeting, "cancelled")
        return meeting


def note_that_met(
    *, actor: Viewer, body: Body, day: dt.date, municipality: Organisation | None = None
) -> Meeting:
    """Note that a body met on a day, and nothing else: SSPF (K18), or a light meeting without notes."""
    require_body(actor, body)
    if form_for(body) == Form.FULL:
        raise UserError(
            _("%(body)s för protokoll. Planera mötet och skriv protokollet i det.")
            % {"body": body.name}
        )
    if day > clock.today():
        raise UserError(_("Dagen har inte varit än. Skriv dagen då mötet hölls."))
    home = home_of(body, municipality)
    with transaction.atomic():
        there = Meeting.objects.select_for_update(of=("self",)).filter(
            body=body, municipality=home, starts_at__date=day
        )
        held = there.filter(state=Stage.HELD).first()
        if held is not None:
            return held
        # One that was planned for the day is the one that was held.
        meeting = there.filter(state__in=(Stage.PLANNED, Stage.CALLED)).first() or Meeting(
            body=body,
            municipality=home,
            form=form_for(body),
            starts_at=dt.datetime.combine(day, dt.time(12), clock.SWEDEN),
            is_demo=home.is_demo,
        )
        meeting.state, meeting.held_at = Stage.HELD, clock.now()
        meeting.save()
        record(actor, "meeting.held", meeting, organisation=home, body=body.ref)
        tell_that_met(actor, meeting)
        return meeting
