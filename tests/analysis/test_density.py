"""Density and lasting hot spots: the definition, the mass, and small numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import gaussian_kde
from shapely import Point, box

from samsyn.analysis import AnalysisError, density, hot_spots
from tests.analysis import golden, twins

TWIN = {"quartic": twins.quartic_density, "gaussian": twins.gaussian_density}
WITHIN = (0.0, 0.0, 1000.0, 800.0)


@given(
    st.lists(st.tuples(st.floats(-200, 1200), st.floats(-200, 1000)), min_size=1, max_size=15),
    st.sampled_from(["quartic", "gaussian"]),
    st.floats(60, 900),
)
@settings(max_examples=40, deadline=None)
def test_is_what_the_definition_says(points, kernel, h):
    x, y = np.array(points).T
    found = density(x, y, bandwidth=h, extent=WITHIN, shape=(8, 10), kernel=kernel)
    assert found.error == 0
    for j, i in ((0, 0), (3, 7), (7, 9)):
        wanted = TWIN[kernel](x, y, found.x[i], found.y[j], h)
        assert found.values[j, i] == pytest.approx(wanted, rel=1e-9, abs=1e-15)


def test_agrees_with_scipy():
    # scipy shapes its kernel like the data: with whitened data its kernel is round too.
    places = np.vstack(golden.events()[:2])
    round_ = np.linalg.solve(np.linalg.cholesky(np.cov(places)), places)
    kde = gaussian_kde(round_, bw_method=0.2)
    left, bottom = round_.min(axis=1)
    found = density(
        *round_, bandwidth=0.2, extent=(left, bottom, left + 4, bottom + 4), shape=(30, 30),
        kernel="gaussian",
    )  # fmt: skip
    wanted = kde(np.vstack([v.ravel() for v in np.meshgrid(found.x, found.y)]))

    assert np.abs(found.values.ravel() - wanted).max() < 1e-3 * wanted.max()


@pytest.mark.parametrize(
    ("kernel", "events", "h"), [("quartic", 60_000, 1500), ("gaussian", 12_000, 700)]
)
@pytest.mark.parametrize("spread", [0.001, 60, 2000])
def test_many_events_are_binned_within_the_stated_error(kernel, events, h, spread):
    # The worst case is all events at one place, where binning errors do not even out.
    rng = np.random.default_rng(0)
    x, y = rng.normal(5037, spread, (2, events))
    extent = (0, 0, 10_000, 10_000)
    binned = density(x, y, bandwidth=h, extent=extent, shape=(100, 100), kernel=kernel)
    j, i = np.unravel_index(binned.values.argmax(), binned.values.shape)

    assert 0 < binned.error < 0.011
    for dj, di in ((0, 0), (3, -4), (9, 2)):
        d2 = (x - binned.x[i + di]) ** 2 + (y - binned.y[j + dj]) ** 2
        one = (
            np.maximum(0, 1 - d2 / h**2) ** 2 * 3
            if kernel == "quartic"
            else np.exp(-d2 / 2 / h**2) / 2
        )
        exact = one.mean() / np.pi / h**2
        found = binned.values[j + dj, i + di]
        assert found == pytest.approx(exact, abs=1.05 * binned.error * binned.values.max())


@pytest.mark.parametrize("kernel", ["quartic", "gaussian"])
def test_the_mass_is_one_or_what_the_edge_takes_is_told(kernel):
    x, y, _ = golden.events()
    whole = density(x, y, bandwidth=300, extent=(-2000, -2000, 7000, 7000), kernel=kernel)
    half = density(x, y, bandwidth=300, extent=(0, 0, 2500, 5000), kernel=kernel)

    assert whole.mass == pytest.approx(1, abs=0.002)
    assert half.mass < 0.8
    assert "edge" in {w.code for w in half.warnings}


@pytest.mark.parametrize("kernel", ["quartic", "gaussian"])
def test_a_boundary_keeps_all_mass_inside(kernel):
    rng = np.random.default_rng(1)
    x, y = rng.uniform(0, 2000, 4000), rng.uniform(0, 2000, 4000)
    found = density(
        x, y, bandwidth=300, extent=(-500, -500, 2500, 2500), shape=(120, 120), kernel=kernel,
        boundary=box(0, 0, 2000, 2000),
    )  # fmt: skip
    inside = found.values[found.values > 0]

    assert found.mass == pytest.approx(1, abs=0.02)
    # An even town stays even up to the border, where it would else fall to a half.
    assert np.quantile(inside, 0.05) > 0.65 / 2000**2


def test_per_km2_counts_events():
    found = density([0, 0], [0, 0], bandwidth=200, extent=(-300, -300, 300, 300))

    assert found.per_km2.sum() * 0.003**2 == pytest.approx(2, abs=0.01)


def test_refuses_what_cannot_be_mapped():
    with pytest.raises(AnalysisError, match="större än noll"):
        density([0], [0], bandwidth=0)
    with pytest.raises(AnalysisError, match="inga händelser"):
        density([], [], bandwidth=100)
    with pytest.raises(AnalysisError, match="samma koordinatsystem"):
        density([0], [0], bandwidth=100, boundary=Point(9000, 9000).buffer(10))
    with pytest.raises(AnalysisError, match="extent"):
        density([0], [0], bandwidth=100, extent=(0, 0, 0, 0))


def lasting_town():
    """A square that is hot in all eight periods, one only in the last, and noise."""
    rng = np.random.default_rng(2)
    x, y, t = rng.uniform(0, 4000, 300), rng.uniform(0, 4000, 300), rng.uniform(0, 800, 300)
    always = np.arange(96) * 800 / 96
    x = np.concatenate([x, np.full(96, 1050.0), np.full(12, 3050.0)])
    y = np.concatenate([y, np.full(96, 1050.0), np.full(12, 3050.0)])
    return x, y, np.concatenate([t, always, np.linspace(710, 790, 12)])


def test_tells_lasting_places_from_new_ones():
    found = hot_spots(*lasting_town(), period=100, end=799, top_share=0.1)

    assert (found.x[0], found.y[0], found.kind[0]) == (1100.0, 1100.0, "stays")
    assert found.share_hot[0] == 1.0
    assert found.low[0] < 1.0 <= found.high[0] + 1e-12
    assert found.longest_run[0] == 8
    new = np.flatnonzero((found.x == 3100) & (found.y == 3100))
    assert found.kind[new].tolist() == ["new"]
    assert "regression_to_the_mean" in {w.code for w in found.warnings}


def test_squares_with_few_events_are_never_hot():
    found = hot_spots(*lasting_town(), period=100, end=799, top_share=0.9, min_events=4)

    assert (found.counts[found.hot] >= 4).all()
    assert (found.cut >= 4).all()


def test_persistence_of_noise_is_that_of_chance():
    rng = np.random.default_rng(5)
    x, y, t = rng.uniform(0, 2000, 6000), rng.uniform(0, 2000, 6000), rng.uniform(0, 1000, 6000)
    found = hot_spots(x, y, t, period=100, end=999)

    assert found.persistence == pytest.approx(found.by_chance, abs=0.08)


def test_refuses_too_few_periods_and_too_small_numbers():
    with pytest.raises(AnalysisError, match="tre hela perioder"):
        hot_spots([0, 1, 2], [0, 1, 2], [0, 100, 150], period=91)
    with pytest.raises(AnalysisError, match="Ingen ruta"):
        hot_spots(np.arange(50) * 500, np.zeros(50), np.arange(50) * 10, period=91)
