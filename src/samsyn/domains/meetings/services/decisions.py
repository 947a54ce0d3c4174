"""Putting a question, recording what each party says, and seeing what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.domains.agreements.models import AgreementParty, Body, Seat
from samsyn.domains.meetings import slots
from samsyn.domains.meetings.models import AgendaItem, Decision, Meeting, Stand
from samsyn.domains.meetings.rules.decisions import (
    BodyRule,
    Outcome,
    OutcomeKind,
    PartyStand,
    StandKind,
    listed,
    outcome_of,
)
from samsyn.domains.meetings.rules.gates import about_of, questions_of, unanswered
from samsyn.domains.meetings.rules.stages import Stage
from samsyn.domains.meetings.selectors.bodies import may_hold, own_seats, parties_of, people_of
from samsyn.domains.meetings.selectors.gates import gated_kinds, gates_of, missing_conditions
from samsyn.domains.meetings.selectors.presence import parties_present
from samsyn.domains.meetings.services.evidence import tell_that_decided
from samsyn.domains.meetings.services.guarded import (
    fit_to_keep,
    needed,
    open_meeting,
    refuse_trace,
    require_holder,
    touch,
)
from samsyn.domains.meetings.services.letters import write_to_silent_parties

ABOUT = (
    "", "measures", "plans", "closing_measures", "closing_plans", "focus_areas", "citizen_promise",
    "categories", "group", "other",
)  # fmt: skip
LONGEST_ANSWER = 1500


def put_decision(*, actor: Viewer, item: AgendaItem, wording: str, about: str = "") -> Decision:
    """Put a question to the body. `about` says which conditions of the agreement must be met first."""
    require_holder(actor, item.meeting)
    refuse_trace(item.meeting)
    if item.meeting.is_light:
        raise UserError(
            _("Ett lätt möte har bara dagordning, anteckningar och uppdrag. Inga beslut.")
        )
    with transaction.atomic():
        meeting = open_meeting(item.meeting)
        decision = put_to_decision(
            actor, item, needed(wording, longest=2000, what=_("Lydelsen")), about=about
        )
        touch(meeting)
        return decision


def put_to_decision(actor: Viewer, item: AgendaItem, wording: str, *, about: str = "") -> Decision:
    """Write the question with the body's rule as it is now, in the transaction of the caller."""
    body = item.meeting.body
    follows = None
    if item.source.startswith("decision:"):
        follows = Decision.objects.filter(pk=item.source.partition(":")[2]).first()
    if not about:
        about = about_of(wording, gated_kinds(body.agreement))
    decision = Decision.objects.create(
        item=item,
        body=body,
        municipality=item.meeting.municipality,
        rule=body.decision_rule or BodyRule.DECIDES,
        wording=wording,
        about=about if about in ABOUT else "other",
        proposes_to=body.proposes_to,
        follows=follows,
    )
    log(actor, "decision.put", decision, rule=decision.rule)
    settle(actor, decision)
    return decision


def reword_decision(*, actor: Viewer, decision: Decision, wording: str) -> Decision:
    """Change the wording of what is not settled: every party must then say its word anew."""
    require_holder(actor, decision.item.meeting)
    wording = needed(wording, longest=2000, what=_("Lydelsen"))
    with transaction.atomic():
        meeting = open_meeting(decision.item.meeting)
        decision = fresh(decision)
        refuse_settled(decision)
        decision.wording, decision.declared = wording, None
        decision.save(update_fields=["wording", "declared"])
        decision.stands.all().delete()
        log(actor, "decision.reworded", decision)
        settle(actor, decision)
        touch(meeting)
        return decision


def withdraw_decision(*, actor: Viewer, decision: Decision) -> None:
    """Take back a question that is not settled."""
    require_holder(actor, decision.item.meeting)
    with transaction.atomic():
        meeting = open_meeting(decision.item.meeting)
        decision = fresh(decision)
        refuse_settled(decision)
        log(actor, "decision.withdrawn", decision)
        decision.delete()
        touch(meeting)


