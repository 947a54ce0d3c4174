"""What the meeting room offers the other rooms: a place on the agenda, a gate, and word when something is settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from samsyn.base.slots import Slot

if TYPE_CHECKING:
    from samsyn.domains.meetings.models import Decision, Meeting
    from samsyn.domains.meetings.rules.agenda import ProposedItem
    from samsyn.domains.meetings.rules.gates import GateAnswer

# What wants to be on the agenda of a meeting: a released picture, a plan to decide, a promise to follow up.
agenda_items: Slot[Callable[[Meeting], Sequence[ProposedItem]]] = Slot("agenda_items")

# Given a decision, a gate's id and what it requires ("child_impact_assessment"): what answers it, or None.
gate_answers: Slot[Callable[[Decision, str, str], GateAnswer | None]] = Slot("gate_answers")

# Called in the transaction that settles a decision: taken, rejected or sent on as a proposal.
decision_settled: Slot[Callable[[Decision], object]] = Slot("decision_settled")

# Called in the transaction that freezes the minutes.
minutes_approved: Slot[Callable[[Meeting], object]] = Slot("minutes_approved")
