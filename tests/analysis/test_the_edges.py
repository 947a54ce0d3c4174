"""What is out of bounds gives a right answer or a refusal in words, never a crash or a numeric warning."""

import numpy as np
import pytest

from samsyn.analysis import AnalysisError, early_warning, knox, moran, rate_change

pytestmark = pytest.mark.filterwarnings("error")
WEEKS = np.random.default_rng(3).poisson(5, 320)


@pytest.mark.parametrize("count", [None, "3", 1.5, float("nan"), -1])
def test_what_is_no_count_is_refused(count):
    with pytest.raises(AnalysisError, match="k1 ska vara ett antal"):
        rate_change(count, 1, 2, 1)


def test_counts_of_any_size_are_compared():
    assert rate_change(10**12, 1, 10**12, 2).ratio == 0.5
    near = rate_change(5 * 10**8, 1, 5 * 10**8 + 60_000, 1).p_value
    assert near == pytest.approx(0.0578, abs=1e-3)


def test_all_neighbours_of_all_show_no_pattern():
    complete = [[j for j in range(5) if j != i] for i in range(5)]
    result = moran([1, 2, 3, 4, 5], complete)
    assert (result.z, result.p_value) == (0.0, 1.0)


def test_a_series_without_figures_has_no_bound():
    result = early_warning([np.nan] * 320, at=[319])
    assert np.isnan(result.upper[0])
    assert not result.alarm[0]


@pytest.mark.parametrize("limit", [5, (5,), (5, 0), (-1, 4)])
def test_a_limit_that_is_none_is_refused(limit):
    with pytest.raises(AnalysisError):
        early_warning(WEEKS, limit=limit)


def test_half_a_permutation_is_refused():
    with pytest.raises(AnalysisError, match="permutations"):
        knox(range(9), range(9), range(9), distance=1, days=1, permutations=9.5)
