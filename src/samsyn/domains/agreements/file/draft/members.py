"""The words for a member of a body: which function, one of several, at need, appointed, extended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from samsyn.domains.agreements.file.draft.functions import home_of
from samsyn.domains.agreements.file.draft.rhythm_words import NUMBERS

_NEED = re.compile(r"\b(?:vid|om)\s+behov\b", re.IGNORECASE)
_EXTENDED = re.compile(
    r"\butökad\w*\b.*?\b(?P<n>en|ett|två|tre|fyra|\d)\s+av\s+(?:de\s+\w+\s+)?möten", re.IGNORECASE
)
_APPOINTED = re.compile(
    r"^av\s+(?P<by>[\wåäö]+?)(?:erna|na|en|n)?\s+utsed\w+\s+(?P<who>.+)$", re.IGNORECASE
)
_EACH = re.compile(
    r"\s+(?:i|från|för)\s+(?:respektive|varje|båda|samtliga)\s+kommun\w*", re.IGNORECASE
)
_BETWEEN = re.compile(
    r",\s+(?:samt\s+|och\s+)?|\s+(?:och|samt)\s+(?!fritid|utbildning|säkerhet|beredskap)"
)
_EITHER = re.compile(r"\s+eller\s+(?!motsvarande)|(?<=chef)/")


@dataclass(frozen=True)
class Member:
    """One member as the text names it; ``options`` are the functions of which one suffices."""

    options: tuple[str, ...]
    at_need: bool = False
    extended: dict[str, Any] | None = None
    appointed_by: str | None = None
    in_each: bool = False


def members_of(words: str) -> list[str]:
    """An enumeration taken apart: ”kommunchef, socialchef samt kommunpolis”."""
    parts = _BETWEEN.split(re.sub(r"\([^)]*\)", "", words))
    trimmed = [part.strip(" .,:") for part in parts]
    return [part for part in trimmed if 1 < len(part) < 90]


def read_member(words: str) -> Member | None:
    """What the words say of one member; None when they name no function."""
    note = re.search(r"\((?P<note>[^)]+)\)", words)
    name = re.sub(r"\s*\([^)]*\)", "", words.strip(" ."))
    at_need = bool(_NEED.search(words))
    name = _NEED.sub("", name).strip(" ,.")
    appointed = _APPOINTED.match(name)
    if appointed:
        name = appointed["who"]
    each = _EACH.search(name)
    in_each = bool(each) and home_of(name) == "municipality"
    if each and in_each:
        name = name[: each.start()]
    options = tuple(option for option in _EITHER.split(name) if len(option) > 1)
    if not options:
        return None
    return Member(
        options, at_need, _extended(note), appointed["by"] if appointed else None, in_each
    )


def _extended(note: re.Match[str] | None) -> dict[str, Any] | None:
    match = _EXTENDED.search(note["note"]) if note else None
    if note is None or match is None:
        return None
    meetings = NUMBERS.get(match["n"].casefold()) or int(match["n"])
    return {"meetings": meetings, "text": note["note"].strip()} if meetings else None
