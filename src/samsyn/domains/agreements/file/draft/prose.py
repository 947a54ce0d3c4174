"""The prose of an agreement in sections, blocks and sentences, each with its place in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item"]

_MARKER = re.compile(r"\s*(?:[-•*–·▪●○◦\uf0b7]|o(?= )|\(?\d{1,2}[.)]|[a-zåäö]\))\s+")
_LABELLED = re.compile(r"\s*(?:Från|För)\s+[\wåäö]+:\s+\S")
_NUMBERING = re.compile(r"\s*(?:§\s*)?\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+(?=\S)|\s*#{1,6}\s+")
_ABBREVIATIONS = (
    "t.ex", "bl.a", "d.v.s", "m.fl", "m.m", "s.k", "ex", "kl", "nr", "ca", "resp", "fr.o.m",
    "t.o.m", "o.s.v", "osv", "dvs", "jfr", "jmf", "st", "tel", "f.d", "p.g.a", "mfl", "etc", "inkl",
)  # fmt: skip
_STOP = re.compile(r"[.!?…]+[”\"»)\]]*(?=\s+[”\"«»(]?[A-ZÅÄÖÉ0-9”\"])")
_PAGE = re.compile(r"(?:Sida|Sid\.?|s\.)?\s*\d{1,3}\s*(?:\(\d{1,3}\)|av\s+\d{1,3}|/\s*\d{1,3})?", re.IGNORECASE)  # fmt: skip
_DATE_LINE = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Span:
    """A stretch of the text: ``prose.text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph or a list item."""

    kind: BlockKind
    span: Span
    section: int


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
    blocks: list[int] = field(default_factory=list)


class Prose:
    """A text taken apart. ``text`` is kept as it came; every place counts characters in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        # Same length as the text, so that places agree: line breaks and emphasis become spaces.
        self.flat = re.sub(r"[\s*_]", " ", _without_page_numbers(text))
        self.sections: list[Section] = [Section("", Span(0, 0))]
        self.blocks: list[Block] = []
        for start, end in _stretches(text):
            self._take(start, end)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Every sentence outside headings, in order."""
        return [
            sentence
            for number, block in enumerate(self.blocks)
            if block.kind != "heading"
            for sentence in self._split(number, block)
        ]

    def clean(self, span: Span) -> str:
        """The words of a stretch with single spaces and no emphasis."""
        return " ".join(self.flat[span.start : span.end].split())

    def words_of(self, block: Block) -> str:
        """A block's words without its list marker."""
        return self.clean(self.body_of(block))

    def body_of(self, block: Block) -> Span:
        """The stretch of a block without its list marker."""
        raw = self.text[block.span.start : block.span.end]
        marker = _MARKER.match(raw) if block.kind == "item" else None
        return Span(block.span.start + (marker.end() if marker else 0), block.span.end)

    def heading_of(self, block: Block) -> str:
        """The heading that a block stands under; empty before the first."""
        return self.sections[block.section].heading

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

    def _take(self, start: int, end: int) -> None:
        """One stretch between blank lines: a heading, a paragraph, or a list."""
        lines = list(_lines(self.text, start, end))
        while lines and self._is_heading(lines):
            self._heading(lines.pop(0))
        paragraph: Span | None = None
        item: Span | None = None
        for line in lines:
            raw = self.text[line.start : line.end]
            if _MARKER.match(raw) or _LABELLED.match(raw):
                self._close(paragraph, item)
                paragraph, item = None, line
            elif item is not None and not _begins_anew(self.text[item.start : item.end], raw):
                item = Span(item.start, line.end)
            else:
                self._close(None, item)
                item = None
                paragraph = Span(paragraph.start if paragraph else line.start, line.end)
        self._close(paragraph, item)

    def _close(self, paragraph: Span | None, item: Span | None) -> None:
        if paragraph:
            self._add("paragraph", paragraph)
        if item:
            self._add("item", item)

    def _is_heading(self, lines: list[Span]) -> bool:
        raw = self.text[lines[0].start : lines[0].end]
        words = " ".join(raw.replace("*", " ").split())
        numbered = _NUMBERING.match(raw)
        title = words[len(" ".join(numbered.group().split())) :].strip() if numbered else words
        if not title or len(title) > 90 or title[-1] in ".:,;!?" or not title[0].isupper():
            return False
        if _MARKER.match(raw) and not (numbered and len(lines) == 1 and len(title.split()) <= 6):
            return False
        if len(lines) == 1:
            return True
        following = self.text[lines[1].start : lines[1].end].strip()
        longest = max(line.end - line.start for line in lines)
        short = len(title) <= 60 and len(title) < 0.6 * longest
        return short and following[:1].isupper() and not _DATE_LINE.search(title)

    def _heading(self, line: Span) -> None:
        raw = self.text[line.start : line.end]
        numbered = _NUMBERING.match(raw)
        start = line.start + (numbered.end() if numbered else 0)
        self.sections.append(Section(self.clean(Span(start, line.end)), Span(start, line.end)))
        self._add("heading", line)

    def _add(self, kind: BlockKind, span: Span) -> None:
        section = len(self.sections) - 1
        self.sections[section].blocks.append(len(self.blocks))
        self.blocks.append(Block(kind, span, section))

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
            span = Span(start, end)
            found.append(Sentence(span, self.clean(span), block))


def _begins_anew(item: str, line: str) -> bool:
    """After a short item, a line with a capital letter is no continuation."""
    last = item.rsplit("\n", maxsplit=1)[-1]
    return len(last) < 60 and line.strip()[:1].isupper()


def _without_page_numbers(text: str) -> str:
    """The text with page numbers as spaces; as long as before."""
    lines = text.splitlines(keepends=True)
    return "".join(
        " " * len(line) if line.strip() and _PAGE.fullmatch(line.strip()) else line
        for line in lines
    )


def _stretches(text: str) -> list[tuple[int, int]]:
    """Runs of lines that are neither blank nor a page number."""
    runs: list[tuple[int, int]] = []
    start = None
    position = 0
    for line in text.splitlines(keepends=True):
        if line.strip() and not _PAGE.fullmatch(line.strip()):
            start = position if start is None else start
        elif start is not None:
            runs.append((start, position))
            start = None
        position += len(line)
    if start is not None:
        runs.append((start, position))
    return _rejoined(text, runs)


def _rejoined(text: str, runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs that a page break has cut in the middle of a sentence, whole again."""
    whole: list[tuple[int, int]] = []
    for start, end in runs:
        before = text[whole[-1][0] : whole[-1][1]].rstrip() if whole else ""
        words = text[start:end].lstrip()
        if (
            before
            and before[-1] not in ".:;!?"
            and words[:1].islower()
            and not _MARKER.match(words)
        ):
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole


def _lines(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    position = start
    for line in text[start:end].splitlines(keepends=True):
        length = len(line.rstrip())
        if length:
            spans.append(Span(position, position + length))
        position += len(line)
    return spans


def _is_abbreviation(before: str) -> bool:
    word = before.rsplit(maxsplit=1)[-1].lstrip('(”"').casefold() if before.split() else ""
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha())
