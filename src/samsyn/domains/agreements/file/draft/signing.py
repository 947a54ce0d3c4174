"""Signatures by function: place, date and titles. The names of those who signed are passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from samsyn.domains.agreements.file.draft.belonging import named_party
from samsyn.domains.agreements.file.draft.dates import DATE, originals, read_date
from samsyn.domains.agreements.file.draft.functions import functions_in, plain_title
from samsyn.domains.agreements.file.draft.notes import Notes
from samsyn.domains.agreements.file.draft.organisations import key_of, mentions_in
from samsyn.domains.agreements.file.draft.prose import Block, Prose, Span

_PLACE_DATE = re.compile(
    rf"^\W*(?:Ort\s+och\s+datum\s*:?\s*|Underskrift\w*\s+)?(?P<place>[A-ZÅÄÖ][a-zåäö]+(?:\s[A-ZÅÄÖ][a-zåäö]+)?),?\s+(?:den\s+|i\s+)?(?:(?<=den )[\s/_.…-]*)?(?P<date>{DATE})\W*"
)
_DATE_LABEL = re.compile(rf"^Datum\s*:?\s*(?P<date>{DATE})\W*$")
_PLACE_LABEL = re.compile(r"^Ort\s*:\s*(?P<place>[A-ZÅÄÖ][a-zåäö]+(?:\s[A-ZÅÄÖ][a-zåäö]+)?)\W*$")
_TITLES = (
    r"(?:kommunstyrelsens\s+(?:1:e\s+|förste\s+|andre\s+|2:e\s+)?(?:vice\s+)?ordförande|ordförande(?:n)?(?:\s+i\s+kommunstyrelsen)?|kommunalråd(?:et)?|oppositionsråd(?:et)?|kommundelsråd"
    r"|(?:stf\.?\s+|tf\.?\s+|biträdande\s+|t\.f\.?\s+)?(?:[\wåäö]+-\s+och\s+)?[\wåäö]*(?:direktör|chef)(?:en)?(?:\s+för\s+lokalpolisområdet?(?:\s+[A-ZÅÄÖ][\wåäö]+)?)?|(?:verkställande\s+direktör)(?:en)?|vd\b|[\wåäö]{3,}(?:samordnare|rektor|strateg))"
)
_TITLE = re.compile(rf"(?<![\wåäö-])(?:verkställande\s+direktör(?:en)?|chef\s+lokalpolisområde\w*|{_TITLES})(?![\wåäö])", re.IGNORECASE)  # fmt: skip
_HEADING = re.compile(r"underskrift|undertecknande|signatur", re.IGNORECASE)
_CELLS = re.compile(r"\t+|\s{3,}")


@dataclass(frozen=True)
class Signing:
    """The stretch where the parties sign, and its blocks."""

    span: Span
    blocks: tuple[Block, ...]


def find_signing(prose: Prose) -> list[Signing]:
    """The signature blocks: from a line with place and date, or a heading, to the next real section."""
    found: list[Signing] = []
    number = 0
    while number < len(prose.blocks):
        block = prose.blocks[number]
        words = prose.words_of(block)
        dated = len(words) < 90 and (_PLACE_DATE.match(words) or _DATE_LABEL.match(words))
        if not dated and not (block.kind == "heading" and _HEADING.search(words)):
            number += 1
            continue
        taken = [block]
        number += 1
        while number < len(prose.blocks) and _may_sign(prose, number):
            taken.append(prose.blocks[number])
            number += 1
        span = Span(taken[0].span.start, taken[-1].span.end)
        if any(_TITLE.search(prose.words_of(part)) for part in taken):
            found.append(Signing(span, tuple(taken)))
    return found


def _may_sign(prose: Prose, number: int) -> bool:
    """Short lines sign; a heading that prose follows is a new section."""
    block = prose.blocks[number]
    words = prose.words_of(block)
    if re.fullmatch(r"[.…_\s-]*", words):
        return True
    if len(words) > 160 or (words.endswith(".") and len(words) > 60) or block.kind == "row":
        return False
    following = prose.blocks[number + 1] if number + 1 < len(prose.blocks) else None
    new_section = block.kind == "heading" and (
        bool(block.number)
        or (following is not None and following.kind != "heading" and len(prose.words_of(following)) > 120)
    )  # fmt: skip
    return not (new_section and not _TITLE.search(words))


def propose_signatures(prose: Prose, notes: Notes, signings: list[Signing]) -> None:
    """Date, place, functions and number of originals."""
    for signing in signings:
        for block in signing.blocks:
            words = prose.words_of(block)
            for pattern in (_PLACE_DATE, _DATE_LABEL, _PLACE_LABEL):
                match = pattern.match(words)
                if match:
                    _propose_place_and_date(prose, notes, block, match)
        _propose_titles(prose, notes, signing)
    counted = originals(prose)
    if counted:
        number, span = counted
        notes.add("signature", "signatures.originals", number, span, confidence=0.85, rule="originals")  # fmt: skip


def _propose_place_and_date(prose: Prose, notes: Notes, block: Block, match: re.Match[str]) -> None:
    for group, said in match.groupdict().items():
        span = prose.find(said, block.span)
        value = read_date(said) if group == "date" else said
        if span and value:
            notes.add("signature", f"signatures.{group}", value, span, confidence=0.9, rule="place_and_date")  # fmt: skip


@dataclass(frozen=True)
class _Cell:
    """A part of a line between wide gaps: its place, line and column."""

    span: Span
    line: int
    column: int


def _cells(prose: Prose, signing: Signing) -> Iterator[_Cell]:
    place, line = signing.span.start, 0
    for raw in prose.text[signing.span.start : signing.span.end].split("\n"):
        if raw.strip():
            start, column = place, 0
            for gap in [*_CELLS.finditer(raw), None]:
                end = place + (gap.start() if gap else len(raw))
                if end > start:
                    yield _Cell(Span(start, end), line, column)
                    column += 1
                start = place + (gap.end() if gap else 0)
            line += 1
        place += len(raw) + 1


def _propose_titles(prose: Prose, notes: Notes, signing: Signing) -> None:
    cells = list(_cells(prose, signing))
    last = signing.span.start
    for cell in cells:
        for match in _TITLE.finditer(prose.flat, cell.span.start, _end_of_title(prose, cell)):
            span = Span(match.start(), match.end())
            party = _party(prose, notes, cells, cell, span, Span(last, span.start))
            last = match.end()
            number = len(list(notes.under("signatures.signatories")))
            words = plain_title(prose.clean(span)) if functions_in("x " + prose.clean(span)) else prose.clean(span)  # fmt: skip
            notes.add(
                "signatory", f"signatures.signatories.{number}",
                {"party": party, "function": words[:1].upper() + words[1:]}, span,
                confidence=0.85 if party else 0.4, rule="title", sentence=cell.span,
            )  # fmt: skip


def _end_of_title(prose: Prose, cell: _Cell) -> int:
    """The cell, or the next line too where the title breaks: ”Kommunstyrelsens / ordförande”."""
    if not re.search(r"kommunstyrelsens\s*$", prose.flat[cell.span.start : cell.span.end], re.IGNORECASE):  # fmt: skip
        return cell.span.end
    following = re.compile(r"\s*ordförande").match(prose.flat, cell.span.end)
    return following.end() if following else cell.span.end


def _party(
    prose: Prose, notes: Notes, cells: list[_Cell], cell: _Cell, title: Span, before: Span
) -> str | None:
    """The party behind a title: on its line, told by the title, or in the same column near it."""
    on_line = _named(prose, notes, cell.span)
    if on_line:
        return on_line
    told = _told_by_title(prose, notes, title)
    if told:
        return told
    column = [c for c in cells if c.column == cell.column and c.line != cell.line]
    for other in sorted(column, key=lambda c: (abs(c.line - cell.line), c.line > cell.line)):
        named = _named(prose, notes, other.span)
        if named and abs(other.line - cell.line) <= 4:
            return named
    return _named(prose, notes, before)


def _named(prose: Prose, notes: Notes, span: Span) -> str | None:
    parties = dict(notes.under("parties"))
    keys = {}
    for name, value in parties.items():
        proposal = notes.found[f"parties.{name}"]
        for mention in mentions_in(prose, Span(proposal.words.start, proposal.words.end)):
            keys[key_of(mention)] = name
        if value["kind"] == "police_area":
            keys["police:"] = name
    for mention in reversed(mentions_in(prose, span)):
        if key_of(mention) in keys:
            return keys[key_of(mention)]
        if mention.kind in ("police", "police_area") and "police:" in keys:
            return keys["police:"]
    named = named_party(notes, prose.clean(span))
    return named if named in parties else None


def _told_by_title(prose: Prose, notes: Notes, title: Span) -> str | None:
    words = prose.clean(title).casefold()
    wanted = None
    if "polis" in words:
        wanted = "police_area"
    elif "kriminalvård" in words or "frivård" in words:
        wanted = "probation"
    elif "region" in words or "sjukvård" in words:
        wanted = "region"
    elif re.search(r"kommun|råd\b|stads|social|förvaltning|säkerhet", words):
        wanted = "municipality"
    candidates = [name for name, value in notes.under("parties") if value["kind"] == wanted]
    return candidates[0] if len(candidates) == 1 else None
