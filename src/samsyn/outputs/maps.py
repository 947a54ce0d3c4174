"""Maps as SVG, drawn here without any network: the municipality's outline and the places that speak."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from samsyn.domains.situation.draft.grammar import listed
from samsyn.domains.situation.result import ReportNumbers, Scope, WeeklyNumbers, WeekRef
from samsyn.formats import swedish
from samsyn.outputs import svg, tables, theme
from samsyn.outputs.blocks import Figure

CREDIT = "Kommungräns: SCB"
WIDTH, HEIGHT = theme.WIDTH, 360
LABELS = 6
# The narrowest view, in degrees of latitude: about two kilometres.
NARROWEST = 0.02


@dataclass(frozen=True)
class View:
    """A rectangle of the earth on the paper: plain cylindrical, true to scale at its middle."""

    west: float
    south: float
    east: float
    north: float
    width: int
    height: int

    @property
    def squeeze(self) -> float:
        return math.cos(math.radians((self.south + self.north) / 2))

    @property
    def per_degree(self) -> float:
        """px per degree of latitude."""
        return self.height / (self.north - self.south)

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = (longitude - self.west) * self.squeeze * self.per_degree
        return round(x, 1), round((self.north - latitude) * self.per_degree, 1)


def view_of(
    points: Sequence[tuple[float, float]], width: int, height: int, pad: float = 0.12
) -> View:
    """Return the view that holds all points with some air, in the shape of the paper."""
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    middle = ((min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2)
    squeeze = math.cos(math.radians(middle[1]))
    tall = max(max(latitudes) - min(latitudes), NARROWEST) * (1 + 2 * pad)
    wide = max((max(longitudes) - min(longitudes)) * squeeze, NARROWEST) * (1 + 2 * pad)
    tall = max(tall, wide * height / width)
    wide = tall * width / height / squeeze
    return View(
        middle[0] - wide / 2,
        middle[1] - tall / 2,
        middle[0] + wide / 2,
        middle[1] + tall / 2,
        width,
        height,
    )


def places_figure(numbers: ReportNumbers, scope: Scope, week: WeekRef) -> Figure | None:
    """Where the reports are: circles per square of 250 m, the places with most by name. None without any."""
    if not numbers.cells:
        return None
    named = [place for place in numbers.places if place.longitude is not None][:LABELS]
    cells = [(cell.longitude, cell.latitude, cell.count) for cell in numbers.cells]
    labels = [(place.longitude, place.latitude, place.name, place.count) for place in named]
    codes = [place.code for place in scope.municipalities]
    drawing = svg.drawn("places", [codes, cells, labels], lambda: draw_places(codes, cells, labels))
    title = f"Var, vecka {week.number}"
    most = listed(
        [f"{place.name} {swedish.number(place.count)}" for place in numbers.places[:LABELS]]
    )
    description = (
        f"Karta. Ju större cirkel, desto fler rapporter. Flest: {most}." if most else "Karta."
    )
    return map_figure("map", title, description, drawing, tables.places_table(numbers))


def municipalities_map(numbers: WeeklyNumbers) -> Figure | None:
    """The municipalities of a police area with their reports. None where their shapes are not known."""
    rows = [(place.code, place.name, place.count) for place in numbers.municipalities]
    if not any(outline(code) is not None for code, _name, _count in rows):
        return None
    drawing = svg.drawn("municipalities", rows, lambda: draw_municipalities(rows))
    told = listed([f"{name} {swedish.number(count)}" for _code, name, count in rows])
    title = f"Kommunerna, vecka {numbers.week.number}"
    description = f"Karta med polisområdets kommuner och antal rapporter: {told}."
    table = tables.municipalities_table(numbers.municipalities, numbers.week)
    return map_figure("map", title, description, drawing, table)


def map_figure(
    key: str, title: str, description: str, drawing: str, table: Any, credit: str = CREDIT
) -> Figure:
    told = svg.told(drawing, f"fig-{key}", title, description)
    return Figure(key, "map", title, told, description, WIDTH, HEIGHT, table, credit)


@lru_cache(maxsize=64)
def outline(code: str) -> Any:
    """Return the shapely outline of a municipality, None for an unknown code."""
    from samsyn.base.geo.locate import municipality_shapes

    return municipality_shapes().get(code)


def draw_places(
    codes: Sequence[str],
    cells: Sequence[tuple[float, float, int]],
    labels: Sequence[tuple[float | None, float | None, str, int]],
) -> str:
    """Draw the part of the municipality where the reports are, and where that is in the whole."""
    view = view_of(central([(lon, lat) for lon, lat, _count in cells]), WIDTH, HEIGHT)
    top = max(count for _lon, _lat, count in cells)
    parts = [land(codes, view)]
    for lon, lat, count in sorted(cells, key=lambda cell: -cell[2]):
        x, y = view.place(lon, lat)
        radius = round(4 + 14 * math.sqrt(count / top) if top > 1 else 6, 1)
        parts.append(
            f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{theme.ACCENT}" fill-opacity="0.55" '
            f'stroke="{theme.ACCENT}" stroke-width="1"/>'
        )
    parts.append(place_labels(labels, view))
    parts.append(scale_bar(view))
    parts.append(locator(codes, view))
    return page("".join(parts))


def central(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the points without the few far away, which would make all the others one dot.

    Kept are those within five times the middle distance from the middle point.
    """
    longitude, latitude = (sorted(values)[len(points) // 2] for values in zip(*points, strict=True))
    squeeze = math.cos(math.radians(latitude))
    far = [math.hypot((lon - longitude) * squeeze, lat - latitude) for lon, lat in points]
    limit = max(5 * sorted(far)[len(far) // 2], NARROWEST)
    return [point for point, distance in zip(points, far, strict=True) if distance <= limit]


def land(codes: Sequence[str], view: View, fill: str = theme.LAND) -> str:
    """Draw the outlines of the municipalities, cut to the view."""
    import shapely

    window = shapely.box(view.west - 0.5, view.south - 0.3, view.east + 0.5, view.north + 0.3)
    parts = []
    for code in codes:
        shape = outline(code)
        if shape is not None:
            clipped = shape.intersection(window)
            parts.append(
                f'<path d="{path_of(clipped, view)}" fill="{fill}" stroke="{theme.SHORE}" stroke-width="1"/>'
            )
    return "".join(parts)


def path_of(shape: Any, view: View) -> str:
    """Return the rings of a polygon, or of several, as an SVG path."""
    polygons = [one for one in getattr(shape, "geoms", [shape]) if one.geom_type == "Polygon"]
    rings = [ring for one in polygons for ring in (one.exterior, *one.interiors)]
    drawn = []
    for ring in rings:
        points = [view.place(lon, lat) for lon, lat in ring.coords]
        drawn.append("M" + "L".join(f"{x},{y}" for x, y in points) + "Z")
    return "".join(drawn)


def place_labels(labels: Sequence[tuple[float | None, float | None, str, int]], view: View) -> str:
    """Write the names beside their circles, moved down where two would stand on each other."""
    taken: list[tuple[float, float, float]] = []
    parts = []
    for lon, lat, name, count in labels:
        assert lon is not None
        assert lat is not None
        x, y = view.place(lon, lat)
        if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
            continue
        wide = 7.2 * (len(name) + 4)
        left = x + 22 + wide > WIDTH
        start = x - 22 - wide if left else x + 22
        y = free_line(start, min(max(y + 4, 16), HEIGHT - 30), wide, taken)
        taken.append((start, y, wide))
        anchor, at = ("end", x - 22) if left else ("start", x + 22)
        parts.append(text(at, y, f"{name} {swedish.number(count)}", anchor=anchor, halo=True))
    return "".join(parts)


def free_line(
    start: float, y: float, wide: float, taken: Sequence[tuple[float, float, float]]
) -> float:
    """Return the nearest line at or below `y` where nothing is written yet."""
    for _ in range(20):
        if not any(
            abs(y - other) < 16 and start < a + w and a < start + wide for a, other, w in taken
        ):
            return y
        y += 16
    return y


def text(
    x: float, y: float, words: str, *, anchor: str = "start", size: int = 14, halo: bool = False
) -> str:
    around = (
        f' stroke="{theme.LAND}" stroke-width="4" paint-order="stroke" stroke-linejoin="round"'
        if halo
        else ""
    )
    return (
        f'<text x="{round(x, 1)}" y="{round(y, 1)}" font-family="{theme.FONT}" font-size="{size}" '
        f'font-weight="{600 if halo else 400}" text-anchor="{anchor}" fill="{theme.INK}"{around}>{escape(words)}</text>'
    )


def scale_bar(view: View) -> str:
    """Draw a round distance at the lower left."""
    metres_per_px = 111_320 / view.per_degree
    metres = next(
        length
        for length in (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
        if length / metres_per_px >= 70
    )
    wide, y = round(metres / metres_per_px, 1), HEIGHT - 14
    words = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
    bar = f'<path d="M12,{y - 5}V{y}H{12 + wide}V{y - 5}" fill="none" stroke="{theme.INK}" stroke-width="1.5"/>'
    return bar + text(18 + wide, y, words, size=12)


def locator(codes: Sequence[str], view: View) -> str:
    """Draw the whole municipality small at the lower right, with a frame around the part that is shown."""
    shapes = [shape for code in codes if (shape := outline(code)) is not None]
    if not shapes:
        return ""
    bounds = [shape.bounds for shape in shapes]
    corners = [(box[0], box[1]) for box in bounds] + [(box[2], box[3]) for box in bounds]
    small = view_of(corners, 96, 96, pad=0.06)
    if view.north - view.south > 0.6 * (small.north - small.south):
        return ""
    (left, top), (right, bottom) = (
        small.place(view.west, view.north),
        small.place(view.east, view.south),
    )
    frame = (
        f'<rect x="{left}" y="{top}" width="{max(right - left, 3):.1f}" height="{max(bottom - top, 3):.1f}" '
        f'fill="none" stroke="{theme.ACCENT}" stroke-width="2"/>'
    )
    inner = land_simple(shapes, small)
    ground = f'<rect width="96" height="96" fill="{theme.PAPER}" stroke="{theme.RULE}"/>'
    return f'<g transform="translate({WIDTH - 106},{HEIGHT - 106})">{ground}{inner}{frame}</g>'


def land_simple(shapes: Sequence[Any], view: View) -> str:
    parts = (path_of(shape.simplify(0.01), view) for shape in shapes)
    return "".join(f'<path d="{part}" fill="{theme.BAND}" stroke="none"/>' for part in parts)


def draw_municipalities(rows: Sequence[tuple[str, str, int]]) -> str:
    """Draw the municipalities with a circle and the number in each."""
    shapes = {code: shape for code, _name, _count in rows if (shape := outline(code)) is not None}
    boxes = [shape.bounds for shape in shapes.values()]
    corners = [(box[0], box[1]) for box in boxes] + [(box[2], box[3]) for box in boxes]
    view = view_of(corners, WIDTH, HEIGHT, pad=0.05)
    parts = [land(list(shapes), view)]
    top = max(max(count for _code, _name, count in rows), 1)
    for code, name, count in rows:
        if code not in shapes:
            continue
        point = shapes[code].representative_point()
        x, y = view.place(point.x, point.y)
        radius = round(5 + 22 * math.sqrt(count / top), 1)
        parts.append(
            f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{theme.ACCENT}" fill-opacity="0.6"/>'
        )
        words = f"{name} {swedish.number(count)}"
        left = x + radius + 8 + 7.2 * len(words) > WIDTH
        at, anchor = (x - radius - 6, "end") if left else (x + radius + 6, "start")
        parts.append(text(at, y + 5, words, anchor=anchor, halo=True))
    return page("".join(parts) + scale_bar(view))


def page(inner: str, frame: str = "map-frame") -> str:
    """Return the SVG around the drawing, cut to its frame, whose name differs between maps of one page."""
    edge = f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}" fill="none" stroke="{theme.RULE}"/>'
    cut = f'<clipPath id="{frame}"><rect width="{WIDTH}" height="{HEIGHT}"/></clipPath>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}"><defs>{cut}</defs>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{theme.PAPER}"/>'
        f'<g clip-path="url(#{frame})">{inner}</g>{edge}</svg>'
    )
