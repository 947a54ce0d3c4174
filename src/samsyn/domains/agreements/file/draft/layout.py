"""Lines into headings, paragraphs, list items and table rows, by how they stand on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from samsyn.domains.agreements.file.draft.verbs import has_finite_verb

BlockKind = Literal["heading", "paragraph", "item", "row"]

MARKER = re.compile(r"\s*(?:[-•*–—·▪●○◦►➢✓\uf0b7\uf0a7\uf02d]|o(?= )|\(?\d{1,2}\)|\(?[a-zåäö]\))\s+|\s*[•▪●\uf0b7](?=\S)")  # fmt: skip
_NUMBER = re.compile(r"\s*(?:(?:§|Kap(?:itel)?\.?|Artikel)\s*)?(?P<n>\d{1,2}(?:\.\d{1,2}){0,3})(?:\s*§)?(?P<dot>[.:]?)\s+(?=\S)|\s*#{1,6}\s+")  # fmt: skip
_ROMAN = re.compile(r"\s*(?P<n>X{0,2}(?:IX|IV|V?I{1,3}|V|X))\.\s+(?=[A-ZÅÄÖ])")
_GAP = re.compile(r"\t+|\s{3,}")
_LABELLED = re.compile(r"\s*(?:Från|För)\s+[\wåäö]+:\s+\S")
_DATE_LINE = re.compile(r"\b(?:19|20)\d\d\b")
_LABEL = re.compile(
    r"(?:Åtgärd|Aktivitet|Insats|Åtagande|Uppgift|Ansvarig\w*|När|Tid\w*|Deltagare|Ledamöter|Sammankallande|Ordförande|Ort|Datum|Frekvens)\s*:\s"
)
_SPOKEN = re.compile(
    r"^(?:Så|Det|Vem|Vad|Hur|Varför|När|Vi|Här)\b|^(?:Kommunen|Polisen|Regionen)\s+\w+$"
)


@dataclass(frozen=True)
class Span:
    """A stretch of the text: ``prose.text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True)
class Piece:
    """One block as it stands: its kind, its place, and the number written before it."""

    kind: BlockKind
    span: Span
    number: str = ""
    body: int = 0  # where its words begin, after marker and number
    cells: tuple[Span, ...] = ()
    header: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Line:
    span: Span
    words: str
    indent: int
    after_blank: bool


def pieces_of(text: str) -> list[Piece]:
    """The blocks of a text in order."""
    lines = _lines(text)
    return _Blocks(text, lines).found


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    place, blank = 0, True
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = place + len(raw) - len(raw.lstrip())
            span = Span(start, start + len(stripped))
            found.append(_Line(span, stripped, start - place, blank))
            blank = False
        else:
            blank = True
        place += len(raw) + 1
    return found


