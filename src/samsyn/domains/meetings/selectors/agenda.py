"""What the meeting room itself wants on an agenda."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.links import Link
from samsyn.domains.agreements.documents.rules import State
from samsyn.domains.agreements.models import Body, Document, DocumentVersion
from samsyn.domains.meetings.models import Assignment, Decision, Meeting
from samsyn.domains.meetings.rules.agenda import ItemKind, ProposedItem, ProposedPaper
from samsyn.domains.meetings.rules.assignments import AssignmentState
from samsyn.domains.meetings.rules.decisions import OutcomeKind
from samsyn.domains.meetings.rules.stages import Stage
from samsyn.domains.meetings.selectors.document_items import SOURCE
from samsyn.domains.meetings.selectors.meetings import previous_meeting
from samsyn.domains.meetings.selectors.rhythms import falling_due
from samsyn.formats import swedish

DUE_WITHIN = 90
DECIDES = frozenset({"consensus", "decides"})
# A document's kind → what a decision on it is about, and so which conditions stand before it.
ABOUT_KIND = {
    "action_plan": "plans",
    "yearly_plan": "plans",
    "citizen_promise": "citizen_promise",
}
MOST_COMMITMENTS = 8
# What was left without a decision; one that awaits a written consent is still on its way.
UNSETTLED = (OutcomeKind.BLOCKED, OutcomeKind.OPEN, OutcomeKind.AWAITS_STANDS)


def proposals_for(meeting: Meeting) -> list[ProposedItem]:
    """Return what is due for the meeting: what the last one left, what always comes, what is wanted."""
    found = [*occasion(meeting), *follow_ups(meeting), *standing(meeting)]
    if meeting.is_light:
        return found
    return [
        *frame(),
        *found,
        *contributions(meeting),
        *commitments_due(meeting),
        *decisions_wanted(meeting),
        *documents_wanted(meeting),
        *consents_since(meeting),
    ]


def frame() -> Iterator[ProposedItem]:
    """How a meeting with minutes begins and ends."""
    yield ProposedItem("opening", ItemKind.OPENING, _("Öppnande, närvaro och val av justerare"))
    yield ProposedItem("closing", ItemKind.CLOSING, _("Nästa möte och avslutning"))


def occasion(meeting: Meeting) -> Iterator[ProposedItem]:
    """What an extra meeting was called for."""
    if meeting.occasion:
        yield ProposedItem("occasion", ItemKind.OCCASION, _("Det som har hänt"), meeting.occasion)


def follow_ups(meeting: Meeting) -> Iterator[ProposedItem]:
    """Assignments that the body has given or been given, and that are not closed (L06)."""
    rows = (
        Assignment.objects.filter(municipality=meeting.municipality_id)
        .filter(Q(giver=meeting.body_id) | Q(receiver_body=meeting.body_id))
        .exclude(state=AssignmentState.CLOSED)
        .select_related("giver", "receiver_body", "receiver")
    )
    for one in rows:
        given = one.giver_id == meeting.body_id
        if not given and one.state == AssignmentState.REPORTED:
            continue
        head = (
            _("Uppdrag till %(who)s: %(title)s") if given else _("Uppdrag från %(who)s: %(title)s")
        )
        who = one.to if given else one.giver.name
        yield ProposedItem(
            source=f"assignment:{one.pk}",
            kind=ItemKind.FOLLOW_UP,
            title=head % {"who": who, "title": one.title},
            text="\n".join(part for part in (one.words + ".", one.report or one.text) if part),
            subject="assignments",
            papers=(ProposedPaper(_("Uppdraget"), Link("assignment", str(one.pk))),),
        )


def standing(meeting: Meeting) -> Iterator[ProposedItem]:
    """The body's standing items by the agreement (L06, K14)."""
    for point in meeting.body.agenda:
        yield ProposedItem(
            source=f"standing:{point['id']}",
            kind=ItemKind.STANDING,
            title=point["text"],
            subject=point.get("subject", "") or "",
            clause=point.get("clause") or "",
        )


def contributions(meeting: Meeting) -> Iterator[ProposedItem]:
    """The seats' own information, where no standing item asks for it already."""
    if any(point.get("subject") == "contributions" for point in meeting.body.agenda):
        return
    yield ProposedItem(
        "contributions",
        ItemKind.CONTRIBUTIONS,
        _("Det deltagarna har med sig"),
        subject="contributions",
    )


