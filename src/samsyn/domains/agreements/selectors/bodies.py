"""Bodies with their seats, who holds them on a day, and what stands vacant."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from samsyn.base.access import Viewer, visible
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.models import Agreement, Body, Function, Holder, Seat


@dataclass(frozen=True)
class SeatNow:
    """A seat on a day. `vacant` where nobody holds it and it is not only filled at need."""

    seat: Seat
    functions: tuple[Function, ...]
    holders: tuple[Holder, ...]
    substitutes: tuple[Holder, ...]

    @property
    def vacant(self) -> bool:
        return not self.holders and not self.seat.at_need

    @property
    def leads(self) -> bool:
        """Whether one of its functions leads its organisation (§ 10)."""
        return any(function.is_leading for function in self.functions)

    @property
    def lacks_leader(self) -> bool:
        """Whether the act asks for a leading position here and none of the functions is one."""
        return self.seat.must_lead and not self.leads


@dataclass(frozen=True)
class BodyNow:
    """A body on a day, with its seats."""

    body: Body
    seats: tuple[SeatNow, ...]

    @property
    def parts(self) -> list[Body]:
        """The bodies it is made of (K06)."""
        return list(self.body.parts.all())

    @property
    def vacancies(self) -> int:
        return sum(seat.vacant for seat in self.seats)

    @property
    def without_leader(self) -> list[SeatNow]:
        """Parties of a strategic council whom no leading function represents (§ 10)."""
        led = {seat.seat.party_id for seat in self.seats if seat.leads}
        return [seat for seat in self.seats if seat.lacks_leader and seat.seat.party_id not in led]


def bodies_of(
    agreements: Iterable[Agreement],
    on: dt.date,
    *,
    viewer: Viewer,
    municipality: Organisation | None = None,
) -> list[BodyNow]:
    """Return the bodies that the viewer may see, with their seats on `on` (four queries)."""
    rows = visible(viewer, Body).filter(agreement__in=list(agreements), is_current=True) | visible(
        viewer, Body
    ).filter(agreement__in=list(agreements), set_up_from__isnull=False)
    if municipality is not None:
        rows = rows.filter(Q(municipality=municipality) | Q(municipality=None))
    bodies = list(
        rows.select_related("agreement", "municipality", "chair_party", "chair_function")
        .prefetch_related("parts")
        .distinct()
    )
    seats = seats_on([body.pk for body in bodies], on)
    return [BodyNow(body, tuple(seats.get(body.pk, ()))) for body in bodies]


def seats_on(bodies: Sequence[int], on: dt.date) -> dict[int, list[SeatNow]]:
    """Return body → its seats with those who hold them and stand in on `on`. See the bodies first."""
    found: dict[int, list[SeatNow]] = defaultdict(list)
    seats = (
        Seat.objects.filter(body__in=bodies, is_current=True)
        .select_related("party")
        .prefetch_related("functions")
    )
    held = holders_on(on, seats)
    for seat in seats:
        functions = tuple(seat.functions.all())
        mine = [
            holder
            for function in functions
            for holder in held.get(function.pk, ())
            if holder.seat_id in (None, seat.pk)
        ]
        found[seat.body_id].append(
            SeatNow(
                seat,
                functions,
                tuple(one for one in mine if one.standing == Holder.Standing.HOLDER),
                tuple(one for one in mine if one.standing == Holder.Standing.SUBSTITUTE),
            )
        )
    return found


def holders_on(on: dt.date, seats: Iterable[Seat]) -> dict[int, list[Holder]]:
    """Return function → who holds it and stands in on `on`."""
    functions = {function.pk for seat in seats for function in seat.functions.all()}
    found: dict[int, list[Holder]] = defaultdict(list)
    rows = Holder.objects.filter(function__in=functions, since__lte=on).filter(
        Q(until__isnull=True) | Q(until__gte=on)
    )
    for holder in rows.select_related("user", "function"):
        found[holder.function_id].append(holder)
    return found


def functions_held(viewer: Viewer, on: dt.date) -> list[Function]:
    """Return the functions that the viewer herself holds or stands in for on `on`."""
    if viewer.user is None:
        return []
    held = Holder.objects.filter(user=viewer.user, since__lte=on).filter(
        Q(until__isnull=True) | Q(until__gte=on)
    )
    return list(
        visible(viewer, Function)
        .filter(pk__in=held.values("function"), is_current=True)
        .select_related("agreement", "party")
    )
