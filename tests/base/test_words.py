"""What is written in Swedish can be written in English: the same functions, by the language of the page."""

from __future__ import annotations

import datetime as dt
import inspect

import pytest
from django.utils import translation

from samsyn.base import words
from samsyn.formats import english, swedish


def functions_of(module):
    return {
        name: inspect.signature(one)
        for name, one in inspect.getmembers(module, inspect.isfunction)
        if one.__module__ == module.__name__
    }


def test_each_language_has_the_same_functions():
    assert functions_of(swedish) == functions_of(english)
    assert set(functions_of(swedish)) <= set(functions_of(words))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("sv", "vecka\u00a020, 14\u00a0maj 2026, 22.30"),
        ("en", "week\u00a020, 14\u00a0May 2026, 22:30"),
    ],
)
def test_the_page_decides_the_language(language, expected):
    moment = dt.datetime(2026, 5, 14, 22, 30)
    with translation.override(language):
        told = f"{words.week(moment.date())}, {words.date(moment)}, {words.clock(moment)}"

    assert told == expected


def test_english_figures():
    assert english.number(1234567.5, 1) == "1,234,567.5"
    assert english.number(-3) == "\u22123"
    assert english.signed(3) == "+3"
    assert english.share(3, 14) == "3 of 14"
    assert english.share(12, 100, table=True) == "12%"
    assert english.partial_date("2020-05") == "May 2020"
    assert (
        english.span(dt.date(2026, 4, 28), dt.date(2026, 5, 4)) == "28\u00a0April–4\u00a0May 2026"
    )