def commitments_due(meeting: Meeting) -> Iterator[ProposedItem]:
    """What the agreement asks for before the next meeting, or should have been done (H07)."""
    day = max(meeting.day, clock.today())
    for one in falling_due(meeting.body, meeting.municipality, day, DUE_WITHIN)[:MOST_COMMITMENTS]:
        due = one.state.due
        words = _("försenat sedan %(day)s") if one.name == "late" else _("senast %(day)s")
        when = words % {"day": swedish.date(due)} if due else ""
        yield ProposedItem(
            source=f"commitment:{one.commitment.ref}",
            kind=ItemKind.COMMITMENT,
            title=f"{one.commitment.subject}, {when}"[:200],
            text=one.state.why,
            clause=one.commitment.clause,
        )


def decisions_wanted(meeting: Meeting) -> Iterator[ProposedItem]:
    """Proposals from other bodies, and what was stopped or left open here last time."""
    sent = Decision.objects.filter(
        proposes_to=meeting.body_id,
        municipality=meeting.municipality_id,
        outcome=OutcomeKind.PROPOSED,
        led_to__isnull=True,
    ).select_related("body")
    for one in sent:
        head = _("Förslag från %(body)s") % {"body": one.body.name}
        yield wanted(one, head, _("%(body)s har lämnat förslaget.") % {"body": one.body.name})
    before = previous_meeting(meeting)
    if before is None:
        return
    left = Decision.objects.filter(item__meeting=before, outcome__in=UNSETTLED, led_to__isnull=True)
    for one in left.select_related("item"):
        stopped = one.outcome == OutcomeKind.BLOCKED
        head = _("Stoppat förra gången: %(item)s") if stopped else _("Inte avgjort: %(item)s")
        yield wanted(one, head % {"item": one.item.title}, one.why)


def wanted(decision: Decision, title: str, text: str) -> ProposedItem:
    return ProposedItem(
        source=f"decision:{decision.pk}",
        kind=ItemKind.DECISION,
        title=title,
        text=text,
        subject=decision.about,
        proposal=decision.wording,
        papers=(ProposedPaper(_("Mötet där frågan togs upp"), Link("decision", str(decision.pk))),),
    )


def documents_wanted(meeting: Meeting) -> Iterator[ProposedItem]:
    """The versions of the agreement's documents that the body is to have presented, or to decide (L12)."""
    body = meeting.body
    rows = DocumentVersion.objects.filter(
        Q(document__presented_to=body, stage=State.DRAFT)
        | Q(document__decided_by=body, stage=State.PRESENTED)
        | Q(document__presented_to=body, document__decided_by=None, stage=State.PRESENTED),
        Q(document__municipality=None) | Q(document__municipality=meeting.municipality_id),
        document__agreement=body.agreement_id,
    )
    for version in rows.select_related("document").order_by("document__number", "number"):
        yield document_item(body, version)


def document_item(body: Body, version: DocumentVersion) -> ProposedItem:
    """Return the item for a version: a decision where this body decides it, else that it is presented."""
    document = version.document
    name = _("%(document)s, version %(n)d") % {"document": titled(document), "n": version.number}
    decides = body.decision_rule in DECIDES and document.decided_by_id in (None, body.pk)
    about = next((ABOUT_KIND[kind] for kind in document.kinds if kind in ABOUT_KIND), "other")
    proposal = _("%(body)s beslutar %(name)s.") % {"body": body.name, "name": name}
    return ProposedItem(
        source=f"{SOURCE}{version.pk}",
        kind=ItemKind.DECISION if decides else ItemKind.INFORMATION,
        title=name if decides else _("Föredragning: %(name)s") % {"name": name},
        proposal=proposal if decides else "",
        subject=about if decides else "",
        papers=(ProposedPaper(name[:200], Link("document_version", str(version.pk))),),
    )


def titled(document: Document) -> str:
    """Return `Bilaga 1, Lokal lägesbild`, or the title alone of a free document."""
    return f"{document.called}, {document.title}" if document.number else document.title


def consents_since(meeting: Meeting) -> Iterator[ProposedItem]:
    """Decisions of the last meeting that were settled afterwards by a written yes or no (L06)."""
    before = previous_meeting(meeting)
    if before is None or before.state not in (Stage.ADJUSTED, Stage.APPROVED):
        return
    late = Decision.objects.filter(
        item__meeting=before, settled_at__gt=before.held_at
    ).select_related("item")
    for one in late:
        yield ProposedItem(
            source=f"consent:{one.pk}",
            kind=ItemKind.INFORMATION,
            title=_("Avgjort sedan förra mötet: %(item)s") % {"item": one.item.title},
            text=f"{one.get_outcome_display()}. {one.why}",
            papers=(ProposedPaper(_("Beslutet"), Link("decision", str(one.pk))),),
        )
