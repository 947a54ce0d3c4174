"""The tables of a picture: each figure's equal, and those that stand alone. Texts are finished here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from samsyn.domains.reports.rules import FEWEST_IN_AREA
from samsyn.domains.situation.draft.grammar import capital, day, month, span
from samsyn.domains.situation.result import (
    Level,
    MunicipalityCount,
    RegisteredRow,
    ReportNumbers,
    WeeklyNumbers,
    WeekRef,
)
from samsyn.formats import swedish
from samsyn.outputs.blocks import Column, Table

VERDICTS = {
    "above": "fler än vanligt",
    "below": "färre än vanligt",
    "within": "som vanligt",
    "too_small": "för få för att säga",
    "unknown": "kan inte bedömas",
}
DASH = "–"
NORMAL_NOTE = (
    "Vanligt är det antal som väntas i åtta veckor av tio, räknat på de åtta veckorna före. "
    "Veckor som stack ut är inte medräknade."
)


def number(value: float | None, decimals: int = 0) -> str:
    """Return the number in figures, a dash where there is none."""
    return DASH if value is None else swedish.number(value, decimals)


def normal(level: Level) -> str:
    """Return `18–29`, `3`, or a dash where it is not known."""
    if level.low is None or level.high is None:
        return DASH
    if level.low == level.high:
        return swedish.number(level.low)
    return f"{swedish.number(level.low)}–{swedish.number(level.high)}"


def weeks_table(level: Level, week: WeekRef) -> Table:
    """The weeks before and this one, with those that stood out marked."""
    rows = [
        (
            f"Vecka {period.week}, {period.year}",
            number(period.count),
            "stack ut, räknas inte till det vanliga" if period.alarm else "",
        )
        for period in level.history
    ]
    judged = VERDICTS[level.verdict]
    usual = f"{judged} ({normal(level)})" if level.low is not None else judged
    rows.append((f"Vecka {week.number}, {week.year}", number(level.count), usual))
    columns = (Column("Vecka"), Column("Rapporter", True), Column("Mot det vanliga"))
    return Table("weeks", "Rapporter per vecka", columns, tuple(rows), NORMAL_NOTE)


def categories_table(numbers: ReportNumbers, week: WeekRef) -> Table:
    """The categories with what is usual, and how the week compares."""
    rows = tuple(
        (one.name, number(one.count), normal(one.level), VERDICTS[one.level.verdict])
        for one in numbers.categories
    )
    columns = (
        Column("Slag"),
        Column(f"Vecka {week.number}", True),
        Column("Vanligt", True),
        Column("Mot det vanliga"),
    )
    return Table("categories", "Rapporter per slag", columns, rows, NORMAL_NOTE)


def municipalities_table(places: Sequence[MunicipalityCount], week: WeekRef) -> Table:
    """The municipalities side by side: reports and police events in columns of their own."""
    rows = tuple(
        (
            one.name,
            number(one.count),
            normal(one.level),
            VERDICTS[one.level.verdict],
            number(one.police_events),
        )
        for one in places
    )
    columns = (
        Column("Kommun"),
        Column("Rapporter", True),
        Column("Vanligt", True),
        Column("Mot det vanliga"),
        Column("Polisens händelser", True),
    )
    note = "Rapporter och polisens händelser är olika slags källor och läggs aldrig ihop."
    return Table("municipalities", "Kommunerna sida vid sida", columns, rows, note)


def hours_table(numbers: ReportNumbers) -> Table:
    """Hours down, days across; hours without anything are left out."""
    days = [capital(name[:3]) for name in swedish.WEEKDAYS]
    rows = tuple(
        (f"{hour:02d}–{(hour + 1) % 24:02d}", *(share(row[hour]) for row in numbers.hours))
        for hour in range(24)
        if any(row[hour] for row in numbers.hours)
    )
    sums = ("Hela dagen", *(share(sum(row)) for row in numbers.hours))
    note = (
        "En händelse som är känd som från–till är jämnt fördelad över sina timmar, därför finns decimaler. "
        "Timmar utan händelser är utelämnade."
    )
    columns = (Column("Klockan"), *(Column(name, True) for name in days))
    return Table(
        "hours", "Rapporter per dag och timme", columns, (*rows, sums), note, is_dense=True
    )


def share(value: float) -> str:
    """Return a spread count with one decimal, without it where it is whole; a dash for nothing."""
    if value == 0:
        return DASH
    rounded = round(value, 1)
    if rounded == 0:
        return "<0,1"
    return swedish.number(rounded, 0 if rounded == int(rounded) else 1)


def places_table(numbers: ReportNumbers) -> Table:
    """The places with most reports, all other places and those without, adding up to all."""
    named = sum(place.count for place in numbers.places)
    rest = numbers.count - named - numbers.unplaced
    rows = [
        (place.name, number(place.count), "; ".join(place.categories[:2]))
        for place in numbers.places
    ]
    if rest:
        rows.append(("Andra platser", number(rest), ""))
    if numbers.unplaced:
        rows.append(("Utan plats", number(numbers.unplaced), ""))
    columns = (Column("Plats"), Column("Rapporter", True), Column("Vanligast där"))
    return Table("places", "Rapporter per plats", columns, tuple(rows))


def areas_table(numbers: ReportNumbers) -> Table:
    """The areas that have enough reports to be compared, then by name those that have few."""
    many = [one for one in numbers.areas if one.count >= FEWEST_IN_AREA]
    few = sorted(one.name for one in numbers.areas if one.count < FEWEST_IN_AREA)
    rows = [(area.name, number(area.count)) for area in many]
    rows += [(name, "färre än 5") for name in few]
    placed = sum(one.count for one in numbers.areas)
    if numbers.count > placed:
        rows.append(("Utan område", number(numbers.count - placed)))
    note = (
        "Färre än fem rapporter i ett område är för få att jämföra och visas inte med tal."
        if few
        else ""
    )
    columns = (Column("Område"), Column("Rapporter", True))
    return Table("areas", "Rapporter per område", columns, tuple(rows), note)


def events_table(numbers: WeeklyNumbers) -> Table:
    """The police's events of the week as published: time, type and heading."""
    rows = tuple(
        (moment(event.at), event.type, event.title) for event in numbers.police_events.events
    )
    columns = (Column("Tid"), Column("Slag"), Column("Rubrik"))
    note = "Källa: polisen.se. Tiden är händelsens egen, inte när den publicerades."
    return Table("police_events", "Polisens händelser", columns, rows, note)


