"""Many settings against values that R computed (reference/, with versions and how they were made)."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from samsyn.analysis import (
    early_warning,
    getis_ord,
    grid_neighbours,
    local_moran,
    moran,
    rate_change,
)

REFERENCE = Path(__file__).parent / "reference"
SURVEILLANCE = json.loads((REFERENCE / "surveillance.json").read_text())
SPDEP = json.loads((REFERENCE / "spdep.json").read_text())
THRESHOLD = {"delta": "delta", "nbPlugin": "nb_plugin", "muan": "muan"}


def same_where_r_answers(ours, theirs):
    """R leaves out (NA) where too few events came lately; ours stands there all the same."""
    theirs = np.array(theirs, dtype=float)
    return (np.isclose(ours, theirs, rtol=1e-5, atol=1e-6) | np.isnan(theirs)).all()


@pytest.mark.parametrize("threshold", list(THRESHOLD))
def test_farrington_flexible_for_many_settings(threshold):
    cases = [c for c in SURVEILLANCE["farrington"] if c["threshold"] == threshold]
    assert len(cases) > 20
    for case in cases:
        series = SURVEILLANCE["series"][case["series"]]
        t = np.arange(1, len(series["y"]) + 1)
        result = early_warning(
            series["y"],
            at=range(case["first"] - 1, case["first"] + 2),
            years_back=case["b"],
            half_window=case["w"],
            reweight=case["reweight"],
            weights_threshold=case["weights_threshold"],
            alpha=case["alpha"],
            trend=case["trend"],
            trend_threshold=case["p_trend"],
            limit=tuple(case["limit"]),
            power=case["power"],
            periods=case["periods"],
            past_not_included=case["past"],
            threshold=THRESHOLD[threshold],
            frequency=series["freq"],
            effort=100 + 10 * (t % 17) + t if case["offset"] else None,
        )
        assert same_where_r_answers(result.expected, case["expected"]), case
        assert same_where_r_answers(result.upper, case["upper"]), case
        assert same_where_r_answers(result.dispersion, case["phi"]), case
        assert same_where_r_answers(result.score, case["score"]), case
        assert same_where_r_answers(result.p_value, case["p"]), case
        assert result.alarm.tolist() == [bool(a) for a in case["alarm"]], case


def test_ears_bounds():
    for case in SURVEILLANCE["ears"]:
        y = SURVEILLANCE["series"][case["series"]]["y"]
        result = early_warning(
            y,
            method=f"ears_{case['method'].lower()}",
            at=range(len(y) - 20, len(y)),
            baseline=case["baseline"],
            alpha=case["alpha"],
            min_sigma=case["min_sigma"],
        )
        assert np.allclose(result.upper, case["upper"]), case


def test_cusum_alarms():
    for case in SURVEILLANCE["cusum"]:
        y = SURVEILLANCE["series"][case["series"]]["y"]
        result = early_warning(
            y,
            method="cusum",
            at=range(len(y) - 30, len(y)),
            baseline=len(y) - 30,
            **{name: case[name] for name in ("k", "h", "mean", "transform")},
        )
        assert result.alarm.tolist() == [bool(a) for a in case["alarm"]], case


def test_getis_ord_and_moran():
    for case in SPDEP["grids"]:
        shape, queen = (case["rows"], case["columns"]), case["queen"]
        others = grid_neighbours(*shape, own=False, queen=queen)
        rows = case["style"] == "W"
        for own, name in ((False, "gi"), (True, "gi_star")):
            links = weighted(grid_neighbours(*shape, own=own, queen=queen), rows)
            z = getis_ord(case["x"], links, permutations=0).z
            assert np.allclose(z, np.array(case[name], dtype=float)), case
        weights = "row" if rows else "as_given"
        local = local_moran(case["x"], others, weights=weights, permutations=0)
        told = np.column_stack([local.i, local.expected, local.variance, local.p_value])
        for ours, theirs in zip(told, case["local"], strict=True):
            assert theirs is None or np.allclose(ours, theirs, atol=1e-7)
        whole = moran(case["x"], others, weights=weights, permutations=0)
        told = [whole.i, whole.expected, whole.variance, whole.z, whole.p_value]
        assert np.allclose(told, case["moran"])


def weighted(lists, rows):
    n = len(lists)
    where = np.repeat(np.arange(n), [len(near) for near in lists])
    weight = np.concatenate([np.full(len(v), 1 / len(v) if rows else 1.0) for v in lists])
    return sparse.csr_array((weight, (where, np.concatenate(lists))), shape=(n, n))


def test_interval_of_two_poisson_rates():
    for case in SPDEP["poisson"]:
        (k1, k2), (n1, n2) = case["k"], case["n"]
        low, high = rate_change(k1, n1, k2, n2).interval
        assert low == pytest.approx(case["interval"][0], rel=1e-6)
        assert high == pytest.approx(case["interval"][1] or math.inf, rel=1e-6)


@pytest.mark.filterwarnings("error")
def test_a_past_without_events_neither_hangs_nor_warns():
    quiet = np.zeros(320)
    quiet[-1] = 3
    result = early_warning(quiet, threshold="muan", years_back=3, at=[319], limit=(1, 1))
    assert not result.alarm[0]
    assert np.isinf(result.upper[0])


def test_a_cusum_far_above_its_limit_lets_no_count_pass():
    y = np.full(60, 4.0)
    y[40:50] = 60
    result = early_warning(y, method="cusum", transform="rossi", baseline=40, at=range(45, 55))
    assert result.alarm.all()
    assert result.upper.tolist() == [0.0] * 10
