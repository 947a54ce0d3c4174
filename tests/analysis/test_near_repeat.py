"""Near repeats and Knox: reference values, the definition, and what chance does to them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from samsyn.analysis import AnalysisError, knox, near_repeat
from tests.analysis import golden, twins

coordinate = st.integers(0, 60).map(lambda v: v * 5.0)
day = st.one_of(st.integers(0, 30).map(float), st.integers(0, 300).map(lambda v: v / 24))


@st.composite
def small_town(draw):
    rows = draw(st.lists(st.tuples(coordinate, coordinate, day), min_size=4, max_size=30))
    x, y, t = np.array(rows).T
    return x, y, t


def test_gives_the_table_of_nearrepeat_in_r():
    table = golden.EXPECTED["knox_table_euclidean"]
    x, y, t = golden.events()

    found = near_repeat(
        x, y, t, distance_breaks=table["s_breaks"], time_breaks=table["t_breaks"], seed=1
    )

    assert found.observed.tolist() == table["observed"]


@pytest.mark.parametrize("cell", golden.EXPECTED["knox_single"])
def test_gives_the_exact_moments_of_barton_and_david(cell):
    found = knox(*golden.events(), distance=cell["delta"], days=cell["tau"], permutations=0)

    assert (found.ns, found.nt, found.observed) == (cell["NS"], cell["NT"], cell["observed"])
    assert found.expected == pytest.approx(cell["expected"], abs=1e-6)
    assert found.sd == pytest.approx(cell["exact_perm_sd"], abs=1e-6)
    assert found.z == pytest.approx(cell["z"], abs=1e-4)


def test_poisson_p_counts_the_observed_number_itself():
    # Reference lists often give P(X > observed), pointpats too: off by one, too small.
    found = knox(*golden.events(), distance=100, days=7, permutations=0)

    assert found.p_poisson == pytest.approx(stats.poisson.sf(89, found.expected), rel=1e-9)
    assert found.p_poisson > stats.poisson.sf(90, found.expected)


def test_two_events_100_metres_and_3_days_apart_fall_where_they_belong():
    # Ratcliffe's Near Repeat Calculator labels both bands one unit off.
    found = near_repeat(
        [0, 100],
        [0, 0],
        [0, 3],
        distance_breaks=[0, 100, 200],
        time_breaks=[0, 3, 6],
        permutations=0,
    )

    assert found.observed.tolist() == [[0, 0], [0, 1]]
    assert (found.distance_bands[1], found.time_bands[1]) == ("[100, 200) m", "[3, 6) d")


@given(
    small_town(), st.sampled_from(["euclidean", "manhattan"]), st.sampled_from(["left", "right"])
)
@settings(max_examples=60, deadline=None)
def test_counts_as_the_definition_says(town, metric, closed):
    breaks, spans = [0, 25, 60, 100], [0, 1, 3.5, 7]

    found = near_repeat(
        *town,
        distance_breaks=breaks,
        time_breaks=spans,
        permutations=0,
        metric=metric,
        closed=closed,
    )

    wanted = twins.close_pairs_table(*town, breaks, spans, metric, closed)
    assert found.observed.tolist() == wanted.tolist()


@given(small_town(), st.integers(0, 100), st.integers(0, 20))
@settings(max_examples=60, deadline=None)
def test_knox_counts_as_the_definition_says(town, reach, days):
    found = knox(*town, distance=reach, days=days, permutations=0)

    assert found.observed == twins.knox_count(*town, reach, days)


def test_expected_and_sd_are_what_permutations_give():
    x, y, t = golden.events()
    found = near_repeat(
        x, y, t, distance_breaks=[0, 100, 200], time_breaks=[0, 7, 14], permutations=4999, seed=3
    )
    rng = np.random.default_rng(0)
    shuffled = [
        near_repeat(
            x, y, rng.permutation(t), distance_breaks=[0, 100, 200], time_breaks=[0, 7, 14],
            permutations=0,
        ).observed
        for _ in range(400)
    ]  # fmt: skip

    assert np.mean(shuffled, axis=0) == pytest.approx(found.expected, rel=0.1)
    assert np.std(shuffled, axis=0) == pytest.approx(found.sd, rel=0.15)


def test_repeats_at_the_same_place_stand_apart():
    x = [0, 0, 0, 30, 500]
    found = near_repeat(
        x,
        np.zeros(5),
        [0, 1, 20, 1, 1],
        distance_breaks=[0, 50],
        time_breaks=[0, 7],
        permutations=0,
    )

    assert found.same_place.observed.tolist() == [1]
    assert found.observed.tolist() == [[3]]


def test_the_same_seed_gives_the_same_answer_for_any_threads_and_row_order(monkeypatch):
    x, y, t = golden.events()
    order = np.random.default_rng(5).permutation(len(x))
    first = near_repeat(x, y, t, permutations=99, seed=7)

    monkeypatch.setenv("SAMSYN_THREADS", "1")
    alone = near_repeat(x, y, t, permutations=99, seed=7)
    mixed = near_repeat(x[order], y[order], t[order], permutations=99, seed=7)

    for other in (alone, mixed):
        assert np.array_equal(first.p_value, other.p_value)
        assert np.array_equal(first.sd, other.sd)


def test_times_may_be_dates_or_minutes_or_any_number():
    x, y, t = golden.events()
    dates = np.datetime64("2025-01-01") + t.astype("timedelta64[D]")
    wanted = knox(x, y, t, distance=100, days=7, permutations=99, seed=1)

    by_date = knox(x, y, dates, distance=100, days=7, permutations=99, seed=1)
    by_second = knox(
        x, y, t + 1e-7 * np.arange(len(t)), distance=100, days=7, permutations=99, seed=1
    )

    assert (by_date.observed, by_date.p_value) == (wanted.observed, wanted.p_value)
    assert by_second.ns == wanted.ns
    assert by_second.observed <= wanted.observed


def test_adjusts_for_the_whole_table_at_once():
    found = near_repeat(*golden.events(), permutations=199, seed=1)
    wanted = stats.false_discovery_control(found.p_value.ravel())

    assert found.p_adjusted.ravel() == pytest.approx(wanted)


def test_does_not_touch_what_it_is_given():
    x, y, t = golden.events()
    before = t.copy()
    knox(x, y, t, distance=100, days=7, permutations=19)

    assert np.array_equal(t, before)


@pytest.mark.parametrize(
    "wrong",
    [
        {"distance_breaks": [0, 100, 50]},
        {"distance_breaks": [-1, 100]},
        {"time_breaks": [3]},
        {"metric": "chebyshev"},
        {"closed": "both"},
        {"permutations": -1},
        {"seed": None},
    ],
)
def test_refuses_what_cannot_be_answered(wrong):
    with pytest.raises(AnalysisError):
        near_repeat([0, 1, 2], [0, 1, 2], [0, 1, 2], **wrong)


def test_refuses_columns_of_unequal_length():
    with pytest.raises(AnalysisError, match="olika långa"):
        near_repeat([0, 1, 2], [0, 1], [0, 1, 2])


def test_warns_of_stacked_places_few_events_and_long_intervals():
    x = np.zeros(20)
    found = near_repeat(
        x, x, np.arange(20.0), t_to=np.arange(20.0) + 30, distance_breaks=[0, 50], time_breaks=[0, 7],
        permutations=9,
    )  # fmt: skip

    assert {"few_events", "stacked", "wide_intervals"} <= {w.code for w in found.warnings}


def test_warns_when_a_whole_part_of_the_area_has_changed():
    # One half of the town has its events early, the other late: no repeats, only a change.
    rng = np.random.default_rng(2)
    x, y = rng.uniform(0, 2000, 400), rng.uniform(0, 2000, 400)
    t = np.where(x < 1000, rng.integers(0, 60, 400), rng.integers(60, 120, 400))
    found = near_repeat(
        x, y, t, distance_breaks=[0, 100, 200, 400], time_breaks=[0, 7, 28], permutations=199
    )

    assert "area_change" in {w.code for w in found.warnings}


def test_false_alarms_are_as_rare_as_promised():
    rng = np.random.default_rng(11)
    p = [
        knox(
            rng.uniform(0, 1000, 40), rng.uniform(0, 1000, 40), rng.uniform(0, 100, 40),
            distance=300, days=20, permutations=199, seed=k,
        ).p_value
        for k in range(1000)
    ]  # fmt: skip

    assert 0.02 <= np.mean(np.array(p) < 0.05) <= 0.07
