"""Spreadsheets and CSV as plain grids of text: .xlsx, .xlsm, .xlsb, .xls, .ods and .csv.

Values only: formulas, links and macros in a file are never run or followed.
"""

from __future__ import annotations

import csv
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, TypeVar

from samsyn.formats.base import (
    MAX_UNPACKED_BYTES,
    OLE_MAGIC,
    ZIP_MAGIC,
    Content,
    FileFacts,
    FormatError,
    Source,
    decode_text,
    read_content,
    split_lines,
)

MAX_CELLS = 20_000_000
MAX_SHEETS = 200
MAX_COLUMNS = 2000

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name and its rows of stripped text cells; row 1 of the file is `rows[0]`."""

    name: str
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets of a file, with the facts about the file."""

    facts: FileFacts
    sheets: list[Sheet]


def read_workbook(source: Source | Content) -> Workbook:
    """Read every sheet of a spreadsheet, or a CSV file as one sheet named "CSV".

    Dates come as `2026-05-13 00:00:00`, times as `1899-12-31 00:05:00`, whole numbers without
    decimals. Raises FormatError when the file is no table, is broken, or unpacks to too much.
    """
    content = source if isinstance(source, Content) else read_content(source)
    if content.data.startswith(ZIP_MAGIC):
        _check_zip(content.data)
        return Workbook(content.facts, _read_sheets(content.data))
    if content.data.startswith(OLE_MAGIC):
        return Workbook(content.facts, _read_sheets(content.data))
    text, encoding = decode_text(content.data)
    if re.match(r"\s*[<{\[]", text):
        raise _no_table("Den innehåller webbsida, XML eller JSON och ingen tabell.")
    return Workbook(replace(content.facts, encoding=encoding), [Sheet("CSV", _read_csv(text))])


def _no_table(why: str) -> FormatError:
    return FormatError(
        "Filen är ingen tabell som går att läsa.",
        why,
        "Spara den som Excel (.xlsx) eller CSV och försök igen.",
    )


def _read_csv(text: str) -> list[list[str]]:
    delimiter = sniff_delimiter(text)
    rows: list[list[str]] = []
    reader = csv.reader(split_lines(text), delimiter=delimiter)
    while True:
        try:
            rows.append([cell.strip() for cell in next(reader)[:MAX_COLUMNS]])
        except StopIteration:
            return rows
        except csv.Error:
            rows.append([])


def sniff_delimiter(text: str) -> str:
    """The delimiter of `;`, tab, `,` and `|` that splits the first lines most evenly."""
    lines = [line for line in list(split_lines(text[:20000]))[:30] if line.strip()]

    def score(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines]
        common = max(set(counts), key=counts.count) if counts else 0
        return (sum(c == common for c in counts) if common else 0, common)

    return max((";", "\t", ",", "|"), key=score)


def _check_zip(data: bytes) -> None:
    """Refuse zip bombs and sheets whose used area is beyond what a person has made."""
    broken = _no_table("Den är skadad eller avbruten.")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            total = 0
            for member in archive.infolist():
                total += member.file_size
                if total > MAX_UNPACKED_BYTES:
                    raise FormatError(
                        "Filen är för stor uppackad.",
                        f"Gränsen är {MAX_UNPACKED_BYTES // (1024 * 1024)} MB.",
                        "Dela upp filen och läs in delarna var för sig.",
                    )
                if member.flag_bits & 1:
                    raise _no_table("Den är skyddad med lösenord.")
                if member.filename.endswith(".xml"):
                    # reading also proves that the stated size and checksum are true
                    _check_area(member.filename, archive.read(member))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise broken from error


_CELL = re.compile(rb'<(?:\w+:)?c [^>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"')
_DIMENSION_ROW = re.compile(rb'<(?:\w+:)?row [^>]{0,400}?\br="(\d{1,7})"')
_ODS_CELL = re.compile(rb'<table:table-cell [^>]{0,1000}?columns-repeated="(\d{1,9})"[^>]*>')
_ODS_ROW = re.compile(
    rb'<table:table-row [^>]{0,1000}?rows-repeated="(\d{1,9})"[^>]*>(.*?)</table:table-row>',
    re.DOTALL,
)


def _check_area(name: str, xml: bytes) -> None:
    if b"<!DOCTYPE" in xml[:2000] or b"<!ENTITY" in xml:
        raise _no_table("Den innehåller hänvisningar som inte tillåts.")
    if "worksheets/" in name:
        width = max((len(m[1]) for m in _CELL.finditer(xml)), default=1)
        widest = max((_column(m[1]) for m in _CELL.finditer(xml) if len(m[1]) == width), default=1)
        height = max((int(m[1]) for m in _DIMENSION_ROW.finditer(xml)), default=1)
        height = max(height, max((int(m[2]) for m in _CELL.finditer(xml)), default=1))
        if widest * height > MAX_CELLS:
            raise _too_wide()
    elif name == "content.xml" and _repeats_too_much(xml):
        raise _too_wide()


def _repeats_too_much(xml: bytes) -> bool:
    """Whether an .ods repeats filled cells or rows; empty ones are repeated by every program."""
    cells = any(
        int(m[1]) > MAX_COLUMNS and b"office:value" in m[0] for m in _ODS_CELL.finditer(xml)
    )
    return cells or any(
        int(m[1]) > 10_000 and (b"office:value" in m[2] or b"<text:" in m[2])
        for m in _ODS_ROW.finditer(xml)
    )


def _too_wide() -> FormatError:
    return FormatError(
        "Bladet är för stort.",
        "Det använder fler än 20 miljoner celler, oftast för att någon cell långt bort är ifylld.",
        "Kopiera tabellen till ett nytt blad, spara och försök igen.",
    )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _guarded(call: Callable[[], R]) -> R:
    """Run a call into the spreadsheet library; its panics are no ordinary exceptions."""
    try:
        return call()
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:
        raise _no_table(
            "Kalkylarket är skadat, skyddat med lösenord eller av okänd typ."
        ) from error


def _read_sheets(data: bytes) -> list[Sheet]:
    import fastexcel

    book: Any = _guarded(lambda: fastexcel.read_excel(data))
    names: list[str] = list(book.sheet_names)[:MAX_SHEETS]
    if not names:
        raise _no_table("Arbetsboken har inga blad.")
    return [Sheet(name, _guarded(lambda name=name: _read_rows(book, name))) for name in names]  # type: ignore[misc]


def _read_rows(book: Any, name: str) -> list[list[str]]:
    sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    if not sheet.width or not sheet.height:
        return []
    frame = sheet.to_polars()
    return [
        ["" if cell is None else cell.strip() for cell in row[:MAX_COLUMNS]]
        for row in frame.iter_rows()
    ]
