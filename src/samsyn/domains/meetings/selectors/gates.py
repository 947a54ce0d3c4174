"""What the agreement wants to be in place before a decision (K07, K11, L10)."""

from __future__ import annotations

from samsyn.domains.agreements.contents import read_text
from samsyn.domains.agreements.file.schema import Gate
from samsyn.domains.meetings import slots
from samsyn.domains.meetings.models import Decision

BEFORE = {"measures": "decision_on_measures", "plans": "decision_on_plan"}


def gates_of(decision: Decision) -> list[Gate]:
    """Return the gates of the agreement that stand before a decision of this kind."""
    version = decision.body.agreement.current_version
    before = BEFORE.get(decision.about)
    if version is None or before is None:
        return []
    return [gate for gate in read_text(version.text).gates if gate.before == before]


def answer_to(decision: Decision, gate: Gate) -> str:
    """Return where what the gate wants is found: as written, or as another room knows; empty if nowhere."""
    written = str(decision.gates.get(gate.id, ""))
    if written:
        return written
    return next(
        (found for _key, known in slots.gate_answers if (found := known(decision, gate.requires))),
        "",
    )


def missing_gates(decision: Decision) -> list[Gate]:
    """Return the gates that must be passed and are not."""
    return [
        gate
        for gate in gates_of(decision)
        if gate.hardness == "must" and not answer_to(decision, gate)
    ]
