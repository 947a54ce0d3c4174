"""Trend, season and rest of a series, with breaks respected."""

import numpy as np
import pytest

from samsyn.analysis import AnalysisError, decompose


def months(n=96, seed=0, jump=1.0):
    t = np.arange(n)
    level = (
        50 * np.exp(0.3 * np.sin(2 * np.pi * t / 12) - 0.003 * t) * np.where(t >= n // 2, jump, 1)
    )
    return np.random.default_rng(seed).poisson(level)


def test_the_parts_multiply_to_what_is_expected():
    result = decompose(months(), 12)
    assert np.allclose(result.trend * result.season, result.expected)
    assert np.allclose(result.observed - result.expected, result.rest)
    assert np.log(result.season[:12]).sum() == pytest.approx(0, abs=1e-9)


def test_it_finds_the_season_that_was_put_in():
    result = decompose(months(), 12)
    wanted = np.exp(0.3 * np.sin(2 * np.pi * np.arange(12) / 12))
    assert np.allclose(result.season[:12], wanted, rtol=0.1)
    inside = (result.season_interval[:12, 0] < wanted) & (wanted < result.season_interval[:12, 1])
    assert inside.sum() >= 9


def test_no_line_is_drawn_across_a_break():
    y = months(jump=3.0)
    whole, broken = decompose(y, 12), decompose(y, 12, breaks=[48])
    assert broken.trend[48] / broken.trend[47] > 2.5
    assert whole.trend[48] / whole.trend[47] < 1.5
    assert set(broken.segment[:48]) == {0}
    assert set(broken.segment[48:]) == {1}
    assert "breaks" in [w.code for w in broken.warnings]


def test_a_peak_stands_out_of_the_rest():
    y = months()
    y[70] = 140
    assert np.flatnonzero(decompose(y, 12).outside).tolist() == [70]


def test_weeks_and_missing_ones():
    y = np.random.default_rng(1).poisson(12, 160).astype(float)
    y[30:34] = np.nan
    result = decompose(y, 52, preliminary=2)
    assert np.isfinite(result.expected).all()
    assert not result.outside[30:34].any()


@pytest.mark.parametrize(
    ("counts", "options"),
    [
        (months(20), {}),
        (months(), {"breaks": [200]}),
        (months(), {"breaks": [2]}),
        (np.r_[np.zeros(48), months(48)], {"breaks": [48]}),
        (-months(), {}),
    ],
)
def test_refused(counts, options):
    with pytest.raises(AnalysisError):
        decompose(counts, 12, **options)


def test_years_without_events_do_not_break_it():
    y = np.r_[np.zeros(20), np.random.default_rng(0).poisson(5, 40)]
    result = decompose(y, 12)
    assert result.expected[:12].max() < 0.5
    assert np.isfinite(result.expected_interval).all()
