"""The pure rules: quorum by party, days to meet on, who may approve, what decides."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.domains.meetings.rules.decisions import (
    BodyRule,
    OutcomeKind,
    PartyStand,
    StandKind,
    listed,
    outcome_of,
)
from samsyn.domains.meetings.rules.planning import extended_numbers, meeting_day
from samsyn.domains.meetings.rules.quorum import SeatPresence, quorum_of
from samsyn.domains.meetings.rules.stages import Form, Stage, approval_missing, form_of, may_go

STANDS = [None, *StandKind]


@pytest.mark.clause("L06")
def test_consensus_in_every_constellation_of_three_parties():
    for said in product(STANDS, repeat=3):
        for present in product([True, False], repeat=3):
            parties = [PartyStand(f"Part {n}", present[n], said[n], "skäl") for n in range(3)]
            kind = outcome_of(BodyRule.CONSENSUS, parties).kind
            if StandKind.OBJECTS in said:
                assert kind is OutcomeKind.BLOCKED
            elif any(present[n] and said[n] is None for n in range(3)):
                assert kind is OutcomeKind.AWAITS_STANDS
            elif None in said:
                assert kind is OutcomeKind.AWAITS_CONSENT
            else:
                agreed = StandKind.AGREES in said
                assert kind is (OutcomeKind.TAKEN if agreed else OutcomeKind.REJECTED)


def test_a_body_that_decides_needs_every_party_and_notes_reservations():
    here = PartyStand("Kommunen", True)
    gone = PartyStand("Polisen", False)
    against = PartyStand("Polisen", True, StandKind.OBJECTS)
    assert (
        outcome_of(BodyRule.DECIDES, [here, gone], declared=True).kind is OutcomeKind.AWAITS_STANDS
    )
    outcome = outcome_of(BodyRule.DECIDES, [here, against], declared=True)
    assert (outcome.kind, outcome.why) == (
        OutcomeKind.TAKEN,
        "Gruppen har sagt ja. Polisen reserverar sig.",
    )


@pytest.mark.clause("L07", "U08")
@pytest.mark.parametrize("rule", [BodyRule.PROPOSES, BodyRule.PREPARES, BodyRule.INFORMS])
def test_a_body_that_proposes_never_decides(rule):
    kinds = {
        outcome_of(rule, [], declared=yes, deciding_body="Rådet").kind
        for yes in (None, True, False)
    }
    assert OutcomeKind.TAKEN not in kinds


def test_names_are_listed_as_one_speaks():
    assert listed(["Kommunen"]) == "Kommunen"
    assert (
        listed(["Kommunen", "Polisen", "Kriminalvården"]) == "Kommunen, Polisen och Kriminalvården"
    )


@pytest.mark.clause("K06")
def test_quorum_is_counted_by_party_and_by_seats_that_must_be_filled():
    seats = [
        SeatPresence("Kommunen", "Ledningsgrupp", True),
        SeatPresence("Kommunen", "Säkerhetschef", False),
        SeatPresence("Polisen", "Kommunpolis", False, is_required=True),
        SeatPresence("Polisen", "Lokal polis", True, is_at_need=True),
    ]
    quorum = quorum_of(seats)
    assert [(one.party, one.present, one.asked) for one in quorum.parties] == [
        ("Kommunen", 1, 2),
        ("Polisen", 1, 2),
    ]
    assert not quorum.is_met
    assert quorum.words == "Kommunpolis ska vara med enligt avtalet."


@given(
    first=st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1)),
    length=st.integers(0, 120),
    holidays=st.sets(st.integers(0, 120), max_size=30),
)
def test_the_day_of_a_meeting_is_within_its_period_and_free_where_any_is(first, length, holidays):
    last = first + dt.timedelta(days=length)
    closed = {first + dt.timedelta(days=n) for n in holidays}
    day = meeting_day(first, last, is_holiday=closed.__contains__)
    free = [
        one
        for n in range(length + 1)
        if (one := first + dt.timedelta(days=n)).weekday() < 5 and one not in closed
    ]
    assert first <= day <= last
    assert not free or day in free


@pytest.mark.clause("L06")
@pytest.mark.parametrize(
    ("meetings", "extended", "expected"),
    [(4, 2, {2, 4}), (4, 0, set()), (6, 3, {2, 4, 6}), (2, 5, {1, 2})],
)
def test_extended_meetings_are_spread_over_the_year(meetings, extended, expected):
    assert extended_numbers(meetings, extended) == expected


@pytest.mark.parametrize(
    ("secretary", "chair", "adjuster", "whole"),
    [
        (1, 2, 3, True),
        (1, 1, 3, True),
        (1, 2, 1, False),
        (1, 2, 2, False),
        (1, 2, None, False),
        (1, None, 3, False),
    ],
)
def test_chair_and_adjuster_approve_and_never_the_secretary_alone(
    secretary, chair, adjuster, whole
):
    missing = approval_missing(secretary=secretary, chair=chair, adjuster=adjuster)
    assert (missing == "") is whole


def test_no_stage_is_skipped_after_the_meeting():
    assert may_go(Stage.PLANNED, Stage.HELD)
    assert not may_go(Stage.HELD, Stage.APPROVED)
    assert not any(may_go(Stage.APPROVED, stage) for stage in Stage)


@pytest.mark.clause("K08", "K18")
def test_how_much_is_kept_follows_from_the_body():
    assert form_of(keeps="trace", role="forum") is Form.TRACE
    assert form_of(keeps="", role="weekly") is Form.LIGHT
    assert form_of(keeps="", role="forum", evidence=["meeting_held"]) is Form.LIGHT
    assert form_of(keeps="", role="strategic_council", evidence=["meeting_minuted"]) is Form.FULL
