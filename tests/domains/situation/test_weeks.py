"""Weeks are ISO weeks in Swedish time."""

import datetime as dt

import pytest

from samsyn.base.errors import UserError
from samsyn.domains.situation.weeks import Week


def test_a_week_that_does_not_exist_is_refused_in_words():
    with pytest.raises(UserError, match="Vecka 53 finns inte år 2024"):
        Week.parse("2024-W53")


def test_the_long_years_have_week_53():
    assert Week.parse("2026-W53").monday == dt.date(2026, 12, 28)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-20", "vecka 20", "2026-W0", "2026-W99", "0000-W01", "2026-W²"]
)
def test_what_is_no_week_is_refused(text):
    with pytest.raises(UserError):
        Week.parse(text)


def test_a_week_over_new_year_touches_two_months():
    assert Week(2026, 1).months == ((2025, 12), (2026, 1))
    assert Week(2026, 20).months == ((2026, 5),)


def test_the_week_when_the_clocks_change_is_an_hour_longer_or_shorter():
    hours = {
        week: (Week(2026, week).ends.timestamp() - Week(2026, week).starts.timestamp()) / 3600
        for week in (13, 20, 43)
    }
    assert hours == {13: 167, 20: 168, 43: 169}


def test_the_weeks_before_pass_the_turn_of_the_year():
    assert [str(week) for week in Week(2026, 2).before(3)] == ["2025-W51", "2025-W52", "2026-W01"]
