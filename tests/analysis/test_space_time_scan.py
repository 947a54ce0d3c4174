"""The space–time scan: SaTScan's answers, the definition, and what chance does to it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.analysis import AnalysisError, space_time_scan
from tests.analysis import golden, twins

SATSCAN = golden.EXPECTED["stscan_prospective"]["clusters"]
ASKED = {"max_radius": 500, "max_days": 14, "end": 364, "seed": 1}


@st.composite
def small_town(draw):
    place = st.integers(0, 8).map(lambda v: v * 50.0)
    rows = draw(st.lists(st.tuples(place, place, st.integers(0, 20)), min_size=10, max_size=25))
    return tuple(np.array(rows).T)


def test_finds_the_cluster_that_satscan_finds():
    best = space_time_scan(*golden.events(), permutations=0, **ASKED).clusters[0]
    wanted = SATSCAN[0]

    assert best.llr == pytest.approx(wanted["llr"], abs=1e-6)
    assert best.expected == pytest.approx(wanted["expected"], abs=1e-6)
    assert best.radius == pytest.approx(wanted["radius_m"], abs=1e-3)
    assert (best.centre, best.cases, best.locations) == (305, 12, 12)
    assert (best.first_day, best.last_day) == (355, 364)
    assert best.members.tolist() == list(range(300, 312))


def test_secondary_clusters_and_their_p_values_are_satscans():
    found = space_time_scan(*golden.events(), permutations=1999, **ASKED).clusters

    for cluster, wanted in zip(found[1:3], SATSCAN[1:], strict=True):
        assert cluster.llr == pytest.approx(wanted["llr"], abs=1e-6)
        assert sorted(cluster.members) == sorted(wanted["locations"])
        assert (cluster.first_day, cluster.cases) == (wanted["first_day"], wanted["cases"])
        # Three standard errors of a share from 2,000 replicates beside one from 10,000.
        assert cluster.p_value == pytest.approx(wanted["p_9999"], abs=0.037)


def test_clusters_share_no_place():
    found = space_time_scan(*golden.events(), permutations=0, **ASKED).clusters
    members = [m for c in found for m in c.members]

    assert len(members) == len(set(members))
    assert [c.llr for c in found] == sorted((c.llr for c in found), reverse=True)


@given(small_town(), st.booleans(), st.sampled_from([0, 60, 120, 250]), st.integers(1, 6))
@settings(max_examples=40, deadline=None)
def test_tries_every_circle_and_window(town, prospective, radius, longest):
    x, y, t = town
    last = int(t.max())
    found = space_time_scan(
        *town, max_radius=radius, max_days=longest, prospective=prospective, permutations=0
    )

    wanted = twins.best_cluster(x, y, t, radius, longest, last, prospective)
    assert (found.clusters[0].llr if found.clusters else 0.0) == pytest.approx(wanted, abs=1e-9)


def test_replicates_are_spread_like_full_scans_of_shuffled_days():
    rng = np.random.default_rng(4)
    x, y, t = rng.uniform(0, 1000, 60), rng.uniform(0, 1000, 60), rng.integers(0, 40, 60)
    fast = space_time_scan(x, y, t, max_radius=300, max_days=5, permutations=999, seed=1).maxima
    slow = [
        space_time_scan(x, y, rng.permutation(t), max_radius=300, max_days=5, permutations=0)
        for _ in range(300)
    ]
    tops = np.array([s.clusters[0].llr if s.clusters else 0.0 for s in slow])

    assert np.mean(fast) == pytest.approx(tops.mean(), abs=0.15)
    assert np.quantile(fast, 0.9) == pytest.approx(np.quantile(tops, 0.9), abs=0.5)


def test_history_finds_what_is_over():
    rng = np.random.default_rng(1)
    x, y, t = rng.uniform(0, 3000, 150), rng.uniform(0, 3000, 150), rng.integers(0, 200, 150)
    x[:10], y[:10], t[:10] = 1500 + rng.normal(0, 30, 10), 1500, 80 + rng.integers(0, 5, 10)

    asked = {"max_radius": 300, "max_days": 7, "end": 199, "permutations": 99, "seed": 1}
    past = space_time_scan(x, y, t, prospective=False, **asked).clusters[0]
    now = space_time_scan(x, y, t, **asked).clusters

    assert set(range(10)) <= set(past.members.tolist())
    assert 80 <= past.first_day <= past.last_day <= 84
    assert past.p_value == 0.01
    assert past.recurrence_interval is None
    assert not now or now[0].p_value > 0.05


def test_the_same_seed_gives_the_same_answer_for_any_threads_and_row_order(monkeypatch):
    x, y, t = golden.events()
    order = np.random.default_rng(5).permutation(len(x))
    first = space_time_scan(x, y, t, permutations=99, **ASKED)

    monkeypatch.setenv("SAMSYN_THREADS", "1")
    alone = space_time_scan(x, y, t, permutations=99, **ASKED)
    mixed = space_time_scan(x[order], y[order], t[order], permutations=99, **ASKED)

    assert np.array_equal(first.maxima, alone.maxima)
    assert np.array_equal(first.maxima, mixed.maxima)
    assert sorted(order[mixed.clusters[0].members]) == first.clusters[0].members.tolist()


def test_recurrence_interval_is_days_per_false_alarm():
    best = space_time_scan(*golden.events(), permutations=99, every=7, **ASKED).clusters[0]

    assert best.p_value == 0.01
    assert best.recurrence_interval == pytest.approx(700)
    assert best.p_gumbel < best.p_value


def test_stops_early_where_nothing_is_going_on():
    rng = np.random.default_rng(3)
    x, y, t = rng.uniform(0, 3000, 300), rng.uniform(0, 3000, 300), rng.integers(0, 365, 300)
    quick = space_time_scan(x, y, t, permutations=9999, stop_after=50, **ASKED)

    assert quick.permutations < 9999
    assert quick.clusters[0].p_value > 0.01


def test_squares_may_stand_in_for_places():
    found = space_time_scan(*golden.events(), permutations=99, cell_size=200, **ASKED)

    assert found.locations < 312
    assert set(range(300, 312)) <= set(found.clusters[0].members.tolist())


def test_dates_come_back_as_dates():
    x, y, t = golden.events()
    dates = np.datetime64("2025-01-01") + t.astype("timedelta64[D]")
    best = space_time_scan(
        x, y, dates, max_radius=500, max_days=14, end=np.datetime64("2025-12-31"), permutations=0
    ).clusters[0]

    assert best.first_day == np.datetime64("2025-12-22")
    assert best.last_day == np.datetime64("2025-12-31")


def test_events_after_the_end_are_left_out_and_counted():
    x, y, t = golden.events()
    found = space_time_scan(x, y, t, max_radius=500, max_days=14, end=300, permutations=0)

    assert found.events == int((t <= 300).sum())
    assert "after_end" in {w.code for w in found.warnings}


def test_warns_when_the_last_days_look_incomplete():
    rng = np.random.default_rng(0)
    x, y, t = rng.uniform(0, 3000, 500), rng.uniform(0, 3000, 500), rng.integers(0, 350, 500)
    found = space_time_scan(x, y, t, max_radius=500, max_days=14, end=360, permutations=0)

    assert "preliminary" in {w.code for w in found.warnings}


@pytest.mark.parametrize(
    "wrong", [{"max_radius": -1}, {"max_days": 0}, {"max_share": 0}, {"cell_size": 0}, {"seed": -1}]
)
def test_refuses_what_cannot_be_answered(wrong):
    with pytest.raises(AnalysisError):
        space_time_scan(*golden.events(), **{**ASKED, **wrong})


def test_refuses_too_few_events():
    with pytest.raises(AnalysisError, match="tio händelser"):
        space_time_scan([0, 1], [0, 1], [0, 1], max_radius=100, max_days=7)


def test_false_alarms_are_not_more_than_promised():
    rng = np.random.default_rng(21)
    p = []
    for k in range(1000):
        x, y, t = rng.uniform(0, 1000, 40), rng.uniform(0, 1000, 40), rng.integers(0, 30, 40)
        found = space_time_scan(
            x, y, t, max_radius=300, max_days=7, end=29, permutations=99, seed=k
        ).clusters
        p.append(found[0].p_value if found else 1.0)

    assert np.mean(np.array(p) < 0.05) <= 0.07
