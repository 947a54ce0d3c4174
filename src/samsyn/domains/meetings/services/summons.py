"""Calling to a meeting, and what each seat is asked to bring."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.domains.meetings.models import Contribution, Meeting
from samsyn.domains.meetings.rules import stages
from samsyn.domains.meetings.rules.stages import Stage
from samsyn.domains.meetings.selectors.bodies import may_hold, own_seats
from samsyn.domains.meetings.selectors.invitations import invited_with, seats_called
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
from samsyn.domains.meetings.services.invitations import ask
from samsyn.domains.meetings.services.letters import write_to_members
from samsyn.domains.meetings.services.registering import present_documents


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
        present_documents(meeting)
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
    """Ask every seat that always comes, and everybody else who is wanted this time."""
    wanted = {one.seat_id: one for one in meeting.invitations.filter(seat__isnull=False)}
    Contribution.objects.bulk_create(
        [
            Contribution(meeting=meeting, seat=seat, invitation=wanted.get(seat.pk))
            for seat in seats_called(meeting)
        ],
        ignore_conflicts=True,
    )
    for invitation in meeting.invitations.filter(function__isnull=False):
        ask(invitation)


def give_contribution(*, actor: Viewer, contribution: Contribution, text: str) -> Contribution:
    """Write what was asked for; who sits in the seat or holds the function, or the coordinator for it."""
    meeting = contribution.meeting
    refuse_trace(meeting)
    if not is_asked(actor, contribution) and not may_hold(actor, meeting.body):
        raise NotAllowed(_("Platsen är inte din. Bara den som har platsen lämnar dess bidrag."))
    text = needed(text, longest=4000, what=_("Bidraget"))
    with transaction.atomic():
        meeting = open_meeting(meeting)
        contribution = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
        contribution.text, contribution.given_at = text, clock.now()
        contribution.given_by_id, contribution.given_by_label = actor.user, actor.label
        contribution.save(update_fields=["text", "given_at", "given_by", "given_by_label"])
        record(
            actor,
            "meeting.contribution_given",
            meeting,
            organisation=meeting.municipality_id,
            seat=contribution.seat.ref if contribution.seat else "",
        )
        tell_that_contributed(actor, contribution)
        return contribution


def is_asked(viewer: Viewer, contribution: Contribution) -> bool:
    """Tell whether the contribution is asked of her: she sits in the seat, or holds the function invited."""
    if contribution.seat_id is not None:
        own = own_seats(viewer, contribution.meeting.body, clock.today())
        return contribution.seat_id in {one.seat.pk for one in own}
    return invited_with(viewer).filter(contribution=contribution).exists()
