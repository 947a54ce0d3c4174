"""How the bodies work: chair, convener, decisions, guests, assignments, bodies made of bodies."""

from __future__ import annotations

import re

from samsyn.domains.agreements.file.draft.actors import short_title
from samsyn.domains.agreements.file.draft.bodies import Bodies, Found
from samsyn.domains.agreements.file.draft.functions import functions_in
from samsyn.domains.agreements.file.draft.notes import Notes, slug, within
from samsyn.domains.agreements.file.draft.prose import Prose, Sentence, Span


def propose_bodies(notes: Notes, bodies: Bodies) -> None:
    """Each body, with the role that its noun tells."""
    for body in bodies.found:
        notes.add(
            "body", f"bodies.{body.id}", {"name": _capital(body.name), "role": body.role},
            body.span, confidence=body.confidence, rule="body_noun",
        )  # fmt: skip


def propose_workings(prose: Prose, notes: Notes, bodies: Bodies) -> None:
    """What single sentences say about how a body works; its functions are known by now."""
    for sentence in prose.sentences:
        about = bodies.spoken_of(sentence) or bodies.named_before(sentence)
        if about is not None:
            _propose_working(prose, notes, bodies, about, sentence)


_CONSENSUS = re.compile(
    r"\b(?:konsensus|enighet|samförstånd|enhälligt|parterna\s+är\s+överens)\b", re.IGNORECASE
)
_DECIDES = re.compile(r"\b(?:besluta|beslutar|beslutas|fastställer|fastställa|fattar\s+beslut|godkänner|godkännas)\b", re.IGNORECASE)  # fmt: skip
_PROPOSES = re.compile(r"\b(?:(?:tar|ta|tas)\s+fram\s+(?:\w+\s+){0,4}förslag|[Ff]örslag\s+tas\s+fram|lämnar\s+förslag|föreslår|ansvarar\s+för\s+framtagning)\b", re.IGNORECASE)  # fmt: skip
_PREPARES = re.compile(r"\b(?:bereder|bereda|beredande|länken\s+mellan)\b", re.IGNORECASE)
_SUBSTITUTE = re.compile(r"\b(?:(?<!dennes )(?<!eller )ersättare|suppleant\w*)\b", re.IGNORECASE)
_ADJOINED = re.compile(r"\badjunger\w*|\bbjud(?:a|s|er)\s+in\b", re.IGNORECASE)
_PRESENTS = re.compile(r"\bföredragande\b", re.IGNORECASE)
_ASSIGNS = re.compile(r"\b(?:uppdrag\s+till|dela\s+ut\s+uppdrag|ge\w*\s+uppdrag)\b", re.IGNORECASE)


def _propose_working(
    prose: Prose, notes: Notes, bodies: Bodies, body: Found, sentence: Sentence
) -> None:
    text, path = sentence.text, f"bodies.{body.id}"
    for pattern, value, confidence, rule in (
        (_CONSENSUS, "consensus", 0.95, "consensus"),
        (_PROPOSES, "proposes", 0.7, "proposes"),
        (_PREPARES, "prepares", 0.65, "prepares"),
        (_DECIDES, "decides", 0.75, "decides"),
    ):
        match = pattern.search(text)
        subject = _subject(bodies, body, sentence, match) if match else None
        if match and subject:
            notes.add(
                "decision", f"bodies.{subject.id}.decision.rule", value, within(sentence, prose, *match.span()),
                confidence=confidence, rule=rule, sentence=sentence.span,
            )  # fmt: skip
    for pattern, name in (
        (_SUBSTITUTE, "substitutes"),
        (_ADJOINED, "adjoined.at_need"),
        (_PRESENTS, "presenters.at_need"),
    ):
        match = pattern.search(text)
        if match and (match[0].casefold() != "ersättare" or "utse" in text.casefold()):
            notes.add(
                "guests", f"{path}.{name}", True, within(sentence, prose, *match.span()),
                confidence=0.8, rule=name.partition(".")[0], sentence=sentence.span,
            )  # fmt: skip
    others = [other for other in bodies.named_in(sentence.span) if other.id != body.id]
    match = _ASSIGNS.search(text)
    if match and others:
        notes.add(
            "assigns", f"{path}.assigns_to", [others[0].id],
            within(sentence, prose, *match.span()), confidence=0.75, rule="assigns",
            sentence=sentence.span,
        )  # fmt: skip
    parts = re.search(r"\bbestår\s+av\b|\butgörs\s+av\b", text)
    if (
        parts
        and others
        and body in bodies.named_in(Span(sentence.span.start, sentence.span.start + 40))
    ):
        tail = [o for o in others if re.search(r"grupp|råd|forum", o.name)]
        if tail:
            notes.add(
                "parts", f"{path}.consists_of", [o.id for o in tail],
                within(sentence, prose, *parts.span()), confidence=0.8, rule="consists_of",
                sentence=sentence.span,
            )  # fmt: skip
    _propose_chair(prose, notes, bodies, body, sentence)


