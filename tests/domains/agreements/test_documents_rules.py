"""What makes a version valid, tried in every order: the steps are never skipped, and no party is forgotten."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.domains.agreements.documents.rules import (
    STEPS,
    WAY_TO_VALID,
    Deed,
    Mark,
    Requirement,
    SkipsStep,
    State,
    Way,
    after,
    doubts_about,
    is_retroactive,
    may_come_with_agreement,
    missing,
    required_by,
    settled,
)
from samsyn.domains.agreements.file.schema import PartialDate

PARTIES = ["kommunen", "polisen", "kriminalvarden"]
CONTENT, OTHER = "a" * 64, "b" * 64
TODAY = dt.date(2026, 11, 20)

marks = st.builds(
    Mark,
    party=st.sampled_from([*PARTIES, "främmande"]),
    function=st.sampled_from(["Chef", "chef ", "Ordförande", "Direktör"]),
    way=st.sampled_from(Way),
    checksum=st.sampled_from([CONTENT, OTHER]),
)
requirements = st.builds(
    Requirement,
    parties=st.dictionaries(st.sampled_from(PARTIES), st.integers(1, 3)),
    approval_is_enough=st.booleans(),
)


@pytest.mark.clause("L12")
@given(st.lists(st.sampled_from(Deed), max_size=12))
def test_whatever_is_tried_a_version_walks_one_step_at_a_time(deeds):
    state, way = State.DRAFT, [State.DRAFT]
    for deed in deeds:
        try:
            state = after(state, deed)
        except SkipsStep:
            continue
        way.append(state)
    if State.VALID in way and Deed.ACCEPT_WITH_AGREEMENT not in deeds:
        until = way[: way.index(State.VALID) + 1]
        assert tuple(until) == WAY_TO_VALID
    assert len(set(way)) == len(way), "no state is come back to"


@pytest.mark.clause("L12")
def test_nothing_leads_away_from_what_is_replaced_or_withdrawn():
    assert not [step for step in STEPS if step[0] in (State.REPLACED, State.WITHDRAWN)]


@pytest.mark.clause("L12")
@given(requirements, st.lists(marks, max_size=12), st.sampled_from(State))
def test_never_signed_while_someone_is_missing(requirement, given_marks, state):
    now = settled(state, requirement, given_marks, CONTENT, valid_from=TODAY, today=TODAY)
    left = missing(requirement, given_marks, CONTENT)
    if state == State.DECIDED:
        assert now == (State.DECIDED if left else State.VALID)
    elif state == State.SIGNED:
        assert now == State.VALID
    else:
        assert now == state


@pytest.mark.clause("L12", "U15")
@given(requirements, st.lists(marks, max_size=12))
def test_missing_counts_functions_of_the_party_for_this_very_content(requirement, given_marks):
    left = missing(requirement, given_marks, CONTENT)
    for party, wanted in requirement.parties.items():
        functions = {
            mark.function.strip().lower()
            for mark in given_marks
            if mark.party == party
            and mark.checksum == CONTENT
            and (mark.way == Way.SIGNED or requirement.approval_is_enough)
        }
        assert left.get(party, 0) == max(0, wanted - len(functions))


@given(requirements, st.lists(marks, max_size=8), marks)
def test_one_more_mark_never_makes_more_missing(requirement, given_marks, more):
    before = missing(requirement, given_marks, CONTENT)
    now = missing(requirement, [*given_marks, more], CONTENT)
    assert sum(now.values()) <= sum(before.values()) <= sum(now.values()) + 1


@given(requirements, st.lists(marks, max_size=8))
def test_a_signature_of_other_content_counts_for_nothing(requirement, given_marks):
    others = [Mark(one.party, one.function, one.way, OTHER) for one in given_marks]
    assert missing(requirement, others, CONTENT) == dict(requirement.parties)


@pytest.mark.clause("L12")
def test_an_approval_is_no_signature_unless_the_agreement_says_that_it_is_enough():
    approved = [Mark(party, "Chef", Way.APPROVED, CONTENT) for party in PARTIES]
    assert missing(required_by("all_sign", parties=PARTIES), approved, CONTENT) == dict.fromkeys(
        PARTIES, 1
    )
    assert missing(required_by("approval", parties=PARTIES), approved, CONTENT) == {}


@pytest.mark.clause("U15")
def test_two_signatories_of_one_party_are_two_functions():
    needs = required_by("some_sign", parties=PARTIES, named=["kommunen"], per_party=2)
    once = Mark("kommunen", "Kommunalråd", Way.SIGNED, CONTENT)
    assert missing(needs, [once, once], CONTENT) == {"kommunen": 1}
    both = [once, Mark("kommunen", "Kommundirektör", Way.SIGNED, CONTENT)]
    assert missing(needs, both, CONTENT) == {}


def test_a_signed_version_waits_for_its_first_day():
    ahead = TODAY + dt.timedelta(days=42)
    needs = Requirement()
    assert settled(State.DECIDED, needs, [], CONTENT, valid_from=ahead, today=TODAY) == State.SIGNED
    assert settled(State.SIGNED, needs, [], CONTENT, valid_from=ahead, today=ahead) == State.VALID


def test_only_the_first_version_comes_with_the_agreement():
    assert may_come_with_agreement(said_by_agreement=True, earlier_versions=0)
    assert not may_come_with_agreement(said_by_agreement=True, earlier_versions=1)
    assert not may_come_with_agreement(said_by_agreement=False, earlier_versions=0)


@pytest.mark.clause("L13", "U15", "H14", "K29")
@pytest.mark.parametrize(
    ("signed", "valid_from", "doubts", "retroactive"),
    [
        ("2023-01-12", dt.date(2024, 1, 1), ["long_before"], False),  # Laholm
        ("2020", dt.date(2020, 1, 1), ["imprecise"], False),  # Luleå
        ("2024-09-11", dt.date(2024, 1, 1), [], True),  # Hallsberg
        ("2024-03-04", dt.date(2023, 1, 1), [], True),  # Lomma
        ("2026-11-20", dt.date(2026, 11, 20), [], False),
        ("2027-01", dt.date(2027, 1, 1), ["imprecise", "future"], False),
    ],
)
def test_odd_dates_are_flagged_and_late_ones_are_told(signed, valid_from, doubts, retroactive):
    date = PartialDate(signed)
    assert doubts_about(date, today=TODAY, valid_from=valid_from) == doubts
    assert is_retroactive(date, valid_from) is retroactive


def test_a_month_is_not_before_a_decision_within_it():
    decided = dt.date(2026, 5, 14)
    assert doubts_about(PartialDate("2026-05"), today=TODAY, decided=decided) == ["imprecise"]
    assert "before_decision" in doubts_about(PartialDate("2026-04"), today=TODAY, decided=decided)
