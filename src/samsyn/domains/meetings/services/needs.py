"""Needs that nobody else has taken care of: taken in, sorted, answered (U08)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer, require
from samsyn.base.audit.log import record
from samsyn.base.errors import UserError
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.models import Body, Function
from samsyn.domains.meetings.models import AgendaItem, Need
from samsyn.domains.meetings.rules.agenda import ItemKind
from samsyn.domains.meetings.selectors.meetings import next_meeting_of
from samsyn.domains.meetings.services.agenda import next_order, renumber
from samsyn.domains.meetings.services.assignments import give_assignment
from samsyn.domains.meetings.services.guarded import fit_to_keep, needed, touch
from samsyn.domains.meetings.services.letters import write_answer

# Which body takes needs in: the preparatory group, else the operational one, else the council.
TAKES_IN = ("preparatory", "operational", "strategic_council", "steering")


def body_that_takes_in(municipality: Organisation) -> Body | None:
    """Return the body that needs come to in the municipality."""
    rows = Body.objects.filter(
        agreement__kind="agreement",
        agreement__municipalities=municipality,
        is_current=True,
        role__in=TAKES_IN,
    ).exclude(state__in=(Body.State.TEMPLATE, Body.State.CLOSED, Body.State.PROPOSED))
    fitting = [one for one in rows if one.municipality_id in (None, municipality.pk)]
    return min(
        fitting,
        key=lambda one: (TAKES_IN.index(one.role), -one.agreement.starts_on.toordinal()),
        default=None,
    )


def send_need(
    *, actor: Viewer, municipality: Organisation, title: str, text: str, tried: str = ""
) -> Need:
    """Take in a need from anybody who works in the municipality."""
    require(actor, "needs.send", municipality)
    title = needed(title, longest=120, what=_("Rubriken"))
    text = needed(text, longest=1000, what=_("Beskrivningen"))
    with transaction.atomic():
        need = Need.objects.create(
            municipality=municipality,
            body=body_that_takes_in(municipality),
            title=title,
            text=text,
            tried=fit_to_keep(tried, longest=300),
            sent_by_id=actor.user,
            sender_label=actor.label[:120],
        )
        log(actor, "need.received", need)
        return need


def take_up(*, actor: Viewer, need: Need, note: str = "", answer: str = "") -> Need:
    """Put the need on the body's next agenda, and tell the sender when that is."""
    require(actor, "needs.triage", need.municipality_id)
    with transaction.atomic():
        need = fresh(need)
        refuse_handled(need)
        meeting = next_meeting_of(need.body, need.municipality_id) if need.body else None
        if meeting is None:
            raise UserError(
                _("Det finns inget kommande möte att ta upp det i. Planera mötet först.")
            )
        need.item = AgendaItem.objects.create(
            meeting=meeting,
            order=next_order(meeting),
            kind=ItemKind.DECISION if not meeting.is_light else ItemKind.INFORMATION,
            source=f"need:{need.pk}",
            title=_("Nytt behov: %(title)s") % {"title": need.title},
            text=need.text,
        )
        renumber(meeting, new=1)
        touch(meeting)
        return sort(actor, need, Need.State.TAKEN_UP, note, answer)


def make_assignment(
    *,
    actor: Viewer,
    need: Need,
    item: AgendaItem,
    to_function: Function,
    due_on: dt.date | None,
    answer: str,
) -> Need:
    """Make an assignment of the need in the meeting where it was taken up."""
    require(actor, "needs.triage", need.municipality_id)
    with transaction.atomic():
        need = fresh(need)
        need.assignment = give_assignment(
            actor=actor,
            item=item,
            title=need.title,
            text=need.text,
            to_function=to_function,
            due_on=due_on,
        )
        return sort(actor, need, Need.State.ASSIGNED, "", answer)


def sort_out(*, actor: Viewer, need: Need, state: str, note: str = "", answer: str) -> Need:
    """Say that the need belongs elsewhere, is urgent, or is not taken further; the sender gets the answer."""
    require(actor, "needs.triage", need.municipality_id)
    if state not in (Need.State.PASSED_ON, Need.State.URGENT, Need.State.DECLINED):
        raise UserError(_("Välj vad som händer med behovet."))
    answer = needed(answer, longest=1000, what=_("Svaret till den som skickade det"))
    with transaction.atomic():
        need = fresh(need)
        refuse_handled(need)
        return sort(actor, need, state, note, answer)


def answer_need(*, actor: Viewer, need: Need, answer: str) -> Need:
    """Answer the sender, or say more: what came of it."""
    require(actor, "needs.triage", need.municipality_id)
    answer = needed(answer, longest=1000, what=_("Svaret"))
    with transaction.atomic():
        need = fresh(need)
        need.answer, need.answered_at = answer, clock.now()
        need.save(update_fields=["answer", "answered_at"])
        log(actor, "need.answered", need)
        write_answer(need)
        return need


def sort(actor: Viewer, need: Need, state: str, note: str, answer: str) -> Need:
    need.state, need.triage_note = state, fit_to_keep(note, longest=500)
    need.handled_at, need.handled_by_label = clock.now(), actor.label[:120]
    answer = fit_to_keep(answer, longest=1000)
    if answer:
        need.answer, need.answered_at = answer, clock.now()
    need.save()
    log(actor, "need.triaged", need, state=state)
    if answer:
        log(actor, "need.answered", need)
        write_answer(need)
    return need


def refuse_handled(need: Need) -> None:
    if need.state != Need.State.RECEIVED:
        raise UserError(_("Behovet är redan bedömt av %(who)s.") % {"who": need.handled_by_label})


def fresh(need: Need) -> Need:
    return (
        Need.objects.select_for_update(of=("self",))
        .select_related("municipality", "body", "sent_by")
        .get(pk=need.pk)
    )


def log(actor: Viewer, verb: str, need: Need, **facts: object) -> None:
    record(actor, verb, need, organisation=need.municipality_id, **facts)
