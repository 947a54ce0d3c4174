"""What an agenda is built from, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from samsyn.base.links import Link


class ItemKind(StrEnum):
    """Why an item is on the agenda."""

    OPENING = "opening"
    OCCASION = "occasion"
    FOLLOW_UP = "follow_up"
    STANDING = "standing"
    PICTURE = "picture"
    CONTRIBUTIONS = "contributions"
    DECISION = "decision"
    COMMITMENT = "commitment"
    INFORMATION = "information"
    CLOSING = "closing"


# First what the last meeting left, then what always comes, then what is to be decided.
ORDER = tuple(ItemKind)


@dataclass(frozen=True)
class ProposedPaper:
    """A paper of an item: what it is called, and the thing in the system where it is read."""

    title: str
    link: Link | None = None


@dataclass(frozen=True)
class ProposedItem:
    """Something that wants to be on the agenda. `source` is stable: the same thing is never put twice."""

    source: str
    kind: ItemKind
    title: str
    text: str = ""
    subject: str = ""
    clause: str = ""
    proposal: str = ""
    papers: tuple[ProposedPaper, ...] = ()

    @property
    def wants_decision(self) -> bool:
        return bool(self.proposal)


def ordered(proposed: Iterable[ProposedItem]) -> list[ProposedItem]:
    """Return the items once each, in the order of the kinds and otherwise as they came."""
    once: dict[str, ProposedItem] = {}
    for item in proposed:
        once.setdefault(item.source, item)
    return sorted(once.values(), key=lambda item: ORDER.index(item.kind))


def added(existing: Iterable[str], proposed: Iterable[ProposedItem]) -> list[ProposedItem]:
    """Return what is not on the agenda yet: those there are left as they stand, also when reordered."""
    known = set(existing)
    return [item for item in ordered(proposed) if item.source not in known]
