"""Luleå's working groups and preparatory group: mandate, written assignment, needs from outside."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from tests.cast import add_actor
from tests.domains.meetings.conftest import hold, load


@pytest.fixture
def lulea(db, set_clock):
    """Luleå's agreement in the spring of 2023, with its bodies and people."""
    from samsyn.base.orgs.models import Kind, Organisation, Role
    from samsyn.domains.agreements.models import Body

    set_clock(dt.datetime(2023, 2, 6, 9))
    place = Organisation.objects.create(
        kind=Kind.MUNICIPALITY, name="Luleå kommun", slug="lulea", municipality_code="2580"
    )
    agreement = load("lulea-2020")
    youth = Organisation.objects.create(
        kind=Kind.YOUTH, name="Fritidsgården Björken", slug="bjorken"
    )
    youth.municipalities.set([place])
    coordinator = add_actor("Samordnaren", place, Role.COORDINATOR)
    police = add_actor(
        "Kommunpolisen", agreement.parties.get(ref="polisen").organisation, Role.KOMMUNPOLIS
    )
    hold(agreement, "samordnare", coordinator, since=dt.date(2020, 1, 1))
    hold(agreement, "kommunpolis", police, since=dt.date(2020, 1, 1))
    bodies = {body.ref: body for body in Body.objects.filter(agreement=agreement)}
    return SimpleNamespace(
        place=place,
        agreement=agreement,
        steering=bodies["styrgruppen"],
        preparatory=bodies["beredningsgruppen"],
        template=bodies["arbetsgrupper"],
        coordinator=coordinator,
        police=police,
        leader=add_actor("Fritidsledaren", youth, Role.REPORTER),
    )


@pytest.fixture
def group(lulea):
    from samsyn.domains.meetings.services.groups import propose_group

    return propose_group(
        actor=lulea.police.viewer,
        template=lulea.template,
        municipality=lulea.place,
        name="Norra hamn",
        text="Ta fram insatser för kvällarna i Norra hamn.",
        functions=list(lulea.agreement.functions.filter(ref__in=("kommunpolis", "samordnare"))),
        ends_on=dt.date(2023, 5, 31),
    )


def decide(lulea, wording):
    from samsyn.domains.meetings.services.agenda import add_item
    from samsyn.domains.meetings.services.decisions import declare_outcome, put_decision
    from samsyn.domains.meetings.services.minutes import note_attendance
    from samsyn.domains.meetings.services.planning import plan_meeting

    actor = lulea.coordinator.viewer
    meeting = plan_meeting(actor=actor, body=lulea.steering, day=dt.date(2023, 2, 6))
    for seat in lulea.steering.seats.all():
        note_attendance(actor=actor, meeting=meeting, seat=seat, is_present=True, label="På plats")
    item = add_item(actor=actor, meeting=meeting, title="Arbetsgrupp")
    return declare_outcome(
        actor=actor, decision=put_decision(actor=actor, item=item, wording=wording), yes=True
    )


def assign(lulea, group):
    from samsyn.domains.meetings.services.agenda import add_item
    from samsyn.domains.meetings.services.assignments import give_assignment
    from samsyn.domains.meetings.services.planning import plan_meeting

    actor = lulea.coordinator.viewer
    meeting = plan_meeting(actor=actor, body=lulea.preparatory, day=dt.date(2023, 2, 9))
    item = add_item(actor=actor, meeting=meeting, title="Uppdragsbeskrivning")
    return give_assignment(
        actor=actor,
        item=item,
        title="Norra hamn",
        text="Föreslå insatser till 31 maj.",
        to_body=group,
    )


@pytest.fixture
def started(lulea, group):
    from samsyn.domains.meetings.services import groups

    actor = lulea.coordinator.viewer
    groups.give_mandate(actor=actor, group=group, decision=decide(lulea, "Gruppen får mandat."))
    groups.give_written_assignment(actor=actor, group=group, assignment=assign(lulea, group))
    return groups.start_group(actor=actor, group=group)


@pytest.mark.clause("U09")
def test_a_group_may_not_start_without_mandate_and_written_assignment(lulea, group):
    from samsyn.base.errors import UserError
    from samsyn.domains.meetings.services.groups import give_mandate, start_group
    from samsyn.domains.meetings.services.planning import plan_meeting

    actor = lulea.coordinator.viewer
    with pytest.raises(UserError, match="saknar mandat från Styrgruppen och skriftligt uppdrag"):
        start_group(actor=actor, group=group)
    with pytest.raises(UserError, match="kan inte mötas"):
        plan_meeting(actor=actor, body=group, day=dt.date(2023, 3, 1))
    give_mandate(actor=actor, group=group, decision=decide(lulea, "Gruppen får mandat."))
    with pytest.raises(UserError, match="saknar skriftligt uppdrag från Beredningsgruppen"):
        start_group(actor=actor, group=group)