class _Blocks:
    """Reads the lines one by one; ``found`` holds the blocks."""

    def __init__(self, text: str, lines: list[_Line]) -> None:
        self.text, self.lines = text, lines
        self.width = _wrap_width(lines)
        self.found: list[Piece] = []
        number = 0
        while number < len(lines):
            rows = self._table(number)
            number = rows or self._block(number)

    # Tables

    def _table(self, number: int) -> int:
        """A header line and rows with as many cells; the line after the table, or 0."""
        header = self._cells(number)
        if len(header) < 2:
            return 0
        names = tuple(self._said(cell) for cell in header)
        end = number + 1
        rows = []
        while end < len(self.lines):
            if self.lines[end].after_blank and end > number + 1 and len(self._cells(end)) < 2:
                break
            cells = self._cells(end)
            if len(cells) != len(header):
                cells = self._cut(end, header)
            if len(cells) != len(header):
                break
            rows.append(cells)
            end += 1
        known = sum(bool(_COLUMN.search(name)) for name in names)
        if not rows or known < 2:
            return 0
        self.found.append(Piece("row", self.lines[number].span, body=self.lines[number].span.start))
        for place, cells in enumerate(rows, number + 1):
            span = self.lines[place].span
            self.found.append(Piece("row", span, body=span.start, cells=cells, header=names))
        return end

    def _cells(self, number: int) -> tuple[Span, ...]:
        line = self.lines[number]
        found, start = [], line.span.start
        for gap in _GAP.finditer(self.text, line.span.start, line.span.end):
            found.append(Span(start, gap.start()))
            start = gap.end()
        return (*found, Span(start, line.span.end)) if found else ()

    def _cut(self, number: int, header: tuple[Span, ...]) -> tuple[Span, ...]:
        """A row cut where the header's columns begin, when spaces stand there."""
        line, head = self.lines[number], self.text.rfind("\n", 0, header[0].start) + 1
        row = self.text.rfind("\n", 0, line.span.start) + 1
        places = [row + cell.start - head for cell in header]
        if any(p <= line.span.start or p >= line.span.end or not self.text[p - 1].isspace() for p in places[1:]):  # fmt: skip
            return ()
        found = []
        for start, end in zip(places, [*places[1:], line.span.end], strict=True):
            words = self.text[start:end]
            found.append(
                Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
            )
        return tuple(found) if all(c.start < c.end for c in found) else ()

    def _said(self, span: Span) -> str:
        return " ".join(self.text[span.start : span.end].split())

    # Headings, paragraphs and items

    def _block(self, number: int) -> int:
        line = self.lines[number]
        numbered = _NUMBER.match(line.words) or _ROMAN.match(line.words)
        if self._is_heading(number):
            self._add("heading", line, line.span.end, numbered)
            return number + 1
        listed = self._is_item(number)
        end = number + 1
        while end < len(self.lines) and self._continues(number, end):
            end += 1
        last = self.lines[end - 1].span.end
        marker = MARKER.match(line.words) if listed else None
        self._add("item" if listed else "paragraph", line, last, marker or numbered)
        return end

    def _add(self, kind: BlockKind, line: _Line, end: int, lead: re.Match[str] | None) -> None:
        body = line.span.start + (lead.end() if lead else 0)
        given = lead.groupdict().get("n") if lead else None
        self.found.append(Piece(kind, Span(line.span.start, end), given or "", min(body, end)))

    def _is_item(self, number: int) -> bool:
        words = self.lines[number].words
        return bool(MARKER.match(words) or _LABELLED.match(words)) or self._is_listed(number)

    def _is_listed(self, number: int) -> bool:
        """”1.” followed or preceded by its neighbour in the same list."""
        own = _NUMBER.match(self.lines[number].words)
        if own is None or not own["n"] or "." in own["n"] or not own["dot"]:
            return False
        for step in (-1, 1):
            place = number + step
            if 0 <= place < len(self.lines):
                other = _NUMBER.match(self.lines[place].words)
                if other and other["n"] and "." not in other["n"] and int(other["n"]) == int(own["n"]) + step:  # fmt: skip
                    return True
        return self.lines[number].words[-1] in ".,;" and int(own["n"]) < 20 and self._short(number)

    def _short(self, number: int) -> bool:
        return len(self.lines[number].words) < 70 and not has_finite_verb(self.lines[number].words)

    def _continues(self, first: int, number: int) -> bool:
        """The line belongs to the block that began at ``first``."""
        line, before = self.lines[number], self.lines[number - 1]
        if self._is_item(number) or len(self._cells(number)) > 1:
            return False
        open_ended = before.words[-1] not in ".:;!?"
        small = line.words[0].islower()
        if line.after_blank:
            cut = open_ended and small and not before.words.endswith(" att")
            listed = before.words.endswith(",") and self._is_item(first)
            return cut and not listed and not self._ends(number - 1)
        if _NUMBER.match(line.words) and not _DATE_LINE.search(line.words[:12]):
            return False
        full = self._is_full(number - 1, number)
        if full and (open_ended or not self._is_heading(number)):
            return True
        if self._is_item(first) and line.indent > self.lines[first].indent and (small or full):
            return True
        return small and open_ended

    def _ends(self, number: int) -> bool:
        return len(self.lines[number].words) < 45 and self._is_heading(number)

    def _is_full(self, number: int, following: int) -> bool:
        """The line was broken because the next word had no room."""
        if not self.width:
            return False
        line = self.lines[number]
        word = self.lines[following].words.split(maxsplit=1)[0]
        return line.indent + len(line.words) + 1 + len(word) > self.width

    def _is_heading(self, number: int) -> bool:
        line = self.lines[number]
        plain = " ".join(line.words.replace("*", " ").split())
        numbered = _NUMBER.match(plain) or _ROMAN.match(plain)
        title = plain[numbered.end() :].strip() if numbered else plain
        if not title or len(title) > 100 or title[-1] in ".:,;!" or not title[0].isupper():
            return False
        if (
            _LABEL.match(title)
            or MARKER.match(line.words)
            or _GAP.search(_NUMBER.sub("", line.words, count=1))
            or self._is_listed(number)
        ):
            return False
        if title.endswith((" att", " ska", " skall", " och", " samt", " av", " i", " för")):
            return False
        following = self.lines[number + 1] if number + 1 < len(self.lines) else None
        asked = title.endswith("?") or bool(_SPOKEN.match(title) and len(title) < 45)
        if has_finite_verb(title) and not asked:
            return False
        if numbered and numbered.groupdict().get("n"):
            return True
        if len(title.split()) > 14:
            return False
        if following is None or following.after_blank:
            return line.after_blank or self._stands_free(number)
        return self._stands_free(number) and self._heads(number, following)

    def _stands_free(self, number: int) -> bool:
        """What comes before has ended: nothing, a full stop, or a heading."""
        line = self.lines[number]
        if line.after_blank or number == 0 or line.words.isupper():
            return True
        before = self.lines[number - 1].words
        if _NUMBER.match(before) and self._is_heading(number - 1):
            return True
        return before[-1] in ".:!?" and not self._is_full(number - 1, number)

    def _heads(self, number: int, following: _Line) -> bool:
        """What comes after begins anew."""
        title = self.lines[number].words
        if _DATE_LINE.search(title) and not title.isupper() and number > 12:
            return False
        if self.width and self._is_full(number, number + 1) and not title.isupper():
            return False
        first = following.words[0]
        begins = first.isupper() or first.isdigit() or bool(MARKER.match(following.words)) or first in "§”\"("  # fmt: skip
        longer = len(title) <= 60 and (len(following.words) > 1.6 * len(title) or following.words[-1] in ".:" or bool(MARKER.match(following.words)))  # fmt: skip
        short = self.lines[number].after_blank and len(title) <= 45 and len(following.words) < 45
        return begins and (longer or short or title.isupper() or number < 6)


