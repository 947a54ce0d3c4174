"""Crime codes map to the default categories, with days from and to."""

from datetime import date

import pytest

from samsyn.formats.crime_codes import (
    DEFAULT_CATEGORIES,
    DEFAULT_MAPPINGS,
    CodeMapping,
    category_for,
    normalise_code,
)

DAY = date(2026, 5, 1)


def test_the_default_set_has_all_categories_in_order():
    assert len(DEFAULT_CATEGORIES) == 31
    assert [c.order for c in DEFAULT_CATEGORIES] == list(range(1, 32))
    assert (DEFAULT_CATEGORIES[0].key, DEFAULT_CATEGORIES[-1].key) == ("SKAD", "NOLL")


def test_no_code_belongs_to_two_categories():
    codes = [m.code for m in DEFAULT_MAPPINGS]
    assert len(codes) == len(set(codes))
    assert all(len(code) == 4 and code.isdigit() for code in codes)


@pytest.mark.parametrize(
    ("code", "key"),
    [("1201", "SKAD"), ("4130", "SPRANG"), ("407", "STOR"), ("0451", "HOT"), ("9813", "RAN"), ("9698", "SEX"),
     ("1703", "PERS"), ("0387", "VALD"), ("9828", "STOLD"), ("1617", "REKR"), ("9999", None), ("", None)],
)  # fmt: skip
def test_codes_and_expanded_ranges(code, key):
    assert category_for(code, DAY) == key


def test_violence_in_close_relationships_is_no_category():
    # outdoors and indoors by an acquaintance or stranger only; never by someone close
    assert category_for("0361", DAY) is None


def test_a_mapping_holds_between_its_days():
    mapping = [CodeMapping("1208", "KLOT", date(2020, 1, 1), date(2024, 12, 31))]
    assert category_for("1208", date(2024, 12, 31), mapping) == "KLOT"
    assert category_for("1208", date(2025, 1, 1), mapping) is None
    assert category_for("1208", date(2019, 12, 31), mapping) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("407", "0407"), ("407.0", "0407"), ("0407 Ofredande", "0407"), ("12O1", None), ("12011", None), ("12", None), ("099", None)],
)  # fmt: skip
def test_leading_zeros_are_restored(text, code):
    assert normalise_code(text) == code
