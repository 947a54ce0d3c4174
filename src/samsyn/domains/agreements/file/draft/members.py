"""The words for a member of a body: which function, one of several, at need, appointed, extended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from samsyn.domains.agreements.file.draft.functions import functions_in, home_of
from samsyn.domains.agreements.file.draft.rhythm_words import NUMBERS, find_rhythm
from samsyn.domains.agreements.file.draft.verbs import has_finite_verb

_NEED = re.compile(r",?\s*\b(?:vid|om)\s+behov\b", re.IGNORECASE)
_EXTENDED = re.compile(
    r"\butökad\w*\b.*?\b(?P<n>en|ett|två|tre|fyra|\d)\s+av\s+(?:de\s+\w+\s+)?möten", re.IGNORECASE
)
_APPOINTED = re.compile(
    r"^av\s+(?P<by>[\wåäö]+?)(?:erna|na|en|n)?\s+utsed\w+\s+(?P<who>.+)$", re.IGNORECASE
)
_EACH = re.compile(
    r"\s+(?:i|från|för|per)\s+(?:respektive|varje|båda|samtliga|vardera|var\s+och\s+en\s+av)\s*(?:kommun\w*)?", re.IGNORECASE
)  # fmt: skip
_BETWEEN = re.compile(r",\s+(?:samt\s+|och\s+)?|(?<=en)\s+(?:och|samt)\s+|(?<!-)\s+(?:och|samt)\s+(?!(?:fritid|utbildning|säkerhet|beredskap)(?!spersonal|sledar))|;\s+")  # fmt: skip
_EITHER = re.compile(r"\s+eller\s+(?!motsvarande)|(?<=chef)/")
_SUBSTITUTE = re.compile(r"\s+eller\s+(?:(?:dennes|deras|dess|hans|hennes|en)\s+)?(?:ersättare|ställföreträdare)\b[^,;]*?(?=,|;|\s+(?:samt|och)\b|$)", re.IGNORECASE)  # fmt: skip
_FROM = re.compile(r"^(?P<who>(?:en\s+|två\s+|tre\s+)?(?:representant|företrädare|deltagare|ledamöter|ledamot|tjänstem[aä]n)\w*)\s+(?:från|för|som\s+utses\s+av|utsedd\w*\s+av)\s+(?P<first>.+)$", re.IGNORECASE)  # fmt: skip
_ARTICLE = re.compile(r"^(?:(?:en|ett|den|det|två|tre|fyra|minst|även|också|samt|dels|bland\s+annat)\s+)+", re.IGNORECASE)  # fmt: skip
_SEVERAL = re.compile(r"^(?:minst\s+)?(?P<n>två|tre|fyra|fem)\s+(?:representant|ledamöter|ledamot|företrädare|deltagare)", re.IGNORECASE)  # fmt: skip
_TAIL = re.compile(r"\s+(?:i|vid)\s+(?:styrgruppen|rådet|gruppen|mötet|forumet)$|\s+m\.?\s?fl\.?$")
_TOO_GENERAL = re.compile(
    r"\b(?:parternas?|parter|följande|samtliga|dem\s+som|personer|aktörer|funktioner|deltagare|representanter)\b$|\b(?:andra|övriga|berörda|flera|dessa)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Member:
    """One member as the text names it; ``options`` are the functions of which one suffices."""

    options: tuple[str, ...]
    at_need: bool = False
    extended: dict[str, Any] | None = None
    appointed_by: str | None = None
    in_each: bool = False
    note: str = ""
    substitutes: bool = False
    seats: int = 1
    of: str = ""  # the organisation, where the words say ”från …”


def members_of(words: str) -> list[str]:
    """An enumeration taken apart: ”kommunchef, socialchef samt kommunpolis”.

    ”Representanter från a, b och c” is a representative from each.
    """
    rhythm = find_rhythm(words)
    if rhythm and rhythm.data not in ("when_needed", "ongoing") and rhythm.start > 8:
        words = words[: rhythm.start]
    words = _SUBSTITUTE.sub(" (ersättare)", words)
    found: list[str] = []
    carried = ""
    for part in _BETWEEN.split(_without_asides(words)):
        part = _TAIL.sub("", part.strip(" .,:;–-"))
        shared = _FROM.match(part)
        if shared:
            carried = re.sub(r"er$", "", shared["who"]) + " från "
            if "för" in part[len(shared["who"]) :][:5]:
                carried = carried.replace(" från ", " för ")
        elif carried and functions_in(part):
            carried = ""
        elif carried and part:
            part = carried + part
        if 1 < len(part) < 110:
            found.append(part)
    return found


def _without_asides(words: str) -> str:
    """Brackets that do not change the membership are left out."""
    return re.sub(
        r"\((?!(?:ersättare|sammankallande|ordförande|ordf|utökad|vid\s+behov))[^)]*\)", "", words
    )


def could_be_member(words: str) -> bool:
    """Whether the words of a list can name a function or a representative, known or not."""
    if has_finite_verb(words) or _TOO_GENERAL.search(words) or len(words.split()) > 9:
        return False
    return bool(re.search(r"[a-zåäö]{4}", words)) or words.upper() == "VD"


def read_member(words: str) -> Member | None:
    """What the words say of one member; None when they name no function."""
    aside = re.search(r"\((?P<note>[^)]+)\)", words)
    name = re.sub(r"\s*\([^)]*\)", "", words.strip(" ."))
    at_need = bool(_NEED.search(words))
    name = _SUBSTITUTE.sub("", _NEED.sub("", name)).strip(" ,.")
    appointed = _APPOINTED.match(name)
    if appointed:
        name = appointed["who"]
    each = _EACH.search(name)
    in_each = bool(each) and home_of(name) in ("municipality", None)
    if each and in_each:
        name = name[: each.start()]
    several = _SEVERAL.match(name)
    of = _FROM.match(name) or re.match(r"^.{3,60}?\s+från\s+(?P<first>[A-ZÅÄÖ].+)$", name)
    name = _ARTICLE.sub("", name)
    options = tuple(option for option in _EITHER.split(name) if len(option) > 1)
    if not options:
        return None
    return Member(
        options, at_need, _extended(aside), appointed["by"] if appointed else None, in_each,
        aside["note"].casefold() if aside else "", bool(_SUBSTITUTE.search(words) or "(ersättare" in words),
        NUMBERS[several["n"].casefold()] if several else 1, of["first"] if of else "",
    )  # fmt: skip


def _extended(note: re.Match[str] | None) -> dict[str, Any] | None:
    match = _EXTENDED.search(note["note"]) if note else None
    if note is None or match is None:
        return None
    meetings = NUMBERS.get(match["n"].casefold()) or int(match["n"])
    return {"meetings": meetings, "text": note["note"].strip()} if meetings else None
