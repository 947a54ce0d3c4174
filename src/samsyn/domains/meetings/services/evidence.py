"""A meeting that was held proves commitments: told to the agreements, which decide what counts."""

from __future__ import annotations

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.links import Link
from samsyn.domains.agreements.models import Evidence
from samsyn.domains.agreements.services.evidence import record_evidence
from samsyn.domains.meetings.models import Assignment, Contribution, Decision, Meeting
from samsyn.domains.meetings.rules.decisions import OutcomeKind
from samsyn.domains.meetings.selectors.bodies import seats_of
from samsyn.domains.meetings.selectors.gates import conditions_of
from samsyn.domains.meetings.selectors.rhythms import meeting_commitments

# What a decision was about → what it proves when it is taken (K05, K11, K12, U07).
TAKEN_PROVES = {
    "focus_areas": "focus_areas_decided",
    "plans": "plan_decided",
    "categories": "document_decided",
}


def tell_that_met(actor: Viewer, meeting: Meeting) -> list[Evidence]:
    """Record that the body met, for what asks only that."""
    return tell(actor, meeting, "meeting_held")


def tell_that_minuted(actor: Viewer, meeting: Meeting) -> list[Evidence]:
    """Record that the minutes of the meeting are approved."""
    return tell(actor, meeting, "meeting_minuted")


def tell(actor: Viewer, meeting: Meeting, kind: str) -> list[Evidence]:
    return record_evidence(
        actor=actor,
        kind=kind,
        on=meeting.day,
        body=meeting.body,
        municipality=meeting.municipality,
        place=meeting.locality,
        link=Link("meeting", str(meeting.pk)),
        proves=[*meeting.proves, *(extended_refs(meeting) if meeting.extended else ())],
    )


def extended_refs(meeting: Meeting) -> list[str]:
    """Return the commitments that only an extended meeting keeps: a seat's own number a year (L06)."""
    numbers = {seat.extended_meetings for seat in seats_of(meeting.body)} - {None}
    return [
        one.ref
        for one in meeting_commitments(meeting.body)
        if isinstance(one.rhythm, dict) and one.rhythm.get("per_year") in numbers
    ]


def tell_that_assigned(actor: Viewer, assignment: Assignment) -> list[Evidence]:
    """Record that a body gave an assignment (U07)."""
    return record_evidence(
        actor=actor,
        kind="assignment_given",
        on=assignment.given_at.date(),
        body=assignment.giver,
        municipality=assignment.municipality,
        link=Link("assignment", str(assignment.pk)),
    )


def tell_that_proposed(actor: Viewer, assignment: Assignment) -> list[Evidence]:
    """Record that the body that was asked has answered with its proposal (L07)."""
    if assignment.receiver_body is None or assignment.reported_at is None:
        return []
    return record_evidence(
        actor=actor,
        kind="proposal_made",
        on=assignment.reported_at.date(),
        body=assignment.receiver_body,
        municipality=assignment.municipality,
        link=Link("assignment", str(assignment.pk)),
    )


def tell_that_decided(actor: Viewer, decision: Decision) -> None:
    """Record what a settled decision proves: focus areas and plans decided, a proposal made, a gate answered.

    A decision on another body's proposal is the proposing body's too (K12).
    """
    kind = {
        OutcomeKind.TAKEN: TAKEN_PROVES.get(decision.about, ""),
        OutcomeKind.PROPOSED: "proposal_made",
    }.get(OutcomeKind(decision.outcome), "")
    if kind:
        tell_of(actor, decision, kind)
    if any(
        one.gate.requires == "child_impact_assessment" and one.answer
        for one in conditions_of(decision)
    ):
        tell_of(actor, decision, "assessment_made", document_kind="child_impact_assessment")


def tell_of(actor: Viewer, decision: Decision, kind: str, *, document_kind: str = "") -> None:
    record_evidence(
        actor=actor,
        kind=kind,
        on=decision.item.meeting.day,
        body=decision.body,
        behind=decision.follows.body if decision.follows else None,
        municipality=decision.municipality,
        document_kind=document_kind,
        about=decision.about,
        link=Link("decision", str(decision.pk)),
    )


def tell_that_contributed(actor: Viewer, contribution: Contribution) -> list[Evidence]:
    """Record that a seat has given what it brings to the meeting (L07)."""
    meeting = contribution.meeting
    return record_evidence(
        actor=actor,
        kind="contribution_given",
        on=contribution.given_at.astimezone(clock.SWEDEN).date(),
        body=meeting.body,
        municipality=meeting.municipality,
        link=Link("meeting", str(meeting.pk)),
    )
