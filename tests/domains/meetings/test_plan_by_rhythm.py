"""The year's meetings are planned from the agreement's rhythm, and extra ones for sudden events."""

from __future__ import annotations

import datetime as dt

import pytest

YEAR = (dt.date(2026, 2, 2), dt.date(2026, 12, 31))


@pytest.fixture
def plan(council):
    from samsyn.domains.meetings.services.planning import plan_meetings

    return lambda body: plan_meetings(
        actor=council.cast.samordnaren.viewer, body=body, first=YEAR[0], last=YEAR[1]
    )


@pytest.mark.clause("L06")
def test_the_council_gets_four_meetings_of_which_two_are_extended(council, plan):
    made = plan(council.council)

    assert len(made) == 4
    assert [meeting.extended for meeting in made] == [False, True, False, True]
    assert all(meeting.day.weekday() < 5 for meeting in made)
    assert not any(27 <= meeting.day.isocalendar().week <= 31 for meeting in made)
    assert all(meeting.items.exists() for meeting in made)


@pytest.mark.clause("L07")
def test_the_operative_group_gets_six(council, plan):
    assert len(plan(council.operative)) == 6


def test_planning_twice_plans_nothing_twice(council, plan):
    plan(council.council)
    assert plan(council.council) == []


@pytest.mark.clause("L07")
def test_an_extra_meeting_from_a_sudden_event_has_the_event_first(council):
    from samsyn.domains.meetings.services.planning import call_extra_meeting

    meeting = call_extra_meeting(
        actor=council.cast.samordnaren.viewer,
        body=council.operative,
        occasion="Anlagda bränder vid skolan i natt",
    )
    assert meeting.origin == "extra"
    assert meeting.local_start.replace(tzinfo=None) == dt.datetime(2026, 2, 2, 12, 0)
    items = list(meeting.items.order_by("order"))
    assert [item.kind for item in items[:2]] == ["opening", "occasion"]
    assert items[1].text == "Anlagda bränder vid skolan i natt"


def test_who_does_not_coordinate_plans_nothing(council):
    from samsyn.base.errors import NotAllowed
    from samsyn.domains.meetings.services.planning import call_extra_meeting

    for actor in (council.cast.polischefen, council.cast.utomstaende, council.cast.framlingen):
        with pytest.raises(NotAllowed):
            call_extra_meeting(actor=actor.viewer, body=council.council, occasion="Något")


@pytest.fixture
def lomma(db, set_clock):
    """Lomma's agreement with its weekly meeting, its interaction meetings and SSPF."""
    from types import SimpleNamespace

    from samsyn.base.orgs.models import Kind, Organisation, Role
    from samsyn.domains.agreements.models import Body
    from tests.cast import add_actor
    from tests.domains.meetings.conftest import load

    place = Organisation.objects.create(
        kind=Kind.MUNICIPALITY, name="Lomma kommun", slug="lomma", municipality_code="1262",
        in_use_from=dt.date(2024, 1, 1),
    )  # fmt: skip
    agreement = load("lomma-2023")
    bodies = {body.ref: body for body in Body.objects.filter(agreement=agreement)}
    actor = add_actor("Säkerhetschefen", place, Role.SECURITY_CHIEF)
    return SimpleNamespace(place=place, agreement=agreement, bodies=bodies, actor=actor)


def plan_in_lomma(lomma, ref, first, last):
    from samsyn.domains.meetings.services.planning import plan_meetings

    return plan_meetings(actor=lomma.actor.viewer, body=lomma.bodies[ref], first=first, last=last)


@pytest.mark.clause("K08", "K14")
def test_the_weekly_meeting_is_light_pauses_in_summer_and_has_children_on_its_agenda(lomma):
    made = plan_in_lomma(lomma, "veckolagesbild", dt.date(2026, 5, 25), dt.date(2026, 8, 30))

    weeks = {meeting.day.isocalendar().week for meeting in made}
    assert {22, 23, 35} <= weeks
    assert not weeks & set(range(25, 33))
    assert {meeting.form for meeting in made} == {"light"}
    assert [item.source for item in made[0].items.all()] == ["standing:barn-och-unga"]


