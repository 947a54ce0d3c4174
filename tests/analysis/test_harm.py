"""Harm-weighted counts."""

import numpy as np
import pytest

from samsyn.analysis import AnalysisError, harm

MONTHS = {"misshandel": 4, "stöld": 2, "bedrägeri": 5}


def test_counts_times_weights():
    result = harm({"misshandel": 10, "stöld": 100, "bedrägeri": 20}, MONTHS)
    assert result.total == 340
    assert result.by_kind.tolist() == [40, 200, 100]
    assert result.share.sum() == pytest.approx(1)
    assert result.kinds == ("misshandel", "stöld", "bedrägeri")


def test_bootstrap_interval_is_that_of_a_sum_of_poissons():
    result = harm([400, 900], [3, 1], seed=1, replicates=20_000)
    se = (9 * 400 + 900) ** 0.5
    assert result.interval == pytest.approx((2100 - 1.96 * se, 2100 + 1.96 * se), rel=0.01)


def test_overdispersion_widens_it():
    narrow = harm([400, 900], [3, 1], seed=1)
    wide = harm([400, 900], [3, 1], seed=1, dispersion=4)
    assert np.diff(wide.interval)[0] == pytest.approx(2 * np.diff(narrow.interval)[0], rel=0.1)


def test_same_seed_same_answer():
    assert harm([40, 9], [3, 1], seed=7).interval == harm([40, 9], [3, 1], seed=7).interval


def test_several_periods():
    result = harm([[10, 1], [20, 0]], [1, 50])
    assert result.total.tolist() == [60, 20]
    assert result.interval.shape == (2, 2)
    assert {"few_grave", "zero_count", "no_long_trends"} <= {w.code for w in result.warnings}


@pytest.mark.parametrize(
    ("counts", "weights"),
    [
        ({"mord": 1}, MONTHS),
        ([1, 2], [1]),
        ([1, 2], [1, -1]),
        ([1.5, 2], [1, 1]),
        ([1, 2], MONTHS),
    ],
)
def test_refused(counts, weights):
    with pytest.raises(AnalysisError):
        harm(counts, weights)
