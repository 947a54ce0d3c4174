"""Who sits in a body: lists under the body, sentences that enumerate, tables, and ”där X ska ingå”."""

from __future__ import annotations

import re
from typing import Any

from samsyn.domains.agreements.file.draft.belonging import (
    party_of_label,
    party_of_title,
    propose_outsider,
)
from samsyn.domains.agreements.file.draft.bodies import Bodies, Found
from samsyn.domains.agreements.file.draft.functions import functions_in, home_of, plain_title
from samsyn.domains.agreements.file.draft.members import (
    Member,
    could_be_member,
    members_of,
    read_member,
)
from samsyn.domains.agreements.file.draft.notes import Notes, slug
from samsyn.domains.agreements.file.draft.prose import Block, Prose, Sentence, Span
from samsyn.domains.agreements.file.draft.verbs import has_finite_verb

_INTRO = re.compile(
    r"\b(?:ingår|består\s+av|bestående\s+av|utgörs\s+av|medlemmar|ledamöter|deltagare|deltar|representanter|sammansättning|följande\s+funktioner|representeras\s+av)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?:från\s+|för\s+)?(?P<who>[\wåäöÅÄÖ /-]{3,60}?)\s*:$", re.IGNORECASE)
_ENUMERATES = re.compile(
    r"(?:\b(?:består|bestå|bestående)\s+(?:i\s+övrigt\s+|bland\s+annat\s+|också\s+)?av|\b(?:utgörs|utgöras)\s+av|\b(?:ingår|deltar(?:\s+gör)?|sitter)(?:\s+(?:förutom|utöver)\s+\w+(?:\s+även)?)?(?:\s+(?:också|även|därutöver))?"
    r"|\b(?:deltagare|ledamöter|medlemmar|representanter)(?:\s+i\s+\w+)?\s+är|^Med\s+i\s+\w+\s+är|\brepresenteras\s+av|\bträffa|\bDär\s+(?:möts|träffas))\s+(?P<list>.+)$",
    re.IGNORECASE,
)
_TOO_GENERAL = re.compile(
    r"\b(?:parternas?|representanter\s+från\s+parterna|följande|samtliga|dem\s+som|personer|aktörer)\b",
    re.IGNORECASE,
)
_MEMBERS = re.compile(
    r"[^(,.]{0,45}?(?:\s*\((?P<listed>[^)]{3,300})\)|\s+tillsammans\s+med\s+(?P<beside>[^.;:]{3,300})|\s+mellan\s+(?P<between>[^.;:]{3,300}?)"
    r"(?=\s+(?:ska|i\s+kommun|angående|kring|om|sker|hålls|gällande|(?<!chefer\s)för)\b|[.;:]|$))"
)
_DOING = re.compile(r"^(?P<list>[^.:]{8,150}?)\s+(?:deltar|ingår|bildar)\b(?!\s+följande)")
_CUT = re.compile(r"\s+i\s+(?:styrgruppen|rådet|gruppen|det|den)\b|\.\s*$|\bför\s+att\b|;|\bsom\s+utses\b|,\s+som\s|\boch\s+(?:träffas|möts|sammanträder|leds|ska)\b")  # fmt: skip
_FROM_EACH = re.compile(r"(?:en\s+|två\s+)?(?:representant|företrädare)\w*\s+(?:från|för)\s|.*\sfrån\s", re.IGNORECASE)  # fmt: skip
_WHO_COLUMN = re.compile(r"^(?:deltagare|funktion|ledamöter|medlemmar|sammansättning)", re.IGNORECASE)  # fmt: skip
_LEAD_COLUMN = re.compile(r"^(?P<chair>ordförande)|^sammankallande", re.IGNORECASE)


