"""The minutes: attendance and notes while the meeting is on, then adjusted, approved and frozen."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.accounts.models import User
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.domains.agreements.models import Seat
from samsyn.domains.meetings import slots
from samsyn.domains.meetings.models import AgendaItem, Approval, Attendance, Meeting
from samsyn.domains.meetings.rules import stages
from samsyn.domains.meetings.rules.stages import Stage
from samsyn.domains.meetings.selectors.bodies import may_chair, seats_of
from samsyn.domains.meetings.selectors.content import checksum_of, content_of
from samsyn.domains.meetings.services.decisions import ask_for_consent, settle_open
from samsyn.domains.meetings.services.evidence import tell_that_met, tell_that_minuted
from samsyn.domains.meetings.services.guarded import (
    fit_to_keep,
    locked,
    open_meeting,
    refuse_trace,
    require_holder,
    touch,
)
from samsyn.domains.meetings.services.letters import write_to_approvers, write_to_members

LONGEST_NOTES = 8000


class EditConflict(UserError):
    """Two people wrote in the same item. `yours` was not kept, `theirs` stands."""

    def __init__(self, *, yours: str, theirs: str) -> None:
        self.yours, self.theirs = yours, theirs
        super().__init__(
            _("Någon annan hann skriva här. Din text är inte sparad: jämför och spara igen.")
        )


def note_attendance(
    *,
    actor: Viewer,
    meeting: Meeting,
    seat: Seat,
    is_present: bool,
    user: User | None = None,
    label: str = "",
    capacity: str = Attendance.Capacity.HOLDER,
) -> Attendance:
    """Note whether a seat is filled, by whom and as what. Decisions are seen anew: a party may have come."""
    require_holder(actor, meeting)
    refuse_trace(meeting)
    label = fit_to_keep(label, longest=120, names_allowed=True)
    with transaction.atomic():
        meeting = open_meeting(meeting)
        if seat.pk not in {one.pk for one in seats_of(meeting.body)}:
            raise UserError(_("Platsen hör inte till %(body)s.") % {"body": meeting.body.name})
        if capacity == Attendance.Capacity.SUBSTITUTE and not may_be_substituted(seat):
            raise UserError(_("Avtalet ger inte platsen någon ersättare."))
        attendance, _created = Attendance.objects.update_or_create(
            meeting=meeting,
            seat=seat,
            defaults={"is_present": is_present, "user": user, "label": label, "capacity": capacity},
        )
        record(
            actor,
            "meeting.attendance_noted",
            meeting,
            organisation=meeting.municipality_id,
            seat=seat.ref,
            present=is_present,
        )
        settle_open(actor, meeting)
        touch(meeting)
        return attendance


def may_be_substituted(seat: Seat) -> bool:
    """Tell whether the agreement lets somebody stand in for the seat."""
    return seat.substitutes


def note_guest(*, actor: Viewer, meeting: Meeting, label: str, capacity: str) -> Attendance:
    """Note a presenter or somebody adjoined: by function, without a seat or a say."""
    require_holder(actor, meeting)
    refuse_trace(meeting)
    label = fit_to_keep(label, longest=120, names_allowed=True)
    guests = (Attendance.Capacity.PRESENTER, Attendance.Capacity.ADJOINED)
    if not label or capacity not in guests:
        raise UserError(_("Skriv vem som deltar, och om det är som föredragande eller adjungerad."))
    with transaction.atomic():
        meeting = open_meeting(meeting)
        guest = Attendance.objects.create(meeting=meeting, label=label, capacity=capacity)
        record(actor, "meeting.attendance_noted", meeting, organisation=meeting.municipality_id)
        touch(meeting)
        return guest


def remove_guest(*, actor: Viewer, guest: Attendance) -> None:
    """Take back a guest that was noted by mistake."""
    require_holder(actor, guest.meeting)
    with transaction.atomic():
        meeting = open_meeting(guest.meeting)
        if guest.seat_id is None:
            guest.delete()
            record(actor, "meeting.attendance_noted", meeting, organisation=meeting.municipality_id)
            touch(meeting)


def choose_people(
    *,
    actor: Viewer,
    meeting: Meeting,
    secretary: User | None,
    chair: User | None,
    adjuster: User | None,
) -> Meeting:
    """Choose who keeps, leads and adjusts. The chair is of the agreement's chair; the adjuster is another."""
    require_holder(actor, meeting)
    refuse_trace(meeting)
    if chair is not None and chair.pk not in may_chair(meeting):
        raise UserError(_("Ordförandeskapet hör enligt avtalet till någon annan. Välj bland dem."))
    if adjuster is not None and adjuster in (chair, secretary):
        raise UserError(_("Justeraren ska vara en annan än ordföranden och sekreteraren."))
    with transaction.atomic():
        meeting = open_meeting(meeting)
        meeting.secretary, meeting.chair, meeting.adjuster = secretary, chair, adjuster
        meeting.save(update_fields=["secretary", "chair", "adjuster"])
        record(actor, "meeting.people_chosen", meeting, organisation=meeting.municipality_id)
        touch(meeting)
        return meeting


