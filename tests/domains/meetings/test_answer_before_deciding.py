"""What the agreement wants in place before a decision blocks it until it is answered, and stands in the minutes."""

# ruff: noqa: F811 - the fixture is brought by name from the story of planning

from __future__ import annotations

import datetime as dt
import io

import pytest

from tests.domains.meetings.test_plan_by_rhythm import lomma  # noqa: F401

pytestmark = pytest.mark.clause("K07")

GATE = "barnkonsekvensanalys-fore-beslut"
ANSWERS = {
    "affected": "Elever på två skolor som går genom tunneln.",
    "heard": "Elevråden på båda skolorna frågades i januari.",
    "conclusion": "Åtgärden genomförs, men belysningen byggs först.",
}


@pytest.fixture
def sit(lomma):
    """Plan a meeting of a body today with all its seats filled; returns meeting and one item."""
    from samsyn.domains.meetings.services.agenda import add_item
    from samsyn.domains.meetings.services.minutes import note_attendance
    from samsyn.domains.meetings.services.planning import plan_meeting

    def sitter(ref, title="Stängda infarter"):
        actor, body = lomma.actor.viewer, lomma.bodies[ref]
        meeting = plan_meeting(actor=actor, body=body, day=dt.date(2026, 2, 2))
        item = add_item(actor=actor, meeting=meeting, title=title)
        for seat in body.seats.all():
            note_attendance(actor=actor, meeting=meeting, seat=seat, is_present=True)
        return meeting, item

    return sitter


@pytest.fixture
def blocked(lomma, sit):
    """A decision on measures in the steering group, to which the chair has found a yes."""
    from samsyn.domains.meetings.services.decisions import declare_outcome, put_decision

    _meeting, item = sit("styrgruppen")
    actor = lomma.actor.viewer
    decision = put_decision(
        actor=actor, item=item, wording="Infarterna stängs nattetid.", about="measures"
    )
    return declare_outcome(actor=actor, decision=decision, yes=True)


def answer(lomma, decision, answers=ANSWERS, gate=GATE):
    from samsyn.domains.meetings.services.decisions import answer_gate

    return answer_gate(actor=lomma.actor.viewer, decision=decision, gate=gate, answers=answers)


def test_a_yes_is_no_decision_on_measures_before_the_child_impact_assessment(lomma, blocked):
    assert blocked.outcome == "open"
    assert blocked.number is None
    assert blocked.why.endswith("Det som saknas: barnkonsekvensanalys.")

    decision = answer(lomma, blocked)
    assert (decision.outcome, decision.called) == ("taken", "1/2026")


def test_every_question_of_the_assessment_is_to_be_answered(lomma, blocked):
    from samsyn.base.errors import UserError

    for left_out in ANSWERS:
        short = {key: text for key, text in ANSWERS.items() if key != left_out}
        with pytest.raises(UserError, match="Svar saknas"):
            answer(lomma, blocked, short)
    blocked.refresh_from_db()
    assert blocked.gates == {}


def test_an_answer_about_a_child_by_name_or_number_is_not_kept(lomma, blocked):
    from samsyn.base.errors import UserError

    with pytest.raises(UserError, match="Inget har sparats"):
        answer(lomma, blocked, ANSWERS | {"affected": "Eleven med 811228-9874 berörs."})
    blocked.refresh_from_db()
    assert blocked.gates == {}


def test_leaving_the_choice_alone_does_not_pass_the_gate(lomma, sit):
    from samsyn.domains.meetings.services.decisions import change_about, put_decision

    _meeting, item = sit("styrgruppen")
    actor = lomma.actor.viewer
    decision = put_decision(actor=actor, item=item, wording="Åtgärderna vid badplatsen genomförs.")
    assert decision.about == "measures"
    assert "barnkonsekvensanalys" in decision.why

    decision = change_about(actor=actor, decision=decision, about="other")
    assert "barnkonsekvensanalys" not in decision.why
    from samsyn.base.audit.models import AuditEntry

    assert AuditEntry.objects.filter(verb="decision.about_changed").exists()


@pytest.mark.clause("K12")
def test_the_answer_of_the_group_that_prepared_it_goes_along_with_its_proposal(lomma, sit):
    from samsyn.domains.meetings.selectors.gates import conditions_of
    from samsyn.domains.meetings.services.decisions import declare_outcome, put_decision
    from samsyn.domains.meetings.services.minutes import note_attendance
    from samsyn.domains.meetings.services.planning import plan_meeting

    actor = lomma.actor.viewer
    _meeting, item = sit("samverkansgruppen")
    proposal = put_decision(
        actor=actor, item=item, wording="Infarterna stängs nattetid.", about="measures"
    )
    answer(lomma, proposal)
    proposal = declare_outcome(actor=actor, decision=proposal, yes=True)
    assert proposal.outcome == "proposed"

    steering = plan_meeting(actor=actor, body=lomma.bodies["styrgruppen"], day=dt.date(2026, 2, 2))
    for seat in lomma.bodies["styrgruppen"].seats.all():
        note_attendance(actor=actor, meeting=steering, seat=seat, is_present=True)
    wanted = steering.items.get(kind="decision")
    decision = put_decision(actor=actor, item=wanted, wording=wanted.proposal, about=wanted.subject)
    decision = declare_outcome(actor=actor, decision=decision, yes=True)

    assert decision.outcome == "taken"
    (condition,) = conditions_of(decision)
    assert condition.answer.source == "Besvarat i Trygghetsrådets operativa samverkansgrupp."
    assert ANSWERS["conclusion"] in condition.answer.text