def propose_seats(prose: Prose, notes: Notes, bodies: Bodies) -> None:
    """Seats of every body, from lists first and from sentences where there is no list."""
    _from_tables(prose, notes, bodies)
    listed = _from_lists(prose, notes, bodies)
    for sentence in prose.sentences:
        _from_where_clause(prose, notes, bodies, sentence)
        _from_members_named(prose, notes, bodies, sentence)
        body = bodies.spoken_of(sentence) or (
            bodies.named_before(sentence) if re.match(r"Deltagare|Ledamöter|Med\s|Där", sentence.text) else None
        )  # fmt: skip
        if body and body.id not in listed and prose.blocks[sentence.block].kind == "paragraph":
            _from_enumeration(prose, notes, body, sentence)


def _from_tables(prose: Prose, notes: Notes, bodies: Bodies) -> None:
    """A row names a body in its first cell and its members in a column of their own."""
    for block in prose.blocks:
        named = bodies.named_in(block.cells[0]) if block.cells else []
        if not named:
            continue
        for cell, title in zip(block.cells, block.header, strict=True):
            words = prose.clean(cell)
            lead = _LEAD_COLUMN.match(title)
            if _WHO_COLUMN.match(title):
                for name in members_of(words):
                    _seat(prose, notes, named[0], None, name, cell, 0.85, "table_of_bodies")
            elif lead and functions_in(words):
                who = slug(functions_in(words)[0].name)
                field, value = ("chair", who) if lead["chair"] else ("conveners", [who])
                notes.add(field, f"bodies.{named[0].id}.{field}", value, cell, confidence=0.85, rule="table_of_bodies")  # fmt: skip


def _from_lists(prose: Prose, notes: Notes, bodies: Bodies) -> set[str]:
    done: set[str] = set()
    body: Found | None = None
    party: str | None = None
    for number, block in enumerate(prose.blocks):
        words = prose.words_of(block)
        label = _LABEL.match(words)
        if block.kind == "heading":
            body, party = None, None
        elif block.kind == "paragraph" and label and body and len(words) < 60 and not has_finite_verb(words):  # fmt: skip
            party = party_of_label(notes, label["who"])
        elif block.kind == "paragraph":
            opens = words.endswith((":", ".", " av", "är")) and _INTRO.search(words[-120:])
            body = _body_of(prose, bodies, number) if opens else None
            party = None
        elif body and block.kind == "item" and _seat_of_item(prose, notes, body, party, block):
            done.add(body.id)
    return done


def _body_of(prose: Prose, bodies: Bodies, block: int) -> Found | None:
    sentences = prose.sentences_in(block)
    return bodies.spoken_of(sentences[-1]) if sentences else None


def _seat_of_item(prose: Prose, notes: Notes, body: Found, party: str | None, block: Block) -> bool:
    span = prose.body_of(block)
    words = prose.clean(span)
    label = re.match(
        r"(?:Från\s+|För\s+)?(?P<who>[\wåäöÅÄÖ ]{3,40}?)\s*(?::|\s[–-])\s+(?P<rest>.+)", words
    )
    if label:
        home = party_of_label(notes, label["who"]) or propose_outsider(prose, notes, label["who"], span, sure=0.7)  # fmt: skip
        if home:
            for part in members_of(label["rest"]):
                _seat(prose, notes, body, home, part, span, 0.85, "labelled_list")
            return True
    if not could_be_member(words) and not functions_in(words):
        return False
    placed = re.match(r"(?P<title>[^,]{4,50}),\s+(?P<where>[^,]+)$", words)
    if placed and functions_in(placed["title"]) and not functions_in(placed["where"]):
        words = placed["title"]
    both = re.match(r"(?P<one>kommunpolis\w*)\s+och\s+(?P<two>.+)", words, re.IGNORECASE)
    parts = [both["one"], both["two"]] if both else [words]
    for part in parts:
        _seat(prose, notes, body, party, part, span, 0.9 if party else 0.85, "list_of_members")
    return True


