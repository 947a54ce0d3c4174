"""Calling to a meeting, and what each seat is asked to bring."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.domains.agreements.models import Seat
from samsyn.domains.meetings.models import Contribution, Meeting
from samsyn.domains.meetings.rules import stages
from samsyn.domains.meetings.rules.stages import Stage
from samsyn.domains.meetings.selectors.bodies import may_hold, own_seats, seats_of
from samsyn.domains.meetings.services.agenda import refresh_agenda
from samsyn.domains.meetings.services.decisions import put_to_decision
from samsyn.domains.meetings.services.evidence import tell_that_contributed
from samsyn.domains.meetings.services.guarded import (
    locked,
    needed,
    open_meeting,
    refuse_trace,
    require_holder,
)
from samsyn.domains.meetings.services.letters import write_to_members


def call_meeting(*, actor: Viewer, meeting: Meeting) -> Meeting:
    """Send the summons: the agenda is brought up to date, each seat asked for its contribution (L07).

    What is proposed for decision is put to the parties at once, so that they can answer beforehand.
    """
    require_holder(actor, meeting)
    refuse_trace(meeting)
    with transaction.atomic():
        meeting = locked(meeting)
        if not stages.may_go(meeting.state, Stage.CALLED):
            raise UserError(stages.why_not(meeting.state, Stage.CALLED))
        refresh_agenda(meeting)
        ask_for_contributions(meeting)
        for item in meeting.items.exclude(proposal=""):
            if not item.decisions.exists():
                put_to_decision(actor, item, item.proposal, about=item.subject)
        meeting.state, meeting.called_at = Stage.CALLED, clock.now()
        if meeting.secretary_id is None and actor.user is not None:
            meeting.secretary_id = actor.user
        meeting.version += 1
        meeting.save(update_fields=["state", "called_at", "secretary", "version"])
        letters = write_to_members(meeting, "summons")
        record(
            actor,
            "meeting.called",
            meeting,
            organisation=meeting.municipality_id,
            letters=len(letters),
        )
        return meeting


def ask_for_contributions(meeting: Meeting) -> None:
    """Ask every seat that always comes; one "at need" is asked when it is wanted."""
    Contribution.objects.bulk_create(
        [
            Contribution(meeting=meeting, seat=seat)
            for seat in seats_of(meeting.body)
            if not seat.at_need
        ],
        ignore_conflicts=True,
    )


def give_contribution(*, actor: Viewer, meeting: Meeting, seat: Seat, text: str) -> Contribution:
    """Write what the seat brings to the meeting; who sits in it, or the coordinator for it."""
    refuse_trace(meeting)
    own = {one.seat.pk for one in own_seats(actor, meeting.body, clock.today())}
    if seat.pk not in own and not may_hold(actor, meeting.body):
        raise NotAllowed(_("Platsen är inte din. Bara den som har platsen lämnar dess bidrag."))
    text = needed(text, longest=4000, what=_("Bidraget"))
    with transaction.atomic():
        meeting = open_meeting(meeting)
        contribution, _created = Contribution.objects.update_or_create(
            meeting=meeting,
            seat=seat,
            defaults={
                "text": text,
                "given_at": clock.now(),
                "given_by_id": actor.user,
                "given_by_label": actor.label,
            },
        )
        record(
            actor,
            "meeting.contribution_given",
            meeting,
            organisation=meeting.municipality_id,
            seat=seat.ref,
        )
        tell_that_contributed(actor, contribution)
        return contribution
