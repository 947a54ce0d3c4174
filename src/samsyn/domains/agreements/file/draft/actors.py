"""Who a sentence lays its duty on: functions, bodies and parties, by where they stand in it."""

from __future__ import annotations

import re

from samsyn.domains.agreements.file.draft.bodies import Bodies
from samsyn.domains.agreements.file.draft.functions import functions_in
from samsyn.domains.agreements.file.draft.notes import Notes, slug
from samsyn.domains.agreements.file.draft.organisations import stem
from samsyn.domains.agreements.file.draft.prose import Prose, Sentence, Span
from samsyn.domains.agreements.file.draft.verbs import PASSIVE

_RESPONSIBLE = re.compile(r"\b[Aa]nsvarig\w*\s+(?:för\s+[\w\s]+?\s+)?är\s+(?P<who>.+)$")
_PASSIVE = re.compile(
    r"\b(?:ska(?:ll)?|bör|måste)\b(?:\s+[\w%-]+){0,6}?\s+(?:\w{2,}as|[gtsf]ås|ges|tas|ses|ske)\b"
)
_AGENT = re.compile(
    r"\b(?:tas|tagits|utförs|beslutas|upprättas|genomförs|ledas|leds|göras|görs|fram|upp|samordnas|erhållas|erhålls|\w{3,}s)\s+(?:[\wåäö]+\s+){0,3}?(?:av|från)\s+(?P<who>.+)"
)
_WHERE = re.compile(r"\b(?:i|inom|vid)\s+(?:det\s+|den\s+)?(?P<who>[\wåäöÅÄÖ-]+(?:\s+[\wåäöÅÄÖ-]+){0,3})")  # fmt: skip
_BESIDE = re.compile(
    r"(?:,\s*)?\b(?:tillsammans|i\s+(?:nära\s+)?samverkan|i\s+samråd|i\s+dialog|i\s+samarbete)\s+med\s+(?:[\wåäöÅÄÖ-]+\s*){1,4}?(?=,|\s(?:ska|bör|kan|har|och)|$)(?:,\s*)?"
)
_EVERYONE = re.compile(
    r"\b(?:[Pp]arterna|[Ss]amtliga\s+(?:parter|aktörer)|[Aa]lla\s+parter|[Bb]åda\s+parter\w*|[Pp]arternas|[Vv]ardera\s+part\w*|[Vv]arje\s+part|[Rr]espektive\s+part|[Pp]art\s+som|[Vv]i|[Gg]emensam(?:ma|t)\s+(?:ansvar|åtaganden?)|[Tt]illsammans)\b"
)
KINDS = {
    "municipality": r"\bkommun(?:en|er|erna|ens|ernas)?\b|\bstaden(?:s)?\b|\bstadsområdet\b|\bkommunfullmäktige\b|\bkommunstyrelsen\b|\b\w+nämnden\b",
    "region": r"\bregionen(?:s)?\b|\blandstinget\b",
    "municipal_company": r"\b(?:bostads|fastighets)?bolaget(?:s)?\b",
    "police_area": r"\bpolis(?:en|ens|myndigheten)?\b|\blokalpolisområde\w*",
    "probation": r"\bkriminalvården(?:s)?\b|\bfrivården(?:s)?\b",
    "association": r"\bföreningen(?:s)?\b",
}
_RECEIVER = re.compile(r"\b(?:lämnas|skickas|översänds|delges|rapporteras|redovisas|överlämnas|presenteras)\s+(?:\w+\s+)?(?:till|för)\s+[\wåäöÅÄÖ-]+")  # fmt: skip
_INVERTED = re.compile(
    r"^(?:Utifrån|Enligt|Med|Vid|På|För|Efter|Inför|Under|Varje|Genom|Minst|Inom|Årligen|Därutöver|Dessutom|Till|Utöver|Senast|Gemensamt|När|Om|Då)\b"
)
_OF_AGREEMENT = re.compile(
    r"^(?:Den\s+|Denna\s+)?(?:[Ss]amverkans)?(?:[Öö]verenskommelsen|[Aa]vtalet)\b|^Bilagor"
)
_PREPOSITION = re.compile(r"(?:med|från|till|för|av|inom|hos|på|vid|mellan|enligt|i|om|mot|åt)\s+(?:\w+\s+)?$", re.IGNORECASE)  # fmt: skip


