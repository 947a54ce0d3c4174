"""The slot of *Idag*: each domain puts what waits for the viewer there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from samsyn.base.links import Link
from samsyn.base.slots import Slot

if TYPE_CHECKING:
    from samsyn.base.access.viewer import Viewer
    from samsyn.base.orgs.models import Organisation


@dataclass(frozen=True)
class TodayCard:
    """One thing that waits: its heading, the important number or word, a sentence and where to go.

    `tone` is one of neutral, waiting, late, done. `action` is the text of the link.
    """

    key: str
    title: str
    text: str
    link: Link
    action: str
    number: str = ""
    tone: str = "neutral"
    order: int = 100


cards: Slot[Callable[[Viewer, Organisation], Sequence[TodayCard]]] = Slot("today")


def cards_for(viewer: Viewer, municipality: Organisation) -> list[TodayCard]:
    """Return all that waits for `viewer` in `municipality`, in the order it should be met."""
    found = [card for _, source in cards for card in source(viewer, municipality)]
    return sorted(found, key=lambda card: (card.order, card.key))
