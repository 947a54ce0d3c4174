"""Bodies: which there are, every place that names them, and which one a sentence speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from samsyn.domains.agreements.file.draft.notes import slug
from samsyn.domains.agreements.file.draft.prose import Prose, Sentence, Span

_DEF = r"(?:en|ens|er|ers|erna|ernas|et|ets)?\b"
_COUNCIL = (
    r"(?:brottsförebyggande|strategisk[at]?|lokal[at]?|kommunvisa|kommunal[at]?|gemensam(?:t|ma))"
)
# (role, pattern of the noun, how sure a single mention makes us)
_ROLES: list[tuple[str, str, float]] = [
    ("weekly", r"vecko(?:lägesbilds?)?möte\w*|veckolägesbild(?:en|er)?\b|EST-(?:möte\w*|grupp\w*|träff\w*)|lägesbildsmöte\w*|avstämningsmöte\w*|veckoavstämning\w*", 0.75),
    ("strategic_council", rf"(?:{_COUNCIL}\s+){{1,3}}(?:samverkans|trygghets|samordnings)?råde?t?s?\b|(?:{_COUNCIL}\s+)*(?:trygghets|säkerhets|folkhälso|samverkans|trygghetsskapande)-?(?:\s+och\s+\w+)?råde?t?s?\b", 0.75),
    ("strategic_council", r"(?:\b[Ll]okala?\s+)?\b(?:BRÅ|Brå)\b", 0.65),
    ("operational", rf"(?:operativ[at]?|taktisk[at]?)\s+(?:\w*grupp){_DEF}|(?:den\s+)?(?<!lokal )samverkansgrupp{_DEF}|trygghetsgrupp{_DEF}", 0.75),
    ("steering", rf"(?:strategiska?\s+)?(?:styr(?:nings)?grupp|styrande\s+grupp){_DEF}|(?<!ommunens )(?<!olisens )(?<!ltningens )(?<!ommunal )(?:gemensam(?:ma)?\s+)?(?:samverkans)?ledningsgrupp{_DEF}(?:\s+för\s+(?:trygghet|samverkan|det\s+\w+\s+arbetet)\b)?", 0.8),
    ("preparatory", rf"(?:beredningsgrupp|berednings-?\s?grupp|samordningsgrupp|planeringsgrupp|arbetsutskott){_DEF}", 0.75),
    ("working_group", rf"(?:arbetsgrupp|projektgrupp|insatsgrupp|temagrupp|lokala?\s+samverkansgrupp){_DEF}", 0.7),
    ("coordination", r"samordningsfunktion(?:en|ens)?\b", 0.8),
    ("weekly", r"\bEST\b", 0.65),
    ("forum", r"\bSSPF(?:-(?:team|grupp|möte)\w*)?\b|\bSSP\b|\bANDTS?(?:-?S)?(?:-forum\w*|-grupp\w*|-nätverk\w*)?\b(?!-)", 0.6),
    ("forum", r"läges(?:möte|avstämning|träff)\w*|\b(?!informations|föräldra|grann|personal|bostads)[\wåäö]{3,}(?:möte|träff|avstämning)(?:t|n|en|ar)?(?=\s+tillsammans\s+med\s)", 0.7),
    ("forum", rf"interaktionsmöte\w*|\bmöte\s+mellan\s+[^.;:]{{10,90}}?(?=\s+(?:angående|kring|om|ska|sker|hålls|gällande))|(?:\w+\s)?\w*forum(?:et)?(?=\s+där|\s+ska|\s+för)|[\w-]+nätverk{_DEF}|(?:referens|samråds|dialog|resurs)grupp{_DEF}|nätverksträff\w*", 0.6),
]  # fmt: skip
_FORUMS = re.compile(r"samverkansform|samverkansforum|mötesforum|mötesform|samverkansstruktur", re.IGNORECASE)  # fmt: skip
_MEETS = re.compile(
    r"\b(?:sammanträder|sammanträda|träffas|möts|mötas|samlas|sammankallas|sammankommer|har\s+möte\w*|möte(?:n|t)?\s+(?:mellan|hålls|ska)|håller\s+möte\w*|sker|träffa)\b",
    re.IGNORECASE,
)
_EXISTS = re.compile(r"\bska(?:ll)?\s+(?:det\s+)?(?:finnas|inrättas?|tillsättas?|bildas?)\b|\bfinns\b|\binrättas\b", re.IGNORECASE)  # fmt: skip
_ANAPHOR = re.compile(
    r"(?<![\wåäö-])(?:det\s+|den\s+)?(?P<noun>råd|grupp|forum|möte|nätverk|team|utskott)(?:et|en|ets|ens|erna|n)?(?![\wåäö-])",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"^(?:Den|Det|De|Dessa|Denna)\s+(?:består|träffas|möts|sammanträder|leds|samlas|ska|har)\b")  # fmt: skip
_MEMBERSHIP = re.compile(
    r"\b(?:består\s+av|ingår|ingå|bestå(?:ende)?\s+av|utgörs\s+av|medlemmar|ledamöter|deltagare|representanter|representeras|deltar|sitter)\b",
    re.IGNORECASE,
)


@dataclass
class Found:
    """A body in the text: its id, its role, and every place that names it."""

    id: str
    role: str
    name: str
    span: Span
    confidence: float
    headed: bool = False
    mentions: list[Span] = field(default_factory=list)


class Bodies:
    """The bodies of one text, and which of them a sentence speaks of."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        self.found: list[Found] = []
        self.of_section: dict[int, Found] = {}
        self._collect()
        self._index()
        self._collect_listed()
        self.found = [body for body in self.found if self._is_real(body)]
        self._index()
        self._head_sections()

    def named_in(self, span: Span) -> list[Found]:
        """Bodies that a stretch names, in order."""
        return list({body.id: body for _mention, body in self._mentions_in(span)}.values())

    def acting_in(self, span: Span) -> list[Found]:
        """Bodies that act in a stretch: ”trygghetsrådets samverkansgrupp” is the group's doing."""
        acting = [body for mention, body in self._mentions_in(span) if not self._is_owner(mention)]
        return list({body.id: body for body in acting}.values())

    def _index(self) -> None:
        """All mentions in the order of the text, for quick look-up."""
        self._mentions = sorted(
            ((mention, body) for body in self.found for mention in body.mentions),
            key=lambda pair: pair[0].start,
        )
        self._starts = [mention.start for mention, _body in self._mentions]

    def _mentions_in(self, span: Span) -> Iterator[tuple[Span, Found]]:
        for place in range(bisect_left(self._starts, span.start), len(self._starts)):
            mention, body = self._mentions[place]
            if mention.start >= span.end:
                return
            if mention.end <= span.end:
                yield mention, body

    def _is_owner(self, mention: Span) -> bool:
        genitive = re.search(r"(?:ets|ens|ernas)$", self.prose.flat[mention.start : mention.end])
        tail = self.prose.flat[mention.end : mention.end + 14]
        return bool(genitive) and not re.match(r"\s*(?:roll|uppdrag|uppgift|ansvar)", tail)

    def spoken_of(self, sentence: Sentence) -> Found | None:
        """The body a sentence is about: the first it names, or the one its section is about."""
        named = self.named_in(sentence.span)
        section = self.of_section.get(self.prose.blocks[sentence.block].section)
        meant = self._meant_by_noun(sentence)
        if meant and meant not in named:
            return meant
        if section and (section in named or not named):
            return section
        return named[0] if named else section

    def _meant_by_noun(self, sentence: Sentence) -> Found | None:
        """”Rådet” is the council last named before; ”Den består av …” the body last named."""
        last = bisect_right(self._starts, sentence.span.start)
        before = [body for _mention, body in self._mentions[max(0, last - 12) : last]]
        if _PRONOUN.match(sentence.text):
            return before[-1] if before and self.named_before(sentence) else None
        noun = _ANAPHOR.search(sentence.text)
        if noun is None or not noun.group()[0].isalpha():
            return None
        if re.search(r"\b(?:ett|en)\s+(?:\w+\s+)?$", sentence.text[: noun.start()]):
            return None  # one more of its kind, none spoken of before
        stem = noun["noun"].casefold()
        return next((body for body in reversed(before) if _is_a(body, stem)), None)

    def named_before(self, sentence: Sentence) -> Found | None:
        """The body that the section last spoke of before a sentence that names none."""
        section = self.prose.blocks[sentence.block].section
        start = self.prose.sections[section].span.start
        named = self.acting_in(Span(start, sentence.span.start))
        return named[-1] if named else None

    def _collect(self) -> None:
        taken = bytearray(len(self.prose.flat) + 1)
        for role, pattern, confidence in _ROLES:
            # ”Arbetsgrupp EST” is one body, not two.
            room = 2 if pattern == r"\bEST\b" else 0
            for match in re.finditer(
                rf"(?<![\wåäö-])(?:{pattern})", self.prose.flat, _flags(pattern)
            ):
                span = _trimmed(self.prose, Span(*match.span()))
                if re.search(r"\bär\s+(?:\w+\s+)?$" if role == "forum" else r"\b(?:är|fungerar\s+som|utgör)\s+(?:(?:\w+s|ett|en)\s+){0,2}$", self.prose.flat[max(0, span.start - 25) : span.start]):  # fmt: skip
                    continue
                if any(taken[max(span.start - room, 0) : span.end]):
                    continue
                taken[span.start : span.end] = b"\1" * (span.end - span.start)
                self._mention(role, span, confidence)
        for body in self.found:
            body.mentions.sort(key=lambda mention: mention.start)

    def _collect_listed(self) -> None:
        """Forums that stand in a list of forums, by the words before a dash or a full stop."""
        for block in self.prose.blocks:
            if block.kind != "item" or not _FORUMS.search(self.prose.heading_of(block)):
                continue
            body = self.prose.body_of(block)
            name = re.split(r"\s+[-–]\s+|[.:;]", self.prose.clean(body))[0].strip()
            span = self.prose.find(name, body)
            if span and 3 < len(name) < 90 and not self.named_in(span):
                self.found.append(Found(slug(name), "forum", name, span, 0.7, mentions=[span]))

    def _mention(self, role: str, span: Span, confidence: float) -> None:
        name = self.prose.clean(span)
        words = _stems(name)
        for body in self.found:
            known = _stems(body.name)
            alike = words <= known or known <= words or _akin(name, body.name)
            same = alike or (_is_bra(name) and _is_bra(body.name)) or role == "operational"
            if body.role == role and same:
                body.mentions.append(span)
                if _is_definite(name) and not _is_definite(body.name):
                    body.name, body.span = name, span
                return
        self.found.append(Found(slug(name), role, name, span, confidence, mentions=[span]))

    def _is_real(self, body: Found) -> bool:
        """A body has a heading, or is said to meet or consist of someone, or is named again."""
        blocks = [self.prose.block_at(mention.start) for mention in body.mentions]
        kinds = {block.kind for block in blocks if block}
        body.headed = "heading" in kinds
        if kinds & {"heading", "item", "row"} or len(body.mentions) > 1 or body.role == "forum":
            return True
        named = self.prose.sentence_at(body.mentions[0].start)
        lawful = named is not None and re.search(r"\b[Ll]ag(?:en)?\b", named.text)
        if body.role in ("strategic_council", "steering") and " " in body.name and not lawful:
            body.confidence = min(body.confidence, 0.65)
            return True
        around = self.prose.sentence_at(body.mentions[0].start)
        said = (_MEETS, _MEMBERSHIP, _EXISTS)
        return around is not None and any(pattern.search(around.text) for pattern in said)

    def _head_sections(self) -> None:
        for number, section in enumerate(self.prose.sections):
            named = self.named_in(section.span) if section.heading else []
            if named:
                self.of_section[number] = named[0]
                named[0].headed = True
                named[0].confidence = max(named[0].confidence, 0.9)
                self._name_after_heading(named[0], section.heading, section.span)
            elif number:
                self._head_by_subject(number)

    def _name_after_heading(self, body: Found, heading: str, span: Span) -> None:
        """A heading that names the body more fully: ”Arbetsgruppen Trygg miljö”."""
        full = re.sub(r"\s*\(.*?\)", "", heading).strip()
        more = len(body.name.split()) < len(full.split()) <= 5
        plain = not full.isupper() and not re.search(r"\b(?:och|samt)\b|s\s+(?:roll|uppdrag|uppgift\w*|sammansättning|möten)", full)  # fmt: skip
        first = full.split()[0].casefold() if full else ""
        if more and plain and len(self.named_in(span)) == 1 and _stems(first) & _stems(body.name):
            found = self.prose.find(full, span)
            body.name, body.span = (full, found) if found else (body.name, body.span)

    def _head_by_subject(self, number: int) -> None:
        """A section whose sentences mostly begin with one body is about that body."""
        sentences = [
            s for s in self.prose.sentences if self.prose.blocks[s.block].section == number
        ]
        first = [
            body.id
            for s in sentences
            for body in self.named_in(Span(s.span.start, min(s.span.start + 45, s.span.end)))[:1]
        ]
        if len(first) >= 2 and len(set(first)) == 1 and len(first) * 2 >= len(sentences):
            self.of_section[number] = next(b for b in self.found if b.id == first[0])


