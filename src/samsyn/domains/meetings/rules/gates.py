"""What is asked before a decision, by what the agreement requires (K07, K11, K12, L10): questions and answers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# What a decision is about → the step in the agreement that its gates stand before.
BEFORE: Mapping[str, str] = {
    "measures": "decision_on_measures",
    "plans": "decision_on_plan",
    "closing_measures": "closing_measure",
    "closing_plans": "closing_plan",
}


@dataclass(frozen=True)
class Question:
    """One thing to answer: its key, how it is asked, and whether the answer may be left out."""

    key: str
    text: Any
    optional: bool = False


WHERE = Question("where", gettext_lazy("Var finns underlaget? Handling, diarienummer eller datum."))
QUESTIONS: Mapping[str, tuple[Question, ...]] = {
    "child_impact_assessment": (
        Question("affected", gettext_lazy("Vilka barn och unga berörs, och hur?")),
        Question(
            "heard",
            gettext_lazy(
                "Vilka barn och unga har fått säga vad de tycker? Om ingen har frågats: hur är det bedömt?"
            ),
        ),
        Question("conclusion", gettext_lazy("Vad blir slutsatsen för beslutet?")),
        Question(
            "where",
            gettext_lazy("Var finns analysen, om den är en egen handling?"),
            optional=True,
        ),
    ),
    "cause_analysis": (
        Question("causes", gettext_lazy("Vilka orsaker utgår förslaget från?")),
        WHERE,
    ),
    "situation_picture": (
        Question("picture", gettext_lazy("Vilken lägesbild bygger förslaget på, och från vilken dag?")),
    ),
    "responsible_party": (
        Question("responsible", gettext_lazy("Vem ansvarar för vad? En part eller funktion för varje åtgärd.")),
    ),
    "baseline": (
        Question("baseline", gettext_lazy("Vad är utgångsvärdet, och när mättes det?")),
    ),
    "evaluation": (
        Question("result", gettext_lazy("Vad visade uppföljningen och utvärderingen?")),
        WHERE,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class GateAnswer:
    """What answers a gate: question and answer pairs as they are read, and who gave them or where they came from."""

    parts: tuple[tuple[str, str], ...]
    source: str = ""

    @property
    def text(self) -> str:
        """The answers in one line."""
        return " ".join(answer for _question, answer in self.parts)


def questions_of(requires: str) -> tuple[Question, ...]:
    """Return what is asked where the agreement requires this."""
    return QUESTIONS.get(requires, (WHERE,))


def unanswered(requires: str, answers: Mapping[str, str]) -> list[Question]:
    """Return the questions that must be answered and are not."""
    return [
        one
        for one in questions_of(requires)
        if not one.optional and not answers.get(one.key, "").strip()
    ]


def read_answer(requires: str, kept: object) -> GateAnswer | None:
    """Return the answer that was written; None where there is none or something in it is missing.

    `kept` is what the decision keeps: `{"answers": {key: text}, "by": label}`, or in decisions from
    before the questions a text saying where it is found.
    """
    if isinstance(kept, str):
        return GateAnswer(((str(WHERE.text), kept),)) if kept else None
    if not isinstance(kept, Mapping) or unanswered(requires, kept.get("answers", {})):
        return None
    parts = tuple(
        (str(one.text), kept["answers"][one.key])
        for one in questions_of(requires)
        if kept["answers"].get(one.key)
    )
    by = kept.get("by", "")
    return GateAnswer(parts, _("Besvarat av %(who)s.") % {"who": by} if by else "")


DECIDES = re.compile(r"\b(?:antar?s?|anta|beslut\w*|godkänn\w*|fastställ\w*)\b", re.IGNORECASE)
PLAN = re.compile(r"\b\w*plan(?:en|er|erna)?\b", re.IGNORECASE)
MEASURE = re.compile(r"\båtgärd(?:en|er|erna|s)?\b", re.IGNORECASE)


def about_of(wording: str, gated: Collection[str]) -> str:
    """Return what a decision is about by its wording, among the kinds that have gates; empty for none of them.

    A gate is not passed by leaving the choice alone: who means something else says so.
    """
    if "plans" in gated and PLAN.search(wording) and DECIDES.search(wording):
        return "plans"
    if "measures" in gated and MEASURE.search(wording):
        return "measures"
    return ""
