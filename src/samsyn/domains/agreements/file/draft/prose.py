"""The prose of an agreement in sections, blocks and sentences, each with its place in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from samsyn.domains.agreements.file.draft.layout import BlockKind, Piece, Span, pieces_of

__all__ = ["Block", "Prose", "Section", "Sentence", "Span"]

_ABBREVIATIONS = (
    "t.ex", "bl.a", "d.v.s", "m.fl", "m.m", "s.k", "ex", "kl", "nr", "ca", "resp", "fr.o.m",
    "t.o.m", "o.s.v", "osv", "dvs", "jfr", "jmf", "st", "tel", "f.d", "p.g.a", "mfl", "etc", "inkl",
    "tf", "stf", "bitr", "org", "org.nr", "kap", "ggr", "sid", "jan", "feb", "aug", "sept", "okt", "nov", "dec",
)  # fmt: skip
_LONGEST = 1500  # no sentence of an agreement is longer
_STOP = re.compile(r"[.!?…]+[”\"»)\]]*(?=\s+[”\"«»(]?[A-ZÅÄÖÉ0-9”\"])")


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, a list item or a table row; ``lead`` is the block that introduces a list."""

    kind: BlockKind
    span: Span
    section: int
    number: str = ""
    body: int = 0
    lead: int | None = None
    cells: tuple[Span, ...] = ()
    header: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sentence:
    """One sentence, with the block it stands in."""

    span: Span
    text: str
    block: int


@dataclass
class Section:
    """A heading and what follows it up to the next heading."""

    heading: str
    span: Span
    number: str = ""
    blocks: list[int] = field(default_factory=list)


class Prose:
    """A text taken apart. ``text`` is kept as it came; every place counts characters in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        # Same length as the text, so that places agree: line breaks and emphasis become spaces.
        self.flat = re.sub(r"[\s*_]", " ", text)
        self.sections: list[Section] = [Section("", Span(0, 0))]
        self.blocks: list[Block] = []
        for piece in pieces_of(text):
            self._take(piece)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Every sentence outside headings and tables, in order."""
        return [
            sentence
            for number, block in enumerate(self.blocks)
            if block.kind in ("paragraph", "item")
            for sentence in self._split(number, block)
        ]

    def clean(self, span: Span) -> str:
        """The words of a stretch with single spaces and no emphasis."""
        return " ".join(self.flat[span.start : span.end].split())

    def words_of(self, block: Block) -> str:
        """A block's words without its list marker or number."""
        return self.clean(self.body_of(block))

    def body_of(self, block: Block) -> Span:
        """The stretch of a block without its list marker or number."""
        return Span(max(block.body, block.span.start), block.span.end)

    def heading_of(self, block: Block) -> str:
        """The heading that a block stands under; empty before the first."""
        return self.sections[block.section].heading

    def clause_of(self, block: Block) -> str:
        """The document's own number for what a block says; empty where it numbers nothing."""
        lead = self.blocks[block.lead] if block.lead is not None else None
        for number in (block.number, lead.number if lead else ""):
            if "." in number:
                return number
        return self.sections[self._numbered[block.section]].number

    def title_of_clause(self, block: Block) -> str:
        """The heading that the number of `clause_of` stands at."""
        return self.sections[self._numbered[block.section]].heading

    @cached_property
    def _numbered(self) -> list[int]:
        """The section whose number counts: a sub-heading without one keeps the number above it."""
        numbered = [number for number, section in enumerate(self.sections) if section.number]
        found: list[int] = []
        for number, section in enumerate(self.sections):
            above = found[-1] if found else number
            within = len(numbered) > 1 and numbered[0] < number < numbered[-1]
            small = not section.number and not section.heading.isupper()
            found.append(above if within and small and self.sections[above].number else number)
        return found

    def block_at(self, position: int) -> Block | None:
        """The block that holds a place in the text."""
        place = bisect_right(self._block_starts, position) - 1
        block = self.blocks[place] if place >= 0 else None
        return block if block and position < block.span.end else None

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence that holds a place in the text."""
        place = bisect_right(self._sentence_starts, position) - 1
        sentence = self.sentences[place] if place >= 0 else None
        return sentence if sentence and position < sentence.span.end else None

    def sentences_in(self, block: int) -> list[Sentence]:
        return self._by_block.get(block, [])

    @cached_property
    def _by_block(self) -> dict[int, list[Sentence]]:
        found: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.block, []).append(sentence)
        return found

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.span.start for block in self.blocks]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.sentences]

    def find(self, words: str, within: Span) -> Span | None:
        """Where ``words`` stand within a stretch, whatever spaces and line breaks lie between."""
        pattern = r"\s+".join(re.escape(word) for word in words.split())
        found = re.compile(pattern).search(self.flat, within.start, within.end)
        return Span(*found.span()) if found else None

    def _take(self, piece: Piece) -> None:
        if piece.kind == "heading":
            span = Span(piece.body, piece.span.end)
            self.sections.append(Section(self.clean(span), span, piece.number))
        section = len(self.sections) - 1
        number = len(self.blocks)
        self.sections[section].blocks.append(number)
        lead = self._lead_of_next() if piece.kind == "item" else None
        self.blocks.append(
            Block(
                piece.kind, piece.span, section, piece.number, piece.body, lead, piece.cells, piece.header,
            )
        )  # fmt: skip

    def _lead_of_next(self) -> int | None:
        """What introduces the list that an item after the last block belongs to."""
        if not self.blocks:
            return None
        last = self.blocks[-1]
        return last.lead if last.kind == "item" else len(self.blocks) - 1

    def _split(self, number: int, block: Block) -> list[Sentence]:
        span = self.body_of(block)
        found: list[Sentence] = []
        start = span.start
        for stop in _STOP.finditer(self.flat, span.start, span.end):
            if _is_abbreviation(self.flat[span.start : stop.start()]):
                continue
            self._sentence(found, start, stop.end(), number)
            start = stop.end()
        self._sentence(found, start, span.end, number)
        return found

    def _sentence(self, found: list[Sentence], start: int, end: int, block: int) -> None:
        while start < end and self.flat[start] == " ":
            start += 1
        while end > start and self.flat[end - 1] == " ":
            end -= 1
        if end > start:
            span = Span(start, min(end, start + _LONGEST))
            found.append(Sentence(span, self.clean(span), block))


def _is_abbreviation(before: str) -> bool:
    word = before[-30:].rsplit(maxsplit=1)[-1].lstrip('(”"').casefold() if before.split() else ""
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word not in "iåö")
