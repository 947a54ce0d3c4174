"""Sub-areas with polygons from GeoJSON or GeoPackage: DeSO, RegSO, own districts, named places.

Only the bytes given are read: GeoJSON as JSON, GeoPackage as an SQLite database in memory with
reading as the only thing allowed. No GDAL, so no virtual file systems and no outside references.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from samsyn.formats.base import (
    CellError,
    FormatError,
    ReadResult,
    RowError,
    Source,
    decode_text,
    normalise_header,
    read_content,
    shorten_value,
)
from samsyn.formats.geopackage import MAX_AREAS, Feature, not_areas, read_geopackage, unknown_crs
from samsyn.formats.places import find_municipality

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

MAX_COORDINATES = 20_000_000

_CODE_FIELDS = {
    "deso": ("desokod", "deso", "deso kod", "deso code"),
    "regso": ("regsokod", "regso kod", "regso code"),
    "municipality": ("kommunkod", "kommun kod", "kn kod", "knkod"),
    "district": ("kod", "code", "id", "områdeskod", "områdesid", "basområdeskod", "nyko"),
}
_NAME_FIELDS = ("regsonamn", "regso namn", "regso", "desonamn", "områdesnamn", "namn", "name", "kommunnamn", "kommun", "basområde", "stadsdel", "område", "beteckning")  # fmt: skip
_MUNICIPALITY_FIELDS = ("kommunkod", "kommun kod", "kommun", "kommunnamn", "knkod", "kn kod")


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area: code, name, kind (deso, regso, municipality, district, place), municipality code,
    geometry (shapely, WGS84 lon/lat) and a point inside it (`lon`, `lat`)."""

    code: str
    name: str
    kind: str
    municipality_code: str | None
    geometry: BaseGeometry
    lon: float
    lat: float


def read_areas(
    source: Source, *, name_field: str | None = None, code_field: str | None = None
) -> ReadResult[AreaRow]:
    """Read areas; `name_field` and `code_field` name the properties when guessing is not enough.

    Coordinates in another system (SWEREF 99 TM and the like) are moved to WGS84. Broken polygons
    are repaired where that can be done, with a warning. Points become places (kind "place").

    Raises FormatError when the file is neither format, has an unknown coordinate system, or holds
    no usable area.
    """
    content = read_content(source)
    if content.data.startswith(b"SQLite format 3\x00"):
        features, crs = read_geopackage(content.data)
        facts = content.facts
    else:
        text, encoding = decode_text(content.data)
        features, crs = _read_geojson(text)
        facts = replace(content.facts, encoding=encoding)
    result = ReadResult[AreaRow]("areas", facts)
    move = _mover(crs)
    fields = _Fields(features, name_field, code_field)
    seen: set[str] = set()
    for number, (properties, geometry) in enumerate(features, start=1):
        try:
            row, repaired = _build(properties, geometry, fields, move, number)
        except CellError as refused:
            result.errors.append(
                RowError(number, refused.column, shorten_value(refused.value), refused.reason)
            )
            continue
        if row.code in seen:
            reason = "Koden finns redan i filen."
            result.errors.append(RowError(number, fields.code, shorten_value(row.code), reason))
            continue
        if repaired:
            reason = "Ytan korsar sig själv och har lagats."
            result.warnings.append(RowError(number, fields.code, shorten_value(row.code), reason))
        seen.add(row.code)
        result.rows.append(row)
    if not result.rows:
        raise FormatError(
            "Filen innehåller inga användbara områden.",
            result.errors[0].reason if result.errors else "Den har inga ytor.",
            "Kontrollera att filen har ytor med namn eller kod och försök igen.",
        )
    result.counts = {"rows": len(result.rows), "repaired": len(result.warnings)}
    return result


def _read_geojson(text: str) -> tuple[list[Feature], Any]:
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise not_areas("Texten är inte giltig JSON.") from error
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        raise not_areas("JSON-filen är inte en samling av områden (FeatureCollection).")
    elements = data.get("features")
    if not isinstance(elements, list) or len(elements) > MAX_AREAS:
        raise not_areas(f"Listan över områden saknas eller har fler än {MAX_AREAS} områden.")
    features: list[Feature] = []
    for element in elements:
        feature = element if isinstance(element, dict) else {}
        properties = feature.get("properties")
        raw = feature.get("geometry")
        try:
            geometry = shape(raw) if isinstance(raw, dict) else None
        except (
            ShapelyError,
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
            IndexError,
            RecursionError,
            OverflowError,
        ):
            geometry = None
        features.append((properties if isinstance(properties, dict) else {}, geometry))
    return features, _geojson_crs(data.get("crs"))


def _geojson_crs(member: Any) -> Any:
    """The EPSG code of the old `crs` member; WGS84 when there is none (RFC 7946)."""
    if member is None:
        return 4326
    name = (
        str(member.get("properties", {}).get("name", ""))[:200]
        if isinstance(member, dict) and isinstance(member.get("properties"), dict)
        else ""
    )
    if "CRS84" in name:
        return 4326
    match = re.search(r"EPSG:(?:[\d.]*:)?(\d{4,6})$", name, re.IGNORECASE)
    if not match:
        raise unknown_crs()
    return int(match[1])


