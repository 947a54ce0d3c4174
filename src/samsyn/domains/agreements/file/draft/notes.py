"""What the draft reader proposes: a value, the words it was read from, and how sure the rule is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from samsyn.domains.agreements.file.draft.prose import Prose, Sentence, Span


@dataclass(frozen=True)
class Evidence:
    """Words of the agreement: ``text[start:end] == words``."""

    words: str
    start: int
    end: int


@dataclass(frozen=True)
class Proposal:
    """One thing for a person to confirm, change or reject.

    ``path`` names a place in the agreement file by id (``bodies.styrgruppen.chair``), ``value`` is
    what would stand there (plain data), ``words`` the exact words it was read from, ``sentence``
    the sentence around them, ``confidence`` from 0 to 1, and ``rule`` the rule that read it.
    """

    kind: str
    path: str
    value: Any
    words: Evidence
    sentence: Evidence
    confidence: float
    rule: str


@dataclass
class Notes:
    """Proposals as the rules make them; one path is proposed once, the surest rule wins."""

    prose: Prose
    found: dict[str, Proposal] = field(default_factory=dict)
    _names: dict[str, list[str]] = field(default_factory=dict)

    def add(
        self,
        kind: str,
        path: str,
        value: Any,
        words: Span,
        *,
        confidence: float,
        rule: str,
        sentence: Span | None = None,
    ) -> None:
        """Propose ``value`` at ``path``; ``words`` is where it was read."""
        around = sentence or self.sentence_around(words)
        proposal = Proposal(
            kind, path, value, self._evidence(words), self._evidence(around), confidence, rule
        )
        known = self.found.get(path)
        if known is None:
            head, _, name = path.rpartition(".")
            self._names.setdefault(head, []).append(name)
        if known is None or known.confidence < confidence:
            self.found[path] = proposal

    def at(self, path: str) -> Any:
        """The value proposed at ``path``, or None."""
        known = self.found.get(path)
        return known.value if known else None

    def under(self, prefix: str) -> Iterator[tuple[str, Any]]:
        """(id, value) of the items proposed directly under ``prefix``."""
        for name in list(self._names.get(prefix, ())):
            yield name, self.found[f"{prefix}.{name}"].value

    def sentence_around(self, words: Span) -> Span:
        """The sentence or heading that holds the words; the words themselves where none does."""
        sentence = self.prose.sentence_at(words.start)
        block = self.prose.block_at(words.start)
        for around in (sentence, block):
            if around and words.end <= around.span.end:
                return around.span
        return words

    def _evidence(self, span: Span) -> Evidence:
        return Evidence(self.prose.text[span.start : span.end], span.start, span.end)


def within(sentence: Sentence, prose: Prose, start: int, end: int) -> Span:
    """Places in a sentence's cleaned text, as places in the whole text."""
    words = sentence.text[start:end]
    return prose.find(words, sentence.span) or sentence.span


def slug(words: str, *, longest: int = 50) -> str:
    """An id made of words: ``Säkerhets- och beredskapschef`` → ``sakerhets-och-beredskapschef``."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    while len(name) > longest and "-" in name:
        name = name.rpartition("-")[0]
    name = name[:longest].strip("-")
    return name if len(name) >= 2 else f"id-{name}".strip("-")
