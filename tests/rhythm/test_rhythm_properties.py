"""What holds for every rhythm, calendar, agreement and day."""

import importlib.util
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from samsyn.rhythm import (
    Calendar,
    EveryMonths,
    EveryYears,
    EvidenceItem,
    Hardness,
    PerYear,
    StateName,
    Validity,
    Weekly,
    Wording,
    describe,
    next_due,
    occurrences,
    parse_rhythm,
    state,
)
from samsyn.rhythm.occurrences import pause_spans

_spec = importlib.util.spec_from_file_location(
    "strategies", Path(__file__).with_name("strategies.py")
)
strategies = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(strategies)

DAYS, RHYTHMS, EVIDENCE, EVIDENCE_LISTS = (
    strategies.DAYS,
    strategies.RHYTHMS,
    strategies.EVIDENCE,
    strategies.EVIDENCE_LISTS,
)
VALIDITIES, CALENDARS = strategies.validities(), strategies.calendars()
RANK = {
    StateName.LATE: 0,
    StateName.SOFT: 0,
    StateName.DUE: 1,
    StateName.UPCOMING: 2,
    StateName.NOT_APPLICABLE: 2,
    StateName.PAUSED: 2,
    StateName.DONE: 3,
}
often = settings(max_examples=150, deadline=None)


@often
@given(RHYTHMS)
def test_every_rhythm_survives_its_file_form(rhythm):
    assert parse_rhythm(rhythm.to_data()) == rhythm
    assert describe(rhythm)


@often
@given(RHYTHMS, CALENDARS, VALIDITIES, DAYS, st.integers(0, 900), EVIDENCE_LISTS)
@example(
    EveryYears(3), Calendar(), Validity(date(2019, 1, 1)), date(2027, 5, 1), 245,
    [EvidenceItem(on=date(2025, 1, 1)), EvidenceItem(on=date(2025, 1, 1))],
)  # fmt: skip
def test_occurrences_are_sorted_unique_and_inside(
    rhythm, calendar, validity, start, days, evidence
):
    end = start + timedelta(days=days)
    found = occurrences(rhythm, calendar, validity, start, end, evidence)
    assert found == sorted(found)
    assert len({each.key for each in found}) == len(found)
    for each in found:
        assert start <= each.due <= end
        assert validity.active_from <= each.due <= each.deadline
        assert validity.end is None or each.deadline <= validity.end
        assert each.opens <= each.due <= each.closes or isinstance(rhythm, EveryYears)
        assert each.window_start <= each.due


@often
@given(RHYTHMS, CALENDARS, VALIDITIES, DAYS, st.integers(0, 500), st.integers(0, 500))
@example(EveryMonths(22), Calendar(), Validity(date(2020, 1, 1)), date(2028, 7, 1), 183, 59)
@example(EveryMonths(36), Calendar(), Validity(date(2020, 1, 1)), date(2028, 12, 1), 0, 31)
@example(
    EveryMonths(23, by_day=15), Calendar(), Validity(date(2020, 1, 1)), date(2029, 1, 1), 20, 20
)
def test_a_longer_look_only_adds(rhythm, calendar, validity, start, one, two):
    middle, end = start + timedelta(one), start + timedelta(one + two)
    both = occurrences(rhythm, calendar, validity, start, middle) + occurrences(
        rhythm, calendar, validity, middle + timedelta(1), end
    )
    assert both == occurrences(rhythm, calendar, validity, start, end)


@often
@given(RHYTHMS, CALENDARS, VALIDITIES, EVIDENCE_LISTS, DAYS, st.sampled_from(Hardness))
def test_every_day_has_a_state_and_a_sentence(rhythm, calendar, validity, evidence, at, hardness):
    found = state(rhythm, calendar, validity, evidence, at, hardness, Wording.meeting("Rådet"))
    assert found.why.endswith(".")
    assert "  " not in found.why
    assert "None" not in found.why
    assert found.done_count <= max(found.expected_count, len(evidence))
    if at < validity.start:
        assert found.state is StateName.UPCOMING
    elif validity.end is not None and at > validity.end:
        assert found.state is StateName.NOT_APPLICABLE
        assert found.due is None
    elif at < validity.active_from:
        assert found.state is StateName.UPCOMING
    if found.state is StateName.LATE:
        assert hardness is Hardness.MUST
        assert found.due is not None
        assert validity.active_from <= found.due < at
    if found.state is StateName.DUE:
        assert found.due is not None
        assert found.due >= at


@settings(max_examples=400, deadline=None)
@given(RHYTHMS, CALENDARS, VALIDITIES, EVIDENCE_LISTS, EVIDENCE, DAYS, st.sampled_from(Hardness))
def test_more_evidence_never_makes_it_worse(
    rhythm, calendar, validity, evidence, more, at, hardness
):
    before = state(rhythm, calendar, validity, evidence, at, hardness)
    after = state(rhythm, calendar, validity, [*evidence, more], at, hardness)
    assert RANK[after.state] >= RANK[before.state]


