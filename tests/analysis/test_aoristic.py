"""Intervals spread over the clock, against Ratcliffe's shares and a minute-by-minute twin."""

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.analysis import AnalysisError, aoristic

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def shares(start, end, **options):
    result = np.asarray(aoristic([start], [end], **options))
    return {tuple(map(int, i)): round(float(result[tuple(i)]), 6) for i in np.argwhere(result > 0)}


MONDAY, TUESDAY, SUNDAY = 0, 1, 6


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (
            "2026-01-05T10:30",
            "2026-01-05T14:15",
            {(0, 10): 0.133333, (0, 11): 0.266667, (0, 12): 0.266667, (0, 13): 0.266667, (0, 14): 0.066667},
        ),
        (
            "2026-01-05T23:30",
            "2026-01-06T01:15",
            {(0, 23): 0.285714, (1, 0): 0.571429, (1, 1): 0.142857},
        ),
        (
            "2026-01-11T22:00",
            "2026-01-12T02:00",
            {(6, 22): 0.25, (6, 23): 0.25, (0, 0): 0.25, (0, 1): 0.25},
        ),
        ("2026-01-05T01:00", "2026-01-05T02:30", {(0, 1): 0.666667, (0, 2): 0.333333}),
        ("2026-01-05T01:50", "2026-01-05T02:10", {(0, 1): 0.5, (0, 2): 0.5}),
        ("2026-01-05T01:50", "2026-01-05T01:50", {(0, 1): 1.0}),
    ],
)  # fmt: skip
def test_shares_of_ratcliffes_program(start, end, expected):
    assert shares(start, end) == expected


def test_twenty_five_hours_touch_twenty_five_bins():
    assert set(shares("2026-01-05T10:00", "2026-01-06T11:00").values()) == {0.04}


def test_a_week_or_more_is_spread_evenly():
    result = aoristic(["2026-01-05T10:00"], ["2026-01-13T17:00"])
    assert np.allclose(result, 1 / 168)


def test_the_hour_skipped_in_spring_gets_nothing():
    assert shares("2026-03-29T01:30", "2026-03-29T03:30") == {(SUNDAY, 1): 0.5, (SUNDAY, 3): 0.5}


def test_the_hour_repeated_in_autumn_counts_double():
    assert shares("2026-10-25T01:00", "2026-10-25T04:00") == {
        (SUNDAY, 1): 0.25,
        (SUNDAY, 2): 0.5,
        (SUNDAY, 3): 0.25,
    }


def test_a_clock_that_never_changes_can_be_asked_for():
    assert shares("2026-03-29T01:30", "2026-03-29T03:30", tz=None) == {
        (SUNDAY, 1): 0.25,
        (SUNDAY, 2): 0.5,
        (SUNDAY, 3): 0.25,
    }


def test_days_of_unequal_length_by_date():
    result = aoristic(["2026-10-24T12:00"], ["2026-10-26T12:00"], by="date")
    assert np.allclose(result, [12 / 49, 25 / 49, 12 / 49])
    assert [str(d) for d in result.labels] == ["2026-10-24", "2026-10-25", "2026-10-26"]


def test_aware_times_are_turned_to_the_clock_of_the_place():
    start = pd.Series(pd.to_datetime(["2026-01-05T09:00"]).tz_localize("UTC"))
    end = pl.Series([dt.datetime(2026, 1, 5, 10, tzinfo=dt.UTC)])
    assert np.asarray(aoristic(start, end))[MONDAY, 10] == 1


def test_missing_and_backward_times_count_whole_and_are_told():
    result = aoristic(
        ["2026-01-05T01:50", "NaT", "2026-01-06T05:00"],
        ["NaT", "2026-01-05T03:10", "2026-01-06T04:00"],
    )
    assert result[MONDAY, 1] == result[MONDAY, 3] == result[TUESDAY, 5] == 1
    assert {w.code for w in result.warnings} >= {"one_time", "backwards"}
    assert "2 händelser har bara en tidpunkt" in " ".join(result.warnings)


def test_margins_agree_and_sum_to_the_events():
    rng = np.random.default_rng(1)
    start = np.datetime64("2024-01-01T00:00:00") + rng.integers(0, 7e7, 500).astype("m8[s]")
    end = start + rng.exponential(4e4, 500).astype("m8[s]")
    full = aoristic(start, end)
    assert full.shape == (7, 24)
    assert full.sum() == pytest.approx(500)
    assert np.allclose(full.sum(axis=0), aoristic(start, end, by="hour"))
    assert np.allclose(full.sum(axis=1), aoristic(start, end, by="weekday"))
    assert aoristic(start, end, by="date").sum() == pytest.approx(500)


def slow_aoristic(start, end):
    """One minute of elapsed time at a time."""
    matrix = np.zeros((7, 24))
    begin = start.replace(tzinfo=STOCKHOLM).astimezone(dt.UTC)
    stop = end.replace(tzinfo=STOCKHOLM).astimezone(dt.UTC)
    minutes = max(0, int((stop - begin).total_seconds()) // 60)
    for i in range(minutes) or [0]:
        local = (begin + dt.timedelta(minutes=i)).astimezone(STOCKHOLM)
        matrix[local.weekday(), local.hour] += 1 / max(minutes, 1)
    return matrix


around_changes = st.sampled_from(
    [dt.datetime(2026, 3, 28), dt.datetime(2026, 10, 24), dt.datetime(2026, 6, 1)]
)


@settings(max_examples=40, deadline=None)
@given(around_changes, st.integers(0, 3000), st.integers(0, 5000))
def test_equals_the_minute_by_minute_twin(day, first, length):
    start = day + dt.timedelta(minutes=first)
    end = start + dt.timedelta(minutes=length)
    assert np.allclose(aoristic([start], [end]), slow_aoristic(start, end), atol=1e-9)


def test_the_result_is_frozen_and_tells_its_origin():
    result = aoristic(["2026-01-05T01:50"], ["2026-01-05T02:10"])
    with pytest.raises(ValueError, match="read-only"):
        result[0, 0] = 1
    told = result.to_dict()
    assert told["parameters"] == {"by": "weekhour", "tz": "Europe/Stockholm"}
    assert told["input_hash"]
    assert "<table>" in result._repr_html_()


@pytest.mark.parametrize(
    ("start", "end", "options"),
    [
        ([], [], {}),
        (["2026-01-05"], ["2026-01-05", "2026-01-06"], {}),
        (["NaT"], ["NaT"], {}),
        (["2026-01-05"], ["2026-01-06"], {"by": "minute"}),
        (["2026-01-05"], ["2026-01-06"], {"tz": "Europa/Stad"}),
        ([1, 2], [3, 4], {}),
    ],
)
def test_refused(start, end, options):
    with pytest.raises(AnalysisError):
        aoristic(start, end, **options)
