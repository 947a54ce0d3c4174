"""Brå's *Indikatorer för kommuners lägesbild*: one workbook a municipality.

Sheets "… (anmälda)" hold registered crime, the others NTU survey figures. The description stands
in A1, the header in row 2, geography in column A, then columns `<unit> <year>`; NTU sheets have
blocks for share, number, lower and upper limit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from samsyn.formats.base import CellError, Content, FormatError, ReadResult, RowError, shorten_value
from samsyn.formats.bra import BraRow, classify_region, parse_figure
from samsyn.formats.tables import Sheet, read_workbook

Measure = Literal["count", "per_100k", "share", "lower", "upper"]

_COLUMN = re.compile(
    r"(?P<unit>.*?)[\s,(]*(?P<year>(?:19|20)\d\d)(?:\s*[-–/]\s*\d{2,4})?\)?\s*(?P<prel>\(?prel[a-zä]*\.?\)?)?\*?",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Column:
    index: int
    measure: Measure
    year: int
    preliminary: bool


def read_indicators(content: Content) -> ReadResult[BraRow]:
    """Read the workbook; one row per region, indicator and year with all its measures.

    Raises FormatError when no sheet has the expected shape.
    """
    book = read_workbook(content)
    result = ReadResult[BraRow]("bra_indicators", book.facts)
    skipped: list[str] = []
    for sheet in book.sheets:
        header = _find_header(sheet)
        if header is None:
            skipped.append(sheet.name)
        else:
            _read_sheet(sheet, header[0], header[1], result)
    if not result.rows:
        raise FormatError(
            "Arbetsboken är inte Brås indikatorer.",
            "Inget blad har geografi i kolumn A och kolumner med mått och år i rad 2.",
            "Hämta filen Indikatorer för kommuners lägesbild från Brå och försök igen.",
        )
    if skipped:
        result.notes.append("Blad utan indikatorer hoppades över: " + ", ".join(skipped) + ".")
    result.counts = {
        "rows": len(result.rows),
        "registered": sum(row.source == "registered" for row in result.rows),
        "survey": sum(row.source == "survey" for row in result.rows),
        "without_figure": sum(row.missing is not None for row in result.rows),
    }
    return result


def _find_header(sheet: Sheet) -> tuple[int, list[_Column]] | None:
    """(index of the header row, its columns), looked for in the first six rows."""
    for index, row in enumerate(sheet.rows[:6]):
        block_names = sheet.rows[index - 1] if index else []
        columns = _parse_header(row, block_names)
        if columns:
            return index, columns
    return None


def _parse_header(row: list[str], block_names: list[str]) -> list[_Column]:
    columns: list[_Column] = []
    block = ""
    for index, cell in enumerate(row[1:], start=1):
        # a block name above (merged over its years) serves years that stand alone
        block = (block_names[index] if index < len(block_names) else "") or block
        match = _COLUMN.fullmatch(cell.removesuffix(".0"))
        if not match:
            continue
        measure = classify_unit(match["unit"]) or classify_unit(block)
        if measure:
            columns.append(_Column(index, measure, int(match["year"]), bool(match["prel"])))
    return columns


def classify_unit(text: str) -> Measure | None:
    """Which measure a column's unit names; limits first, for "Andel, undre gräns" is a limit."""
    unit = text.casefold()
    if re.search(r"\b(lägre|nedre|undre|lower|min)", unit):
        return "lower"
    if re.search(r"\b(övre|högre|högst|upper|max)", unit):
        return "upper"
    if "100 000" in unit or "100000" in unit or "100\u00a0000" in unit:
        return "per_100k"
    if re.search(r"andel|procent|%", unit):
        return "share"
    return "count" if "antal" in unit else None


def _read_sheet(
    sheet: Sheet, header: int, columns: list[_Column], result: ReadResult[BraRow]
) -> None:
    registered = (
        "anmäld" in sheet.name.casefold() or "anmälda" in _cell(sheet.rows[0], 0).casefold()
    )
    offence = re.sub(r"\s*\(anmälda\)?.*$", "", sheet.name, flags=re.IGNORECASE).strip()
    years = sorted({column.year for column in columns})
    for number, cells in enumerate(sheet.rows[header + 1 :], start=header + 2):
        region = _cell(cells, 0)
        filled = any(_cell(cells, column.index) for column in columns)
        if not region or not filled:
            continue  # padding and source notes under the table
        for year in years:
            of_year = [column for column in columns if column.year == year]
            try:
                result.rows.append(_build(cells, region, offence, of_year, registered))
            except CellError as refused:
                place = f"{sheet.name}: {refused.column} {year}"
                shown = shorten_value(refused.value)
                result.errors.append(RowError(number, place, shown, refused.reason))


def _cell(cells: list[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""


def _build(
    cells: list[str], region: str, offence: str, columns: list[_Column], registered: bool
) -> BraRow:
    figures: dict[str, float | None] = {}
    missing: str | None = None
    for column in columns:
        number, why = parse_figure(_cell(cells, column.index), column.measure)
        if number is not None or column.measure not in figures:
            figures[column.measure] = number
        missing = missing or why
    kind, code, county = classify_region(region)
    count = figures.get("count")
    return BraRow(
        source="registered" if registered else "survey",
        region=region,
        region_kind=kind,
        municipality_code=code,
        county_code=county,
        offence=offence,
        offence_id=None,
        level=None,
        parent_id=None,
        parent=None,
        period_kind="year",
        year=columns[0].year,
        period=0,
        preliminary=any(column.preliminary for column in columns),
        count=None if count is None else round(count),
        per_100k=figures.get("per_100k"),
        share=figures.get("share"),
        lower=figures.get("lower"),
        upper=figures.get("upper"),
        missing=missing if all(value is None for value in figures.values()) else None,
    )