def moment(text: str) -> str:
    at = dt.datetime.fromisoformat(text)
    return f"{swedish.WEEKDAYS[at.weekday()][:3]} {at.day} {swedish.MONTHS[at.month - 1][:3]} {swedish.clock(at)}"


def registered_table(numbers: WeeklyNumbers) -> Table:
    """Registered crime of the months, the two sources apart; Brå's total and main groups, not all parts."""
    names = {place.code: place.name for place in numbers.scope.municipalities}
    rows = tuple(
        (
            row.offence,
            *((names.get(row.municipality, row.municipality),) if len(names) > 1 else ()),
            month(row.year, row.month),
            {"bra": "Brå", "police_list": "Polisens lista"}[row.source],
            f"{number(row.count)}{' (prel.)' if row.preliminary else ''}",
            number(row.before),
        )
        for row in numbers.registered.rows
        if is_main(row)
    )
    columns = (
        Column("Brott"),
        *((Column("Kommun"),) if len(names) > 1 else ()),
        Column("Månad"),
        Column("Källa"),
        Column("Antal", True),
        Column("Samma månad året före", True),
    )
    note = "Anmälda brott gäller hela månader och läggs inte ihop med veckans rapporter."
    return Table("registered", "Anmälda brott", columns, rows, note)


def is_main(row: RegisteredRow) -> bool:
    """Tell whether the row is shown in the document; all rows are in the CSV and JSON."""
    return row.source == "police_list" or row.level is None or row.level <= 2


def ahead_table(numbers: WeeklyNumbers) -> Table:
    rows = []
    for entry in numbers.ahead:
        first = dt.date.fromisoformat(entry.starts_on)
        days = span(first, dt.date.fromisoformat(entry.ends_on)) if entry.ends_on else day(first)
        rows.append((capital(days), entry.time, entry.title, entry.place))
    columns = (Column("Dag"), Column("Tid"), Column("Vad"), Column("Plats"))
    return Table("ahead", "De två veckorna efter", columns, tuple(rows))


def sources_table(numbers: WeeklyNumbers) -> Table:
    """Each source as used: rows, how new, when read in."""
    rows = tuple(
        (note.name, number(note.rows), date_or_dash(note.newest), date_or_dash(note.read_on))
        for note in numbers.sources
    )
    columns = (Column("Källa"), Column("Rader", True), Column("Senaste uppgift"), Column("Inläst"))
    note = "Källorna visas sida vid sida och läggs aldrig ihop."
    return Table("sources", "Källor", columns, rows, note)


def date_or_dash(text: str) -> str:
    return swedish.date(dt.date.fromisoformat(text)) if text else DASH
