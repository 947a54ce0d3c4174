"""A sentence with two duties taken apart, and the noun that a duty is spoken of by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from samsyn.domains.agreements.file.draft.rhythm_words import NUMBERS, find_rhythm
from samsyn.domains.agreements.file.draft.verbs import (
    ACTIVE,
    INFINITIVE,
    MODAL,
    PASSIVE,
    main_verb,
)

_AND = re.compile(r"(?:,?\s+(?:och|samt)\s+|,\s+(?=att\s))(?P<adverbs>(?:(?:även|också|dessutom|därefter|sedan|alltid|löpande|årligen)\s+)*)")  # fmt: skip
_MODAL = re.compile(rf"(?:{MODAL})\b", re.IGNORECASE)
_HAS = re.compile(r"(?:består|utgörs|leds|har)\b")
_RESPONSIBLE = re.compile(r"(?:ansvarar|svarar)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One duty of a sentence; ``subject`` are the words it shares with the part before."""

    text: str
    subject: str = ""


def parts_of(sentence: str) -> list[Part]:
    """The sentence cut where a second verb with an object of its own begins."""
    verb = main_verb(sentence)
    if verb is None or len(sentence) < 40:
        return [Part(sentence)]
    modal = _MODAL.fullmatch(verb.group()) is not None
    head = sentence[: verb.end()] if verb.start() < 60 else ""
    found: list[Part] = []
    start, shared = 0, ""
    for joint in _AND.finditer(sentence, verb.end()):
        rest = sentence[joint.end() :]
        if not _begins_duty(sentence, start, joint, rest, modal=modal):
            continue
        found.append(Part(sentence[start : joint.start()].strip(" ,"), shared))
        own = (
            _MODAL.match(rest) or _RESPONSIBLE.match(rest) or ACTIVE.match(rest) or _HAS.match(rest)
        )
        subject = sentence[: verb.start()].strip(" ,") if verb.start() < 60 else ""
        shared = subject if own or not modal else head.strip()
        if rest.startswith("att "):
            shared = sentence[: sentence.index(" att ")].strip(" ,") if " att " in sentence else ""
        elif re.match(r"(?:målsättningen|ambitionen|strävan)\b", rest):
            shared = ""
        start = joint.end() - len(joint["adverbs"] or "")
    found.append(Part(sentence[start:].strip(), shared))
    return found if all(len(part.text) > 12 for part in found) else [Part(sentence)]


def _begins_duty(
    sentence: str, start: int, joint: re.Match[str], rest: str, *, modal: bool
) -> bool:
    before, words = sentence[start : joint.start()], rest.split()
    last = before.split()[-1].strip(",") if before.split() else ""
    if before.endswith("vara med"):
        return False
    if len(words) < 3 or INFINITIVE.fullmatch(last) or ACTIVE.fullmatch(last) or PASSIVE.fullmatch(last):  # fmt: skip
        return False
    if _MODAL.match(rest) and not rest.startswith(("får", "kan")):
        return True
    if re.match(r"(?:upp|fram|ut|till|in)$", last) and not find_rhythm(rest):
        return False
    if re.match(r"(?:målsättningen|ambitionen|strävan)\s+är\b", rest):
        return True
    if re.match(r"att\s+\w+", rest) and INFINITIVE.match(rest[4:]) and re.search(r"\buppgift\w*\s+(?:är\s+)?att\b|\buppdrag\s+att\b|\bsig\s+att\b|\bför\s+att\b", before + " "):  # fmt: skip
        return True
    if (_RESPONSIBLE.match(rest) or re.match(r"(?:består|utgörs|leds|har\s+till\s+uppgift|har\s+i\s+uppdrag)\b", rest)) and not _inside_clause(before):  # fmt: skip
        return True
    if modal:
        infinitive = INFINITIVE.match(rest)
        return infinitive is not None and not infinitive.group().endswith("s") and not _inside_clause(before)  # fmt: skip
    active = ACTIVE.match(rest) or _RESPONSIBLE.match(rest)
    passive = PASSIVE.match(rest)
    if passive and find_rhythm(rest):
        own = main_verb(before)
        beside = own is not None and PASSIVE.fullmatch(own.group()) is not None
        return find_rhythm(before) is None or beside
    meets = re.match(r"(?:träffas|möts|sammanträder)", rest)
    return bool(active and not _inside_clause(before)) or bool(passive and meets)


