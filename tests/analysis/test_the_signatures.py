"""Names, arguments, defaults and result attributes that others rely on; each called as it is written."""

import datetime as dt
import inspect

import numpy as np
import pytest

import samsyn.analysis as analysis
from samsyn.analysis import grid_neighbours
from samsyn.privacy import suppress

RNG = np.random.default_rng(1)
X, Y = RNG.uniform(0, 3000, (2, 300))
T = RNG.integers(0, 300, 300)
DAYS = np.datetime64("2026-01-01") + T.astype("m8[D]")
VALUES, GRID = RNG.poisson(3, 100), grid_neighbours(10, 10)
WEEKS = RNG.poisson(5, 320)

SIGNATURES = {
    "near_repeat": "x y t * distance_breaks time_breaks permutations=999 seed metric='euclidean' closed='left'",
    "knox": "x y t * distance days permutations seed",
    "space_time_scan": "x y t * max_radius max_days end prospective=True permutations=999 seed max_share=0.5 min_cases=2",
    "getis_ord": "values neighbours",
    "local_moran": "values neighbours",
    "moran": "values neighbours",
    "density": "x y * bandwidth extent shape kernel='quartic' boundary=None",
    "hot_spots": "x y t",
    "aoristic": "start end * by='weekhour'",
    "rate_change": "k1 n1 k2 n2",
    "early_warning": "counts * method='farrington' effort=None at=None years_back=5 half_window=3 "
    "reweight=True weights_threshold=2.58 trend=True periods=10 past_not_included=26 power='2/3' "
    "threshold='nb_plugin' limit=(5,4) frequency=52 start",
    "decompose": "counts frequency",
    "displacement": "treated control * disp_treated=None disp_control=None time_weights=(1,1) "
    "area_weights=(1,1,1,1) dispersion=None",
    "interrupted_series": "counts at * control=None offset=None season=True",
    "harm": "counts weights",
    "accuracy": "predicted actual area",
    "batch": "function jobs * scheduler=None",
}


@pytest.mark.parametrize("name", SIGNATURES)
def test_arguments_and_defaults(name):
    found = inspect.signature(getattr(analysis, name)).parameters
    first, _, named = SIGNATURES[name].partition(" *")
    assert list(found)[: len(first.split())] == first.split()
    for part in named.split():
        argument, _, default = part.partition("=")
        assert found[argument].kind is inspect.Parameter.KEYWORD_ONLY
        if default:
            assert repr(found[argument].default).replace(" ", "") == default


def test_attributes_of_the_place_and_time_tests():
    near = analysis.near_repeat(
        X, Y, DAYS, distance_breaks=[0, 100, 200], time_breaks=[0, 7, 14, 28],
        permutations=19, seed=1, metric="manhattan", closed="left",
    )  # fmt: skip
    for name in ("observed", "expected", "ratio", "p_value"):
        assert getattr(near, name).shape == (2, 3)
    cell = analysis.knox(X, Y, T, distance=100, days=7, permutations=19, seed=1)
    for name in ("observed", "expected", "sd", "z", "p_poisson", "p_value", "ns", "nt", "pairs"):
        assert np.isfinite(getattr(cell, name))
    for t, end in ((T, 300), (DAYS, np.datetime64("2026-10-28"))):
        scan = analysis.space_time_scan(
            X, Y, t, max_radius=500, max_days=14, end=end, prospective=True, permutations=19, seed=1
        )
        strength = [c.llr for c in scan.clusters]
        assert strength == sorted(strength, reverse=True)
        best = scan.clusters[0]
        assert len(best.members) == best.cases
        assert best.first_day <= best.last_day <= end
        assert best.recurrence_interval == pytest.approx(1 / best.p_value)
        assert best.radius <= 500
        assert best.expected < best.cases


def test_attributes_of_the_local_statistics():
    for result in (analysis.getis_ord(VALUES, GRID), analysis.local_moran(VALUES, GRID)):
        for name in ("z", "p_value", "significant"):
            assert getattr(result, name).shape == (100,)
    whole = analysis.moran(VALUES, GRID)
    for name in ("i", "expected", "variance", "z", "p_value"):
        assert np.isfinite(getattr(whole, name))


