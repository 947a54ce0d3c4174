"""Gi* and Moran: spdep's and esda's values, the definition, and what chance does to them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from samsyn.analysis import AnalysisError, getis_ord, grid_neighbours, local_moran, moran
from tests.analysis import golden, twins

R, C = np.divmod(np.arange(100), 10)
BLOCK = ((7 * R + 13 * C) % 11) + 20 * ((R >= 3) & (R <= 5) & (C >= 3) & (C <= 5))
POINTS = np.array([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)])
APART = np.hypot(*(POINTS[:, None] - POINTS[None]).T)


def test_gi_star_of_the_block_is_spdeps():
    found = getis_ord(BLOCK, grid_neighbours(10, 10), permutations=0)

    assert BLOCK.sum() == 677
    assert found.z[44] == pytest.approx(golden.EXPECTED["gi_star_grid10"]["z_4_4"], abs=1e-9)
    assert found.hot[44]


def test_gi_of_the_six_points_is_esdas():
    # esda docstring, binary weights, band 15; spdep agrees.
    near = [np.flatnonzero((row <= 15) & (row > 0)) for row in APART]
    own = [np.flatnonzero(row <= 15) for row in APART]
    y = [2, 3, 3.2, 5, 8, 7]

    assert getis_ord(y, near, permutations=0).z == pytest.approx(
        [-1.0136729, -0.04361589, 1.31558703, -0.31412676, 1.15373986, 1.77833941], abs=1e-7
    )
    assert getis_ord(y, own, permutations=0).z == pytest.approx(
        [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331], abs=1e-7
    )


def test_moran_of_the_block_is_spdeps():
    found = moran(BLOCK, grid_neighbours(10, 10, own=False), permutations=199)

    assert found.i == pytest.approx(0.3517058955, abs=1e-10)
    assert found.expected == pytest.approx(-1 / 99)
    assert found.variance == pytest.approx(0.002748214278, abs=1e-12)
    assert found.p_permutation == pytest.approx(2 / 200)


def test_moran_is_what_the_definition_says():
    values = [3.0, 1, 4, 1, 5, 9, 2, 6]
    links = [[((i + 1) % 8, 2.0), ((i + 3) % 8, 0.5)] for i in range(8)]
    matrix = sparse.lil_matrix((8, 8))
    for i, row in enumerate(links):
        for j, w in row:
            matrix[i, j] = w

    found = moran(values, matrix.tocsr(), weights="as_given", permutations=0)

    assert found.i == pytest.approx(twins.moran_i(values, links))


def test_moran_variance_holds_for_one_way_neighbours():
    rng = np.random.default_rng(0)
    values, matrix = rng.gamma(1, size=30), sparse.random(30, 30, 0.2, random_state=1, format="csr")
    found = moran(values, matrix, weights="as_given", permutations=0)
    dense = matrix.toarray()
    np.fill_diagonal(dense, 0)
    z = values - values.mean()
    mixed = [
        30 / dense.sum() * (p @ dense @ p) / (z @ z)
        for p in (rng.permutation(z) for _ in range(20_000))
    ]

    assert np.var(mixed) == pytest.approx(found.variance, rel=0.05)


def test_local_moran_moments_are_esdas():
    import libpysal
    from esda import Moran_Local

    queen = libpysal.weights.lat2W(10, 10, rook=False)
    theirs = Moran_Local(BLOCK, queen, permutations=0)
    found = local_moran(BLOCK, grid_neighbours(10, 10, own=False), permutations=0)

    # esda scales I by (n − 1)/n but not its moments; spdep and the moments use n.
    assert found.i == pytest.approx(theirs.Is * 100 / 99)
    assert found.expected == pytest.approx(theirs.EIc)
    assert found.variance == pytest.approx(theirs.VIc)
    assert found.quadrant[44] == "HH"


@pytest.mark.parametrize("method", [getis_ord, local_moran])
def test_permutations_agree_with_the_exact_moments(method):
    rng = np.random.default_rng(1)
    values = rng.normal(size=400)
    found = method(values, grid_neighbours(20, 20), permutations=4999, seed=2)

    assert np.corrcoef(found.p_value, found.p_permutation)[0, 1] > 0.995
    assert np.abs(found.p_value - found.p_permutation).max() < 0.06


def test_permutation_p_of_a_place_is_the_share_of_random_neighbourhoods():
    rng = np.random.default_rng(3)
    values = rng.gamma(0.5, size=25)
    links = [row[row != i] for i, row in enumerate(grid_neighbours(5, 5))]
    found = getis_ord(values, links, permutations=9999, seed=1)

    for i in (0, 12):
        others = np.delete(values, i)
        seen = values[links[i]].sum()
        drawn = np.array([rng.permutation(others)[: len(links[i])].sum() for _ in range(4000)])
        tail = 2 * min((drawn >= seen).mean(), (drawn <= seen).mean())
        assert found.p_permutation[i] == pytest.approx(min(tail, 1), abs=0.04)


def test_the_same_seed_gives_the_same_answer():
    a = getis_ord(BLOCK, grid_neighbours(10, 10), seed=4)
    b = getis_ord(BLOCK, grid_neighbours(10, 10), seed=4)

    assert np.array_equal(a.p_permutation, b.p_permutation)


def test_false_discovery_keeps_only_what_holds():
    values = np.random.default_rng(0).normal(size=2500)
    found = getis_ord(values, grid_neighbours(50, 50))

    assert (found.p_value < 0.05).sum() > 60
    assert found.significant.sum() <= 3
    assert "multiple_testing" in {w.code for w in found.warnings}


@pytest.mark.parametrize("method", [getis_ord, local_moran])
@pytest.mark.parametrize("figure", ["p_value", "p_permutation"])
def test_false_alarms_at_one_place_are_as_rare_as_promised(method, figure):
    rng = np.random.default_rng(8)
    links = grid_neighbours(6, 6)
    p = [
        getattr(method(rng.normal(size=36), links, permutations=999, seed=k), figure)[14]
        for k in range(1000)
    ]

    assert 0.03 <= np.mean(np.array(p) < 0.05) <= 0.07


def test_false_alarms_of_moran_are_as_rare_as_promised():
    rng = np.random.default_rng(9)
    links = grid_neighbours(7, 7, own=False)
    p = [moran(rng.normal(size=49), links, permutations=0).p_value for _ in range(1000)]

    assert 0.03 <= np.mean(np.array(p) < 0.05) <= 0.07


def test_refuses_equal_values_and_neighbours_that_do_not_fit():
    with pytest.raises(AnalysisError, match="lika"):
        getis_ord(np.ones(100), grid_neighbours(10, 10))
    with pytest.raises(AnalysisError, match="100 platser"):
        moran([1, 2, 3, 4], grid_neighbours(10, 10))
    with pytest.raises(AnalysisError, match="nummer"):
        moran([1, 2, 3, 4], [[1], [2], [9], [0]])
