"""The minutes and the summons as plain values: what is frozen, and what every document is made from."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db.models import F

from samsyn.base import clock
from samsyn.domains.meetings.models import Attendance, Contribution, Decision, Meeting
from samsyn.domains.meetings.rules.decisions import BodyRule
from samsyn.domains.meetings.selectors.bodies import people_of
from samsyn.domains.meetings.selectors.gates import Condition, conditions_of
from samsyn.domains.meetings.selectors.invitations import invitations_of
from samsyn.domains.meetings.selectors.presence import quorum


def checksum_of(content: dict[str, Any]) -> str:
    """Return the SHA-256 of the content in its one canonical form."""
    return hashlib.sha256(canonical(content)).hexdigest()


def canonical(content: dict[str, Any]) -> bytes:
    """Return the content as JSON in its one canonical form: what the checksum is of."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def minutes_of(meeting: Meeting) -> dict[str, Any]:
    """Return the frozen minutes where there are any, else how they stand now."""
    return meeting.frozen or content_of(meeting)


def content_of(meeting: Meeting) -> dict[str, Any]:
    """Return the whole meeting as plain values: agenda, attendance, notes, decisions, assignments."""
    people = {seat.seat.pk: seat for seat in people_of(meeting.body, meeting.day)}
    attendances = list(
        meeting.attendances.select_related("seat__party", "user").prefetch_related(
            "seat__functions"
        )
    )
    invited = invitations_of(meeting)
    wanted = {one.seat_id for one in invited if one.seat_id is not None}
    items = meeting.items.prefetch_related(
        "papers__file", "decisions__stands__party", "decisions__proposes_to",
        "assignments__receiver_body", "assignments__receiver",
    )  # fmt: skip
    return {
        "format": 1,
        "body": meeting.body.name,
        "agreement": meeting.body.agreement.title,
        "municipality": meeting.municipality.name,
        "form": meeting.form,
        "origin": meeting.origin,
        "occasion": meeting.occasion,
        "extended": meeting.extended,
        "starts_at": meeting.local_start.isoformat(),
        "ends_at": meeting.ends_at.astimezone(clock.SWEDEN).isoformat() if meeting.ends_at else "",
        "place": ", ".join(part for part in (meeting.place, meeting.locality) if part),
        "state": meeting.state,
        "chair": str(meeting.chair) if meeting.chair else "",
        "secretary": str(meeting.secretary) if meeting.secretary else "",
        "adjuster": str(meeting.adjuster) if meeting.adjuster else "",
        "rule": meeting.body.decision_rule,
        "seats": [seat_row(one, attendances, wanted) for one in people.values()],
        "guests": [
            {"who": one.label, "as": one.get_capacity_display()}
            for one in attendances
            if one.seat_id is None
        ],
        "invited": [
            {
                "who": one.called,
                "party": one.party_name,
                "as": one.get_capacity_display(),
                "item": one.item.title if one.item else "",
            }
            for one in invited
            if one.seat_id is None
        ],
        "quorum": quorum(meeting).words,
        "contributions": [
            {"seat": one.called, "party": one.party_name, "text": one.text}
            for one in contributions_of(meeting)
        ],
        "notes": meeting.notes,
        "items": [item_row(item) for item in items.order_by("order", "pk")],
        "approvals": [
            {
                "as": one.get_given_as_display(),
                "who": one.label,
                "at": one.given_at.astimezone(clock.SWEDEN).isoformat(),
            }
            for one in meeting.approvals.all()
        ],
        "is_demo": meeting.is_demo,
    }


def contributions_of(meeting: Meeting) -> list[Contribution]:
    """Return what was asked for, seats first, with the names of those asked at hand (three queries)."""
    return list(
        meeting.contributions.select_related(
            "seat__party", "invitation__seat__party", "invitation__function__party"
        )
        .prefetch_related("seat__functions")
        .order_by(
            F("seat__party__order").asc(nulls_last=True),
            F("seat__order").asc(nulls_last=True),
            "pk",
        )
    )


def seat_row(one: Any, attendances: list[Attendance], wanted: set[int]) -> dict[str, Any]:
    """Return a seat with who came, or that nobody did."""
    came = next((row for row in attendances if row.seat_id == one.seat.pk), None)
    present = came is not None and came.is_present
    who = ""
    if came is not None and present:
        who = came.label or (str(came.user) if came.user else "")
    return {
        "party": one.seat.party.called,
        "seat": one.name,
        "who": who,
        "as": came.get_capacity_display() if came is not None and present else "",
        "present": present,
        "substitute": present
        and came is not None
        and came.capacity == Attendance.Capacity.SUBSTITUTE,
        "at_need": one.seat.at_need,
        "wanted": not one.seat.at_need or one.seat.pk in wanted,
    }


def item_row(item: Any) -> dict[str, Any]:
    return {
        "number": item.order,
        "kind": item.kind,
        "clause": item.clause,
        "title": item.title,
        "text": item.text,
        "presenter": item.presenter,
        "proposal": item.proposal,
        "papers": [paper_row(paper) for paper in item.papers.all()],
        "notes": item.notes,
        "decisions": [decision_row(one) for one in item.decisions.all()],
        "assignments": [
            {
                "title": one.title,
                "text": one.text,
                "to": one.to,
                "due": one.due_on.isoformat() if one.due_on else "",
            }
            for one in item.assignments.all()
        ],
    }


def paper_row(paper: Any) -> dict[str, str]:
    """Return the paper with the checksum of its file, so that what lay before the body is known."""
    return {
        "title": paper.title,
        "sha256": paper.file.sha256 if paper.file else "",
        "link": f"{paper.link_kind}:{paper.link_key}" if paper.link_kind else "",
    }


def decision_row(decision: Decision) -> dict[str, Any]:
    return {
        "number": f"{decision.number}/{decision.year}" if decision.number else "",
        "wording": decision.wording,
        "rule": decision.rule,
        "by_consensus": decision.rule == BodyRule.CONSENSUS,
        "outcome": decision.outcome,
        "outcome_words": str(decision.get_outcome_display()),
        "why": decision.why,
        "diary_number": decision.diary_number,
        "to": decision.proposes_to.name if decision.proposes_to else "",
        "stands": [
            {
                "party": stand.party.called,
                "said": str(stand.get_said_display()),
                "reason": stand.reason,
                "in_writing": stand.in_writing,
            }
            for stand in decision.stands.all()
        ],
        "gates": [condition_row(one) for one in conditions_of(decision)],
    }


def condition_row(condition: Condition) -> dict[str, Any]:
    """Return what had to be in place before the decision, and what answered it."""
    answer = condition.answer
    return {
        "text": condition.gate.text,
        "required": condition.required,
        "answer": answer.text if answer else "",
        "parts": [list(part) for part in answer.parts] if answer else [],
        "source": answer.source if answer else "",
    }
