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
from samsyn.rhythm.parsing import parse_rhythm

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
    "parse_rhythm",
]
