"""Sum of quartic kernels on a grid, compiled and exact."""

from __future__ import annotations

from typing import Any

import numpy as np

from .jit import jit

Array = np.ndarray[Any, Any]


@jit
def add_quartic(
    x: Array,
    y: Array,
    weight: Array,
    left: float,
    bottom: float,
    dx: float,
    dy: float,
    bandwidth: float,
    low: int,
    up: int,
    grid: Array,
) -> None:
    """grid[j, i] += weight · (1 − d²/h²)² for cell centres closer than h to each event.

    left, bottom : centre of cell (0, 0).
    """
    high, wide = grid.shape
    scale = 1.0 / (bandwidth * bandwidth)
    for e in range(low, up):
        i0 = max(0, int(np.ceil((x[e] - bandwidth - left) / dx)))
        i1 = min(wide - 1, int(np.floor((x[e] + bandwidth - left) / dx)))
        j0 = max(0, int(np.ceil((y[e] - bandwidth - bottom) / dy)))
        j1 = min(high - 1, int(np.floor((y[e] + bandwidth - bottom) / dy)))
        for j in range(j0, j1 + 1):
            off = bottom + j * dy - y[e]
            rest = 1.0 - off * off * scale
            for i in range(i0, i1 + 1):
                across = left + i * dx - x[e]
                left_over = max(0.0, rest - across * across * scale)
                grid[j, i] += weight[e] * left_over * left_over


@jit
def spread(
    x: Array, y: Array, weight: Array, left: float, bottom: float, dx: float, dy: float, grid: Array
) -> None:
    """Each weight spread linearly over the four nearest cell centres; outside it is left out."""
    high, wide = grid.shape
    for e in range(x.size):
        column, row = (x[e] - left) / dx, (y[e] - bottom) / dy
        i, j = int(np.floor(column)), int(np.floor(row))
        right, up = column - i, row - j
        for b in range(2):
            for a in range(2):
                if 0 <= i + a < wide and 0 <= j + b < high:
                    share = (right if a else 1.0 - right) * (up if b else 1.0 - up)
                    grid[j + b, i + a] += weight[e] * share
