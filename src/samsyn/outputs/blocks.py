"""What a document is made of. Web, PDF and Word render the same blocks, so that no number can differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from samsyn.domains.situation.result import Source


@dataclass(frozen=True)
class Column:
    """A table column; numbers stand to the right with figures of equal width."""

    title: str
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """A table of finished texts. The first cell of each row is its heading."""

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    is_dense: bool = False


@dataclass(frozen=True)
class Figure:
    """A chart or a map as SVG, with its title, what it shows in words, and its equal table.

    `width` and `height` are in px of the SVG. `alt` says the same as the figure.
    """

    key: str
    kind: Literal["chart", "map"]
    title: str
    svg: str
    alt: str
    width: int
    height: int
    table: Table
    credit: str = ""


@dataclass(frozen=True)
class Line:
    """One sentence of a paragraph, with the rows it rests on."""

    key: str
    text: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    key: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Note:
    """A remark beside the text: how it was counted, or a caution."""

    text: str
    tone: Literal["plain", "caution"] = "plain"


@dataclass(frozen=True)
class Quote:
    """A party's own contribution, under its name."""

    who: str
    text: str


Block = Figure | Table | Paragraph | Note | Quote


@dataclass(frozen=True)
class DocumentSection:
    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class PictureDocument:
    """A picture, or other content of the house, as a document.

    `facts` are (label, value) pairs under the title; `kind` says in a word what it is, for its properties.
    """

    title: str
    subtitle: str
    state_text: str
    checksum: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[DocumentSection, ...]
    banner: str = ""
    language: str = "sv-SE"
    kind: str = "lägesbild"

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in reading order."""
        return tuple(block for section in self.sections for block in section.blocks)
