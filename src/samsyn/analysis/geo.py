"""From degrees to metres and back (SWEREF 99 TM), and which area a point lies in."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from .kernels import compiled, even_slices, load, run_slices
from .place_guards import read_places
from .results import AnalysisError, FloatArray, IntArray, columns

SLABS = 32
"""Horizontal slabs per area: few enough edges in each that a point meets about a dozen."""


@cache
def _transformer(from_: int, to: int) -> Any:
    from pyproj import Transformer

    return Transformer.from_crs(from_, to, always_xy=True)


def to_sweref99(longitude: Any, latitude: Any) -> tuple[FloatArray, FloatArray]:
    """Longitude and latitude (WGS 84, degrees) as east and north in SWEREF 99 TM (EPSG:3006, metres).

    Raises
    ------
    AnalysisError : columns of unequal length, or degrees outside ±180 and ±90.

    >>> east, north = to_sweref99([22.1547], [65.5848])  # Luleå
    >>> round(float(east[0])), round(float(north[0]))
    (829432, 7292394)
    """
    lon, lat = columns(longitude=longitude, latitude=latitude)
    if (abs(lon) > 180).any() or (abs(lat) > 90).any():
        raise AnalysisError(
            "Longitud ska ligga inom ±180 och latitud inom ±90 grader.",
            "Longitude must lie within ±180 and latitude within ±90 degrees.",
        )
    east, north = _transformer(4326, 3006).transform(lon, lat)
    return np.asarray(east), np.asarray(north)


def from_sweref99(x: Any, y: Any) -> tuple[FloatArray, FloatArray]:
    """East and north in SWEREF 99 TM (metres) as longitude and latitude (WGS 84, degrees).

    >>> lon, lat = from_sweref99([829432], [7292394])
    >>> round(float(lon[0]), 4), round(float(lat[0]), 4)
    (22.1547, 65.5848)
    """
    east, north = columns(x=x, y=y)
    lon, lat = _transformer(3006, 4326).transform(east, north)
    return np.asarray(lon), np.asarray(lat)


def points_in_areas(x: Any, y: Any, areas: Any) -> IntArray:
    """Number of the area that each point lies in, −1 where none does.

    Parameters
    ----------
    x, y : coordinates, length n, in the same system as the areas.
    areas : sequence (list, GeoSeries, …) of shapely polygons or multipolygons.

    Returns
    -------
    Whole numbers, length n. A point on a border that two areas share lies in exactly one of them.
    Where areas overlap, the first is given.

    >>> from shapely import box
    >>> points_in_areas([0.5, 1.5, 9], [0.5, 0.5, 9], [box(0, 0, 1, 1), box(1, 0, 2, 1)]).tolist()
    [0, 1, -1]
    """
    xs, ys = read_places(x, y)
    edges, first, boxes = _edges(areas)
    found = np.full(xs.size, -1, dtype=np.int64)
    if xs.size == 0 or len(edges) == 0:
        return found
    if not compiled():
        return _locate_in_numpy(xs, ys, edges, first, boxes, found)
    kernel = load("polygons")
    height = np.maximum((boxes[:, 3] - boxes[:, 1]) / SLABS, 1e-12)
    starts, by_slab = kernel.slab_edges(edges, first, boxes[:, 1].copy(), height, SLABS)
    corner, cell, wide, high, cell_starts, candidates = _candidate_grid(boxes)
    number = kernel.cells_of(xs, ys, corner, cell, wide, high)
    _, order = load("pairs").sort_by_cell(number, wide * high + 1)
    run_slices(
        lambda a, b: kernel.locate(
            xs,
            ys,
            order,
            number,
            boxes,
            cell_starts,
            candidates,
            starts,
            by_slab,
            height,
            SLABS,
            a,
            b,
            found,
        ),
        even_slices(xs.size),
    )
    return found


def _edges(areas: Any) -> tuple[FloatArray, IntArray, FloatArray]:
    """Edges (x1, y1, y2, slope; y1 ≤ y2) of all areas in order, where each area begins, and its box."""
    import shapely

    shapes = np.asarray(getattr(areas, "geometry", areas), dtype=object)
    kinds = shapely.get_type_id(shapes)
    if shapes.ndim != 1 or not np.isin(kinds, (3, 6)).all():
        raise AnalysisError(
            "areas ska vara en lista med ytor (polygoner).", "areas must be a list of polygons."
        )
    parts, part_of = shapely.get_parts(shapes, return_index=True)
    rings, ring_of = shapely.get_rings(parts, return_index=True)
    points, point_of = shapely.get_coordinates(rings, return_index=True)
    same = point_of[1:] == point_of[:-1]
    start, end = points[:-1][same], points[1:][same]
    # Always upwards, so that the two areas along a border compute the very same crossing.
    down = (start[:, 1] > end[:, 1])[:, None]
    start, end = np.where(down, end, start), np.where(down, start, end)
    rise = end[:, 1] - start[:, 1]
    slope = (end[:, 0] - start[:, 0]) / np.where(rise > 0, rise, 1.0)
    edges = np.column_stack([start, end[:, 1], slope])
    area = part_of[ring_of][point_of[1:][same]]
    first = np.searchsorted(area, np.arange(shapes.size + 1)).astype(np.int64)
    return edges, first, shapely.bounds(shapes)


def _candidate_grid(
    boxes: FloatArray,
) -> tuple[FloatArray, FloatArray, int, int, IntArray, IntArray]:
    """A grid with about four cells per area, and the areas whose box meets each cell, in order."""
    full = np.flatnonzero(~np.isnan(boxes[:, 0]))
    held = boxes[full]
    corner = held[:, :2].min(axis=0)
    extent = np.maximum(held[:, 2:].max(axis=0) - corner, 1e-9)
    side = int(np.clip(2 * np.sqrt(full.size), 1, 2000))
    cell = extent / side * (1 + 1e-12)
    low = np.clip(((held[:, :2] - corner) // cell).astype(np.int64), 0, side - 1)
    up = np.clip(((held[:, 2:] - corner) // cell).astype(np.int64), 0, side - 1)
    wide, high = (up - low + 1).T
    meets = np.repeat(np.arange(full.size), wide * high)
    nth = np.arange(meets.size) - np.repeat(np.cumsum(wide * high) - wide * high, wide * high)
    column = low[meets, 0] + nth % wide[meets]
    row = low[meets, 1] + nth // wide[meets]
    key = row * side + column
    order = np.argsort(key, kind="stable")
    starts = np.searchsorted(key[order], np.arange(side * side + 1)).astype(np.int64)
    return corner, cell, side, side, starts, full[meets[order]].astype(np.int64)


def _locate_in_numpy(
    x: FloatArray,
    y: FloatArray,
    edges: FloatArray,
    first: IntArray,
    boxes: FloatArray,
    found: IntArray,
) -> IntArray:
    order = np.argsort(y, kind="stable")
    ys = y[order]
    for a in range(first.size - 2, -1, -1):
        left, bottom, right, top = boxes[a]
        if np.isnan(left):
            continue
        near = order[np.searchsorted(ys, bottom, "left") : np.searchsorted(ys, top, "right")]
        near = near[(x[near] >= left) & (x[near] <= right)]
        mine = edges[first[a] : first[a + 1]]
        step = max(1, 2_000_000 // (len(mine) + 1))
        for k in range(0, near.size, step):
            some = near[k : k + step]
            found[some[_inside(x[some], y[some], mine)]] = a
    return found


def _inside(x: FloatArray, y: FloatArray, edges: FloatArray) -> npt.NDArray[np.bool_]:
    x1, y1, y2, slope = edges.T
    spans = (y1 <= y[:, None]) & (y[:, None] < y2)
    left_of = x[:, None] < x1 + slope * (y[:, None] - y1)
    odd: npt.NDArray[np.bool_] = (spans & left_of).sum(axis=1) % 2 == 1
    return odd
