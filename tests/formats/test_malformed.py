"""No file, however broken, makes a reader crash: it is a FormatError or rows with errors."""

import gzip
import io
import json
import random
import zipfile
from datetime import datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from samsyn.formats import base
from samsyn.formats.areas import read_areas
from samsyn.formats.base import FormatError, ReadResult, mask_value, read_content
from samsyn.formats.bra import read_bra
from samsyn.formats.earlier_reports import read_earlier_reports
from samsyn.formats.police_events import read_police_events
from samsyn.formats.police_list import guess_profile, inspect_police_list, read_police_list

SECRET = b"0123456789abcdef"


def read_list(content):
    return read_police_list(content, guess_profile(inspect_police_list(content)), secret=SECRET)


READERS = {
    "police_events": read_police_events,
    "bra": read_bra,
    "police_list": read_list,
    "areas": read_areas,
    "earlier_reports": read_earlier_reports,
}

NOISE = random.Random(7).randbytes(5000)


def workbook(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return buffer.getvalue()


def real_workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Brottskod", "Gata", "Brottsdag start", "Datum", "Kategori"])
    book.active.append(["1201", "Storgatan", "2026-05-01", "2026-05-01", "KLOT"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


XLSX = real_workbook()
MALFORMED = {
    "empty": b"",
    "one byte": b"x",
    "only zeros": b"\x00" * 100,
    "only BOM": b"\xef\xbb\xbf",
    "only line ends": b"\r\n\r\n\n",
    "noise": NOISE,
    "noise in gzip": gzip.compress(NOISE),
    "truncated gzip": gzip.compress(b"[1,2,3]" * 500)[:-20],
    "gzip magic only": b"\x1f\x8b",
    "gzip of gzip": gzip.compress(gzip.compress(b"[]" * 9)),
    "truncated xlsx": XLSX[: len(XLSX) // 2],
    "xlsx with a hole": XLSX[:300] + NOISE[:200] + XLSX[500:],
    "zip magic only": b"PK\x03\x04",
    "zip without a workbook": workbook(a="b"),
    "xlsx without sheets": workbook(**{"[Content_Types].xml": "<x/>", "xl__workbook.xml": "<workbook/>"}),
    "xlsx with entities": workbook(**{"xl__workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
    "xlsx of endless width": workbook(**{"xl__worksheets__sheet1.xml": '<row r="1048576"><c r="XFD1048576"/></row>'}),
    "old excel magic only": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "old excel with noise": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE,
    "sqlite magic only": b"SQLite format 3\x00",
    "sqlite with noise": b"SQLite format 3\x00" + NOISE,
    "pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    "html": b"<!doctype html><html><body>Logga in</body></html>",
    "xml": b"<?xml version='1.0'?><a/>",
    "unfinished json": b'[{"id": 1, "datetime": "2026',
    "json object": b"{}",
    "json null": b"null",
    "json number": b"17",
    "json list of lists": b"[[[[]]]]",
    "json list of odd things": json.dumps([1, None, True, "x", [], {}, {"id": []}]).encode(),
    "json nan and infinity": b'[{"id": NaN, "datetime": Infinity}]',
    "json huge integer": b'[{"id": ' + b"9" * 6000 + b"}]",
    "json deep": b"[" * 100_000 + b"]" * 100_000,
    "json deep object": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "json lone surrogate": b'[{"id": 1, "datetime": "2026-01-01 1:00:00 +01:00", "name": "\\ud800"}]',
    "features of wrong type": b'{"type": "FeatureCollection", "features": {"a": 1}}',
    "features without geometry": b'{"type": "FeatureCollection", "features": [{"properties": {"kod": "1"}, "geometry": null}]}',
    "features with nan": b'{"type": "FeatureCollection", "features": [{"properties": {"kod": NaN}, "geometry": {"type": "Point", "coordinates": [NaN, 1]}}]}',
    "features with text coordinates": b'{"type": "FeatureCollection", "features": [{"properties": {"kod": 1}, "geometry": {"type": "Polygon", "coordinates": [["a"]]}}]}',
    "features of unknown geometry": b'{"type": "FeatureCollection", "features": [{"properties": {"kod": "1"}, "geometry": {"type": "Blob", "coordinates": []}}]}',
    "features with strange crs": b'{"type": "FeatureCollection", "features": [], "crs": [1]}',
    "features with crs that is not": b'{"type": "FeatureCollection", "features": [{"properties": {"kod": "1"}}], "crs": {"properties": {"name": "EPSG:99999"}}}',
    "utf-16 without end": "Brottskod;Gata\n1201;x\n".encode("utf-16")[:-1],
    "utf-8 cut in a letter": "Region;Brott;År;Antal\nLuleå".encode()[:-1],
    "csv with stray quotes": b'Region;Brott;\xc3\x85r;Antal\n"Lule;"x"y";2025;1\n"',
    "csv with a giant field": b"Kommun;Antal\nx;" + b"1" * 300_000 + b"\n",
    "csv with zeros inside": b"Brottskod;Gata\n1201;\x00\n",
    "csv header only": b"Brottskod;Gata;Antal;Datum;Kategori",
    "csv with short and long rows": b"Brottskod;Gata;Antal;Datum;Kategori\n1\n1;2;3;4;5;6;7;8\n;;;;\n",
    "csv of only delimiters": b";;;;;\n;;;;;\n",
    "csv with many columns": b";".join([b"Antal"] * 5000) + b"\n" + b";".join([b"1"] * 5000),
    "monthly csv with nonsense": "Kommun,Brott,Antal,Periodnyckel,Månad\nLuleå,x,-1,209913,99\nLuleå,x,1e9,0,a\n".encode(),
    "swedish digits of other scripts": "Kommun;Brott;Region;År;Antal\nLuleå;x;Luleå;٢٠٢٥;٣\n".encode(),
}  # fmt: skip


def survives(reader, content):
    """The reader gives a result, or an error that says what, why and what to do; nothing else."""
    try:
        outcome = reader(content)
    except FormatError as error:
        outcome = error
    if isinstance(outcome, FormatError):
        assert all(part.endswith(".") for part in (outcome.what, outcome.why, outcome.do))
    else:
        assert isinstance(outcome, ReadResult)
        assert all(error.reason.endswith(".") for error in outcome.errors)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_files_give_a_clear_error_or_rows_with_errors(reader, name):
    survives(READERS[reader], MALFORMED[name])


def test_the_list_of_malformed_files_is_long_enough():
    assert len(set(MALFORMED.values())) >= 50


@pytest.mark.parametrize("path", ["/finns/inte.json", "/", "a\x00b"])
@pytest.mark.parametrize("reader", READERS)
def test_a_path_that_cannot_be_read(reader, path):
    with pytest.raises(FormatError, match="kunde inte öppnas"):
        READERS[reader](path)


def test_a_gzip_bomb_stops_at_the_limit():
    bomb = gzip.compress(b"\x20" * 50_000_000)
    with pytest.raises(FormatError, match="för stor"):
        read_content(bomb, max_bytes=1_000_000)


def test_a_zip_bomb_is_refused(monkeypatch):
    from samsyn.formats import tables

    monkeypatch.setattr(tables, "MAX_UNPACKED_BYTES", 1_000_000)
    bomb = workbook(**{"xl__worksheets__sheet1.xml": " " * 20_000_000})
    with pytest.raises(FormatError, match="för stor uppackad"):
        tables.read_workbook(bomb)


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "stor.json"
    path.write_bytes(b"[]" * 100)
    monkeypatch.setattr(base, "MAX_FILE_BYTES", 50)
    with pytest.raises(FormatError, match="för stor"):
        read_content(path)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("Anna Berg", "aaaa aaaa"), ("19900101-1234", "99999999-9999"), ("0701234567", "9999999999"), ("32/13/26", "32/13/26"), ("2500", "2500"), ("x" * 50, "a" * 20 + "…")],
)  # fmt: skip
def test_values_in_error_lists_are_masked(value, shown):
    assert mask_value(value) == shown


QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
FIELDS = ("id", "datetime", "name", "summary", "url", "type", "location")


@QUICK
@given(st.binary(max_size=2000), st.sampled_from(sorted(READERS)))
def test_any_bytes(content, reader):
    survives(READERS[reader], content)


@QUICK
@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, json_values)), max_size=5))
def test_any_json_in_the_fields_of_an_event(events):
    survives(read_police_events, json.dumps(events).encode())


