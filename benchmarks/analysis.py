"""How fast the analyses are, beside their peers: `python -m benchmarks.analysis`.

Each row is run in this process after one warm run; the median is compared with the aim. Peers that are
installed (`uv sync --group bench`) run once in the same session, right after; those that take more than
half a minute only with `--slow`. What is not run says so, beside a figure measured earlier on a machine of this
class. `--no-peers` leaves them out, `--quick` takes one run per row, `--only near` the rows whose name
holds the word. Memory is the peak of a fresh process.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np

from .towns import town

Work = Callable[[], object]


@dataclass(frozen=True)
class Row:
    """One line of the table: `prepare` gives the work to be timed, so that data are not timed.

    earlier : figures of peers on a machine of this class, measured before. run_peer : prepares the
    one that is run here; peer : its name; slow : whether it takes long enough to be asked for.
    """

    name: str
    aim: str
    prepare: Callable[[], Work]
    earlier: str = ""
    run_peer: Callable[[], Work] | None = None
    repeats: int = 5
    slow: bool = False
    peer: str = ""


def rows() -> Iterator[Row]:
    yield from near_repeat_rows()
    yield from scan_rows()
    yield from place_rows()
    yield from time_rows()


def near_repeat_rows() -> Iterator[Row]:
    for events, aim, peer in (
        (10_000, "0.05", "pointpats 5.6"),
        (50_000, "0.25", "pointpats 38"),
        (200_000, "2.0", "pointpats 498, 4.0 GB"),
    ):
        yield Row(
            f"near repeat 999 perms, {events:,}",
            aim,
            lambda events=events: _near(events, [0, 200], [0, 14], 999),  # type: ignore[misc]
            peer,
            lambda events=events: _pointpats(events),  # type: ignore[misc]
            slow=events > 50_000,
            peer="pointpats",
        )
    yield Row(
        "near repeat 999 perms, 1,000,000",
        "–",
        lambda: _near(10**6, [0, 40], [0, 14], 999),
        "– (≤ 40 m)",
        None,
        1,
    )
    bands, spans = [0, 100, 200, 300, 400], [0, 3, 7, 14, 28]
    yield Row(
        "near repeat 4 × 4 bands, 200,000",
        "8",
        lambda: _near(200_000, bands, spans, 999),
        "R: O(n²)",
        None,
        3,
    )
    for events in (10_000, 200_000, 1_000_000):
        yield Row(
            f"knox exact mean, sd, z, {events:,}",
            "0.4" if events == 200_000 else "–",
            lambda events=events: _knox(events),  # type: ignore[misc]
        )


def _near(events: int, bands: list[int], spans: list[int], permutations: int) -> Work:
    from samsyn.analysis import near_repeat

    data = town(events)
    return lambda: near_repeat(
        *data, distance_breaks=bands, time_breaks=spans, permutations=permutations, seed=1
    )


def _knox(events: int) -> Work:
    from samsyn.analysis import knox

    data = town(events)
    reach = 200 if events <= 200_000 else 40
    return lambda: knox(*data, distance=reach, days=14, permutations=0)


def _pointpats(events: int) -> Work:
    from pointpats import knox

    x, y, t = town(events)
    places, times = np.column_stack([x, y]), t.astype(float)[:, None]

    def run() -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # The newer class needs far longer.
            return knox(places, times.copy(), delta=200, tau=14, permutations=999)

    return run


def scan_rows() -> Iterator[Row]:
    for events, aim, peer in (
        (10_000, "1", "SaTScan 22"),
        (50_000, "4", "SaTScan 59"),
        (200_000, "4", "SaTScan 78"),
        (1_000_000, "–", ""),
    ):
        yield Row(
            f"space–time scan 999, 200 m cells, {events:,}",
            aim,
            lambda events=events: _scan(events),  # type: ignore[misc]
            peer,
            None,
            3 if events <= 200_000 else 1,
        )
    yield Row("– the same, stopped early at 50, 10,000", "–", lambda: _scan(10_000, stop_after=50))
    yield Row(
        "– own places as centres, 10,000",
        "–",
        lambda: _scan(10_000, cell_size=None),
        "SaTScan 165",
        None,
        3,
    )


def _scan(events: int, **more: Any) -> Work:
    from samsyn.analysis import space_time_scan

    data = town(events)
    asked = {"max_radius": 1000, "max_days": 28, "end": 1095, "cell_size": 200, "seed": 1, **more}
    return lambda: space_time_scan(*data, **asked)


def place_rows() -> Iterator[Row]:
    for kernel in ("quartic", "gaussian"):
        yield Row(
            f"density 200 × 200, {kernel}, 200,000",
            "0.03",
            lambda kernel=kernel: _density(200_000, kernel),  # type: ignore[misc]
            "KDEpy FFT 0.03, scipy 80",
            lambda kernel=kernel: _kdepy(200_000, kernel),  # type: ignore[misc]
            peer="KDEpy FFT",
        )
    yield Row(
        "density 200 × 200, gaussian, 10,000",
        "–",
        lambda: _density(10_000, "gaussian"),
        "scipy 4.6",
        lambda: _scipy_density(10_000),
        peer="scipy",
    )
    yield Row("density 200 × 200, quartic, 1,000,000", "–", lambda: _density(10**6, "quartic"))
    yield Row("Gi* 10,000 cells, 999 perms, warm", "0.3", _gi, "esda 0.68", _esda, peer="esda")
    yield Row(
        "Gi* – first call in a process", "0.3", _gi_first, "esda 14–20", _esda_first, 3, peer="esda"
    )
    yield Row(
        "1 M points in 6,000 areas", "0.6", _areas, "polars-st 2.1", _polars_st, 3, peer="polars-st"
    )
    yield Row(
        "– the same, beside geopandas",
        "0.6",
        _areas,
        "geopandas 2.4",
        _geopandas,
        3,
        peer="geopandas",
    )


def _density(events: int, kernel: Any) -> Work:
    from samsyn.analysis import density

    x, y, _ = town(events)
    extent = (0.0, 0.0, 20_000.0, 20_000.0)
    return lambda: density(x, y, bandwidth=300, extent=extent, shape=(200, 200), kernel=kernel)


def _kdepy(events: int, kernel: str) -> Work:
    from KDEpy import FFTKDE

    x, y, _ = town(events)
    places = np.column_stack([x, y])
    name, width = {"quartic": ("biweight", 300 / np.sqrt(7)), "gaussian": ("gaussian", 300.0)}[
        kernel
    ]

    def grid() -> object:
        return FFTKDE(kernel=name, bw=width).fit(places).evaluate((200, 200))

    return grid


def _scipy_density(events: int) -> Work:
    from scipy.stats import gaussian_kde

    x, y, _ = town(events)
    middles = np.arange(50.0, 20_000.0, 100.0)
    points = np.stack([axis.ravel() for axis in np.meshgrid(middles, middles)])
    places = np.stack([x, y]).astype(np.float64)
    return lambda: gaussian_kde(places, bw_method=300 / places.std())(points)


def _gi() -> Work:
    from samsyn.analysis import getis_ord, grid_neighbours

    values, links = np.random.default_rng(0).poisson(3, 10_000), grid_neighbours(100, 100)
    return lambda: getis_ord(values, links, permutations=999, seed=1)


def _esda() -> Work:
    from esda import G_Local
    from libpysal.weights import lat2W

    values = np.random.default_rng(0).poisson(3, 10_000).astype(float)
    links = lat2W(100, 100, rook=False)

    def run(permutations: int) -> object:
        return G_Local(values, links, star=True, transform="B", permutations=permutations, n_jobs=1)

    run(9)  # Compiles; the row below times that.
    return lambda: run(999)


def _gi_first() -> Work:
    code = (
        "import time, numpy as np; begin = time.perf_counter()\n"
        "from samsyn.analysis import getis_ord, grid_neighbours\n"
        "v = np.random.default_rng(0).poisson(3, 10_000); n = grid_neighbours(100, 100)\n"
        "begin = time.perf_counter(); getis_ord(v, n, permutations=999, seed=1)\n"
        "print(time.perf_counter() - begin)"
    )
    return lambda: _seconds_told(code)


def _esda_first() -> Work:
    code = (
        "import time, numpy as np\nfrom esda import G_Local\nfrom libpysal.weights import lat2W\n"
        "v = np.random.default_rng(0).poisson(3, 10_000).astype(float); w = lat2W(100, 100, rook=False)\n"
        "begin = time.perf_counter()\n"
        "G_Local(v, w, star=True, transform='B', permutations=999, n_jobs=1)\n"
        "print(time.perf_counter() - begin)"
    )
    return lambda: _seconds_told(code)


def _areas() -> Work:
    from samsyn.analysis import points_in_areas

    x, y, areas = _points_and_areas()
    return lambda: points_in_areas(x, y, areas)


def _geopandas() -> Work:
    import geopandas

    x, y, areas = _points_and_areas()
    points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(x, y))
    frame = geopandas.GeoDataFrame(geometry=areas)
    return lambda: geopandas.sjoin(points, frame, predicate="within")


def _polars_st() -> Work:
    import polars as pl
    import polars_st as st
    import shapely

    x, y, areas = _points_and_areas()
    points = st.GeoDataFrame({"geometry": shapely.to_wkb(shapely.points(x, y))})
    frame = st.GeoDataFrame({"geometry": shapely.to_wkb(areas), "area": range(len(areas))})
    return lambda: points.st.sjoin(frame.with_columns(pl.col("area")), predicate="within")


def _points_and_areas() -> tuple[Any, Any, list[Any]]:
    from shapely import Polygon

    rng, turn = np.random.default_rng(0), np.linspace(0, 2 * np.pi, 210, endpoint=False)
    areas = []
    for k in range(6000):
        reach = 480 * (1 + 0.2 * np.sin(5 * turn + k) + 0.05 * rng.normal(size=210))
        cx, cy = k % 80 * 1000 + 500, k // 80 * 1000 + 500
        areas.append(
            Polygon(np.column_stack([cx + reach * np.cos(turn), cy + reach * np.sin(turn)]))
        )
    return rng.uniform(0, 80_000, 10**6), rng.uniform(0, 75_000, 10**6), areas


def time_rows() -> Iterator[Row]:
    for events, aim in ((100_000, "0.02"), (1_000_000, "0.2")):
        yield Row(
            f"aoristic week × hour, {events:,}",
            aim,
            lambda events=events: _aoristic(events),  # type: ignore[misc]
            "crimepy 7.7" if events == 100_000 else "",
        )
    yield Row(
        "interrupted series, 1,000 × 60 months",
        "0.03",
        _interrupted,
        "statsmodels 0.82",
        _statsmodels,
        peer="statsmodels",
    )
    yield Row("Farrington flexible, 1,000 × one week", "0.5", _farrington, "R surveillance 6.8")
    yield Row("rate change, E-test of 300 and 340", "–", _rate, "", _scipy_e_test, peer="scipy")
    yield Row(
        "import samsyn.analysis",
        "0.15",
        _import,
        "scipy.stats 2.5",
        _import_scipy,
        peer="scipy.stats",
    )


def _aoristic(events: int) -> Work:
    from samsyn.analysis import aoristic

    rng = np.random.default_rng(0)
    start = np.datetime64("2023-01-01T00:00") + rng.integers(0, 1_500_000, events).astype("m8[m]")
    end = start + rng.exponential(600, events).astype(np.int64).astype("m8[m]")
    return lambda: aoristic(start, end)


def _interrupted() -> Work:
    from samsyn.analysis import interrupted_series

    counts = np.random.default_rng(0).poisson(20, (1000, 60))
    return lambda: interrupted_series(counts, 36, slope=False)


def _statsmodels() -> Work:
    import statsmodels.api as sm

    counts = np.random.default_rng(0).poisson(20, (1000, 60))
    month = np.arange(60)
    angle = 2 * np.pi * month / 12
    design = np.column_stack([np.ones(60), month, month >= 36, np.sin(angle), np.cos(angle)])
    family = sm.families.Poisson()
    return lambda: [sm.GLM(row, design, family=family).fit(scale="X2") for row in counts]


def _farrington() -> Work:
    from samsyn.analysis import early_warning

    counts = np.random.default_rng(0).poisson(8, (1000, 312))
    try:
        early_warning(counts[:2], at=[311])
    except ValueError:
        return lambda: [early_warning(row, at=[311]) for row in counts]
    return lambda: early_warning(counts, at=[311])


def _rate() -> Work:
    from samsyn.analysis import rate_change

    return lambda: rate_change(300, 1, 340, 1)


def _scipy_e_test() -> Work:
    from scipy.stats import poisson_means_test

    return lambda: poisson_means_test(300, 1, 340, 1)


def _import() -> Work:
    return _importing("samsyn.analysis")


def _import_scipy() -> Work:
    return _importing("scipy.stats")


def _importing(name: str) -> Work:
    code = (
        f"import time; begin = time.perf_counter(); import {name}\n"
        "print(time.perf_counter() - begin)"
    )
    return lambda: _seconds_told(code)


class Told(float):
    """Seconds that a fresh process measured itself."""


def _seconds_told(code: str) -> Told:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return Told(done.stdout)


def measure(work: Work, repeats: int) -> float:
    """Median seconds of `repeats` runs after one that is not counted."""
    work()
    seconds = []
    for _ in range(repeats):
        begin = time.perf_counter()
        answer = work()
        seconds.append(float(answer) if isinstance(answer, Told) else time.perf_counter() - begin)
    return median(seconds)


def peak_memory() -> str:
    """Peak of a fresh process that runs near repeat on 200,000 events, and of one that only imports."""
    code = (
        "import re, pathlib\nfrom benchmarks.towns import town\n"
        "from samsyn.analysis import near_repeat\nx = town({n})\n"
        "near_repeat(*x, distance_breaks=[0, 200], time_breaks=[0, 14])\n"
        "status = pathlib.Path('/proc/self/status').read_text()\n"
        "print(int(re.search(r'VmHWM:\\s*(\\d+)', status)[1]) / 1e6)"
    )
    large, small = (_seconds_told(code.format(n=n)) for n in (200_000, 1_000))
    return f"Memory, near repeat on 200,000 events: {large:.2f} GB in all ({small:.2f} GB is Python with numba). Aim ≤ 0.5 GB."


def measure_peer(row: Row, slow: bool) -> str:
    """Seconds of one run of the peer, or why it was not run."""
    if row.run_peer is None:
        return "not run here" if row.earlier else ""
    if row.slow and not slow:
        return "not run here (--slow)"
    try:
        work = row.run_peer()
    except ImportError as error:
        return f"not run here ({error.name} is not installed)"
    begin = time.perf_counter()
    answer = work()
    spent = float(answer) if isinstance(answer, Told) else time.perf_counter() - begin
    # A second run where the first may have compiled something and is short.
    if spent < 30 and not isinstance(answer, Told):
        begin = time.perf_counter()
        work()
        spent = min(spent, time.perf_counter() - begin)
    return f"{row.peer} {spent:.3f}".strip()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="one run per row")
    arguments.add_argument("--no-peers", action="store_true", help="leave the peers out")
    arguments.add_argument("--slow", action="store_true", help="run also peers of several minutes")
    arguments.add_argument("--only", default="", help="rows whose name holds this word")
    asked = arguments.parse_args()
    print(
        f"{len(os.sched_getaffinity(0))} cores, Python {sys.version.split()[0]}, medians in seconds\n"
    )
    print("| Work | Here | Aim | Met | Peer, this run | Peer, measured earlier |")
    print("|---|---|---|---|---|---|")
    for row in rows():
        if asked.only not in row.name:
            continue
        seconds = measure(row.prepare(), 1 if asked.quick else row.repeats)
        peer = "" if asked.no_peers else measure_peer(row, asked.slow)
        met = "–" if row.aim == "–" else "yes" if seconds <= float(row.aim) else "no"
        print(
            f"| {row.name} | {seconds:.3f} | {row.aim} | {met} | {peer} | {row.earlier} |",
            flush=True,
        )
    if not asked.only:
        print("\n" + peak_memory())


if __name__ == "__main__":
    main()
