"""Format C: a pivot of categories × months."""

from __future__ import annotations

from collections.abc import Sequence

from samsyn.formats.base import (
    FileFacts,
    FormatError,
    ReadResult,
    RowError,
    mask_value,
    parse_number,
)
from samsyn.formats.crime_codes import normalise_code
from samsyn.formats.places import find_municipality
from samsyn.formats.police_list.door import clean_label, make_row_key
from samsyn.formats.police_list.grid import (
    MonthColumn,
    describe_skipped,
    find_pivot_header,
    find_year,
    is_blank,
    is_total,
    repeats_header,
)
from samsyn.formats.police_list.profile import Profile
from samsyn.formats.police_list.roles import Role, guess_role
from samsyn.formats.police_list.rows import PivotRow, PoliceListRow
from samsyn.formats.tables import Sheet

_AREA_ROLES = (Role.DISTRICT, Role.BASE_AREA, Role.MUNICIPALITY)


def read_pivot(
    sheet: Sheet, header: int, profile: Profile, facts: FileFacts, secret: bytes
) -> ReadResult[PoliceListRow | PivotRow]:
    """Every filled cell under a month as a PivotRow; sums are skipped and noted.

    An empty cell is no row; a zero is one. A blank label repeats the one above, as merged cells do.
    Raises FormatError when the months have no year and the profile gives none.
    """
    months = _dated_months(sheet, header, profile, facts.name)
    first = months[0].index
    names = sheet.rows[header]
    areas = [i for i, name in enumerate(names[:first]) if guess_role(name)[0] in _AREA_ROLES]
    labels = [i for i in range(first) if i not in areas]
    result = ReadResult[PoliceListRow | PivotRow]("police_list", facts)
    counts = {"rows": 0, "padding_rows": 0, "repeated_headers": 0, "total_rows": 0}
    carried = [""] * first
    for number, cells in enumerate(sheet.rows[header + 1 :], start=header + 2):
        if is_blank(cells):
            counts["padding_rows"] += 1
        elif repeats_header(cells, names):
            counts["repeated_headers"] += 1
        elif any(is_total(cell) for cell in cells[:first]):
            counts["total_rows"] += 1
        elif any(cells[c.index] for c in months if c.index < len(cells)):
            _carry(carried, cells, first)
            _read_cells(number, cells, months, carried, (areas, labels), profile, secret, result)
    counts["rows"] = len(result.rows)
    result.counts = counts
    result.notes.extend(describe_skipped(counts))
    return result


def _carry(carried: list[str], cells: Sequence[str], first: int) -> None:
    """Fill blank labels from the row above, but only those left of a filled one."""
    filled = [i for i in range(first) if i < len(cells) and cells[i]]
    for i in range(first):
        if i in filled:
            carried[i] = cells[i]
        elif not filled or i > filled[0]:
            carried[i] = ""


def _dated_months(sheet: Sheet, header: int, profile: Profile, name: str) -> list[MonthColumn]:
    found = find_pivot_header(sheet.rows)
    months = found[1] if found else []
    titles = [" ".join(row) for row in sheet.rows[:header]]
    year = profile.year or find_year(*titles, sheet.name) or find_year(name)
    if year is None and any(column.year is None for column in months):
        raise FormatError(
            "Listan säger inte vilket år månaderna gäller.",
            "Varken rubrikerna, bladet eller filnamnet har ett årtal.",
            "Ange året i profilen och läs in filen igen.",
        )
    return [MonthColumn(c.index, c.month, c.year or year) for c in months]


def _read_cells(
    number: int,
    cells: Sequence[str],
    months: Sequence[MonthColumn],
    carried: Sequence[str],
    columns: tuple[list[int], list[int]],
    profile: Profile,
    secret: bytes,
    result: ReadResult[PoliceListRow | PivotRow],
) -> None:
    areas, labels = columns
    label = clean_label(" – ".join(carried[i] for i in labels if carried[i]))
    area = clean_label(" – ".join(carried[i] for i in areas if carried[i]))
    if not label:
        result.errors.append(RowError(number, None, "", "Raden saknar kategori."))
        return
    codes = (find_municipality(carried[i]) for i in areas)
    municipality = next((code for code in codes if code), profile.municipality_code)
    for column in months:
        text = cells[column.index] if column.index < len(cells) else ""
        if text in ("", "-", "–"):
            continue
        count = parse_number(text)
        month = (column.year or 0) * 100 + column.month
        if count is None or count != int(count) or not 0 <= count <= 1_000_000:
            result.errors.append(
                RowError(number, str(month), mask_value(text), "Antalet är inte ett heltal.")
            )
            continue
        key = make_row_key(secret, ("pivot", area, label, str(month)))
        code = normalise_code(label)
        result.rows.append(
            PivotRow(number, key, label, code, area, municipality, month, int(count))
        )
