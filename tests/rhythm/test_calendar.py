"""The municipality's year: what it has decided goes first, the rest is computed."""

from datetime import UTC, date, datetime

import pytest

from samsyn.rhythm import Calendar, MovingDay, Pause, RhythmError, Span

PLAIN = Calendar()


def test_moved_holidays():
    assert PLAIN.day(MovingDay.EASTER, 2024) == date(2024, 3, 31)
    assert PLAIN.day(MovingDay.EASTER, 2025) == date(2025, 4, 20)
    assert PLAIN.day(MovingDay.MIDSUMMER, 2024) == date(2024, 6, 21)
    assert PLAIN.day(MovingDay.MIDSUMMER, 2026) == date(2026, 6, 19)
    assert PLAIN.is_public_holiday(date(2026, 6, 6))
    assert not PLAIN.is_public_holiday(date(2026, 6, 5))


@pytest.mark.parametrize("year", range(2020, 2040))
def test_the_school_year_hangs_together(year):
    spring, autumn = PLAIN.term(year, autumn=False), PLAIN.term(year, autumn=True)
    summer = PLAIN.school_break(Pause.SUMMER, year)
    assert spring.start < spring.end < summer.start <= summer.end < autumn.start < autumn.end
    assert (summer.start - spring.end).days == 1
    assert (autumn.start - summer.end).days == 1
    assert PLAIN.school_break(Pause.CHRISTMAS, year).end.year == year + 1


def test_what_the_municipality_decided_goes_first():
    given = Calendar.from_data(
        {
            "breaks": [
                {"kind": "summer", "start": "2026-06-10", "end": date(2026, 8, 12)},
                {"kind": "christmas", "start": "2026-12-19", "end": "2027-01-10"},
            ],
            "days": [{"day": "last_school_day", "date": "2025-06-05"}],
        }
    )
    assert given.day(MovingDay.LAST_SCHOOL_DAY, 2026) == date(2026, 6, 9)
    assert given.day(MovingDay.LAST_SCHOOL_DAY, 2025) == date(2025, 6, 5)
    assert given.school_break(Pause.SUMMER, 2025).start == date(2025, 6, 6)
    assert given.term(2026, autumn=True) == Span(date(2026, 8, 13), date(2026, 12, 18))
    assert given.term(2027, autumn=False).start == date(2027, 1, 11)


@pytest.mark.parametrize(
    "data",
    [
        {"holidays": []},
        {"breaks": [{"kind": "winter", "start": "2026-01-01", "end": "2026-01-02"}]},
        {"breaks": [{"kind": "summer", "start": "2026-08-01", "end": "2026-06-02"}]},
        {"breaks": [{"kind": "summer", "start": "i juni"}]},
        {"days": ["valborg"]},
        {"timezone": "Europe/Atlantis"},
        {"breaks": 7},
    ],
)
def test_a_calendar_that_cannot_be_read(data):
    with pytest.raises(RhythmError):
        Calendar.from_data(data)


def test_days_are_local_also_when_the_clocks_change():
    assert PLAIN.local_date(datetime(2026, 3, 28, 23, 30, tzinfo=UTC)) == date(2026, 3, 29)
    assert PLAIN.local_date(datetime(2026, 3, 29, 21, 59, tzinfo=UTC)) == date(2026, 3, 29)
    assert PLAIN.local_date(datetime(2026, 3, 29, 22, 0, tzinfo=UTC)) == date(2026, 3, 30)
    assert PLAIN.local_date(datetime(2026, 10, 25, 22, 59, tzinfo=UTC)) == date(2026, 10, 25)
    assert PLAIN.local_date(datetime(2026, 10, 25, 23, 0, tzinfo=UTC)) == date(2026, 10, 26)
    with pytest.raises(RhythmError):
        PLAIN.local_date(datetime(2026, 1, 1))
