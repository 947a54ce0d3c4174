"""A year as iCalendar (RFC 5545), as Outlook and Google read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Event

SWEDEN = ZoneInfo("Europe/Stockholm")
REFRESH = dt.timedelta(hours=6)


@dataclass(frozen=True)
class CalendarEntry:
    """One entry. `key` is stable, so that a fetched calendar changes the entry instead of adding one.

    With `starts_at` (aware) it has hours; without, it is the whole day `on`.
    """

    key: str
    title: str
    on: dt.date
    text: str = ""
    place: str = ""
    url: str = ""
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    category: str = ""


def calendar_bytes(name: str, entries: Iterable[CalendarEntry], *, now: dt.datetime) -> bytes:
    """Return the calendar as UTF-8: stable UIDs, DTSTAMP, times with TZID and its VTIMEZONE.

    `now` is the aware moment of the making.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Samsyn//samsyn//SV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", SWEDEN.key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for entry in entries:
        calendar.add_component(event_of(entry, now))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def event_of(entry: CalendarEntry, now: dt.datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{entry.key}@samsyn")
    event.add("dtstamp", now.astimezone(dt.UTC))
    event.add("summary", entry.title)
    if entry.starts_at is not None:
        event.add("dtstart", entry.starts_at.astimezone(SWEDEN))
        ends = entry.ends_at or entry.starts_at + dt.timedelta(hours=1)
        event.add("dtend", ends.astimezone(SWEDEN))
    else:
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + dt.timedelta(days=1))
        # A duty does not make its owner busy all day.
        event.add("transp", "TRANSPARENT")
        event.add("x-microsoft-cdo-busystatus", "FREE")
    for name, value in (
        ("description", entry.text),
        ("location", entry.place),
        ("url", entry.url),
        ("categories", [entry.category] if entry.category else None),
    ):
        if value:
            event.add(name, value)
    return event
