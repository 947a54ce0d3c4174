"""Brå's files: table export, yearly file, Indikatorer för kommuners lägesbild, tidy monthly CSV.

The format is recognised by its content, never by the file name.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from samsyn.formats.base import (
    OLE_MAGIC,
    ZIP_MAGIC,
    CellError,
    Content,
    FormatError,
    ReadResult,
    RowError,
    Source,
    decode_text,
    normalise_header,
    parse_number,
    read_content,
    shorten_value,
    split_lines,
)
from samsyn.formats.moments import month_from_name
from samsyn.formats.places import find_county, find_municipality

PeriodKind = Literal["year", "quarter", "month"]
ALL_OFFENCES = "Totalt antal brott"


@dataclass(frozen=True, slots=True)
class BraRow:
    """One figure for a region, an offence and a period.

    `source` is "registered" (reported crime) or "survey" (NTU). `period` is 1–12, 1–4 or 0 for the
    year. `count` is a number of offences (for NTU: of persons), `per_100k` per 100,000 inhabitants
    (as published), `share`, `lower`, `upper` in percent. `missing` names why there is no figure:
    "not_applicable" (`..`), "empty", "dash", or None.
    """

    source: Literal["registered", "survey"]
    region: str
    region_kind: Literal["municipality", "county", "country", "other"]
    municipality_code: str | None
    county_code: str | None
    offence: str
    offence_id: str | None
    level: int | None
    parent_id: str | None
    parent: str | None
    period_kind: PeriodKind
    year: int
    period: int
    preliminary: bool
    count: int | None
    per_100k: float | None
    share: float | None = None
    lower: float | None = None
    upper: float | None = None
    missing: str | None = None


class YearMissingError(FormatError):
    """The yearly file does not say which year it is about: ask, and read again with `year`."""


def read_bra(
    source: Source, *, year: int | None = None, offence: str | None = None
) -> ReadResult[BraRow]:
    """Read any of Brå's four formats; `kind` of the result tells which one it was:
    `bra_table`, `bra_yearly`, `bra_indicators` or `bra_monthly`.

    `year` and `offence` are for the yearly file, which states neither: the year is else taken from
    the file name, the offence is else "Totalt antal brott".

    Raises FormatError when the file is none of them, YearMissingError when a year must be given.
    """
    content = read_content(source)
    if content.data.startswith((ZIP_MAGIC, OLE_MAGIC)):
        from samsyn.formats.bra_indicators import read_indicators

        return read_indicators(content)
    text, encoding = decode_text(content.data)
    content = Content(b"", replace(content.facts, encoding=encoding))
    for number, delimiter, header in _header_candidates(text):
        reader = _recognise(header)
        if reader is not None:
            rows = _numbered_rows(text, delimiter, number)
            result = reader(content, header, rows, year, offence)
            if not result.rows:
                raise _nothing_readable(len(result.errors))
            return result
    raise FormatError(
        "Filen är inte någon av Brås filer.",
        "Rubrikerna känns inte igen (till exempel Region, Brott, År, Antal eller Kommun, Antal).",
        "Hämta filen från Brås statistik igen, eller använd mallen för månadsstatistik.",
    )


def _nothing_readable(errors: int) -> FormatError:
    return FormatError(
        "Filen innehåller inga läsbara rader.",
        f"{errors} {'rad' if errors == 1 else 'rader'} har fel."
        if errors
        else "Under rubrikerna finns inga rader.",
        "Kontrollera filen och försök igen.",
    )


def _header_candidates(text: str) -> Iterator[tuple[int, str, list[str]]]:
    for number, line in enumerate(split_lines(text[:20000]), start=1):
        if number > 10:
            return
        for delimiter in (";", ",", "\t"):
            cells = next(_csv(iter([line]), delimiter), [])
            if len(cells) >= 2:
                yield number, delimiter, [normalise_header(cell) for cell in cells]


def _csv(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            # a field over the module's limit, or a stray quote: the row has no usable cells
            yield []


NumberedRows = Iterator[tuple[int, list[str]]]
Reader = Callable[[Content, list[str], NumberedRows, int | None, str | None], ReadResult[BraRow]]


def _numbered_rows(text: str, delimiter: str, header_row: int) -> NumberedRows:
    for number, cells in enumerate(_csv(split_lines(text), delimiter), start=1):
        if number > header_row and any(cell.strip() for cell in cells):
            yield number, cells


def _recognise(header: list[str]) -> Reader | None:
    names = set(header)
    if {"kommun", "brott", "antal"} <= names and {"periodnyckel", "månad"} & names:
        return _read_monthly
    if {"region", "brott", "år", "antal"} <= names:
        return _read_table
    if "kommun" in names and "antal" in names and "brott" not in names:
        return _read_yearly
    return None


def _collect(
    kind: str, content: Content, rows: NumberedRows, build: Callable[[list[str]], BraRow]
) -> ReadResult[BraRow]:
    result = ReadResult[BraRow](kind, content.facts)
    for number, cells in rows:
        try:
            result.rows.append(build(cells))
        except CellError as refused:
            shown = shorten_value(refused.value)
            result.errors.append(RowError(number, refused.column, shown, refused.reason))
    result.counts = {
        "rows": len(result.rows),
        "preliminary": sum(row.preliminary for row in result.rows),
        "without_figure": sum(row.missing is not None for row in result.rows),
        "unknown_region": sum(row.region_kind == "other" for row in result.rows),
    }
    return result


def _cell(cells: list[str], header: list[str], name: str) -> str:
    index = header.index(name) if name in header else -1
    return cells[index].strip() if 0 <= index < len(cells) else ""


def _find(header: list[str], *words: str) -> str:
    return next((h for h in header if all(word in h for word in words)), "")


def _read_table(
    content: Content, header: list[str], rows: NumberedRows, year: int | None, offence: str | None
) -> ReadResult[BraRow]:
    rate = _find(header, "100", "000") or _find(header, "100000")

    def build(cells: list[str]) -> BraRow:
        year_text, period_text = _cell(cells, header, "år"), _cell(cells, header, "period")
        stated, preliminary = parse_year(year_text)
        kind, period = parse_period(period_text)
        count_text, rate_text = _cell(cells, header, "antal"), _cell(cells, header, rate)
        return build_row(
            region=_cell(cells, header, "region"),
            offence=_cell(cells, header, "brott"),
            period=(kind, stated, period),
            preliminary=preliminary or "prel" in period_text.casefold(),
            count_text=count_text,
            rate_text=rate_text,
        )

    return _collect("bra_table", content, rows, build)


def _read_yearly(
    content: Content, header: list[str], rows: NumberedRows, year: int | None, offence: str | None
) -> ReadResult[BraRow]:
    named = re.search(r"(?<!\d)(19[5-9]\d|20\d\d)(?!\d)", content.facts.name)
    stated = year or (int(named[1]) if named else None)
    has_year = "år" in header
    if stated is None and not has_year:
        raise YearMissingError(
            "Filen säger inte vilket år den gäller.",
            "Brås årsfil för kommuner har bara kolumnerna kommun, antal och per 100 000.",
            "Ange året och läs in filen igen.",
        )
    rate = _find(header, "100", "000") or _find(header, "100000")
    preliminary = "prel" in content.facts.name.casefold()

    def build(cells: list[str]) -> BraRow:
        row_year, row_preliminary = (
            parse_year(_cell(cells, header, "år")) if has_year else (stated or 0, preliminary)
        )
        return build_row(
            region=_cell(cells, header, "kommun"),
            offence=offence or ALL_OFFENCES,
            period=("year", row_year, 0),
            preliminary=row_preliminary,
            count_text=_cell(cells, header, "antal"),
            rate_text=_cell(cells, header, rate),
        )

    result = _collect("bra_yearly", content, rows, build)
    if offence is None:
        result.notes.append(f"Filen anger inget brott. Raderna räknas som {ALL_OFFENCES.lower()}.")
    return result


def _read_monthly(
    content: Content, header: list[str], rows: NumberedRows, year: int | None, offence: str | None
) -> ReadResult[BraRow]:
    def build(cells: list[str]) -> BraRow:
        def get(name: str) -> str:
            return _cell(cells, header, name)

        key, label = get("periodnyckel"), get("periodetikett")
        period = _monthly_period(key, get("år"), get("månad"), get("periodtyp"))
        marked = get("preliminär").casefold() in {"true", "1", "ja", "sant", "prel", "prel."}
        level = get("brottsnivå")
        return build_row(
            region=get("kommun"),
            offence=get("brott"),
            period=period,
            preliminary=marked or "prel" in label.casefold(),
            count_text=get("antal"),
            rate_text=get("per100000") or get("per 100 000"),
            offence_id=get("brott id") or None,
            level=int(level) if level.isascii() and level.isdigit() and len(level) < 3 else None,
            parent_id=get("förälder id").removesuffix(".0") or None,
            parent=get("förälder") or None,
        )

    return _collect("bra_monthly", content, rows, build)


def _monthly_period(key: str, year: str, month: str, kind: str) -> tuple[PeriodKind, int, int]:
    if re.fullmatch(r"\d{6}", key, re.ASCII) and 1 <= int(key[4:]) <= 12:
        return "month", _checked_year(int(key[:4]), key), int(key[4:])
    if m := re.fullmatch(r"(\d{4})[ -]?[KkQq]v?(?:artal)? ?([1-4])", key, re.ASCII):
        return "quarter", _checked_year(int(m[1]), key), int(m[2])
    stated, _ = parse_year(year or key)
    if month:
        number = (
            int(month)
            if month.isascii() and month.isdigit() and len(month) < 3
            else month_from_name(month)
        )
        if not number or not 1 <= number <= 12:
            raise CellError("Månad", month, "Månaden går inte att läsa.")
        return "month", stated, number
    if kind and not kind.casefold().startswith(("år", "hel")):
        raise CellError("Periodnyckel", key, "Perioden går inte att läsa.")
    return "year", stated, 0


def _checked_year(year: int, shown: str) -> int:
    if not 1950 <= year <= 2100:
        raise CellError("År", shown, "Året går inte att läsa.")
    return year


def parse_year(text: str) -> tuple[int, bool]:
    """`2026 prel.` → (2026, True). Raises CellError when there is no year between 1950 and 2100."""
    match = re.fullmatch(
        r"(\d{4})(?:\.0)?\s*(\(?prel(?:\.|imin\w*)?\)?)?[*]?", text.strip(), re.I | re.ASCII
    )
    if not match:
        raise CellError("År", text, "Året går inte att läsa.")
    return _checked_year(int(match[1]), text), bool(match[2])


def parse_period(text: str) -> tuple[PeriodKind, int]:
    """`Jan` → month 1, `Kvartal 2` or `Kv 2` → quarter 2, `Helår`, `Hela året`, empty → year 0."""
    value = re.sub(r"\(?prel[a-zä]*\.?\)?", "", text, flags=re.I).strip(" .,").casefold()
    if not value or value.startswith(("hel", "år")):
        return "year", 0
    if m := re.fullmatch(
        r"(?:kv(?:artal)?\.?|q) ?([1-4])|([1-4])(?:a|:a)? ?kv(?:artal(?:et)?)?", value
    ):
        return "quarter", int(m[1] or m[2])
    if value.isascii() and value.isdigit() and 1 <= int(value[:6]) <= 12:
        return "month", int(value)
    month = month_from_name(value)
    if month is None:
        raise CellError("Period", text, "Perioden går inte att läsa.")
    return "month", month


_MISSING = {"..": "not_applicable", ".": "not_applicable", "": "empty", "-": "dash", "–": "dash"}


def parse_figure(text: str, column: str) -> tuple[float | None, str | None]:
    """(number, None) or (None, why it is missing). Raises CellError for anything else."""
    value = text.strip()
    if value in _MISSING:
        return None, _MISSING[value]
    number = parse_number(value)
    if number is None or number < 0:
        raise CellError(column, text, "Värdet är inte ett tal.")
    return number, None


def classify_region(
    name: str,
) -> tuple[Literal["municipality", "county", "country", "other"], str | None, str | None]:
    """(kind, municipality code, county code) of a region name as Brå writes it."""
    code = find_municipality(name)
    if code:
        return "municipality", code, code[:2]
    county = find_county(name)
    if county:
        return "county", None, county
    whole = name.casefold() in {"hela landet", "riket", "sverige", "hela riket"}
    return ("country" if whole else "other"), None, None


def build_row(
    *,
    region: str,
    offence: str,
    period: tuple[PeriodKind, int, int],
    preliminary: bool,
    count_text: str,
    rate_text: str,
    offence_id: str | None = None,
    level: int | None = None,
    parent_id: str | None = None,
    parent: str | None = None,
) -> BraRow:
    """A registered row from its cells. Raises CellError when a cell cannot be used."""
    if not region:
        raise CellError("Region", "", "Regionen saknas.")
    if not offence:
        raise CellError("Brott", "", "Brottet saknas.")
    count, missing = parse_figure(count_text, "Antal")
    rate, rate_missing = parse_figure(rate_text, "Per 100 000")
    if count is not None and count != int(count):
        raise CellError("Antal", count_text, "Antalet är inte ett heltal.")
    kind, code, county = classify_region(region)
    return BraRow(
        "registered", region, kind, code, county, offence, offence_id, level, parent_id, parent,
        period[0], period[1], period[2], preliminary,
        None if count is None else int(count), rate,
        missing=(missing or rate_missing) if count is None and rate is None else None,
    )  # fmt: skip
