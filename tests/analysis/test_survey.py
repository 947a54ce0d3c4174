"""Surveys against Newcombe's tables, statsmodels and plain formulas."""

import numpy as np
import pytest

from samsyn.analysis import AnalysisError, survey_change, survey_index, survey_share


@pytest.mark.parametrize(
    ("yes", "n", "interval"),
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_wilson_intervals_of_newcombe_1998(yes, n, interval):
    assert survey_share(yes, n).interval == pytest.approx(interval, abs=5e-5)


@pytest.mark.parametrize(
    ("second", "first", "interval"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.0582, 0.8062)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((0, 10), (0, 20), (-0.1611, 0.2775)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ],
)
def test_differences_of_newcombe_1998(second, first, interval):
    result = survey_change(*first, *second)
    assert result.interval == pytest.approx(interval, abs=5e-5)


def test_several_groups_equal_statsmodels():
    from statsmodels.stats.proportion import proportion_confint

    yes, n = np.array([30, 44, 120]), np.array([100, 80, 400])
    low, high = proportion_confint(yes, n, method="wilson")
    assert np.allclose(survey_share(yes, n).interval, np.column_stack([low, high]))


def test_weighting_costs_precision():
    rng = np.random.default_rng(1)
    answers = rng.integers(0, 2, 400)
    plain = survey_share(answers)
    weighted = survey_share(answers, weights=np.where(np.arange(400) % 2, 3.0, 1.0))
    assert weighted.design_effect == pytest.approx(1.25)
    assert weighted.effective_n == pytest.approx(320)
    assert np.diff(weighted.interval) > np.diff(plain.interval)


def test_asking_most_of_the_village_gives_a_narrow_interval():
    whole = survey_share(40, 100, population=110)
    part = survey_share(40, 100)
    assert np.diff(whole.interval) < 0.4 * np.diff(part.interval)


def test_under_thirty_answers_no_share_is_shown():
    result = survey_share(9, 29)
    assert not result.shown
    assert "few_answers" in [w.code for w in result.warnings]
    assert survey_share(9, 30).shown


def test_many_questions_are_adjusted():
    rng = np.random.default_rng(2)
    first, second = rng.binomial(400, 0.3, 40), rng.binomial(400, 0.3, 40)
    second[3] = 190
    result = survey_change(first, 400, second, 400)
    assert result.q_value[3] < 0.001
    assert (result.q_value < 0.05).sum() < (result.p_value < 0.05).sum()
    assert result.words[3].code == "signal"
    assert "multiple_testing" in [w.code for w in result.warnings]


def test_how_large_a_change_would_show():
    assert survey_change(120, 400, 120, 400).detectable == pytest.approx(0.091, abs=0.001)


def test_index_is_the_mean_of_respondents_means():
    answers = np.array([[0, 6], [3, np.nan], [6, 6], [np.nan, np.nan]])
    result = survey_index(answers)
    assert result.n == 3
    assert result.index == pytest.approx((3 + 3 + 6) / 3)
    assert "left_out" in [w.code for w in result.warnings]


def test_index_interval_is_students_and_change_is_welchs():
    from scipy import stats

    rng = np.random.default_rng(4)
    first, second = rng.integers(0, 7, 60), np.minimum(rng.integers(0, 7, 50) + 1, 6)
    before = survey_index(first)
    after = survey_index(second, before=before)
    assert before.interval == pytest.approx(
        stats.t.interval(0.95, 59, first.mean(), stats.sem(first))
    )
    assert after.p_value == pytest.approx(stats.ttest_ind(second, first, equal_var=False).pvalue)


def test_a_scale_may_be_turned_round():
    assert survey_index([1, 1, 5], scale=(5, 1)).index == pytest.approx(4)


@pytest.mark.parametrize(
    "call",
    [
        lambda: survey_share(5, 0),
        lambda: survey_share(6, 5),
        lambda: survey_share([0, 1, 2]),
        lambda: survey_share([0, 1], weights=[1, 0]),
        lambda: survey_share(50, 100, population=90),
        lambda: survey_change(1, 2, 3, 2),
        lambda: survey_index([7, 3]),
        lambda: survey_index([3]),
    ],
)
def test_refused(call):
    with pytest.raises(AnalysisError):
        call()
