"""Compile all kernels and keep them on disk, so that nobody's first click waits."""

from __future__ import annotations

import time

import numpy as np

from .kernels import compiled


def warm() -> float:
    """Run each compiled method once on a handful of events.

    Returns
    -------
    Seconds it took: about half a minute the first time, under two when all is on disk. Zero where
    numba does not run, since numpy has nothing to compile.
    """
    if not compiled():
        return 0.0
    from shapely import box

    from .density import density
    from .geo import points_in_areas
    from .knox import knox
    from .near_repeat import near_repeat
    from .scan import space_time_scan

    begin = time.perf_counter()
    rng = np.random.default_rng(0)
    x, y, days = rng.uniform(0, 1000, 60), rng.uniform(0, 1000, 60), rng.integers(0, 90, 60)
    # One run per way of holding times: whole days, minutes, and any number.
    for t in (days, days + rng.integers(0, 1440, 60) / 1440, days + rng.uniform(0, 1, 60)):
        near_repeat(x, y, t, permutations=2)
        near_repeat(x, y, t, permutations=2, metric="manhattan")
        knox(x, y, t, distance=200, days=7, permutations=2)
    space_time_scan(x, y, days, max_radius=300, max_days=14, permutations=12)
    space_time_scan(x, y, days, max_radius=300, max_days=14, permutations=2, prospective=False)
    density(x, y, bandwidth=200, shape=(20, 20))
    points_in_areas(x, y, [box(0, 0, 500, 500)])
    _warm_the_others()
    return time.perf_counter() - begin


def _warm_the_others() -> None:
    """Methods in numpy that load a heavy library on first use."""
    from .aoristic import aoristic
    from .early_warning import early_warning
    from .neighbours import grid_neighbours
    from .spatial import getis_ord

    start = np.datetime64("2026-01-01T10:00") + np.arange(20) * np.timedelta64(5, "h")
    aoristic(start, start + np.timedelta64(3, "h"))
    early_warning(np.arange(320) % 7, at=[319])
    getis_ord(np.arange(25) % 4, grid_neighbours(5, 5), permutations=9)
