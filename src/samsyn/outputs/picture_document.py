"""A shown picture as a document: the one place where its texts, tables and figures are put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from samsyn.domains.situation.draft.grammar import full_date
from samsyn.domains.situation.result import WeeklyNumbers
from samsyn.domains.situation.shown import ShownPart, ShownPicture, ShownSection
from samsyn.formats import swedish
from samsyn.outputs import area_map, charts, maps, tables
from samsyn.outputs.blocks import (
    Block,
    Column,
    DocumentSection,
    Figure,
    Line,
    Note,
    Paragraph,
    PictureDocument,
    Quote,
    Table,
)

STATES = {"empty": "inget bidrag", "draft": "utkast", "released": "släppt", "left_out": "utelämnad"}
METHOD = (
    "Tre slags källor visas sida vid sida och läggs aldrig ihop: det aktörer har rapporterat, det polisen har "
    "publicerat och det som har anmälts.",
    "Vanligt är det spann där antalet väntas hamna i åtta veckor av tio. Det räknas på de åtta veckorna före "
    "med en negativ binomialfördelning. Veckor som själva stack ut räknas inte med. När talen är för små "
    "sägs det i ord, och procent används inte under tjugo.",
    "En händelse som är känd som från–till fördelas jämnt över sina timmar.",
    "Lägen på kartan är avrundade till rutor om 250 meter.",
)


def document_of(shown: ShownPicture) -> PictureDocument:
    """Return the document of the picture as the viewer may see it; hidden sentences are not in it."""
    sections = [section_of(section, shown) for section in shown.sections]
    found = [section for section in sections if section.blocks]
    return PictureDocument(
        title=shown.title,
        subtitle=period(shown.numbers),
        state_text=state_text(shown),
        checksum=shown.checksum,
        facts=facts(shown),
        sections=(*found, *parties_section(shown.parts), method_section(shown)),
        banner=banner(shown),
    )


def period(numbers: WeeklyNumbers) -> str:
    """Return `11–17 maj 2026`."""
    week = numbers.week
    return swedish.span(dt.date.fromisoformat(week.first_day), dt.date.fromisoformat(week.last_day))


def state_text(shown: ShownPicture) -> str:
    """Return whether it is a draft, or which version was finished when."""
    if shown.is_frozen:
        edition = f"Utgåva {shown.edition}, färdig" if shown.edition > 1 else "Färdig"
        return f"{edition} {full_date(dt.datetime.fromisoformat(shown.frozen_at))}"
    if shown.origin == "unsaved":
        return f"Utskrift av siffror {moment(shown.numbers.made_at)}. Inte granskad, inte släppt"
    return f"Utkast. Siffror från {moment(shown.refreshed_at)}"


def moment(text: str) -> str:
    at = dt.datetime.fromisoformat(text)
    from samsyn.base.clock import SWEDEN

    return swedish.moment(at.astimezone(SWEDEN))


def banner(shown: ShownPicture) -> str:
    """Return what stands over the whole document where it must not be taken for more than it is."""
    if shown.is_invented:
        return "Påhittade uppgifter, för visning."
    return "" if shown.is_frozen else "Utkast, inte för spridning."


def facts(shown: ShownPicture) -> tuple[tuple[str, str], ...]:
    """Return what stands under the title."""
    numbers = shown.numbers
    found = [("Gäller", numbers.scope.name)]
    if numbers.scope.is_joint:
        found.append(("Kommuner", ", ".join(place.name for place in numbers.scope.municipalities)))
    if numbers.reports is not None:
        found.append(("Rapporter", tables.number(numbers.reports.count)))
    found.append(("Polisens händelser", tables.number(numbers.police_events.count)))
    return tuple(found)


def section_of(section: ShownSection, shown: ShownPicture) -> DocumentSection:
    """Return the section: its sentences first, then what they speak of.

    Of a part that is not released the words are closed; what stands beside them is what the viewer's
    numbers hold.
    """
    if not section.is_open and not section.sentences:
        beside = BESIDE.get(section.key, nothing)(shown.numbers)
        more = " Siffrorna bredvid bygger på det du redan får läsa." if beside else ""
        note = Note(
            f"{section.owner} har inte släppt sin text i den här delen än.{more}", "caution"
        )
        return DocumentSection(section.key, section.title, (note, *beside))
    lines = tuple(
        Line(one.key, one.text, one.sources) for one in section.sentences if not one.is_hidden
    )
    blocks: list[Block] = [Paragraph(section.key, lines)] if lines else []
    blocks += BESIDE.get(section.key, nothing)(shown.numbers)
    return DocumentSection(section.key, section.title, tuple(blocks))


def nothing(numbers: WeeklyNumbers) -> list[Block]:
    return []


def level_blocks(numbers: WeeklyNumbers) -> list[Block]:
    if numbers.reports is None or all(place.key is None for place in numbers.scope.municipalities):
        return []
    blocks: list[Block] = []
    if numbers.reports.level.history:
        blocks.append(charts.weeks_figure(numbers.reports, numbers.week))
    if numbers.municipalities:
        blocks.append(charts.municipalities_figure(numbers.municipalities, numbers.week))
    return blocks


def what_blocks(numbers: WeeklyNumbers) -> list[Block]:
    if numbers.reports is None or not numbers.reports.categories:
        return []
    return [charts.categories_figure(numbers.reports, numbers.week)]


def where_blocks(numbers: WeeklyNumbers) -> list[Block]:
    reports = numbers.reports
    if reports is None or not reports.count:
        return []
    if numbers.scope.is_joint:
        found: Sequence[Figure | None] = [maps.municipalities_map(numbers)]
        return [figure for figure in found if figure is not None]
    figure = maps.places_figure(reports, numbers.scope, numbers.week)
    blocks: list[Block] = [figure] if figure is not None else [tables.places_table(reports)]
    if not reports.areas:
        return blocks
    areas = area_map.areas_figure(reports, numbers.scope, numbers.week)
    return [*blocks, areas if areas is not None else tables.areas_table(reports)]


def when_blocks(numbers: WeeklyNumbers) -> list[Block]:
    if numbers.reports is None or not numbers.reports.count:
        return []
    return [charts.hours_figure(numbers.reports, numbers.week)]


def events_blocks(numbers: WeeklyNumbers) -> list[Block]:
    return [tables.events_table(numbers)] if numbers.police_events.events else []


def registered_blocks(numbers: WeeklyNumbers) -> list[Block]:
    return [tables.registered_table(numbers)] if numbers.registered.rows else []


def ahead_blocks(numbers: WeeklyNumbers) -> list[Block]:
    return [tables.ahead_table(numbers)] if numbers.ahead else []


def sources_blocks(numbers: WeeklyNumbers) -> list[Block]:
    return [tables.sources_table(numbers)]


BESIDE: dict[str, Callable[[WeeklyNumbers], list[Block]]] = {
    "level": level_blocks,
    "what": what_blocks,
    "where": where_blocks,
    "when": when_blocks,
    "police_events": events_blocks,
    "registered": registered_blocks,
    "ahead": ahead_blocks,
    "sources": sources_blocks,
}


def parties_section(parts: Sequence[ShownPart]) -> tuple[DocumentSection, ...]:
    """Return the parties: how each released its part, and what it wrote. None for numbers without parties."""
    if not parts:
        return ()
    rows = tuple((part.organisation, STATES[part.state], how(part)) for part in parts)
    columns = (Column("Part"), Column("Läge"), Column("Hur"))
    blocks: list[Block] = [Table("parties", "Parterna", columns, rows)]
    blocks += [Quote(part.organisation, part.contribution) for part in parts if part.contribution]
    return (DocumentSection("parties", "Parterna och deras bidrag", tuple(blocks)),)


def how(part: ShownPart) -> str:
    """Return how the part was released: by whom, in which way, when; or why it is left out."""
    if part.release is None:
        return part.left_out_note
    release = part.release
    who = release.function or release.by
    text = f"{who}, {release.way_text}, {moment(release.at)}"
    return f"{text}. {release.note}" if release.note else text


def method_section(shown: ShownPicture) -> DocumentSection:
    """Return how it was counted, and what the document is made with."""
    notes: list[Block] = [Note(text) for text in METHOD]
    made = f"Siffrorna hämtades {moment(shown.numbers.made_at)} med Samsyn {shown.numbers.code_version}."
    if shown.checksum:
        made += f" Kontrollsumma (SHA-256): {shown.checksum}."
    return DocumentSection("method", "Så räknade vi", (*notes, Note(made)))
