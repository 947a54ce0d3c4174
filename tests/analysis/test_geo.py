"""Metres and degrees, and points in areas."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.analysis import AnalysisError, from_sweref99, points_in_areas, to_sweref99


def test_the_central_meridian_is_500_kilometres_east():
    # SWEREF 99 TM by definition: 15° E is E 500 000, the equator N 0, scale 0.9996 along it.
    east, north = to_sweref99([15.0, 15.0], [0.0, 62.0])

    assert east == pytest.approx([500_000, 500_000], abs=1e-3)
    assert north == pytest.approx([0, 0.9996 * 6_876_750], abs=3000)
    assert north[0] == pytest.approx(0, abs=1e-3)


@given(st.floats(11, 24), st.floats(55, 69))
@settings(max_examples=30, deadline=None)
def test_degrees_come_back_as_they_were(longitude, latitude):
    lon, lat = from_sweref99(*to_sweref99([longitude], [latitude]))

    assert lon[0] == pytest.approx(longitude, abs=1e-8)
    assert lat[0] == pytest.approx(latitude, abs=1e-8)


def test_refuses_metres_where_degrees_are_asked():
    with pytest.raises(AnalysisError, match="Longitud"):
        to_sweref99([600_000], [6_500_000])


def towns(rng, count):
    """Stars with a hole, and one in two parts, lying over each other here and there."""
    areas = []
    for _ in range(count):
        cx, cy, r = rng.uniform(0, 100), rng.uniform(0, 100), rng.uniform(5, 25)
        turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
        reach = r * (1 + 0.4 * np.sin(5 * turn))
        outer = np.column_stack([cx + reach * np.cos(turn), cy + reach * np.sin(turn)])
        hole = np.column_stack([cx + r / 5 * np.cos(turn), cy + r / 5 * np.sin(turn)])
        areas.append(shapely.Polygon(outer, [hole]))
    areas.append(shapely.MultiPolygon([shapely.box(0, 0, 5, 5), shapely.box(90, 90, 99, 99)]))
    return areas


def test_agrees_with_shapely():
    rng = np.random.default_rng(0)
    areas = towns(rng, 12)
    x, y = rng.uniform(-5, 105, 20_000), rng.uniform(-5, 105, 20_000)
    wanted = np.full(x.size, -1)
    for k in range(len(areas) - 1, -1, -1):
        wanted[shapely.contains_xy(areas[k], x, y)] = k

    assert np.array_equal(points_in_areas(x, y, areas), wanted)


def test_a_point_on_a_shared_border_lies_in_exactly_one_area():
    squares = [shapely.box(i, j, i + 1, j + 1) for i in range(4) for j in range(4)]
    steps = np.arange(0.0, 4.0, 0.25)
    x, y = (v.ravel() for v in np.meshgrid(steps, steps))
    found = points_in_areas(x, y, squares)

    assert (found >= 0).all()
    for k, square in enumerate(squares):
        assert shapely.intersects_xy(square, x[found == k], y[found == k]).all()


def test_no_points_and_empty_areas_are_no_trouble():
    assert points_in_areas([], [], [shapely.box(0, 0, 1, 1)]).size == 0
    assert points_in_areas([0.5], [0.5], [shapely.Polygon(), shapely.box(0, 0, 1, 1)]).tolist() == [
        1
    ]


def test_refuses_what_is_no_area():
    with pytest.raises(AnalysisError, match="ytor"):
        points_in_areas([0], [0], [shapely.Point(0, 0)])