def _inside_clause(before: str) -> bool:
    """The joint stands within a clause that opened after the main verb: ”för att …”, ”som …”."""
    opened = re.search(r"\b(?:som|där|för\s+att|så\s+att|vilka|vilket|hur|när|om\s+att)\b[^,]*$", before, re.IGNORECASE)  # fmt: skip
    return bool(opened) and opened is not None and opened.start() > 25


_DOCUMENT = re.compile(
    r"\b(?:[\wåäö]*lägesbild|[\wåäö]*plan|medborgarlöfte|trygghetsmätning|trygghetsundersökning|orsaksanalys|barnkonsekvensanalys|överenskommelse|avtal|lägesrapport|utvärdering|protokoll)(?:en|et|n|na|er|erna|ar)?\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:en|ett|den|det|de|minst\s+\w+|varje\s+\w+|sin|sitt|sina|särskilt)\s+", re.IGNORECASE)  # fmt: skip
_NOUN_END = re.compile(r"\s+(?:som|för|till|med|från|på|i|av|vid|om|senast|minst|varje|per|enligt|under|inför|genom|utifrån|inom|mellan|kring|och|samt|årligen|löpande|tillsammans|ska|skall|bör|kan|är|var\w+|mot|hos|där|när|att|en\s+gång|två|tre)\b|[,.:;()]|$")  # fmt: skip


def subject_noun(text: str, heading: str, body: str) -> str:
    """A noun for status sentences, in the text's own words: the body, what is done, or the heading."""
    if body:
        return body[:1].upper() + body[1:]
    noun = _noun_of(text)
    if noun:
        return noun[:1].upper() + noun[1:]
    if heading:
        return heading if not heading.isupper() else heading.capitalize()
    return " ".join(text.split()[:6]).strip(" ,.;:") or text[:60]


def _noun_of(text: str) -> str:
    """The grammatical subject of a passive, the object of an act, or a document named."""
    verb = main_verb(text)
    if (verb and re.search(r"\w{3,}as\b|\bske\b", text[verb.end() : verb.end() + 60])) or (verb and PASSIVE.fullmatch(verb.group())):  # fmt: skip
        before = _trimmed(text[: verb.start()])
        if before and len(before.split()) <= 4 and not INFINITIVE.match(before):
            return before
    acts = [m for m in (INFINITIVE.search(text), ACTIVE.search(text)) if m]
    for act in sorted(acts, key=lambda m: m.start()):
        rest = re.sub(r"^\s*(?:upp|fram|ut|till|in|över|om|av|för|i|sig)\b", "", text[act.end() :])
        after = _trimmed(rest.strip())
        if after and len(after.split()) <= 5:
            return after
    document = _DOCUMENT.search(text)
    return document.group() if document else ""


_AT_LEAST = re.compile(rf"^(?:minst\s+)?(?:\d+|{'|'.join(NUMBERS)})\s+(?!gång|ggr|tillfälle)", re.IGNORECASE)  # fmt: skip
_NO_NOUN = re.compile(r"(?:var(?:t|annan|annat)\b|årligen|att|med|på|i|av|till|för|om|från|vid|hur|som|senast|inför|efter|under|varje|minst|också|även|inte|vilka?)\b", re.IGNORECASE)  # fmt: skip


def _trimmed(words: str) -> str:
    words = _AT_LEAST.sub("", words.strip(" ,"))
    if _NO_NOUN.match(words):
        return ""
    for _ in range(3):
        words = _ARTICLE.sub("", words)
    words = words[: (_NOUN_END.search(words) or re.search("$", words)).start()].strip(" ,")  # type: ignore[union-attr]
    return words if len(words) > 3 and words.split()[0].casefold() not in ("parterna", "kommunen", "polisen", "det", "den", "rådet", "gruppen") else ""  # fmt: skip
