"""The numbers of a week, from the rows."""

import datetime as dt

import pytest

from samsyn.domains.situation.numbers import gather, scope_of, scope_of_code
from samsyn.domains.situation.result import WeeklyNumbers, from_json, to_json
from samsyn.domains.situation.weeks import Week

WEEK = Week(2026, 20)


def numbers_of(organisation, week=WEEK):
    return gather(scope_of(organisation), week)


def test_incidents_and_unsafe_places_are_counted_the_rest_stands_apart(report, town):
    first = report("SKAD")
    report("SKAD", merged_into=first)
    report("OTRYG", kind="unsafe_place")
    report("NOLL", kind="nothing")
    report("EVENT", kind="planned_event")
    report("SKAD", week=21)
    report("SKAD", municipality=town.lomma)
    mine = numbers_of(town.lulea).reports
    assert (mine.count, mine.incidents, mine.unsafe_places) == (2, 1, 1)
    assert (mine.nothing, mine.planned, mine.merged) == (1, 1, 1)


def test_sunday_evening_belongs_to_the_week_and_monday_night_to_the_next(report, town):
    report("SKAD", day=6, hour=23)
    report("SKAD", day=7, hour=0)
    assert numbers_of(town.lulea).reports.count == 1
    assert numbers_of(town.lulea, Week(2026, 21)).reports.count == 1


@pytest.mark.clause("H05")
def test_a_week_above_its_own_normal_is_seen(busy_town, town):
    level = numbers_of(town.lulea).reports.level
    assert level.count == 34
    assert level.verdict == "above"
    assert level.low < 24 < level.high < 34
    assert [period.count for period in level.history] == [20, 24, 18, 29, 22, 25, 21, 27]


def test_the_range_is_the_one_of_the_analysis_library(busy_town, town):
    from samsyn.analysis import early_warning

    judged = early_warning([20, 24, 18, 29, 22, 25, 21, 27, 34], method="own_normal", at=[8])
    level = numbers_of(town.lulea).reports.level
    assert (level.low, level.high) == (int(judged.lower[0]), int(judged.upper[0]))


def test_few_reports_are_not_judged(report, town):
    for week in range(4, 20):
        report("SKAD", week=week)
    for _ in range(3):
        report("SKAD")
    assert numbers_of(town.lulea).reports.level.verdict == "too_small"


def test_a_town_that_has_just_begun_is_not_judged(report, town):
    for week in (17, 18, 19, 20):
        for day in range(7):
            report("SKAD", week=week, day=day)
    level = numbers_of(town.lulea).reports.level
    assert level.verdict == "unknown"
    assert [period.week for period in level.history] == [17, 18, 19]


def begin(organisation, day):
    organisation.in_use_from = day
    organisation.save(update_fields=["in_use_from"])


def test_weeks_between_the_in_use_date_and_the_first_report_are_no_zeros(report, town):
    """It was switched on in January; the first report came in week 16: what was before is not known."""
    begin(town.lulea, dt.date(2026, 1, 1))
    for week in range(16, 21):
        for _ in range(6):
            report("SKAD", week=week)
    history = numbers_of(town.lulea).reports.level.history
    assert [(period.week, period.count) for period in history] == [
        (16, 6),
        (17, 6),
        (18, 6),
        (19, 6),
    ]


def test_reports_read_in_from_before_the_in_use_date_make_a_normal(report, town):
    begin(town.lulea, dt.date(2026, 5, 11))
    for week in range(4, 21):
        for _ in range(6):
            report("SKAD", week=week)
    assert len(numbers_of(town.lulea).reports.level.history) == 8


def test_one_stray_old_report_makes_no_years_of_zeros(report, town):
    begin(town.lulea, dt.date(2026, 4, 13))
    report("SKAD", week=-30)
    for week in range(16, 21):
        report("SKAD", week=week)
    assert [one.week for one in numbers_of(town.lulea).reports.level.history] == [16, 17, 18, 19]


def test_a_week_in_which_reporting_began_on_thursday_is_not_a_whole_one(report, town):
    report("SKAD", week=14, day=3)
    for week in range(15, 21):
        report("SKAD", week=week)
    assert [one.week for one in numbers_of(town.lulea).reports.level.history] == [
        15,
        16,
        17,
        18,
        19,
    ]


@pytest.mark.clause("H01", "H10")
def test_a_municipality_that_joins_later_is_no_rise_in_the_joint_picture(report, town):
    """Luleå has reported all year, Boden since week 18: together only the weeks of both can be compared."""
    for week in range(1, 21):
        for _ in range(8):
            report("SKAD", week=week)
        if week >= 18:
            for _ in range(8):
                report("SKAD", week=week, municipality=town.boden)
    mine = numbers_of(town.police)
    assert [one.week for one in mine.reports.level.history] == [18, 19]
    assert mine.reports.level.verdict == "unknown"
    lulea, boden = (next(p for p in mine.municipalities if p.code == c) for c in ("2580", "2582"))
    assert [one.count for one in lulea.level.history] == [8] * 8
    assert lulea.level.verdict == "within"
    assert boden.level.verdict == "unknown"


def test_one_that_has_not_begun_does_not_stop_the_others(report, town):
    for week in range(1, 21):
        for _ in range(8):
            report("SKAD", week=week)
    assert numbers_of(town.police).reports.level.verdict == "within"


