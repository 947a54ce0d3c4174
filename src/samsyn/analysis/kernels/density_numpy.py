"""Sum of quartic kernels on a grid, in numpy: one step per cell that a kernel can touch."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


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
    high, wide = grid.shape
    x, y, weight = x[low:up], y[low:up], weight[low:up]
    i0 = np.ceil((x - bandwidth - left) / dx).astype(np.int64)
    j0 = np.ceil((y - bandwidth - bottom) / dy).astype(np.int64)
    flat = grid.reshape(-1)
    for step_j in range(int(2 * bandwidth / dy) + 1):
        for step_i in range(int(2 * bandwidth / dx) + 1):
            i, j = i0 + step_i, j0 + step_j
            apart = (left + i * dx - x) ** 2 + (bottom + j * dy - y) ** 2
            hit = (apart < bandwidth**2) & (i >= 0) & (i < wide) & (j >= 0) & (j < high)
            share = weight[hit] * (1.0 - apart[hit] / bandwidth**2) ** 2
            flat += np.bincount(j[hit] * wide + i[hit], weights=share, minlength=flat.size)
