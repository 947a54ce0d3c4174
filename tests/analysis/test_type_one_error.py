"""Under no effect, tests reject as often as they say: a thousand simulated data sets each."""

import numpy as np
import pytest

from samsyn.analysis import (
    displacement,
    early_warning,
    interrupted_series,
    rate_change,
    survey_change,
    survey_index,
)

N = 1000


def rejected(p_values):
    return float(np.mean(np.asarray(p_values) < 0.05))


@pytest.fixture
def rng():
    return np.random.default_rng(20260101)


@pytest.mark.parametrize("mean", [3, 12, 60])
def test_rate_change_is_discrete_and_not_liberal(rng, mean):
    draws = rng.poisson(mean, (N, 2))
    p = [rate_change(a, 1, b, 1).p_value for a, b in draws if a + b]
    assert rejected(p) <= 0.07


@pytest.mark.parametrize("dispersion", [1.0, 2.0, 3.0])
def test_displacement_holds_its_level_when_dispersion_is_known(rng, dispersion):
    mean = 150
    rate = rng.gamma(mean / max(dispersion - 1, 1e-9), max(dispersion - 1, 1e-9), (N, 4))
    draws = rng.poisson(mean if dispersion == 1 else rate, (N, 4))
    p = [displacement(d[:2], d[2:], dispersion=dispersion).p_value for d in draws.tolist()]
    assert 0.03 <= rejected(p) <= 0.07


def test_displacement_without_dispersion_is_too_bold_as_its_caution_says(rng):
    rate = rng.gamma(75, 2, (N, 4))
    results = [displacement(d[:2], d[2:]) for d in rng.poisson(rate).tolist()]
    assert rejected([r.p_value for r in results]) > 0.15
    assert all("dispersion_unknown" in {w.code for w in r.warnings} for r in results)


@pytest.mark.parametrize("controlled", [False, True])
def test_interrupted_series(rng, controlled):
    season = 30 * np.exp(0.3 * np.sin(2 * np.pi * np.arange(60) / 12))
    table = rng.negative_binomial(15, 15 / (15 + season), (N, 60))
    control = rng.negative_binomial(15, 15 / (15 + season), (N, 60)) if controlled else None
    result = interrupted_series(table, 36, control=control)
    assert 0.03 <= rejected(result.level_p_value) <= 0.07
    assert 0.03 <= rejected(result.slope_p_value) <= 0.07
    assert 0.03 <= rejected(result.autocorrelation_p_value) <= 0.07


def test_survey_change_is_discrete_and_not_liberal(rng):
    draws = rng.binomial(400, 0.3, (2, N))
    result = survey_change(draws[0], 400, draws[1], 400)
    assert rejected(result.p_value) <= 0.07


def test_survey_index(rng):
    first, second = rng.normal(3, 1, (2, N, 80)).clip(0, 6)
    p = [
        survey_index(b, before=survey_index(a)).p_value for a, b in zip(first, second, strict=True)
    ]
    assert 0.03 <= rejected(p) <= 0.07


@pytest.mark.parametrize("mean", [2, 10])
def test_own_normal_leaves_a_tenth_above_at_most(rng, mean):
    result = early_warning(rng.poisson(mean, (N, 30)), method="own_normal", at=[29])
    assert result.alarm.mean() <= 0.12


@pytest.mark.parametrize("mean", [2, 10])
def test_farrington_alarms_no_more_than_a_hundredth(rng, mean):
    result = early_warning(rng.poisson(mean, (N, 264)), at=[263], limit=(0, 4))
    assert result.alarm.mean() <= 0.02
