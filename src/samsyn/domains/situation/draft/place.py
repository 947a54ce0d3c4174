"""Where: the places and areas with most reports, and how many have no place."""

from __future__ import annotations

from collections.abc import Iterator

from samsyn.domains.reports.rules import FEWEST_IN_AREA
from samsyn.domains.situation.draft.grammar import capital, counted, listed, number, reports
from samsyn.domains.situation.draft.rows import report_rows
from samsyn.domains.situation.draft.running_words import running_name
from samsyn.domains.situation.result import PlaceCount, ReportNumbers, SentenceDraft, WeeklyNumbers

FEWEST = 2


def where(numbers: WeeklyNumbers) -> Iterator[SentenceDraft]:
    """The places with more than one report, the area with most, and what cannot be placed."""
    mine = numbers.reports
    if mine is None or mine.count == 0:
        return
    if numbers.scope.is_joint:
        yield most_in_a_municipality(numbers)
        return
    yield from places(numbers, mine)
    if mine.areas and mine.areas[0].count >= FEWEST_IN_AREA:
        area = mine.areas[0]
        text = f"Av områdena har {area.name} flest: {number(area.count)} av {number(mine.count)}."
        yield SentenceDraft("area", "where", text, (report_rows(numbers, area=area.code),))
    if mine.unplaced:
        text = f"{capital(counted(mine.unplaced, 'rapport saknar', 'rapporter saknar'))} plats."
        yield SentenceDraft("unplaced", "where", text, (report_rows(numbers, place="none"),))


def places(numbers: WeeklyNumbers, mine: ReportNumbers) -> Iterator[SentenceDraft]:
    known = [one for one in mine.places if one.count >= FEWEST]
    if not known:
        text = "Ingen plats har mer än en rapport."
        yield SentenceDraft("top", "where", text, (report_rows(numbers),))
        return
    first, rest = known[0], known[1:3]
    text = f"Flest rapporter gäller {first.name}: {number(first.count)}{about(first)}."
    yield SentenceDraft("top", "where", text, (report_rows(numbers, place=first.name),))
    if rest:
        told = listed([f"{one.name} ({number(one.count)})" for one in rest])
        rows = tuple(report_rows(numbers, place=one.name) for one in rest)
        yield SentenceDraft("next", "where", f"Därefter kommer {told}.", rows)


def about(place: PlaceCount) -> str:
    """Return what is commonest at the place."""
    return f", mest {running_name(place.categories[0])}" if place.categories else ""


def most_in_a_municipality(numbers: WeeklyNumbers) -> SentenceDraft:
    """The joint picture tells of municipalities only: places belong to each municipality's own."""
    ranked = sorted(numbers.municipalities, key=lambda one: (-one.count, one.name))
    told = listed([f"{one.name} {reports(one.count)}" for one in ranked])
    return SentenceDraft("top", "where", f"Fördelningen är {told}.", (report_rows(numbers),))
