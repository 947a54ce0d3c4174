"""Recurrence as Swedish agreements write it. Pure, no Django.

How the kinds of rhythm work is described in docs/methods/rhythm.md.
"""

from samsyn.rhythm.calendar import Calendar, Span
from samsyn.rhythm.errors import RhythmError
from samsyn.rhythm.kinds import (
    AtEvent,
    BeforeDay,
    EveryMonths,
    EveryYears,
    Extra,
    MovingDay,
    Once,
    Ongoing,
    Pause,
    PerTerm,
    PerYear,
    Rhythm,
    Weekly,
    WhenNeeded,
    YearDay,
    YearlyBy,
)
from samsyn.rhythm.model import (
    EvidenceItem,
    Hardness,
    Occurrence,
    State,
    StateName,
    Validity,
    Wording,
)
from samsyn.rhythm.occurrences import next_due, occurrences
from samsyn.rhythm.parsing import parse_rhythm
from samsyn.rhythm.state import state
from samsyn.rhythm.wording import describe

__all__ = [
    "AtEvent",
    "BeforeDay",
    "Calendar",
    "EveryMonths",
    "EveryYears",
    "EvidenceItem",
    "Extra",
    "Hardness",
    "MovingDay",
    "Occurrence",
    "Once",
    "Ongoing",
    "Pause",
    "PerTerm",
    "PerYear",
    "Rhythm",
    "RhythmError",
    "Span",
    "State",
    "StateName",
    "Validity",
    "Weekly",
    "WhenNeeded",
    "Wording",
    "YearDay",
    "YearlyBy",
    "describe",
    "next_due",
    "occurrences",
    "parse_rhythm",
    "state",
]
