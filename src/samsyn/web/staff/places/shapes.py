"""Outlines, areas and marks as GeoJSON, and the same drawn as SVG where the browser cannot draw a map."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from samsyn.base.geo.locate import municipality_shapes
from samsyn.base.geo.models import Area
from samsyn.base.orgs.models import Organisation

# About ten metres; the outline is generalised by its source anyhow.
TOLERANCE = 0.0001
METRES_PER_DEGREE = 111_320.0
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Mark:
    """A spot on the map: where, how many, what it is called and where its rows are."""

    longitude: float
    latitude: float
    count: int
    label: str
    url: str = ""


@lru_cache(maxsize=64)
def outline_json(code: str) -> str | None:
    """Return the municipality's outline as a GeoJSON geometry (Källa: SCB); None for an unknown code."""
    import shapely

    shape = municipality_shapes().get(code)
    return None if shape is None else str(shapely.to_geojson(thinned(shape)))


@lru_cache(maxsize=4096)
def area_json(area: int) -> str:
    """Return the area's polygon as a GeoJSON geometry. An edition never changes, so it is kept."""
    import shapely

    polygon = Area.objects.values_list("geometry", flat=True).get(pk=area)
    return str(shapely.to_geojson(thinned(shapely.from_wkb(bytes(polygon)))))


def thinned(shape: Any) -> Any:
    """Return the shape with metre precision and without needless corners."""
    import shapely

    return shapely.set_precision(shapely.simplify(shape, TOLERANCE), 1e-5)


def outline_feature(municipality: Organisation) -> list[dict[str, Any]]:
    """Return the municipality's outline as a feature; none where its shape is not known."""
    geometry = outline_json(municipality.municipality_code)
    if geometry is None:
        return []
    return [feature("outline", json.loads(geometry), label=municipality.called)]


def area_feature(area: int, label: str, count: int, url: str = "") -> dict[str, Any]:
    """Return the area with its count as a feature."""
    return feature("area", json.loads(area_json(area)), label=label, n=count, url=url)


def mark_feature(mark: Mark) -> dict[str, Any]:
    """Return the mark as a point feature."""
    point = {"type": "Point", "coordinates": [mark.longitude, mark.latitude]}
    return feature("point", point, label=mark.label, n=mark.count, url=mark.url)


def cell_features(marks: Iterable[Mark], metres: float = 250.0) -> list[dict[str, Any]]:
    """Return square cells of that side with the sum of the marks in each."""
    marks = list(marks)
    if not marks:
        return []
    high = metres / METRES_PER_DEGREE
    wide = high / math.cos(math.radians(marks[0].latitude))
    sums: dict[tuple[int, int], int] = {}
    for mark in marks:
        key = math.floor(mark.longitude / wide), math.floor(mark.latitude / high)
        sums[key] = sums.get(key, 0) + mark.count
    return [
        feature("cell", square(column * wide, row * high, wide, high), n=count)
        for (column, row), count in sums.items()
    ]


def square(west: float, south: float, wide: float, high: float) -> dict[str, Any]:
    """Return a rectangle as a GeoJSON polygon."""
    east, north = west + wide, south + high
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [[[round(x, 6), round(y, 6)] for x, y in ring]]}


def feature(kind: str, geometry: dict[str, Any], **properties: Any) -> dict[str, Any]:
    """Return a GeoJSON feature whose properties say what kind of thing it is."""
    return {"type": "Feature", "geometry": geometry, "properties": {"kind": kind, **properties}}


def collection(features: Sequence[dict[str, Any]], bounds: Bounds | None) -> dict[str, Any]:
    """Return the features with the bounds that the map opens at."""
    found: dict[str, Any] = {"type": "FeatureCollection", "features": list(features)}
    return {**found, "bbox": list(bounds)} if bounds is not None else found


def bounds_of(marks: Sequence[Mark], municipality: Organisation) -> Bounds | None:
    """Return the bounds around the marks with some air, else around the municipality."""
    if not marks:
        shape = municipality_shapes().get(municipality.municipality_code)
        return None if shape is None else tuple(float(one) for one in shape.bounds)  # type: ignore[return-value]
    west, east = min(m.longitude for m in marks), max(m.longitude for m in marks)
    south, north = min(m.latitude for m in marks), max(m.latitude for m in marks)
    # At least about a kilometre each way, so that one mark is seen in its surroundings.
    across, up = max((east - west) * 0.15, 0.012), max((north - south) * 0.15, 0.006)
    return west - across, south - up, east + across, north + up


@dataclass(frozen=True)
class Frame:
    """Turns degrees into px of a drawing: an equirectangular map with the scale right at its middle."""

    bounds: Bounds
    width: int = 720

    @property
    def squeeze(self) -> float:
        return math.cos(math.radians((self.bounds[1] + self.bounds[3]) / 2))

    @property
    def scale(self) -> float:
        return self.width / max((self.bounds[2] - self.bounds[0]) * self.squeeze, 1e-9)

    @property
    def height(self) -> int:
        return max(240, min(900, round((self.bounds[3] - self.bounds[1]) * self.scale)))

    def px(self, longitude: float, latitude: float) -> tuple[str, str]:
        """Return x and y of the point as the SVG has them."""
        west, _south, _east, north = self.bounds
        x = (longitude - west) * self.squeeze * self.scale
        return f"{x:.1f}", f"{(north - latitude) * self.scale:.1f}"


def draw_svg(
    municipality: Organisation, marks: Sequence[Mark], title: str, *, bounds: Bounds | None = None
) -> SafeString:
    """Return the outline and the marks as SVG with a title; empty where nothing can be drawn.

    The area of a circle follows its count. The largest ones are drawn first, so that none is hidden.
    """
    bounds = bounds or bounds_of(marks, municipality)
    if bounds is None:
        return SafeString("")
    frame = Frame(bounds)
    most = max((mark.count for mark in marks), default=1)
    circles = format_html_join(
        "\n",
        '<circle cx="{}" cy="{}" r="{}"><title>{}: {}</title></circle>',
        (
            (*frame.px(m.longitude, m.latitude), f"{radius(m.count, most):.1f}", m.label, m.count)
            for m in sorted(marks, key=lambda mark: -mark.count)
        ),
    )
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}" class="map-drawing">'
        '<path class="land" d="{}"/><g class="marks">{}</g></svg>',
        frame.width,
        frame.height,
        title,
        path_of(municipality, frame),
        circles,
    )


def radius(count: int, most: int) -> float:
    """Return the radius in px: the area follows the count, and one is still seen."""
    return 5.0 + 17.0 * math.sqrt(count / max(most, 1)) if most > 1 else 9.0


def path_of(municipality: Organisation, frame: Frame) -> str:
    """Return the part of the outline that lies in the frame as an SVG path."""
    import shapely

    shape = municipality_shapes().get(municipality.municipality_code)
    if shape is None:
        return ""
    west, south, east, north = frame.bounds
    margin = (east - west) * 0.2
    seen = shapely.clip_by_rect(
        thinned(shape), west - margin, south - margin, east + margin, north + margin
    )
    parts = getattr(seen, "geoms", [seen])
    rings = [ring for part in parts if part.geom_type == "Polygon" for ring in rings_of(part)]
    return " ".join("M" + "L".join(points_of(ring, frame)) + "Z" for ring in rings)


def rings_of(polygon: Any) -> list[Any]:
    return [polygon.exterior, *polygon.interiors]


def points_of(ring: Any, frame: Frame) -> list[str]:
    return [" ".join(frame.px(x, y)) for x, y in ring.coords]
