"""Giving an assignment, passing it on, reporting back, closing it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer, visible
from samsyn.base.accounts.models import User
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.domains.agreements.models import Body, Function, Holder
from samsyn.domains.meetings.models import AgendaItem, Assignment, AssignmentStep, Decision
from samsyn.domains.meetings.rules.assignments import AssignmentState
from samsyn.domains.meetings.selectors.bodies import bodies_of_member, holding, may_hold, people_of
from samsyn.domains.meetings.services.evidence import tell_that_assigned, tell_that_proposed
from samsyn.domains.meetings.services.guarded import (
    fit_to_keep,
    needed,
    open_meeting,
    refuse_trace,
    require_holder,
    touch,
)
from samsyn.domains.meetings.services.letters import write_about_assignment
from samsyn.formats import swedish

Kind = AssignmentStep.Kind


def give_assignment(
    *,
    actor: Viewer,
    item: AgendaItem,
    title: str,
    to_body: Body | None = None,
    to_function: Function | None = None,
    text: str = "",
    due_on: dt.date | None = None,
    decision: Decision | None = None,
) -> Assignment:
    """Give an assignment to a body or a function. Raises UserError where the agreement does not let this body.

    A body that the agreement says assigns to certain bodies gives to those, and to any function of its own.
    """
    require_holder(actor, item.meeting)
    refuse_trace(item.meeting)
    title = needed(title, longest=200, what=_("Vad som ska göras"))
    giver = item.meeting.body
    check_receiver(giver, to_body, to_function)
    if due_on is not None and due_on < clock.today():
        raise UserError(_("Slutdagen har redan varit. Välj en dag framåt."))
    with transaction.atomic():
        meeting = open_meeting(item.meeting)
        assignment = Assignment.objects.create(
            municipality=meeting.municipality,
            giver=giver,
            item=item,
            decision=decision,
            receiver_body=to_body,
            receiver=to_function,
            title=title,
            text=fit_to_keep(text, longest=2000),
            due_on=due_on,
            is_demo=meeting.is_demo,
        )
        step = add_step(actor, assignment, Kind.GIVEN, assignment.to)
        log(actor, "assignment.given", assignment)
        tell_that_assigned(actor, assignment)
        write_about_assignment(assignment, people_with(assignment), step=step.pk)
        touch(meeting)
        return assignment


def check_receiver(giver: Body, to_body: Body | None, to_function: Function | None) -> None:
    """Raise UserError unless there is exactly one receiver, of the same agreement, that may be given it."""
    if (to_body is None) == (to_function is None):
        raise UserError(_("Välj vem som får uppdraget: ett organ eller en funktion."))
    other = to_body or to_function
    if other is not None and other.agreement_id != giver.agreement_id:
        raise UserError(_("Mottagaren hör till ett annat avtal."))
    if to_body is None:
        return
    allowed = set(giver.assigns_to.values_list("pk", flat=True))
    template = to_body.set_up_from_id
    if allowed and not allowed & {to_body.pk, template}:
        raise UserError(
            _(
                "Enligt avtalet ger %(giver)s inte uppdrag till %(body)s. Ge det till en funktion i stället."
            )
            % {"giver": giver.name, "body": to_body.name}
        )


def people_with(assignment: Assignment) -> list[User]:
    """Return those who have it today: who holds the function, or sits in the body."""
    today = clock.today()
    if assignment.receiver_body is not None:
        people = people_of(assignment.receiver_body, today)
        return list({one.user_id: one.user for seat in people for one in seat.holders}.values())
    rows = Holder.objects.filter(
        holding(today), function=assignment.receiver_id, standing=Holder.Standing.HOLDER
    ).select_related("user")
    return list({one.user_id: one.user for one in rows}.values())


def may_work_on(viewer: Viewer, assignment: Assignment) -> bool:
    """Tell whether she may report on it: her function or body has it, or she coordinates."""
    if viewer.is_system or may_hold(viewer, assignment.giver):
        return True
    functions = [key for key in (assignment.receiver_id, assignment.deputy_id) if key is not None]
    mine = Holder.objects.filter(holding(clock.today()), user=viewer.user, function__in=functions)
    if viewer.user is not None and mine.exists():
        return True
    body = assignment.receiver_body_id
    return body is not None and bodies_of_member(viewer).filter(pk=body).exists()


def require_worker(actor: Viewer, assignment: Assignment) -> None:
    seen = actor.is_system or visible(actor, Assignment).filter(pk=assignment.pk).exists()
    if not seen or not may_work_on(actor, assignment):
        raise NotAllowed(_("Uppdraget är någon annans. Bara den som har det kan göra det här."))


def report_back(*, actor: Viewer, assignment: Assignment, text: str) -> Assignment:
    """Report what has been done; it stands on the giver's next agenda (L06)."""
    require_worker(actor, assignment)
    text = needed(text, longest=4000, what=_("Återrapporten"))
    with transaction.atomic():
        assignment = fresh(assignment)
        refuse_closed(assignment)
        assignment.report, assignment.reported_at = text, clock.now()
        assignment.state = AssignmentState.REPORTED
        assignment.save(update_fields=["report", "reported_at", "state"])
        add_step(actor, assignment, Kind.REPORTED)
        log(actor, "assignment.reported", assignment)
        tell_that_proposed(actor, assignment)
        return assignment


