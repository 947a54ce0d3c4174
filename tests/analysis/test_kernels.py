"""Where numba cannot run, numpy gives the same answers; warming compiles everything once."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from samsyn.analysis.kernels import compiled, run_slices, slices_of_equal_work
from samsyn.analysis.kernels.streams import below, numbers, range_bits, stream_keys

ASK_ALL = """
import json
import numpy as np
import shapely
from samsyn.analysis import density, knox, near_repeat, points_in_areas, space_time_scan
from samsyn.analysis.kernels import compiled
rng = np.random.default_rng(3)
x, y, t = rng.uniform(0, 900, 70), rng.uniform(0, 900, 70), rng.integers(0, 60, 70)
x[:20] = np.round(x[:20], -2)
y[:20] = np.round(y[:20], -2)
answers = {"compiled": compiled()}
for name, days in {"days": t, "minutes": t + rng.integers(0, 1440, 70) / 1440, "any": t + rng.random(70)}.items():
    r = near_repeat(x, y, days, permutations=130, seed=5)
    k = knox(x, y, days, distance=120, days=5, permutations=70, seed=5, metric="manhattan")
    answers[name] = [r.observed.tolist(), r.p_value.tolist(), r.sd.tolist(), k.observed, k.sd, k.p_value]
for ties in ("apart", "together"):
    for prospective in (True, False):
        s = space_time_scan(x, y, t, max_radius=250, max_days=9, permutations=25, seed=5, ties=ties, prospective=prospective)
        answers[f"{ties} {prospective}"] = [s.maxima.round(9).tolist(), [(c.centre, c.cases, round(c.llr, 9)) for c in s.clusters]]
d = density(x, y, bandwidth=150, shape=(12, 15))
answers["density"] = (d.values * 1e9).round(6).tolist()
areas = [shapely.Point(px, py).buffer(90) for px, py in zip(x[:15], y[:15])]
answers["areas"] = points_in_areas(rng.uniform(0, 900, 3000), rng.uniform(0, 900, 3000), areas).tolist()
print(json.dumps(answers))
"""


def ask(**environment):
    """All answers from a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", ASK_ALL],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_numpy_gives_the_same_answers_as_compiled_kernels():
    if not compiled():
        pytest.skip("numba does not run here, so there is nothing to compare with.")
    fast, plain = ask(SAMSYN_NUMBA="1"), ask(SAMSYN_NUMBA="0")

    assert (fast.pop("compiled"), plain.pop("compiled")) == (True, False)
    for name in fast:
        assert fast[name] == plain[name], name


def test_any_number_of_threads_gives_the_same_answers():
    assert ask(SAMSYN_THREADS="1") == ask(SAMSYN_THREADS="5")


def test_importing_the_analysis_loads_nothing_heavy():
    heavy = "{'numba', 'scipy', 'statsmodels', 'pandas', 'polars', 'shapely'}"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, samsyn.analysis; print({heavy} & set(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "set()"


def test_slices_cover_all_work_once():
    work = np.random.default_rng(0).integers(0, 50, 1000)
    seen = np.zeros(1000, dtype=int)

    def mark(low, up):
        seen[low:up] += 1

    run_slices(mark, slices_of_equal_work(work))

    assert (seen == 1).all()


def test_random_streams_are_even_and_a_longer_list_begins_with_the_shorter():
    keys = stream_keys(3, 4000)
    drawn = below(numbers(keys, 1), 6, range_bits(6))

    assert np.array_equal(stream_keys(3, 10), keys[:10])
    assert np.bincount(drawn, minlength=6) == pytest.approx(4000 / 6, rel=0.15)
    assert abs(np.corrcoef(drawn, below(numbers(keys, 2), 6, range_bits(6)))[0, 1]) < 0.06


def test_shuffles_reach_every_order_equally_often():
    from samsyn.analysis.kernels import load

    rows = np.empty((24_000, 4), dtype=np.uint16)
    load("pairs").shuffle(stream_keys(1, 24_000), 0, 24_000, np.arange(4, dtype=np.uint16), rows)
    _, seen = np.unique(rows, axis=0, return_counts=True)

    assert len(seen) == 24
    assert seen == pytest.approx(1000, rel=0.13)


@pytest.mark.slow
def test_warming_compiles_what_users_meet():
    from samsyn.analysis import warm

    first = warm()
    assert (first > 0) == compiled()
    assert warm() <= max(first, 5)
