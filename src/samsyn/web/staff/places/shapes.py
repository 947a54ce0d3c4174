"""Outlines, areas and marks as GeoJSON, and the same drawn as SVG where the browser cannot draw a map."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from samsyn.base.access import Viewer
from samsyn.base.geo.locate import municipality_shapes
from samsyn.base.geo.models import Area
from samsyn.base.geo.selectors import open_on, places_of
from samsyn.base.orgs.models import Organisation

# About ten metres; the outline is generalised by its source anyhow.
TOLERANCE = 0.0001
METRES_PER_DEGREE = 111_320.0
# About how wide a letter and how high a line of the drawing's names are, in px.
LETTER, LINE = 7.6, 17.0
RATIO = 1.35
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


def around_features(places: Iterable[Mark]) -> list[dict[str, Any]]:
    """Return named places without a count as point features: they tell where on earth one is."""
    return [
        feature(
            "place",
            {"type": "Point", "coordinates": [one.longitude, one.latitude]},
            label=one.label,
        )
        for one in places
    ]


def named_places(viewer: Viewer, municipality: Organisation) -> list[Mark]:
    """Return the open named places with a point as marks without a count."""
    rows = open_on(places_of(viewer, municipality)).exclude(longitude=None)
    return [
        Mark(x, y, 0, name)
        for x, y, name in rows.values_list("longitude", "latitude", "name")
        if x and y
    ]


def without(places: Sequence[Mark], marks: Sequence[Mark]) -> list[Mark]:
    """Return those of the places where no mark stands."""
    taken = {(one.longitude, one.latitude) for one in marks}
    return [one for one in places if (one.longitude, one.latitude) not in taken]


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
    # At least about two kilometres each way, so that one mark is seen in its surroundings.
    across, up = max((east - west) * 0.15, 0.03), max((north - south) * 0.15, 0.015)
    return west - across, south - up, east + across, north + up


def widened(bounds: Bounds, ratio: float) -> Bounds:
    """Return the bounds with air added on two sides, so that the drawing is `ratio` times as wide as high."""
    west, south, east, north = bounds
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, high = (east - west) * squeeze, north - south
    if wide < high * ratio:
        more = (high * ratio - wide) / squeeze / 2
        return west - more, south, east + more, north
    more = (wide / ratio - high) / 2
    return west, south - more, east, north + more


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

    def holds(self, mark: Mark) -> bool:
        """Tell whether the mark lies inside."""
        west, south, east, north = self.bounds
        return west < mark.longitude < east and south < mark.latitude < north

    def px(self, longitude: float, latitude: float) -> tuple[str, str]:
        """Return x and y of the point as the SVG has them."""
        west, _south, _east, north = self.bounds
        x = (longitude - west) * self.squeeze * self.scale
        return f"{x:.1f}", f"{(north - latitude) * self.scale:.1f}"


def draw_svg(
    municipality: Organisation, marks: Sequence[Mark], title: str, *, around: Sequence[Mark] = ()
) -> SafeString:
    """Return the outline, the marks and the names as SVG with a title; empty where nothing can be drawn.

    The area of a circle follows its count. The largest ones are drawn first, so that none is hidden;
    names are written in that order too, as long as they find room. `around` are small dots for context.
    """
    bounds = bounds_of(marks, municipality)
    if bounds is None:
        return SafeString("")
    frame = Frame(widened(bounds, RATIO))
    most = max((mark.count for mark in marks), default=1)
    ordered = sorted(marks, key=lambda mark: -mark.count)
    context = [one for one in around if frame.holds(one)]
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}" class="map-drawing">'
        '<path class="land" d="{}"/><g class="around">{}</g><g class="marks">{}</g><g class="names">{}</g></svg>',
        frame.width,
        frame.height,
        title,
        path_of(municipality, frame),
        circles(frame, context, lambda _mark: 3.0),
        circles(frame, ordered, lambda mark: radius(mark.count, most)),
        names(
            frame,
            [(one, radius(one.count, most)) for one in ordered] + [(one, 3.0) for one in context],
        ),
    )


def circles(frame: Frame, marks: Sequence[Mark], size: Callable[[Mark], float]) -> SafeString:
    """Return the marks as circles, each with its name and count to point at."""
    return format_html_join(
        "\n",
        '<circle cx="{}" cy="{}" r="{}"><title>{}</title></circle>',
        (
            (
                *frame.px(m.longitude, m.latitude),
                f"{size(m):.1f}",
                f"{m.label}: {m.count}" if m.count else m.label,
            )
            for m in marks
        ),
    )


def names(frame: Frame, sized: Sequence[tuple[Mark, float]]) -> SafeString:
    """Return the names to the right of their marks; one that would lie over another, or outside, is left out."""
    taken: list[tuple[float, float, float]] = []
    written = []
    for mark, size in sized:
        x, y = (float(one) for one in frame.px(mark.longitude, mark.latitude))
        left, right = x + size + 4, x + size + 4 + LETTER * len(mark.label)
        crosses = any(
            abs(y - row) < LINE and left < end and start < right for row, start, end in taken
        )
        if mark.label and not crosses and right < frame.width and LINE < y < frame.height - 4:
            taken.append((y, left, right))
            written.append((f"{left:.1f}", f"{y + 5:.1f}", mark.label))
    return format_html_join("\n", '<text x="{}" y="{}">{}</text>', written)


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
