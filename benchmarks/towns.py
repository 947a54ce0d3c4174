"""Invented towns, the same for every measurement."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.float64]


def town(
    events: int, *, seed: int = 1, side: float = 20_000.0, days: int = 1096
) -> tuple[Column, Column, npt.NDArray[np.int64]]:
    """x, y (metres) and day: 30 % even, 70 % around 80 centres, 8 % near repeats of others."""
    rng = np.random.default_rng(seed)
    even = int(0.3 * events)
    centres = rng.uniform(0, side, (80, 2))
    chosen = centres[rng.choice(80, events - even, p=rng.dirichlet(np.ones(80)))]
    xy = np.vstack(
        [rng.uniform(0, side, (even, 2)), chosen + rng.normal(0, 400, (events - even, 2))]
    )
    t = rng.integers(0, days, events)
    repeats = rng.choice(events, int(0.08 * events), replace=False)
    model = rng.choice(events, repeats.size)
    xy[repeats] = xy[model] + rng.normal(0, 60, (repeats.size, 2))
    t[repeats] = np.clip(t[model] + rng.integers(0, 10, repeats.size), 0, days - 1)
    x, y = np.clip(xy, 0, side).T
    return x.copy(), y.copy(), t
