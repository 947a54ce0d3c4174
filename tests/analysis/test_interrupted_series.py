"""Interrupted series against statsmodels, and against what was simulated."""

import numpy as np
import pytest

from samsyn.analysis import AnalysisError, interrupted_series


def town(seed=0, periods=60, at=36, level=1.0, slope=0.0, mean=40):
    rng = np.random.default_rng(seed)
    t = np.arange(periods)
    after = t >= at
    log = 0.3 * np.sin(2 * np.pi * t / 12) - 0.004 * t
    log += np.log(level) * after + slope * after * (t - at)
    return rng.poisson(mean * np.exp(log))


def slow(y, at, slope=True, offset=None):
    """The same model written out and fitted by statsmodels."""
    import statsmodels.api as sm

    t = np.arange(len(y))
    after = (t >= at).astype(float)
    columns = [np.ones(len(y)), t]
    columns += [f(2 * np.pi * k * t / 12) for k in (1, 2) for f in (np.sin, np.cos)]
    columns += [after] + ([after * (t - at)] if slope else [])
    model = sm.GLM(y, np.column_stack(columns), family=sm.families.Poisson(), offset=offset)
    return model.fit(scale="X2", tol=1e-12)


@pytest.mark.parametrize("slope", [True, False])
def test_equals_statsmodels(slope):
    y = town(level=0.7, slope=0.01)
    ours, theirs = interrupted_series(y, 36, slope=slope), slow(y, 36, slope)
    k = -2 if slope else -1
    widened = max(1, theirs.scale) / theirs.scale
    assert np.log(ours.level_change) == pytest.approx(theirs.params[k], abs=1e-8)
    assert ours.level_se == pytest.approx(theirs.bse[k] * widened**0.5, rel=1e-6)
    assert ours.dispersion == pytest.approx(max(1, theirs.scale), rel=1e-6)
    assert np.allclose(ours.expected, theirs.mu)
    if slope:
        assert np.log(ours.slope_change) == pytest.approx(theirs.params[-1], abs=1e-8)


def test_offset_is_the_logarithm_of_the_exposure():
    y, offset = town(level=0.7), np.log(np.linspace(100, 140, 60))
    theirs = slow(y, 36, offset=offset)
    assert np.log(interrupted_series(y, 36, offset=offset).level_change) == pytest.approx(
        theirs.params[-2], abs=1e-8
    )


def test_finds_what_was_put_in():
    table = np.array([town(seed, level=0.6, slope=0.02) for seed in range(200)])
    result = interrupted_series(table, 36)
    assert np.median(result.level_change) == pytest.approx(0.6, rel=0.03)
    assert np.median(result.slope_change) == pytest.approx(np.exp(0.02), rel=0.005)
    inside = (result.level_interval[:, 0] < 0.6) & (result.level_interval[:, 1] > 0.6)
    assert inside.mean() > 0.9


def test_many_series_are_the_same_as_one_by_one():
    table = np.array([town(seed) for seed in range(50)])
    together = interrupted_series(table, 36)
    alone = interrupted_series(table[17], 36)
    assert together.level_change[17] == pytest.approx(alone.level_change, rel=1e-9)
    assert tuple(together.level_interval[17]) == pytest.approx(alone.level_interval, rel=1e-9)


def test_a_common_shock_is_not_the_effect_of_the_measure():
    treated, control = town(1, level=0.5, mean=200), town(2, level=0.5, mean=200)
    alone = interrupted_series(treated, 36)
    beside = interrupted_series(treated, 36, control=control)
    assert alone.level_interval[1] < 0.7
    assert beside.level_interval[0] < 1 < beside.level_interval[1]
    assert np.log(beside.level_change) == pytest.approx(
        np.log(alone.level_change) - np.log(interrupted_series(control, 36).level_change)
    )


def test_overdispersion_widens_the_interval():
    rng = np.random.default_rng(3)
    y = rng.negative_binomial(10, 10 / (10 + 40), 60)
    result = interrupted_series(y, 36)
    assert result.dispersion > 2
    assert result.level_interval[0] < result.poisson_interval[0]
    assert "overdispersed" in [w.code for w in result.warnings]


def test_neighbouring_periods_that_go_together_are_told():
    rng = np.random.default_rng(5)
    drift = np.zeros(96)
    for t in range(1, 96):
        drift[t] = 0.7 * drift[t - 1] + rng.normal(0, 0.25)
    result = interrupted_series(rng.poisson(60 * np.exp(drift)), 60)
    assert result.autocorrelation_p_value < 0.01
    assert "autocorrelation" in [w.code for w in result.warnings]
    assert result.serial_interval[1] > result.level_interval[1]


def test_the_months_of_putting_in_place_may_be_left_out():
    y = town(level=0.5)
    y[36:39] = 400
    assert interrupted_series(y, 36, skip=3, slope=False).level_change < 0.65


def test_missing_months_are_left_out():
    y = town(level=0.5).astype(float)
    y[[4, 40]] = np.nan
    assert interrupted_series(y, 36).level_change < 0.8


def test_cautions():
    codes = {
        w.code for w in interrupted_series(town(periods=20, at=12), 12, preliminary=2).warnings
    }
    assert codes >= {"short_series", "no_season", "no_control", "preliminary"}


@pytest.mark.parametrize(
    ("counts", "at"),
    [
        (town(), 4),
        (town(), 58),
        (town(), 70),
        (np.zeros(60), 36),
        (town() - 0.5, 36),
        (-town(), 36),
    ],
)
def test_refused(counts, at):
    with pytest.raises(AnalysisError):
        interrupted_series(counts, at)


def test_no_event_after_is_refused_with_advice():
    y = town()
    y[36:] = 0
    with pytest.raises(AnalysisError, match="rate_change"):
        interrupted_series(y, 36)
