"""What is to happen: commitments, gates before decisions, contact routes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from samsyn.domains.agreements.file.schema.base import (
    ClauseId,
    ClockTime,
    Line,
    Named,
    PartialDate,
    Ref,
    Slug,
    Strict,
    Text,
    Weekday,
)
from samsyn.domains.agreements.file.schema.rhythms import Rhythm

Hardness = Literal["must", "should", "when_possible"]

EvidenceKind = Literal[
    "meeting_minuted",
    "meeting_held",
    "picture_finished",
    "picture_renewed",
    "picture_presented",
    "contribution_given",
    "file_imported",
    "report_received",
    "survey_imported",
    "analysis_finished",
    "assessment_made",
    "proposal_made",
    "plan_decided",
    "plan_followed_up",
    "evaluation_made",
    "focus_areas_decided",
    "promise_signed",
    "dialogue_held",
    "document_decided",
    "document_signed",
    "agreement_signed",
    "assignment_given",
    "information_sent",
    "alert_acknowledged",
    "training_held",
    "inspection_made",
    "event_held",
    "report_made",
    "function_appointed",
    "body_set_up",
    "log_entry",
    "note",
    "file",
]


class Commitment(Named):
    """A duty: what, who answers for it, how often, and what proves it (H07)."""

    clause: ClauseId
    """Klausulen som åtagandet hör till, till exempel L06 eller § 6."""
    text: Text
    """Vad som ska göras, med egna ord."""
    subject: Line
    """Substantiv för statusmeningar, i bestämd form: ”Strategiska rådets möte”."""
    responsible: Annotated[tuple[Ref, ...], Field(min_length=1)]
    """De som svarar för åtagandet: funktioner, eller en part eller ett organ när avtalet inte pekar ut någon."""
    participants: tuple[Ref, ...] = ()
    """De som deltar utan att svara för det."""
    body: Ref | None = None
    """Organet där det sker."""
    in_each: tuple[Ref, ...] = ()
    """Kommuner där åtagandet gäller var för sig."""
    rhythm: Rhythm
    """Hur ofta."""
    rhythm_set_by: Literal["agreement", "program"] = "agreement"
    """program när avtalet inte säger hur ofta och programmet följer upp i en egen takt."""
    hardness: Hardness = "must"
    """must: ska. should: bör. when_possible: när det är möjligt; följs upp men blir aldrig sent."""
    condition: Line | None = None
    """Villkor som avtalet ställer, med egna ord."""
    evidence: Annotated[tuple[EvidenceKind, ...], Field(min_length=1)]
    """Vad som visar att det är gjort. Något av dem räcker."""
    document: Slug | None = None
    """Dokumentet (dess id under documents) som åtagandet rör."""
    starts: PartialDate | None = None
    """Gäller från, när det inte är från avtalets början."""
    ends: PartialDate | None = None
    """Gäller till, när det inte är till avtalets slut."""


class Gate(Named):
    """Something that must be in place before a step may be taken (K07)."""

    text: Text
    """Med egna ord."""
    before: Literal[
        "decision_on_measures",
        "decision_on_plan",
        "start_of_body",
        "annex_valid",
        "closing_measure",
        "closing_plan",
        "picture_finished",
    ]
    """Steget som inte får tas innan."""
    requires: Literal[
        "child_impact_assessment",
        "cause_analysis",
        "situation_picture",
        "mandate_and_assignment",
        "signatures",
        "evaluation",
        "responsible_party",
        "mandatory_parts",
        "baseline",
    ]
    """Det som måste finnas."""
    hardness: Hardness = "must"
    """must, should eller when_possible."""


class Hours(Strict):
    """The hours of the week that count as office hours."""

    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] = (
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
    )
    """Veckodagar: mon, tue, wed, thu, fri, sat, sun."""
    start: Annotated[ClockTime, Field(alias="from")]
    """Från, till exempel "08:00"."""
    to: ClockTime
    """Till, till exempel "16:30"."""
    assumed: bool = False
    """true när tiderna inte står i avtalet utan är antagna och ska bekräftas av kommunen."""


class ContactStep(Strict):
    """Whom to call, and when."""

    to: Annotated[tuple[Ref, ...], Field(min_length=1)]
    """Funktioner i den ordning de ska kontaktas."""
    when: Literal["office_hours", "out_of_hours", "always"] = "always"
    """Under kontorstid, utanför kontorstid, eller alltid."""
    hours: Hours | None = None
    """Egna tider för steget, när de skiljer sig från filens office_hours."""
    text: Line | None = None
    """Med egna ord."""


class ContactRoute(Named):
    """Who to call now, by hour and weekday (K22), or how the parties alert each other (K24)."""

    matter: Line
    """Vad det gäller, till exempel avhopparfrågor."""
    kind: Literal["redirect", "alert"]
    """redirect: ärenden om enskilda hänvisas dit och sparas aldrig. alert: parterna underrättar varandra."""
    text: Text
    """Med egna ord."""
    steps: Annotated[tuple[ContactStep, ...], Field(min_length=1)]
    """Vägarna, i ordning."""
