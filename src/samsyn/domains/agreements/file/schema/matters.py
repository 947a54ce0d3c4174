"""What the agreement is about: aims, focus areas, shared costs, resources, communication."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from samsyn.domains.agreements.file.schema.base import (
    ClauseId,
    Item,
    Line,
    Named,
    Ref,
    Strict,
    Text,
)


class Clause(Strict):
    """A clause of the agreement, as the page Läget i avtalet lists it."""

    id: ClauseId
    """Klausulens nummer eller beteckning, till exempel L06 eller § 6."""
    title: Line
    """Kort rubrik."""
    source: Line | None = None
    """Stället i avtalstexten: rubrik och stycke."""


class Aim(Named):
    """A purpose, a goal, a principle or a definition that the agreement rests on."""

    kind: Literal["purpose", "goal", "principle", "definition", "municipal_goal"]
    """purpose: syfte. goal: mål. principle: arbetssätt eller princip. definition: så menas ett ord. municipal_goal: kommunens egna mål."""
    text: Text
    """Med egna ord."""
    headline: Literal["less_crime", "felt_safety"] | None = None
    """När målet följs med ett av programmets två huvudmått."""


class FocusResponsibility(Strict):
    who: Ref
    """Parten, funktionen eller organet."""
    text: Line
    """Vad den svarar för."""


class FocusArea(Named):
    """A focus area that the agreement itself names (H08)."""

    name: Line
    """Fokusområdets namn."""
    text: Text | None = None
    """Med egna ord."""
    parties: tuple[Ref, ...] = ()
    """Parter som det gäller. Tomt betyder alla."""
    responsibilities: tuple[FocusResponsibility, ...] = ()
    """Vem som svarar för vad."""
    no_case_data: bool = False
    """true när det rör enskilda: då sparas inga uppgifter om ärenden."""


class FocusRules(Item):
    """How focus areas are chosen, and what must always be among them (K11)."""

    chosen_from: Line | None = None
    """Vad valet utgår från."""
    proposed_by: Ref | None = None
    """Organet som föreslår."""
    decided_by: Ref | None = None
    """Organet som beslutar."""
    always_include: tuple[Literal["children_and_youth", "early_detection"], ...] = ()
    """Det som alltid ska finnas bland fokusområdena."""


class Focus(Strict):
    """Focus areas on agreement level, and the rules for choosing them."""

    rules: FocusRules | None = None
    """Regler för valet."""
    areas: tuple[FocusArea, ...] = ()
    """Fokusområden som står i avtalet."""


class CostShare(Named):
    """A cost that the parties share (K09)."""

    matter: Line
    """Vad kostnaden gäller."""
    party: Ref
    """Parten som betalar andelen."""
    percent: Annotated[float, Field(gt=0, le=100, strict=False)]
    """Andel i procent."""
    text: Line | None = None
    """Med egna ord."""


class Resource(Named):
    """Resources that parties set aside (L14)."""

    parties: tuple[Ref, ...] = ()
    """Parter som avsätter resursen. Tomt betyder alla."""
    body: Ref | None = None
    """Organet som resursen gäller."""
    text: Text
    """Vad som avsätts, med egna ord."""


class Exclusion(Named):
    """Something the agreement expressly does not regulate (L15)."""

    matter: Literal["money", "other"]
    """Vad det gäller."""
    text: Line
    """Med egna ord."""


class CommunicationItem(Named):
    """One line of the communication plan: who tells whom what, when, how (H13)."""

    audiences: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Målgrupper."""
    message: Text
    """Budskapet, med egna ord."""
    channels: tuple[Line, ...] = ()
    """Kanaler."""
    responsible: tuple[Ref, ...] = ()
    """De som svarar för den."""
    when: Line | None = None
    """När, med egna ord. En återkommande tid skrivs som åtagande."""
