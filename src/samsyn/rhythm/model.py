"""What the library takes in beside a rhythm, and what it gives out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samsyn.rhythm.errors import RhythmError


@dataclass(frozen=True, slots=True)
class Validity:
    """When an agreement holds (both days included), and from when the municipality uses Samsyn.

    Nothing is expected before `in_use_from`; an open `end` is an act or an agreement until further
    notice.
    """

    start: date
    end: date | None = None
    in_use_from: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise RhythmError(f"Slutet {self.end} ligger före början {self.start}.")

    @property
    def active_from(self) -> date:
        """The first day on which anything is expected."""
        return max(self.start, self.in_use_from or self.start)


class Hardness(StrEnum):
    """How binding the words are: "ska", "bör" or an aim, "när det är möjligt"."""

    MUST = "must"
    SHOULD = "should"
    WHEN_POSSIBLE = "when_possible"


class StateName(StrEnum):
    """Where a commitment stands."""

    UPCOMING = "upcoming"
    DUE = "due"
    DONE = "done"
    LATE = "late"
    PAUSED = "paused"
    SOFT = "soft"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One expected instance of a commitment.

    `due` is when pace says it should be done, `deadline` the last day before it is late,
    `window_start` the day from which it waits to be done. Evidence dated `opens`–`closes` fills it.
    `key` is stable within its commitment ("2026/3", "2026-W20", "2026-vt/lomma/1").
    """

    due: date
    place: str
    key: str
    window_start: date
    deadline: date
    opens: date
    closes: date
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """Something that shows that a commitment was kept.

    `occurrence` ties it to one occurrence key; without it, the date and the place decide. What is
    withdrawn does not count; what is doubted counts until it is withdrawn, and the state says so.
    """

    on: date
    place: str | None = None
    occurrence: str | None = None
    withdrawn: bool = False
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """How a sentence about a commitment is put together. Use the makers below.

    Example: subject "Rådet", duty "mötas", one "möte", many "möten", did "har hållits",
    booked "kallat".
    """

    subject: str
    duty: str = "göras"
    one: str = "tillfälle"
    many: str = "tillfällen"
    did: str = "har genomförts"
    booked: str = ""
    neuter: bool = True

    @classmethod
    def meeting(cls, subject: str) -> Wording:
        """Word a body that meets: "Rådet ska mötas fyra gånger i år." """
        return cls(subject, "mötas", "möte", "möten", "har hållits", "kallat")

    @classmethod
    def document(cls, subject: str, duty: str = "uppdateras") -> Wording:
        """Word a document: "Lägesbilden ska uppdateras …" """
        return cls(subject, duty, "version", "versioner", "är klara", "", neuter=False)

    @classmethod
    def task(cls, subject: str, duty: str = "göras") -> Wording:
        """Word anything else: "Utskicket ska göras …" """
        return cls(subject, duty)


@dataclass(frozen=True, slots=True)
class State:
    """Where a commitment stands on a day, and why, in one or a few Swedish sentences.

    `due` is the last day before it is late, `target` the day that pace asks for.
    """

    state: StateName
    why: str
    due: date | None = None
    target: date | None = None
    done_count: int = 0
    expected_count: int = 0
    occurrence: Occurrence | None = None
    doubted: bool = False
    missing_places: tuple[str, ...] = ()