_UNNAMED = re.compile(
    r"\b(?:ska(?:ll)?\s+)?(?:föras|förs|delges|hållas|hålls|dokumenteras|protokollförs)\b"
)


class Actors:
    """Finds who answers for a sentence; ``found`` names the rule that told."""

    def __init__(self, prose: Prose, notes: Notes, bodies: Bodies) -> None:
        self.prose, self.notes, self.bodies = prose, notes, bodies
        self._of_section: dict[int, list[str]] = {}
        self._telling = [
            (name, re.compile(rf"\b{re.escape(words)}s?\b", re.IGNORECASE))
            for name, value in notes.under("parties")
            for words in _telling(value["name"], value["kind"])
        ] + [
            (name, re.compile(rf"\b{re.escape(local)}s?\b"))
            for name, _value in notes.under("parties")
            if (local := notes.at(f"parties.{name}.local_name"))
        ]

    def answering(
        self, sentence: Sentence, text: str, at: int, owner: list[str], last: list[str]
    ) -> tuple[list[str], str]:
        """Who answers for ``text`` (a part of ``sentence``) whose binding verb stands at ``at``.

        ``owner`` is whose list or heading it stands under, ``last`` whom the sentence before spoke of.
        """
        named = _RESPONSIBLE.search(text)
        if named:
            who = self.named(sentence, text[named.start("who") :])
            if who:
                return who, "responsible_named"
        plain = _BESIDE.sub(lambda match: " " * len(match.group()), text)
        verb = max(at, 0)
        agent = _AGENT.search(plain)
        if agent and PASSIVE.match(plain, verb):
            who = self.named(sentence, agent["who"][:80])
            if who:
                return who, "agent"
        if not _PASSIVE.search(text):
            places = [(plain[:verb], "subject_before_verb"), (_near(plain, verb), "subject_after_verb")]  # fmt: skip
            for part, rule in reversed(places) if _INVERTED.match(text) else places:
                who = self.named(sentence, part)
                if who:
                    return who, rule
        if agent:
            who = self.named(sentence, agent["who"][:80])
            if who:
                return who, "agent"
        for place in _WHERE.finditer(plain):
            body = self._body(sentence, place["who"])
            if body:
                return [body], "in_body"
        who = self._named_for_section(sentence)
        if who:
            return who, "responsible_in_section"
        if owner:
            return owner, "owner_of_section"
        section = self.prose.blocks[sentence.block].section
        headed = self.bodies.of_section.get(section)
        if headed and _UNNAMED.search(text):
            return [headed.id], "section_of_body"
        for part in _RECEIVER.split(text):
            who = self.named(sentence, part)
            if who:
                return who, "named_in_sentence"
        section = self.prose.blocks[sentence.block].section
        own = self.bodies.of_section.get(section)
        if own:
            return [own.id], "section_of_body"
        if last and not _OF_AGREEMENT.match(text):
            return last, "spoken_of_before"
        everyone = list(dict(self.notes.under("parties")))
        return everyone, "everyone" if everyone else "nobody"

    def has_agent(self, text: str) -> bool:
        """”… antas av nämnden” says itself who does it."""
        agent = _AGENT.search(text)
        return bool(agent and PASSIVE.match(text)) and agent is not None and bool(self.parties(agent["who"][:80]))  # fmt: skip

    def named(self, sentence: Sentence, text: str) -> list[str]:
        """Functions, else a body, else parties named in a part of a sentence."""
        if not text.strip():
            return []
        known = {name for name, _value in self.notes.under("functions")}
        titles = [t for t in functions_in(text) if not _PREPOSITION.search(text[: t.start])]
        names = [slug(title.name) for title in titles or functions_in(text)]
        names = [name for name in dict.fromkeys(names) if name in known]
        if names:
            return names[:4]
        short = short_title(self.notes, text)
        if short and not _PREPOSITION.search(text[: short[1][0]]):
            return [short[0]]
        body = self._body(sentence, text)
        if body:
            return [body]
        return self.parties(text)

    def _body(self, sentence: Sentence, text: str) -> str | None:
        span = self.prose.find(text, sentence.span) if text.strip() else None
        acting = self.bodies.acting_in(span) if span else []
        if acting:
            return acting[0].id
        if re.search(r"\b(?:[Rr]ådet|[Gg]ruppen|[Gg]rupperna|[Dd]eltagarna|[Ff]unktionen|[Nn]ätverket|[Nn]ätverken|[Tt]eamen|[Tt]eamet)\b", text):  # fmt: skip
            spoken = self.bodies.spoken_of(sentence)
            return spoken.id if spoken else None
        return None

    def parties(self, text: str) -> list[str]:
        """The parties that the words name or mean."""
        parties = dict(self.notes.under("parties"))
        if _EVERYONE.search(text):
            return list(parties)
        exact = {name for name, pattern in self._telling if pattern.search(text)}
        found = []
        for name, value in parties.items():
            meant = value["kind"] in KINDS and re.search(KINDS[value["kind"]], text, re.IGNORECASE)
            others = any(parties[other]["kind"] == value["kind"] for other in exact)
            if value["name"] in text or name in exact or (meant and not others):
                found.append(name)
        return found

    def _named_for_section(self, sentence: Sentence) -> list[str]:
        """”Ansvariga är …” somewhere in the section."""
        number = self.prose.blocks[sentence.block].section
        if number not in self._of_section:
            self._of_section[number] = self._read_section(number)
        return self._of_section[number]

    def _read_section(self, number: int) -> list[str]:
        for block in self.prose.sections[number].blocks:
            for other in self.prose.sentences_in(block):
                named = _RESPONSIBLE.search(other.text)
                who = self.named(other, other.text[named.start("who") :]) if named else []
                if who:
                    return who
        return []

    def subject_of(self, sentence: Sentence, at: int) -> list[str]:
        """Whom a sentence is about: named before its verb, or the body it speaks of."""
        who = self.named(sentence, sentence.text[: max(at, 0)] or sentence.text[:35])
        return who

    def owner_of_heading(self, heading: str, span: Span) -> list[str]:
        """Whose undertakings a heading or label announces: ”Polisens åtaganden”."""
        bodies = self.bodies.named_in(span)
        if bodies:
            return [bodies[0].id]
        names = [slug(title.name) for title in functions_in(heading)]
        known = {name for name, _value in self.notes.under("functions")}
        return [name for name in names if name in known] or self.parties(heading)


_SHORT = re.compile(r"\b(?P<noun>[Ss]amordnare|[Ss]trateg|[Hh]andläggare|[Dd]irektör|[Kk]oordinator)(?:n|en)\b")  # fmt: skip


def short_title(notes: Notes, text: str) -> tuple[str, tuple[int, int]] | None:
    """”Samordnaren” is the one function whose name ends so, with its place; None for several."""
    match = _SHORT.search(text)
    if match is None:
        return None
    ending = slug(match["noun"])
    ends = [name for name, _value in notes.under("functions") if name.endswith(ending)]
    return (ends[0], match.span()) if len(ends) == 1 else None


def _near(text: str, verb: int) -> str:
    """What stands close after the verb, to the end of a word."""
    end = text.find(" ", verb + 60)
    return text[verb : end if end > 0 else len(text)]


def _telling(name: str, kind: str) -> list[str]:
    """The words of a name that point at one organisation alone."""
    if kind in ("police_area", "probation"):
        return []
    words = [w for w in re.findall(r"[\wåäö]+", stem(name)) if w not in ("ab", "region", "kommun", "stad", "i")]  # fmt: skip
    return words[:1] if words and len(words[0]) > 3 else []
