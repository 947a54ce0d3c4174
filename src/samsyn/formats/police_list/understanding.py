"""What the wizard shows: how a list was understood, with samples that are already cleaned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from samsyn.formats.base import FileFacts, FormatError, Source, mask_value
from samsyn.formats.moments import guess_date_format, month_from_name, parse_clock, parse_moment
from samsyn.formats.police_list.door import clean_label, clean_street
from samsyn.formats.police_list.grid import (
    find_list_header,
    find_pivot_header,
    find_year,
    is_blank,
    is_total,
    repeats_header,
)
from samsyn.formats.police_list.roles import KEPT, Role, guess_role
from samsyn.formats.tables import Sheet, Workbook, read_workbook

SAMPLE_ROWS = 5
GUESS_ROWS = 500


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """A column: its header, place from 0, guessed role and confidence 0–1, and date format."""

    header: str
    index: int
    role: Role
    confidence: float
    date_format: str | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a list was understood.

    `samples` hold only columns that are kept, header → value, cleaned: no street number, case
    number, id or free text. `header_row` counts from 1. `month_registered` (yyyymm) is read from
    the file's name when it tells.
    """

    facts: FileFacts
    sheets: tuple[str, ...]
    sheet: str
    header_row: int
    layout: str
    columns: tuple[ColumnGuess, ...]
    date_format: str | None
    year: int | None
    month_registered: int | None
    data_rows: int
    padding_rows: int
    repeated_headers: int
    total_rows: int
    samples: tuple[dict[str, str], ...]
    notes: tuple[str, ...]


def inspect_police_list(source: Source, *, sheet: str | None = None) -> Understanding:
    """Look at a list and guess what it holds; `sheet` names a sheet instead of the best one.

    Raises FormatError when the file is no table or no header row can be found.
    """
    book = read_workbook(source)
    chosen, header, layout = _choose_sheet(book, sheet)
    rows = chosen.rows
    names = unique_headers(rows[header])
    body = rows[header + 1 :]
    data = [row for row in body if not is_blank(row) and not repeats_header(row, rows[header])]
    columns = _pivot_columns(rows, header, names) if layout == "C" else _guess_columns(names, data)
    dates = [c.date_format for c in columns if c.date_format]
    totals = [row for row in data if any(is_total(cell) for cell in row[:3])]
    repeated = sum(not is_blank(row) and repeats_header(row, rows[header]) for row in body)
    return Understanding(
        facts=book.facts,
        sheets=tuple(s.name for s in book.sheets),
        sheet=chosen.name,
        header_row=header + 1,
        layout=layout,
        columns=tuple(columns),
        date_format=max(set(dates), key=dates.count) if dates else None,
        year=find_year(*_titles(rows, header), chosen.name) or find_year(book.facts.name),
        month_registered=find_month(book.facts.name),
        data_rows=len(data) - (len(totals) if layout == "C" else 0),
        padding_rows=sum(is_blank(row) for row in body),
        repeated_headers=repeated,
        total_rows=len(totals),
        samples=tuple(_sample(row, columns) for row in data[:SAMPLE_ROWS]),
        notes=tuple(_notes(columns, layout)),
    )


def unique_headers(row: Sequence[str]) -> list[str]:
    """Headers made unique: the second `Datum` becomes `Datum (2)`."""
    seen: dict[str, int] = {}
    names: list[str] = []
    for cell in row:
        name = " ".join(cell.split())[:80]
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 or not name else f"{name} ({seen[name]})")
    return names


def find_month(name: str) -> int | None:
    """yyyymm from a file name such as `brott_2026-05.xlsx` or `maj 2026.xlsx`, None if unclear."""
    if m := re.search(r"(?<!\d)(20\d\d)[-_ ]?(0[1-9]|1[0-2])(?!\d)", name):
        return int(m[1]) * 100 + int(m[2])
    year = find_year(name)
    months = {
        n for word in re.findall(r"[a-zåäö]{3,}", name.casefold()) if (n := month_from_name(word))
    }
    return year * 100 + months.pop() if year and len(months) == 1 else None


def _titles(rows: Sequence[Sequence[str]], header: int) -> list[str]:
    return [" ".join(row) for row in rows[:header]]


def _choose_sheet(book: Workbook, wanted: str | None) -> tuple[Sheet, int, str]:
    best: tuple[float, Sheet, int, str] | None = None
    for sheet in book.sheets:
        if wanted is not None and sheet.name != wanted:
            continue
        found = _classify(sheet)
        if found and (best is None or found[0] > best[0]):
            best = (found[0], sheet, found[1], found[2])
    if best is None:
        raise FormatError(
            "Ingen tabell hittades i filen.",
            "Ingen rad har rubriker som känns igen, till exempel Brottskod, Gata, Antal eller månader.",
            "Kontrollera att listan har en rubrikrad och försök igen.",
        )
    return best[1], best[2], best[3]


