"""The result object: every number of a weekly picture, once. Web, Word, PDF, CSV and JSON render it.

Three kinds of source stand side by side and are never added together: what actors reported, what the
police published, and what is registered (H05). All times are ISO text with their Swedish offset.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, TypeVar

Verdict = Literal["above", "within", "below", "too_small", "unknown"]
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Source:
    """Where a number comes from: rows of one kind, given by a filter or by their ids.

    `kind` is reports, police_events, bra, police_list, planned, risk_date, organisation, import or
    assignment. `filter` holds plain look-ups such as {"municipality": "2580", "week": "2026-W20",
    "category": "TRAF"}.
    """

    kind: str
    label: str = ""
    filter: dict[str, str] = field(default_factory=dict)
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class SentenceDraft:
    """One drafted sentence: a stable key within its section, and the rows it rests on.

    `owner` is the code of the municipality that answers for it in a joint picture, else empty.
    """

    key: str
    section: str
    text: str
    sources: tuple[Source, ...] = ()
    owner: str = ""


@dataclass(frozen=True)
class MunicipalityRef:
    """A municipality of the picture; `key` is None where only its code is known here."""

    code: str
    name: str
    key: int | None = None


@dataclass(frozen=True)
class Scope:
    """What the picture is of: one municipality, or a police area with several."""

    kind: Literal["municipality", "police_area"]
    name: str
    slug: str
    municipalities: tuple[MunicipalityRef, ...]
    key: int | None = None

    @property
    def is_joint(self) -> bool:
        return self.kind == "police_area"


@dataclass(frozen=True)
class WeekRef:
    """The ISO week: `text` as 2026-W20, from Monday 00.00 to the next Monday 00.00 Swedish time."""

    year: int
    number: int
    text: str
    starts: str
    ends: str
    first_day: str
    last_day: str


@dataclass(frozen=True)
class PeriodCount:
    year: int
    week: int
    count: int
    alarm: bool = False


@dataclass(frozen=True)
class Level:
    """A count against its own normal: the 80 % predictive range `low`–`high` of the weeks before.

    `history` is the eight weeks before, oldest first; those with `alarm` were left out of the range.
    The verdict is `too_small` where the numbers cannot tell, `unknown` where the weeks are too few.
    """

    count: int
    low: int | None
    high: int | None
    verdict: Verdict
    history: tuple[PeriodCount, ...] = ()


@dataclass(frozen=True)
class PlaceCount:
    """Reports at one place people know; `categories` the commonest there, most first. The position is
    the centre of a 250 m square."""

    name: str
    count: int
    categories: tuple[str, ...] = ()
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True)
class AreaCount:
    code: str
    name: str
    count: int
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True)
class Cell:
    """Reports in a square of about 250 m, given by its centre: never a single position."""

    longitude: float
    latitude: float
    count: int


@dataclass(frozen=True)
class Busy:
    """The stretch in which most happened: a weekday (0 Monday) and hours [from, to)."""

    weekday: int
    from_hour: int
    to_hour: int
    count: float


@dataclass(frozen=True)
class CategoryNumbers:
    key: str
    name: str
    count: int
    level: Level
    places: tuple[PlaceCount, ...] = ()
    busy: tuple[Busy, ...] = ()
    is_new: bool = False


@dataclass(frozen=True)
class MunicipalityCount:
    """One municipality of a joint picture, side by side with the others."""

    code: str
    name: str
    count: int
    level: Level
    categories: tuple[tuple[str, int], ...] = ()
    police_events: int = 0


@dataclass(frozen=True)
class ReportNumbers:
    """What actors reported: incidents and unsafe places of the week, duplicates merged.

    `hours` is 7 × 24, Monday first: intervals spread evenly over their hours (aoristic), so it adds up
    to the number of reports with a time.
    """

    count: int
    incidents: int
    unsafe_places: int
    nothing: int
    planned: int
    merged: int
    reported_to_police: int
    late: int
    level: Level
    categories: tuple[CategoryNumbers, ...]
    places: tuple[PlaceCount, ...]
    areas: tuple[AreaCount, ...]
    cells: tuple[Cell, ...]
    unplaced: int
    hours: tuple[tuple[float, ...], ...]
    busy: tuple[Busy, ...]
    newest: str | None = None


@dataclass(frozen=True)
class PoliceEventRow:
    id: str
    at: str
    type: str
    title: str
    url: str
    municipality: str


@dataclass(frozen=True)
class PoliceEventNumbers:
    """What the police published. `count` and `ids` are events by their event time; summaries stand
    apart and are never counted."""

    count: int
    ids: tuple[str, ...]
    summaries: tuple[str, ...]
    types: tuple[tuple[str, int], ...] = ()
    events: tuple[PoliceEventRow, ...] = ()
    newest: str | None = None


@dataclass(frozen=True)
class RegisteredRow:
    """One registered count of one month. `before` is the same month of the year before."""

    source: Literal["bra", "police_list"]
    municipality: str
    year: int
    month: int
    key: str
    offence: str
    count: int | None
    per_100k: float | None = None
    preliminary: bool = False
    level: int | None = None
    before: int | None = None
    read_on: str = ""


@dataclass(frozen=True)
class RegisteredNumbers:
    """Registered crime of the months that the week touches, as rows; months never mixed with weeks."""

    months: tuple[tuple[int, int], ...]
    rows: tuple[RegisteredRow, ...]


@dataclass(frozen=True)
class Ahead:
    """Something in the fourteen days after the week: a planned event, a risk date or another's entry."""

    kind: str
    title: str
    starts_on: str
    ends_on: str = ""
    time: str = ""
    place: str = ""
    municipality: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class OpenAssignment:
    title: str
    who: str
    due_on: str = ""
    is_late: bool = False
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Gap:
    """What is not known. `kind`: week_not_over, silent, no_reports, missing_list, preliminary, no_bra, old_events,
    no_events, unplaced. `weeks` is a number of weeks, or of reports without place."""

    kind: str
    who: str = ""
    weeks: int = 0
    month: tuple[int, int] | None = None
    day: int = 0
    municipality: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class SourceNote:
    """One source as used: what it is, how many rows, when it was last read in."""

    kind: str
    name: str
    rows: int
    read_on: str = ""
    newest: str = ""
    municipality: str = ""


