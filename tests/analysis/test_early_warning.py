"""Alarms against R surveillance, unit values of its documentation, and slow twins."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.analysis import AnalysisError, early_warning
from samsyn.analysis.early_warning import farrington, glm, negbin

GOLDEN = Path(__file__).parents[1] / "data" / "golden"
EXPECTED = json.loads((GOLDEN / "expected.json").read_text())
with (GOLDEN / "weekly.csv").open() as file:
    WEEKLY = np.array([int(row["count"]) for row in csv.DictReader(file)])
LAST = range(296, 306)
FOUR_YEARS = {"at": LAST, "years_back": 4, "limit": (0, 4)}


def settings_with(**changed):
    default = {
        "years_back": 4, "half_window": 3, "alpha": 0.05, "reweight": True, "weights_threshold": 2.58,
        "trend": True, "trend_threshold": 1.0, "periods": 10, "past_not_included": 26,
        "power": "2/3", "threshold": "delta", "limit": (5, 4), "frequency": 52,
    }  # fmt: skip
    return farrington.Settings(**default | changed)


# --- Against surveillance (golden data) ----------------------------------------------------------


def test_farrington_flexible_equals_surveillance():
    reference = EXPECTED["farrington_flexible"]
    result = early_warning(WEEKLY, **FOUR_YEARS)
    assert result.upper.tolist() == reference["nbPlugin_upper"]
    assert result.alarm.astype(int).tolist() == reference["nbPlugin_alarm"]
    assert np.allclose(result.expected, reference["mu0"], rtol=0, atol=1e-9)
    assert np.allclose(result.dispersion, reference["phi"])


def test_ears_c1_equals_surveillance():
    result = early_warning(WEEKLY, method="ears_c1", at=LAST)
    assert np.allclose(result.upper, EXPECTED["ears"]["C1_upper"], rtol=0, atol=1e-7)


def test_cusum_equals_the_reference():
    result = early_warning(WEEKLY, method="cusum", at=LAST)
    assert np.allclose(
        result.score, EXPECTED["cusum_standardised"]["S_weeks_297_306"], rtol=0, atol=1e-6
    )


# --- Unit values published with surveillance -----------------------------------------------------


def test_residual_weights():
    residual = np.array([[0.0] * 5 + [2.0] * 5])
    weight = farrington.residual_weights(residual, np.ones((1, 10), dtype=bool), 0.0)
    assert np.allclose(weight, [[1.6] * 5 + [0.4] * 5])


@pytest.mark.parametrize(
    ("power", "upper", "tail", "score"),
    [
        ("none", 8.6926872, 0.0907246, 0.8124165),
        ("1/2", 9.3744842, 0.1189986, 0.6857951),
        ("2/3", 9.1154825, 0.1094727, 0.7289546),
    ],
)
def test_threshold_of_farrington_1996(power, upper, tail, score):
    result = farrington.threshold(
        np.log([5.0]), np.array([0.2 / 5]), np.ones(1), np.array([8.0]), settings_with(power=power)
    )
    assert np.allclose(np.ravel(result), [upper, tail, score], rtol=0, atol=1e-7)


@pytest.mark.parametrize(
    ("threshold", "dispersion", "upper", "tail", "score"),
    [
        ("muan", 1.5, 24, 0.8597797, 0.4193982),
        ("nb_plugin", 1.5, 10, 0.03763657, 1.11918153),
        ("nb_plugin", 1.0, 9, 0.01369527, 1.27061541),
    ],
)
def test_threshold_of_noufaily_2013(threshold, dispersion, upper, tail, score):
    result = farrington.threshold(
        np.log([5.0]),
        np.log([2.0]),
        np.array([dispersion]),
        np.array([11.0]),
        settings_with(threshold=threshold),
    )
    assert np.allclose(np.ravel(result), [upper, tail, score], rtol=0, atol=1e-7)


def test_muan_without_dispersion():
    upper, _, _ = farrington.threshold(
        np.log([5.0]), np.log([2.0]), np.ones(1), np.array([11.0]), settings_with(threshold="muan")
    )
    assert upper[0] == 22


# --- Twins ---------------------------------------------------------------------------------------


def slow_levels(now, periods, years_back, window, frequency, past):
    """Week by week: the level of the factor, or None where the week is left out."""
    levels = {}
    for year in range(years_back, 0, -1):
        reference = now - year * frequency
        for i in range(reference - window, reference + window + 1):
            levels[i] = periods
        if periods > 1:
            rest = list(range(reference + window + 1, reference + frequency - window))
            size, longer = divmod(len(rest), periods - 1)
            for block in range(1, periods):
                take = size + (1 if block <= longer else 0)
                for i in rest[:take]:
                    levels[i] = block
                rest = rest[take:]
    for i in range(now - window, now + 1):
        levels[i] = periods
    return {i: level for i, level in levels.items() if i < now - past}


def slow_farrington(y, now, *, periods, threshold, trend=True):
    """One series and week with statsmodels, step by step as the papers tell it."""
    import statsmodels.api as sm
    from scipy import stats

    levels = slow_levels(now, periods, 4, 3, 52, 26 if periods > 1 else 3)
    weeks = sorted(levels)
    factor = np.array(
        [[levels[i] == level for level in range(1, periods + 1)] for i in weeks], float
    )
    factor = factor[:, factor.any(axis=0)]
    design = np.column_stack([factor, np.array(weeks) - now]) if trend else factor
    counts = y[weeks].astype(float)

    def fit(weights):
        model = sm.GLM(
            counts, design, family=sm.families.Poisson(), freq_weights=None, var_weights=weights
        )
        return model.fit(tol=1e-12)

    def pearson(result, weights):
        return (weights * (counts - result.mu) ** 2 / result.mu).sum() / (
            len(weeks) - design.shape[1]
        )

    ones = np.ones(len(weeks))
    first = fit(ones)
    phi = max(1, pearson(first, ones))
    leverage = (
        np.diag(design @ np.linalg.inv(design.T @ (first.mu[:, None] * design)) @ design.T)
        * first.mu
    )
    anscombe = 1.5 * (counts ** (2 / 3) * first.mu ** (-1 / 6) - first.mu**0.5)
    anscombe /= np.sqrt(phi * (1 - leverage))
    omega = np.where(anscombe > 2.58, np.maximum(anscombe, 1e-9) ** -2.0, 1.0)
    omega *= len(omega) / omega.sum()
    last = fit(omega)
    phi = max(1, pearson(last, omega))
    row = np.zeros(design.shape[1])
    row[factor.shape[1] - 1] = 1
    mean = np.exp(row @ last.params)
    if threshold == "nb_plugin":
        if phi == 1:
            return mean, phi, stats.poisson.ppf(0.99, mean)
        return mean, phi, stats.nbinom.ppf(0.99, mean / (phi - 1), 1 / phi)
    covariance = np.linalg.inv(design.T @ ((omega * last.mu)[:, None] * design))
    relative = (omega * ((counts - last.mu) / last.mu) ** 2).sum() / (len(weeks) - design.shape[1])
    spread = relative
    se = mean * np.sqrt(spread * (row @ covariance @ row))
    error = np.sqrt(4 / 9 * mean ** (1 / 3) * (phi + se**2 / mean))
    return mean, phi, (mean ** (2 / 3) + stats.norm.ppf(0.99) * error) ** 1.5


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.sampled_from([1, 5, 10]), st.sampled_from(["nb_plugin", "delta"]))
def test_farrington_equals_the_slow_twin(seed, periods, threshold):
    rng = np.random.default_rng(seed)
    season = np.exp(0.4 * np.sin(np.arange(230) / 52 * 2 * np.pi))
    y = rng.negative_binomial(4, 4 / (4 + 8 * season))
    result = early_warning(
        y,
        at=[229],
        years_back=4,
        periods=periods,
        threshold=threshold,
        past_not_included=26 if periods > 1 else None,
        trend_threshold=2.0,
        limit=(0, 4),
    )
    if not result.trend[0]:
        return  # The forecast exceeded every count, so the trend was rightly dropped.
    mean, phi, upper = slow_farrington(y, 229, periods=periods, threshold=threshold)
    assert result.expected[0] == pytest.approx(mean, rel=1e-5)
    assert result.dispersion[0] == pytest.approx(phi, rel=1e-4)
    assert result.upper[0] == pytest.approx(upper, rel=1e-4)


def test_many_series_give_the_same_as_one_by_one():
    rng = np.random.default_rng(4)
    table = rng.poisson(6, (300, 280))
    together = early_warning(table, at=[270, 279])
    for i in (0, 130, 299):
        alone = early_warning(table[i], at=[270, 279])
        assert np.allclose(together.expected[i], alone.expected, rtol=1e-12)
        assert np.array_equal(together.upper[i], alone.upper)


def test_a_trend_needs_three_years_and_no_forecast_beyond_the_past():
    rising = np.round(np.exp(np.arange(320) / 60)).astype(int)
    assert not early_warning(rising, years_back=4, at=[319]).trend[0]
    assert not early_warning(WEEKLY, years_back=2, at=[300]).trend[0]
    assert not early_warning(WEEKLY, at=[300], trend=False).trend[0]


def slow_c2(y, t):
    window = y[t - 9 : t - 2]
    return (y[t] - window.mean()) / window.std(ddof=1), window.mean(), window.std(ddof=1)


def test_ears_c2_and_c3_are_as_documented():
    c2 = early_warning(WEEKLY, method="ears_c2")
    c3 = early_warning(WEEKLY, method="ears_c3")
    assert (c2.at[0], c3.at[0]) == (9, 11)
    for t in (9, 50, 301):
        score, mean, sd = slow_c2(WEEKLY, t)
        assert c2.score[t - 9] == pytest.approx(score)
        assert c2.upper[t - 9] == pytest.approx(mean + 3.0902323 * sd)
    for t in (11, 60, 302):
        parts = [max(0, slow_c2(WEEKLY, i)[0] - 1) for i in (t - 2, t - 1, t)]
        _, mean, sd = slow_c2(WEEKLY, t)
        assert c3.score[t - 11] == pytest.approx(sum(parts))
        assert c3.upper[t - 11] == pytest.approx(max(0, mean + sd * (1.9599640 - sum(parts[:2]))))


def test_cusum_starts_over_when_asked():
    lasting = early_warning(WEEKLY, method="cusum", at=LAST)
    reset = early_warning(WEEKLY, method="cusum", at=LAST, reset=True)
    assert lasting.alarm.sum() > reset.alarm.sum() > 0


def slow_quantile(level, mean, dispersion):
    from scipy import stats

    if dispersion <= 1:
        return stats.poisson.ppf(level, mean)
    return stats.nbinom.ppf(level, mean / (dispersion - 1), 1 / dispersion)


@settings(max_examples=60, deadline=None)
@given(st.floats(0.001, 0.999), st.floats(0.01, 500), st.floats(1, 20))
def test_quantiles_equal_scipy(level, mean, dispersion):
    found = negbin.quantile(level, np.array([mean]), np.array([dispersion]))[0]
    assert found == slow_quantile(level, mean, dispersion)


def slow_own_normal(y):
    """Eight latest periods that did not alarm; moments; scipy's quantiles."""
    kept, out = [], []
    for now in y:
        if len(kept) >= 8:
            past = np.array(kept[-8:], float)
            phi = max(1.0, past.var(ddof=1) / past.mean()) if past.sum() else 1.0
            mean = (past.sum() + 0.5) / 8
            low, high = (slow_quantile(q, mean, phi * (1 + 1 / 8)) for q in (0.1, 0.9))
            out.append((low, high))
            if now > high:
                continue
        kept.append(now)
    return np.array(out)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.5, 30))
