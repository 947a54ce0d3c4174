"""WDD and WDQ against Wheeler & Ratcliffe's published examples."""

import numpy as np
import pytest

from samsyn.analysis import AnalysisError, displacement
from samsyn.analysis.displacement import harm_displacement, pooled_dispersion

PAPER = {
    "treated": (207, 110),
    "control": (308, 318),
    "disp_control": (150, 140),
    "disp_treated": (178, 157),
}


def codes(result):
    return {w.code for w in result.warnings}


def test_without_a_zone():
    result = displacement((20, 10), (20, 20), level=0.90)
    assert (result.wdd, result.local, result.displaced) == (-10, -10, 0)
    assert result.se == pytest.approx(8.36660027)
    assert result.z == pytest.approx(-1.19522861)
    assert result.interval == pytest.approx((-23.76183279, 3.76183279))


def test_with_a_zone():
    result = displacement(
        (20, 10), (20, 20), disp_control=(30, 30), disp_treated=(30, 20), level=0.9
    )
    assert (result.local, result.displaced, result.wdd) == (-10, -10, -20)
    assert result.displaced_se == pytest.approx(10.48808848)
    assert result.se == pytest.approx(13.41640786)
    assert result.interval == pytest.approx((-42.06802714, 2.06802714))


def test_the_example_of_the_paper():
    result = displacement(**PAPER)
    assert (result.local, result.displaced, result.wdd) == (-107, -11, -118)
    assert result.local_se == pytest.approx(30.70830507)
    assert result.displaced_se == pytest.approx(25)
    assert result.se == pytest.approx(1568**0.5)
    assert result.z == pytest.approx(-2.97995001)
    assert result.interval == pytest.approx((-195.61, -40.39), abs=0.005)


def test_periods_of_unequal_length():
    result = displacement((80, 20), (100, 50), time_weights=(2, 1))
    assert result.wdd == -20
    assert result.se == pytest.approx(10.72380529)
    assert result.interval == pytest.approx((-41.018, 1.018), abs=0.001)


def test_areas_of_unequal_size():
    result = displacement(**PAPER, area_weights=(0.9, 1.2, 1.6, 1.5))
    assert result.local == pytest.approx(-91.94444444)
    assert result.local_se == pytest.approx(31.51155971)
    assert result.displaced == pytest.approx(-7.75)
    assert result.displaced_se == pytest.approx(16.19166881)
    assert result.wdd == pytest.approx(-99.69444444)
    assert result.z == pytest.approx(-2.81399548)
    assert result.interval == pytest.approx((-169.13219647, -30.25669241))


def test_harm_weighted_over_kinds_of_crime():
    pairs = [
        ((130, 74), (133, 91)),
        ((327, 202), (388, 305)),
        ((398, 190), (148, 97)),
        ((144, 92), (86, 64)),
        ((183, 96), (94, 67)),
    ]
    parts = [displacement(treated, control) for treated, control in pairs]
    result = harm_displacement(parts, [3, 2, 5, 7, 10])
    assert result.wdd == -1721
    assert result.se == pytest.approx(304.10360077)
    assert result.z == pytest.approx(-5.65925558)
    assert result.interval == pytest.approx((-2317.03210507, -1124.96789493))


def test_the_quotient_of_bowers_and_johnson():
    result = displacement(**PAPER)
    assert result.success == pytest.approx(-0.3261659724)
    assert result.buffer == pytest.approx(-0.0842113861)
    assert result.wdq == pytest.approx(0.2581856883)
    assert result.gross_effect == 97
    assert result.net_effect == pytest.approx(130.5)
    assert result.reading.code == "diffusion"


def test_no_quotient_without_an_effect_to_displace():
    result = displacement((100, 110), (100, 100), disp_treated=(50, 60), disp_control=(50, 50))
    assert result.wdq is None
    assert result.wdq_reason.code == "no_effect"


@pytest.mark.parametrize(
    ("after", "code"),
    [
        (20, "diffusion_larger"),
        (70, "diffusion"),
        (120, "displacement"),
        (180, "displacement_larger"),
    ],
)
def test_reading_of_the_quotient(after, code):
    result = displacement((100, 60), (100, 100), disp_treated=(100, after), disp_control=(100, 100))
    assert result.reading.code == code


def test_the_rate_ratio_of_the_same_counts():
    result = displacement(**PAPER)
    assert result.rate_ratio == pytest.approx(0.5146902440)
    assert result.rate_ratio_interval == pytest.approx((0.38925, 0.68055), abs=5e-6)


def test_overdispersion_widens_and_both_are_shown():
    result = displacement(**PAPER, dispersion=2.25)
    assert result.se == pytest.approx(1.5 * 1568**0.5)
    assert result.poisson_se == pytest.approx(1568**0.5)
    assert "overdispersed" in codes(result)


def test_dispersion_is_measured_around_the_mean_of_each_area():
    rng = np.random.default_rng(3)
    base = np.array([[5.0], [50.0]])
    steady = rng.poisson(np.repeat(base, 400, axis=1))
    assert pooled_dispersion(steady) == pytest.approx(1, abs=0.15)
    swinging = rng.negative_binomial(base / 2, 1 / 3, (2, 400))
    assert pooled_dispersion(swinging) == pytest.approx(3, rel=0.25)


def test_cautions():
    result = displacement(
        (14, 9), (15, 16), selected_high=True, effort_changed=True, preliminary=True
    )
    assert codes(result) == {
        "few_events",
        "low_power",
        "dispersion_unknown",
        "regression_to_the_mean",
        "changed_effort",
        "preliminary",
    }


@pytest.mark.parametrize(
    "bad",
    [
        {"treated": (1, 2, 3), "control": (1, 2)},
        {"treated": (-1, 2), "control": (1, 2)},
        {"treated": (0, 0), "control": (0, 0)},
        {"treated": (10, 2), "control": (1, 2), "disp_treated": (3, 4)},
        {"treated": (10, 2), "control": (1, 2), "time_weights": (0, 1)},
        {"treated": (10, 2), "control": (1, 2), "dispersion": -1},
    ],
)
def test_refused(bad):
    with pytest.raises(AnalysisError):
        displacement(**bad)


def test_too_short_history_gives_no_dispersion():
    with pytest.raises(AnalysisError):
        pooled_dispersion([3, 4, 5])
