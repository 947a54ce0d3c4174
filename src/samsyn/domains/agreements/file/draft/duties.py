"""Commitments: who shall do what, how often, and what would show it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from samsyn.domains.agreements.file.draft.actors import Actors
from samsyn.domains.agreements.file.draft.bodies import Bodies, Found
from samsyn.domains.agreements.file.draft.clauses import parts_of, subject_noun
from samsyn.domains.agreements.file.draft.duty_words import MAY, MUST, SHOULD, bond_of, modal_of
from samsyn.domains.agreements.file.draft.evidence import MEETING, evidence_of
from samsyn.domains.agreements.file.draft.notes import Notes, slug
from samsyn.domains.agreements.file.draft.prose import Block, Prose, Sentence, Span
from samsyn.domains.agreements.file.draft.rhythm_words import find_rhythm
from samsyn.domains.agreements.file.draft.verbs import ACTIVE, INFINITIVE, PASSIVE, has_finite_verb

_MEETS = re.compile(r"\b(?:sammanträd|träffas|möts|mötas|samlas|sammankom|sammankallas|möten?\s+(?:hålls|ska|sker))", re.IGNORECASE)  # fmt: skip
_MEMBERS = re.compile(r"\bingår\b|\bbestår\b|\butgörs\b|\bledamöter\b|\bdeltagare\b|\bsammansättning\b|\bmedlemmar\b", re.IGNORECASE)  # fmt: skip
_DUTY_HEADING = re.compile(
    r"åtagande|\bansvar(?:sområden)?\b|skyldighet|uppgift|uppdrag\b|löfte[nr]?\b|lovar\b|^Det(?:ta|\s+här)\s+gör|\bgör\b", re.IGNORECASE
)  # fmt: skip
_LEADS_ON = re.compile(r"(?::|\batt|\bska|\bskall|\bbör|\bsärskilt|\bsig|\bgenom)\s*:?$", re.IGNORECASE)  # fmt: skip
_LAST_YEAR = re.compile(r"\bunder\s+(?:det\s+)?sista\s+(?:avtals)?året|\bunder\s+avtalets\s+sista\s+år|\binnan\s+(?:överenskommelsen|avtalet)\s+löper\s+ut", re.IGNORECASE)  # fmt: skip
_BEFORE_END = re.compile(r"senast\s+ett\s+år\s+före\s+(?:avtals|giltighets)\w*\s+(?:utgång|slut)", re.IGNORECASE)  # fmt: skip
_LABEL = re.compile(r"(?P<label>[A-ZÅÄÖ][\wåäö ]{2,25}?)\s*:\s+(?P<rest>.{3,300})$")
_TOPIC = re.compile(r"(?P<label>[A-ZÅÄÖ][\wåäöÅÄÖ ,/-]{2,60}?)\s*:\s+(?=[A-ZÅÄÖ])")
_IN_SEASON = re.compile(r"^Under\s+(?:[\wåäö]+(?:\s+och\s+|,\s*|-\s+och\s+))*[\wåäö-]*(?:lov|loven|lovet|sommaren|sommarmånaderna|vintern|semester\w*|juli)\b", re.IGNORECASE)  # fmt: skip
_WHAT = re.compile(r"^(?:aktivitet|åtgärd|åtagande|insats|uppgift|vad)", re.IGNORECASE)
_WHO = re.compile(r"^(?:ansvar|vem|part)", re.IGNORECASE)
_WHEN = re.compile(r"^(?:när|hur\s+ofta|ofta|frekvens|intervall|mötesfrekvens|tid|datum|klart)", re.IGNORECASE)  # fmt: skip


@dataclass
class _Lead:
    """What introduces a list: its words, how it binds, and whom."""

    words: str
    hardness: str | None
    who: list[str] = field(default_factory=list)
    joins: bool = False  # the item continues the lead's sentence


def propose_commitments(prose: Prose, notes: Notes, bodies: Bodies, skip: list[Span]) -> None:
    """One commitment for each sentence, list item or table row that lays a duty on someone."""
    reader = _Reader(prose, notes, bodies)
    for number, block in enumerate(prose.blocks):
        if any(part.start <= block.span.start < part.end for part in skip):
            continue
        if block.kind == "row":
            reader.read_row(block)
        if block.kind in ("paragraph", "item") and reader.read_labels(number):
            continue
        for sentence in prose.sentences_in(number):
            reader.read(block, sentence)


class _Reader:
    def __init__(self, prose: Prose, notes: Notes, bodies: Bodies) -> None:
        self.prose, self.notes, self.bodies = prose, notes, bodies
        self.actors = Actors(prose, notes, bodies)
        self.last: list[str] = []
        self.section = -1
        self.count = 0
        self.leads: dict[int, _Lead | None] = {}

    # ”Åtgärd: … Ansvarig: … När: …” on lines of their own

    def read_labels(self, number: int) -> bool:
        """A line with a label; True where it belongs to such a group, which its first line proposes."""
        label = _LABEL.match(self.prose.words_of(self.prose.blocks[number]))
        if label is None:
            return False
        if not _WHAT.match(label["label"]):
            return bool(_WHO.match(label["label"]) or _WHEN.match(label["label"]))
        told: dict[str, str] = {}
        for block in self.prose.blocks[number + 1 : number + 4]:
            after = _LABEL.match(self.prose.words_of(block))
            if after is None or _WHAT.match(after["label"]):
                break
            for name, pattern in (("who", _WHO), ("when", _WHEN)):
                if pattern.match(after["label"]):
                    told[name] = after["rest"]
        if not told:
            return False
        block = self.prose.blocks[number]
        who = self.actors.named(_as_sentence(block, ""), told.get("who", ""))
        value = {
            "text": label["rest"], "subject": label["rest"][:200], "responsible": who or self._owner(block),
            "rhythm": self._rhythm(told.get("when", label["rest"])), "hardness": "must", "evidence": evidence_of(label["rest"], None),
            "heading": self.prose.heading_of(block), "clause": self.prose.clause_of(block), "clause_title": self.prose.title_of_clause(block),
        }  # fmt: skip
        self._add_row(block, value, 0.85 if who else 0.7)
        return True

    # Sentences and items

    def read(self, block: Block, sentence: Sentence) -> None:
        if block.section != self.section:
            self.section, self.last = block.section, []
        lead = self._lead_of(block) if block.kind == "item" else None
        if lead is not None and lead.hardness is None:
            return  # members of a body, parts of a document
        if self._only_leads(block, sentence):
            return
        owner = self._owner(block)
        led = lead.hardness if lead else None
        spoken: list[str] = []
        for part in parts_of(self._without_label(sentence.text)):
            spoken = self._propose(sentence, part.text, lead, led, owner, part.subject, spoken) or spoken  # fmt: skip
        if block.kind == "paragraph":
            _hardness, at = modal_of(sentence.text)
            self.last = self.actors.subject_of(sentence, at) or self.last

    def _without_label(self, text: str) -> str:
        """”Ungas fritid: Kommunen öppnar …” without what stands before the colon.

        A label that names a party stays: it says who.
        """
        label = _TOPIC.match(text)
        if label is None or has_finite_verb(label["label"]) or self.actors.parties(label["label"]):
            return text
        rest = text[label.end() :]
        return rest if has_finite_verb(rest) else text

    def _only_leads(self, block: Block, sentence: Sentence) -> bool:
        """”Kommunen åtar sig att”, whose duties are the items that follow."""
        number = sentence.block + 1
        following = self.prose.blocks[number] if number < len(self.prose.blocks) else None
        listed = (
            following is not None and following.kind == "item" and following.lead == sentence.block
        )
        last = sentence.span.end >= block.span.end - 1
        return listed and last and bool(_LEADS_ON.search(sentence.text))

    def _propose(
        self, sentence: Sentence, text: str, lead: _Lead | None, led: str | None,
        owner: list[str], subject: str, spoken: list[str],
    ) -> list[str]:  # fmt: skip
        prose = self.prose
        block = prose.blocks[sentence.block]
        heading = prose.heading_of(block)
        found = find_rhythm(text)
        own_modal = re.search(f"{MUST}|{SHOULD}|{MAY}", text, re.IGNORECASE)
        said = f"{lead.words} {text}" if lead and lead.joins else f"{subject} {text}" if subject else text  # fmt: skip
        bond = bond_of(said if subject else text, found, heading, led=led)
        sure = bond.confidence
        if sure < 0.3:
            return []
        body = self.bodies.spoken_of(sentence)
        if lead is not None and lead.who and not (own_modal and self._has_subject(sentence, text, bond.at)):  # fmt: skip
            who, rule = lead.who, "led_by_sentence"
        elif subject and spoken and not self.actors.has_agent(text):
            who, rule = spoken, "same_subject"
        else:
            who, rule = self.actors.answering(sentence, text, bond.at, owner, self.last)
        answering = list(who)
        if body and _MEETS.search(text) and rule not in ("led_by_sentence", "responsible_named"):
            convened = self.notes.at(f"bodies.{body.id}.conveners")
            who, rule = (list(convened), "convener_of_body") if convened else (who, rule)
            if not convened and rule in ("subject_after_verb", "named_in_sentence"):
                who = [body.id]
        if body and _IN_SEASON.match(text) and MEETING.search(text):
            sure = min(sure, 0.45)  # how a rhythm already told changes for a while
        if rule in ("everyone", "nobody", "spoken_of_before") and sure >= 0.6:
            sure -= 0.1
        if bond.hardness == "when_possible" and not led and sure < 0.5 and self._party_may(sentence, text, bond.at):  # fmt: skip
            sure = 0.5
        self._add(sentence.span, block, body, said, text, who, rule, bond.hardness, sure)
        return answering

    def _party_may(self, sentence: Sentence, text: str, at: int) -> bool:
        """”Regionen kan medverka”: an offer of a party; what a body may do is its mandate."""
        before = text[: max(at, 0)]
        return bool(self.actors.parties(before)) and not self.bodies.named_in(sentence.span)

    def _has_subject(self, sentence: Sentence, text: str, at: int) -> bool:
        return bool(self.actors.named(sentence, text[: max(at, 0)]))

    def _add(
        self, span: Span, block: Block, body: Found | None, said: str, text: str,
        who: list[str], rule: str, hardness: str | None, sure: float,
    ) -> None:  # fmt: skip
        prose = self.prose
        heading = prose.heading_of(block)
        rhythm = self._rhythm(said if len(said) < 400 else text)
        if self._is_history(rhythm):
            return
        value = {
            "text": said,
            "subject": subject_noun(said if PASSIVE.match(text) else text, heading, body.name if body and MEETING.search(text) else ""),
            "responsible": who,
            "rhythm": rhythm,
            "hardness": hardness or "must",
            "evidence": evidence_of(said, body),
            "heading": heading,
            "clause": prose.clause_of(block),
            "clause_title": prose.title_of_clause(block),
        }  # fmt: skip
        if body and MEETING.search(text):
            value["body"] = body.id
        self.count += 1
        name = f"{slug(heading, longest=30) or 'atagande'}-{self.count}"
        self.notes.add(
            "commitment", f"commitments.{name}", value, span,
            confidence=round(min(sure, 0.95), 2), rule=rule, sentence=span,
        )  # fmt: skip

    def _is_history(self, rhythm: object) -> bool:
        """To be done by a day before the agreement begins: told, not promised."""
        start = self.notes.at("validity.from")
        once = rhythm.get("once_by") if isinstance(rhythm, dict) else None
        return bool(start and once and once < start)

    def _rhythm(self, text: str) -> object:
        end = self.notes.at("validity.to")
        if end and len(end) == 10:
            if _LAST_YEAR.search(text):
                return {"once_by": end}
            if _BEFORE_END.search(text) and not end.endswith("02-29"):
                return {"once_by": f"{int(end[:4]) - 1}{end[4:]}"}
        found = find_rhythm(text)
        return found.data if found else "ongoing"

    # What a list stands under

    def _lead_of(self, block: Block) -> _Lead | None:
        if block.lead is None:
            return None
        if block.lead not in self.leads:
            self.leads[block.lead] = self._read_lead(self.prose.blocks[block.lead])
        return self.leads[block.lead]

    def _read_lead(self, block: Block) -> _Lead | None:
        words = self.prose.words_of(block)
        if block.kind == "heading":
            if not _DUTY_HEADING.search(words):
                return None
            return _Lead(words, "must", self.actors.owner_of_heading(words, block.span))
        sentences = self.prose.sentences_in(self.prose.blocks.index(block))
        if not sentences or block.kind != "paragraph":
            return None
        last = sentences[-1]
        text = last.text.rstrip(" :")
        bare = self.actors.parties(text) if len(text.split()) <= 4 and len(sentences) == 1 else []
        if bare and not has_finite_verb(text) and self._items_act(sentences[0].block + 1):
            return _Lead(
                text, "must", bare, joins=self._items_act(sentences[0].block + 1, finite=True)
            )
        if not _LEADS_ON.search(last.text):
            return self._lead_of_section(block)
        if _MEMBERS.search(text) and not re.search(r"\batt$", text):
            return _Lead(text, None)
        binding = re.search(f"{MUST}|{SHOULD}|{MAY}", text, re.IGNORECASE)
        if binding is None and not _DUTY_HEADING.search(text) and not re.search(r"\binnebär\s+att$|\batt$", text):  # fmt: skip
            return self._lead_of_section(block) if self._lead_of_section(block) else _Lead(text, None)  # fmt: skip
        hardness, at = modal_of(text)
        who = self.actors.named(last, text[: max(at, 0)]) or self.actors.owner_of_heading(text, last.span) or self._owner(block)  # fmt: skip
        if not who:
            spoken = self.bodies.spoken_of(last)
            who = [spoken.id] if spoken else self.last
        joins = bool(re.search(r"(?:\batt|\bska(?:ll)?|\bbör|\bsärskilt)$", text)) and len(text) < 90  # fmt: skip
        return _Lead(text, hardness or "must", who, joins)

    def _items_act(self, number: int, *, finite: bool = False) -> bool:
        """The items after a bare ”Kommunen” say what it does, not who is in it."""
        following = self.prose.blocks[number] if number < len(self.prose.blocks) else None
        words = (
            self.prose.words_of(following).split() if following and following.kind == "item" else []
        )
        return any(ACTIVE.fullmatch(w) or w in ("är", "har", "ska", "bör") or (not finite and INFINITIVE.fullmatch(w)) for w in words[:1])  # fmt: skip

    def _lead_of_section(self, block: Block) -> _Lead | None:
        """A list after a sentence of its own, under ”Kommunens åtaganden”."""
        section = self.prose.sections[block.section]
        owner = self._owner(block)
        return _Lead(section.heading, "must", owner) if owner else None

    def _owner(self, block: Block) -> list[str]:
        section = self.prose.sections[block.section]
        if not section.heading or not _DUTY_HEADING.search(section.heading):
            return []
        return self.actors.owner_of_heading(section.heading, section.span)

    # Tables

    def read_row(self, block: Block) -> None:
        """A row of a table: a body and how often it meets, or an activity, who and when."""
        cells = dict(self._columns(block))
        when = cells.get("when")
        first = block.cells[0] if block.cells else None
        bodies = self.bodies.named_in(first) if first else []
        words = self.prose.clean(block.span)
        if first and bodies and when and "what" not in cells:
            body = bodies[0]
            who = self.notes.at(f"bodies.{body.id}.conveners") or [body.id]
            said = f"{self.prose.clean(first)} {self.prose.clean(when)}"
            value = {
                "text": said, "subject": body.name, "responsible": list(who), "rhythm": self._rhythm(self.prose.clean(when)),
                "hardness": "must", "evidence": ["meeting_held" if body.role in ("weekly", "forum") else "meeting_minuted"],
                "heading": self.prose.heading_of(block), "clause": self.prose.clause_of(block), "clause_title": self.prose.title_of_clause(block), "body": body.id,
            }  # fmt: skip
            self._add_row(block, value, 0.85)
        elif "what" in cells and (when or "who" in cells):
            said = self.prose.clean(cells["what"])
            who = self.actors.named(_as_sentence(block, words), self.prose.clean(cells["who"])) if "who" in cells else []  # fmt: skip
            value = {
                "text": said, "subject": said[:200], "responsible": who or self._owner(block),
                "rhythm": self._rhythm(self.prose.clean(when)) if when else "ongoing", "hardness": "must",
                "evidence": evidence_of(said, None), "heading": self.prose.heading_of(block), "clause": self.prose.clause_of(block), "clause_title": self.prose.title_of_clause(block),
            }  # fmt: skip
            self._add_row(block, value, 0.85 if who else 0.7)

    def _columns(self, block: Block) -> Iterator[tuple[str, Span]]:
        for cell, title in zip(block.cells, block.header, strict=False):
            for name, pattern in (("what", _WHAT), ("who", _WHO), ("when", _WHEN)):
                if pattern.match(title):
                    yield name, cell
                    break

    def _add_row(self, block: Block, value: dict[str, object], sure: float) -> None:
        self.count += 1
        name = f"{slug(str(value['heading']), longest=30) or 'atagande'}-{self.count}"
        self.notes.add("commitment", f"commitments.{name}", value, block.span, confidence=sure, rule="table_row", sentence=block.span)  # fmt: skip


def _as_sentence(block: Block, words: str) -> Sentence:
    return Sentence(block.span, words, -1)