def test_own_normal_equals_its_twin(seed, mean):
    y = np.random.default_rng(seed).negative_binomial(3, 3 / (3 + mean), 40)
    result = early_warning(y, method="own_normal")
    assert np.array_equal(np.column_stack([result.lower, result.upper]), slow_own_normal(y))


# --- What is said --------------------------------------------------------------------------------


def test_a_peak_does_not_become_normal():
    y = [6, 4, 7, 5, 6, 8, 5, 6, 30, 28, 6]
    result = early_warning(y, method="own_normal")
    assert result.alarm.tolist() == [True, True, False]
    assert result.upper[0] == result.upper[2]
    assert result.words[0] == "30, över det normala (3–9 är normalt)."
    assert result.words[2].en == "6, within normal (3–9 is normal)."


def test_twice_the_effort_is_twice_the_normal():
    y = np.tile([10, 12, 9, 11, 10, 13, 8, 11], 2)
    effort = np.r_[np.ones(15), 2.0]
    single = early_warning(y, method="own_normal", at=[15])
    double = early_warning(y, method="own_normal", at=[15], effort=effort)
    assert double.expected[0] == pytest.approx(2 * single.expected[0])


def test_effort_is_an_offset_in_farrington():
    rng = np.random.default_rng(2)
    effort = np.r_[np.ones(200), np.full(112, 2.0)]
    y = rng.poisson(10 * effort)
    aware = early_warning(y, effort=effort, at=[300, 311])
    assert np.all(np.abs(aware.expected - 20) < 4)


