"""Functions are held, stood in for, and handed over with everything open."""

from __future__ import annotations

import datetime as dt

import pytest

from samsyn.base.access import SYSTEM
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.orgs.models import Role
from samsyn.domains.agreements.file import shipped_agreements
from samsyn.domains.agreements.models import Body
from samsyn.domains.agreements.selectors.bodies import bodies_of
from samsyn.domains.agreements.services.bodies import (
    close_ended_bodies,
    note_mandate,
    propose_group,
    start_body,
)
from samsyn.domains.agreements.services.holders import appoint_holder, end_holder, hand_over
from samsyn.domains.agreements.services.loading import load_agreement
from tests.cast import add_actor

DAY = dt.date(2026, 3, 1)


@pytest.fixture
def lulea(cast, loaded):
    return loaded("lulea-2020")


def seats_of(agreement, body, on):
    (found,) = [one for one in bodies_of([agreement], on, viewer=SYSTEM) if one.body.ref == body]
    return {seat.seat.ref: seat for seat in found.seats}


@pytest.mark.clause("L06", "U08")
def test_an_empty_seat_is_seen_and_one_who_holds_the_function_fills_its_every_seat(cast, lulea):
    assert seats_of(lulea, "beredningsgruppen", DAY)["kommunpolisen"].vacant

    appoint_holder(
        actor=cast.samordnaren.viewer,
        function=lulea.functions.get(ref="kommunpolis"),
        user=cast.kommunpolisen.user,
        since=DAY,
    )

    assert not seats_of(lulea, "beredningsgruppen", DAY)["kommunpolisen"].vacant
    assert seats_of(lulea, "beredningsgruppen", DAY - dt.timedelta(days=1))["kommunpolisen"].vacant


@pytest.mark.clause("L06")
def test_a_function_passes_to_another_with_all_its_seats_and_a_trace(cast, town, lulea):
    function = lulea.functions.get(ref="kommunpolis")
    successor = add_actor("Nya kommunpolisen", town.police, Role.KOMMUNPOLIS)
    first = appoint_holder(
        actor=SYSTEM, function=function, user=cast.kommunpolisen.user, since=dt.date(2025, 1, 1)
    )

    with pytest.raises(UserError):
        appoint_holder(actor=SYSTEM, function=function, user=successor.user, since=DAY)
    (passed,) = hand_over(
        actor=cast.samordnaren.viewer, function=function, to=successor.user, on=DAY
    )

    first.refresh_from_db()
    assert first.until == DAY - dt.timedelta(days=1)
    assert passed.took_over_from == first
    seat = seats_of(lulea, "beredningsgruppen", DAY)["kommunpolisen"]
    assert [one.user for one in seat.holders] == [successor.user]


def test_ending_a_holding_leaves_the_seat_vacant_from_the_next_day(cast, lulea):
    function = lulea.functions.get(ref="samordnare")
    holder = appoint_holder(
        actor=SYSTEM, function=function, user=cast.samordnaren.user, since=dt.date(2025, 1, 1)
    )
    end_holder(actor=cast.samordnaren.viewer, holder=holder, last_day=DAY)

    assert not seats_of(lulea, "beredningsgruppen", DAY)["samordnaren"].vacant
    assert seats_of(lulea, "beredningsgruppen", DAY + dt.timedelta(days=1))["samordnaren"].vacant


def test_a_stranger_is_not_appointed_and_appoints_nobody(cast, lulea):
    function = lulea.functions.get(ref="samordnare")

    with pytest.raises(UserError):
        appoint_holder(actor=SYSTEM, function=function, user=cast.framlingen.user, since=DAY)
    with pytest.raises(NotAllowed):
        appoint_holder(
            actor=cast.framlingen.viewer, function=function, user=cast.samordnaren.user, since=DAY
        )


@pytest.mark.clause("U09")
def test_a_working_group_starts_only_with_mandate_and_written_assignment_and_closes_by_itself(
    cast, lulea
):
    template = lulea.bodies.get(ref="arbetsgrupper")
    actor = cast.samordnaren.viewer
    group = propose_group(
        actor=actor, template=template, name="Trygg sommar", ends_on=dt.date(2026, 5, 1)
    )

    with pytest.raises(UserError, match="mandat"):
        start_body(actor=actor, body=group, on=DAY)
    note_mandate(
        actor=actor,
        body=group,
        mandate_on=DAY,
        mandate_note="Styrgruppen § 3",
        assignment_on=DAY,
        assignment_text="Ta fram aktiviteter för sommaren.",
    )
    start_body(actor=actor, body=group, on=DAY)
    assert group.state == Body.State.ACTIVE

    close_ended_bodies()
    close_ended_bodies()
    group.refresh_from_db()
    assert group.state == Body.State.CLOSED
    assert group.closed_on == dt.date(2026, 5, 1)


def council_of(text):
    laholm = load_agreement(actor=SYSTEM, text=text).agreement
    found = bodies_of([laholm], DAY, viewer=SYSTEM)
    return next(one for one in found if one.body.ref == "strategiska-radet")


@pytest.mark.clause("H02", "L06")
def test_a_party_that_no_leading_function_represents_in_the_council_is_flagged(db):
    text = shipped_agreements()["laholm-2024"].read_text(encoding="utf-8")
    led = "any_of: [lokalpolisomradeschef, bitradande-lokalpolisomradeschef]"

    assert council_of(text).without_leader == []
    unled = council_of(text.replace(led, "any_of: [kommunpolis]"))

    assert {seat.seat.party.ref for seat in unled.without_leader} == {"polisen"}
