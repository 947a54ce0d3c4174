"""Arbitrary rhythms, calendars, agreements and evidence."""

from datetime import date, timedelta

from hypothesis import strategies as st

from samsyn.rhythm import (
    AtEvent,
    BeforeDay,
    Calendar,
    EveryMonths,
    EveryYears,
    EvidenceItem,
    Extra,
    MovingDay,
    Once,
    Ongoing,
    Pause,
    PerTerm,
    PerYear,
    Span,
    Validity,
    Weekly,
    WhenNeeded,
    YearDay,
    YearlyBy,
)

DAYS = st.dates(date(2019, 1, 1), date(2031, 12, 31))
PLACES = ("Lomma", "Bjärred", "Åäö")
LEAP = st.dates(date(2024, 1, 1), date(2024, 12, 31))
YEAR_DAYS = st.builds(lambda day: YearDay(day.month, day.day), LEAP)
EXTRAS = st.lists(st.sampled_from(Extra), unique=True, max_size=2).map(tuple)
PAUSES = st.lists(st.sampled_from(Pause), unique=True, max_size=3).map(tuple)
CLOCKS = st.builds(EveryYears, st.integers(1, 4), also=EXTRAS)
RHYTHMS = st.one_of(
    st.builds(PerYear, st.integers(1, 15), EXTRAS),
    st.builds(EveryMonths, st.integers(1, 30), st.none() | st.integers(1, 31), EXTRAS),
    st.builds(Weekly, PAUSES, st.integers(1, 4), EXTRAS),
    st.builds(
        PerTerm,
        st.integers(1, 4),
        st.lists(st.sampled_from(PLACES), unique=True).map(tuple),
        EXTRAS,
    ),
    st.builds(YearlyBy, YEAR_DAYS, EXTRAS),
    st.builds(
        EveryYears, st.integers(1, 4), YEAR_DAYS, st.none() | st.integers(2019, 2028), EXTRAS
    ),
    CLOCKS,
    st.builds(
        BeforeDay,
        st.lists(st.sampled_from(MovingDay), unique=True, min_size=1, max_size=4).map(tuple),
        st.integers(0, 60),
        EXTRAS,
    ),
    st.builds(Once, DAYS),
    st.sampled_from([WhenNeeded(), AtEvent(), Ongoing()]),
)


@st.composite
def validities(draw):
    start = draw(DAYS)
    end = draw(st.none() | st.integers(0, 2000).map(lambda days: start + timedelta(days=days)))
    in_use = draw(st.none() | st.integers(-400, 900).map(lambda days: start + timedelta(days=days)))
    return Validity(start, end, in_use)


@st.composite
def calendars(draw):
    breaks, days = [], []
    for year in draw(st.lists(st.integers(2019, 2031), unique=True, max_size=4)):
        summer = date(year, 6, draw(st.integers(1, 30)))
        winter = date(year, 12, draw(st.integers(10, 31)))
        breaks.append((Pause.SUMMER, Span(summer, summer + timedelta(draw(st.integers(30, 80))))))
        breaks.append((Pause.CHRISTMAS, Span(winter, winter + timedelta(draw(st.integers(5, 30))))))
        days.append((MovingDay.LAST_SCHOOL_DAY, date(year, 6, draw(st.integers(1, 20)))))
    return Calendar(tuple(breaks), tuple(days) if draw(st.booleans()) else ())


EVIDENCE = st.builds(
    EvidenceItem,
    on=DAYS,
    place=st.none() | st.sampled_from(PLACES),
    occurrence=st.none()
    | st.sampled_from(["2025/1", "2025-W20", "2025", "2025-vt/lomma/1", "once"]),
    withdrawn=st.booleans(),
    doubted=st.booleans(),
)
EVIDENCE_LISTS = st.lists(EVIDENCE, max_size=12)