def close_assignment(*, actor: Viewer, assignment: Assignment, note: str = "") -> Assignment:
    """Close it: the body that gave it is content."""
    require_giver(actor, assignment)
    with transaction.atomic():
        assignment = fresh(assignment)
        refuse_closed(assignment)
        assignment.state, assignment.closed_at = AssignmentState.CLOSED, clock.now()
        assignment.save(update_fields=["state", "closed_at"])
        add_step(actor, assignment, Kind.CLOSED, fit_to_keep(note, longest=500))
        log(actor, "assignment.closed", assignment)
        return assignment


def reopen_assignment(*, actor: Viewer, assignment: Assignment, note: str) -> Assignment:
    """Send it back: more is wanted."""
    require_giver(actor, assignment)
    note = needed(note, longest=500, what=_("Vad som återstår"))
    with transaction.atomic():
        assignment = fresh(assignment)
        assignment.state, assignment.closed_at = AssignmentState.OPEN, None
        assignment.save(update_fields=["state", "closed_at"])
        add_step(actor, assignment, Kind.REOPENED, note)
        log(actor, "assignment.reopened", assignment)
        return assignment


def move_deadline(
    *, actor: Viewer, assignment: Assignment, due_on: dt.date, why: str
) -> Assignment:
    """Give it another last day, with the reason in its trace."""
    require_giver(actor, assignment)
    why = needed(why, longest=400, what=_("Skälet"))
    with transaction.atomic():
        assignment = fresh(assignment)
        refuse_closed(assignment)
        before = swedish.date(assignment.due_on) if assignment.due_on else _("utan slutdag")
        assignment.due_on = due_on
        assignment.save(update_fields=["due_on"])
        told = _("Från %(before)s till %(after)s. %(why)s") % {
            "before": before,
            "after": swedish.date(due_on),
            "why": why,
        }
        add_step(actor, assignment, Kind.MOVED, told)
        log(actor, "assignment.moved", assignment, due=due_on.isoformat())
        return assignment


def set_deputy(*, actor: Viewer, assignment: Assignment, deputy: Function | None) -> Assignment:
    """Name the function that stands in when the receiver cannot; None takes it away."""
    require_worker(actor, assignment)
    if deputy is not None and deputy.agreement_id != assignment.giver.agreement_id:
        raise UserError(_("Funktionen hör till ett annat avtal."))
    with transaction.atomic():
        assignment = fresh(assignment)
        refuse_closed(assignment)
        assignment.deputy = deputy
        assignment.save(update_fields=["deputy"])
        add_step(actor, assignment, Kind.DEPUTY, deputy.name if deputy else _("Ingen"))
        log(actor, "assignment.deputy_set", assignment, deputy=deputy.ref if deputy else "")
        return assignment


def hand_over(
    *,
    actor: Viewer,
    assignment: Assignment,
    why: str,
    to_body: Body | None = None,
    to_function: Function | None = None,
) -> Assignment:
    """Pass it to another body or function, with everything in it; the trace tells from whom and why."""
    require_giver(actor, assignment)
    why = needed(why, longest=300, what=_("Skälet"))
    check_receiver(assignment.giver, to_body, to_function)
    with transaction.atomic():
        assignment = fresh(assignment)
        refuse_closed(assignment)
        if has_it(assignment, to_body, to_function):
            raise UserError(_("%(who)s har redan uppdraget.") % {"who": assignment.to})
        before = assignment.to
        assignment.receiver_body, assignment.receiver = to_body, to_function
        if to_function is not None and assignment.deputy_id == to_function.pk:
            assignment.deputy = None
        assignment.save(update_fields=["receiver_body", "receiver", "deputy"])
        told = _("Från %(before)s till %(after)s. %(why)s") % {
            "before": before,
            "after": assignment.to,
            "why": why,
        }
        step = add_step(actor, assignment, Kind.HANDED_OVER, told)
        log(actor, "assignment.handed_over", assignment)
        write_about_assignment(assignment, people_with(assignment), step=step.pk)
        return assignment


def has_it(assignment: Assignment, to_body: Body | None, to_function: Function | None) -> bool:
    """Tell whether it is with this receiver already."""
    body, function = assignment.receiver_body_id, assignment.receiver_id
    return (to_body is not None and to_body.pk == body) or (
        to_function is not None and to_function.pk == function
    )


def people_at(to_body: Body | None, to_function: Function | None) -> list[User]:
    """Return who would have it: those who hold the function, or sit in the body."""
    return people_with(Assignment(receiver_body=to_body, receiver=to_function))


def require_giver(actor: Viewer, assignment: Assignment) -> None:
    if not may_hold(actor, assignment.giver):
        raise NotAllowed(
            _("Bara den som samordnar %(body)s kan göra det här.") % {"body": assignment.giver.name}
        )


def refuse_closed(assignment: Assignment) -> None:
    if assignment.state == AssignmentState.CLOSED:
        raise UserError(_("Uppdraget är avslutat. Öppna det igen om något återstår."))


def fresh(assignment: Assignment) -> Assignment:
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related(
            "giver", "receiver_body", "receiver", "deputy", "municipality", "item__meeting"
        )
        .get(pk=assignment.pk)
    )


def add_step(actor: Viewer, assignment: Assignment, kind: str, text: str = "") -> AssignmentStep:
    return AssignmentStep.objects.create(
        assignment=assignment, kind=kind, text=text[:500], by_id=actor.user, by_label=actor.label
    )


def log(actor: Viewer, verb: str, assignment: Assignment, **facts: object) -> None:
    record(actor, verb, assignment, organisation=assignment.municipality_id, **facts)