def test_the_hours_add_up_to_the_reports_also_when_spread(report, town):
    report("SKAD", day=4, hour=22, hours=6)
    report("SKAD", day=0, hour=8)
    hours = numbers_of(town.lulea).reports.hours
    assert sum(map(sum, hours)) == pytest.approx(2, abs=1e-4)
    assert hours[4][22] == pytest.approx(1 / 6, abs=1e-3)
    assert hours[5][3] == pytest.approx(1 / 6, abs=1e-3)


def test_no_position_is_kept_only_squares_of_250_metres(report, town):
    exact = (22.154_321, 65.584_567)
    report("SKAD", longitude=exact[0], latitude=exact[1])
    report("SKAD", longitude=exact[0] + 1e-6, latitude=exact[1])
    numbers = numbers_of(town.lulea)
    cell = numbers.reports.cells[0]
    assert cell.count == 2
    assert (cell.longitude, cell.latitude) != exact
    assert abs(cell.latitude - exact[1]) < 0.0013
    assert "22.154321" not in str(to_json(numbers))


@pytest.mark.clause("H10")
def test_a_joint_picture_holds_aggregates_only(report, place, town):
    square = place("Storgatan")
    report("SKAD", place=square, longitude=22.15, latitude=65.58)
    report("SKAD", municipality=town.boden)
    report("KLOT", municipality=town.boden)
    numbers = numbers_of(town.police)
    assert numbers.reports.count == 3
    assert {one.name: one.count for one in numbers.municipalities} == {
        "Bodens kommun": 2,
        "Luleå kommun": 1,
    }
    assert numbers.reports.places == numbers.reports.areas == numbers.reports.cells == ()
    assert all(one.places == () for one in numbers.reports.categories)
    assert "Storgatan" not in str(to_json(numbers))


@pytest.mark.clause("H05")
def test_police_events_stand_apart_and_summaries_are_never_counted(police_event, report, town):
    report("SKAD")
    police_event(11, "2026-05-11T00:00")
    police_event(12, "2026-05-17T23:59")
    police_event(13, "2026-05-18T00:00")
    police_event(14, "2026-05-13T12:00", code="2582")
    police_event(15, "2026-05-14T07:00", is_summary=True)
    numbers = numbers_of(town.lulea)
    assert numbers.police_events.count == 2
    assert numbers.police_events.ids == ("11", "12")
    assert numbers.police_events.summaries == ("15",)
    assert numbers.reports.count == 1


def test_registered_rows_are_those_of_the_months_that_the_week_touches(db, town):
    from samsyn.domains.registered.models import BraFigure

    for year, month, count, current in (
        (2026, 4, 390, True),
        (2026, 5, 412, True),
        (2026, 5, 400, False),
        (2025, 5, 398, True),
    ):
        BraFigure.objects.create(
            municipality_code="2580", region="Luleå", offence="Totalt antal brott", offence_id="13192", level=1,
            period_kind="month", year=year, period=month, count=count, preliminary=month == 5, is_current=current,
        )  # fmt: skip
    rows = numbers_of(town.lulea).registered.rows
    assert [(row.month, row.count, row.before, row.preliminary) for row in rows] == [
        (5, 412, 398, True)
    ]


def test_a_municipality_without_organisation_has_police_events_all_the_same(police_event, db):
    police_event(1, "2026-05-12T10:00", code="2581")
    numbers = gather(scope_of_code("2581"), WEEK)
    assert numbers.scope.name == "Piteå"
    assert numbers.police_events.count == 1
    assert numbers.reports.count == 0


def test_late_reports_are_told(report, town):
    import datetime as dt

    report("SKAD", week=19, received_at=WEEK.starts + dt.timedelta(hours=9))
    report("SKAD", week=19)
    assert numbers_of(town.lulea).reports.late == 1


@pytest.mark.clause("K08")
def test_weeks_of_the_summer_pause_are_no_normal(report, town):
    import datetime as dt

    from samsyn.base.orgs.models import SchoolYear

    SchoolYear.objects.create(
        municipality=town.lulea, year=2025, autumn_starts=dt.date(2025, 8, 18), autumn_ends=dt.date(2025, 12, 19),
        spring_starts=dt.date(2026, 1, 8), spring_ends=dt.date(2026, 6, 12),
        summer_pause_starts=dt.date(2026, 4, 27), summer_pause_ends=dt.date(2026, 5, 10),
    )  # fmt: skip
    for week in range(1, 21):
        for day in range(7):
            report("SKAD", week=week, day=day)
    level = numbers_of(town.lulea).reports.level
    assert [period.week for period in level.history] == [12, 13, 14, 15, 16, 17]


def test_the_result_goes_through_json_unchanged(busy_town, police_event, town):
    import json

    police_event(1, "2026-05-12T10:00")
    numbers = numbers_of(town.lulea)
    assert from_json(WeeklyNumbers, json.loads(json.dumps(to_json(numbers)))) == numbers


def test_gathering_asks_as_many_questions_for_many_reports_as_for_few(
    report, town, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def questions():
        with CaptureQueriesContext(connection) as asked:
            numbers_of(town.lulea)
        return len(asked)

    for day in range(7):
        report("SKAD", day=day)
    few = questions()
    for number in range(300):
        report("TRAF" if number % 2 else "KLOT", day=number % 7, week=10 + number % 11)
    assert questions() == few