def _from_enumeration(prose: Prose, notes: Notes, body: Found, sentence: Sentence) -> None:
    match = _ENUMERATES.search(sentence.text)
    doing = _DOING.match(sentence.text)
    if doing and len(functions_in(doing["list"])) < 2:
        doing = None
    if not (match or doing) or " där " in sentence.text:
        return
    listed = match["list"] if match else doing["list"] if doing else ""
    names = members_of(_CUT.split(listed)[0])
    before = re.match(r"Utöver\s+(?P<who>[\wåäö]+)", sentence.text)
    names += [before["who"]] if before else []
    beside = re.search(r"förutom\s+(?P<who>[\wåäö]+)\s+även", sentence.text)
    names += [beside["who"]] if beside else []
    known = [
        name for name in names if functions_in(name) or home_of(name) or _FROM_EACH.match(name)
    ]
    strong = len(known) * 2 >= len(names) and len(names) > 1
    for name in names:
        if name in known and not _TOO_GENERAL.search(name):
            _seat(prose, notes, body, None, name, sentence.span, 0.8, "enumeration")
        elif strong and could_be_member(name):
            _seat(prose, notes, body, None, name, sentence.span, 0.6, "listed_among_functions")


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
            words = match and (match["listed"] or match["beside"] or match["between"])
            if not words or "," not in words:
                continue
            for name in members_of(_CUT.split(words.replace("m.fl", ""))[0]):
                if functions_in(name) or home_of(name):
                    _seat(prose, notes, body, None, name, sentence.span, 0.7, "members_named")
            if match and match["beside"]:
                _seat_of_convener(prose, notes, body, sentence)


def _seat_of_convener(prose: Prose, notes: Notes, body: Found, sentence: Sentence) -> None:
    """Who calls others to a meeting ”tillsammans med” them is in it."""
    calls = re.match(
        r"(?P<who>[^,.:]{4,60}?)\s+(?:sammankallar|kallar|bjuder\s+in)\b", sentence.text
    )
    titles = functions_in(calls["who"]) if calls else []
    if calls and len(titles) == 1:
        words = calls["who"][titles[0].start : titles[0].end]
        _seat(prose, notes, body, None, words, sentence.span, 0.7, "convener_is_member")


def _seat(
    prose: Prose, notes: Notes, body: Found, party: str | None, words: str, around: Span,
    confidence: float, rule: str, *, required: bool = False,
) -> None:  # fmt: skip
    member = read_member(words)
    if member is None or prose.find(member.options[0].split()[-1], around) is None:
        return
    if member.in_each and party is None:
        _seat_in_each(prose, notes, body, member, around)
        return
    known = party or (party_of_label(notes, member.of) if member.of else None)
    outsider = propose_outsider(prose, notes, member.of, around, sure=0.65) if member.of and not known else None  # fmt: skip
    home = known or outsider or party_of_title(notes, words)
    functions = [_title_of(option) for option in member.options]
    seat: dict[str, Any] = {"party": home, "any_of": [slug(function) for function in functions]}
    seat |= {"at_need": True} if member.at_need else {}
    seat |= {"required": True} if required else {}
    seat |= {"extended": member.extended} if member.extended else {}
    seat |= {"substitutes": True} if member.substitutes else {}
    if member.appointed_by:
        by = plain_title(member.appointed_by)
        seat["appointed_by"] = [slug(by)]
        _function(prose, notes, by, party_of_title(notes, by), around, confidence)
    spans = [_place_of(prose, option, around) for option in member.options]
    for number in range(1, member.seats + 1):
        name = slug(functions[0]) + (f"-{number}" if number > 1 else "")
        notes.add(
            "seat", f"bodies.{body.id}.seats.{name}", seat, spans[0],
            confidence=confidence if home else confidence - 0.2, rule=rule, sentence=around,
        )  # fmt: skip
    for function, span in zip(functions, spans, strict=True):
        _function(prose, notes, function, home, span, confidence)
    _lead_in_brackets(notes, body, member, slug(functions[0]), spans[0], around)


def _place_of(prose: Prose, words: str, around: Span) -> Span:
    return prose.find(words, around) or prose.find(words.split()[-1], around) or around