def write_item_notes(
    *, actor: Viewer, item: AgendaItem, text: str, known_version: int | None = None
) -> AgendaItem:
    """Save what was said on an item; EditConflict where somebody else has written since `known_version`."""
    require_holder(actor, item.meeting)
    refuse_trace(item.meeting)
    text = fit_to_keep(text, longest=LONGEST_NOTES, names_allowed=False)
    with transaction.atomic():
        meeting = open_meeting(item.meeting)
        item = AgendaItem.objects.select_for_update().get(pk=item.pk)
        if item.notes == text:
            return item
        if known_version is not None and known_version != item.version:
            raise EditConflict(yours=text, theirs=item.notes)
        item.notes, item.version = text, item.version + 1
        item.save(update_fields=["notes", "version"])
        record(actor, "meeting.noted", meeting, organisation=meeting.municipality_id, item=item.pk)
        touch(meeting)
        return item


def write_light_notes(
    *, actor: Viewer, meeting: Meeting, text: str, known_version: int | None = None
) -> Meeting:
    """Save the notes of a light meeting."""
    require_holder(actor, meeting)
    refuse_trace(meeting)
    text = fit_to_keep(text, longest=LONGEST_NOTES)
    with transaction.atomic():
        meeting = open_meeting(meeting)
        if meeting.notes == text:
            return meeting
        if known_version is not None and known_version != meeting.version:
            raise EditConflict(yours=text, theirs=meeting.notes)
        meeting.notes = text
        meeting.version += 1
        meeting.save(update_fields=["notes", "version"])
        record(actor, "meeting.noted", meeting, organisation=meeting.municipality_id)
        return meeting


def choose_proved(*, actor: Viewer, meeting: Meeting, refs: list[str]) -> Meeting:
    """Point out commitments that this meeting keeps beside those that every meeting keeps."""
    require_holder(actor, meeting)
    with transaction.atomic():
        meeting = open_meeting(meeting)
        known = set(meeting.body.agreement.commitments.values_list("ref", flat=True))
        meeting.proves = [ref for ref in dict.fromkeys(refs) if ref in known]
        meeting.save(update_fields=["proves"])
        touch(meeting)
        return meeting


def end_meeting(*, actor: Viewer, meeting: Meeting) -> Meeting:
    """End it: it is held. Of parties that were absent, written consent is asked for.

    A light meeting is then done, and proves that the body met.
    """
    require_holder(actor, meeting)
    with transaction.atomic():
        meeting = locked(meeting)
        if not stages.may_go(meeting.state, Stage.HELD):
            raise UserError(stages.why_not(meeting.state, Stage.HELD))
        if meeting.day > clock.today():
            raise UserError(
                _("Mötet är inte förrän en annan dag. Flytta det först om det hölls tidigare.")
            )
        if (
            meeting.form == Meeting.Kept.FULL
            and not meeting.attendances.filter(is_present=True).exists()
        ):
            raise UserError(_("Ingen är noterad som närvarande. Fyll i närvaron först."))
        meeting.state, meeting.held_at = Stage.HELD, clock.now()
        meeting.version += 1
        meeting.save(update_fields=["state", "held_at", "version"])
        settle_open(actor, meeting)
        ask_for_consent(meeting)
        record(actor, "meeting.held", meeting, organisation=meeting.municipality_id)
        tell_that_met(actor, meeting)
        return meeting


