"""A rhythm is read from the agreement file, written back, and said in Swedish."""

from datetime import date

import pytest

from samsyn.rhythm import RhythmError, describe, parse_rhythm

# Every rhythm of the four agreements and the act, in the file's form.
RHYTHMS = [
    ({"per_year": 4, "also": ["when_needed"]}, "fyra gånger per år samt vid behov"),
    ({"per_year": 6, "also": ["at_event"]}, "sex gånger per år samt vid särskild händelse"),
    ({"per_year": 1}, "en gång per år"),
    ({"per_year": 20}, "20 gånger per år"),
    ({"every_months": 1, "by_day": 10}, "varje månad, senast den 10:e i månaden efter"),
    ({"every_months": 2}, "varannan månad"),
    ({"every_months": 4}, "var fjärde månad"),
    ({"weekly": {}}, "varje vecka"),
    ({"weekly": {"pauses": ["summer"]}}, "varje vecka utom under sommaren"),
    ({"every_weeks": 2, "pauses": ["school_holidays"]}, "varannan vecka utom under skolloven"),
    (
        {"per_term": 2, "places": ["Lomma", "Bjärred"]},
        "två gånger per termin i både Lomma och Bjärred",
    ),
    ({"per_term": 1, "places": ["A", "B", "C"]}, "en gång per termin i vardera A, B och C"),
    ({"per_term": 3}, "tre gånger per termin"),
    ({"yearly_by": "12-31"}, "varje år, senast 31 december"),
    ({"every_years": 2}, "minst vartannat år"),
    ({"every_years": 2, "by": "turn_of_year"}, "vartannat år, klart till årsskiftet"),
    ({"every_years": 4, "by": "10-15", "first": 2027}, "vart fjärde år, senast 15 oktober"),
    ({"before": "valborg", "days": 14}, "varje år, senast 14 dagar före valborg"),
    (
        {"before": ["valborg", "summer_break", "christmas_break"], "days": 7},
        "varje år, senast sju dagar före valborg, sommarlovet och jullovet",
    ),
    ({"before": "midsummer", "days": 1}, "varje år, senast dagen före midsommar"),
    ({"once_by": "2027-12-31"}, "en gång, senast 31 december 2027"),
    ("when_needed", "vid behov"),
    ("at_event", "vid särskild händelse"),
    ("ongoing", "löpande"),
]

WRONG = [
    ("sometimes", "finns inte"),
    (7, "ett ord eller nycklar"),
    ([], "ett ord eller nycklar"),
    ({}, "precis en"),
    ({"per_year": 4, "every_months": 2}, "precis en"),
    ({"per_year": 0}, "heltal från 1 till 366"),
    ({"per_year": "fyra"}, "heltal"),
    ({"per_year": True}, "heltal"),
    ({"per_year": 4.0}, "heltal"),
    ({"per_year": 4, "places": ["Lomma"]}, "tar inte nyckeln places"),
    ({"every_months": -2}, "heltal"),
    ({"every_months": 1, "by_day": 32}, "by_day"),
    ({"weekly": {"pauses": ["winter"]}}, "pauses känner inte igen"),
    ({"weekly": ["summer"]}, "weekly tar bara pauses"),
    ({"weekly": {"pauses": {"a": 1}}}, "pauses ska vara"),
    ({"per_term": 2, "places": "Lomma"}, "places ska vara en lista"),
    ({"per_term": 2, "places": ["Lomma", "lomma"]}, "två gånger"),
    ({"yearly_by": "31-12"}, "ingen dag på året"),
    ({"yearly_by": "02-30"}, "ingen dag på året"),
    ({"yearly_by": 1231}, "månad-dag"),
    ({"every_years": 2, "first": 2025}, "behöver by"),
    ({"before": "julafton"}, "before känner inte igen"),
    ({"before": []}, "saknar dag"),
    ({"before": "valborg", "days": 900}, "days ska vara"),
    ({"once_by": "2027-13-01"}, "datum som"),
    ({"per_year": 4, "also": ["daily"]}, "also känner inte igen"),
    ({"before": [{"x": 1}]}, "before känner inte igen"),
]


@pytest.mark.parametrize(("data", "words"), RHYTHMS, ids=lambda value: str(value)[:40])
@pytest.mark.clause("C06", "K08", "K15", "L06", "L07", "L09", "L11", "U12")
def test_reads_writes_and_describes(data, words):
    rhythm = parse_rhythm(data)
    assert rhythm.to_data() == data
    assert describe(rhythm) == words
    assert hash(rhythm) == hash(parse_rhythm(rhythm.to_data()))


@pytest.mark.parametrize(("data", "words"), WRONG, ids=lambda value: str(value)[:40])
def test_says_what_is_wrong(data, words):
    with pytest.raises(RhythmError, match=words):
        parse_rhythm(data)


def test_words_and_short_forms_mean_the_same():
    assert (
        parse_rhythm("weekly") == parse_rhythm({"weekly": None}) == parse_rhythm({"weekly": True})
    )
    assert parse_rhythm("yearly") == parse_rhythm({"yearly_by": "12-31"})
    assert parse_rhythm("monthly") == parse_rhythm({"every_months": 1})
    assert parse_rhythm({"ongoing": True}) == parse_rhythm("ongoing")
    assert parse_rhythm({"once_by": date(2027, 1, 1)}) == parse_rhythm({"once_by": "2027-01-01"})
