"""The small rules of written Swedish that drafted sentences need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from samsyn.domains.situation.result import Busy, Scope
from samsyn.formats import swedish

WORDS = (
    "noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
)  # fmt: skip
PARTS_OF_DAY = {0: "natt", 6: "förmiddag", 12: "eftermiddag", 18: "kväll"}


def number(count: int, *, neuter: bool = False) -> str:
    """Return the number in words to twelve, then in figures: `en`, `ett`, `tolv`, `13`, `1 234`."""
    if count == 1 and neuter:
        return "ett"
    return WORDS[count] if 0 <= count < len(WORDS) else swedish.number(count)


def counted(count: int, one: str, many: str, *, neuter: bool = False) -> str:
    """Return `en rapport`, `tre rapporter`, `inga rapporter`."""
    if count == 0:
        return f"inga {many}"
    return f"{number(count, neuter=neuter)} {one if count == 1 else many}"


def reports(count: int) -> str:
    return counted(count, "rapport", "rapporter")


def capital(text: str) -> str:
    """Return the text with its first letter large, the rest untouched."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """Return the text with its first letter small, except in abbreviations such as `A-traktor`."""
    return (
        text
        if len(text) > 1 and (text[1].isupper() or text[1] == "-")
        else text[:1].lower() + text[1:]
    )


def listed(items: Sequence[str]) -> str:
    """Return `a`, `a och b`, `a, b och c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} och {items[-1]}"


def between(low: int, high: int) -> str:
    """Return `mellan 18 och 29`, or `alltid 18` where they are the same."""
    if low == high:
        return f"{number(low)} var"
    return f"mellan {number(low)} och {number(high)}"


def day(date: dt.date) -> str:
    """Return `lördag 23 maj`."""
    return f"{swedish.WEEKDAYS[date.weekday()]} {date.day} {swedish.MONTHS[date.month - 1]}"


def full_date(date: dt.date) -> str:
    """Return `23 maj 2026`."""
    return f"{date.day} {swedish.MONTHS[date.month - 1]} {date.year}"


def span(first: dt.date, last: dt.date) -> str:
    """Return `1–12 juni` or `28 maj–12 juni`."""
    if first.month == last.month and first.year == last.year:
        return f"{first.day}–{last.day} {swedish.MONTHS[last.month - 1]}"
    return (
        f"{first.day} {swedish.MONTHS[first.month - 1]}–{last.day} {swedish.MONTHS[last.month - 1]}"
    )


def month(year: int, number_: int) -> str:
    """Return `maj 2026`."""
    return f"{swedish.MONTHS[number_ - 1]} {year}"


def ordinal(day_of_month: int) -> str:
    """Return `10:e`, `1:a`, `22:a`."""
    ending = "a" if day_of_month % 10 in (1, 2) and day_of_month not in (11, 12) else "e"
    return f"{day_of_month}:{ending}"


def stretches(busy: Sequence[Busy]) -> str:
    """Return `fredag och lördag kväll`, `natten till lördag`, `måndag förmiddag och fredag kväll`."""
    by_part: dict[int, list[int]] = {}
    for part in busy:
        by_part.setdefault(part.from_hour, []).append(part.weekday)
    return listed(
        [stretch(hour, sorted(days)) for hour, days in sorted(by_part.items(), key=first_day)]
    )


def first_day(item: tuple[int, list[int]]) -> tuple[int, int]:
    return min(item[1]), item[0]


def stretch(hour: int, days: Sequence[int]) -> str:
    """Return one part of the day on its days; the small hours belong to the night before them."""
    names = [swedish.WEEKDAYS[one] for one in days]
    if hour == 0:
        return f"natten till {listed(names)}"
    return f"{listed(names)} {PARTS_OF_DAY[hour]}"


def in_scope(scope: Scope) -> str:
    """Return `i Luleå kommun`, `i lokalpolisområde Luleå-Boden`, also for the area's short name `Polisen Luleå-Boden`."""
    if not scope.is_joint:
        return f"i {scope.name}"
    area = scope.name.removeprefix("Polisen ")
    return f"i {small(scope.name)}" if area == scope.name else f"i lokalpolisområde {area}"
