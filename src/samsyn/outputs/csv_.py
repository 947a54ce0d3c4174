"""The numbers of a picture as one CSV: one row per number, the three kinds of source never mixed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from samsyn.domains.situation.result import Level, WeeklyNumbers
from samsyn.formats import swedish
from samsyn.formats.csv_out import harmless

HEADER = (
    "källa",
    "kommun",
    "period",
    "mått",
    "nyckel",
    "namn",
    "antal",
    "vanligt från",
    "vanligt till",
    "anmärkning",
)


def render_csv(numbers: WeeklyNumbers) -> bytes:
    """Return the numbers as `;`-separated UTF-8 with a byte order mark, as Swedish spreadsheets open it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in rows_of(numbers):
        writer.writerow(["" if value is None else harmless(str(value)) for value in row])
    return out.getvalue().encode("utf-8-sig")


Row = tuple[object, ...]


def rows_of(numbers: WeeklyNumbers) -> Iterator[Row]:
    yield from report_rows(numbers)
    code = "" if numbers.scope.is_joint else numbers.scope.municipalities[0].code
    week, events = numbers.week.text, numbers.police_events
    yield (
        "polisens händelser",
        code,
        week,
        "alla",
        "",
        "Alla händelser",
        events.count,
        None,
        None,
        "",
    )
    for name, count in events.types:
        yield ("polisens händelser", code, week, "slag", "", name, count, None, None, "")
    for row in numbers.registered.rows:
        source = "Brå" if row.source == "bra" else "polisens lista"
        mark = "preliminär" if row.preliminary else ""
        month = f"{row.year}-{row.month:02d}"
        yield (
            source,
            row.municipality,
            month,
            "anmälda brott",
            row.key,
            row.offence,
            row.count,
            None,
            None,
            mark,
        )


def report_rows(numbers: WeeklyNumbers) -> Iterator[Row]:
    mine = numbers.reports
    if mine is None:
        return
    code = "" if numbers.scope.is_joint else numbers.scope.municipalities[0].code
    week = numbers.week.text
    yield (
        "rapporter",
        code,
        week,
        "alla",
        "",
        "Alla rapporter",
        mine.count,
        *range_of(mine.level),
        mine.level.verdict,
    )
    for one in mine.categories:
        yield (
            "rapporter",
            code,
            week,
            "slag",
            one.key,
            one.name,
            one.count,
            *range_of(one.level),
            one.level.verdict,
        )
    for place in mine.places:
        yield ("rapporter", code, week, "plats", "", place.name, place.count, None, None, "")
    for area in mine.areas:
        yield ("rapporter", code, week, "område", area.code, area.name, area.count, None, None, "")
    for municipality in numbers.municipalities:
        yield (
            "rapporter", municipality.code, week, "kommun", "", municipality.name, municipality.count,
            *range_of(municipality.level), municipality.level.verdict,
        )  # fmt: skip
    for day, row in enumerate(mine.hours):
        for hour, value in enumerate(row):
            if value:
                name = f"{swedish.WEEKDAYS[day]} {hour:02d}–{(hour + 1) % 24:02d}"
                count = swedish.number(value, 0 if value == int(value) else 4)
                yield (
                    "rapporter",
                    code,
                    week,
                    "timme",
                    f"{day + 1}-{hour:02d}",
                    name,
                    count,
                    None,
                    None,
                    "",
                )


def range_of(level: Level) -> tuple[int | None, int | None]:
    return level.low, level.high
