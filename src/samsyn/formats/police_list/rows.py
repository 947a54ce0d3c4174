"""What a police list gives: rows without anything that points at a dwelling, case or person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PoliceListRow:
    """One line of the list, without anything that points at a dwelling, a case or a person.

    `start`, `end` are aware (Europe/Stockholm) and bound the time within which the crime happened;
    `time_known` is False when they come from dates alone (whole days). `lat`, `lon` (WGS84) are
    the middle of the 250 m cell `cell`, or None when `area_code` was looked up or no point given.
    `row_key` only serves to see what changed between two files. `row` is the line in the file.
    """

    row: int
    row_key: str
    crime_code: str | None
    crime_label: str | None
    count: int
    registered_on: date | None
    month_registered: int | None
    start: datetime | None
    end: datetime | None
    time_known: bool
    street: str
    district: str
    base_area: str
    municipality_code: str | None
    area_code: str | None
    lat: float | None
    lon: float | None
    cell: str | None


@dataclass(frozen=True, slots=True)
class PivotRow:
    """One cell of a pivot: a category label, a month (yyyymm) and its count.

    `crime_code` is set when the label begins with one. `area` is the district or area column.
    """

    row: int
    row_key: str
    label: str
    crime_code: str | None
    area: str
    municipality_code: str | None
    month: int
    count: int
