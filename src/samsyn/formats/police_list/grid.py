"""Finding the table in a sheet: its header row, repeated headers, padding, pivots."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samsyn.formats.base import normalise_header
from samsyn.formats.moments import month_from_name
from samsyn.formats.police_list.roles import guess_role

HEADER_SEARCH_ROWS = 60
_TOTAL = re.compile(
    r"^(total|summa|tot\b|totalsumma|samtliga|grand total|alla brott)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class MonthColumn:
    """A column of a pivot: where it stands, its month, and its year when the header tells."""

    index: int
    month: int
    year: int | None


def is_blank(cells: Sequence[str]) -> bool:
    """Whether a row holds nothing."""
    return not any(cell.strip() for cell in cells)


def is_total(text: str) -> bool:
    """Whether a label names a sum (`Totalt`, `Summa`)."""
    return bool(_TOTAL.match(text.strip()))


def repeats_header(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row is the header once more: most of its filled cells say what the header says."""
    filled = [
        (normalise_header(c), normalise_header(h)) for c, h in zip(cells, header, strict=False) if c
    ]
    return len(filled) >= 2 and sum(c == h for c, h in filled) * 2 > len(filled)


def find_list_header(rows: Sequence[Sequence[str]]) -> int | None:
    """Index of the row with the most recognised headers (at least two), None when there is none."""
    best, best_score = None, 1.5
    for index, row in enumerate(rows[:HEADER_SEARCH_ROWS]):
        score = sum(guess_role(cell)[1] for cell in row if cell and len(cell) < 60)
        if score > best_score:
            best, best_score = index, score
    return best


def parse_month_header(text: str) -> tuple[int, int | None] | None:
    """(month, year or None) from `jan`, `januari 2026`, `jan-26`, `2026-01`, `202601`, a date cell."""
    value = " ".join(text.split()).strip("., ")[:30]
    if m := re.fullmatch(r"(20\d\d)[-/ ]?(0[1-9]|1[0-2])(?:-01(?: 00:00:00)?)?", value, re.ASCII):
        return int(m[2]), int(m[1])
    if m := re.fullmatch(r"([A-Za-z]+)\.?[ '\-/]*(20\d\d|\d\d)?", value, re.ASCII):
        month = month_from_name(m[1])
        return (month, _full_year(m[2])) if month else None
    return None


def _full_year(text: str | None) -> int | None:
    return None if text is None else int(text) + (2000 if len(text) == 2 else 0)


def find_pivot_header(rows: Sequence[Sequence[str]]) -> tuple[int, list[MonthColumn]] | None:
    """(index of the header row, its month columns) of a pivot, None when there is none.

    A row above with years (merged over their months) gives months without a year theirs.
    """
    for index, row in enumerate(rows[:HEADER_SEARCH_ROWS]):
        found = [(i, m) for i, cell in enumerate(row) if cell and (m := parse_month_header(cell))]
        filled = sum(bool(cell) for cell in row)
        if len({month for _, month in found}) < 2 or len(found) * 2 < filled:
            continue
        above = _years_above(rows[index - 1], len(row)) if index else [None] * len(row)
        return index, [MonthColumn(i, month, year or above[i]) for i, (month, year) in found]
    return None


def _years_above(row: Sequence[str], width: int) -> list[int | None]:
    years: list[int | None] = []
    current: int | None = None
    for i in range(width):
        cell = row[i] if i < len(row) else ""
        match = re.fullmatch(r"(20\d\d)(?:\.0)?", cell.strip(), re.ASCII)
        current = int(match[1]) if match else current
        years.append(current)
    return years


def find_year(*texts: str) -> int | None:
    """The only year (2000–2099) that the texts mention, None when none or several."""
    years = {int(y) for text in texts for y in re.findall(r"(?<!\d)(20\d\d)(?!\d)", text[:300])}
    return years.pop() if len(years) == 1 else None


_SKIPPED = {
    "padding_rows": ("tom rad", "tomma rader"),
    "repeated_headers": ("upprepad rubrikrad", "upprepade rubrikrader"),
    "total_rows": ("summarad", "summarader"),
}


def describe_skipped(counts: Mapping[str, int]) -> list[str]:
    """One sentence per kind of row that was passed over, in plain Swedish."""
    return [
        f"{counts[name]} {one if counts[name] == 1 else many} hoppades över."
        for name, (one, many) in _SKIPPED.items()
        if counts[name]
    ]
