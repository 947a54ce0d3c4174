"""Two counts compared, against published values, exact arithmetic and scipy."""

from fractions import Fraction
from math import exp, factorial, inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.analysis import AnalysisError, rate_change
from samsyn.analysis.rates import e_test


@pytest.mark.parametrize(
    ("k1", "k2", "p"), [(0, 3, 0.08837901), (6, 2, 0.17487482), (20, 10, 0.06883178), (20, 20, 1)]
)
def test_e_test_of_krishnamoorthy_and_thomson(k1, k2, p):
    assert rate_change(k1, 1, k2, 1).p_value == pytest.approx(p, abs=5e-9)


def slow_e_test(k1, n1, k2, n2):
    """The table of all pairs, squared statistics compared as fractions."""

    def squared(x1, x2):
        variance = Fraction(x1, n1**2) + Fraction(x2, n2**2)
        return (Fraction(x1, n1) - Fraction(x2, n2)) ** 2 / variance if variance else Fraction(0)

    def poisson(x, mean):
        return exp(-mean) * mean**x / factorial(x)

    pooled = (k1 + k2) / (n1 + n2)
    bound = squared(k1, k2)
    top = 45
    return sum(
        poisson(x1, n1 * pooled) * poisson(x2, n2 * pooled)
        for x1 in range(top)
        for x2 in range(top)
        if squared(x1, x2) >= bound
    )


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 7), st.integers(1, 2), st.integers(1, 7), st.integers(1, 2))
def test_e_test_equals_the_summed_table(k1, n1, k2, n2):
    assert e_test(k1, n1, k2, n2) == pytest.approx(min(1, slow_e_test(k1, n1, k2, n2)), abs=1e-9)


def test_large_counts_agree_with_the_normal_limit():
    from scipy.stats import norm

    z = 2000 / (2_002_000**0.5)
    assert e_test(1_000_000, 1, 1_002_000, 1) == pytest.approx(2 * norm.sf(z), rel=1e-3)


def test_exact_interval_is_that_of_the_binomial_share():
    from scipy.stats import binomtest

    low, high = binomtest(9, 23).proportion_ci(method="exact")
    result = rate_change(14, 2, 9, 3)
    assert result.ratio == pytest.approx((9 / 3) / (14 / 2))
    assert result.interval == pytest.approx((low / (1 - low) * 2 / 3, high / (1 - high) * 2 / 3))


def test_from_nothing_the_ratio_has_no_upper_end():
    result = rate_change(0, 1, 3, 1)
    assert result.ratio == inf
    assert result.interval[1] == inf
    assert result.to_dict()["ratio"] is None


def test_small_numbers_get_words_and_no_percentage():
    result = rate_change(6, 1, 2, 1)
    assert result.percent is None
    assert result.words == "Minskade från 6 till 2. Så små tal svänger så mycket av en slump."
    assert result.words.en == "Fell from 6 to 2. Counts this small vary as much by chance."
    assert "procent" not in result.words
    assert "few_events" in [w.code for w in result.warnings]


def test_large_numbers_get_percentage_with_interval():
    words = rate_change(120, 1, 90, 1).words
    assert words == "Minskade från 120 till 90, 25 procent (mellan −44 och −1 procent)."


def test_guards_are_said():
    result = rate_change(
        40, 1, 20, 1, comparisons=600, selected_high=True, effort_changed=True, preliminary=True
    )
    assert {w.code for w in result.warnings} == {
        "multiple_testing",
        "regression_to_the_mean",
        "changed_effort",
        "preliminary",
    }
    assert "Omkring 30 larmar av en slump" in " ".join(result.warnings)


@pytest.mark.parametrize("bad", [(0, 1, 0, 1), (1.5, 1, 2, 1), (-1, 1, 2, 1), (1, 0, 2, 1)])
def test_refused(bad):
    with pytest.raises(AnalysisError):
        rate_change(*bad)
