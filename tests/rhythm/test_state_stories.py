"""Where a commitment stands, told as it happens to a coordinator."""

from datetime import date

import pytest

from samsyn.rhythm import (
    Calendar,
    EvidenceItem,
    Hardness,
    StateName,
    Validity,
    Wording,
    next_due,
    occurrences,
    parse_rhythm,
    state,
)

CALENDAR = Calendar.from_data(
    {
        "breaks": [
            {"kind": "summer", "start": "2026-06-13", "end": "2026-08-16"},
            {"kind": "christmas", "start": "2026-12-19", "end": "2027-01-10"},
        ]
    }
)
LAHOLM = Validity(date(2024, 1, 1), date(2026, 12, 31))
LOMMA = Validity(date(2023, 1, 1), date(2027, 12, 31), in_use_from=date(2026, 1, 1))
LULEA = Validity(date(2020, 1, 1), date(2023, 12, 31))
COUNCIL = Wording.meeting("Rådet")


def judge(data, on, at, validity=LOMMA, hardness=Hardness.MUST, wording="Uppgiften", **more):
    evidence = [item if isinstance(item, EvidenceItem) else EvidenceItem(item) for item in on]
    rhythm = parse_rhythm(data)
    return state(rhythm, CALENDAR, validity, evidence, at, hardness, wording, **more)


@pytest.mark.clause("L06")
def test_three_of_four_meetings_held():
    held = [date(2026, 2, 3), date(2026, 5, 5), date(2026, 9, 9)]
    found = judge({"per_year": 4}, held, date(2026, 11, 20), LAHOLM, wording=COUNCIL)
    assert found.state is StateName.DUE
    assert (found.due, found.done_count, found.expected_count) == (date(2026, 12, 31), 3, 4)
    assert found.why == (
        "Rådet ska mötas fyra gånger i år. Tre möten har hållits, det fjärde är inte kallat. "
        "Senast 31 december."
    )
    called = judge(
        {"per_year": 4},
        held,
        date(2026, 11, 20),
        LAHOLM,
        wording=COUNCIL,
        planned=[date(2026, 12, 3)],
    )
    assert "det fjärde är kallat till 3 december" in called.why


@pytest.mark.clause("L06", "L07")
def test_a_year_is_late_only_when_it_is_over():
    assert judge({"per_year": 6}, [], date(2026, 12, 31)).state is StateName.DUE
    after = judge({"per_year": 6}, [date(2026, 3, 1)], date(2027, 1, 1), wording=COUNCIL)
    assert after.state is StateName.LATE
    assert after.due == date(2026, 12, 31)
    assert after.why == (
        "Rådet skulle mötas sex gånger 2026. Ett möte har hållits. Sista dag var 31 december 2026."
    )
    assert (
        judge({"per_year": 6}, [date(2027, 1, 12)], date(2027, 1, 13)).state is StateName.UPCOMING
    )


def test_between_the_beats_nothing_waits():
    assert judge({"per_year": 4}, [date(2026, 2, 2)], date(2026, 3, 1)).state is StateName.UPCOMING
    assert judge({"per_year": 4}, [date(2026, 2, 2)], date(2026, 4, 1)).state is StateName.DUE


@pytest.mark.clause("H14", "K29")
def test_a_year_that_began_before_samsyn_asks_for_its_share():
    begun = Validity(date(2024, 1, 1), date(2027, 12, 31), in_use_from=date(2026, 7, 1))
    assert judge({"per_year": 4}, [], date(2026, 6, 30), begun).state is StateName.UPCOMING
    asked = judge({"per_year": 4}, [], date(2026, 8, 1), begun, wording=COUNCIL)
    assert asked.expected_count == 2
    assert asked.why.startswith("Rådet ska mötas fyra gånger per år, i år två gånger.")
    late_start = Validity(date(2024, 1, 1), date(2027, 12, 31), in_use_from=date(2026, 12, 1))
    assert (
        judge({"yearly_by": "12-31"}, [], date(2027, 1, 2), late_start).state is StateName.UPCOMING
    )


@pytest.mark.clause("U14")
def test_an_expired_agreement_asks_for_nothing():
    for data in ({"per_year": 4}, "weekly", "ongoing", {"every_years": 2}, {"before": "valborg"}):
        found = judge(data, [], date(2026, 5, 1), LULEA)
        assert found.state is StateName.NOT_APPLICABLE
        assert found.why == "Överenskommelsen gick ut 31 december 2023."
        assert found.due is None
        rhythm = parse_rhythm(data)
        assert occurrences(rhythm, CALENDAR, LULEA, date(2024, 1, 1), date(2026, 12, 31)) == []
        assert next_due(rhythm, CALENDAR, LULEA, [], date(2026, 5, 1)) is None


