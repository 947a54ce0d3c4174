"""What is kept of meetings, decisions, assignments and needs."""

from samsyn.domains.meetings.models.assignment import Assignment, AssignmentStep
from samsyn.domains.meetings.models.decision import Decision, Stand
from samsyn.domains.meetings.models.group import GroupBasis
from samsyn.domains.meetings.models.letter import Letter
from samsyn.domains.meetings.models.meeting import (
    AgendaItem,
    Approval,
    Attendance,
    Contribution,
    Invitation,
    Meeting,
    Paper,
)
from samsyn.domains.meetings.models.need import Need

__all__ = [
    "AgendaItem",
    "Approval",
    "Assignment",
    "AssignmentStep",
    "Attendance",
    "Contribution",
    "Decision",
    "GroupBasis",
    "Invitation",
    "Letter",
    "Meeting",
    "Need",
    "Paper",
    "Stand",
]
