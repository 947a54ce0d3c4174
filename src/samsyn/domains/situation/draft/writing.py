"""All sentences of a picture, section by section."""

from __future__ import annotations

from samsyn.domains.situation.result import SentenceDraft, WeeklyNumbers


def write_sentences(numbers: WeeklyNumbers) -> tuple[SentenceDraft, ...]:
    """Return the drafted sentences in the order they are read."""
    return ()