@pytest.mark.clause("K15")
def test_the_interaction_meeting_is_planned_in_each_place(lomma):
    made = plan_in_lomma(lomma, "interaktionsmotet", dt.date(2026, 2, 2), dt.date(2026, 6, 30))

    places = [meeting.locality for meeting in made]
    assert places.count("Lomma") == 2
    assert places.count("Bjärred") == 2


@pytest.mark.clause("K18")
def test_of_sspf_only_that_it_met_is_kept(lomma):
    from samsyn.base.errors import UserError
    from samsyn.domains.agreements.models import Evidence
    from samsyn.domains.meetings.services.agenda import add_item
    from samsyn.domains.meetings.services.planning import call_extra_meeting, note_that_met

    meeting = note_that_met(
        actor=lomma.actor.viewer, body=lomma.bodies["sspf"], day=dt.date(2026, 1, 30)
    )
    assert (meeting.form, meeting.state) == ("trace", "held")
    assert Evidence.objects.filter(commitment__ref="sspf-vid-behov").count() == 1

    with pytest.raises(UserError, match="bara att mötet har hållits"):
        add_item(actor=lomma.actor.viewer, meeting=meeting, title="Ett ärende")
    with pytest.raises(UserError, match="bara att mötet har hållits"):
        call_extra_meeting(actor=lomma.actor.viewer, body=lomma.bodies["sspf"], occasion="Oro")
    assert not meeting.items.exists()


@pytest.mark.clause("K06")
def test_the_operative_group_proposes_and_the_steering_group_finds_it_on_its_agenda(lomma):
    from samsyn.domains.meetings.services.agenda import add_item
    from samsyn.domains.meetings.services.decisions import declare_outcome, put_decision
    from samsyn.domains.meetings.services.minutes import note_attendance
    from samsyn.domains.meetings.services.planning import plan_meeting

    actor = lomma.actor.viewer
    meeting = plan_meeting(
        actor=actor, body=lomma.bodies["samverkansgruppen"], day=dt.date(2026, 2, 2)
    )
    for seat in lomma.bodies["samverkansgruppen"].seats.all():
        note_attendance(actor=actor, meeting=meeting, seat=seat, is_present=True)
    item = add_item(actor=actor, meeting=meeting, title="Fokusområden")
    decision = put_decision(actor=actor, item=item, wording="Fokusområde: mopeder vid badplatsen.")
    decision = declare_outcome(actor=actor, decision=decision, yes=True)

    assert decision.outcome == "proposed"
    assert decision.why == "Gruppen lämnar förslaget. Trygghetsrådets styrgrupp beslutar."
    steering = plan_meeting(actor=actor, body=lomma.bodies["styrgruppen"], day=dt.date(2026, 3, 2))
    wanted = steering.items.get(kind="decision")
    assert wanted.proposal == "Fokusområde: mopeder vid badplatsen."


def test_a_new_item_goes_among_its_kind_until_somebody_moves_the_items(council):
    from samsyn.domains.meetings.services.agenda import add_item, move_item
    from samsyn.domains.meetings.services.planning import plan_meeting

    actor = council.cast.samordnaren.viewer
    meeting = plan_meeting(actor=actor, body=council.council, day=dt.date(2026, 3, 12))
    first = add_item(
        actor=actor, meeting=meeting, title="Belysning", proposal="Belysningen ses över."
    )
    kinds = [item.kind for item in meeting.items.order_by("order")]
    assert kinds.index("decision") < kinds.index("commitment")
    first.refresh_from_db()
    move_item(actor=actor, item=first, step=1)
    add_item(actor=actor, meeting=meeting, title="Kameror", proposal="Kameror prövas.")

    titles = [item.title for item in meeting.items.order_by("order")]
    assert titles[-2:] == ["Kameror", "Nästa möte och avslutning"]
