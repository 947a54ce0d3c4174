"""The slides of meeting mode: one thing on each, as much as can be read across a room without scrolling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from samsyn.domains.situation.shown import ShownPicture
from samsyn.outputs.blocks import Table
from samsyn.outputs.picture_document import document_of
from samsyn.outputs.web import WebBlock, WebSection, page_data

LEFT_OUT = {"parties", "method"}
# What a column holds on the smallest screen that is shown on walls, 1280 × 720.
LETTERS_A_LINE, LINES = 38, 10.0
ROWS_BESIDE, ROWS_ALONE = 6, 8


@dataclass(frozen=True)
class Slide:
    """One thing on the screen: some sentences and one figure or table, or one of them alone."""

    section: str
    title: str
    sentences: tuple[str, ...]
    beside: WebBlock | None


def slides_of(shown: ShownPicture) -> list[Slide]:
    """Return the slides: each section with its first figure, what does not fit on slides of its own."""
    sections = (one for one in page_data(document_of(shown)) if one.key not in LEFT_OUT)
    return [slide for section in sections for slide in slides_in(section)]


def slides_in(section: WebSection) -> Iterator[Slide]:
    """Give the section's slides: words beside the first figure, then more words, then further figures."""
    words = [line.text for paragraph in section.paragraphs for line in paragraph.lines]
    words += [note.text for note in notes_in(section)]
    blocks = [one for one in section.beside if one.kind != "note"]
    first, *rest = [piece for block in blocks for piece in in_pieces(block, bool(words))] or [None]
    texts = in_screens(words)
    if texts or first:
        yield Slide(section.key, section.title, texts[0] if texts else (), first)
    for text in texts[1:]:
        yield Slide(section.key, section.title, text, None)
    for block in rest:
        yield Slide(section.key, section.title, (), block)


def notes_in(section: WebSection) -> list[object]:
    """Return the notes that must be read with the figures: that a part is not released."""
    return [
        one.block for one in section.beside if one.kind == "note" and one.block.tone == "caution"
    ]  # type: ignore[union-attr]


def in_screens(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the sentences in as many screens as they need; a sentence is never cut."""
    screens: list[list[str]] = []
    taken = LINES + 1
    for text in words:
        lines = -(-len(text) // LETTERS_A_LINE) + 0.5
        if taken + lines > LINES:
            screens.append([])
            taken = 0.0
        screens[-1].append(text)
        taken += lines
    return [tuple(screen) for screen in screens]


def in_pieces(block: WebBlock, has_words: bool) -> list[WebBlock]:
    """Return a figure as it is, a long table as one slide beside the words and one alone; the rest is told of."""
    table = block.block
    if not isinstance(table, Table):
        return [block]
    first = ROWS_BESIDE if has_words else ROWS_ALONE
    pieces = [table.rows[:first], table.rows[first : first + ROWS_ALONE]]
    left = len(table.rows) - first - ROWS_ALONE
    told = _("Och %(n)s rader till, som finns i lägesbilden.") % {"n": left} if left > 0 else ""
    shown = [replace(table, rows=rows, note="") for rows in pieces if rows]
    shown[-1:] = [replace(one, note=f"{told} {table.note}".strip()) for one in shown[-1:]]
    return [replace(block, block=one) for one in shown]