def _classify(sheet: Sheet) -> tuple[float, int, str] | None:
    """(score, header index, layout) of a sheet, None when it has no table."""
    pivot = find_pivot_header(sheet.rows)
    header = find_list_header(sheet.rows)
    # dates in the rows of a list may look like the months of a pivot
    if pivot and (header is None or pivot[0] <= header):
        return 100.0 + len(sheet.rows), pivot[0], "C"
    if header is None:
        return None
    guesses = [guess_role(cell) for cell in sheet.rows[header] if cell]
    roles = {role for role, confidence in guesses if confidence > 0}
    score = 1000.0 * sum(c for _, c in guesses) + len(sheet.rows)
    return score, header, _layout(roles)


def _layout(roles: set[Role]) -> str:
    if {Role.REGISTERED_ON, Role.CRIME_CODE, Role.START_DATE} <= roles:
        return "A"
    if {Role.ROW_ID, Role.CRIME_CODE, Role.START} <= roles:
        return "B"
    return "unknown"


def _pivot_columns(
    rows: Sequence[Sequence[str]], header: int, names: list[str]
) -> list[ColumnGuess]:
    pivot = find_pivot_header(rows)
    first = pivot[1][0].index if pivot else len(names)
    columns: list[ColumnGuess] = []
    for index, name in enumerate(names[:first]):
        role, confidence = guess_role(name)
        area = role in (Role.DISTRICT, Role.BASE_AREA, Role.MUNICIPALITY)
        columns.append(
            ColumnGuess(name, index, role if area else Role.CRIME_LABEL, max(confidence, 0.5))
        )
    return columns


def _guess_columns(names: list[str], data: Sequence[Sequence[str]]) -> list[ColumnGuess]:
    columns: list[ColumnGuess] = []
    taken: set[Role] = set()
    for index, name in enumerate(names):
        if not name:
            continue
        role, confidence = guess_role(name)
        values = [row[index] for row in data[:GUESS_ROWS] if index < len(row) and row[index]]
        role = _combine(role, values)
        if role in taken and role not in (Role.DROPPED, Role.STREET_NUMBER, Role.CASE_NUMBER):
            role, confidence = Role.DROPPED, 0.0
        taken.add(role)
        dated = role in _DATED
        columns.append(
            ColumnGuess(
                name,
                index,
                role,
                _certainty(role, confidence, values),
                guess_date_format(values) if dated else None,
            )
        )
    return columns


_DATED = {Role.REGISTERED_ON, Role.START_DATE, Role.END_DATE, Role.START, Role.END}


def _combine(role: Role, values: list[str]) -> Role:
    """A date column whose cells also hold a time of day is a combined one."""
    if role in (Role.START_DATE, Role.END_DATE):
        timed = sum((moment := parse_moment(v)) is not None and bool(moment[1]) for v in values)
        if values and timed * 2 > len(values):
            return Role.START if role is Role.START_DATE else Role.END
    return role


def _certainty(role: Role, confidence: float, values: list[str]) -> float:
    """Confidence from the header, lowered when the cells contradict it."""
    if not values or confidence == 0:
        return confidence
    if role in _DATED:
        fits = sum(parse_moment(v) is not None for v in values) / len(values)
    elif role in (Role.START_TIME, Role.END_TIME):
        fits = sum(parse_clock(v) is not None for v in values) / len(values)
    else:
        return confidence
    return round(confidence * (0.3 + 0.7 * fits), 2)


def clean_cell(role: Role, text: str) -> str:
    """A cell of a kept column as it may be shown."""
    if role is Role.STREET:
        return clean_street(text)
    if role in (Role.LATITUDE, Role.LONGITUDE):
        # two decimals are about a kilometre: enough to see that the column is the right one
        match = re.match(r"-?\d{1,3}[.,]\d{2}", text)
        return match[0] if match else mask_value(text[:3])
    if role in (
        Role.DISTRICT,
        Role.BASE_AREA,
        Role.MUNICIPALITY,
        Role.CRIME_LABEL,
        Role.CRIME_CODE,
    ):
        return clean_label(text)
    return text[:30] if parse_moment(text) else mask_value(text)


def _sample(row: Sequence[str], columns: Sequence[ColumnGuess]) -> dict[str, str]:
    return {
        c.header: clean_cell(c.role, row[c.index]) if c.index < len(row) else ""
        for c in columns
        if c.role in KEPT
    }


def _notes(columns: Sequence[ColumnGuess], layout: str) -> list[str]:
    removed = [c.header for c in columns if c.role in (Role.STREET_NUMBER, Role.CASE_NUMBER)]
    unread = [c.header for c in columns if c.role is Role.DROPPED]
    notes = []
    if removed:
        notes.append("Tas bort innan något sparas: " + ", ".join(removed) + ".")
    if unread:
        notes.append("Läses inte: " + ", ".join(unread) + ".")
    if layout == "unknown":
        notes.append("Formatet är inte känt sedan tidigare. Kontrollera kolumnerna.")
    return notes
