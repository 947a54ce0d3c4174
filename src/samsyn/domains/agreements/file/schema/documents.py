"""What is written down: living documents, annexes, signatures, related agreements, the chain."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from samsyn.domains.agreements.file.schema.base import (
    Item,
    Line,
    Named,
    PartialDate,
    Ref,
    Slug,
    Strict,
    Text,
)

DocumentKind = Literal[
    "situation_picture",
    "weekly_picture",
    "acute_picture",
    "needs_analysis",
    "cause_analysis",
    "action_plan",
    "yearly_plan",
    "citizen_promise",
    "communication_plan",
    "child_impact_assessment",
    "survey",
    "policy",
    "mandate",
    "other",
]


class Contribution(Strict):
    """What a party brings to a document."""

    party: Ref
    """Parten, organisationen eller funktionen som bidrar."""
    text: Line
    """Vad den bidrar med."""


class Required(Strict):
    """Something the document must hold."""

    part: Literal[
        "mapping",
        "consequences",
        "other_information",
        "analysis",
        "priorities",
        "goals",
        "activities",
        "deadlines",
        "responsible_party",
        "cause_analysis",
        "follow_up",
        "follow_up_routines",
        "feedback",
        "prevention_levels",
        "terms",
        "measures_of_all_parties",
        "other",
    ]
    """Vilken del det är."""
    text: Line
    """Med egna ord."""


class Document(Named):
    """A living document that the cooperation keeps: picture, plan, promise."""

    kind: DocumentKind
    """Slag av dokument i programmet."""
    name: Line
    """Dokumentets namn i avtalet."""
    text: Text | None = None
    """Med egna ord."""
    in_each: tuple[Ref, ...] = ()
    """Kommuner som var och en har ett eget."""
    contributions: tuple[Contribution, ...] = ()
    """Vad parter och andra bidrar med."""
    requires: tuple[Required, ...] = ()
    """Delar som måste finnas."""
    based_on: tuple[Slug, ...] = ()
    """Dokument som det bygger på."""
    drafted_by: tuple[Ref, ...] = ()
    """De som tar fram det."""
    decided_by: Ref | None = None
    """Den som beslutar: ett organ, en funktion eller en part."""
    issued_by: tuple[Ref, ...] = ()
    """Parter som står bakom det."""
    signed_by: tuple[Ref, ...] = ()
    """Parter som skriver under det."""
    public: bool = False
    """true när det vänder sig till invånarna."""


class SignatureRule(Strict):
    """What makes an annex valid."""

    rule: Literal["all_sign", "some_sign", "approval", "none"]
    """all_sign: alla parter undertecknar. some_sign: parterna i parties undertecknar. approval: godkännande räcker. none: inget krävs."""
    parties: tuple[Ref, ...] = ()
    """Parterna som undertecknar, när det inte är alla."""
    per_party: Annotated[int, Field(ge=1, le=9)] = 1
    """Antal underskrifter per part."""


class Annex(Named):
    """A dated appendix to the agreement, bound to living documents (L04)."""

    title: Line
    """Bilagans rubrik."""
    number: Annotated[int, Field(ge=1, le=99)] | None = None
    """Bilagans nummer."""
    documents: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Levande dokument (deras id under documents) som bilagan är en version av."""
    presented_to: Ref | None = None
    """Organet som en uppdaterad bilaga föredras för."""
    decided_by: Ref | None = None
    """Organet som beslutar."""
    signature: SignatureRule
    """Vad som krävs för att en uppdaterad bilaga ska gälla."""
    dated: bool = False
    """true när en uppdaterad bilaga ska dateras."""
    first_valid_with_agreement: bool = False
    """true när den första versionen gäller genom själva avtalet."""
    renewed_by: Slug | None = None
    """Åtagandet (dess id) som förnyar bilagan."""


class Validity(Item):
    """From when to when the agreement is valid."""

    start: Annotated[PartialDate, Field(alias="from")]
    """Första dag, månad eller år. Får ligga före underskriften."""
    to: PartialDate | None = None
    """Sista dag, månad eller år. Saknas när det gäller tills vidare."""
    prolonged_to: PartialDate | None = None
    """Ny sista dag när avtalet har förlängts."""
    notice_months: Annotated[int, Field(ge=1, le=60)] | None = None
    """Uppsägningstid i månader."""
    extends_by_years: Annotated[int, Field(ge=1, le=10)] | None = None
    """Antal år som avtalet förlängs med när ingen säger upp det."""
    renew_in: PartialDate | None = None
    """När ett nytt avtal ska tas fram."""
    text: Line | None = None
    """Med egna ord."""


class ChainLink(Item):
    """How this agreement stands to an earlier or a later one (K28)."""

    relation: Literal["replaces", "prolongs", "replaced_by"]
    """replaces: ersätter. prolongs: förlänger. replaced_by: ersatt av."""
    title: Line
    """Det andra avtalets namn."""
    agreement: Slug | None = None
    """Det andra avtalets id, om det finns i programmet."""
    date: PartialDate | None = None
    """Det andra avtalets datum."""
    was_prolonged: bool = False
    """true när det andra avtalet hade förlängts."""


class RelatedAgreement(Named):
    """Another agreement beside this one, with dates of its own (K27)."""

    title: Line
    """Avtalets namn."""
    parties: tuple[Ref, ...] = ()
    """Parter i det."""
    since: PartialDate | None = None
    """Gäller sedan."""
    law: Line | None = None
    """Lag som det grundas på."""
    text: Text | None = None
    """Vad det handlar om, med egna ord."""
    revision: PartialDate | None = None
    """När det ska revideras."""
    revision_text: Line | None = None
    """Som avtalet uttrycker det, till exempel hösten 2023."""


class Signatory(Strict):
    """One signature, by function: never the name of a person."""

    party: Ref
    """Parten."""
    function: Line
    """Titeln på den som undertecknar, till exempel Kommunstyrelsens ordförande."""
    date: PartialDate | None = None
    """Datum, om det skiljer sig från det gemensamma."""
    place: Line | None = None
    """Ort, om den skiljer sig från den gemensamma."""


class Signatures(Item):
    """When, where and by which functions the agreement was signed."""

    date: PartialDate | None = None
    """Datum med den noggrannhet avtalet har: 2020, 2020-05 eller 2020-05-14."""
    place: Line | None = None
    """Ort."""
    originals: Annotated[int, Field(ge=1, le=20)] | None = None
    """Antal originalexemplar."""
    signatories: tuple[Signatory, ...] = ()
    """De som har undertecknat, efter funktion."""
