"""The agreement as it runs: the file and its versions, who takes part, what is to be done, what proves it."""

from samsyn.domains.agreements.documents.models import (
    Document,
    DocumentVersion,
    Signature,
    SignatureLink,
)
from samsyn.domains.agreements.models.agreement import Agreement, AgreementParty, AgreementVersion
from samsyn.domains.agreements.models.bodies import Body, Function, Holder, Seat
from samsyn.domains.agreements.models.commitments import Commitment, Evidence
from samsyn.domains.agreements.models.feeds import CalendarFeed
from samsyn.domains.agreements.models.set_up import SetUp

__all__ = [
    "Agreement",
    "AgreementParty",
    "AgreementVersion",
    "Body",
    "CalendarFeed",
    "Commitment",
    "Document",
    "DocumentVersion",
    "Evidence",
    "Function",
    "Holder",
    "Seat",
    "SetUp",
    "Signature",
    "SignatureLink",
]
