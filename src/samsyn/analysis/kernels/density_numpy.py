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


def spread(
    x: Array, y: Array, weight: Array, left: float, bottom: float, dx: float, dy: float, grid: Array
) -> None:
    high, wide = grid.shape
    column, row = (x - left) / dx, (y - bottom) / dy
    keep = (column > -1) & (row > -1) & (column < wide) & (row < high)
    column, row, weight = column[keep], row[keep], weight[keep]
    i, j = np.floor(column).astype(np.int64), np.floor(row).astype(np.int64)
    right, up = column - i, row - j
    # One cell more on each side takes what falls beyond the edge.
    padded = np.zeros((high + 2) * (wide + 2))
    at = (j + 1) * (wide + 2) + i + 1
    for b, share_up in ((0, 1 - up), (1, up)):
        for a, share_right in ((0, 1 - right), (1, right)):
            share = weight * share_right * share_up
            padded += np.bincount(at + b * (wide + 2) + a, weights=share, minlength=padded.size)
    grid += padded.reshape(high + 2, wide + 2)[1:-1, 1:-1]
