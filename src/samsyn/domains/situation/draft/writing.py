"""All sentences of a picture, section by section."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from samsyn.domains.situation.draft import ahead, level, place, police, sources, what, when
from samsyn.domains.situation.result import SentenceDraft, WeeklyNumbers

WRITERS: tuple[Callable[[WeeklyNumbers], Iterator[SentenceDraft]], ...] = (
    level.level,
    level.new,
    what.what,
    place.where,
    when.when,
    police.police_events,
    police.registered,
    ahead.ahead,
    ahead.assignments,
    sources.sources,
)


def write_sentences(numbers: WeeklyNumbers) -> tuple[SentenceDraft, ...]:
    """Return the drafted sentences in the order they are read; the same numbers give the same words."""
    return tuple(sentence for writer in WRITERS for sentence in writer(numbers))
