"""What the search box finds among meetings, decisions and assignments."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from samsyn.base.access import Viewer, visible
from samsyn.base.links import Link
from samsyn.base.search import SearchHit
from samsyn.domains.meetings.models import AgendaItem, Assignment, Decision, Meeting
from samsyn.formats import swedish


def meeting_hits(viewer: Viewer, words: str, limit: int) -> list[SearchHit]:
    """Return the meetings, agenda items, decisions and assignments that hold the words."""
    found = [
        *meetings_found(viewer, words, limit),
        *decisions_found(viewer, words, limit),
        *assignments_found(viewer, words, limit),
        *items_found(viewer, words, limit),
    ]
    return found[:limit]


def meetings_found(viewer: Viewer, words: str, limit: int) -> list[SearchHit]:
    rows = visible(viewer, Meeting).filter(
        Q(body__name__icontains=words)
        | Q(occasion__icontains=words)
        | Q(place__icontains=words)
        | Q(diary_number__icontains=words)
    )
    return [
        SearchHit(
            _("Möte"),
            f"{one.body.name}, {swedish.date(one.day)}",
            str(one.get_state_display()),
            Link("meeting", str(one.pk)),
        )
        for one in rows.select_related("body").order_by("-starts_at")[:limit]
    ]


def decisions_found(viewer: Viewer, words: str, limit: int) -> list[SearchHit]:
    rows = visible(viewer, Decision).filter(
        Q(wording__icontains=words) | Q(diary_number__icontains=words)
    )
    return [
        SearchHit(
            _("Beslut"),
            one.wording[:120],
            f"{one.body.name}. {one.get_outcome_display()}",
            Link("decision", str(one.pk)),
        )
        for one in rows.select_related("body").order_by("-pk")[:limit]
    ]


def assignments_found(viewer: Viewer, words: str, limit: int) -> list[SearchHit]:
    rows = visible(viewer, Assignment).filter(Q(title__icontains=words) | Q(text__icontains=words))
    rows = rows.select_related("receiver_body", "receiver").order_by("-pk")[:limit]
    return [
        SearchHit(
            _("Uppdrag"), one.title, f"{one.to}. {one.words}", Link("assignment", str(one.pk))
        )
        for one in rows
    ]


def items_found(viewer: Viewer, words: str, limit: int) -> list[SearchHit]:
    rows = visible(viewer, AgendaItem).filter(Q(title__icontains=words) | Q(notes__icontains=words))
    return [
        SearchHit(
            _("Ärende"),
            one.title,
            f"{one.meeting.body.name}, {swedish.date(one.meeting.day)}",
            Link("meeting", str(one.meeting_id)),
        )
        for one in rows.select_related("meeting__body").order_by("-meeting__starts_at")[:limit]
    ]
