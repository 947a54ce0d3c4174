"""The pure decisions: chips, buttons, silence, look-alikes."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.base.clock import SWEDEN
from samsyn.domains.reports.rules import (
    Sighting,
    Silence,
    buttons_for,
    look_alikes,
    not_ahead,
    silent_weeks,
    span_of_chip,
    tells_of_the_same,
)
from samsyn.domains.reports.selectors.categories import button_name, default_categories


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=SWEDEN)


@pytest.mark.parametrize(
    ("chip", "now", "start", "end"),
    [
        ("nu", "2026-05-14T10:15", "2026-05-14T10:15", "2026-05-14T10:15"),
        ("i-natt", "2026-05-14T10:15", "2026-05-13T22:00", "2026-05-14T06:00"),
        ("i-natt", "2026-05-14T02:15", "2026-05-13T22:00", "2026-05-14T02:15"),
        ("i-natt", "2026-05-14T23:15", "2026-05-14T22:00", "2026-05-14T23:15"),
        ("i-gar-kvall", "2026-05-14T10:15", "2026-05-13T18:00", "2026-05-14T00:00"),
        ("i-kvall", "2026-05-14T10:15", "2026-05-14T18:00", "2026-05-15T00:00"),
        ("i-kvall", "2026-05-14T20:00", "2026-05-14T20:00", "2026-05-15T00:00"),
        ("i-morgon", "2026-05-14T10:15", "2026-05-15T18:00", "2026-05-16T00:00"),
        # The night when the clocks go forward: 22 to 6 is seven hours.
        ("i-natt", "2026-03-29T12:00", "2026-03-28T22:00", "2026-03-29T06:00"),
    ],
)
def test_a_chip_means_a_span_of_time(chip, now, start, end):
    assert span_of_chip(chip, at(now)) == (at(start), at(end))


def test_an_unknown_chip_means_nothing():
    assert span_of_chip("igår", at("2026-05-14T10:15")) is None


def test_a_fast_clock_on_the_phone_is_set_right():
    now = at("2026-05-14T10:00")
    ahead = now + dt.timedelta(minutes=30)
    assert not_ahead(ahead, ahead, now) == (now, now)
    assert not_ahead(now - dt.timedelta(hours=1), now, now) == (now - dt.timedelta(hours=1), now)


@pytest.mark.parametrize(
    "kind",
    ["school", "youth", "housing", "company", "municipality", "police_area", "other", "rescue"],
)
def test_every_kind_of_organisation_has_twelve_buttons_and_nothing_twice(kind):
    buttons = buttons_for(default_categories(), kind)
    keys = [one.key for one in (*buttons.first, *buttons.own, *buttons.more)]
    assert len(buttons.first) == 12
    assert [one.key for one in buttons.own] == ["EVENT", "OTRYG"]
    assert sorted(keys) == sorted(one.key for one in default_categories() if one.key != "NOLL")
    assert all(len(button_name(one)) <= 20 for one in buttons.first)


@pytest.mark.parametrize(
    ("reported", "weeks"),
    [
        ("xxxxxxxx--", 2),
        ("xxxxxxxx---", 3),
        ("xxxxxxxx-", 0),
        ("xxxxxxxxx", 0),
        ("x-x-x-x---", 0),
        ("xx-xxx-x--", 2),
        ("----------", 0),
        ("xxxxx--", 0),
        ("", 0),
    ],
)
def test_silent_is_who_usually_reports_and_has_not(reported, weeks):
    assert silent_weeks([one == "x" for one in reported]) == weeks


@given(st.lists(st.booleans(), max_size=40))
def test_silence_is_never_longer_than_the_run_without_reports(reported):
    weeks = silent_weeks(reported)
    assert weeks == 0 or not any(reported[-weeks:])


def test_silence_is_not_called_calm():
    assert Silence("Björkskolan", 3).sentence == (
        "Björkskolan brukar rapportera varje vecka men har inte gjort det på tre veckor. "
        "Det är tyst, vi vet inte om det är lugnt."
    )


def seen(
    key="a",
    category="TRAF",
    start="2026-05-14T22:00",
    minutes=0,
    place=None,
    longitude=22.15,
    latitude=65.58,
):
    begins = at(start)
    return Sighting(
        key, category, begins, begins + dt.timedelta(minutes=minutes), place, longitude, latitude
    )


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (seen("b"), True),
        (seen("b", start="2026-05-14T23:59"), True),
        (seen("b", start="2026-05-15T00:01"), False),
        (seen("b", category="KLOT"), False),
        (seen("b", latitude=65.5813), True),  # 145 metres north
        (seen("b", latitude=65.5814), False),  # 156 metres north
        (seen("b", longitude=None, latitude=None), False),
        (seen("a"), False),
    ],
)
def test_two_tell_of_the_same_by_category_time_and_place(other, same):
    assert tells_of_the_same(seen(), other) is same
    assert tells_of_the_same(other, seen()) is same


def test_the_same_named_place_needs_no_point():
    one = seen("a", place=7, longitude=None, latitude=None)
    assert tells_of_the_same(one, seen("b", place=7, longitude=None, latitude=None))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["TRAF", "KLOT"]),
            st.integers(0, 600),
            st.integers(0, 300),
            st.integers(0, 3),
        ),
        max_size=25,
    )
)
def test_the_sorted_search_finds_what_comparing_all_finds(rows):
    base = at("2026-05-14T00:00")
    sightings = [
        Sighting(
            str(index),
            category,
            base + dt.timedelta(minutes=start),
            base + dt.timedelta(minutes=start + length),
            place,
            None,
            None,
        )
        for index, (category, start, length, place) in enumerate(rows)
    ]
    found = {frozenset((one.key, other.key)) for one, other in look_alikes(sightings)}
    every = {
        frozenset((one.key, other.key))
        for one in sightings
        for other in sightings
        if tells_of_the_same(one, other)
    }
    assert found == every