@pytest.mark.clause("U09")
def test_with_both_it_starts_meets_and_closes_by_itself_with_a_report(lulea, started, set_clock):
    from samsyn.domains.meetings.services.groups import close_ended_groups
    from samsyn.domains.meetings.services.planning import plan_meeting

    assert (started.state, started.mandate_note) == ("active", "Styrgruppen 1/2023")
    plan_meeting(actor=lulea.coordinator.viewer, body=started, day=dt.date(2023, 6, 7))
    set_clock(dt.datetime(2023, 5, 31, 23))
    assert close_ended_groups() == "0 groups closed"
    set_clock(dt.datetime(2023, 6, 1, 6))
    assert close_ended_groups() == "1 groups closed"
    assert close_ended_groups() == "0 groups closed"

    started.refresh_from_db()
    assert started.state == "closed"
    assert "avslutades av sig själv" in started.report_text
    assert started.meetings.get().state == "cancelled"
    assignment = started.assignments.get()
    assert assignment.state == "reported"
    assert "Möten: 0." in assignment.report


@pytest.mark.clause("U09")
def test_mandate_comes_from_the_steering_group_only(lulea, group):
    from samsyn.base.errors import UserError
    from samsyn.domains.meetings.models import Decision
    from samsyn.domains.meetings.services.groups import give_mandate

    decision = decide(lulea, "Något")
    Decision.objects.filter(pk=decision.pk).update(body=lulea.preparatory)
    decision.refresh_from_db()
    with pytest.raises(UserError, match="Mandatet ska komma från Styrgruppen"):
        give_mandate(actor=lulea.coordinator.viewer, group=group, decision=decision)


@pytest.fixture
def need(lulea):
    from samsyn.domains.meetings.services.needs import send_need

    return send_need(
        actor=lulea.leader.viewer, municipality=lulea.place, title="Mörkt vid skateparken",
        text="Ungdomar undviker skateparken efter klockan 18.", tried="Felanmält två gånger",
    )  # fmt: skip


@pytest.mark.clause("U08")
def test_a_need_reaches_the_preparatory_group_and_its_next_agenda_and_the_sender_gets_an_answer(
    lulea, need, mailoutbox, django_capture_on_commit_callbacks
):
    from samsyn.domains.meetings.services.needs import take_up
    from samsyn.domains.meetings.services.planning import plan_meeting

    assert need.body == lulea.preparatory
    meeting = plan_meeting(
        actor=lulea.coordinator.viewer, body=lulea.preparatory, day=dt.date(2023, 2, 9)
    )
    with django_capture_on_commit_callbacks(execute=True):
        need = take_up(
            actor=lulea.police.viewer, need=need, answer="Gruppen tar upp det den 9 februari."
        )

    assert need.state == "taken_up"
    assert meeting.items.filter(title="Nytt behov: Mörkt vid skateparken").count() == 1
    assert [letter.to for letter in mailoutbox] == [[lulea.leader.user.email]]
    assert "9 februari" in mailoutbox[0].body


@pytest.mark.clause("U08")
def test_what_belongs_elsewhere_is_answered_and_never_sorted_twice(lulea, need):
    from samsyn.base.errors import UserError
    from samsyn.domains.meetings.services.needs import sort_out

    need = sort_out(
        actor=lulea.coordinator.viewer,
        need=need,
        state="passed_on",
        answer="Gatukontoret sköter belysningen.",
    )
    assert need.answered_at is not None
    with pytest.raises(UserError, match="redan bedömt"):
        sort_out(actor=lulea.coordinator.viewer, need=need, state="declined", answer="Nej")


@pytest.mark.clause("U08")
def test_a_need_about_a_person_is_not_kept(lulea):
    from samsyn.base.errors import UserError
    from samsyn.domains.meetings.models import Need
    from samsyn.domains.meetings.services.needs import send_need

    with pytest.raises(UserError, match="Inget har sparats"):
        send_need(
            actor=lulea.leader.viewer,
            municipality=lulea.place,
            title="Oro",
            text="Det gäller 811228-9874",
        )
    assert not Need.objects.exists()


def test_the_sender_sees_her_own_need_and_no_other(lulea, need):
    from samsyn.base.access import visible
    from samsyn.domains.meetings.models import Need

    assert list(visible(lulea.leader.viewer, Need)) == [need]
    other = add_actor("Rapportören", lulea.place, "reporter")
    assert not visible(other.viewer, Need).exists()
