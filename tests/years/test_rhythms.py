"""The walks leave no rhythm untried: Lomma's and Laholm's agreements together use every kind."""

from __future__ import annotations

import typing

import pytest

from samsyn.domains.agreements.file import read_agreement, shipped_agreements
from samsyn.rhythm import parse_rhythm
from samsyn.rhythm.kinds import Extra, Rhythm


def rhythms_of(code):
    file = read_agreement(shipped_agreements()[code].read_text(encoding="utf-8"))
    return [one.rhythm for one in file.commitments]


@pytest.mark.clause("L06", "L07", "L09", "L11", "K05", "K08", "K15", "K16", "K23", "K27", "C06")
def test_lomma_and_laholm_together_use_every_kind_of_rhythm():
    used = rhythms_of("lomma-2023") + rhythms_of("laholm-2024")

    assert {type(one) for one in used} == set(typing.get_args(Rhythm))


@pytest.mark.clause("L06", "L07", "L11", "K08")
def test_and_what_the_kinds_can_be_told_apart_by():
    used = rhythms_of("lomma-2023") + rhythms_of("laholm-2024")

    extras = {extra for one in used for extra in getattr(one, "also", ())}
    assert extras == set(Extra)
    # A clock that starts anew, and every second year by the turn of the year.
    years = [one for one in used if type(one).__name__ == "EveryYears"]
    assert {one.by is None for one in years} == {True, False}
    # Weekly with and without a pause; a term's meetings in each place.
    weekly = [one for one in used if type(one).__name__ == "Weekly"]
    assert {bool(one.pauses) for one in weekly} == {True, False}
    assert any(one.places for one in used if type(one).__name__ == "PerTerm")


def test_what_is_written_back_is_read_the_same():
    for one in rhythms_of("lomma-2023") + rhythms_of("laholm-2024"):
        assert parse_rhythm(one.to_data()) == one
