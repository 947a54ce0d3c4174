"""Which party, or other organisation, a function or a label belongs to."""

from __future__ import annotations

import re

from samsyn.domains.agreements.file.draft.functions import home_of
from samsyn.domains.agreements.file.draft.notes import Notes, slug
from samsyn.domains.agreements.file.draft.organisations import mentions_in, stem
from samsyn.domains.agreements.file.draft.prose import Prose, Span

KINDS = {
    "police": "police_area",
    "probation": "probation",
    "municipality": "municipality",
    "region": "region",
    "municipal_company": "municipal_company",
}


def named_party(notes: Notes, words: str) -> str | None:
    """The party or other organisation that the words name, by its name, local name or first word."""
    text = words.casefold()
    for section in ("parties", "others"):
        for name, value in notes.under(section):
            local = str(notes.at(f"{section}.{name}.local_name") or "").casefold()
            first = _telling(value["name"])
            if value["name"].casefold() in text or (
                local and re.search(rf"\b{re.escape(local)}s?\b", text)
            ):
                return name
            if (
                first
                and value["kind"] != "police_area"
                and (value["kind"] != "municipality" or re.search(r"kommun|stad", text))
                and re.search(rf"\b{re.escape(first)}s?\b", text)
            ):
                return name
    return None


def _telling(name: str) -> str:
    """The word of a name that no other shares: ”kvarnbynsbostäder” of AB Kvarnbynsbostäder."""
    words = [w for w in re.findall(r"[\wåäö]+", stem(name)) if w not in ("ab", "region", "svenska")]
    return words[0] if words and len(words[0]) > 4 else ""


def party_of_label(notes: Notes, words: str) -> str | None:
    """”Kommunen:”, ”Från polisen”, ”Svenska kyrkan:” over members."""
    named = named_party(notes, words)
    if named:
        return named
    wanted = KINDS.get(home_of(words) or "")
    found = [name for name, value in notes.under("parties") if value["kind"] == wanted]
    return found[0] if len(found) == 1 else None


def party_of_title(notes: Notes, words: str) -> str | None:
    """The party that a function must belong to; None when there are several to choose from."""
    named = named_party(notes, words)
    if named:
        return named
    home = home_of(words)
    parties = list(notes.under("parties"))
    found = [name for name, value in parties if value["kind"] == KINDS.get(home or "")]
    if not found and home in ("region", "municipal_company", None):
        found = [name for name, value in parties if value["kind"] == "municipality"]
    return found[0] if len(found) == 1 else None


def propose_outsider(
    prose: Prose, notes: Notes, words: str, around: Span, *, sure: float
) -> str | None:
    """Someone who takes part without being a party: an organisation, or ”näringslivet”."""
    span = prose.find(words, around)
    if span is None:
        return None
    for mention in mentions_in(prose, span):
        if mention.kind in ("police", "police_area", "municipality"):
            continue
        known = named_party(notes, mention.name)
        if known:
            return known
        return _add(notes, mention.kind, mention.name, mention.span, sure)
    plain = words.strip(" .")
    if not re.fullmatch(r"[\wåäöÅÄÖ -]{5,40}", plain) or len(plain.split()) > 3:
        return None
    return named_party(notes, plain) or _add(
        notes, "other", plain[:1].upper() + plain[1:], span, sure
    )


def _add(notes: Notes, kind: str, name: str, span: Span, sure: float) -> str:
    path = slug(name)
    notes.add("other", f"others.{path}", {"kind": kind, "name": name}, span, confidence=sure, rule="takes_part")  # fmt: skip
    return path
