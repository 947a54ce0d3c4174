"""What all results share, how columns are read, and what importing costs."""

import datetime as dt
import json
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError

import numpy as np
import pandas as pd
import polars as pl
import pytest

from samsyn.analysis import AnalysisError, Words, early_warning, rate_change
from samsyn.analysis.results import column, counts, days, generator, hash_input, times


def test_importing_loads_nothing_heavy():
    code = (
        "import sys, samsyn.analysis; "
        "heavy = {'scipy.stats', 'statsmodels', 'numba', 'pandas', 'django'} & set(sys.modules); "
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_using_the_functions_of_time_never_loads_scipy_stats():
    code = (
        "import sys; from samsyn.analysis import aoristic, rate_change, early_warning; "
        "rate_change(6, 1, 2, 1); early_warning([5] * 12, method='own_normal'); "
        "aoristic(['2026-01-01T10:00'], ['2026-01-01T11:00']); "
        "assert 'scipy.stats' not in sys.modules; assert 'numba' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_function_keeps_its_name_when_its_module_is_called_the_same():
    import samsyn.analysis.aoristic

    assert callable(samsyn.analysis.aoristic)
    assert set(dir(samsyn.analysis)) == set(samsyn.analysis.__all__)
    with pytest.raises(AttributeError):
        _ = samsyn.analysis.forecast


def test_results_are_frozen_and_can_be_stored():
    result = rate_change(6, 1, 2, 1)
    with pytest.raises(FrozenInstanceError):
        result.ratio = 1
    told = json.loads(json.dumps(result.to_dict()))
    assert told["method"] == "RateChange"
    assert told["parameters"]["k1"] == 6
    assert told["code_version"]
    assert told["words"]["en"].startswith("Fell")
    assert "Minskade" in result._repr_html_()
    assert pickle.loads(pickle.dumps(result)).words.en == result.words.en


def test_tables_of_results_can_be_stored_too():
    result = early_warning(np.full((3, 20), 5), method="own_normal")
    told = json.loads(json.dumps(result.to_dict()))
    assert np.shape(told["upper"]) == (3, 12)
    assert "<table>" in result._repr_html_()


def test_the_same_input_has_the_same_hash_whatever_column_it_came_in():
    x = [1.0, 2.0, 3.0]
    assert hash_input(column(x, "x")) == hash_input(column(pd.Series(x), "x"))
    assert hash_input(column(x, "x")) != hash_input(column([1.0, 2.0, 4.0], "x"))


@pytest.mark.parametrize(
    "values",
    [
        [1, 2, 3],
        (1.0, 2.0, 3.0),
        range(1, 4),
        np.array([1, 2, 3], dtype=np.int16),
        pd.Series([1, 2, 3], index=[7, 8, 9]),
        pd.array([1, 2, 3], dtype="Int64"),
        pl.Series([1, 2, 3]),
        (v for v in [1, 2, 3]),
    ],
)
def test_columns_of_all_kinds(values):
    assert column(values, "x").tolist() == [1.0, 2.0, 3.0]


def test_points_of_geopandas_in_metres():
    geopandas = pytest.importorskip("geopandas")
    points = geopandas.GeoSeries.from_xy([1, 2], [3, 4], crs="EPSG:3006")
    assert column(points, "x").tolist() == [1, 2]
    assert column(points, "y").tolist() == [3, 4]
    with pytest.raises(AnalysisError, match="to_sweref99"):
        column(geopandas.GeoSeries.from_xy([17], [60], crs="EPSG:4326"), "x")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1, None, 3], "saknar värde på 1 rader"),
        ([1, float("inf")], "oändliga"),
        (["a", "b"], "ska vara tal"),
        ([[1, 2], [3, 4]], "en dimension"),
        (pd.DataFrame({"x": [1]}), "hel tabell"),
        ("123", "kolumn"),
        (None, "kolumn"),
    ],
)
def test_what_cannot_be_read_is_said(values, said):
    with pytest.raises(AnalysisError, match=said) as caught:
        column(values, "x")
    assert caught.value.words.en != caught.value.words.sv


@pytest.mark.parametrize(
    "values",
    [
        [dt.date(2026, 1, 1)],
        ["2026-01-01"],
        np.array(["2026-01-01"], dtype="datetime64[ns]"),
        pd.Series(pd.to_datetime(["2026-01-01"])),
        pd.Series(pd.to_datetime(["2026-01-01"])).dt.tz_localize("UTC"),
        pl.Series([dt.datetime(2026, 1, 1)]),
        [dt.datetime(2026, 1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=1)))],
    ],
)
def test_times_of_all_kinds_become_days(values):
    assert days(values).tolist() == [20454.0]


def test_days_may_be_numbers_already():
    assert days([0.5, 3]).tolist() == [0.5, 3.0]


@pytest.mark.parametrize("values", [[1, 2], ["måndag"], [dt.date(2026, 1, 1), None]])
def test_what_is_no_time(values):
    with pytest.raises(AnalysisError):
        times(values, "t")


def test_counts_are_whole_and_never_negative():
    for bad in ([1.5], [-1]):
        with pytest.raises(AnalysisError):
            counts(bad, "counts")


@pytest.mark.parametrize("seed", [None, -1, 1.5, True])
def test_chance_needs_a_seed(seed):
    with pytest.raises(AnalysisError):
        generator(seed)


def test_words_are_swedish_with_english_beside():
    words = Words("hej", "hello", "greeting")
    assert words == "hej"
    assert words.to_dict() == {"code": "greeting", "sv": "hej", "en": "hello"}
