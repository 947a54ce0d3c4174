"""What the agreement wants to be in place before a decision, and what answers it (K07, K11, L10)."""

from __future__ import annotations

from dataclasses import dataclass

from samsyn.domains.agreements.contents import read_text
from samsyn.domains.agreements.file import WORDS
from samsyn.domains.agreements.file.schema import Gate
from samsyn.domains.agreements.models import Agreement
from samsyn.domains.meetings import slots
from samsyn.domains.meetings.models import Decision
from samsyn.domains.meetings.rules.gates import (
    BEFORE,
    GateAnswer,
    Question,
    questions_of,
    read_answer,
)


@dataclass(frozen=True)
class Condition:
    """A gate before a decision, with its answer where there is one."""

    gate: Gate
    answer: GateAnswer | None

    @property
    def questions(self) -> tuple[Question, ...]:
        return questions_of(self.gate.requires)

    @property
    def required(self) -> str:
        """What is required, in a word: `barnkonsekvensanalys`."""
        return WORDS["gate.requires"][self.gate.requires]

    @property
    def is_missing(self) -> bool:
        """Whether it must be answered and is not: then the decision waits."""
        return self.gate.hardness == "must" and self.answer is None


def gates_before(agreement: Agreement, about: str) -> list[Gate]:
    """Return the gates of the agreement that stand before a decision about this."""
    version, before = agreement.current_version, BEFORE.get(about)
    if version is None or before is None:
        return []
    return [gate for gate in read_text(version.text).gates if gate.before == before]


def gates_of(decision: Decision) -> list[Gate]:
    """Return the gates that stand before the decision."""
    return gates_before(decision.body.agreement, decision.about)


def gated_kinds(agreement: Agreement) -> dict[str, str]:
    """Return what decisions may be about that have gates → what those require, in words."""
    found = {}
    for about in BEFORE:
        words = [WORDS["gate.requires"][one.requires] for one in gates_before(agreement, about)]
        if words:
            found[about] = ", ".join(words)
    return found


def answer_to(decision: Decision, gate: Gate) -> GateAnswer | None:
    """Return what answers the gate: as written here, or as another room knows; None where nothing does."""
    written = read_answer(gate.requires, decision.gates.get(gate.id))
    if written is not None:
        return written
    answers = (known(decision, gate.id, gate.requires) for _key, known in slots.gate_answers)
    return next((found for found in answers if found is not None), None)


def conditions_of(decision: Decision) -> list[Condition]:
    """Return the gates before the decision with their answers."""
    return [Condition(gate, answer_to(decision, gate)) for gate in gates_of(decision)]


def missing_conditions(decision: Decision) -> list[Condition]:
    """Return what must be answered before the decision can be taken."""
    return [one for one in conditions_of(decision) if one.is_missing]
