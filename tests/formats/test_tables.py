"""Spreadsheets and CSV become plain grids with the rows where the file has them."""

import zipfile
from datetime import datetime, time
from io import BytesIO
from pathlib import Path

import pytest

from samsyn.formats.base import FormatError
from samsyn.formats.tables import read_workbook, sniff_delimiter


def test_cells_of_excel_as_text_and_rows_in_their_place(make_xlsx):
    content = make_xlsx(
        ("Ett", [[], [" a ", 5, 1.5], [datetime(2026, 5, 13, 5, 7), time(0, 5), True]]), ("Två", [])
    )
    one, two = read_workbook(content).sheets
    assert one.rows == [
        ["", "", ""],
        ["a", "5", "1.5"],
        ["2026-05-13 05:07:00", "1899-12-31 00:05:00", "true"],
    ]
    assert (two.name, two.rows) == ("Två", [])


def ods(rows: str) -> bytes:
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    space = " ".join(f'xmlns:{n}="{urn}:{n}:1.0"' for n in ("office", "table", "text"))
    body = (
        f"<office:document-content {space}><office:body><office:spreadsheet>"
        f'<table:table table:name="Blad">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", body)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return buffer.getvalue()


CELL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
EMPTY = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16000"/></table:table-row>'


def test_ods_with_the_empty_rows_that_programs_add_at_the_end():
    content = ods(
        f"<table:table-row>{CELL.format('', 'Brottskod')}{CELL.format('', 'Gata')}</table:table-row>{EMPTY}"
    )
    assert read_workbook(content).sheets[0].rows[0] == ["Brottskod", "Gata"]


@pytest.mark.parametrize(
    "rows",
    [
        "<table:table-row>"
        + CELL.format(' table:number-columns-repeated="900000"', "x")
        + "</table:table-row>",
        '<table:table-row table:number-rows-repeated="1000000">'
        + CELL.format("", "x")
        + "</table:table-row>",
    ],
)
def test_ods_that_repeats_a_cell_without_end_is_refused(rows):
    with pytest.raises(FormatError, match="för stort"):
        read_workbook(ods(rows))


def test_delimiter_is_the_one_that_splits_evenly():
    assert sniff_delimiter("a;b;c\n1,5;2;3\n") == ";"
    assert sniff_delimiter("a,b\n1,2\n") == ","
    assert sniff_delimiter("a\tb\n1\t2,5\n") == "\t"


def test_an_old_excel_file_is_read_as_well():
    """.xls, as Excel wrote it until 2007: a real one, that comes with statsmodels."""
    import statsmodels

    folder = Path(statsmodels.__file__).parent / "tsa" / "statespace" / "tests" / "results"
    found = next(folder.rglob("test_spec.xls"))
    assert found.read_bytes().startswith(b"\xd0\xcf\x11\xe0")
    (sheet,) = read_workbook(found.read_bytes()).sheets
    assert sheet.name == "spec"
    assert sheet.rows[0]
