"""Police events from polisen.se: context and early notice, never statistics.

The time of the event stands in `name` ("22 augusti 17.59, Brand, Kävlinge"); `datetime` is when
it was published. `gps` is the middle of a municipality or county, never the scene.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from samsyn.formats.base import (
    CellError,
    FormatError,
    ReadResult,
    RowError,
    Source,
    decode_text,
    read_content,
    shorten_value,
)
from samsyn.formats.moments import MONTH_NUMBER, STOCKHOLM, to_local
from samsyn.formats.places import counties, find_county, find_municipality

# Announcements of coming operations carry their day, at most a few days ahead.
AHEAD_TOLERANCE = timedelta(days=7)
MAX_ID = 2**63 - 1


class PoliceEventRow(NamedTuple):
    """One published event (a named tuple: an archive holds many). Times are aware; `event_at` is in Europe/Stockholm.

    `event_at_source` is "name" when the time was read from the heading, "published" when the
    heading holds no usable time. `lat`, `lon` (WGS84 degrees) are the middle of the municipality
    or county. `content_hash` changes when any published field changes.
    """

    id: int
    published_at: datetime
    event_at: datetime
    event_at_source: Literal["name", "published"]
    type: str
    name: str
    summary: str
    url: str
    location_name: str
    is_summary: bool
    municipality_code: str | None
    county_code: str | None
    county_name: str | None
    lat: float | None
    lon: float | None
    content_hash: str

    @property
    def title(self) -> str:
        """The heading as published."""
        return self.name


def read_police_events(source: Source) -> ReadResult[PoliceEventRow]:
    """Read the police's events: a JSON array as from polisen.se/api/events, also gzipped.

    An id that occurs twice keeps its last row. The municipality is that of `location.name` when it
    is one, else the last part of `name` when that is one, else only the county is known.
    `counts` tells how many rows have what: `municipality_location`, `municipality_name`,
    `county_only`, `no_place`, `summaries`, `time_from_published`.

    Raises FormatError when the file is not such an array, is broken, or has no readable row.
    """
    content = read_content(source)
    text, encoding = decode_text(content.data)
    facts = replace(content.facts, encoding=encoding)
    del content
    result = ReadResult[PoliceEventRow]("police_events", facts)
    rows: dict[int, PoliceEventRow] = {}
    total = 0
    for total, element in enumerate(_iterate_array(text), start=1):
        row = _parse_event(element, total, result.errors)
        if row is not None:
            rows.pop(row.id, None)
            rows[row.id] = row
    if total and not rows:
        raise FormatError(
            "Filen innehåller inga läsbara händelser.",
            f"Ingen av {total} poster har polisens fält (id, datetime, name, type, location).",
            "Hämta filen från polisen.se/api/events och försök igen.",
        )
    result.rows = list(rows.values())
    _count(result, total)
    return result


def _count(result: ReadResult[PoliceEventRow], total: int) -> None:
    rows = result.rows
    with_code = [r for r in rows if r.municipality_code]
    by_location = sum(find_municipality(r.location_name) is not None for r in with_code)
    result.counts = {
        "rows": len(rows),
        "municipality_location": by_location,
        "municipality_name": len(with_code) - by_location,
        "county_only": sum(not r.municipality_code and r.county_code is not None for r in rows),
        "no_place": sum(not r.municipality_code and r.county_code is None for r in rows),
        "summaries": sum(r.is_summary for r in rows),
        "time_from_published": sum(r.event_at_source == "published" for r in rows),
    }
    doubles = total - len(result.errors) - len(rows)
    if doubles:
        events = "händelse" if doubles == 1 else "händelser"
        result.notes.append(f"{doubles} {events} fanns flera gånger i filen. Den sista gäller.")
    if not total:
        result.notes.append("Filen innehåller inga händelser.")


_GAP = re.compile(r"[ \t\r\n]*")


def _iterate_array(text: str) -> Iterator[Any]:
    """The elements of a JSON array one by one: the decoded whole is never held in memory."""
    decoder = json.JSONDecoder()
    position = _skip(text, 0)
    if text[position : position + 1] != "[":
        raise _not_events()
    position = _skip(text, position + 1)
    closed = text[position : position + 1] == "]"
    if closed:
        position = _skip(text, position + 1)
    while not closed:
        try:
            element, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            raise _broken(position) from error
        yield element
        position = _skip(text, position)
        mark = text[position : position + 1]
        if mark not in {",", "]"}:
            raise _broken(position)
        closed = mark == "]"
        position = _skip(text, position + 1)
    if position < len(text):
        raise _broken(position)


def _skip(text: str, position: int) -> int:
    match = _GAP.match(text, position)
    return match.end() if match else position


def _not_events() -> FormatError:
    return FormatError(
        "Filen är inte polisens händelser.",
        "Den är inte en JSON-lista.",
        "Hämta filen från polisen.se/api/events och försök igen.",
    )


def _broken(position: int) -> FormatError:
    return FormatError(
        "Filen går inte att läsa.",
        f"JSON-texten är skadad eller avbruten vid tecken {position + 1}.",
        "Hämta filen igen och försök på nytt. Inget har ändrats.",
    )


def _parse_event(element: Any, number: int, errors: list[RowError]) -> PoliceEventRow | None:
    try:
        return _build_event(element)
    except CellError as refused:
        errors.append(
            RowError(number, refused.column, shorten_value(refused.value), refused.reason)
        )
        return None


def _build_event(element: Any) -> PoliceEventRow:
    if not isinstance(element, dict):
        raise CellError(None, "", "Posten är inte en händelse.")
    identity = element.get("id")
    if not isinstance(identity, int) or isinstance(identity, bool) or not 0 < identity <= MAX_ID:
        raise CellError("id", _show(identity), "Id saknas eller är inget heltal.")
    published = _parse_published(_text(element, "datetime"))
    name = _text(element, "name")
    if published is None:
        raise CellError(
            "datetime", _show(element.get("datetime")), "Publiceringstiden går inte att läsa."
        )
    if not name.strip():
        raise CellError("name", "", "Rubriken saknas.")
    location = element.get("location")
    place = location if isinstance(location, dict) else {}
    location_name, gps = _text(place, "name").strip(), _text(place, "gps")
    event_at = parse_event_time(name, published)
    kind, summary, url = (_text(element, field) for field in ("type", "summary", "url"))
    code, county = place_event(location_name, name)
    lat, lon = _parse_gps(gps)
    fields = (name, published.isoformat(), kind, summary, url, location_name, gps)
    digest = hashlib.blake2b("\x1f".join(fields).encode("utf-8", "replace"), digest_size=16)
    return PoliceEventRow(
        id=identity,
        published_at=published,
        event_at=event_at or published.astimezone(STOCKHOLM),
        event_at_source="name" if event_at else "published",
        type=_intern(kind.strip()),
        name=name,
        summary=summary,
        url=url,
        location_name=_intern(location_name),
        is_summary=is_summary(kind, name),
        municipality_code=code,
        county_code=county,
        county_name=counties()[county] if county else None,
        lat=lat,
        lon=lon,
        content_hash=digest.hexdigest(),
    )


def _show(value: object) -> str:
    # a number of thousands of digits cannot even be shown
    short = isinstance(value, str) or (isinstance(value, int) and abs(value) <= MAX_ID)
    return str(value) if short else ""


def _text(element: dict[str, Any], field: str) -> str:
    value = element.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise CellError(field, "", "Fältet är inte text.")
    return value if value.isprintable() else _storable(value)


def _storable(text: str) -> str:
    # lone surrogates and NUL cannot be stored by any database
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


@lru_cache(maxsize=4096)
def _intern(text: str) -> str:
    return text


def is_summary(kind: str, name: str) -> bool:
    """Whether the row sums up several events (`Sammanfattning natt`): marked, never counted."""
    title = name.partition(", ")[2]
    return kind.strip().casefold().startswith("sammanfattning") or title.casefold().startswith(
        "sammanfattning"
    )


_PUBLISHED = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?"
    r" ?(?:([+-])(\d\d):?(\d\d)|(Z))?",
    re.ASCII,
)


def _parse_published(text: str) -> datetime | None:
    match = _PUBLISHED.fullmatch(text.strip())
    if not match:
        return None
    year, month, day, hour, minute = (int(match[i]) for i in range(1, 6))
    try:
        moment = datetime(year, month, day, hour, minute, int(match[6] or 0))  # noqa: DTZ001
        if match[10]:
            return moment.replace(tzinfo=UTC)
        if match[7] is None:
            return to_local(moment) if 1970 <= year <= 2200 else None
        if not 1970 <= year <= 2200:
            return None
        return moment.replace(tzinfo=_offset(match[7], int(match[8]), int(match[9])))
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=64)
def _offset(sign: str, hours: int, minutes: int) -> timezone:
    delta = timedelta(hours=hours, minutes=minutes)
    return timezone(-delta if sign == "-" else delta)


_EVENT_TIME = re.compile(r"\s*(\d{1,2}) ([a-zåäö]+)\.?,? (?:kl\.? ?)?(\d{1,2})[.:](\d\d)\b", re.I)


def parse_event_time(name: str, published: datetime) -> datetime | None:
    """The event's time from its heading, aware in Europe/Stockholm; None when there is none.

    The heading has no year. Nothing is told before it has happened, but operations announced at most
    a week ahead: so the latest year is meant that puts the event no more than a week after publication.
    "31 december 23.50" published on New Year's Day belongs to the year before, and so does an update
    in August 2025 headed "18 september 12.27": the one row of 84,927 in a real archive (2022-2026) whose
    heading lies more than a week from its publication in the year of publication.
    """
    match = _EVENT_TIME.match(name)
    month = MONTH_NUMBER.get(match[2].casefold()) if match else None
    if not match or not month:
        return None
    local = published.astimezone(STOCKHOLM).replace(tzinfo=None)
    day, hour, minute = int(match[1]), int(match[3]), int(match[4])
    for year in _years_back(local, month):
        try:
            moment = datetime(year, month, day, hour, minute)  # noqa: DTZ001
        except ValueError:
            continue
        if moment - local <= AHEAD_TOLERANCE:
            return to_local(moment)
    return None


def _years_back(local: datetime, month: int) -> tuple[int, ...]:
    """The years that can be meant, the latest first; the next one only for January told of in December."""
    this = local.year
    return (this + 1, this, this - 1) if (local.month, month) == (12, 1) else (this, this - 1)


def place_event(location_name: str, name: str) -> tuple[str | None, str | None]:
    """(municipality code or None, county code or None) of an event."""
    code = _municipality(location_name)
    if code is None:
        code = _municipality(name.rpartition(",")[2].strip())
    return code, code[:2] if code else find_county(location_name)


def _municipality(text: str) -> str | None:
    return find_municipality(text) if text and not text[0].isdigit() else None


def _parse_gps(text: str) -> tuple[float | None, float | None]:
    first, _, second = text.partition(",")
    try:
        lat, lon = float(first), float(second)
    except ValueError:
        return None, None
    return (lat, lon) if -90 <= lat <= 90 and -180 <= lon <= 180 else (None, None)