@pytest.mark.clause("K08")
def test_the_weekly_picture_rests_in_summer_only():
    weekly = {"weekly": {"pauses": ["summer"]}}
    assert judge(weekly, [date(2026, 5, 6)], date(2026, 5, 13)).why.endswith(
        "Det är inte klart för vecka 20 än. Senast 17 maj."
    )
    assert judge(weekly, [date(2026, 5, 12)], date(2026, 5, 13)).state is StateName.DONE
    assert judge(weekly, [], date(2026, 5, 18)).state is StateName.LATE
    resting = judge(weekly, [], date(2026, 7, 1))
    assert resting.state is StateName.PAUSED
    assert resting.why == (
        "Uppehåll till och med 16 augusti. Nästa gång: vecka 34, senast 23 augusti."
    )
    back = judge(weekly, [], date(2026, 8, 17))
    assert back.state is StateName.DUE, "what was missed before the summer is not dragged along"
    assert judge(weekly, [], date(2026, 12, 23)).state is not StateName.PAUSED


def test_a_break_over_the_turn_of_the_year():
    weekly = {"weekly": {"pauses": ["christmas"]}}
    for at in (date(2026, 12, 21), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 8)):
        assert judge(weekly, [], at).state is StateName.PAUSED
    assert judge(weekly, [], date(2027, 1, 11)).state is StateName.DUE


@pytest.mark.clause("K15")
def test_each_place_has_its_own_meetings():
    asked = {"per_term": 2, "places": ["Lomma", "Bjärred"]}
    held = [
        EvidenceItem(date(2026, 2, 1), "Lomma"),
        EvidenceItem(date(2026, 3, 1), "Lomma"),
        EvidenceItem(date(2026, 3, 20), "Lomma"),
        EvidenceItem(date(2026, 4, 1), "bjärred"),
        EvidenceItem(date(2026, 4, 1)),
    ]
    wording = Wording.meeting("Interaktionsmötet")
    found = judge(asked, held, date(2026, 5, 13), wording=wording)
    assert (found.state, found.done_count, found.expected_count) == (StateName.DUE, 3, 4)
    assert found.missing_places == ("Bjärred",)
    assert found.occurrence.label == "vårterminen 2026 tillfälle 2 av 2, Bjärred"
    assert judge(asked, held, date(2026, 6, 13), wording=wording).state is StateName.LATE
    both = [*held, EvidenceItem(date(2026, 6, 1), "Bjärred")]
    assert judge(asked, both, date(2026, 6, 12), wording=wording).state is StateName.DONE


@pytest.mark.clause("K16")
def test_when_possible_is_followed_and_never_red():
    for at in (date(2026, 3, 4), date(2026, 5, 18), date(2027, 11, 1)):
        found = judge("weekly", [], at, hardness=Hardness.WHEN_POSSIBLE)
        assert found.state is StateName.SOFT
        assert "när det är möjligt" in found.why
    held = judge("weekly", [date(2026, 5, 18)], date(2026, 5, 18), hardness=Hardness.WHEN_POSSIBLE)
    assert held.state is StateName.DONE


@pytest.mark.clause("L11")
def test_a_promise_ready_by_the_turn_of_the_year_is_an_aim():
    renewed = {"every_years": 2, "by": "turn_of_year"}
    wording = Wording.document("Medborgarlöftet", "förnyas")
    waiting = judge(renewed, [], date(2025, 11, 1), LAHOLM, Hardness.SHOULD, wording)
    assert (waiting.state, waiting.due) == (StateName.DUE, date(2025, 12, 31))
    after = judge(renewed, [], date(2026, 1, 1), LAHOLM, Hardness.SHOULD, wording)
    assert after.state is StateName.SOFT
    made_up = judge(renewed, [date(2026, 2, 1)], date(2026, 3, 1), LAHOLM, Hardness.SHOULD, wording)
    assert made_up.state is StateName.DONE


@pytest.mark.clause("L09", "H02")
def test_at_least_every_second_year_counts_from_the_last_time():
    clock = {"every_years": 2}
    assert judge(clock, [], date(2025, 6, 1), LAHOLM).state is StateName.UPCOMING
    assert judge(clock, [], date(2026, 1, 2), LAHOLM).state is StateName.LATE
    assert judge(clock, [date(2025, 3, 3)], date(2026, 6, 1), LAHOLM).state is StateName.DONE
    act = Validity(date(2023, 7, 1), in_use_from=date(2024, 1, 1))
    soon = judge(clock, [date(2024, 2, 29)], date(2026, 1, 15), act)
    assert (soon.state, soon.due) == (StateName.DUE, date(2026, 2, 28))


@pytest.mark.clause("K23")
def test_mailings_before_days_that_move():
    mailing = {"before": ["valborg", "last_school_day", "christmas_break"], "days": 14}
    due = [
        (each.key, each.due)
        for each in occurrences(
            parse_rhythm(mailing), CALENDAR, LOMMA, date(2026, 1, 1), date(2026, 12, 31)
        )
    ]
    assert due == [
        ("2026/valborg", date(2026, 4, 16)),
        ("2026/last_school_day", date(2026, 5, 29)),
        ("2026/christmas_break", date(2026, 12, 5)),
    ]
    assert judge(mailing, [], date(2026, 2, 1)).state is StateName.UPCOMING
    assert judge(mailing, [], date(2026, 4, 1)).state is StateName.DUE
    assert judge(mailing, [], date(2026, 4, 17)).state is StateName.LATE
    assert judge(mailing, [date(2026, 4, 10)], date(2026, 4, 17)).state is StateName.UPCOMING


