"""Dates and times as Swedish files write them. Local time is Europe/Stockholm."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
MONTH_NUMBER = {name: number for number, name in enumerate(MONTHS, start=1)}
_EXCEL_EPOCH = date(1899, 12, 30)
_YEARS = range(1990, 2101)

DATE_FORMATS = ("iso", "m/d/y", "d/m/y", "d.m.y", "ymd", "swedish", "serial")


def month_from_name(text: str) -> int | None:
    """1–12 from a full Swedish month name or its abbreviation of three letters or more."""
    word = text.strip().strip(".").casefold()
    if len(word) < 3 or not word.isalpha():
        return None
    word = {"sept": "september", "okt": "oktober", "oct": "oktober", "may": "maj"}.get(word, word)
    return next((n for name, n in MONTH_NUMBER.items() if name.startswith(word)), None)


def to_local(moment: datetime) -> datetime:
    """A naive local time made aware in Europe/Stockholm.

    A time that the clock skips in spring is moved forward by the hour that is missing; of the two
    in autumn the first (summer time) is meant.
    """
    aware = moment.replace(tzinfo=STOCKHOLM, fold=0)
    back = aware.astimezone(ZoneInfo("UTC")).astimezone(STOCKHOLM)
    return back if back.replace(tzinfo=None) != moment else aware


def make_date(year: int, month: int, day: int) -> date | None:
    """A date between 1990 and 2100; two-digit years belong to this century. None if impossible."""
    if year < 100:
        year += 2000
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", re.ASCII)
_SLASH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?: .*)?", re.ASCII)
_DOT = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?: .*)?", re.ASCII)
_YMD = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\.0+)?", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?", re.ASCII)
_SWEDISH = re.compile(r"(\d{1,2})(?::?e)? ([a-zåäö.]+) (\d{4})(?: .*)?", re.IGNORECASE)


def parse_date(text: str, date_format: str | None = None) -> date | None:
    """A date from a cell; `date_format` is one of DATE_FORMATS and settles what slashes mean.

    ISO dates, `20260513`, Swedish dates and Excel serials (20000–80000) are understood whatever
    the format, because one column often mixes typed dates and true date cells. Slashes without a
    format are read as month/day/year, as the police's export writes them. None if not a date.
    """
    value = " ".join(text.split())[:40]
    if m := _ISO.fullmatch(value):
        return make_date(int(m[1]), int(m[2]), int(m[3]))
    if m := _SLASH.fullmatch(value):
        first, second = int(m[1]), int(m[2])
        month, day = (second, first) if date_format == "d/m/y" else (first, second)
        return make_date(int(m[3]), month, day)
    if m := _DOT.fullmatch(value):
        return make_date(int(m[3]), int(m[2]), int(m[1]))
    if m := _YMD.fullmatch(value):
        return make_date(int(m[1]), int(m[2]), int(m[3]))
    if m := _SERIAL.fullmatch(value):
        serial = int(m[1])
        return _EXCEL_EPOCH + timedelta(days=serial) if 20000 <= serial <= 80000 else None
    if m := _SWEDISH.fullmatch(value):
        month_number = month_from_name(m[2])
        return make_date(int(m[3]), month_number, int(m[1])) if month_number else None
    return None


def guess_date_format(values: list[str]) -> str | None:
    """The format of DATE_FORMATS that reads most of the values; None when under half are dates.

    A day over 12 in the first place settles day/month; otherwise slashes are month/day.
    """
    texts = [v for v in values if v.strip()]
    if not texts or sum(
        parse_date(v) is not None or bool(_SLASH.match(v)) for v in texts
    ) * 2 < len(texts):
        return None
    slashes = [m for v in texts if (m := _SLASH.match(v.strip()))]
    if slashes:
        return "d/m/y" if any(int(m[1]) > 12 for m in slashes) else "m/d/y"
    shapes = {"iso": _ISO, "d.m.y": _DOT, "ymd": _YMD, "serial": _SERIAL, "swedish": _SWEDISH}
    return max(shapes, key=lambda name: sum(bool(shapes[name].fullmatch(v.strip())) for v in texts))


_CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:\.\d+)?)?", re.ASCII)
_DIGITS = re.compile(r"(\d{1,4})(?:\.0+)?", re.ASCII)
_FRACTION = re.compile(r"0?[.,]\d+(?:[eE]-\d+)?", re.ASCII)


def parse_clock(text: str) -> int | None:
    """Minutes after midnight (0–1440) from a cell; None if it is no time of day.

    `HHmm` as text or number, also without leading zeros (`5` → 00:05, `530` → 05:30); `22.30`,
    `22:30:00`; a date-time cell (its time part); an Excel fraction of a day (`0.9375`); 24:00.
    """
    value = text.strip()[:40].removeprefix("kl ").removeprefix("kl. ").strip()
    if m := re.fullmatch(r"\d{4}-\d\d-\d\d[T ](.+)", value):
        value = m[1].split("+")[0].strip()
    if _FRACTION.fullmatch(value):
        return round(float(value.replace(",", ".")) * 1440) % 1440
    if m := _CLOCK.fullmatch(value):
        return _minutes(int(m[1]), int(m[2]))
    if m := _DIGITS.fullmatch(value):
        number = int(m[1])
        return _minutes(number // 100, number % 100)
    return None


def _minutes(hour: int, minute: int) -> int | None:
    valid = (hour < 24 and minute < 60) or (hour == 24 and minute == 0)
    return hour * 60 + minute if valid else None


def parse_moment(text: str, date_format: str | None = None) -> tuple[date, int | None] | None:
    """A date with an optional time of day from one cell: (date, minutes or None)."""
    value = " ".join(text.split())[:40]
    day = parse_date(value, date_format)
    if day is None:
        return None
    if m := re.fullmatch(r"\d{5}[.,](\d+)", value, re.ASCII):
        return day, round(float("0." + m[1]) * 1440) % 1440
    m = re.search(
        r"[T ](?:kl\.? ?)?(\d{1,2}[:.]\d\d(?::\d\d)?|\d{4})(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?$", value
    )
    return day, parse_clock(m[1]) if m and len(value) > 8 and not _SWEDISH_ONLY.fullmatch(
        value
    ) else None


_SWEDISH_ONLY = re.compile(r"\d{1,2}(?::?e)? [a-zåäö.]+ \d{4}", re.IGNORECASE)


def at_minutes(day: date, minutes: int) -> datetime:
    """The naive moment so many minutes into a day; 1440 is the next midnight."""
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)  # noqa: DTZ001
