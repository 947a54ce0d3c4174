"""The schema of the agreement file, one module per noun."""

from samsyn.domains.agreements.file.schema.agreement import Actor, Agreement, EqualParties
from samsyn.domains.agreements.file.schema.base import Item, Named, PartialDate, Strict
from samsyn.domains.agreements.file.schema.bodies import (
    AgendaItem,
    Body,
    DecisionRule,
    Guests,
    Mandate,
    Seat,
)
from samsyn.domains.agreements.file.schema.commitments import (
    Commitment,
    ContactRoute,
    ContactStep,
    Gate,
    Hours,
)
from samsyn.domains.agreements.file.schema.documents import (
    Annex,
    ChainLink,
    Document,
    RelatedAgreement,
    Signatory,
    SignatureRule,
    Signatures,
    Validity,
)
from samsyn.domains.agreements.file.schema.matters import (
    Aim,
    Clause,
    CommunicationItem,
    CostShare,
    Exclusion,
    Focus,
    FocusArea,
    FocusRules,
    Resource,
)
from samsyn.domains.agreements.file.schema.parties import Address, Function, Organisation, Party

__all__ = [
    "Actor",
    "Address",
    "AgendaItem",
    "Agreement",
    "Aim",
    "Annex",
    "Body",
    "ChainLink",
    "Clause",
    "Commitment",
    "CommunicationItem",
    "ContactRoute",
    "ContactStep",
    "CostShare",
    "DecisionRule",
    "Document",
    "EqualParties",
    "Exclusion",
    "Focus",
    "FocusArea",
    "FocusRules",
    "Function",
    "Gate",
    "Guests",
    "Hours",
    "Item",
    "Mandate",
    "Named",
    "Organisation",
    "PartialDate",
    "Party",
    "RelatedAgreement",
    "Resource",
    "Seat",
    "Signatory",
    "SignatureRule",
    "Signatures",
    "Strict",
    "Validity",
]
