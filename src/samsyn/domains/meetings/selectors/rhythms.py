"""What the agreement expects of a body: when it is to meet, and what falls due around a meeting."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from samsyn.base.access import SYSTEM
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.calendars import calendars_for
from samsyn.domains.agreements.judging import CommitmentStatus, rhythm_of, validity_of
from samsyn.domains.agreements.models import Body, Commitment
from samsyn.domains.agreements.selectors.status import status_of
from samsyn.rhythm import Calendar, occurrences

MEETING_EVIDENCE = frozenset({"meeting_minuted", "meeting_held"})


@dataclass(frozen=True)
class ExpectedMeeting:
    """One meeting that the rhythm asks for: its key, its days (both included) and its number in the year."""

    key: str
    first: dt.date
    last: dt.date
    place: str
    number: int


def calendar_of(municipality: Organisation) -> Calendar:
    """Return the municipality's calendar with the school days it has decided (one query)."""
    return calendars_for([municipality.pk])[municipality.pk]


def meeting_commitments(body: Body) -> list[Commitment]:
    """Return the body's commitments whose rhythm says that it meets."""
    rows = Commitment.objects.filter(body=body, is_current=True).select_related("agreement")
    return [
        one
        for one in rows
        if MEETING_EVIDENCE & set(one.evidence_kinds) and not one.rhythm_set_by_program
    ]


def expected_meetings(
    body: Body, municipality: Organisation, first: dt.date, last: dt.date
) -> list[ExpectedMeeting]:
    """Return the meetings that the rhythm asks for, due in `first`–`last` (both included), in order.

    Where several commitments of the body ask for meetings, the one that asks for most decides: two
    extended meetings are two of the four (L06).
    """
    calendar, most = calendar_of(municipality), list[ExpectedMeeting]()
    for one in meeting_commitments(body):
        holds = validity_of(one.agreement, one, municipality.in_use_from)
        found = occurrences(rhythm_of(one), calendar, holds, first, last)
        made = [
            ExpectedMeeting(
                key=f"{one.ref}:{each.key}",
                first=max(each.opens, each.window_start),
                last=each.due,
                place=each.place,
                number=number_of(each.key),
            )
            for each in found
        ]
        most = made if len(made) > len(most) else most
    return most


def number_of(key: str) -> int:
    """Return the number within its year of an occurrence key: 3 of `2026/3`; 0 where it has none."""
    _year, _slash, number = key.rpartition("/")
    return int(number) if number.isdecimal() else 0


def falling_due(
    body: Body, municipality: Organisation, on: dt.date, within: int
) -> list[CommitmentStatus]:
    """Return what is late or to be done within `within` days after `on`, soonest first.

    A council or steering group follows the whole agreement, another body its own part. That bodies
    are to meet is not on an agenda.
    """
    follows_all = body.role in {"strategic_council", "steering"}
    last = on + dt.timedelta(days=within)
    found = [
        one
        for one in status_of(body.agreement, on, viewer=SYSTEM, municipality=municipality)
        if one.name in {"due", "late", "upcoming"}
        and one.state.due is not None
        and one.state.due <= last
        and (follows_all or one.commitment.body_id == body.pk)
        and not set(one.commitment.evidence_kinds) <= MEETING_EVIDENCE
    ]
    return sorted(found, key=lambda one: (one.state.due or last, one.commitment.order))