@QUICK
@given(st.text(max_size=60), st.datetimes())
@example("31 december 23.59, x", datetime(1970, 1, 1))
def test_any_heading_gives_a_time_that_is_not_far_after_publication(name, published):
    event = {
        "id": 1,
        "datetime": f"{published:%Y-%m-%d %H:%M:%S} +01:00",
        "name": name,
        "location": {},
    }
    try:
        rows = read_police_events(json.dumps([event]).encode()).rows
    except FormatError:
        return
    assert all((row.event_at - row.published_at).days <= 7 for row in rows)


@QUICK
@given(st.lists(st.lists(st.text(max_size=12), min_size=10, max_size=10), max_size=6))
def test_any_text_in_a_police_list(rows):
    header = "Inskrivningsdatum;Näpo;Basområde;Gata;Brottskod;Antal;Brottsdag start;Brottsdag slut;LATITUDE;LONGITUDE"
    survives(
        read_list, "\n".join([header, *(";".join(row) for row in rows)]).encode("utf-8", "replace")
    )


@QUICK
@given(st.lists(st.lists(st.text(max_size=12), min_size=6, max_size=6), max_size=6))
def test_any_text_in_a_bra_table(rows):
    lines = ["Region;Brott;År;Period;Antal;/100 000 inv", *(";".join(row) for row in rows)]
    survives(read_bra, "\n".join(lines).encode("utf-8", "replace"))


@QUICK
@given(json_values, json_values)
def test_any_json_in_an_area(properties, geometry):
    content = {
        "type": "FeatureCollection",
        "features": [{"properties": properties, "geometry": geometry}],
    }
    survives(read_areas, json.dumps(content).encode())


@QUICK
@given(st.integers(0, len(XLSX) - 1), st.binary(min_size=1, max_size=40))
def test_a_workbook_with_any_damage(place, damage):
    survives(read_list, XLSX[:place] + damage + XLSX[place + len(damage) :])
