"""Adjustment for many tests, against statsmodels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from samsyn.analysis.false_discovery import adjust


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_equals_statsmodels(p_values):
    p = np.array(p_values)
    assert np.allclose(adjust(p), multipletests(p, method="fdr_bh")[1])


def test_missing_values_do_not_count_and_columns_are_their_own():
    p = np.array([[0.01, 0.5], [np.nan, 0.01], [0.02, 0.02]])
    result = adjust(p)
    assert np.isnan(result[1, 0])
    assert result[:, 0][[0, 2]].tolist() == pytest.approx([0.02, 0.02])
    assert result[:, 1].tolist() == pytest.approx([0.5, 0.03, 0.03])


def test_more_tests_than_are_given():
    assert adjust(np.array([0.01]), number=10)[0] == pytest.approx(0.1)
