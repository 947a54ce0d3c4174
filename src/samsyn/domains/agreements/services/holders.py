"""Who holds a function, who stands in, and how it passes from one to another."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.accounts.models import User
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.links import Link
from samsyn.base.orgs.models import Membership
from samsyn.domains.agreements.models import Function, Holder, Seat
from samsyn.domains.agreements.rules import Event
from samsyn.domains.agreements.selectors.passing import kept, open_with
from samsyn.domains.agreements.services.evidence import note_event
from samsyn.domains.agreements.slots import function_passed

DAY = dt.timedelta(days=1)


def appoint_holder(
    *,
    actor: Viewer,
    function: Function,
    user: User,
    since: dt.date,
    standing: str = Holder.Standing.HOLDER,
    seat: Seat | None = None,
    until: dt.date | None = None,
) -> Holder:
    """Let a person hold a function, or stand in for it, from a day on (L06, L07).

    A function that one person holds must be free first: hand it over instead. Raises UserError then,
    or where the seat takes no substitutes.
    """
    require_appoint(actor, function)
    check_person(function, user)
    if until is not None and until < since:
        raise UserError(_("Sista dagen ligger före den första. Byt plats på dagarna."))
    if standing == Holder.Standing.HOLDER and function.holders_kind == "one":
        taken = holders_between(function, since, until, seat).exclude(user=user).first()
        if taken is not None:
            raise UserError(
                _("%(name)s har redan funktionen. Lämna över den i stället.") % {"name": taken.user}
            )
    with transaction.atomic():
        made = Holder.objects.create(
            function=function,
            seat=seat,
            user=user,
            standing=standing,
            since=since,
            until=until,
            appointed_by_id=actor.user,
        )
        record(
            actor,
            "function.appointed",
            made,
            organisation=function.party.organisation_id,
            function=function.ref,
            standing=standing,
            since=since.isoformat(),
        )
        if standing == Holder.Standing.HOLDER:
            note_appointment(actor, made)
    return made


def note_appointment(actor: Viewer, holder: Holder) -> None:
    """That someone was appointed proves what asks for the function to be filled (L08, K06, § 11)."""
    function = holder.function
    agreement = function.agreement
    bodies = list(
        {seat.body_id: seat.body for seat in function.seats.select_related("body")}.values()
    )
    places = list(agreement.municipalities.all())
    own = [place for place in places if place.pk == function.party.organisation_id]
    for municipality in own or places:
        note_event(
            actor=actor,
            event=Event(
                kind="function_appointed",
                municipality=municipality.pk,
                bodies=[body.pk for body in bodies],
                body_roles=[body.role for body in bodies],
                functions=[function.ref],
                leading=function.is_leading,
            ),
            on=max(holder.since, agreement.starts_on),
            municipalities=[municipality],
            agreement=agreement,
            link=Link("function", str(function.pk)),
            note=function.name,
        )


def end_holder(*, actor: Viewer, holder: Holder, last_day: dt.date) -> None:
    """End someone's holding after `last_day`; it stays in the history, and the vacancy is seen."""
    require_appoint(actor, holder.function)
    if last_day < holder.since:
        raise UserError(_("Sista dagen ligger före den första. Välj en senare dag."))
    with transaction.atomic():
        holder.until = last_day
        holder.save(update_fields=["until"])
        record(
            actor,
            "function.ended",
            holder,
            organisation=holder.function.party.organisation_id,
            function=holder.function.ref,
            last_day=last_day.isoformat(),
        )


def hand_over(*, actor: Viewer, function: Function, to: User, on: dt.date) -> list[Holder]:
    """Pass a function to another person from `on`: all its seats, and all that is open, go with it.

    Commitments, assignments and seats point at the function, so nothing is left with the person; what
    was open is kept with the new holding. Returns the new holdings. UserError where nobody holds it.
    """
    require_appoint(actor, function)
    check_person(function, to)
    held = list(
        function.holders.filter(standing=Holder.Standing.HOLDER, since__lte=on)
        .filter(Q(until__isnull=True) | Q(until__gte=on))
        .exclude(user=to)
    )
    if not held:
        raise UserError(_("Ingen har funktionen den dagen. Tillsätt den i stället."))
    with transaction.atomic():
        along = kept(open_with(function, held[0].user_id, on))
        passed = []
        for before in held:
            # One who took over on the very day has never held it.
            before.until = max(before.since, on - DAY)
            before.save(update_fields=["until"])
            passed.append(
                Holder.objects.create(
                    function=function,
                    seat=before.seat,
                    user=to,
                    since=on,
                    took_over_from=before,
                    took_along=along,
                    appointed_by_id=actor.user,
                )
            )
        record(
            actor,
            "function.handed_over",
            function,
            organisation=function.party.organisation_id,
            function=function.ref,
            on=on.isoformat(),
            before=[one.user_id for one in held],
            to=to.pk,
            open=len(along),
        )
        note_appointment(actor, passed[0])
        for _key, listener in function_passed:
            listener(actor, passed[0])
    return passed


def change_contact(*, actor: Viewer, function: Function, email: str, phone: str) -> None:
    """Set the function's own e-mail and telephone: what the contact pages show, never a person's."""
    require_appoint(actor, function)
    if (function.email, function.phone) == (email, phone):
        return
    with transaction.atomic():
        function.email, function.phone = email, phone
        function.save(update_fields=["email", "phone"])
        record(
            actor,
            "function.contact_changed",
            function,
            organisation=function.party.organisation_id,
            function=function.ref,
        )


def holders_between(
    function: Function, since: dt.date, until: dt.date | None, seat: Seat | None
) -> QuerySet[Holder]:
    rows = function.holders.filter(standing=Holder.Standing.HOLDER).filter(
        Q(until__isnull=True) | Q(until__gte=since)
    )
    if until is not None:
        rows = rows.filter(since__lte=until)
    return rows.filter(Q(seat=seat) | Q(seat=None)) if seat else rows


def check_person(function: Function, user: User) -> None:
    """She acts for an organisation that works in one of the agreement's municipalities."""
    places = function.agreement.municipalities.values_list("pk", flat=True)
    today = clock.today()
    near = Membership.objects.filter(user=user).filter(
        Q(organisation__in=places) | Q(organisation__municipalities__in=places)
    )
    if not any(one.holds_on(today) for one in near):
        raise UserError(
            _(
                "Personen har ingen uppgift i avtalets kommuner. Lägg till henne under Inställningar."
            )
        )


def require_appoint(actor: Viewer, function: Function) -> None:
    if actor.is_system:
        return
    places = function.agreement.municipalities.values_list("pk", flat=True)
    if not actor.municipalities_where("agreements.appoint") & set(places):
        raise NotAllowed(_("Din roll får inte tillsätta funktioner. Fråga samordnaren."))
