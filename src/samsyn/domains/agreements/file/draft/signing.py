"""Signatures by function: place, date and titles. The names of those who signed are passed over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from samsyn.domains.agreements.file.draft.dates import DATE, originals, read_date
from samsyn.domains.agreements.file.draft.notes import Notes
from samsyn.domains.agreements.file.draft.organisations import mentions_in
from samsyn.domains.agreements.file.draft.prose import Block, Prose, Span

_PLACE_DATE = re.compile(
    rf"^\W*(?:Ort\s+och\s+datum:?\s*)?(?P<place>[A-ZÅÄÖ][a-zåäö]+(?:\s[A-ZÅÄÖ][a-zåäö]+)?),?\s+(?:den\s+)?(?P<date>{DATE})\W*$"
)
TITLES = (
    r"(?:kommunstyrelsens\s+(?:1:e\s+|förste\s+|andre\s+|2:e\s+)?(?:vice\s+)?ordförande|ordförande(?:\s+i\s+kommunstyrelsen)?|kommunalråd|oppositionsråd"
    r"|(?:stf\.?\s+|tf\.?\s+|biträdande\s+)?(?:kommundirektör|stadsdirektör|regiondirektör|kommunchef|förvaltningschef|förvaltningsdirektör|socialchef|socialdirektör|säkerhetschef|lokalpolisområdeschef"
    r"|polisområdeschef|regionpolischef|kriminalvårdschef|frivårdschef|räddningschef|verkställande\s+direktör|vd)|chef(?:\s+för)?\s+lokalpolisområde\w*)"
)
_TITLE = re.compile(rf"\b{TITLES}\b", re.IGNORECASE)
_HEADING = re.compile(r"underskrift|undertecknande|signatur", re.IGNORECASE)


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
        dated = len(words) < 60 and _PLACE_DATE.match(words)
        if not dated and not (block.kind == "heading" and _HEADING.search(words)):
            number += 1
            continue
        taken = [block]
        number += 1
        while number < len(prose.blocks) and _may_sign(prose, number):
            taken.append(prose.blocks[number])
            number += 1
        tail = Span(taken[0].span.start, taken[-1].span.end)
        if any(_TITLE.search(prose.words_of(part)) for part in taken):
            found.append(Signing(tail, tuple(taken)))
    return found


def _may_sign(prose: Prose, number: int) -> bool:
    """Short lines sign; a heading that prose follows is a new section."""
    block = prose.blocks[number]
    words = prose.words_of(block)
    if len(words) > 160 or (words.endswith(".") and len(words) > 60):
        return False
    following = prose.blocks[number + 1] if number + 1 < len(prose.blocks) else None
    titled = _TITLE.search(words)
    return not (
        block.kind == "heading"
        and following is not None
        and following.kind == "paragraph"
        and len(prose.words_of(following)) > 120
        and not titled
    )


def propose_signatures(prose: Prose, notes: Notes, signings: list[Signing]) -> None:
    """Date, place, functions and number of originals."""
    for signing in signings:
        for block in signing.blocks:
            words = prose.words_of(block)
            match = _PLACE_DATE.match(words)
            if match and read_date(match["date"]):
                for group in ("place", "date"):
                    span = prose.find(match[group], block.span)
                    value = read_date(match["date"]) if group == "date" else match["place"]
                    if span:
                        notes.add("signature", f"signatures.{group}", value, span, confidence=0.9, rule="place_and_date")  # fmt: skip
                break
        _propose_titles(prose, notes, signing)
    counted = originals(prose)
    if counted:
        number, span = counted
        notes.add("signature", "signatures.originals", number, span, confidence=0.85, rule="originals")  # fmt: skip


def _propose_titles(prose: Prose, notes: Notes, signing: Signing) -> None:
    parties = dict(notes.under("parties"))
    last = signing.span.start
    for match in _TITLE.finditer(prose.flat, signing.span.start, signing.span.end):
        after = _line_end(prose, match.end(), signing.span.end)
        span = Span(match.start(), match.end())
        near = Span(match.start(), after)
        party = _party(prose, parties, span, near, Span(last, match.start()))
        last = match.end()
        number = len(list(notes.under("signatures.signatories")))
        notes.add(
            "signatory", f"signatures.signatories.{number}",
            {"party": party, "function": _sentence_case(prose.clean(span))}, span,
            confidence=0.85 if party else 0.5, rule="title", sentence=span,
        )  # fmt: skip


def _line_end(prose: Prose, start: int, end: int) -> int:
    """The end of the line, or of the line after a line that ends at once."""
    stop = prose.text.find("\n", start, end)
    return end if stop < 0 else stop


def _party(
    prose: Prose, parties: dict[str, dict[str, str]], title: Span, line: Span, before: Span
) -> str | None:
    """The party behind a title: named on its line, told by the title, or named just before it."""
    words = prose.clean(title).casefold()
    wanted = None
    if "polis" in words:
        wanted = "police_area"
    elif "kriminalvård" in words or "frivård" in words:
        wanted = "probation"
    elif "region" in words:
        wanted = "region"
    elif re.search(r"kommun|råd|stads|social|förvaltning|säkerhet|ordförande", words):
        wanted = "municipality"
    candidates = [name for name, value in parties.items() if value["kind"] == wanted]
    if len(candidates) == 1:
        return candidates[0]
    for span in (line, before):
        for mention in reversed(mentions_in(prose, span)):
            stem = _bare(mention.name)
            for name, value in parties.items():
                if _bare(value["name"]) == stem:
                    return name
    return None


def _bare(name: str) -> str:
    return re.sub(r"s?\s+(kommun|stad)$", "", name.casefold())


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]
