"""Whatever stands in a file, the answer is a rhythm or a plain message."""

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.rhythm import Calendar, RhythmError, parse_rhythm
from samsyn.rhythm.parsing import READERS, WORDS

KEYS = st.sampled_from(
    [*READERS, *WORDS, "pauses", "by_day", "places", "by", "first", "days", "also"]
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.dates(),
    st.sampled_from(["12-31", "summer", "valborg", "turn_of_year", "2027-12-31", "when_needed"]),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.integers(), inner, max_size=3)
    ),
)


@settings(max_examples=600, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=3) | VALUES)
def test_a_rhythm_or_a_message(data):
    with contextlib.suppress(RhythmError):
        rhythm = parse_rhythm(data)
        assert parse_rhythm(rhythm.to_data()) == rhythm


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(["breaks", "days", "timezone"]), VALUES, max_size=3))
def test_a_calendar_or_a_message(data):
    with contextlib.suppress(RhythmError):
        Calendar.from_data(data)