def _is_bra(name: str) -> bool:
    """The council that everyone shortens to Brå."""
    plain = name.casefold()
    return "brottsförebyggande" in plain or "brå" in plain.split()


def _is_a(body: Found, noun: str) -> bool:
    return noun in body.name.casefold() or (noun == "råd" and body.role == "strategic_council")


def _trimmed(prose: Prose, span: Span) -> Span:
    """A noun without the words before it that are no part of its name."""
    words = prose.flat[span.start : span.end]
    match = re.match(
        r"\s*(?:den|det|en|ett|och|i|av|samt|till|finns|för|från|med|som|via)\s+",
        words,
        re.IGNORECASE,
    )
    first = words.split()[0] if words.split() else ""
    if match:
        return Span(span.start + match.end(), span.end)
    if (
        " " in words
        and first.islower()
        and not re.match(
            r"(strategisk|operativ|taktisk|lokal|brottsförebyggande|styrande|berednings|kommunvisa)",
            first,
        )
    ):
        return Span(span.start + words.index(first) + len(first) + 1, span.end)
    return span


def _stems(name: str) -> frozenset[str]:
    """The parts of a name that tell bodies apart, without endings."""
    words = re.findall(r"[\wåäö]+", name.casefold())
    return frozenset(
        re.sub(r"(?:ens|ets|erna|ernas|er|en|et|na|t|a|s)$", "", re.sub(r"(råd|grupp|forum|möte)(?:et|en|t|n|na)?s?$", r"\1", word))
        for word in words
        if word not in ("den", "det")
    )  # fmt: skip


def _akin(one: str, other: str) -> bool:
    """Two words with a long beginning in common: ”veckolägesbild” and ”veckolägesbildsmöten”."""
    a, b = one.casefold(), other.casefold()
    shorter = min(len(a), len(b))
    return shorter >= 10 and a[:shorter] == b[:shorter]


def _is_definite(name: str) -> bool:
    return bool(
        re.search(r"(?:rådet|gruppen|grupperna|forumet|funktionen|mötet)$", name, re.IGNORECASE)
    )


def _flags(pattern: str) -> int:
    """Abbreviations are told by their capitals."""
    return 0 if pattern == r"\bEST\b" or "BRÅ" in pattern or "SSPF" in pattern else re.IGNORECASE
