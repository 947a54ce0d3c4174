"""Measures of a hot-spot map, against the example of ptools."""

import numpy as np
import pytest

from samsyn.analysis import AnalysisError, accuracy


def test_the_example_of_ptools():
    result = accuracy([3, 2, 1], [6, 3, 0])
    assert result.pai.tolist() == pytest.approx([2, 1.5, 1])
    assert result.pei.tolist() == pytest.approx([1, 1, 1])
    assert result.rri.tolist() == pytest.approx([3 / 6, 5 / 9, 6 / 9])


def test_a_map_turned_upside_down():
    result = accuracy([1, 2, 3], [6, 3, 0])
    assert result.order.tolist() == [2, 1, 0]
    assert result.pai[0] == 0
    assert result.pei[0] == 0
    assert result.rri[0] == np.inf


def test_unequal_areas_rank_by_density():
    result = accuracy([10, 9], [5, 5], area=[10, 1])
    assert result.order.tolist() == [1, 0]
    assert result.pai[0] == pytest.approx(0.5 / (1 / 11))
    assert (result.pei <= 1 + 1e-12).all()


def test_chance_is_one():
    rng = np.random.default_rng(0)
    result = accuracy(rng.random(5000), rng.poisson(3, 5000))
    assert result.pai[499] == pytest.approx(1, abs=0.1)


def test_ties_are_told():
    assert "ties" in [w.code for w in accuracy(np.ones(100), np.ones(100)).warnings]


@pytest.mark.parametrize(
    "bad", [([1, 2], [0, 0], 1), ([0, 0], [1, 1], 1), ([1], [1, 2], 1), ([1, 2], [1, 2], [1, 0])]
)
def test_refused(bad):
    with pytest.raises(AnalysisError):
        accuracy(*bad)


def test_a_map_of_marked_places_is_judged_as_one():
    result = accuracy([True, False, True, False], [6, 1, 2, 1], area=[1, 1, 2, 4])
    assert result.pai.tolist() == pytest.approx([0.8 / (3 / 8)])
    assert result.order.tolist() == [0, 2]
    assert result.pei[0] <= 1
