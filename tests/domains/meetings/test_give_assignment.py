"""Assignments: given, reported on the next agenda, handed over, closed; late is told by the day."""

from __future__ import annotations

import datetime as dt

import pytest


@pytest.fixture
def assignment(called, council):
    from samsyn.domains.meetings.services.assignments import give_assignment

    return give_assignment(
        actor=council.cast.samordnaren.viewer,
        item=called.items.get(title="Uppföljning"),
        title="Se över belysningen vid gångtunneln",
        text="Mät ljuset och föreslå stolpar.",
        to_body=council.operative,
        due_on=dt.date(2026, 5, 1),
    )


@pytest.mark.clause("L06")
def test_the_council_assigns_to_the_operative_group_and_gets_the_report_on_its_next_agenda(
    assignment, council
):
    from samsyn.domains.agreements.models import Evidence
    from samsyn.domains.meetings.services.assignments import report_back
    from samsyn.domains.meetings.services.planning import plan_meeting

    actor = council.cast.samordnaren.viewer
    operative = plan_meeting(actor=actor, body=council.operative, day=dt.date(2026, 4, 9))
    assert "Uppdrag från Strategiska rådet: Se över belysningen vid gångtunneln" in {
        item.title for item in operative.items.all()
    }
    report_back(
        actor=council.cast.frivardaren.viewer, assignment=assignment, text="Tre stolpar föreslås."
    )
    after = plan_meeting(actor=actor, body=council.council, day=dt.date(2026, 6, 11))
    item = after.items.get(assignment=assignment)
    assert item.kind == "follow_up"
    assert "Tre stolpar föreslås." in item.text
    assert Evidence.objects.filter(commitment__ref="forslag-pa-uppdrag").count() == 1


def test_the_day_tells_that_it_is_late(assignment, set_clock):
    assert (assignment.badge, assignment.words) == ("active", "Senast 1\u00a0maj 2026")
    set_clock(dt.datetime(2026, 4, 25, 9))
    assert assignment.badge == "due"
    set_clock(dt.datetime(2026, 5, 2, 9))
    assert (assignment.badge, assignment.words) == ("late", "Försenat en dag")


def test_only_who_has_it_reports(assignment, council):
    from samsyn.base.errors import NotAllowed
    from samsyn.domains.meetings.services.assignments import report_back

    for actor in (council.cast.ledningen, council.cast.framlingen, council.cast.utomstaende):
        with pytest.raises(NotAllowed):
            report_back(actor=actor.viewer, assignment=assignment, text="Klart")


def test_a_function_passes_to_another_person_with_its_open_assignments(called, council):
    from samsyn.domains.agreements.models import Function, Holder
    from samsyn.domains.meetings.selectors.assignments import my_assignments
    from samsyn.domains.meetings.services.assignments import give_assignment, report_back

    function = Function.objects.get(agreement=council.agreement, ref="kommunpolis")
    assignment = give_assignment(
        actor=council.cast.samordnaren.viewer,
        item=called.items.first(),
        title="Hämta statistik",
        to_function=function,
    )
    before, after = council.cast.kommunpolisen, council.cast.polischefen
    assert list(my_assignments(before.viewer, council.municipality)) == [assignment]
    Holder.objects.filter(function=function).update(until=dt.date(2026, 2, 1))
    Holder.objects.create(function=function, user=after.user, since=dt.date(2026, 2, 2))

    assert not my_assignments(before.viewer, council.municipality).exists()
    assert list(my_assignments(after.viewer, council.municipality)) == [assignment]
    assert (
        report_back(actor=after.viewer, assignment=assignment, text="Hämtad.").state == "reported"
    )


def test_a_deputy_may_report_and_a_handover_leaves_its_trace(assignment, council):
    from samsyn.domains.agreements.models import Function
    from samsyn.domains.meetings.services.assignments import hand_over, report_back, set_deputy

    chief = Function.objects.get(agreement=council.agreement, ref="sakerhetschef")
    police = Function.objects.get(agreement=council.agreement, ref="kommunpolis")
    actor = council.cast.samordnaren.viewer
    set_deputy(actor=actor, assignment=assignment, deputy=chief)
    assignment = hand_over(
        actor=actor, assignment=assignment, to_function=police, why="Gruppen har fullt upp"
    )
    assert (
        report_back(
            actor=council.cast.sakerhetschefen.viewer, assignment=assignment, text="Klart"
        ).state
        == "reported"
    )

    told = [(step.kind, step.text) for step in assignment.steps.all()]
    assert told == [
        ("given", "Operativa samverkansgruppen"),
        ("deputy", "Säkerhetschef"),
        ("handed_over", "Från Operativa samverkansgruppen till Kommunpolis. Gruppen har fullt upp"),
        ("reported", ""),
    ]


def test_closing_and_opening_again(assignment, council):
    from samsyn.base.errors import UserError
    from samsyn.domains.meetings.services.assignments import (
        close_assignment,
        reopen_assignment,
        report_back,
    )

    actor = council.cast.samordnaren.viewer
    closed = close_assignment(actor=actor, assignment=assignment, note="Rådet är nöjt")
    with pytest.raises(UserError, match="avslutat"):
        report_back(actor=council.cast.frivardaren.viewer, assignment=closed, text="Mer")
    assert (
        reopen_assignment(actor=actor, assignment=closed, note="En stolpe saknas").state == "open"
    )


def test_the_operative_group_gives_no_assignment_to_the_council(council):
    from samsyn.base.errors import UserError
    from samsyn.domains.meetings.services.agenda import add_item
    from samsyn.domains.meetings.services.assignments import give_assignment
    from samsyn.domains.meetings.services.planning import plan_meeting

    actor = council.cast.samordnaren.viewer
    meeting = plan_meeting(actor=actor, body=council.council, day=dt.date(2026, 4, 9))
    item = add_item(actor=actor, meeting=meeting, title="Punkt")
    with pytest.raises(UserError, match="Enligt avtalet"):
        give_assignment(actor=actor, item=item, title="Gör något", to_body=council.council)
