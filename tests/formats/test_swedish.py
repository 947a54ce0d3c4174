"""Numbers, dates and shares as a Swedish text writes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from samsyn.formats import swedish

DAY = dt.date(2026, 5, 14)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (1234, 0, "1\xa0234"),
        (-1234567.5, 0, "−1\xa0234\xa0568"),
        (2.5, 0, "3"),
        (0.05, 1, "0,1"),
        (-0.04, 1, "0,0"),
        (Decimal("3.45"), 1, "3,5"),
    ],
)
def test_numbers(value, decimals, text):
    assert swedish.number(value, decimals) == text


def test_changes_carry_their_sign_except_nothing():
    assert [swedish.signed(v) for v in (3, -2, 0, 0.2)] == ["+3", "−2", "0", "0"]


def test_dates_and_times():
    assert swedish.date(DAY) == "14\xa0maj 2026"
    assert swedish.date(DAY, weekday=True) == "torsdag 14\xa0maj 2026"
    assert swedish.clock(dt.time(7, 5)) == "07.05"
    assert swedish.moment(dt.datetime(2026, 5, 14, 22, 30)) == "14\xa0maj 2026 kl.\xa022.30"


def test_the_last_days_of_a_year_may_belong_to_week_one():
    assert swedish.week(dt.date(2024, 12, 30), year=True) == "vecka\xa01, 2025"
    assert swedish.week(20) == "vecka\xa020"


@pytest.mark.parametrize(
    ("part", "whole", "text", "cell"),
    [
        (3, 19, "3 av 19", "3 av 19"),
        (12, 100, "12\xa0procent", "12\xa0%"),
        (5, 20, "25\xa0procent", "25\xa0%"),
        (0, 0, "–", "–"),
    ],
)
def test_no_percentage_on_fewer_than_twenty(part, whole, text, cell):
    assert swedish.share(part, whole) == text
    assert swedish.share(part, whole, table=True) == cell


@pytest.mark.parametrize(
    ("last", "text"),
    [
        (dt.date(2026, 5, 14), "14\xa0maj 2026"),
        (dt.date(2026, 5, 17), "14–17\xa0maj 2026"),
        (dt.date(2026, 6, 1), "14\xa0maj–1\xa0juni 2026"),
        (dt.date(2027, 1, 1), "14\xa0maj 2026–1\xa0januari 2027"),
    ],
)
def test_a_period_says_nothing_twice(last, text):
    assert swedish.span(DAY, last) == text