_CHAIR = re.compile(
    r"\b(?:ordförandeskapet|(?<!vice )ordförande|leds\s+av|leder\s+(?:arbetet\s+i\s+)?(?:\w*rådet|\w*gruppen|mötet|mötena|forumet|nätverket|teamet|det))\b",
    re.IGNORECASE,
)
_CONVENES = re.compile(r"\b(?:sammankallande|sammankallas\s+av|kallar\s+till|kallar\s+också\s+till|sammankallar|kallas\s+av)\b", re.IGNORECASE)  # fmt: skip


_ALTERNATES = re.compile(r"\b[Oo]rdförande\w*\b.*\b(?:växelvis|växlar|alternerar|roterar|cirkulerar|turas)\b|\b(?:växelvis|turas)\b.*\bordförande\w*")  # fmt: skip


def _propose_chair(
    prose: Prose, notes: Notes, bodies: Bodies, body: Found, sentence: Sentence
) -> None:
    alternates = _ALTERNATES.search(sentence.text)
    if alternates:
        notes.add(
            "chair", f"bodies.{body.id}.text", sentence.text,
            within(sentence, prose, *alternates.span()), confidence=0.8, rule="chair_alternates",
            sentence=sentence.span,
        )  # fmt: skip
        return
    for pattern, name in ((_CHAIR, "chair"), (_CONVENES, "conveners")):
        match = pattern.search(sentence.text)
        if match is None:
            continue
        who, span = _who(prose, notes, sentence, match)
        if who is None:
            continue
        named = bodies.named_in(sentence.span) or [body]
        if name == "conveners" and re.search(r"\b(?:samtliga|alla)\s+(?:forum|grupper|möten)\b", sentence.text):  # fmt: skip
            named = bodies.found
        for each in named if name == "conveners" else [body]:
            notes.add(
                name, f"bodies.{each.id}.{name}", [who] if name == "conveners" else who, span,
                confidence=0.85, rule=name, sentence=sentence.span,
            )  # fmt: skip
        if name == "chair":
            _propose_sitting(prose, notes, body, sentence, who, span)


_SITS = re.compile(r"\b(?:dessutom|därutöver|utöver|övriga?|i\s+övrigt|förutom|också|även|ledamot|medlem)\b", re.IGNORECASE)  # fmt: skip


def _propose_sitting(
    prose: Prose, notes: Notes, body: Found, sentence: Sentence, who: str, span: Span
) -> None:
    """The chair is a member too where the list of members goes on from him: ”ingår dessutom”."""
    function = notes.at(f"functions.{who}")
    path = f"bodies.{body.id}.seats"
    seated = any(who in seat["any_of"] for _name, seat in notes.under(path))
    if function is None or seated:
        return
    if any(_SITS.search(other.text) for other in prose.sentences_in(sentence.block)):
        notes.add(
            "seat", f"{path}.{who}", {"party": function["party"], "any_of": [who]}, span,
            confidence=0.8, rule="chair_sits", sentence=sentence.span,
        )  # fmt: skip


def _who(
    prose: Prose, notes: Notes, sentence: Sentence, match: re.Match[str]
) -> tuple[str | None, Span]:
    """The function, or the party, nearest to the words."""
    near = [
        (abs(function.start - match.start()), function)
        for function in functions_in(sentence.text)
        if function.name.casefold() != match.group().casefold()
    ]
    if near:
        _distance, function = min(near, key=lambda pair: pair[0])
        return slug(function.name), within(sentence, prose, function.start, function.end)
    short = short_title(notes, sentence.text)
    if short:
        return short[0], within(sentence, prose, *short[1])
    for name, pattern in (("kommunen", r"\b[Kk]ommunen\b"), ("polisen", r"\b[Pp]olisen\b")):
        party = re.search(pattern, sentence.text)
        if party and notes.at(f"parties.{name}"):
            return name, within(sentence, prose, *party.span())
    return None, sentence.span


def _subject(bodies: Bodies, body: Found, sentence: Sentence, match: re.Match[str]) -> Found | None:
    """The body that does what the words say: before them, after ”av”, or the section's own."""
    start, at = sentence.span.start, sentence.span.start + match.start()
    before = bodies.acting_in(Span(start, at + 2))
    agent = re.match(r"\s*(?:\w+\s+){0,2}?av\s", sentence.text[match.end() :])
    if agent:
        after = bodies.acting_in(Span(start + match.end(), sentence.span.end))
        if after:
            return after[0]
    if before:
        return before[-1]
    section = bodies.of_section.get(bodies.prose.blocks[sentence.block].section)
    return body if section is body else None


def _capital(name: str) -> str:
    return (
        name[:1].upper() + name[1:] if not name.isupper() or len(name) <= 5 else name.capitalize()
    )
