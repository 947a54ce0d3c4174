"""The sub-areas as polygons, shaded by how many reports each has; few are hatched, not shaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from samsyn.base.geo.models import Area
from samsyn.domains.reports.rules import FEWEST_IN_AREA
from samsyn.domains.situation.draft.grammar import listed
from samsyn.domains.situation.result import AreaCount, ReportNumbers, Scope, WeekRef
from samsyn.formats import swedish
from samsyn.outputs import svg, tables, theme
from samsyn.outputs.blocks import Figure
from samsyn.outputs.maps import (
    CREDIT,
    HEIGHT,
    WIDTH,
    View,
    land,
    map_figure,
    page,
    path_of,
    scale_bar,
    text,
    view_of,
)

# From how many reports an area takes a darker shade. Fixed, so that two weeks can be laid side by side.
SHADES = ((FEWEST_IN_AREA, 0.25), (10, 0.5), (20, 0.8))
LABELS = 8
HATCH = "area-hatch"


@dataclass(frozen=True)
class Outline:
    """An area of the edition: which it is and where its middle lies. Its polygon is fetched when drawn."""

    pk: int
    code: str
    name: str
    longitude: float
    latitude: float
    source: str


def areas_figure(numbers: ReportNumbers, scope: Scope, week: WeekRef) -> Figure | None:
    """The sub-areas with reports. None where the reports have no areas, or their polygons are gone."""
    codes = [place.code for place in scope.municipalities]
    outlines = outlines_of(codes, numbers.areas) if numbers.areas else ()
    if not outlines:
        return None
    counts = {area.code: area.count for area in numbers.areas}
    data = [codes, [(one.code, one.longitude, one.latitude) for one in outlines], counts]
    drawing = svg.drawn("areas", data, lambda: draw_areas(codes, outlines, counts))
    title = f"Områden, vecka {week.number}"
    table = tables.areas_table(numbers)
    credit = f"{CREDIT}. Områden: {outlines[0].source}"
    return map_figure("areas", title, description(numbers.areas), drawing, table, credit)


def description(areas: Sequence[AreaCount]) -> str:
    """Return what the map shows, in words."""
    shown = [one for one in areas if one.count >= FEWEST_IN_AREA]
    if not shown:
        return "Karta över områdena. Inget område har så många rapporter att områden kan jämföras."
    told = listed([f"{one.name} {swedish.number(one.count)}" for one in shown[:LABELS]])
    few = " Streckade områden har färre än fem rapporter." if len(shown) < len(areas) else ""
    return f"Karta över områdena. Ju mörkare, desto fler rapporter: {told}.{few}"


def outlines_of(codes: Sequence[str], areas: Sequence[AreaCount]) -> tuple[Outline, ...]:
    """Return all areas of the edition that the counts are by: the one in which most of them are found.

    An area is told by its code and its middle, since a code may come again in a newer edition.
    """
    rows = Area.objects.filter(edition__municipality__municipality_code__in=codes).order_by("pk")
    found: dict[int, list[Outline]] = {}
    for edition, *values in rows.values_list(
        "edition", "pk", "code", "name", "longitude", "latitude", "edition__source"
    ):
        found.setdefault(edition, []).append(Outline(*values))
    wanted = {(one.code, one.longitude, one.latitude): one.count for one in areas}
    held = Counter(
        {
            edition: sum(wanted.get((one.code, one.longitude, one.latitude), 0) for one in outlines)
            for edition, outlines in found.items()
        }
    )
    edition, most = held.most_common(1)[0] if held else (0, 0)
    return tuple(found[edition]) if most else ()


def draw_areas(codes: Sequence[str], outlines: Sequence[Outline], counts: dict[str, int]) -> str:
    """Draw the outlines of all areas around those that have reports, shaded or hatched."""
    shapes = polygons([one.pk for one in outlines])
    least = FEWEST_IN_AREA if max(counts.values()) >= FEWEST_IN_AREA else 1
    busy = [shapes[one.pk] for one in outlines if counts.get(one.code, 0) >= least]
    corners = [corner for shape in busy for corner in corners_of(shape.bounds)]
    view = view_of(corners, WIDTH, HEIGHT - 40, pad=0.05)
    drawn = [area_path(shapes[one.pk], counts.get(one.code, 0), view) for one in outlines]
    parts = [hatching(), land(codes, view), *drawn, names(outlines, counts, shapes, view)]
    return page("".join(parts) + legend(counts) + scale_bar(view), frame="area-frame")


def polygons(keys: Sequence[int]) -> dict[int, Any]:
    """Return area → shapely polygon in WGS84."""
    import shapely

    rows = Area.objects.filter(pk__in=keys).values_list("pk", "geometry")
    return {pk: shapely.from_wkb(bytes(geometry)) for pk, geometry in rows}


def corners_of(bounds: tuple[float, float, float, float]) -> list[tuple[float, float]]:
    return [(bounds[0], bounds[1]), (bounds[2], bounds[3])]


def shade_of(count: int) -> float:
    """Return how dark an area with that many reports is; 0 for one that has too few to be compared."""
    return max((shade for least, shade in SHADES if count >= least), default=0.0)


def area_path(shape: Any, count: int, view: View) -> str:
    """Draw one area: shaded, hatched where there are few, plain where there are none."""
    fill = f'fill="{theme.ACCENT}" fill-opacity="{shade_of(count)}"'
    if not shade_of(count):
        fill = f'fill="url(#{HATCH})"' if count else 'fill="none"'
    return f'<path d="{path_of(shape, view)}" {fill} stroke="{theme.SHORE}" stroke-width="0.75"/>'


def hatching() -> str:
    """Return the pattern of areas with few reports: it can be told from a shade without colour."""
    return (
        f'<defs><pattern id="{HATCH}" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path d="M0,0V7" stroke="{theme.ACCENT}" stroke-width="1.5" '
        f'stroke-opacity="0.55"/></pattern></defs>'
    )


def names(
    outlines: Sequence[Outline], counts: dict[str, int], shapes: dict[int, Any], view: View
) -> str:
    """Write name and count in the areas that are shaded, the fullest first while there is room."""
    shown = [one for one in outlines if counts.get(one.code, 0) >= FEWEST_IN_AREA]
    shown.sort(key=lambda one: (-counts[one.code], one.name))
    taken: list[tuple[float, float, float]] = []
    parts = []
    for one in shown[:LABELS]:
        point = shapes[one.pk].representative_point()
        x, y = view.place(point.x, point.y)
        words = f"{one.name} {swedish.number(counts[one.code])}"
        half = 3.8 * len(words)
        x = min(max(x, half + 4), WIDTH - half - 4)
        rows = (y, y - 18, y + 18)
        free = [row for row in rows if not any(crosses(x, row, half, other) for other in taken)]
        if not free:
            continue
        taken.append((x, free[0], half))
        parts.append(text(x, free[0] + 5, words, anchor="middle", halo=True))
    return "".join(parts)


def crosses(x: float, y: float, half: float, other: tuple[float, float, float]) -> bool:
    """Tell whether a name would stand on another."""
    return abs(y - other[1]) < 17 and abs(x - other[0]) < half + other[2]


def legend(counts: dict[str, int]) -> str:
    """Write what the shades that are used mean, on a strip below the map."""
    most = max(counts.values(), default=0)
    steps = [
        (
            f"{least}–{SHADES[at + 1][0] - 1}" if at + 1 < len(SHADES) else f"{least} eller fler",
            shade,
        )
        for at, (least, shade) in enumerate(SHADES)
        if most >= least
    ]
    few = any(0 < count < FEWEST_IN_AREA for count in counts.values())
    marks = [(f"1–{FEWEST_IN_AREA - 1}, för få att jämföra", 0.0)] if few else []
    x, top, parts = 150.0, HEIGHT - 26, []
    ground = f'<rect y="{HEIGHT - 40}" width="{WIDTH}" height="40" fill="{theme.PAPER}"/>'
    for words, shade in [*marks, *steps]:
        fill = f'fill="{theme.ACCENT}" fill-opacity="{shade}"' if shade else f'fill="url(#{HATCH})"'
        parts.append(
            f'<rect x="{x}" y="{top}" width="18" height="14" {fill} stroke="{theme.SHORE}" stroke-width="0.75"/>'
        )
        parts.append(text(x + 24, top + 12, words, size=12))
        x += 44 + 5.2 * len(words)
    return ground + "".join(parts)
