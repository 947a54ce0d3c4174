"""Who is in the room, party by party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.domains.meetings.rules.decisions import listed


@dataclass(frozen=True)
class SeatPresence:
    """A seat of a party: whether somebody sits in it, and whether the agreement says it must be filled."""

    party: str
    seat: str
    is_present: bool
    is_required: bool = False
    is_at_need: bool = False


@dataclass(frozen=True)
class PartyQuorum:
    """A party with the seats that are filled, of those that are asked to come."""

    party: str
    present: int
    asked: int

    @property
    def is_met(self) -> bool:
        return self.present > 0


@dataclass(frozen=True)
class Quorum:
    """Whether every party is in the room, and every seat that must be filled."""

    parties: tuple[PartyQuorum, ...]
    missing_seats: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        return not self.missing_seats and all(one.is_met for one in self.parties)

    @property
    def absent_parties(self) -> tuple[str, ...]:
        return tuple(one.party for one in self.parties if not one.is_met)

    @property
    def words(self) -> str:
        """Say in a sentence or two how it stands."""
        if self.is_met:
            return ngettext(
                "Parten är på plats.", "Alla %(count)s parter är på plats.", len(self.parties)
            ) % {"count": len(self.parties)}
        said = []
        if self.absent_parties:
            said.append(
                _("%(parties)s är inte på plats.") % {"parties": listed(self.absent_parties)}
            )
        if self.missing_seats:
            said.append(
                _("%(seats)s ska vara med enligt avtalet.") % {"seats": listed(self.missing_seats)}
            )
        return " ".join(said)


def quorum_of(seats: Sequence[SeatPresence]) -> Quorum:
    """Return the quorum of a meeting from its seats, parties in the order they first come."""
    parties = []
    for party in dict.fromkeys(one.party for one in seats):
        own = [one for one in seats if one.party == party]
        present = sum(one.is_present for one in own)
        asked = sum(one.is_present or not one.is_at_need for one in own)
        parties.append(PartyQuorum(party, present, asked))
    missing = tuple(one.seat for one in seats if one.is_required and not one.is_present)
    return Quorum(tuple(parties), missing)
