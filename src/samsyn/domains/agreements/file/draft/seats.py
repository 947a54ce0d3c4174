"""Who sits in a body: lists under the body, sentences that enumerate, and ”där X ska ingå”."""

from __future__ import annotations

import re
from typing import Any

from samsyn.domains.agreements.file.draft.bodies import Bodies, Found
from samsyn.domains.agreements.file.draft.functions import functions_in, home_of, plain_title
from samsyn.domains.agreements.file.draft.members import Member, members_of, read_member
from samsyn.domains.agreements.file.draft.notes import Notes, slug
from samsyn.domains.agreements.file.draft.prose import Block, Prose, Sentence, Span

_INTRO = re.compile(
    r"\b(?:ingår|består\s+av|bestående\s+av|utgörs\s+av|medlemmar|ledamöter|deltagare|deltar|representanter|sammansättning|följande\s+funktioner|representeras\s+av)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?:från\s+|för\s+)?(?P<who>[\wåäöÅÄÖ /-]{3,60}?)\s*:$", re.IGNORECASE)
_ENUMERATES = re.compile(
    r"\b(?:består\s+av|bestå\s+av|utgörs\s+av|ingår(?:\s+förutom)?|deltar|(?:deltagare|ledamöter|medlemmar|representanter)(?:\s+i\s+\w+)?\s+är|representeras\s+av|träffa)\s+(?P<list>.+)$",
    re.IGNORECASE,
)
_TOO_GENERAL = re.compile(
    r"\b(?:parternas?|representanter\s+från\s+parterna|följande|samtliga|dem\s+som|personer|aktörer)\b",
    re.IGNORECASE,
)
_HOMES = {
    "police": "police_area",
    "probation": "probation",
    "municipality": "municipality",
    "region": "region",
    "municipal_company": "municipal_company",
}
_MEMBERS = re.compile(
    r"[^(,.]{0,45}?(?:\s*\((?P<listed>[^)]{3,300})\)|\s+mellan\s+(?P<between>[^.;:]{3,300}?)"
    r"(?=\s+(?:ska|i\s+kommun|angående|kring|om|sker|hålls|gällande|för)\b|[.;:]|$))"
)
_DOING = re.compile(r"^(?P<list>[^.:]{8,150}?)\s+(?:deltar|ingår)\b(?!\s+följande)")


def propose_seats(prose: Prose, notes: Notes, bodies: Bodies) -> None:
    """Seats of every body, from lists first and from sentences where there is no list."""
    listed = _from_lists(prose, notes, bodies)
    for sentence in prose.sentences:
        _from_where_clause(prose, notes, bodies, sentence)
        _from_members_named(prose, notes, bodies, sentence)
        body = bodies.spoken_of(sentence)
        if body and body.id not in listed and prose.blocks[sentence.block].kind == "paragraph":
            _from_enumeration(prose, notes, bodies, body, sentence)


def _from_lists(prose: Prose, notes: Notes, bodies: Bodies) -> set[str]:
    done: set[str] = set()
    body: Found | None = None
    party: str | None = None
    for block in prose.blocks:
        words = prose.words_of(block)
        label = _LABEL.match(words)
        if block.kind == "heading":
            body, party = None, None
        elif block.kind == "paragraph" and label and body and len(words) < 60:
            party = _party_named(notes, label["who"])
        elif block.kind == "paragraph":
            opens = words.endswith((":", ".")) and _INTRO.search(words)
            body = _body_of(prose, bodies, block) if opens else None
            party = None
        elif body and block.kind == "item":
            _seat_of_item(prose, notes, body, party, block)
            done.add(body.id)
    return done


def _body_of(prose: Prose, bodies: Bodies, block: Block) -> Found | None:
    sentences = [s for s in prose.sentences if prose.blocks[s.block] is block]
    return bodies.spoken_of(sentences[-1]) if sentences else None


def _seat_of_item(prose: Prose, notes: Notes, body: Found, party: str | None, block: Block) -> None:
    span = prose.body_of(block)
    words = prose.clean(span)
    label = re.match(r"(?:Från\s+)?(?P<who>[\wåäöÅÄÖ]+)\s*:\s+(?P<rest>.+)", words)
    if label and _party_named(notes, label["who"]):
        party = _party_named(notes, label["who"])
        for part in members_of(label["rest"]):
            _seat(prose, notes, body, party, part, span, 0.8, "labelled_list")
        return
    both = re.match(r"(?P<one>kommunpolis\w*)\s+och\s+(?P<two>.+)", words, re.IGNORECASE)
    parts = [both["one"], both["two"]] if both else [words]
    for part in parts:
        _seat(prose, notes, body, party, part, span, 0.9 if party else 0.8, "list_of_members")


def _from_enumeration(
    prose: Prose, notes: Notes, bodies: Bodies, body: Found, sentence: Sentence
) -> None:
    match = _ENUMERATES.search(sentence.text)
    doing = _DOING.match(sentence.text)
    if doing and len(functions_in(doing["list"])) < 2:
        doing = None
    if not (match or doing) or " där " in sentence.text:
        return
    listed = match["list"] if match else doing["list"] if doing else ""
    text = re.split(r"\s+i\s+(?:styrgruppen|rådet|gruppen|det|den)\b|\.\s*$|\bför\s+att\b|;", listed)[0]  # fmt: skip
    before = re.match(r"Utöver\s+(?P<who>[\wåäö]+)", sentence.text)
    names = members_of(text) + ([before["who"]] if before else [])
    for name in names:
        if functions_in(name) or (home_of(name) and not _TOO_GENERAL.search(name)):
            _seat(prose, notes, body, None, name, sentence.span, 0.7, "enumeration")