def record_stand(
    *,
    actor: Viewer,
    decision: Decision,
    party: AgreementParty,
    said: str,
    reason: str = "",
    in_writing: bool = False,
) -> Decision:
    """Record what a party says through its spokes-seat (L06).

    In the room the secretary records it; the party's own people may do it themselves, before, during
    or after the meeting, and then it is in writing. After the minutes are frozen only a party that has
    not spoken may. Raises NotAllowed, or UserError for an objection without a reason.
    """
    meeting = decision.item.meeting
    refuse_trace(meeting)
    own = [
        one.seat
        for one in own_seats(actor, meeting.body, clock.today())
        if one.seat.party_id == party.pk
    ]
    if not own and not may_hold(actor, meeting.body):
        raise NotAllowed(_("Du talar inte för den parten."))
    if said not in Stand.Said.values:
        raise UserError(_("Välj ja, avstår eller nej."))
    reason = fit_to_keep(reason, longest=500)
    if said == StandKind.OBJECTS and not reason:
        raise UserError(_("Skriv varför parten säger nej. Skälet står i protokollet."))
    with transaction.atomic():
        decision = fresh(decision)
        refuse_settled(decision)
        meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        if meeting.state in (Stage.ADJUSTED, Stage.APPROVED):
            refuse_changing_after(decision, party)
        if party not in parties_of(meeting.body):
            raise UserError(_("Parten är inte med i %(body)s.") % {"body": meeting.body.name})
        writing = in_writing or not may_hold(actor, meeting.body) or meeting.is_over
        Stand.objects.update_or_create(
            decision=decision,
            party=party,
            defaults={
                "seat": own[0] if own else spokes_seat(meeting, party),
                "said": said,
                "reason": reason,
                "in_writing": writing,
                "recorded_by_id": actor.user,
                "recorded_by_label": actor.label,
                "recorded_at": clock.now(),
            },
        )
        log(actor, "decision.stand_recorded", decision, party=party.ref, said=said, writing=writing)
        settle(actor, decision)
        if not meeting.is_over:
            touch(meeting)
        return decision


def spokes_seat(meeting: Meeting, party: AgreementParty) -> Seat | None:
    """Return the party's seat that speaks: the first that is filled in the room, else its first."""
    seats = [
        one.seat for one in people_of(meeting.body, meeting.day) if one.seat.party_id == party.pk
    ]
    present = set(
        meeting.attendances.filter(is_present=True, seat__isnull=False).values_list(
            "seat_id", flat=True
        )
    )
    return next((seat for seat in seats if seat.pk in present), seats[0] if seats else None)


def refuse_changing_after(decision: Decision, party: AgreementParty) -> None:
    if decision.outcome != OutcomeKind.AWAITS_CONSENT:
        raise UserError(_("Frågan avgjordes i mötet. Ta upp den på nytt i nästa möte."))
    if decision.stands.filter(party=party).exists():
        raise UserError(_("Parten har redan sagt sitt, och det står i protokollet."))


def declare_outcome(*, actor: Viewer, decision: Decision, yes: bool) -> Decision:
    """Write what the chair finds that the body has decided or proposed.

    Where the parties must agree, the chair can only confirm that they do.
    """
    require_holder(actor, decision.item.meeting)
    if decision.rule == BodyRule.CONSENSUS and not yes:
        raise UserError(_("Organet beslutar i enighet. Det är parternas besked som avgör."))
    with transaction.atomic():
        meeting = open_meeting(decision.item.meeting)
        decision = fresh(decision)
        refuse_settled(decision)
        decision.declared = yes
        decision.save(update_fields=["declared"])
        log(actor, "decision.declared", decision, yes=yes)
        outcome = settle(actor, decision)
        if decision.rule == BodyRule.CONSENSUS and not outcome.is_settled:
            raise UserError(outcome.why)
        touch(meeting)
        return decision