def test_fewer_than_five_in_four_weeks_is_no_alarm():
    quiet = np.zeros(312)
    quiet[::30] = 1
    quiet[311] = 4
    loud = early_warning(quiet, at=[311], limit=(0, 4))
    held = early_warning(quiet, at=[311])
    assert loud.alarm[0]
    assert not held.alarm[0]
    assert not held.enough[0]


def test_missing_weeks_are_left_out():
    gap = WEEKLY.astype(float)
    gap[100:110] = np.nan
    result = early_warning(gap, **FOUR_YEARS)
    assert np.isfinite(result.expected).all()
    assert not np.array_equal(result.expected, early_warning(WEEKLY, **FOUR_YEARS).expected)


def test_false_discovery_over_the_series_of_a_week():
    rng = np.random.default_rng(5)
    table = rng.poisson(8, (200, 60))
    table[7, 59] = 60
    result = early_warning(table, method="own_normal", at=[59])
    assert result.q_value[7, 0] < 0.01
    assert (result.q_value < 0.05).sum() <= 3
    assert "multiple_testing" in [w.code for w in result.warnings]


def test_labels_follow_the_calendar_of_the_series():
    result = early_warning(WEEKLY, start=(2019, 1), **FOUR_YEARS)
    assert result.periods[0] == (2024, 37)