class _Fields:
    """Which properties hold code, name and municipality, and what kind of area it is."""

    def __init__(
        self, features: list[Feature], name_field: str | None, code_field: str | None
    ) -> None:
        present = {
            normalise_header(name): name
            for p, _ in features[:50]
            for name in p
            if isinstance(name, str)
        }
        for wanted in (name_field, code_field):
            if wanted is not None and normalise_header(wanted) not in present:
                raise not_areas(f"Fältet {wanted[:40]} finns inte i filen.")
        self.kind, guessed = _guess_kind(present)
        self.code = present[normalise_header(code_field)] if code_field else guessed
        names = [present[n] for n in _NAME_FIELDS if n in present and present[n] != self.code]
        self.name = (
            present[normalise_header(name_field)] if name_field else (names[0] if names else None)
        )
        self.municipality = [present[n] for n in _MUNICIPALITY_FIELDS if n in present]
        if self.code is None and self.name is None:
            raise not_areas("Områdena har varken kod eller namn. Ange vilket fält som är vilket.")


def _guess_kind(present: Mapping[str, str]) -> tuple[str, str | None]:
    for kind, names in _CODE_FIELDS.items():
        for name in names:
            if name in present:
                return kind, present[name]
    if "regso" in present:
        return "regso", None
    return "district", None


def _value(properties: Mapping[str, Any], field: str | None) -> str:
    value = properties.get(field) if field else None
    if isinstance(value, bool) or not isinstance(value, str | int | float) or value != value:
        return ""
    if isinstance(value, int) and abs(value) > 10**18:
        return ""
    text = (
        str(int(value))
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15
        else str(value)
    )
    return " ".join(text.replace("\x00", "").encode("utf-8", "replace").decode().split())[:200]


def _build(
    properties: Mapping[str, Any],
    geometry: BaseGeometry | None,
    fields: _Fields,
    move: Callable[[Any], Any] | None,
    number: int,
) -> tuple[AreaRow, bool]:
    code, name = _value(properties, fields.code), _value(properties, fields.name)
    if not code and not name:
        raise CellError(fields.code or fields.name, "", "Kod och namn saknas.")
    clean, repaired = _clean_geometry(geometry, move)
    kind = "place" if clean.geom_type in ("Point", "MultiPoint") else fields.kind
    point = clean.representative_point()
    code = code.zfill(4) if kind == "municipality" and code.isdigit() else code
    row = AreaRow(
        code or name,
        name or code,
        kind,
        _municipality(properties, fields, kind, code),
        clean,
        point.x,
        point.y,
    )
    return row, repaired


def _municipality(
    properties: Mapping[str, Any], fields: _Fields, kind: str, code: str
) -> str | None:
    for field in fields.municipality:
        text = _value(properties, field)
        text = text.zfill(4) if text.isdigit() else text
        found = find_municipality(text) if text else None
        if found:
            return found
    # DeSO and RegSO codes begin with the municipality's
    return find_municipality(code[:4]) if kind in ("deso", "regso", "municipality") else None


def _clean_geometry(
    geometry: BaseGeometry | None, move: Callable[[Any], Any] | None
) -> tuple[BaseGeometry, bool]:
    import numpy as np
    import shapely

    if geometry is None or geometry.is_empty:
        raise CellError("geometry", "", "Ytan saknas eller är trasig.")
    if shapely.get_num_coordinates(geometry) > MAX_COORDINATES:
        raise CellError("geometry", "", "Ytan har för många punkter.")
    clean = shapely.force_2d(geometry)
    if clean.geom_type not in ("Polygon", "MultiPolygon", "Point"):
        raise CellError("geometry", clean.geom_type, "Området är varken en yta eller en punkt.")
    repaired = not clean.is_valid
    if repaired:
        clean = _polygons_of(shapely.make_valid(clean))
    if move is not None:
        clean = shapely.transform(clean, move)
    coordinates = shapely.get_coordinates(clean)
    inside = np.isfinite(coordinates).all() and (np.abs(coordinates) <= (180, 90)).all()
    if not len(coordinates) or not inside:
        raise CellError("geometry", "", "Koordinaterna ligger inte på jorden. Fel koordinatsystem?")
    return clean, repaired


def _polygons_of(geometry: BaseGeometry) -> BaseGeometry:
    """The polygons of a repaired geometry; stray lines and points are left out."""
    import shapely

    parts = [
        part
        for part in shapely.get_parts(geometry)
        if part.geom_type in ("Polygon", "MultiPolygon")
    ]
    if not parts:
        raise CellError("geometry", "", "Ytan är trasig och kan inte lagas.")
    return shapely.union_all(parts)


def _mover(epsg: Any) -> Callable[[Any], Any] | None:
    """A function that moves an (n, 2) array of coordinates to WGS84, None when they are there."""
    if epsg == 4326:
        return None
    import numpy as np
    from pyproj import Transformer
    from pyproj.exceptions import ProjError

    try:
        transformer = Transformer.from_crs(f"EPSG:{int(epsg)}", "EPSG:4326", always_xy=True)
    except ProjError as error:
        raise unknown_crs() from error
    return lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))
