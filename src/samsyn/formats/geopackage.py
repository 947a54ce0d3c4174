"""GeoPackage (OGC 12-128) as an SQLite database in memory with reading as the only thing allowed."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from samsyn.formats.base import FormatError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

MAX_AREAS = 50_000
QUERY_SECONDS = 30

Feature = tuple[Mapping[str, Any], "BaseGeometry | None"]


def not_areas(why: str) -> FormatError:
    """The error for a file that should hold areas and does not."""
    return FormatError(
        "Filen går inte att läsa som områden.",
        why,
        "Spara områdena som GeoJSON eller GeoPackage och försök igen.",
    )


def unknown_crs() -> FormatError:
    """The error for a coordinate system that is not stated or not known."""
    return FormatError(
        "Filens koordinatsystem är okänt.",
        "Det går inte att veta var områdena ligger.",
        "Spara filen i WGS 84 (EPSG:4326) eller SWEREF 99 TM (EPSG:3006) och försök igen.",
    )


def read_geopackage(data: bytes) -> tuple[list[Feature], int]:
    """The features of the only layer, and the EPSG code of its coordinate system.

    Raises FormatError when the file is broken, has several layers, or no known coordinate system.
    """
    connection = sqlite3.connect(":memory:")
    deadline = time.monotonic() + QUERY_SECONDS
    try:
        connection.deserialize(data)
        connection.set_authorizer(_only_reading)
        connection.set_progress_handler(lambda: time.monotonic() > deadline, 100_000)
        table, column, srs = _find_layer(connection)
        crs = _geopackage_crs(connection, srs)
        return list(_features(connection, table, column)), crs
    except (sqlite3.Error, MemoryError, OverflowError, UnicodeDecodeError, ValueError) as error:
        raise not_areas("GeoPackage-filen är skadad eller saknar områden.") from error
    finally:
        connection.close()


_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}


def _only_reading(action: int, first: str | None, *_: Any) -> int:
    pragma = action == sqlite3.SQLITE_PRAGMA and first == "table_info"
    return sqlite3.SQLITE_OK if action in _ALLOWED or pragma else sqlite3.SQLITE_DENY


def _find_layer(connection: sqlite3.Connection) -> tuple[str, str, int]:
    rows = connection.execute(
        "SELECT g.table_name, g.column_name, g.srs_id FROM gpkg_geometry_columns AS g"
        " JOIN sqlite_master AS m ON m.name = g.table_name AND m.type = 'table'"
        " ORDER BY g.table_name"
    ).fetchall()
    if len(rows) != 1:
        names = ", ".join(str(row[0])[:40] for row in rows[:10]) or "inget"
        raise not_areas(f"GeoPackage-filen ska ha ett enda lager med ytor. Den har: {names}.")
    table, column, srs = rows[0]
    return str(table), str(column), int(srs)


def _geopackage_crs(connection: sqlite3.Connection, srs: int) -> int:
    row = connection.execute(
        "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = ?",
        (srs,),
    ).fetchone()
    if row is None or str(row[0]).casefold() != "epsg":
        raise unknown_crs()
    return int(row[1])


def _features(connection: sqlite3.Connection, table: str, column: str) -> Iterator[Feature]:
    quoted = '"' + table.replace('"', '""') + '"'
    cursor = connection.execute(f"SELECT * FROM {quoted} LIMIT {MAX_AREAS + 1}")  # noqa: S608
    names = [item[0] for item in cursor.description]
    if column not in names:
        raise ValueError("the geometry column is missing")
    place = names.index(column)
    for number, row in enumerate(cursor):
        if number >= MAX_AREAS:
            raise not_areas(f"Filen har fler än {MAX_AREAS} områden.")
        properties = {n: v for n, v in zip(names, row, strict=True) if n != column}
        yield properties, parse_gpkg_geometry(row[place])


_ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


def parse_gpkg_geometry(blob: object) -> BaseGeometry | None:
    """The geometry of a GeoPackage blob (OGC 12-128, clause 2.1.3), None when it is broken."""
    import shapely
    from shapely.errors import ShapelyError

    if not isinstance(blob, bytes) or len(blob) < 13 or blob[:2] != b"GP":
        return None
    size = _ENVELOPE_BYTES.get(blob[3] >> 1 & 7)
    if size is None or blob[3] >> 4 & 1:
        return None
    try:
        return shapely.from_wkb(blob[8 + size :])
    except (ShapelyError, ValueError, TypeError):
        return None
