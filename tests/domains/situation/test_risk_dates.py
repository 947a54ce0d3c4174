"""Days that many municipalities prepare for."""

import datetime as dt

import pytest

from samsyn.domains.situation.risk_dates import risk_dates
from samsyn.rhythm import Calendar, MovingDay

YEAR_2026 = {
    "easter": (dt.date(2026, 4, 2), dt.date(2026, 4, 2)),
    "valborg": (dt.date(2026, 4, 30), dt.date(2026, 4, 30)),
    "midsummer": (dt.date(2026, 6, 19), dt.date(2026, 6, 20)),
    "halloween": (dt.date(2026, 10, 31), dt.date(2026, 10, 31)),
    "lucia": (dt.date(2026, 12, 12), dt.date(2026, 12, 13)),
    "new_year": (dt.date(2026, 12, 31), dt.date(2026, 12, 31)),
}


@pytest.mark.parametrize("key", YEAR_2026)
def test_the_days_of_2026(key):
    found = {
        one.key: one for one in risk_dates(Calendar(), dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    }
    assert (found[key].first, found[key].last) == YEAR_2026[key]


def test_the_municipalitys_own_school_days_are_used():
    calendar = Calendar(
        days=(
            (MovingDay.SCHOOL_START, dt.date(2026, 8, 19)),
            (MovingDay.LAST_SCHOOL_DAY, dt.date(2026, 6, 10)),
        )
    )
    found = {
        one.key: one for one in risk_dates(calendar, dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    }
    assert found["school_starts"].first == dt.date(2026, 8, 19)
    assert found["school_ends"].first == dt.date(2026, 6, 10)
    assert (found["graduation"].first, found["graduation"].last) == (
        dt.date(2026, 6, 1),
        dt.date(2026, 6, 10),
    )


def test_only_what_touches_the_days_is_given_over_the_turn_of_the_year():
    found = risk_dates(Calendar(), dt.date(2026, 12, 28), dt.date(2027, 1, 10))
    assert [one.key for one in found] == ["new_year"]
    assert risk_dates(Calendar(), dt.date(2026, 6, 20), dt.date(2026, 6, 20))[0].key == "midsummer"