@often
@given(RHYTHMS, CALENDARS, VALIDITIES, EVIDENCE_LISTS, DAYS)
def test_the_order_of_evidence_does_not_matter(rhythm, calendar, validity, evidence, at):
    forward = state(rhythm, calendar, validity, evidence, at)
    assert forward == state(rhythm, calendar, validity, evidence[::-1], at)


@often
@given(RHYTHMS, CALENDARS, VALIDITIES, EVIDENCE_LISTS, DAYS)
def test_what_is_next_is_not_yet_late(rhythm, calendar, validity, evidence, at):
    found = next_due(rhythm, calendar, validity, evidence, at)
    if found is not None:
        assert found.deadline >= at
        assert found.due >= validity.active_from


@settings(max_examples=40, deadline=None)
@given(st.builds(Weekly, strategies.PAUSES), CALENDARS, st.integers(2020, 2030))
def test_a_paused_week_is_no_occurrence(rhythm, calendar, year):
    validity = Validity(date(2018, 12, 31))
    found = occurrences(rhythm, calendar, validity, date(year, 1, 1), date(year, 12, 31))
    for each in found:
        weekdays = [each.window_start + timedelta(days=n) for n in range(5)]
        spans = pause_spans(calendar, rhythm.pauses, year)
        resting = [day for day in weekdays if any(day in span for span in spans)]
        assert len(resting) <= 2
        assert state(rhythm, calendar, validity, [], each.due).state is not StateName.PAUSED
    dues = {each.due for each in found}
    sunday = date(year, 1, 1) + timedelta(days=(6 - date(year, 1, 1).weekday()) % 7)
    while sunday.year == year:
        if sunday not in dues:
            assert state(rhythm, calendar, validity, [], sunday).state is StateName.PAUSED
        sunday += timedelta(days=7)


@often
@given(st.integers(1, 366), st.integers(2020, 2030))
def test_a_whole_year_has_its_number(times, year):
    validity = Validity(date(2019, 1, 1))
    found = occurrences(PerYear(times), Calendar(), validity, date(year, 1, 1), date(year, 12, 31))
    assert len(found) == times
    assert found[-1].due == date(year, 12, 31)


@often
@given(st.builds(PerYear, st.integers(1, 12)), VALIDITIES, DAYS)
def test_enough_evidence_makes_a_year_done(rhythm, validity, at):
    assume(validity.active_from <= at and (validity.end is None or at <= validity.end))
    year = date(at.year, 1, 1), date(at.year, 12, 31)
    assume(occurrences(rhythm, Calendar(), validity, *year))
    found = state(rhythm, Calendar(), validity, [EvidenceItem(at)] * rhythm.times, at)
    assert found.state is StateName.DONE


def test_a_hundred_agreements_a_whole_year_under_a_second():
    kinds = [
        {"per_year": 4},
        {"per_year": 6},
        {"every_months": 1, "by_day": 10},
        {"every_months": 2},
        {"weekly": {"pauses": ["summer"]}},
        {"per_term": 2, "places": ["A", "B"]},
        {"yearly_by": "12-31"},
        {"every_years": 2},
        {"every_years": 2, "by": "turn_of_year"},
        {"before": ["valborg", "last_school_day", "christmas_break"], "days": 14},
        "when_needed",
        "ongoing",
    ]
    rhythms = [parse_rhythm(kinds[n % len(kinds)]) for n in range(60)]
    calendar = Calendar()
    agreements = [Validity(date(2024, 1, 1) + timedelta(n), date(2027, 12, 31)) for n in range(100)]
    started = time.process_time()
    for validity in agreements:
        for rhythm in rhythms:
            occurrences(rhythm, calendar, validity, date(2026, 1, 1), date(2026, 12, 31))
    wheel = time.process_time() - started
    started = time.process_time()
    for rhythm in rhythms:
        state(rhythm, calendar, agreements[0], [], date(2026, 11, 20))
    one_status = time.process_time() - started
    print(f"wheel {wheel:.3f} s, status {one_status * 1000:.1f} ms")  # noqa: T201
    assert wheel < 1.0
    assert one_status < 0.05


@pytest.mark.parametrize("weekday", range(7))
def test_local_days_do_not_depend_on_the_hour(weekday):
    # Evidence is a local day: the night when the clocks change belongs to its own week.
    day = date(2026, 3, 23) + timedelta(days=weekday)
    found = state(Weekly(), Calendar(), Validity(date(2026, 3, 23)), [EvidenceItem(day)], day)
    assert found.state is StateName.DONE
