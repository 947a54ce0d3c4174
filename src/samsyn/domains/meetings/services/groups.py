"""Working groups: proposed, given mandate and written assignment, started, closed with a report (U09)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import SYSTEM, Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.models import Body, Function, Seat
from samsyn.domains.meetings.models import Assignment, Decision, GroupBasis, Meeting
from samsyn.domains.meetings.rules import groups as rules
from samsyn.domains.meetings.rules.assignments import AssignmentState
from samsyn.domains.meetings.rules.decisions import OutcomeKind
from samsyn.domains.meetings.rules.stages import OVER, Stage
from samsyn.domains.meetings.selectors.bodies import bodies_reached
from samsyn.domains.meetings.services.guarded import fit_to_keep, needed
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
    """Propose a working group by the agreement's template. It may not start yet."""
    require_setter(actor, template)
    if template.state != Body.State.TEMPLATE:
        raise UserError(_("Avtalet har ingen mall för arbetsgrupper med det namnet."))
    if template.time_limited == "always" and ends_on is None:
        raise UserError(_("Enligt avtalet är gruppen tidsbegränsad. Skriv när den ska vara klar."))
    name, text = (
        needed(name, longest=200, what=_("Namnet")),
        needed(text, longest=2000, what=_("Uppgiften")),
    )
    if not functions:
        raise UserError(_("Välj minst en funktion som ska ingå i gruppen."))
    with transaction.atomic():
        group = Body.objects.create(
            agreement=template.agreement,
            ref=free_ref(template, name),
            municipality=template.municipality or municipality,
            name=name,
            role=template.role,
            clause=template.clause,
            text=text,
            state=Body.State.PROPOSED,
            set_up_from=template,
            mandate_from=template.mandate_from,
            assignment_from=template.assignment_from,
            needs_mandate=template.needs_mandate,
            time_limited=template.time_limited,
            decision_rule=template.decision_rule or "proposes",
            proposes_to=template.proposes_to or template.assignment_from,
            ends_on=ends_on,
            order=template.order,
        )
        for number, function in enumerate(functions):
            seat = Seat.objects.create(
                body=group, ref=function.ref, party=function.party, order=number, substitutes=True
            )
            seat.functions.add(function)
        GroupBasis.objects.create(group=group)
        log(actor, "group.proposed", group)
        return group


def free_ref(template: Body, name: str) -> str:
    """Return an id for the group that no body of the agreement has."""
    stem = slugify(name)[:45] or "grupp"
    taken = set(template.agreement.bodies.values_list("ref", flat=True))
    return next(ref for ref in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if ref not in taken)


def give_mandate(*, actor: Viewer, group: Body, decision: Decision) -> Body:
    """Rest the group on a decision of the body that gives mandate."""
    require_setter(actor, group)
    if group.mandate_from_id is not None and decision.body_id != group.mandate_from_id:
        raise UserError(
            _("Mandatet ska komma från %(body)s. Välj ett beslut därifrån.")
            % {"body": group.mandate_from.name if group.mandate_from else ""}
        )
    if decision.outcome != OutcomeKind.TAKEN:
        raise UserError(_("Beslutet är inte fattat. Bara ett fattat beslut ger mandat."))
    with transaction.atomic():
        group = fresh(group)
        basis = group.basis  # type: ignore[attr-defined]
        basis.mandate = decision
        basis.save(update_fields=["mandate"])
        group.mandate_on = (decision.settled_at or clock.now()).date()
        group.mandate_note = f"{decision.body.name} {decision.called}"[:300]
        group.save(update_fields=["mandate_on", "mandate_note"])
        log(actor, "group.mandated", group, decision=decision.pk)
        return group


def give_written_assignment(*, actor: Viewer, group: Body, assignment: Assignment) -> Body:
    """Rest the group on a written assignment from the body that gives it."""
    require_setter(actor, group)
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
        basis = group.basis  # type: ignore[attr-defined]
        basis.assignment = assignment
        basis.save(update_fields=["assignment"])
        group.assignment_on = assignment.given_at.date()
        group.assignment_text = assignment.text
        group.save(update_fields=["assignment_on", "assignment_text"])
        log(actor, "group.assigned", group, assignment=assignment.pk)
        return group


def start_group(*, actor: Viewer, group: Body) -> Body:
    """Let the group start; UserError where mandate or written assignment is missing (U09)."""
    require_setter(actor, group)
    with transaction.atomic():
        group = fresh(group)
        missing = start_missing(group)
        if missing:
            raise UserError(missing)
        if group.state != Body.State.PROPOSED:
            raise UserError(_("Gruppen har redan startat eller är avslutad."))
        group.state, group.starts_on = Body.State.ACTIVE, clock.today()
        group.save(update_fields=["state", "starts_on"])
        log(actor, "group.started", group)
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
    """Close the group with its report, which closes its written assignment as reported."""
    require_setter(actor, group)
    report = needed(report, longest=4000, what=_("Slutrapporten"))
    with transaction.atomic():
        return finish(actor, fresh(group), report)


def finish(actor: Viewer, group: Body, report: str) -> Body:
    if group.state != Body.State.ACTIVE:
        raise UserError(_("Gruppen arbetar inte och kan inte avslutas."))
    group.state, group.closed_on, group.report_text = Body.State.CLOSED, clock.today(), report
    group.save(update_fields=["state", "closed_on", "report_text"])
    basis = GroupBasis.objects.filter(group=group).select_related("assignment").first()
    if basis is not None and basis.assignment is not None:
        report_assignment(actor, basis.assignment, report)
    log(actor, "group.closed", group)
    return group


def report_assignment(actor: Viewer, assignment: Assignment, report: str) -> None:
    """Let the group's report come back on the next agenda of the body that gave the assignment."""
    from samsyn.domains.meetings.models import AssignmentStep
    from samsyn.domains.meetings.services.assignments import add_step

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
                finish(SYSTEM, group, report_of(group))
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


def prolong_group(*, actor: Viewer, group: Body, ends_on: dt.date, why: str) -> Body:
    """Give the group another last day."""
    require_setter(actor, group)
    why = fit_to_keep(why, longest=300)
    if ends_on <= clock.today():
        raise UserError(_("Välj en dag framåt."))
    with transaction.atomic():
        group = fresh(group)
        group.ends_on = ends_on
        group.save(update_fields=["ends_on"])
        log(actor, "group.started", group, prolonged=ends_on.isoformat(), why=why)
        return group


def require_setter(actor: Viewer, body: Body) -> None:
    """Raise NotAllowed unless the actor sets up groups: the coordinator, or the kommunpolis (U09)."""
    if actor.is_system:
        return
    if not bodies_reached(actor, "needs.triage").filter(pk=body.pk).exists():
        raise NotAllowed(_("Arbetsgrupper tillsätts av samordnaren och kommunpolisen."))


def fresh(group: Body) -> Body:
    return (
        Body.objects.select_for_update(of=("self",))
        .select_related("mandate_from", "assignment_from", "basis")
        .get(pk=group.pk)
    )


def log(actor: Viewer, verb: str, group: Body, **facts: object) -> None:
    record(actor, verb, group, organisation=group.municipality_id, **facts)