@dataclass(frozen=True)
class Provenance:
    """How a number was made: method, parameters, seed, code version and a hash of the input.

    `input` keeps the aggregates themselves, so that the number can be made again when rows are gone.
    """

    key: str
    method: str
    parameters: dict[str, Any]
    input_hash: str
    code_version: str
    seed: int | None = None
    input: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class WeeklyNumbers:
    """All numbers of one week's picture. `reports` is None where the viewer may not see them yet."""

    scope: Scope
    week: WeekRef
    made_at: str
    code_version: str
    reports: ReportNumbers | None
    police_events: PoliceEventNumbers
    registered: RegisteredNumbers
    municipalities: tuple[MunicipalityCount, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    assignments: tuple[OpenAssignment, ...] | None = None
    gaps: tuple[Gap, ...] = ()
    sources: tuple[SourceNote, ...] = ()
    provenance: tuple[Provenance, ...] = ()


@lru_cache(maxsize=32)
def _adapter(cls: type) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(cls)


def to_json(thing: Any) -> Any:
    """Return a result dataclass (or a tuple of one kind in a dataclass) as plain JSON values."""
    return _adapter(type(thing)).dump_python(thing, mode="json")


def from_json(cls: type[Thing], data: Any) -> Thing:
    """Return the dataclass that `to_json` wrote; pydantic's ValidationError for other data."""
    result: Thing = _adapter(cls).validate_python(data)
    return result


def checksum(data: Any) -> str:
    """Return the SHA-256 of plain JSON values, the same whatever the order of keys."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