def _lead_in_brackets(
    notes: Notes, body: Found, member: Member, who: str, span: Span, around: Span
) -> None:
    """”Säkerhetssamordnare (sammankallande)”."""
    if "sammankallande" in member.note:
        notes.add("conveners", f"bodies.{body.id}.conveners", [who], span, confidence=0.85, rule="in_brackets", sentence=around)  # fmt: skip
    if member.note.startswith("ordf") or " ordförande" in member.note:
        notes.add("chair", f"bodies.{body.id}.chair", who, span, confidence=0.85, rule="in_brackets", sentence=around)  # fmt: skip


def _title_of(words: str) -> str:
    """The function alone: ”vd AB Kvarnbynsbostäder” is the vd."""
    title = plain_title(words)
    alone = re.match(r"(?P<title>[\wåäö-]+)\s+(?:(?:för|på|i|från)\s+)?(?:AB\s+)?[A-ZÅÄÖ]\w+(?:\s+AB)?$", title)  # fmt: skip
    owned = re.match(
        r"(?!\w+(?:styrelsens|nämndens|rådets|gruppens|fullmäktiges|kommunens)\s)[A-ZÅÄÖ]\w+s\s+(?P<title>[\wåäö-]+)$",
        title,
    )
    if (
        alone
        and (functions_in(alone["title"] + " x") or alone["title"].casefold() == "vd")
        and not title.startswith("Representant")
    ):
        return alone["title"]
    if owned and functions_in("x " + owned["title"]) and not re.search(r"(?:VD|vd)$", title):
        return plain_title(owned["title"])
    return title


def _seat_in_each(prose: Prose, notes: Notes, body: Found, member: Member, around: Span) -> None:
    """”Kommundirektörerna i respektive kommun”: a seat and a function in every municipality."""
    function = plain_title(member.options[0])
    span = prose.find(member.options[0], around) or around
    for party, value in list(notes.under("parties")):
        if value["kind"] == "municipality":
            name = slug(f"{function} {party}")
            notes.add(
                "seat", f"bodies.{body.id}.seats.{name}", {"party": party, "any_of": [name]}, span,
                confidence=0.8, rule="one_in_each", sentence=around,
            )  # fmt: skip
            _function(prose, notes, function, party, span, 0.8, name=name)


def _function(
    prose: Prose, notes: Notes, title: str, home: str | None, span: Span, confidence: float,
    *, name: str | None = None,
) -> None:  # fmt: skip
    titles = functions_in(title)
    value = {"name": title[:300], "party": home, "role": titles[0].role if titles else "other"}
    notes.add("function", f"functions.{name or slug(title)}", value, span, confidence=confidence, rule="member")  # fmt: skip


def propose_functions(prose: Prose, notes: Notes, skip: list[Span]) -> None:
    """Functions that the text names outside the lists of members."""
    whole = _within_members(prose, notes)
    for sentence in prose.sentences:
        if any(part.start <= sentence.span.start < part.end for part in skip):
            continue
        for title in functions_in(sentence.text):
            words = sentence.text[title.start : title.end]
            span = prose.find(words, sentence.span)
            if span is not None and not whole[span.start]:
                sure = 0.7 if title.role != "other" or home_of(words) else 0.6
                _function(prose, notes, title.name, party_of_title(notes, title.name), span, sure)
    for block in prose.blocks:
        for cell in block.cells:
            for title in functions_in(prose.clean(cell)):
                _function(prose, notes, title.name, party_of_title(notes, title.name), cell, 0.7)


def _within_members(prose: Prose, notes: Notes) -> bytearray:
    """Where members' whole titles stand: ”rektor” in ”rektor för högstadiet” is no other function."""
    taken = bytearray(len(prose.text) + 1)
    for name, _value in notes.under("functions"):
        words = notes.found[f"functions.{name}"].words
        taken[words.start : words.end] = b"\1" * (words.end - words.start)
    return taken
