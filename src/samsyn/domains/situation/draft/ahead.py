"""What comes, and what is still to be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from samsyn.domains.situation.draft.grammar import capital, counted, day, number, span
from samsyn.domains.situation.result import Ahead, SentenceDraft, WeeklyNumbers

MOST = 12


def ahead(numbers: WeeklyNumbers) -> Iterator[SentenceDraft]:
    """One sentence per thing in the fourteen days after the week."""
    if not numbers.ahead:
        text = "Inga planerade evenemang eller riskdagar är kända för de två veckorna efter."
        yield SentenceDraft("none", "ahead", text)
    # Several municipalities of a joint picture may have an Idrottsplatsen.
    places = {one.code: one.name for one in numbers.scope.municipalities if numbers.scope.is_joint}
    for entry in numbers.ahead[:MOST]:
        yield SentenceDraft(key_of(entry), "ahead", told(entry, places), entry.sources)
    rest = len(numbers.ahead) - MOST
    if rest > 0:
        more = counted(rest, "sak till", "saker till")
        yield SentenceDraft("more", "ahead", f"Dessutom finns {more} i listan.")


def key_of(entry: Ahead) -> str:
    """Return a key that stays when other things come or go."""
    first = entry.sources[0] if entry.sources else None
    mark = first.ids[0] if first and first.ids else first.label if first else entry.title[:40]
    return f"{entry.kind}-{mark}-{entry.starts_on}"[:120]


def told(entry: Ahead, municipalities: Mapping[str, str]) -> str:
    """Return the entry as a sentence; with its municipality where `municipalities` names it by code."""
    first = dt.date.fromisoformat(entry.starts_on)
    last = dt.date.fromisoformat(entry.ends_on) if entry.ends_on else first
    if entry.kind == "risk_date":
        return (
            f"{entry.title} är {day(first)}."
            if last == first
            else f"{entry.title} är {span(first, last)}."
        )
    time = f" klockan {entry.time}" if entry.time else ""
    days = f"{capital(day(first))}{time}" if last == first else capital(span(first, last))
    place = (
        f", {entry.place}"
        if entry.place and entry.place.casefold() not in entry.title.casefold()
        else ""
    )
    if entry.municipality in municipalities:
        place += f", {municipalities[entry.municipality]}"
    return f"{days}: {entry.title}{place}."


def assignments(numbers: WeeklyNumbers) -> Iterator[SentenceDraft]:
    """The open assignments; where no meetings are kept here, that this is so."""
    if numbers.scope.is_joint:
        return
    if numbers.assignments is None:
        text = "Inga möten förs i Samsyn än. Därför finns inga uppdrag att visa här."
        yield SentenceDraft("not_kept", "assignments", text)
        return
    if not numbers.assignments:
        yield SentenceDraft("none", "assignments", "Inga uppdrag är öppna.")
        return
    late = sum(one.is_late for one in numbers.assignments)
    text = f"{capital(counted(len(numbers.assignments), 'uppdrag är öppet', 'uppdrag är öppna', neuter=True))}"
    text += (
        f", varav {number(late, neuter=True)} {'är försenat' if late == 1 else 'är försenade'}."
        if late
        else "."
    )
    yield SentenceDraft("count", "assignments", text)
    for place, one in enumerate(numbers.assignments[:MOST]):
        due = f", senast {day(dt.date.fromisoformat(one.due_on))}" if one.due_on else ""
        mark = one.sources[0].ids[0] if one.sources and one.sources[0].ids else str(place)
        yield SentenceDraft(
            f"open-{mark}", "assignments", f"{one.title}: {one.who}{due}.", one.sources
        )