def hand_to_adjuster(*, actor: Viewer, meeting: Meeting) -> Meeting:
    """Close the pen: chair and adjuster are asked to read."""
    require_holder(actor, meeting)
    with transaction.atomic():
        meeting = locked(meeting)
        if not stages.may_go(meeting.state, Stage.ADJUSTED) or meeting.form != Meeting.Kept.FULL:
            raise UserError(stages.why_not(meeting.state, Stage.ADJUSTED))
        if meeting.chair is None or meeting.adjuster is None:
            raise UserError(
                _("Välj ordförande och justerare först. Båda ska godkänna protokollet.")
            )
        meeting.approvals.all().delete()
        meeting.state = Stage.ADJUSTED
        meeting.save(update_fields=["state"])
        record(actor, "meeting.handed_to_adjuster", meeting, organisation=meeting.municipality_id)
        write_to_approvers(meeting)
        return meeting


def take_back(*, actor: Viewer, meeting: Meeting) -> Meeting:
    """Open the minutes again for a change; approvals that were given no longer hold."""
    mine = actor.user is not None and actor.user in (meeting.chair_id, meeting.adjuster_id)
    if not mine:
        require_holder(actor, meeting)
    with transaction.atomic():
        meeting = locked(meeting)
        if meeting.state != Stage.ADJUSTED:
            raise UserError(_("Protokollet ligger inte hos justeraren."))
        meeting.approvals.all().delete()
        meeting.state = Stage.HELD
        meeting.version += 1
        meeting.save(update_fields=["state", "version"])
        record(actor, "meeting.taken_back", meeting, organisation=meeting.municipality_id)
        return meeting


def approve_minutes(*, actor: Viewer, meeting: Meeting) -> Meeting:
    """Approve as the chair or as the adjuster; when both have, the minutes are frozen.

    The secretary never approves alone (chair and adjuster are two persons, the adjuster not the secretary).
    """
    with transaction.atomic():
        meeting = locked(meeting)
        if meeting.state != Stage.ADJUSTED:
            raise UserError(stages.why_not(meeting.state, Stage.APPROVED))
        role = role_of(actor, meeting)
        Approval.objects.update_or_create(
            meeting=meeting,
            given_as=role,
            defaults={
                "user_id": actor.user,
                "label": actor.label,
                "version": meeting.version,
                "given_at": clock.now(),
            },
        )
        record(
            actor,
            "meeting.approved_as",
            meeting,
            organisation=meeting.municipality_id,
            given_as=role,
        )
        given = {one.given_as: one.user_id for one in meeting.approvals.all()}
        missing = stages.approval_missing(
            secretary=meeting.secretary_id,
            chair=given.get(Approval.As.CHAIR),
            adjuster=given.get(Approval.As.ADJUSTER),
        )
        return meeting if missing else freeze(actor, meeting)


def role_of(actor: Viewer, meeting: Meeting) -> str:
    """Return as what the actor approves; NotAllowed for anybody else."""
    if actor.user is not None and actor.user == meeting.chair_id:
        return Approval.As.CHAIR
    if actor.user is not None and actor.user == meeting.adjuster_id:
        return Approval.As.ADJUSTER
    raise NotAllowed(_("Bara ordföranden och den valda justeraren godkänner protokollet."))


def freeze(actor: Viewer, meeting: Meeting) -> Meeting:
    """Freeze the minutes with a checksum, tell the members and the agreement."""
    meeting.state, meeting.approved_at = Stage.APPROVED, clock.now()
    meeting.frozen = content_of(meeting)
    meeting.checksum = checksum_of(meeting.frozen)
    meeting.save(update_fields=["state", "approved_at", "frozen", "checksum"])
    record(
        actor,
        "meeting.minutes_frozen",
        meeting,
        organisation=meeting.municipality_id,
        checksum=meeting.checksum,
    )
    tell_that_minuted(actor, meeting)
    write_to_members(meeting, "minutes")
    for _key, listener in slots.minutes_approved:
        listener(meeting)
    return meeting
