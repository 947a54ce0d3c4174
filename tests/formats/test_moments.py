"""Dates and times as Swedish files write them."""

from datetime import date, datetime

import pytest

from samsyn.formats.moments import (
    guess_date_format,
    month_from_name,
    parse_clock,
    parse_date,
    parse_moment,
    to_local,
)


@pytest.mark.parametrize(
    ("text", "date_format", "expected"),
    [
        ("5/13/26", None, date(2026, 5, 13)), ("13/5/2026", "d/m/y", date(2026, 5, 13)), ("13/5/2026", None, None),
        ("2026-05-13", None, date(2026, 5, 13)), ("2026-05-13 00:00:00", "m/d/y", date(2026, 5, 13)),
        ("20260513", None, date(2026, 5, 13)), ("13.5.2026", None, date(2026, 5, 13)), ("46155", None, date(2026, 5, 13)),
        ("46155.5", None, date(2026, 5, 13)), ("13 maj 2026", None, date(2026, 5, 13)), ("2026-02-30", None, None),
        ("1026-02-03", None, None), ("99999", None, None), ("", None, None), ("٢٠٢٦-٠٥-١٣", None, None),
    ],
)  # fmt: skip
def test_dates(text, date_format, expected):
    assert parse_date(text, date_format) == expected


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("5", 5), ("0005", 5), ("530", 330), ("2200", 1320), ("5.0", 5), ("22.30", 1350), ("22:30:15", 1350),
        ("1899-12-31 00:05:00", 5), ("0.9375", 1350), ("2400", 1440), ("24:00", 1440), ("kl 22.30", 1350),
        ("2500", None), ("1299", None), ("-5", None), ("natt", None), ("", None), ("24:01", None),
    ],
)  # fmt: skip
def test_clocks(text, minutes):
    assert parse_clock(text) == minutes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05-12 22:00:00", (date(2026, 5, 12), 1320)), ("2026-05-12T22:00", (date(2026, 5, 12), 1320)),
        ("5/12/26 22:00", (date(2026, 5, 12), 1320)), ("46154.5", (date(2026, 5, 12), 720)),
        ("12 maj 2026 kl 22.30", (date(2026, 5, 12), 1350)), ("12 maj 2026", (date(2026, 5, 12), None)),
        ("2026-05-12", (date(2026, 5, 12), None)), ("i går", None),
    ],
)  # fmt: skip
def test_moments(text, expected):
    assert parse_moment(text) == expected


def test_slashes_are_settled_by_a_day_over_twelve():
    assert guess_date_format(["5/1/26", "5/13/26"]) == "m/d/y"
    assert guess_date_format(["1/5/26", "13/5/26"]) == "d/m/y"
    assert guess_date_format(["2026-05-01", ""]) == "iso"
    assert guess_date_format(["Storgatan", "x"]) is None


def test_months_by_name():
    assert [month_from_name(t) for t in ("Jan", "januari", "sept", "Okt.", "ju", "abc")] == [
        1,
        1,
        9,
        10,
        None,
        None,
    ]


def test_the_hour_that_spring_skips_is_moved_forward():
    assert to_local(datetime(2026, 3, 29, 2, 30)).isoformat() == "2026-03-29T03:30:00+02:00"
    assert to_local(datetime(2026, 10, 25, 2, 30)).isoformat() == "2026-10-25T02:30:00+02:00"