def test_neighbours_may_be_lists_arrays_or_a_table():
    wanted = analysis.getis_ord(VALUES, GRID, permutations=0).z
    ragged = np.empty(100, dtype=object)
    ragged[:] = GRID
    for given in ([row.tolist() for row in GRID], tuple(GRID), ragged):
        assert np.array_equal(analysis.getis_ord(VALUES, given, permutations=0).z, wanted)
    ring = np.stack([np.arange(100), (np.arange(100) + 1) % 100], axis=1)
    assert np.array_equal(
        analysis.getis_ord(VALUES, ring, permutations=0).z,
        analysis.getis_ord(VALUES, ring.tolist(), permutations=0).z,
    )


def test_attributes_of_the_rest():
    field = analysis.density(X, Y, bandwidth=300, extent=(0, 0, 3000, 3000), shape=(20, 30))
    assert (field.values.shape, field.x.shape, field.y.shape) == ((20, 30), (30,), (20,))
    moved = analysis.displacement(
        (207, 110), (308, 318), disp_treated=(178, 157), disp_control=(150, 140)
    )
    assert (moved.wdd, round(moved.wdq, 6)) == (-118, 0.258186)
    assert moved.interval[0] < moved.wdd - moved.se < moved.interval[1] + moved.p_value
    change = analysis.rate_change(20, 1, 10, 1)
    assert change.interval[0] < change.ratio < change.interval[1] < change.p_value + 2
    assert change.words.sv != change.words.en
    hours = analysis.aoristic(DAYS, DAYS + np.timedelta64(5, "h"), by="weekhour")
    assert isinstance(hours, np.ndarray)
    assert hours.shape == (7, 24)
    assert hours.sum() == pytest.approx(300)
    for by in ("hour", "weekday", "date"):
        assert analysis.aoristic(DAYS, DAYS, by=by).sum() == pytest.approx(300)
    assert suppress([[20, 50, 10], [8, 19, 3], [7, 9, 12]], k=5, secondary=True).safe
    assert analysis.batch(pow, [(2, 3)], scheduler=None, workers=1) == [8]


@pytest.mark.parametrize(
    "method", ["farrington", "cusum", "ears_c1", "ears_c2", "ears_c3", "own_normal"]
)
def test_early_warning_judges_all_possible_periods_when_none_are_named(method):
    result = analysis.early_warning(WEEKS, method=method, effort=None, start=(2020, 1))
    assert result.at[-1] == 319
    for name in ("expected", "upper", "alarm", "score"):
        assert getattr(result, name).shape == result.at.shape
    last = analysis.early_warning(WEEKS, method=method, at=[300, 319])
    assert last.upper.shape == (2,)


def test_columns_of_any_kind_give_the_same_answer():
    geopandas, pandas, polars = (
        pytest.importorskip(name) for name in ("geopandas", "pandas", "polars")
    )
    frame = pandas.DataFrame({"x": X, "y": Y, "t": T, "day": DAYS})
    other = polars.DataFrame({"x": X, "y": Y, "t": T, "day": DAYS})
    places = geopandas.points_from_xy(X, Y, crs=3006)
    shapes = geopandas.GeoDataFrame(frame, geometry=places)
    given = [
        (frame.x, frame.y, frame.t),
        (frame.x, frame.y, frame.day),
        (other["x"], other["y"], other["t"]),
        (other["x"], other["y"], other["day"]),
        (shapes.geometry, shapes.geometry, shapes.day),
        (X.tolist(), Y.tolist(), T.tolist()),
        (X, Y, [dt.date(2026, 1, 1) + dt.timedelta(int(day)) for day in T]),
        (X, Y, frame.day.dt.tz_localize("Europe/Stockholm")),
    ]
    told = {
        analysis.knox(*columns, distance=100, days=7, permutations=0).observed for columns in given
    }
    assert len(told) == 1


@pytest.mark.parametrize("hole", ["nan", "masked", "none"])
def test_a_hole_in_a_column_is_refused_in_words(hole):
    x = {
        "nan": np.where(np.arange(300) == 3, np.nan, X),
        "masked": np.ma.array(X, mask=np.arange(300) == 3),
        "none": [None, *X[1:]],
    }[hole]
    with pytest.raises(ValueError, match="x saknar värde på 1 rad"):
        analysis.knox(x, Y, T, distance=100, days=7, permutations=0, seed=1)
    days = DAYS.copy()
    days[3] = "NaT"
    with pytest.raises(ValueError, match="t saknar tidpunkt"):
        analysis.knox(X, Y, days, distance=100, days=7, permutations=0, seed=1)