@pytest.mark.clause("K05")
def test_the_months_file_comes_by_the_tenth_of_the_next():
    monthly = {"every_months": 1, "by_day": 10}
    missing = judge(monthly, [date(2026, 10, 7)], date(2026, 11, 11))
    assert (missing.state, missing.due) == (StateName.LATE, date(2026, 11, 10))
    assert "Underlag saknas för oktober 2026." in missing.why
    assert judge(monthly, [date(2026, 11, 6)], date(2026, 11, 11)).state is StateName.UPCOMING
    named = EvidenceItem(date(2026, 12, 2), occurrence="2026-10")
    assert judge(monthly, [named], date(2026, 12, 3)).occurrence.key == "2026-11"


@pytest.mark.clause("C06", "K18")
@pytest.mark.parametrize("data", ["when_needed", "at_event", "ongoing"])
def test_without_interval_it_is_shown_and_never_late(data):
    for at in (date(2026, 1, 1), date(2027, 12, 31)):
        assert judge(data, [], at).state is StateName.SOFT
    noted = judge(data, [date(2026, 3, 3)], date(2026, 5, 1))
    assert (noted.state, noted.done_count) == (StateName.SOFT, 1)
    assert "Noterat en gång i år, senast 3 mars." in noted.why


def test_withdrawn_does_not_count_and_doubt_is_told():
    held = EvidenceItem(date(2026, 5, 12), withdrawn=True)
    assert judge("weekly", [held], date(2026, 5, 13)).done_count == 0
    doubted = judge("weekly", [EvidenceItem(date(2026, 5, 12), doubted=True)], date(2026, 5, 13))
    assert doubted.state is StateName.DONE
    assert doubted.doubted
    assert doubted.why.endswith("Ett underlag är ifrågasatt.")


@pytest.mark.clause("K28")
def test_nothing_leaks_between_two_agreements_in_a_chain():
    old = Validity(date(2022, 1, 1), date(2024, 6, 30))
    new = Validity(date(2024, 7, 1), date(2027, 12, 31))
    evidence = [date(2024, 3, 1), date(2024, 5, 1)]
    assert judge({"per_year": 4}, evidence, date(2024, 6, 30), old).done_count == 2
    later = judge({"per_year": 4}, evidence, date(2024, 8, 1), new)
    assert (later.done_count, later.expected_count) == (0, 2)
    rhythm = parse_rhythm("weekly")
    whole = (date(2022, 1, 1), date(2027, 12, 31))
    first = occurrences(rhythm, CALENDAR, old, *whole)
    second = occurrences(rhythm, CALENDAR, new, *whole)
    assert not {each.key for each in first} & {each.key for each in second}


def test_week_53_and_the_weeks_around_the_turn_of_the_year():
    weekly = parse_rhythm("weekly")
    found = occurrences(weekly, CALENDAR, LOMMA, date(2026, 12, 21), date(2027, 1, 17))
    assert [each.key for each in found] == ["2026-W52", "2026-W53", "2027-W01", "2027-W02"]
    assert [each.label for each in found][1] == "vecka 53"
    assert judge("weekly", [date(2027, 1, 2)], date(2027, 1, 3)).state is StateName.DONE


def test_leap_day():
    open_ended = Validity(date(2023, 1, 1))
    rhythm = parse_rhythm({"yearly_by": "02-29"})
    due = occurrences(rhythm, CALENDAR, open_ended, date(2024, 1, 1), date(2025, 12, 31))
    assert [each.due for each in due] == [date(2024, 2, 29), date(2025, 2, 28)]


@pytest.mark.clause("K28")
def test_the_next_agreement_is_made_once():
    once = {"once_by": "2027-12-31"}
    assert judge(once, [], date(2026, 5, 1)).state is StateName.UPCOMING
    assert judge(once, [], date(2027, 11, 1)).state is StateName.DUE
    assert judge(once, [date(2026, 12, 1)], date(2027, 11, 1)).state is StateName.DONE


@pytest.mark.clause("K27")
def test_what_was_due_before_samsyn_came_is_not_asked_for():
    found = judge({"once_by": "2023-12-31"}, [], date(2026, 5, 1))
    assert found.state is StateName.NOT_APPLICABLE
    assert found.why == "Sista dag var 31 december 2023, innan Samsyn togs i bruk."


def test_labels_take_the_word_of_the_body():
    found = occurrences(
        parse_rhythm({"per_year": 4}),
        CALENDAR,
        LOMMA,
        date(2026, 1, 1),
        date(2026, 12, 31),
        (),
        COUNCIL,
    )
    assert [each.label for each in found][2] == "2026 möte 3 av 4"
    assert [each.due for each in found] == [
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 12, 31),
    ]
