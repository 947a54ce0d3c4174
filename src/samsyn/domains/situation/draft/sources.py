"""The sources as used, and what is not known: silence apart from calm."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from samsyn.domains.situation.draft.grammar import (
    counted,
    full_date,
    listed,
    month,
    ordinal,
)
from samsyn.domains.situation.draft.rows import month_rows, report_rows
from samsyn.domains.situation.result import Gap, SentenceDraft, WeeklyNumbers
from samsyn.formats import swedish

NEVER_ADDED = (
    "Rapporter, polisens händelser och anmälda brott är tre slags källor. De läggs aldrig ihop."
)


def sources(numbers: WeeklyNumbers) -> Iterator[SentenceDraft]:
    """What is not known first, then when each source was read in."""
    for gap in numbers.gaps:
        text = told(gap, numbers)
        if text:
            yield SentenceDraft(key_of(gap), "sources", text, gap.sources or rows_of(gap, numbers))
    read = read_in(numbers)
    if read:
        yield SentenceDraft("read_in", "sources", read)
    yield SentenceDraft("never_added", "sources", NEVER_ADDED)


def key_of(gap: Gap) -> str:
    marks = [gap.municipality, "-".join(map(str, gap.month)) if gap.month else "", gap_mark(gap)]
    return "-".join([gap.kind, *[mark for mark in marks if mark]])[:120]


def gap_mark(gap: Gap) -> str:
    return gap.sources[0].ids[0] if gap.sources and gap.sources[0].ids else ""


def rows_of(gap: Gap, numbers: WeeklyNumbers) -> tuple:  # type: ignore[type-arg]
    if gap.kind == "preliminary" and gap.month:
        return (month_rows("bra", numbers, *gap.month),)
    return (report_rows(numbers),) if gap.kind == "no_reports" else ()


def told(gap: Gap, numbers: WeeklyNumbers) -> str:
    """Return the gap as a sentence; empty for one that another section tells of."""
    writer = WRITERS.get(gap.kind)
    return writer(gap, numbers) if writer else ""


def week_not_over(gap: Gap, numbers: WeeklyNumbers) -> str:
    made = dt.datetime.fromisoformat(numbers.made_at)
    return f"Veckan är inte slut än. Siffrorna hämtades {full_date(made)} klockan {swedish.clock(made)}."


def silent(gap: Gap, numbers: WeeklyNumbers) -> str:
    weeks = counted(gap.weeks, "vecka", "veckor")
    return (
        f"{gap.who}{in_which(gap, numbers)} brukar rapportera varje vecka men har inte gjort det på {weeks}. "
        "Det är tyst, vi vet inte om det är lugnt."
    )


def in_which(gap: Gap, numbers: WeeklyNumbers) -> str:
    """Return ` i Askersund` in a joint picture: several municipalities may have a Björkskolan."""
    names = {place.code: place.name for place in numbers.scope.municipalities}
    return (
        f" i {names[gap.municipality]}"
        if numbers.scope.is_joint and gap.municipality in names
        else ""
    )


def no_reports(gap: Gap, numbers: WeeklyNumbers) -> str:
    if all(place.key is None for place in numbers.scope.municipalities):
        return f"Ingen i {numbers.scope.name} rapporterar i Samsyn. Att det saknas rapporter säger inget om läget."
    return "Inga rapporter betyder inte att inget har hänt, bara att ingen har rapporterat."


def old_events(gap: Gap, numbers: WeeklyNumbers) -> str:
    newest = full_date(dt.date.fromisoformat(gap.who))
    if gap.who < numbers.week.first_day:
        return (
            f"Polisens händelser är inlästa till och med {newest}, alltså inte för den här veckan."
        )
    return f"Polisens händelser är inlästa till och med {newest}, alltså inte för hela veckan."


def missing_list(gap: Gap, numbers: WeeklyNumbers) -> str:
    assert gap.month is not None
    where = ""
    if numbers.scope.is_joint:
        where = " för " + next(
            one.name for one in numbers.scope.municipalities if one.code == gap.municipality
        )
    file = f"Polisens fil för {month(*gap.month)}{where} saknas."
    return f"{file} Den brukar komma före den {ordinal(gap.day)}."


def preliminary(gap: Gap, numbers: WeeklyNumbers) -> str:
    assert gap.month is not None
    return f"Brås siffror för {month(*gap.month)} är preliminära och kan ändras."


def no_bra(gap: Gap, numbers: WeeklyNumbers) -> str:
    assert gap.month is not None
    return f"Brås siffror för {month(*gap.month)} är inte inlästa."


WRITERS = {
    "week_not_over": week_not_over,
    "silent": silent,
    "no_reports": no_reports,
    "old_events": old_events,
    "missing_list": missing_list,
    "preliminary": preliminary,
    "no_bra": no_bra,
}


def read_in(numbers: WeeklyNumbers) -> str:
    """Return when the sources that have rows were read in."""
    names = {"bra": "Brås siffror", "police_list": "polisens lista"}
    told = [
        f"{names[note.kind]} {full_date(dt.date.fromisoformat(note.read_on))}"
        for note in numbers.sources
        if note.kind in names and note.read_on and note.rows
    ]
    return f"Senast inläst: {listed(told)}." if told else ""
