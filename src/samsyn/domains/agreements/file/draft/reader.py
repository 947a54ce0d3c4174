"""Reads the prose of an agreement by deterministic rules and proposes what its file could say."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from samsyn.domains.agreements.file.draft.assembly import assemble, to_yaml
from samsyn.domains.agreements.file.draft.bodies import Bodies
from samsyn.domains.agreements.file.draft.cleaning import tidy
from samsyn.domains.agreements.file.draft.dates import propose_chain, propose_validity
from samsyn.domains.agreements.file.draft.documents import read_text, refuse_long
from samsyn.domains.agreements.file.draft.duties import propose_commitments
from samsyn.domains.agreements.file.draft.notes import Notes, Proposal
from samsyn.domains.agreements.file.draft.papers import (
    propose_annexes,
    propose_documents,
    propose_matters,
)
from samsyn.domains.agreements.file.draft.parties import propose_others, propose_parties
from samsyn.domains.agreements.file.draft.prose import Block, Prose
from samsyn.domains.agreements.file.draft.seats import propose_functions, propose_seats
from samsyn.domains.agreements.file.draft.signing import find_signing, propose_signatures
from samsyn.domains.agreements.file.draft.verbs import has_finite_verb
from samsyn.domains.agreements.file.draft.workings import propose_bodies, propose_workings


@dataclass(frozen=True)
class Draft:
    """What was read in a text: proposals in the order of the text, each with its evidence."""

    text: str
    title: str
    proposals: tuple[Proposal, ...]

    def to_yaml(self, accepted: Collection[str] | None = None, *, at_least: float = 0.5) -> str:
        """The file that the proposals make, with their words as comments.

        ``accepted`` are the paths a person has confirmed; without it, every proposal with at
        least the confidence ``at_least`` is taken. What the text does not say but the file needs
        stands as ATT FYLLA I and is listed at the top.
        """
        assembled = assemble(self.title, self.proposals, accepted, at_least)
        return to_yaml(assembled, self.proposals)

    def to_fill_in(
        self, accepted: Collection[str] | None = None, *, at_least: float = 0.5
    ) -> list[str]:
        """What a person must add before the file can be used: ``path: what``."""
        return assemble(self.title, self.proposals, accepted, at_least).to_fill_in


def draft_agreement(text: str) -> Draft:
    """Propose the parts of an agreement file from an agreement's prose.

    Every proposal carries the exact words it was read from and their sentence, with places in
    ``text``; nothing is proposed that no words stand for. The rules know Swedish agreement
    language, not any one agreement, and give the same answer every time. Raises DocumentError for a
    text too long to be an agreement.
    """
    refuse_long(text)
    text = tidy(text)
    prose = Prose(text)
    notes = Notes(prose)
    signings = find_signing(prose)
    stretches = [signing.span for signing in signings]
    propose_parties(prose, notes, stretches)
    propose_validity(prose, notes, signings)
    propose_chain(prose, notes)
    bodies = Bodies(prose)
    propose_bodies(notes, bodies)
    propose_seats(prose, notes, bodies)
    propose_functions(prose, notes, stretches)
    propose_workings(prose, notes, bodies)
    propose_documents(prose, notes)
    propose_annexes(prose, notes)
    propose_matters(prose, notes, bodies)
    propose_commitments(prose, notes, bodies, stretches)
    propose_signatures(prose, notes, signings)
    propose_others(prose, notes)
    ordered = sorted(notes.found.values(), key=lambda p: (p.words.start, p.path))
    return Draft(text, _title(prose), tuple(ordered))


def _title(prose: Prose) -> str:
    """The first heading that speaks of an agreement, with its subtitles; empty where none does."""
    blocks = prose.blocks[:15]
    for number, block in enumerate(blocks):
        words = prose.words_of(block)
        if re.search(r"överenskommelse|avtal", words, re.IGNORECASE) and len(words) < 250:
            return _with_subtitles(prose, blocks[number:], words)
    return ""


def _with_subtitles(prose: Prose, blocks: list[Block], title: str) -> str:
    """Lines right under a heading in capitals, before anything is said: what it is called in full."""
    if not title.isupper():
        return title
    for above, block in pairwise(blocks):
        words = prose.words_of(block)
        close = prose.text[above.span.end : block.span.start].count("\n") == 1
        plain = block.kind in ("heading", "paragraph") and not block.number
        if not (close and plain) or words[-1:] in ".:;" or len(title) + len(words) > 200:
            break
        if has_finite_verb(words):
            break
        title += f", {words}"
    return title


def draft_from_file(path: Path) -> Draft:
    """Draft from a .txt or .docx file. Raises DocumentError with what is wrong, in Swedish."""
    return draft_agreement(read_text(path))
