"""Working groups: proposed, given mandate and written assignment, started, closed with a report (U09)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import SYSTEM, Viewer
from samsyn.base.errors import UserError
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.models import Body, Function, Seat
from samsyn.domains.agreements.services import bodies
from samsyn.domains.meetings.models import Assignment, AssignmentStep, Decision, GroupBasis, Meeting
from samsyn.domains.meetings.rules import groups as rules
from samsyn.domains.meetings.rules.assignments import AssignmentState
from samsyn.domains.meetings.rules.decisions import OutcomeKind
from samsyn.domains.meetings.rules.stages import OVER, Stage
from samsyn.domains.meetings.services.assignments import add_step
from samsyn.domains.meetings.services.guarded import needed
from samsyn.formats import swedish


def propose_group(
    *,
    actor: Viewer,
    template: Body,
    municipality: Organisation,
    name: str,
    text: str,
    functions: list[Function],
    ends_on: dt.date | None = None,
) -> Body:
    """Propose a working group by the agreement's template, with those who sit in it. It may not start yet."""
    text = needed(text, longest=2000, what=_("Uppgiften"))
    if not functions:
        raise UserError(_("Välj minst en funktion som ska ingå i gruppen."))
    with transaction.atomic():
        group = bodies.propose_group(
            actor=actor, template=template, name=name, ends_on=ends_on, text=text
        )
        group.municipality = template.municipality or municipality
        group.decision_rule = template.decision_rule or "proposes"
        group.proposes_to = template.proposes_to or template.assignment_from
        group.save(update_fields=["municipality", "decision_rule", "proposes_to"])
        for number, function in enumerate(functions):
            seat = Seat.objects.create(
                body=group, ref=function.ref, party=function.party, order=number, substitutes=True
            )
            seat.functions.add(function)
        GroupBasis.objects.create(group=group)
        return group


def give_mandate(*, actor: Viewer, group: Body, decision: Decision) -> Body:
    """Rest the group on a decision of the body that gives mandate."""
    if group.mandate_from_id is not None and decision.body_id != group.mandate_from_id:
        raise UserError(
            _("Mandatet ska komma från %(body)s. Välj ett beslut därifrån.")
            % {"body": group.mandate_from.name if group.mandate_from else ""}
        )
    if decision.outcome != OutcomeKind.TAKEN:
        raise UserError(_("Beslutet är inte fattat. Bara ett fattat beslut ger mandat."))
    with transaction.atomic():
        group = fresh(group)
        GroupBasis.objects.update_or_create(group=group, defaults={"mandate": decision})
        bodies.note_mandate(
            actor=actor,
            body=group,
            mandate_on=(decision.settled_at or clock.now()).astimezone(clock.SWEDEN).date(),
            mandate_note=f"{decision.body.name} {decision.called}"[:300],
            assignment_on=group.assignment_on,
            assignment_text=group.assignment_text,
        )
        return group


def give_written_assignment(*, actor: Viewer, group: Body, assignment: Assignment) -> Body:
    """Rest the group on a written assignment from the body that gives it."""
    if group.assignment_from_id is not None and assignment.giver_id != group.assignment_from_id:
        raise UserError(
            _("Uppdraget ska komma från %(body)s. Välj ett uppdrag därifrån.")
            % {"body": group.assignment_from.name if group.assignment_from else ""}
        )
    if not assignment.text:
        raise UserError(
            _("Uppdraget är inte skriftligt: skriv vad gruppen ska göra i uppdraget först.")
        )
    with transaction.atomic():
        group = fresh(group)
        GroupBasis.objects.update_or_create(group=group, defaults={"assignment": assignment})
        bodies.note_mandate(
            actor=actor,
            body=group,
            mandate_on=group.mandate_on,
            mandate_note=group.mandate_note,
            assignment_on=assignment.given_at.astimezone(clock.SWEDEN).date(),
            assignment_text=assignment.text,
        )
        return group


def start_group(*, actor: Viewer, group: Body) -> Body:
    """Let the group start; UserError says which of mandate and written assignment is missing (U09)."""
    with transaction.atomic():
        group = fresh(group)
        missing = start_missing(group)
        if missing:
            raise UserError(missing)
        bodies.start_body(actor=actor, body=group, on=clock.today())
        return group


def start_missing(group: Body) -> str:
    """Say what the group lacks before it may start; empty when nothing."""
    if not group.needs_mandate:
        return ""
    return rules.start_missing(
        has_mandate=group.mandate_on is not None,
        has_assignment=group.assignment_on is not None and bool(group.assignment_text),
        mandate_from=group.mandate_from.name if group.mandate_from else "",
        assignment_from=group.assignment_from.name if group.assignment_from else "",
    )


def close_group(*, actor: Viewer, group: Body, report: str) -> Body:
    """Close the group with its report, which is the report of its written assignment too."""
    with transaction.atomic():
        group = fresh(group)
        bodies.close_body(actor=actor, body=group, report=report)
        report_basis(actor, group)
        return group


def report_basis(actor: Viewer, group: Body) -> None:
    """Report the written assignment that the group worked by."""
    basis = GroupBasis.objects.filter(group=group).select_related("assignment").first()
    if basis is not None and basis.assignment is not None:
        report_assignment(actor, basis.assignment, group.report_text)


def report_assignment(actor: Viewer, assignment: Assignment, report: str) -> None:
    """Let the group's report come back on the next agenda of the body that gave the assignment."""
    if assignment.state != AssignmentState.OPEN:
        return
    assignment.report, assignment.reported_at = report, clock.now()
    assignment.state = AssignmentState.REPORTED
    assignment.save(update_fields=["report", "reported_at", "state"])
    add_step(actor, assignment, AssignmentStep.Kind.REPORTED)


def close_ended_groups() -> str:
    """Close the groups whose last day has passed, each with a report of what it did. Safe to run twice."""
    closed = 0
    ended = Body.objects.filter(
        state=Body.State.ACTIVE, set_up_from__isnull=False, ends_on__lt=clock.today()
    )
    for key in list(ended.values_list("pk", flat=True)):
        with transaction.atomic():
            group = Body.objects.select_for_update(of=("self",)).get(pk=key)
            if group.state == Body.State.ACTIVE and rules.is_over(group.ends_on, clock.today()):
                group.report_text = report_of(group)
                bodies.shut(SYSTEM, group, group.ends_on or clock.today())
                report_basis(SYSTEM, group)
                closed += 1
    return f"{closed} groups closed"


def report_of(group: Body) -> str:
    """Write what is known of the group's work: its meetings, proposals and what is still open."""
    met = Meeting.objects.filter(body=group, state__in=OVER).count()
    proposed = Decision.objects.filter(body=group, outcome=OutcomeKind.PROPOSED)
    left = Assignment.objects.filter(receiver_body=group, state=AssignmentState.OPEN)
    Meeting.objects.filter(body=group, state__in=(Stage.PLANNED, Stage.CALLED)).update(
        state=Stage.CANCELLED, cancelled_why=_("Gruppens tid har gått ut.")
    )
    lines = [
        _("Gruppens tid gick ut %(day)s och den avslutades av sig själv.")
        % {"day": swedish.date(group.ends_on or clock.today())},
        _("Möten: %(count)s.") % {"count": met},
        *(_("Förslag: %(wording)s") % {"wording": one.wording} for one in proposed),
        *(_("Inte klart: %(title)s") % {"title": one.title} for one in left),
    ]
    return "\n".join(lines)[:4000]


def fresh(group: Body) -> Body:
    return (
        Body.objects.select_for_update(of=("self",))
        .select_related("mandate_from", "assignment_from")
        .get(pk=group.pk)
    )
