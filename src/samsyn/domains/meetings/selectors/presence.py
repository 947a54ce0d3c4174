"""Who is in the room: seats, parties and quorum."""

from __future__ import annotations

from samsyn.domains.meetings.models import Meeting
from samsyn.domains.meetings.rules.quorum import Quorum, SeatPresence, quorum_of
from samsyn.domains.meetings.selectors.bodies import seats_of
from samsyn.domains.meetings.selectors.invitations import seats_wanted


def parties_present(meeting: Meeting) -> set[int]:
    """Return the keys of the parties that have somebody in the room."""
    return set(
        meeting.attendances.filter(is_present=True, seat__isnull=False).values_list(
            "seat__party_id", flat=True
        )
    )


def quorum(meeting: Meeting) -> Quorum:
    """Return the quorum, party by party; organisations that are no parties are not counted."""
    present = set(
        meeting.attendances.filter(is_present=True, seat__isnull=False).values_list(
            "seat_id", flat=True
        )
    )
    wanted = seats_wanted(meeting)
    return quorum_of(
        [
            SeatPresence(
                party=seat.party.called,
                seat=seat.called,
                is_present=seat.pk in present,
                is_required=seat.required,
                is_at_need=seat.at_need and seat.pk not in wanted,
            )
            for seat in seats_of(meeting.body)
            if seat.party.is_party
        ]
    )