def _from_where_clause(prose: Prose, notes: Notes, bodies: Bodies, sentence: Sentence) -> None:
    """”… en styrgrupp där lokalpolisområdeschefen ska ingå”: the seat must be filled."""
    for match in re.finditer(
        r"\bdär\s+(?P<who>[\wåäö -]{2,60}?)\s+ska(?:ll)?\s+ingå", sentence.text
    ):
        span = prose.find(match.group(), sentence.span)
        if span is None:
            continue
        named = bodies.named_in(Span(sentence.span.start, span.start))
        if named:
            _seat(prose, notes, named[-1], None, match["who"], span, 0.85, "where_clause", required=True)  # fmt: skip


def _from_members_named(prose: Prose, notes: Notes, bodies: Bodies, sentence: Sentence) -> None:
    """”Interaktionsmöte (polis, skola …)”, ”veckomöten mellan polis och …”, ”samverkan mellan …”."""
    for body in bodies.named_in(sentence.span):
        for mention in body.mentions:
            if not sentence.span.start <= mention.start < sentence.span.end:
                continue
            match = _MEMBERS.match(prose.flat, mention.start, sentence.span.end)
            words = match and (match["listed"] or match["between"])
            if not words or "," not in words:
                continue
            for name in members_of(words.replace("m.fl", "")):
                if functions_in(name) or home_of(name):
                    _seat(prose, notes, body, None, name, sentence.span, 0.7, "members_named")


def _seat(
    prose: Prose, notes: Notes, body: Found, party: str | None, words: str, around: Span,
    confidence: float, rule: str, *, required: bool = False,
) -> None:  # fmt: skip
    member = read_member(words)
    if member is None or prose.find(member.options[0], around) is None:
        return
    if member.in_each and party is None:
        _seat_in_each(prose, notes, body, member, around)
        return
    home = party or _guess(notes, member.options[0])
    functions = [plain_title(option) for option in member.options]
    seat: dict[str, Any] = {"party": home, "any_of": [slug(function) for function in functions]}
    seat |= {"at_need": True} if member.at_need else {}
    seat |= {"required": True} if required else {}
    seat |= {"extended": member.extended} if member.extended else {}
    if member.appointed_by:
        by = plain_title(member.appointed_by)
        seat["appointed_by"] = [slug(by)]
        _function(prose, notes, by, _guess(notes, by), around, confidence)
    spans = [prose.find(option, around) or around for option in member.options]
    notes.add(
        "seat", f"bodies.{body.id}.seats.{slug(functions[0])}", seat, spans[0],
        confidence=confidence if home else confidence - 0.25, rule=rule, sentence=around,
    )  # fmt: skip
    for function, span in zip(functions, spans, strict=True):
        _function(prose, notes, function, home, span, confidence)


def _seat_in_each(prose: Prose, notes: Notes, body: Found, member: Member, around: Span) -> None:
    """”Kommundirektörerna i respektive kommun”: a seat and a function in every municipality."""
    function = plain_title(member.options[0])
    span = prose.find(member.options[0], around) or around
    for party, value in list(notes.under("parties")):
        if value["kind"] == "municipality":
            name = slug(f"{function} {party}")
            notes.add(
                "seat", f"bodies.{body.id}.seats.{name}", {"party": party, "any_of": [name]}, span,
                confidence=0.7, rule="one_in_each", sentence=around,
            )  # fmt: skip
            _function(prose, notes, function, party, span, 0.7, name=name)


def _function(
    prose: Prose, notes: Notes, title: str, home: str | None, span: Span, confidence: float,
    *, name: str | None = None,
) -> None:  # fmt: skip
    titles = functions_in(title)
    value = {"name": title[:300], "party": home, "role": titles[0].role if titles else "other"}
    notes.add("function", f"functions.{name or slug(title)}", value, span, confidence=confidence, rule="member")  # fmt: skip


def propose_functions(prose: Prose, notes: Notes) -> None:
    """Functions that the text names outside the lists of members."""
    for sentence in prose.sentences:
        for title in functions_in(sentence.text):
            words = sentence.text[title.start : title.end]
            span = prose.find(words, sentence.span)
            if span is not None:
                _function(prose, notes, title.name, _guess(notes, title.name), span, 0.7)


def _guess(notes: Notes, words: str) -> str | None:
    """The party that a function must belong to; None when there are several to choose from."""
    home = home_of(words)
    kind = _HOMES.get(home or "")
    parties = [name for name, value in notes.under("parties") if value["kind"] == kind]
    return parties[0] if len(parties) == 1 else None


def _party_named(notes: Notes, words: str) -> str | None:
    text = words.casefold()
    for name, value in notes.under("parties"):
        local = str(notes.at(f"parties.{name}.local_name") or "").casefold()
        if text in (value["name"].casefold(), local) or (local and local in text):
            return name
    wanted = _HOMES.get(home_of(words) or "")
    found = [name for name, value in notes.under("parties") if value["kind"] == wanted]
    return found[0] if len(found) == 1 else None
