"""What the guard finds, and how a detector says it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

Severity = Literal["block", "warn"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a text that ought not to be stored.

    `start` and `end` point into the text as it was written. `excerpt_masked` shows the shape and
    never the content, so that a finding can be logged. "block" keeps the text from being saved;
    "warn" lets the writer decide.
    """

    kind: str
    start: int
    end: int
    excerpt_masked: str
    why: str
    suggestion: str
    severity: Severity


class Hit(NamedTuple):
    """A detector's answer, in positions of the normalised text."""

    kind: str
    start: int
    end: int
    severity: Severity = "block"


Detector = Callable[[str], Iterator[Hit]]
