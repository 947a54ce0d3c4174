"""The slot of the search box: each domain finds among what the viewer may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from samsyn.base.links import Link
from samsyn.base.slots import Slot

if TYPE_CHECKING:
    from samsyn.base.access.viewer import Viewer

HITS_PER_SOURCE = 20


@dataclass(frozen=True)
class SearchHit:
    """One found thing: its kind in words ("Rapport"), a title, a line of context and where it is."""

    kind: str
    title: str
    text: str
    link: Link


sources: Slot[Callable[[Viewer, str, int], Sequence[SearchHit]]] = Slot("search")


@dataclass(frozen=True)
class Found:
    """The first hits of one source, and whether there are more than are shown."""

    hits: list[SearchHit]
    has_more: bool


def find(viewer: Viewer, words: str) -> dict[str, Found]:
    """Return what was found for `words` by source, at most `HITS_PER_SOURCE` each; nothing for empty words."""
    words = " ".join(words.split())[:100]
    if len(words) < 2:
        return {}
    found = {key: list(source(viewer, words, HITS_PER_SOURCE + 1)) for key, source in sources}
    return {
        key: Found(hits[:HITS_PER_SOURCE], len(hits) > HITS_PER_SOURCE)
        for key, hits in found.items()
        if hits
    }
