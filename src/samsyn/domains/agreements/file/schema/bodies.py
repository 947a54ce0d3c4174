"""Where the cooperation happens: bodies, seats, chair, decisions, standing items, mandate."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from samsyn.domains.agreements.file.schema.base import Item, Line, Named, Ref, Strict, Text

BodyRole = Literal[
    "strategic_council",
    "steering",
    "operational",
    "preparatory",
    "working_group",
    "weekly",
    "coordination",
    "forum",
]

Keeps = Literal["minutes", "notes", "trace"]

AgendaSubject = Literal[
    "situation_picture",
    "measures",
    "citizen_promise",
    "follow_up",
    "survey",
    "children_and_youth",
    "categories",
    "focus_areas",
    "plans",
    "assignments",
    "communication",
    "contributions",
    "other",
]


class Extended(Strict):
    """A seat that brings more people to some of the meetings."""

    meetings: Annotated[int, Field(ge=1, le=52)]
    """Vid hur många av årets möten gruppen är utökad."""
    text: Line | None = None
    """Hur gruppen utökas."""


class Seat(Named):
    """A place in a body, filled by function."""

    party: Ref
    """Parten eller organisationen som platsen hör till."""
    any_of: Annotated[tuple[Ref, ...], Field(min_length=1)]
    """Funktionen som har platsen. Flera när någon av dem räcker (chef eller biträdande chef)."""
    at_need: bool = False
    """true när platsen bara är med vid behov."""
    required: bool = False
    """true när avtalet säger att platsen måste vara fylld."""
    substitutes: bool | None = None
    """true när platsen får ha ersättare. Utan svar gäller vad som står för hela organet."""
    extended: Extended | None = None
    """När platsen är en grupp som är utökad vid vissa möten."""
    appointed_by: tuple[Ref, ...] = ()
    """Funktioner som utser den som har platsen."""
    text: Line | None = None
    """Förklaring, till exempel ”med relevant koppling till kommunen”."""


class Guests(Item):
    """Those who take part without a seat: presenters or adjoined."""

    who: tuple[Ref, ...] = ()
    """Funktioner, organ eller organisationer. Tomt när vem som helst kan komma i fråga."""
    at_need: bool = True
    """true när det sker vid behov."""
    text: Line | None = None
    """Med egna ord."""


class DecisionRule(Item):
    """How the body decides."""

    rule: Literal["consensus", "decides", "proposes", "prepares", "informs"]
    """consensus: parterna är överens. decides: organet beslutar. proposes: organet lämnar förslag. prepares: organet bereder. informs: organet utbyter information."""
    proposes_to: Ref | None = None
    """Organet som förslagen lämnas till."""
    text: Line | None = None
    """Med egna ord."""


class AgendaItem(Named):
    """A standing item on the body's agenda."""

    text: Line
    """Punktens rubrik på dagordningen."""
    subject: AgendaSubject = "other"
    """Vad punkten rör, så att programmet kan lägga till rätt underlag."""


class Mandate(Item):
    """What a working group needs before it may start (U09)."""

    mandate_from: Ref
    """Organet som ger mandatet."""
    assignment_from: Ref
    """Organet som lämnar den skriftliga uppdragsbeskrivningen."""
    set_up_by: tuple[Ref, ...] = ()
    """Funktioner som tillsätter gruppen."""
    time_limited: Literal["always", "usually", "no"] = "usually"
    """Om gruppen är tidsbegränsad."""


class Body(Named):
    """A body or forum: its own name beside the role it has."""

    name: Line
    """Organets namn i avtalet."""
    role: BodyRole
    """Vad organet motsvarar: strategiskt råd, styrgrupp, operativ grupp, beredningsgrupp, arbetsgrupp, veckomöte, samordning eller forum."""
    text: Text | None = None
    """Vad organet är till för, med egna ord."""
    parties: tuple[Ref, ...] = ()
    """Parter som organet gäller. Tomt betyder alla."""
    one_in_each: tuple[Ref, ...] = ()
    """Kommuner som var och en har ett eget sådant organ."""
    consists_of: tuple[Ref, ...] = ()
    """Organ som det här organet består av."""
    template: bool = False
    """true när det är en mall: varje arbetsgrupp som tillsätts blir ett eget organ."""
    planned: bool = False
    """true när organet ännu inte finns utan ska inrättas."""
    chair: Ref | None = None
    """Ordförande: en funktion eller en part."""
    conveners: tuple[Ref, ...] = ()
    """Funktioner som kallar till möten."""
    secretaries: tuple[Ref, ...] = ()
    """Funktioner eller parter som bidrar med sekreterarstöd."""
    decision: DecisionRule | None = None
    """Hur organet beslutar."""
    seats: tuple[Seat, ...] = ()
    """Platser efter funktion."""
    substitutes: bool | None = None
    """true när alla platser får ha ersättare."""
    presenters: Guests | None = None
    """Föredragande."""
    adjoined: Guests | None = None
    """Adjungerade."""
    agenda: tuple[AgendaItem, ...] = ()
    """Stående punkter på dagordningen."""
    assigns_to: tuple[Ref, ...] = ()
    """Organ som det här organet kan ge uppdrag."""
    mandate: Mandate | None = None
    """Vad som krävs innan organet får börja, för tillfälliga arbetsgrupper."""
    places: tuple[Line, ...] = ()
    """Orter där organet möts, när det möts på flera."""
    keeps: Keeps | None = None
    """Vad programmet får spara från organets möten. minutes: protokoll. notes: anteckningar och åtgärder, inget protokoll. trace: bara att det möttes, för grupper som talar om enskilda (SSPF eller motsvarande). Utan svar följer det av organets roll och av vad åtagandena kräver."""