def answer_gate(
    *, actor: Viewer, decision: Decision, gate: str, answers: Mapping[str, str]
) -> Decision:
    """Answer what the agreement wants before such a decision, question by question (K07).

    UserError where a question that must be answered is not. The answer stands in the minutes.
    """
    require_holder(actor, decision.item.meeting)
    found = next((one for one in gates_of(decision) if one.id == gate), None)
    if found is None:
        raise UserError(_("Villkoret gäller inte det här beslutet."))
    kept = {
        one.key: fit_to_keep(answers.get(one.key, ""), longest=LONGEST_ANSWER)
        for one in questions_of(found.requires)
    }
    left = unanswered(found.requires, kept)
    if left:
        raise UserError(
            _("Svar saknas: %(questions)s") % {"questions": " ".join(str(one.text) for one in left)}
        )
    with transaction.atomic():
        open_meeting(decision.item.meeting)
        decision = fresh(decision)
        refuse_settled(decision)
        answer = {"answers": kept, "by": actor.label, "at": clock.now().isoformat()}
        decision.gates = {**decision.gates, gate: answer}
        decision.save(update_fields=["gates"])
        log(actor, "decision.gate_answered", decision, gate=gate)
        settle(actor, decision)
        touch(decision.item.meeting)
        return decision


def change_about(*, actor: Viewer, decision: Decision, about: str) -> Decision:
    """Say what the decision is about: which conditions of the agreement stand before it follows from that."""
    require_holder(actor, decision.item.meeting)
    if about not in ABOUT:
        raise UserError(_("Välj vad beslutet gäller."))
    with transaction.atomic():
        open_meeting(decision.item.meeting)
        decision = fresh(decision)
        refuse_settled(decision)
        before, decision.about = decision.about, about or "other"
        decision.save(update_fields=["about"])
        log(actor, "decision.about_changed", decision, before=before, after=decision.about)
        settle(actor, decision)
        touch(decision.item.meeting)
        return decision


def settle(actor: Viewer, decision: Decision) -> Outcome:
    """See what has come of the decision, keep it, number it when it is settled, and tell the others."""
    outcome = came_of(decision)
    decision.outcome, decision.why = outcome.kind, outcome.why[:1000]
    if outcome.is_settled:
        decision.settled_at = clock.now()
        if outcome.kind != OutcomeKind.REJECTED:
            number(decision)
    decision.save(update_fields=["outcome", "why", "settled_at", "year", "number"])
    if outcome.is_settled:
        log(actor, "decision.settled", decision, outcome=outcome.kind)
        tell_that_decided(actor, decision)
        for _key, listener in slots.decision_settled:
            listener(decision)
    return outcome


def came_of(decision: Decision) -> Outcome:
    """Return where the decision stands by the body's rule, the room and what must be there first."""
    meeting = decision.item.meeting
    # Who only proposes may answer already, and the answer goes along; it is the decision that waits.
    decides = BodyRule(decision.rule) in (BodyRule.CONSENSUS, BodyRule.DECIDES)
    missing = missing_conditions(decision) if decides else []
    if missing:
        words = _("Beslutet kan inte tas än: %(gates)s Det som saknas: %(missing)s.") % {
            "gates": " ".join(one.gate.text for one in missing),
            "missing": listed([one.required for one in missing]),
        }
        return Outcome(OutcomeKind.OPEN, words)
    rule = BodyRule(decision.rule)
    outcome = outcome_of(
        rule,
        stands_of(decision, meeting),
        declared=decision.declared,
        deciding_body=decision.proposes_to.name if decision.proposes_to else "",
    )
    if outcome.kind != OutcomeKind.BLOCKED and not has_begun(meeting):
        return said_beforehand(decision, meeting)
    if outcome.kind == OutcomeKind.TAKEN and is_only_on_paper(decision, meeting):
        words = _("%(why)s Ordföranden fastställer beslutet i mötet.") % {"why": outcome.why}
        return Outcome(OutcomeKind.AWAITS_STANDS, words)
    return outcome


