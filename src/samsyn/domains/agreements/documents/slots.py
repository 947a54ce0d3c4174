"""Where the rooms above offer their frozen versions: a picture, a plan, a promise (L04)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from samsyn.base.access import Viewer
from samsyn.base.links import Link
from samsyn.base.slots import Slot
from samsyn.domains.agreements.models.agreement import Agreement


@dataclass(frozen=True)
class LiveVersion:
    """A frozen version of something living in the system.

    `content` gives its name, media type and bytes; the same bytes every time, since their SHA-256 is
    what the parties sign.
    """

    link: Link
    title: str
    kind: str
    frozen_on: dt.date
    content: Callable[[], tuple[str, str, bytes]]
    edition: str = ""

    @property
    def key(self) -> str:
        return f"{self.link.kind}:{self.link.key}:{self.edition}"


# viewer, agreement, kinds of document → the frozen versions that she may see, newest first.
live_documents: Slot[Callable[[Viewer, Agreement, Collection[str]], Sequence[LiveVersion]]] = Slot(
    "live_documents"
)


def live_versions(
    viewer: Viewer, agreement: Agreement, kinds: Collection[str]
) -> list[LiveVersion]:
    """Return every frozen version on offer for a document of these kinds."""
    return [one for _, source in live_documents for one in source(viewer, agreement, kinds)]
