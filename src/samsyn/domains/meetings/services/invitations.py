"""Saying who is wanted at a meeting beside those who always come; they are then summoned and asked (L06)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base.access import Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.domains.agreements.models import Function, Seat
from samsyn.domains.meetings.models import AgendaItem, Contribution, Invitation, Meeting
from samsyn.domains.meetings.rules.stages import Stage
from samsyn.domains.meetings.selectors.bodies import seats_of
from samsyn.domains.meetings.selectors.invitations import may_invite, people_of_invitation
from samsyn.domains.meetings.services.guarded import fit_to_keep, locked, refuse_trace
from samsyn.domains.meetings.services.letters import write_to_invited, write_to_uninvited

Capacity = Invitation.Capacity


def want_seat(*, actor: Viewer, meeting: Meeting, seat: Seat, why: str = "") -> Invitation:
    """Say that a seat at need is wanted at the meeting. Wanting it twice is wanting it once."""
    require_inviter(actor, meeting)
    if seat.pk not in {one.pk for one in seats_of(meeting.body) if one.at_need}:
        raise UserError(_("Platsen finns inte i organet, eller kallas redan alltid."))
    with transaction.atomic():
        meeting = not_over(meeting)
        known = meeting.invitations.filter(seat=seat).first()
        if known is not None:
            return known
        return invite(actor, meeting, capacity=Capacity.AT_NEED, seat=seat, why=why)


def want_guest(
    *,
    actor: Viewer,
    meeting: Meeting,
    capacity: str,
    function: Function | None = None,
    label: str = "",
    item: AgendaItem | None = None,
    why: str = "",
) -> Invitation:
    """Invite somebody to present or to be adjoined: a function of the agreement, or somebody outside in words.

    A function is summoned and asked as a seat is, and sees the agenda; who presents `item` sees that
    one alone. Somebody outside gets no letter from here.
    """
    require_inviter(actor, meeting)
    label = fit_to_keep(label, longest=120, names_allowed=True) if function is None else ""
    if capacity not in (Capacity.PRESENTER, Capacity.ADJOINED) or (function is None and not label):
        raise UserError(
            _("Välj vem som ska vara med, och om det är som föredragande eller adjungerad.")
        )
    if function is not None and function.agreement_id != meeting.body.agreement_id:
        raise UserError(_("Funktionen hör till ett annat avtal."))
    with transaction.atomic():
        meeting = not_over(meeting)
        if function is not None and meeting.invitations.filter(function=function).exists():
            raise UserError(_("%(who)s är redan med på listan.") % {"who": function.name})
        if item is not None and item.meeting_id != meeting.pk:
            item = None
        return invite(
            actor, meeting, capacity=capacity, function=function, label=label, item=item, why=why
        )


def invite(actor: Viewer, meeting: Meeting, *, why: str, **fields: object) -> Invitation:
    """Write the invitation; where the summons has gone, this one is summoned and asked at once."""
    made = Invitation.objects.create(
        meeting=meeting, why=fit_to_keep(why, longest=300), wanted_by_id=actor.user, **fields
    )
    if made.item is not None and not made.item.presenter:
        made.item.presenter = made.called[:120]
        made.item.save(update_fields=["presenter"])
    if meeting.state == Stage.CALLED:
        ask(made)
        write_to_invited(made, people_of_invitation(made))
    log(actor, "meeting.invited", made)
    return made


def ask(invitation: Invitation) -> None:
    """Ask for the contribution of a seat at need or of an invited function."""
    if invitation.seat is not None:
        Contribution.objects.get_or_create(
            meeting=invitation.meeting,
            seat=invitation.seat,
            defaults={"invitation": invitation},
        )
    elif invitation.function is not None:
        Contribution.objects.get_or_create(meeting=invitation.meeting, invitation=invitation)


def withdraw_invitation(*, actor: Viewer, invitation: Invitation) -> None:
    """Say that somebody is not wanted after all; who was summoned is told. What was contributed stands."""
    require_inviter(actor, invitation.meeting)
    with transaction.atomic():
        meeting = not_over(invitation.meeting)
        if Contribution.objects.filter(invitation=invitation, given_at__isnull=False).exists():
            raise UserError(_("Bidraget är redan lämnat. Låt kallelsen stå."))
        log(actor, "meeting.uninvited", invitation)
        if meeting.state == Stage.CALLED:
            write_to_uninvited(invitation, people_of_invitation(invitation))
        invitation.delete()


def require_inviter(actor: Viewer, meeting: Meeting) -> None:
    refuse_trace(meeting)
    if not may_invite(actor, meeting):
        raise NotAllowed(_("Bara samordnaren och ordföranden säger vilka som ska vara med."))


def not_over(meeting: Meeting) -> Meeting:
    """Return the meeting locked; UserError where it has been held or cancelled."""
    found = locked(meeting)
    if found.state not in (Stage.PLANNED, Stage.CALLED):
        raise UserError(
            _("Mötet har redan hållits eller ställts in. Notera deltagare i protokollet.")
        )
    return found


def log(actor: Viewer, verb: str, invitation: Invitation) -> None:
    record(
        actor,
        verb,
        invitation.meeting,
        organisation=invitation.meeting.municipality_id,
        capacity=invitation.capacity,
        function=invitation.function.ref if invitation.function else "",
        seat=invitation.seat.ref if invitation.seat else "",
    )