def test_cautions_on_few_events_and_preliminary_weeks():
    rare = np.tile([0, 0, 1, 0], 20)
    result = early_warning(rare, method="own_normal", preliminary=2, effort_changed=True)
    assert {"few_events", "preliminary", "changed_effort"} <= {w.code for w in result.warnings}


@pytest.mark.parametrize(
    ("counts", "options"),
    [
        (WEEKLY[:200], {}),
        (WEEKLY, {"method": "prophet"}),
        (WEEKLY, {"at": [400]}),
        (WEEKLY, {"at": [10]}),
        (WEEKLY, {"periods": 60}),
        (WEEKLY, {"threshold": "median"}),
        (WEEKLY - 5.5, {}),
        (-WEEKLY, {}),
        (WEEKLY, {"effort": np.zeros(312)}),
        (WEEKLY, {"effort": np.ones(3)}),
        ([], {"method": "own_normal"}),
        (np.full(300, 5), {"method": "cusum"}),
    ],
)
def test_refused(counts, options):
    with pytest.raises(AnalysisError):
        early_warning(counts, **options)


def test_a_level_of_zeros_does_not_break_the_regression():
    y = np.tile(np.r_[np.zeros(26), np.full(26, 5)], 6)
    result = early_warning(y, at=[300], years_back=4)
    assert result.expected[0] == pytest.approx(5, rel=0.3)
    assert np.isfinite(result.upper[0])


def test_the_fit_equals_statsmodels():
    import statsmodels.api as sm

    rng = np.random.default_rng(9)
    level = np.repeat([0, 1, 2], 20)
    time = np.linspace(-1, 0, 60)
    y = rng.poisson(7, (5, 60)).astype(float)
    weight = rng.uniform(0.5, 1.5, (5, 60))
    ours = glm.fit(y, weight, np.zeros((1, 60)), level, time, True)
    design = np.column_stack([level == 0, level == 1, level == 2, time]).astype(float)
    for i in range(5):
        theirs = sm.GLM(y[i], design, family=sm.families.Poisson(), var_weights=weight[i]).fit(
            scale="X2"
        )
        assert ours.log_mean[i] == pytest.approx(theirs.params[2], abs=1e-7)
        assert ours.slope[i] == pytest.approx(theirs.params[3], abs=1e-7)
        assert ours.dispersion[i] == pytest.approx(theirs.scale, rel=1e-5)
        assert np.allclose(ours.leverage[i], theirs.get_hat_matrix_diag(), rtol=1e-4)


def test_the_original_algorithm_has_its_own_rules():
    original = {
        "periods": 1,
        "threshold": "delta",
        "weights_threshold": 1,
        "past_not_included": None,
    }
    assert farrington.is_original(1, 1.0, "delta")
    chosen = early_warning(WEEKLY, **FOUR_YEARS, **original)
    told = early_warning(WEEKLY, **FOUR_YEARS, **original, trend_threshold=0.05)
    assert np.array_equal(chosen.upper, told.upper)
    assert settings_with(periods=1, weights_threshold=1.0).original
    assert not settings_with(periods=1, weights_threshold=1.0, threshold="muan").original
    assert not settings_with(periods=1, weights_threshold=1.0, reweight=False).original
    assert not settings_with(periods=1).original