@pytest.mark.clause("K12")
def test_a_plan_waits_for_causes_and_for_who_answers_for_what(lomma, sit):
    from samsyn.domains.meetings.services.decisions import declare_outcome, put_decision

    actor = lomma.actor.viewer
    _meeting, item = sit("styrgruppen", "Handlingsplan")
    decision = put_decision(actor=actor, item=item, wording="Handlingsplanen antas.")
    assert decision.about == "plans"
    decision = declare_outcome(actor=actor, decision=decision, yes=True)
    assert decision.why.endswith("Det som saknas: orsaksanalys och ansvarig part.")

    decision = answer(
        lomma, decision, {"causes": "Få mötesplatser.", "where": "Bilaga 1"}, "orsaksanalys-i-plan"
    )
    assert decision.why.endswith("Det som saknas: ansvarig part.")
    decision = answer(lomma, decision, {"responsible": "Kommunen."}, "ansvarig-i-plan")
    assert decision.outcome == "taken"


@pytest.mark.clause("K12")
def test_closing_a_plan_waits_for_its_evaluation(lomma, sit):
    from samsyn.domains.meetings.services.decisions import declare_outcome, put_decision

    actor = lomma.actor.viewer
    _meeting, item = sit("styrgruppen", "Avslut")
    decision = put_decision(
        actor=actor, item=item, wording="Arbetet avslutas.", about="closing_plans"
    )
    decision = declare_outcome(actor=actor, decision=decision, yes=True)
    assert decision.why.endswith("Det som saknas: utvärdering.")
    given = {"result": "Skadegörelsen var oförändrad.", "where": "Rapport, januari 2026"}
    assert answer(lomma, decision, given, "utvardering-vid-avslut").outcome == "taken"


@pytest.mark.clause("L10")
def test_a_frozen_picture_among_the_papers_answers_for_the_plan(council):
    from samsyn.base.links import Link
    from samsyn.domains.meetings.selectors.gates import conditions_of
    from samsyn.domains.meetings.services.agenda import add_item, link_paper
    from samsyn.domains.meetings.services.decisions import put_decision
    from samsyn.domains.meetings.services.planning import plan_meeting

    actor = council.cast.samordnaren.viewer
    meeting = plan_meeting(actor=actor, body=council.council, day=dt.date(2026, 3, 12))
    item = add_item(actor=actor, meeting=meeting, title="Åtgärdsplanen")
    decision = put_decision(actor=actor, item=item, wording="Åtgärdsplanen beslutas.")
    missing = {one.required for one in conditions_of(decision) if one.is_missing}
    assert missing == {"lägesbild", "ansvarig part"}

    link_paper(actor=actor, item=item, title="Lägesbild 2025", link=Link("picture", "1"))
    missing = {one.required for one in conditions_of(decision) if one.is_missing}
    assert missing == {"ansvarig part"}


def test_web_word_and_pdf_of_the_minutes_show_the_same_answers(lomma, blocked):
    import docx
    import pikepdf
    from django.urls import reverse

    decision = answer(lomma, blocked)
    client, meeting = lomma.actor.client, decision.item.meeting
    page = client.get(reverse("mote_protokoll", args=[meeting.pk])).content.decode()
    word = docx.Document(
        io.BytesIO(
            client.get(reverse("mote_dokument", args=[meeting.pk, "protokoll", "docx"])).content
        )
    )
    cells = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
    pdf = client.get(reverse("mote_dokument", args=[meeting.pk, "protokoll", "pdf"])).content
    with pikepdf.open(io.BytesIO(pdf)) as read:
        assert read.Root.MarkInfo.Marked
    for text in ANSWERS.values():
        assert text in page
        assert text in cells


def test_what_was_not_answered_stands_on_the_next_agenda_as_undecided(lomma, blocked, set_clock):
    from samsyn.domains.meetings.services.minutes import end_meeting
    from samsyn.domains.meetings.services.planning import plan_meeting

    actor = lomma.actor.viewer
    end_meeting(actor=actor, meeting=blocked.item.meeting)
    after = plan_meeting(actor=actor, body=blocked.body, day=dt.date(2026, 5, 4))
    item = after.items.get(source=f"decision:{blocked.pk}")
    assert item.title == "Inte avgjort: Stängda infarter"
    assert item.subject == "measures"


def test_in_frozen_minutes_nobody_is_asked_for_a_word_on_what_was_left_open(
    council, called, come, set_clock
):
    from samsyn.domains.meetings.models import Decision
    from samsyn.domains.meetings.selectors.meetings import decisions_wanted
    from samsyn.domains.meetings.services.minutes import (
        approve_minutes,
        choose_people,
        end_meeting,
        hand_to_adjuster,
    )  # fmt: skip

    actor, cast = council.cast.samordnaren.viewer, council.cast
    set_clock(dt.datetime(2026, 3, 12, 11))
    come(called, "ledningsgruppen", "polischefen", "kriminalvarden")
    choose_people(
        actor=actor, meeting=called, secretary=cast.samordnaren.user, chair=cast.ledningen.user,
        adjuster=cast.polischefen.user,
    )  # fmt: skip
    assert decisions_wanted(cast.polischefen.viewer)
    end_meeting(actor=actor, meeting=called)
    hand_to_adjuster(actor=actor, meeting=called)
    for each in (cast.ledningen, cast.polischefen):
        approve_minutes(actor=each.viewer, meeting=called)

    decision = Decision.objects.get(item__meeting=called)
    assert decision.outcome == "awaits_stands"
    assert not decision.may_be_answered
    assert not decisions_wanted(cast.polischefen.viewer)
