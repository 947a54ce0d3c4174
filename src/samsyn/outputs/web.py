"""The picture as data for templates: the same blocks as the documents, with figures in the page's inks."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from samsyn.outputs.blocks import Block, Figure, Note, Paragraph, PictureDocument, Quote, Table
from samsyn.outputs.svg import for_web

NO_DRAWING = SafeString("")
KINDS: dict[type, str] = {
    Figure: "figure",
    Table: "table",
    Paragraph: "paragraph",
    Note: "note",
    Quote: "quote",
}


@dataclass(frozen=True)
class WebBlock:
    """One block for a template: `kind` is figure, table, paragraph, note or quote; `block` holds it.

    A figure has its drawing in `drawing`, safe to put in the page: it is made here, its texts escaped.
    """

    kind: str
    block: Block
    drawing: SafeString = NO_DRAWING


@dataclass(frozen=True)
class WebSection:
    """A section with its sentences apart from what stands beside them."""

    key: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    beside: tuple[WebBlock, ...]


def page_data(document: PictureDocument) -> tuple[WebSection, ...]:
    """Return the sections of the picture page: text to the left, figures and tables to the right."""
    return tuple(
        WebSection(
            key=section.key,
            title=section.title,
            paragraphs=tuple(block for block in section.blocks if isinstance(block, Paragraph)),
            beside=tuple(
                web_block(block) for block in section.blocks if not isinstance(block, Paragraph)
            ),
        )
        for section in document.sections
    )


def web_block(block: Block) -> WebBlock:
    drawing = NO_DRAWING
    if isinstance(block, Figure):
        drawing = mark_safe(for_web(block.svg))  # noqa: S308 - drawn here, all texts in it escaped
    return WebBlock(KINDS[type(block)], block, drawing)


def plain(document: PictureDocument) -> dict[str, Any]:
    """Return the document as plain values, figures without their drawings: for tests and programs."""
    data = asdict(document)
    for section in data["sections"]:
        for block in section["blocks"]:
            block.pop("svg", None)
    return data
