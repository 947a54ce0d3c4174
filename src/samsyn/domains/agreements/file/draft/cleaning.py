"""What PDF and Word leave in a text, taken out: page numbers, running headers, broken words."""

from __future__ import annotations

import re

_SIGNS = str.maketrans(
    {
        "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2009": " ", "\u00ad": None, "\u200b": None,
        "\ufeff": None, "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\u2011": "-", "\x0b": "\n",
        "\u2028": "\n", "\u2029": "\n", "\x85": "\n",
    }
)  # fmt: skip
PAGE = re.compile(
    r"(?:[-–]\s*)?(?:Sida|Sidan|Sid\.?|s\.)?\s*\d{1,3}\s*(?:\(\d{1,3}\)|av\s+\d{1,3}|/\s*\d{1,3})?(?:\s*[-–])?",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r".*\S\s*(?:\.\s?){4,}\s*\d{1,3}\s*$")
_CONTENTS_HEADING = re.compile(r"(?:Innehåll|Innehållsförteckning)\s*:?", re.IGNORECASE)
_BROKEN = re.compile(r"(?P<head>[a-zåäöé]{2,})-$")
_NEAR = 4  # lines of a page's head or foot


def tidy(text: str) -> str:
    """The text as its author wrote it; tidying twice changes nothing more.

    Page numbers, tables of contents and lines that return at the top or foot of pages are taken
    out, words broken at the end of a line are joined, odd spaces and signs made plain.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SIGNS)
    lines = [line.rstrip() for line in text.replace("\f", "\n\f\n").split("\n")]
    lines = _without_contents(lines)
    lines = _without_page_furniture(lines)
    return "\n".join(_joined(lines))


def _without_contents(lines: list[str]) -> list[str]:
    listed = [bool(_CONTENTS.fullmatch(line)) for line in lines]
    if sum(listed) < 2:
        return lines
    return [
        line
        for line, is_listed in zip(lines, listed, strict=True)
        if not is_listed and not _CONTENTS_HEADING.fullmatch(line.strip())
    ]


def is_page_number(line: str) -> bool:
    return bool(line.strip()) and bool(PAGE.fullmatch(line.strip()))


def _without_page_furniture(lines: list[str]) -> list[str]:
    """Without page numbers, and without lines that come back beside them; the first of each stays."""
    breaks = [n for n, line in enumerate(lines) if line == "\f" or is_page_number(line)]
    near: set[int] = set()
    for place in breaks:
        for step in (1, -1):
            near.update(_beside(lines, place, step))
    seen: set[str] = set()
    kept: list[str] = []
    for number, line in enumerate(lines):
        words = re.sub(r"\d+", "#", " ".join(line.split()))
        if line == "\f" or is_page_number(line) or (words and number in near and words in seen):
            kept.append("")
        else:
            kept.append(line)
        if words:
            seen.add(words)
    return kept


def _beside(lines: list[str], place: int, step: int) -> list[int]:
    found: list[int] = []
    place += step
    while 0 <= place < len(lines) and len(found) < _NEAR:
        if lines[place].strip() and lines[place] != "\f":
            found.append(place)
        place += step
    return found


def _joined(lines: list[str]) -> list[str]:
    """A word broken at the end of a line, whole again: its tail moves up."""
    lines = list(lines)
    for number, line in enumerate(lines):
        broken = _BROKEN.search(line)
        after = next((n for n in range(number + 1, len(lines)) if lines[n].strip()), None)
        if broken is None or after is None:
            continue
        word, _, rest = lines[after].strip().partition(" ")
        if not word[:1].islower() or word in ("och", "eller", "samt", "respektive", "till"):
            continue
        indent = lines[after][: len(lines[after]) - len(lines[after].lstrip())]
        lines[number] = line[:-1] + word
        lines[after] = indent + rest if rest else ""
    return lines
