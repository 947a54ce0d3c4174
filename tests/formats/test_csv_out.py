"""Nothing that is handed out as CSV is run by the spreadsheet that opens it."""

import pytest

from samsyn.formats.csv_out import harmless


@pytest.mark.parametrize("cell", ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_looks_like_a_formula_is_shown_as_text(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Storgatan", "1-2", "a=b"])
def test_other_texts_are_left_alone(cell):
    assert harmless(cell) == cell
