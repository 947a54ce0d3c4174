"""Reading a police list with a profile: rows one by one, bad ones with their reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from samsyn.formats.base import (
    CellError,
    FormatError,
    ReadResult,
    RowError,
    Source,
    mask_value,
    normalise_header,
    parse_number,
)
from samsyn.formats.crime_codes import normalise_code
from samsyn.formats.moments import at_minutes, parse_clock, parse_date, parse_moment, to_local
from samsyn.formats.places import find_municipality
from samsyn.formats.police_list.door import (
    clean_label,
    clean_street,
    coarsen_points,
    make_row_key,
    to_wgs84,
)
from samsyn.formats.police_list.grid import (
    HEADER_SEARCH_ROWS,
    describe_skipped,
    find_pivot_header,
    is_blank,
    is_total,
    repeats_header,
)
from samsyn.formats.police_list.pivot import read_pivot
from samsyn.formats.police_list.profile import Profile
from samsyn.formats.police_list.roles import Role
from samsyn.formats.police_list.rows import PivotRow, PoliceListRow
from samsyn.formats.police_list.understanding import find_month, unique_headers
from samsyn.formats.tables import Sheet, Workbook, read_workbook

MAX_COUNT = 10_000
LONG_INTERVAL = timedelta(days=366)
AreaLookup = Callable[[float, float], str | None]


def read_police_list(
    source: Source,
    profile: Profile,
    *,
    secret: bytes,
    find_area: AreaLookup | None = None,
) -> ReadResult[PoliceListRow | PivotRow]:
    """Read a list with a profile.

    `secret` keys the row hashes (HMAC-SHA256; at least 16 bytes). `find_area(lon, lat)` gives an
    area code; a point it knows keeps the code and loses its coordinates, any other point is moved
    to the middle of its 250 m cell. Layout C gives PivotRow, the others PoliceListRow.

    A row whose end lies before its start is an error, never swapped: nobody can know which of the
    two is wrong. A crime dated after its registration, or an interval over a year, is kept with a
    warning. `counts`: rows, padding_rows, repeated_headers, total_rows.

    Raises FormatError when the file is no table or the profile's columns are not in it, and
    ValueError for a secret that is too short.
    """
    if len(secret) < 16:
        raise ValueError("the secret for row keys must have at least 16 bytes")
    book = read_workbook(source)
    sheet, header = _locate(book, profile)
    facts = replace(book.facts, sheet=sheet.name)
    if profile.layout == "C":
        return read_pivot(sheet, header, profile, facts, secret)
    return _ListReader(sheet, header, profile, book, secret, find_area).read()


def _locate(book: Workbook, profile: Profile) -> tuple[Sheet, int]:
    """The sheet and header row of the profile, found again when they have moved or been renamed."""
    named = [s for s in book.sheets if s.name == profile.sheet]
    for sheet in named + [s for s in book.sheets if s.name != profile.sheet]:
        hint = profile.header_row - 1
        candidates = [
            hint,
            *(i for i in range(min(HEADER_SEARCH_ROWS, len(sheet.rows))) if i != hint),
        ]
        for index in candidates:
            if 0 <= index < len(sheet.rows) and _fits(sheet, index, profile):
                return sheet, index
    wanted = ", ".join(profile.columns.values()) or "månader"
    raise FormatError(
        "Listan stämmer inte med profilen.",
        f"Ingen rad har rubrikerna: {wanted[:300]}.",
        "Kontrollera att du valde rätt fil, eller gör om profilen i guiden.",
    )


def _fits(sheet: Sheet, index: int, profile: Profile) -> bool:
    if profile.layout == "C":
        found = find_pivot_header(sheet.rows)
        return found is not None and found[0] == index
    names = {normalise_header(name) for name in unique_headers(sheet.rows[index])}
    wanted = [normalise_header(header) for header in profile.columns.values()]
    crime = [
        profile.columns[r] for r in (Role.CRIME_CODE, Role.CRIME_LABEL) if r in profile.columns
    ]
    has_crime = any(normalise_header(header) in names for header in crime)
    return has_crime and sum(name in names for name in wanted) * 2 > len(wanted)


class _ListReader:
    """One reading of one list: the profile's columns resolved to places in the sheet."""

    def __init__(
        self,
        sheet: Sheet,
        header: int,
        profile: Profile,
        book: Workbook,
        secret: bytes,
        find_area: AreaLookup | None,
    ) -> None:
        self.sheet, self.header, self.profile, self.secret = sheet, header, profile, secret
        self.find_area = find_area
        self.headers = unique_headers(sheet.rows[header])
        places = {normalise_header(name): i for i, name in reversed(list(enumerate(self.headers)))}
        self.places: Mapping[Role, int] = {
            Role(role): places[normalise_header(name)]
            for role, name in profile.columns.items()
            if normalise_header(name) in places
        }
        self.file_month = profile.month_registered or find_month(book.facts.name)
        facts = replace(book.facts, sheet=sheet.name)
        self.result = ReadResult[PoliceListRow | PivotRow]("police_list", facts)
        self.seen: dict[tuple[str, ...], int] = {}
        self.points: list[tuple[int, float, float]] = []
        self.rows: list[PoliceListRow] = []

    def read(self) -> ReadResult[PoliceListRow | PivotRow]:
        counts = {"rows": 0, "padding_rows": 0, "repeated_headers": 0, "total_rows": 0}
        for number, cells in enumerate(self.sheet.rows[self.header + 1 :], start=self.header + 2):
            if is_blank(cells):
                counts["padding_rows"] += 1
            elif repeats_header(cells, self.headers):
                counts["repeated_headers"] += 1
            elif self._is_total(cells):
                counts["total_rows"] += 1
            else:
                self._read_row(number, cells)
        self._place_points()
        self.result.rows = list(self.rows)
        self.result.counts = {**counts, "rows": len(self.rows)}
        self._note(counts)
        return self.result

    def _is_total(self, cells: Sequence[str]) -> bool:
        filled = [cell for cell in cells if cell]
        return len(filled) <= 3 and is_total(filled[0])

    def _note(self, counts: Mapping[str, int]) -> None:
        lost = [h for r, h in self.profile.columns.items() if Role(r) not in self.places]
        if lost:
            self.result.notes.append(
                "Kolumner i profilen som saknas i filen: " + ", ".join(lost) + "."
            )
        self.result.notes.extend(describe_skipped(counts))
        if not self.rows and not self.result.errors:
            self.result.notes.append("Listan innehåller inga rader.")

    def _read_row(self, number: int, cells: Sequence[str]) -> None:
        try:
            row, point = self._build(number, cells)
        except CellError as refused:
            self.result.errors.append(
                self._report(number, refused.column, refused.value, refused.reason)
            )
            return
        if point is not None:
            self.points.append((len(self.rows), *point))
        self.rows.append(row)

    def _report(self, number: int, role: str | None, value: str, reason: str) -> RowError:
        place = self.places.get(Role(role)) if role else None
        column = self.headers[place] if place is not None else None
        return RowError(number, column, mask_value(value), reason)

    def _get(self, cells: Sequence[str], role: Role) -> str:
        place = self.places.get(role)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    def _build(
        self, number: int, cells: Sequence[str]
    ) -> tuple[PoliceListRow, tuple[float, float] | None]:
        code, label = self._crime(cells)
        registered = self._date(cells, Role.REGISTERED_ON)
        start, end, time_known = self._interval(cells)
        self._doubt(number, cells, registered, start, end)
        count = self._count(cells)
        municipality = self._municipality(cells)
        point = self._point(cells)
        month = registered.year * 100 + registered.month if registered else self.file_month
        row = PoliceListRow(
            row=number,
            row_key=self._key(cells),
            crime_code=code,
            crime_label=label,
            count=count,
            registered_on=registered,
            month_registered=month,
            start=to_local(start) if start else None,
            end=to_local(end) if end else None,
            time_known=time_known,
            street=clean_street(self._get(cells, Role.STREET)),
            district=clean_label(self._get(cells, Role.DISTRICT)),
            base_area=clean_label(self._get(cells, Role.BASE_AREA)),
            municipality_code=municipality,
            area_code=None,
            lat=None,
            lon=None,
            cell=None,
        )
        return row, point

    def _crime(self, cells: Sequence[str]) -> tuple[str | None, str | None]:
        text, label = self._get(cells, Role.CRIME_CODE), self._get(cells, Role.CRIME_LABEL)
        code = normalise_code(text)
        if text and code is None:
            raise CellError(Role.CRIME_CODE, text, "Brottskoden är inte tre eller fyra siffror.")
        if not text and not label:
            raise CellError(Role.CRIME_CODE, "", "Brottskoden saknas.")
        return code or normalise_code(label), clean_label(label) or None

    def _date(self, cells: Sequence[str], role: Role) -> date | None:
        text = self._get(cells, role)
        if not text:
            return None
        day = parse_date(text, self.profile.date_format)
        if day is None:
            raise CellError(role, text, "Datumet går inte att läsa.")
        return day

    def _moment(
        self, cells: Sequence[str], whole: Role, day_role: Role, time_role: Role
    ) -> tuple[date | None, int | None]:
        text = self._get(cells, whole)
        if text:
            moment = parse_moment(text, self.profile.date_format)
            if moment is None:
                raise CellError(whole, text, "Datum och tid går inte att läsa.")
            return moment
        day, clock_text = self._date(cells, day_role), self._get(cells, time_role)
        if not clock_text:
            return day, None
        clock = parse_clock(clock_text)
        if clock is None:
            raise CellError(time_role, clock_text, "Klockslaget går inte att läsa.")
        return day, clock

    def _interval(self, cells: Sequence[str]) -> tuple[datetime | None, datetime | None, bool]:
        """Naive local (start, end, time known). A lacking time widens the interval to whole days."""
        day, clock = self._moment(cells, Role.START, Role.START_DATE, Role.START_TIME)
        end_day, end_clock = self._moment(cells, Role.END, Role.END_DATE, Role.END_TIME)
        if day is None:
            if end_day is None:
                return None, None, False
            day, clock = end_day, None
        start = at_minutes(day, clock or 0)
        if end_clock is not None:
            end = at_minutes(end_day or day, end_clock)
        elif end_day is not None and (clock is None or end_day != day):
            end = at_minutes(end_day, 1440)
        else:
            end = start if clock is not None else at_minutes(day, 1440)
        if end < start:
            role = Role.END if Role.END in self.places else Role.END_DATE
            raise CellError(role, f"{end:%Y-%m-%d}", "Slutet ligger före starten.")
        return start, end, clock is not None

    def _doubt(
        self,
        number: int,
        cells: Sequence[str],
        registered: date | None,
        start: datetime | None,
        end: datetime | None,
    ) -> None:
        if registered and start and start.date() > registered:
            text = self._get(cells, Role.REGISTERED_ON)
            self.result.warnings.append(
                self._report(
                    number, Role.REGISTERED_ON, text, "Brottet är daterat efter inskrivningen."
                )
            )
        if start and end and end - start > LONG_INTERVAL:
            self.result.warnings.append(
                self._report(
                    number, Role.END_DATE, f"{end:%Y-%m-%d}", "Tidsspannet är längre än ett år."
                )
            )

    def _count(self, cells: Sequence[str]) -> int:
        text = self._get(cells, Role.COUNT)
        if not text:
            return 1
        number = parse_number(text)
        if number is None or number != int(number) or not 1 <= number <= MAX_COUNT:
            raise CellError(
                Role.COUNT, text, f"Antalet är inte ett heltal från 1 till {MAX_COUNT}."
            )
        return int(number)

    def _municipality(self, cells: Sequence[str]) -> str | None:
        text = self._get(cells, Role.MUNICIPALITY)
        if not text:
            return self.profile.municipality_code
        short_code = text.removesuffix(".0")
        if short_code.isascii() and short_code.isdigit() and len(short_code) == 3:
            text = "0" + short_code
        code = find_municipality(text)
        if code is None:
            raise CellError(Role.MUNICIPALITY, text, "Kommunen känns inte igen.")
        return code

    def _point(self, cells: Sequence[str]) -> tuple[float, float] | None:
        """(lat, lon) in WGS84; SWEREF 99 TM metres are understood. Zeros mean no point."""
        texts = self._get(cells, Role.LATITUDE), self._get(cells, Role.LONGITUDE)
        if not any(texts):
            return None
        values = []
        for role, text in zip((Role.LATITUDE, Role.LONGITUDE), texts, strict=True):
            number = parse_number(text)
            if number is None:
                raise CellError(role, "", "Koordinaten saknas eller är inget tal.")
            values.append(number)
        lat, lon = values
        if lat == 0 and lon == 0:
            return None
        if 6_000_000 < lat < 7_800_000 and 200_000 < lon < 1_000_000:
            lat, lon = to_wgs84(lat, lon)
        if not (54.5 <= lat <= 69.5 and 10.0 <= lon <= 25.0):
            # exact coordinates are never echoed
            raise CellError(Role.LATITUDE, "", "Koordinaten ligger utanför Sverige.")
        return lat, lon

    def _key(self, cells: Sequence[str]) -> str:
        identity = self._get(cells, Role.ROW_ID)
        case = self._get(cells, Role.CASE_NUMBER)
        if identity:
            parts: tuple[str, ...] = ("id", identity)
        elif case:
            parts = ("case", case, self._get(cells, Role.CRIME_CODE))
        else:
            parts = ("row", *cells)
        # equal lines are different crimes: they are told apart by their order
        nth = self.seen[parts] = self.seen.get(parts, 0) + 1
        return make_row_key(self.secret, (*parts, str(nth)) if nth > 1 else parts)

    def _place_points(self) -> None:
        loose: list[tuple[int, float, float]] = []
        for index, lat, lon in self.points:
            area = self.find_area(lon, lat) if self.find_area else None
            if area is None:
                loose.append((index, lat, lon))
            else:
                self.rows[index] = replace(self.rows[index], area_code=area)
        cells = coarsen_points([(lat, lon) for _, lat, lon in loose])
        for (index, _, _), (lat, lon, cell) in zip(loose, cells, strict=True):
            self.rows[index] = replace(self.rows[index], lat=lat, lon=lon, cell=cell)
