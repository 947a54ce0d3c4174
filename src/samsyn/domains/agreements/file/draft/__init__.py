"""The draft reader: an agreement's prose to proposals, by deterministic rules."""

from samsyn.domains.agreements.file.draft.documents import DocumentError, read_text
from samsyn.domains.agreements.file.draft.notes import Evidence, Proposal
from samsyn.domains.agreements.file.draft.reader import Draft, draft_agreement, draft_from_file

__all__ = [
    "DocumentError",
    "Draft",
    "Evidence",
    "Proposal",
    "draft_agreement",
    "draft_from_file",
    "read_text",
]
