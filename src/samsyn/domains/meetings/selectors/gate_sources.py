"""What the meeting room itself knows that answers a gate: the proposal it builds on, and the meeting's papers."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samsyn.domains.agreements.models import DocumentVersion
from samsyn.domains.meetings.models import Decision, Paper
from samsyn.domains.meetings.rules.gates import WHERE, GateAnswer, read_answer

# What is required → the kind of link that shows it among the papers.
SHOWN_BY = {"situation_picture": "picture", "cause_analysis": "cause_analysis"}


def answered_in_proposal(decision: Decision, gate: str, requires: str) -> GateAnswer | None:
    """Return the answer that came with the proposal: the group that prepared it has answered already (K12)."""
    before = decision.follows
    while before is not None:
        found = read_answer(requires, before.gates.get(gate))
        if found is not None:
            told = _("Besvarat i %(body)s.") % {"body": before.body.name}
            return GateAnswer(found.parts, told)
        before = before.follows
    return None


def answered_by_papers(decision: Decision, gate: str, requires: str) -> GateAnswer | None:
    """Return the paper of the meeting that is what the agreement requires: a frozen picture, an assessment."""
    papers = Paper.objects.filter(item__meeting=decision.item.meeting_id)
    kind = SHOWN_BY.get(requires)
    found = papers.filter(link_kind=kind).order_by("pk").first() if kind else None
    if found is None:
        found = paper_of_kind(papers.filter(item=decision.item_id), requires)
    if found is None:
        return None
    return GateAnswer(((str(WHERE.text), found.title),), _("Finns bland mötets handlingar."))


def paper_of_kind(papers: QuerySet[Paper], requires: str) -> Paper | None:
    """Return the paper that is a document of the agreement of this kind."""
    rows = list(papers.filter(link_kind="document_version"))
    if not rows:
        return None
    versions = DocumentVersion.objects.filter(pk__in=[row.link_key for row in rows])
    kinds = {str(one.pk): one.document.kinds for one in versions.select_related("document")}
    return next((row for row in rows if requires in kinds.get(row.link_key, ())), None)
