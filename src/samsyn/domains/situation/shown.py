"""A picture as one viewer may see it: what the pages and the documents are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from samsyn.domains.situation.result import Source, WeeklyNumbers

PartStateName = Literal["empty", "draft", "released", "left_out"]
Origin = Literal["draft", "frozen", "unsaved"]


@dataclass(frozen=True)
class FrozenSentence:
    """A sentence as it stands in a finished version."""

    key: str
    text: str
    sources: tuple[Source, ...] = ()
    is_written_by_hand: bool = False


@dataclass(frozen=True)
class FrozenSection:
    key: str
    sentences: tuple[FrozenSentence, ...]


@dataclass(frozen=True)
class FrozenPart:
    """A party, how it released its part, and its own text. Times are ISO text."""

    organisation: str
    kind: str
    contribution: str = ""
    way: str = ""
    function: str = ""
    note: str = ""
    by: str = ""
    at: str = ""
    is_left_out: bool = False
    left_out_note: str = ""


@dataclass(frozen=True)
class FrozenWords:
    """All words of a finished version."""

    sections: tuple[FrozenSection, ...]
    parts: tuple[FrozenPart, ...]


@dataclass(frozen=True)
class ShownSentence:
    """A sentence to show: `pk` and `version` are needed to change it, None and 0 in a frozen picture."""

    key: str
    section: str
    text: str
    sources: tuple[Source, ...] = ()
    pk: int | None = None
    version: int = 0
    generated_text: str = ""
    is_edited: bool = False
    is_added: bool = False
    is_hidden: bool = False
    basis_changed: bool = False
    edited_by: str = ""
    edited_at: str = ""
    may_edit: bool = False


@dataclass(frozen=True)
class ShownSection:
    """One section: `is_open` is False where its party has not released it to the viewer yet."""

    key: str
    title: str
    sentences: tuple[ShownSentence, ...]
    is_open: bool = True
    owner: str = ""


@dataclass(frozen=True)
class ShownRelease:
    """`way` is signed_in, link or consent; `way_text` the same in words."""

    way: str
    way_text: str
    function: str
    note: str
    by: str
    at: str


@dataclass(frozen=True)
class ShownPart:
    """One party: how far it is, and its contribution where that is open to the viewer (else None)."""

    organisation: str
    kind: str
    state: PartStateName
    pk: int | None = None
    organisation_key: int | None = None
    release: ShownRelease | None = None
    contribution: str | None = None
    contribution_version: int = 0
    content_checksum: str = ""
    left_out_note: str = ""
    is_own: bool = False
    may_edit: bool = False
    may_release: bool = False


@dataclass(frozen=True)
class ShownPicture:
    """Everything a page or a document needs. `next_step` is one of edit, release, wait, finish,
    present, none."""

    title: str
    numbers: WeeklyNumbers
    sections: tuple[ShownSection, ...]
    parts: tuple[ShownPart, ...] = ()
    origin: Origin = "unsaved"
    key: str = ""
    edition: int = 0
    checksum: str = ""
    frozen_at: str = ""
    refreshed_at: str = ""
    version: int = 0
    next_step: str = "none"
    waits_for: tuple[str, ...] = ()
    may_coordinate: bool = False
    is_invented: bool = False

    @property
    def is_frozen(self) -> bool:
        return self.origin == "frozen"