def has_begun(meeting: Meeting) -> bool:
    """Tell whether the meeting is held or on: somebody's presence has been noted."""
    return meeting.is_over or meeting.attendances.filter(is_present=True).exists()


def said_beforehand(decision: Decision, meeting: Meeting) -> Outcome:
    """Say how many parties have answered before the meeting."""
    if decision.rule != BodyRule.CONSENSUS:
        return Outcome(OutcomeKind.OPEN, _("Tas upp i mötet."))
    words = _("%(said)s av %(all)s parter har svarat. Beslutet tas i mötet.") % {
        "said": decision.stands.count(),
        "all": len(parties_of(meeting.body)),
    }
    return Outcome(OutcomeKind.AWAITS_STANDS, words)


def is_only_on_paper(decision: Decision, meeting: Meeting) -> bool:
    """Tell whether all have said yes beforehand, and nobody has taken it up in the room."""
    if decision.rule != BodyRule.CONSENSUS or decision.declared or meeting.is_over:
        return False
    return not decision.stands.filter(in_writing=False).exists()


def stands_of(decision: Decision, meeting: Meeting) -> list[PartyStand]:
    """Return every party of the body with its presence and what it has said."""
    said = {stand.party_id: stand for stand in decision.stands.all()}
    present = parties_present(meeting)
    found = []
    for party in parties_of(meeting.body):
        stand = said.get(party.pk)
        found.append(
            PartyStand(
                name=party.called,
                is_present=party.pk in present,
                stand=StandKind(stand.said) if stand else None,
                reason=stand.reason if stand else "",
            )
        )
    return found


def settle_open(actor: Viewer, meeting: Meeting) -> None:
    """See anew what came of everything that is not settled: somebody has come or gone."""
    for decision in Decision.objects.filter(item__meeting=meeting).select_related(
        "item__meeting__body", "proposes_to"
    ):
        if not decision.is_settled:
            settle(actor, decision)


def ask_for_consent(meeting: Meeting) -> None:
    """Write to the parties whose written consent is awaited when the meeting is over."""
    waiting = Decision.objects.filter(item__meeting=meeting, outcome=OutcomeKind.AWAITS_CONSENT)
    for decision in waiting:
        spoken = set(decision.stands.values_list("party_id", flat=True))
        silent = {party.pk for party in parties_of(meeting.body)} - spoken
        people = {
            holder.user_id: holder.user
            for one in people_of(meeting.body, clock.today())
            if one.seat.party_id in silent
            for holder in one.everyone
        }
        write_to_silent_parties(meeting, str(decision.pk), people.values(), decision.wording)


def number(decision: Decision) -> None:
    """Give the decision the body's next number of the year."""
    Body.objects.select_for_update().get(pk=decision.body_id)
    decision.year = clock.today().year
    last: int | None = Decision.objects.filter(
        body=decision.body_id, municipality=decision.municipality_id, year=decision.year
    ).aggregate(last=Max("number"))["last"]
    decision.number = (last or 0) + 1


def fresh(decision: Decision) -> Decision:
    """Return the decision as it stands, locked."""
    return (
        Decision.objects.select_for_update(of=("self",))
        .select_related(
            "item__meeting__body__agreement", "item__meeting__municipality", "proposes_to"
        )
        .get(pk=decision.pk)
    )


def refuse_settled(decision: Decision) -> None:
    if decision.is_settled:
        raise UserError(_("Frågan är redan avgjord. Ta upp den på nytt om något ska ändras."))


def log(actor: Viewer, verb: str, decision: Decision, **facts: object) -> None:
    record(actor, verb, decision, organisation=decision.municipality_id, **facts)
