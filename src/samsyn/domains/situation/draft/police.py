"""What the police published, and what is registered: each by itself, never added to the reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from samsyn.domains.situation.draft.grammar import (
    capital,
    counted,
    in_scope,
    listed,
    month,
    number,
    small,
)
from samsyn.domains.situation.draft.rows import event_rows, month_rows
from samsyn.domains.situation.result import (
    MunicipalityRef,
    RegisteredRow,
    SentenceDraft,
    WeeklyNumbers,
)
from samsyn.formats import swedish

TYPES_SHOWN, CATEGORIES_SHOWN = 4, 3
TOTAL = "Totalt antal brott"


def police_events(numbers: WeeklyNumbers) -> Iterator[SentenceDraft]:
    """The number of events with their types, and the summaries apart."""
    events = numbers.police_events
    if events.newest is None or events.newest < numbers.week.first_day:
        text = "Polisens händelser är inte inlästa för den här veckan."
        yield SentenceDraft("not_read", "police_events", text)
        return
    happened = counted(events.count, "händelse", "händelser")
    text = f"Polisen publicerade {happened} {in_scope(numbers.scope)}"
    if events.types:
        text += f": {types_of(events.types)}"
    yield SentenceDraft("count", "police_events", f"{text}.", (event_rows(numbers),))
    if events.summaries:
        told = counted(len(events.summaries), "sammanfattning", "sammanfattningar")
        text = f"Dessutom kom {told}, som inte räknas som {'en händelse' if len(events.summaries) == 1 else 'händelser'}."
        yield SentenceDraft(
            "summaries", "police_events", text, (event_rows(numbers, summaries=True),)
        )
    if events.count:
        text = "Polisen väljer vad den publicerar. Antalet säger inte hur mycket som har hänt."
        yield SentenceDraft("selection", "police_events", text)


def types_of(types: Sequence[tuple[str, int]]) -> str:
    """Return what the events were; of many kinds the commonest, one that stands alone without its number."""
    if len(types) == 1:
        return small(types[0][0])
    told = listed([f"{small(name)} ({number(count)})" for name, count in types[:TYPES_SHOWN]])
    return f"flest gällde {told}" if len(types) > TYPES_SHOWN else told


def registered(numbers: WeeklyNumbers) -> Iterator[SentenceDraft]:
    """The months that the week touches: Brå's total and the police's list, per municipality."""
    written = 0
    for year, number_ in numbers.registered.months:
        for place in numbers.scope.municipalities:
            for sentence in month_of(numbers, place, year, number_):
                written += 1
                yield sentence
    if not written:
        months = listed([month(year, number_) for year, number_ in numbers.registered.months])
        text = f"Det finns inga siffror över anmälda brott för {months} än."
        yield SentenceDraft("none", "registered", text)


def month_of(
    numbers: WeeklyNumbers, place: MunicipalityRef, year: int, number_: int
) -> Iterator[SentenceDraft]:
    rows = [
        row
        for row in numbers.registered.rows
        if (row.municipality, row.year, row.month) == (place.code, year, number_)
    ]
    key = f"{place.code}-{year}-{number_:02d}"
    total = next((row for row in rows if row.source == "bra" and row.offence == TOTAL), None)
    if total is not None and total.count is not None:
        where = (month_rows("bra", numbers, year, number_, place.code),)
        yield SentenceDraft(f"bra-{key}", "registered", bra_total(total, place), where)
    listed_rows = [row for row in rows if row.source == "police_list" and row.count]
    if listed_rows:
        where = (month_rows("police_list", numbers, year, number_, place.code),)
        text = police_list(listed_rows, place, year, number_)
        yield SentenceDraft(f"list-{key}", "registered", text, where)


def bra_total(total: RegisteredRow, place: MunicipalityRef) -> str:
    """Return Brå's total of a month, marked where preliminary, with the year before where known."""
    registered_ = counted(total.count or 0, "brott anmäldes", "brott anmäldes", neuter=True)
    text = (
        f"{capital(registered_)} i {place.name} under {month(total.year, total.month)}, enligt Brå"
    )
    text += " (preliminärt)" if total.preliminary else ""
    if total.before is not None:
        before = swedish.number(total.before)
        text += f". Samma månad {total.year - 1} var det {before}"
    return f"{text}."


def police_list(rows: list[RegisteredRow], place: MunicipalityRef, year: int, number_: int) -> str:
    """Return the sum of the police's list with its largest categories."""
    total = sum(row.count or 0 for row in rows)
    ranked = sorted(rows, key=lambda row: (-(row.count or 0), row.offence))[:CATEGORIES_SHOWN]
    # A category's examples, in brackets after its name, would read as the number's.
    told = [f"{small(row.offence.split(' (')[0])} ({number(row.count or 0)})" for row in ranked]
    most = listed(told)
    crimes = counted(total, "brott", "brott", neuter=True)
    return f"Polisens lista för {month(year, number_)} har {crimes} i {place.name}, flest {most}."
