"""Bulk import of earlier reports: the list a municipality kept before, as Excel or CSV.

The note is handed on as it stands: the caller runs the text guard before anything is stored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from samsyn.formats.base import (
    CellError,
    FormatError,
    ReadResult,
    RowError,
    Source,
    mask_value,
    normalise_header,
)
from samsyn.formats.crime_codes import DEFAULT_CATEGORIES
from samsyn.formats.moments import (
    at_minutes,
    guess_date_format,
    parse_clock,
    parse_date,
    parse_moment,
    to_local,
)
from samsyn.formats.tables import Sheet, Workbook, read_workbook

MAX_NOTE = 2000
MAX_PLACE = 200

_HEADERS: dict[str, tuple[str, ...]] = {
    "date": ("datum", "dag", "händelsedatum", "när", "datum och tid", "startdatum", "date"),
    "time": ("tid", "klockslag", "starttid", "från", "tid från", "tidpunkt", "kl", "tidsintervall"),
    "end_date": ("slutdatum", "till datum", "datum till"),
    "end_time": ("sluttid", "till", "tid till"),
    "category": ("kategori", "typ", "händelsetyp", "vad", "händelse", "rubrik"),
    "place": ("plats", "var", "ställe", "område", "adress", "platsnamn"),
    "note": ("notering", "anteckning", "beskrivning", "kommentar", "text", "fritext", "övrigt"),
}

# part of the day → minutes after midnight, as the reporting form's chips mean them
DAY_PARTS: dict[str, tuple[int, int]] = {
    "morgon": (360, 540), "förmiddag": (540, 720), "eftermiddag": (720, 1020), "dag": (480, 1020),
    "kväll": (1020, 1320), "natt": (1320, 1800), "kväll och natt": (1020, 1800), "hela dagen": (0, 1440),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EarlierReportRow:
    """One earlier report. `start`, `end` are aware (Europe/Stockholm); a date alone is a whole day
    with `time_known` False. `place` and `note` are free text: unchecked."""

    row: int
    start: datetime
    end: datetime
    time_known: bool
    category: str
    place: str
    note: str


def read_earlier_reports(
    source: Source, *, categories: Mapping[str, str] | None = None
) -> ReadResult[EarlierReportRow]:
    """Read date, time or interval, category, place and note, by the headers of the table.

    `categories` maps names to keys (the body's own set); default is the default set. A key itself
    is always accepted. Columns that are not known are not read, and noted.

    Raises FormatError when no sheet has a date and a category column.
    """
    book = read_workbook(source)
    sheet, header, places = _find_table(book)
    result = ReadResult[EarlierReportRow]("earlier_reports", replace(book.facts, sheet=sheet.name))
    names = _category_names(categories)
    body = sheet.rows[header + 1 :]
    date_format = guess_date_format([_get(cells, places, "date") for cells in body[:500]])
    for number, cells in enumerate(body, start=header + 2):
        if not any(cells):
            continue
        try:
            result.rows.append(_build(number, cells, places, names, date_format))
        except CellError as refused:
            place = places.get(refused.column or "")
            column = None if place is None else sheet.rows[header][place]
            result.errors.append(
                RowError(number, column, mask_value(refused.value), refused.reason)
            )
    unread = [h for i, h in enumerate(sheet.rows[header]) if h and i not in places.values()]
    if unread:
        result.notes.append("Kolumner som inte läses: " + ", ".join(h[:40] for h in unread) + ".")
    result.counts = {"rows": len(result.rows)}
    return result


def _find_table(book: Workbook) -> tuple[Sheet, int, dict[str, int]]:
    for sheet in book.sheets:
        for index, row in enumerate(sheet.rows[:30]):
            places = _match_headers(row)
            if "date" in places and "category" in places:
                return sheet, index, places
    raise FormatError(
        "Listan med tidigare rapporter går inte att läsa.",
        "Ingen rad har rubrikerna Datum och Kategori.",
        "Skriv rubrikerna Datum, Tid, Kategori, Plats och Notering överst i tabellen.",
    )


def _match_headers(row: Sequence[str]) -> dict[str, int]:
    names = [normalise_header(cell) for cell in row]
    return {
        field: next(names.index(word) for word in words if word in names)
        for field, words in _HEADERS.items()
        if any(word in names for word in words)
    }


def _category_names(categories: Mapping[str, str] | None) -> dict[str, str]:
    own = categories if categories is not None else {c.name: c.key for c in DEFAULT_CATEGORIES}
    named = {normalise_header(name): key for name, key in own.items()}
    return {**named, **{normalise_header(key): key for key in own.values()}}


def _get(cells: Sequence[str], places: Mapping[str, int], field: str) -> str:
    index = places.get(field, -1)
    return cells[index].strip() if 0 <= index < len(cells) else ""


def _build(
    number: int,
    cells: Sequence[str],
    places: Mapping[str, int],
    names: Mapping[str, str],
    date_format: str | None,
) -> EarlierReportRow:
    category_text = _get(cells, places, "category")
    category = names.get(normalise_header(category_text))
    if category is None:
        raise CellError("category", category_text, "Kategorin finns inte i kategoriuppsättningen.")
    start, end, known = _interval(cells, places, date_format)
    return EarlierReportRow(
        row=number,
        start=to_local(start),
        end=to_local(end),
        time_known=known,
        category=category,
        place=" ".join(_get(cells, places, "place").split())[:MAX_PLACE],
        note=_get(cells, places, "note")[:MAX_NOTE],
    )


def _interval(
    cells: Sequence[str], places: Mapping[str, int], date_format: str | None
) -> tuple[datetime, datetime, bool]:
    date_text = _get(cells, places, "date")
    moment = parse_moment(date_text, date_format)
    if moment is None:
        raise CellError("date", date_text, "Datumet saknas eller går inte att läsa.")
    day, clock = moment
    # a date cell in Excel always carries midnight: that is no time of day
    first, last = (clock, clock) if clock else _span(_get(cells, places, "time"))
    end_day = _end_day(cells, places, date_format) or day
    end_text = _get(cells, places, "end_time")
    if end_text:
        last = parse_clock(end_text)
        if last is None:
            raise CellError("end_time", end_text, "Sluttiden går inte att läsa.")
    if first is None:
        return at_minutes(day, 0), _checked(at_minutes(day, 0), at_minutes(end_day, 1440)), False
    start = at_minutes(day, first)
    end = at_minutes(end_day, first if last is None else last)
    if end < start and end_day == day and (end_text or last is not None):
        end = at_minutes(day, (last or 0) + 1440)  # 22.30–01.00 passes midnight
    return start, _checked(start, end), True


def _end_day(
    cells: Sequence[str], places: Mapping[str, int], date_format: str | None
) -> date | None:
    text = _get(cells, places, "end_date")
    if not text:
        return None
    day = parse_date(text, date_format)
    if day is None:
        raise CellError("end_date", text, "Slutdatumet går inte att läsa.")
    return day


def _checked(start: datetime, end: datetime) -> datetime:
    if end < start:
        raise CellError("end_date", f"{end:%Y-%m-%d}", "Slutet ligger före starten.")
    return end


def _span(text: str) -> tuple[int | None, int | None]:
    """(first, last minute) of `22.30`, `22–23`, `22.30-01.00`, `kväll`; (None, None) when empty."""
    value = text.strip().casefold().removeprefix("kl ").removeprefix("kl. ")
    if not value:
        return None, None
    if value in DAY_PARTS:
        return DAY_PARTS[value]
    whole = parse_clock(_as_clock(value))
    if whole is not None:
        return whole, whole
    parts = re.split(r"\s*(?:–|-|till)\s*", value)
    clocks = [parse_clock(_as_clock(part)) for part in parts]
    if len(clocks) != 2 or None in clocks:
        raise CellError("time", text, "Tiden går inte att läsa.")
    return clocks[0], clocks[1]


def _as_clock(text: str) -> str:
    """`22` alone is an hour here, not 00.22."""
    return f"{text}:00" if re.fullmatch(r"\d{1,2}", text, re.ASCII) else text
