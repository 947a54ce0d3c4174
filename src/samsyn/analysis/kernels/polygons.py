"""Points in polygons, compiled: candidates from a grid, then crossings in one horizontal slab."""

from __future__ import annotations

from typing import Any

import numpy as np

from .jit import jit

Array = np.ndarray[Any, Any]


@jit
def slab_edges(
    edges: Array, first: Array, bottom: Array, height: Array, slabs: int
) -> tuple[Array, Array]:
    """Edges (x1, y1, y2, slope; y1 ≤ y2) of each area by horizontal slab.

    Slab k of area a holds rows starts[a * slabs + k] … starts[a * slabs + k + 1] of the second array.
    """
    areas = first.size - 1
    starts = np.zeros(areas * slabs + 1, np.int64)
    for a in range(areas):
        for e in range(first[a], first[a + 1]):
            low = min(slabs - 1, int((edges[e, 1] - bottom[a]) / height[a]))
            up = min(slabs - 1, int((edges[e, 2] - bottom[a]) / height[a]))
            for k in range(low, up + 1):
                starts[a * slabs + k + 1] += 1
    for k in range(areas * slabs):
        starts[k + 1] += starts[k]
    position = starts[:-1].copy()
    sorted_edges = np.empty((starts[-1], 4), np.float64)
    for a in range(areas):
        for e in range(first[a], first[a + 1]):
            low = min(slabs - 1, int((edges[e, 1] - bottom[a]) / height[a]))
            up = min(slabs - 1, int((edges[e, 2] - bottom[a]) / height[a]))
            for k in range(low, up + 1):
                sorted_edges[position[a * slabs + k]] = edges[e]
                position[a * slabs + k] += 1
    return starts, sorted_edges


@jit
def cells_of(x: Array, y: Array, grid: Array, cell: Array, wide: int, high: int) -> Array:
    """Number of the grid cell of each point, wide * high for points outside."""
    number = np.empty(x.size, np.int64)
    for i in range(x.size):
        cx, cy = (x[i] - grid[0]) // cell[0], (y[i] - grid[1]) // cell[1]
        outside = cx < 0 or cy < 0 or cx >= wide or cy >= high
        number[i] = wide * high if outside else int(cy) * wide + int(cx)
    return number


@jit
def locate(
    x: Array,
    y: Array,
    order: Array,
    number: Array,
    boxes: Array,
    cell_starts: Array,
    candidates: Array,
    starts: Array,
    edges: Array,
    height: Array,
    slabs: int,
    low: int,
    up: int,
    found: Array,
) -> None:
    """found[i] = first area that holds point i, −1 where none does, for i in order[low:up].

    number[i] is the point's grid cell; order goes cell by cell, so that edges stay in cache.
    boxes[a] = left, bottom, right, top.
    """
    for k in range(low, up):
        i = order[k]
        found[i] = -1
        px, py = x[i], y[i]
        if number[i] + 1 >= cell_starts.size:
            continue
        for c in range(cell_starts[number[i]], cell_starts[number[i] + 1]):
            a = candidates[c]
            if px < boxes[a, 0] or px > boxes[a, 2] or py < boxes[a, 1] or py > boxes[a, 3]:
                continue
            slab = a * slabs + min(slabs - 1, int((py - boxes[a, 1]) / height[a]))
            crossings = 0
            for e in range(starts[slab], starts[slab + 1]):
                spans = (edges[e, 1] <= py) & (py < edges[e, 2])
                crossings += spans & (px < edges[e, 0] + edges[e, 3] * (py - edges[e, 1]))
            if crossings % 2:
                found[i] = a
                break
