"""What a document proves on its way to being valid, beside that it was decided and signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from samsyn.base.access import Viewer
from samsyn.base.links import Link
from samsyn.domains.agreements.models import Body, DocumentVersion
from samsyn.domains.agreements.services.evidence import record_evidence, withdraw_of

Proves = Mapping[str, str]

# Kind of document → what each step proves of it (K04, K07, L08–L11, U12, § 4–5).
PRESENTED: Proves = {
    "situation_picture": "picture_presented",
    "acute_picture": "picture_presented",
    "action_plan": "proposal_made",
    "yearly_plan": "proposal_made",
    "citizen_promise": "proposal_made",
}
DECIDED: Proves = {
    "situation_picture": "picture_finished",
    "acute_picture": "picture_finished",
    "needs_analysis": "analysis_finished",
    "cause_analysis": "analysis_finished",
    "action_plan": "plan_decided",
    "yearly_plan": "plan_decided",
    "child_impact_assessment": "assessment_made",
}
SIGNED: Proves = {"citizen_promise": "promise_signed"}
VALID: Proves = {"situation_picture": "picture_renewed"}


def prove_presented(actor: Viewer, version: DocumentVersion, on: dt.date) -> None:
    """Note that the version was presented."""
    prove(actor, version, PRESENTED, on, body=version.document.presented_to)


def prove_decided(actor: Viewer, version: DocumentVersion, on: dt.date) -> None:
    """Note that the version was decided, and what that makes of it: a plan decided, a picture finished."""
    prove(actor, version, DECIDED, on, always="document_decided")


def prove_signed(actor: Viewer, version: DocumentVersion, on: dt.date) -> None:
    """Note that all have signed."""
    prove(actor, version, SIGNED, on, always="document_signed")


def prove_valid(actor: Viewer, version: DocumentVersion, on: dt.date) -> None:
    """Note that the version has taken effect."""
    prove(actor, version, VALID, on)


def prove_accepted(actor: Viewer, version: DocumentVersion, on: dt.date) -> None:
    """Note what there is from the agreement's first day; nothing was renewed or signed anew by that (L12)."""
    prove(actor, version, DECIDED, on)


def unprove(actor: Viewer, version: DocumentVersion, why: str) -> None:
    """A version that is taken back proves nothing."""
    withdraw_of(actor=actor, link=link_of(version), why=why)


def link_of(version: DocumentVersion) -> Link:
    return Link("document_version", str(version.pk))


def prove(
    actor: Viewer,
    version: DocumentVersion,
    proves: Proves,
    on: dt.date,
    *,
    always: str = "",
    body: Body | None = None,
) -> None:
    document = version.document
    for sort in document.kinds or [""]:
        for kind in filter(None, (always, proves.get(sort, ""))):
            record_evidence(
                actor=actor,
                kind=kind,
                on=on,
                agreement=document.agreement,
                body=body or document.decided_by,
                municipality=document.municipality,
                document_kind=sort,
                link=link_of(version),
                note=f"{document.called}, version {version.number}",
            )
