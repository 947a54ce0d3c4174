"""Diary numbers: of minutes and of decisions, and documents that are presented and decided in the meeting (L12)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import SYSTEM, Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.domains.agreements.documents.permits import require_work
from samsyn.domains.agreements.documents.rules import State
from samsyn.domains.agreements.documents.services.versions import decide_version, present_version
from samsyn.domains.agreements.models import DocumentVersion
from samsyn.domains.meetings.models import AgendaItem, Decision, Meeting
from samsyn.domains.meetings.rules.decisions import OutcomeKind
from samsyn.domains.meetings.selectors.agenda import document_item
from samsyn.domains.meetings.selectors.bodies import may_register
from samsyn.domains.meetings.selectors.document_items import version_of, versions_on
from samsyn.domains.meetings.services.agenda import add_proposed, renumber
from samsyn.domains.meetings.services.guarded import (
    locked,
    needed,
    open_meeting,
    refuse_trace,
    require_holder,
    touch,
)

LONGEST = 60


def register_minutes(*, actor: Viewer, meeting: Meeting, diary_number: str) -> Meeting:
    """Give approved minutes their diary number. It stands beside what is frozen and can be corrected."""
    number = diary(actor, meeting, diary_number)
    with transaction.atomic():
        meeting = locked(meeting)
        if not meeting.is_frozen:
            raise UserError(_("Protokollet är inte justerat än. Diarieför det när det är fryst."))
        before, meeting.diary_number = meeting.diary_number, number
        meeting.save(update_fields=["diary_number"])
        record(
            actor,
            "meeting.registered",
            meeting,
            organisation=meeting.municipality_id,
            diary_number=number,
            before=before,
        )
        return meeting


def register_decision(*, actor: Viewer, decision: Decision, diary_number: str) -> Decision:
    """Give a taken decision its diary number; the document it was about is then decided with it."""
    number = diary(actor, decision.item.meeting, diary_number)
    if decision.outcome != OutcomeKind.TAKEN:
        raise UserError(_("Beslutet är inte fattat. Bara fattade beslut diarieförs."))
    with transaction.atomic():
        decision.diary_number = number
        decision.save(update_fields=["diary_number"])
        record(
            actor,
            "decision.registered",
            decision,
            organisation=decision.municipality_id,
            diary_number=number,
        )
        decide_document(decision)
        return decision


def diary(actor: Viewer, meeting: Meeting, text: str) -> str:
    """Return the number fit to be kept; NotAllowed or UserError where it may not be given."""
    if not may_register(actor, meeting):
        raise NotAllowed(_("Bara samordnaren och arkivarien diarieför protokoll och beslut."))
    return needed(text, longest=LONGEST, what=_("Diarienumret"))


def add_document(*, actor: Viewer, meeting: Meeting, version: DocumentVersion) -> AgendaItem:
    """Put a version of a document on the agenda, for who works with the document. Twice is once."""
    require_holder(actor, meeting)
    require_work(actor, version.document)
    refuse_trace(meeting)
    if version.state not in (State.DRAFT, State.PRESENTED):
        raise UserError(_("Versionen är redan beslutad eller tillbakadragen."))
    with transaction.atomic():
        meeting = open_meeting(meeting)
        proposed = document_item(meeting.body, version)
        known = meeting.items.filter(source=proposed.source).first()
        if known is not None:
            return known
        item = add_proposed(meeting, proposed)
        renumber(meeting, new=1)
        if meeting.called_at is not None:
            present(meeting, version)
        touch(meeting)
        record(
            actor,
            "meeting.agenda_changed",
            meeting,
            organisation=meeting.municipality_id,
            item=item.pk,
        )
        return item


def present_documents(meeting: Meeting) -> None:
    """Note that the versions on the agenda are presented: the summons goes, and the members may read them.

    Called in the transaction of the summons. One that is presented already stays as it is.
    """
    for version in versions_on(meeting).values():
        present(meeting, version)


def present(meeting: Meeting, version: DocumentVersion) -> None:
    if version.state == State.DRAFT:
        present_version(actor=SYSTEM, version=version, on=clock.today(), to=meeting.body.name)


def decide_document(decision: Decision) -> None:
    """Take the version that was decided on one step further; never past one, and nothing where it has been done.

    A draft is first presented. Without diary number, or where the agreement lets another body decide, the
    version stays presented. Called in the transaction that settles the decision.
    """
    version = version_of(decision.item)
    if version is None or decision.outcome not in (OutcomeKind.TAKEN, OutcomeKind.PROPOSED):
        return
    meeting = decision.item.meeting
    present(meeting, version)
    version.refresh_from_db()
    deciders = (None, decision.body_id)
    if (
        decision.outcome != OutcomeKind.TAKEN
        or not decision.diary_number
        or version.state != State.PRESENTED
        or version.document.decided_by_id not in deciders
    ):
        return
    settled = (decision.settled_at or clock.now()).astimezone(clock.SWEDEN).date()
    decide_version(
        actor=SYSTEM,
        version=version,
        on=max(settled, version.presented_on or settled),
        diary_number=decision.diary_number,
        by=decision.body.name,
        decision=_("§ %(item)s, beslut %(number)s")
        % {"item": decision.item.order, "number": decision.called},
    )