_COLUMN = re.compile(
    r"^(?:part(?:er|ens namn)?|namn|org\w*\.?\s?(?:nr|nummer)|organisationsnummer|kontakt\w*|adress|forum|grupp\w*|möte\w*|samverkansform\w*|organ|"
    r"(?:hur\s+)?ofta|frekvens|intervall|mötesfrekvens|när|tid\w*|datum|deltagare|funktion\w*|ledamöter|sammansättning|medlemmar|"
    r"ansvar\w*|sammankallande|ordförande|aktivitet\w*|åtgärd\w*|åtagande\w*|insats\w*|uppgift\w*|vad|vem|uppföljning|klart\s+senast|mål\w*|roll\w*)\b",
    re.IGNORECASE,
)


def _wrap_width(lines: list[_Line]) -> int:
    """At how many signs the text is broken into lines; 0 where each paragraph is one line."""
    lengths = sorted(line.indent + len(line.words) for line in lines)
    if len(lengths) < 8:
        return 0
    longest = lengths[int(len(lengths) * 0.97)]
    tight = [
        before
        for before, line in pairwise(lines)
        if not line.after_blank
        and line.words[0].islower()
        and before.words[-1] not in ".:;"
        and not MARKER.match(line.words)
    ]
    if longest > 170 or len(tight) < 4:
        return 0
    usual = sorted(line.indent + len(line.words) for line in tight)
    return max(int(0.82 * usual[-1]), 40)
