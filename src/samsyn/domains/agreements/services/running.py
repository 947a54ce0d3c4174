"""An agreement is started when its municipality has looked at what it will ask for, and ended by hand."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.access.permissions import roles_with
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.links import Link
from samsyn.base.orgs.models import Membership, Organisation
from samsyn.domains.agreements.contents import read_text
from samsyn.domains.agreements.guarding import fit_to_keep
from samsyn.domains.agreements.models import Agreement
from samsyn.domains.agreements.services.evidence import record_evidence
from samsyn.domains.agreements.services.loading import lay_act_over


def start_agreement(
    *, actor: Viewer, agreement: Agreement, in_use_from: dt.date | None
) -> list[Organisation]:
    """Start following the agreement. Nothing due before `in_use_from` is asked for (C02).

    One who is not the system says yes for the municipalities where she may set up agreements, and it
    starts when all have said yes that have somebody who can. Returns those it still waits for.
    Raises UserError where it is started already.
    """
    require_set_up_in(actor, agreement)
    if agreement.is_started:
        raise UserError(_("Avtalet är redan startat."))
    with transaction.atomic():
        agree_where_one_may(actor, agreement)
        waiting = [] if actor.is_system else waiting_for(agreement)
        if waiting:
            agreement.in_use_from = in_use_from
            agreement.save(update_fields=["in_use_from"])
            return waiting
        agreement.state = Agreement.State.STARTED
        agreement.in_use_from = in_use_from
        agreement.save(update_fields=["state", "in_use_from"])
        record(
            actor,
            "agreement.started",
            agreement,
            organisation=agreement.municipalities.first(),
            in_use_from=in_use_from.isoformat() if in_use_from else "",
        )
        note_signature(actor, agreement)
    return []


def agree_where_one_may(actor: Viewer, agreement: Agreement) -> None:
    """Note the actor's yes for her municipalities, in the log of each."""
    for place in agreement.municipalities.exclude(pk__in=agreement.agreed_in.values("pk")):
        if actor.is_system or actor.can("agreements.set_up", place):
            agreement.agreed_in.add(place)
            if not actor.is_system:
                record(actor, "agreement.agreed", agreement, organisation=place)


def waiting_for(agreement: Agreement) -> list[Organisation]:
    """Return the municipalities that have not said yes, and have somebody who can."""
    today = clock.today()
    can = (
        Membership.objects.filter(role__in=roles_with("agreements.set_up"), since__lte=today)
        .filter(Q(until=None) | Q(until__gte=today))
        .filter(user__is_active=True)
    )
    return list(
        agreement.municipalities.filter(pk__in=can.values("organisation")).exclude(
            pk__in=agreement.agreed_in.values("pk")
        )
    )


def note_signature(actor: Viewer, agreement: Agreement) -> None:
    """A signed agreement proves the act's § 9 from its first day, and in the one before that a new one came (K28)."""
    version = agreement.current_version
    signatures = read_text(version.text).signatures if version else None
    if signatures is None or not signatures.signatories:
        return
    signed = signatures.date.last_day if signatures.date else agreement.starts_on
    for municipality in agreement.municipalities.all():
        tell_that_signed(
            actor,
            agreement,
            municipality,
            lay_act_over(municipality),
            max(signed, agreement.starts_on),
        )
        for earlier in municipality.agreements.filter(
            kind=Agreement.Kind.AGREEMENT, starts_on__lt=agreement.starts_on, ends_on__gte=signed
        ):
            tell_that_signed(actor, agreement, municipality, earlier, signed)


def tell_that_signed(
    actor: Viewer,
    agreement: Agreement,
    municipality: Organisation,
    where: Agreement,
    on: dt.date,
) -> None:
    record_evidence(
        actor=actor,
        kind="agreement_signed",
        on=on,
        municipality=municipality,
        agreement=where,
        link=Link("agreement", agreement.code),
        note=agreement.title,
    )


def end_agreement(*, actor: Viewer, agreement: Agreement, why: str) -> None:
    """End following the agreement before its time: everything stays to be read, nothing is due."""
    require_set_up_in(actor, agreement)
    reason = fit_to_keep(why, longest=300)
    if not reason:
        raise UserError(_("Skriv varför avtalet avslutas."))
    with transaction.atomic():
        agreement.state = Agreement.State.ENDED
        agreement.save(update_fields=["state"])
        record(
            actor,
            "agreement.ended",
            agreement,
            organisation=agreement.municipalities.first(),
            why=reason,
        )


def require_set_up_in(actor: Viewer, agreement: Agreement) -> None:
    if actor.is_system:
        return
    places = agreement.municipalities.values_list("pk", flat=True)
    if not actor.municipalities_where("agreements.set_up") & set(places):
        raise NotAllowed(_("Din roll får inte lägga upp avtal. Fråga samordnaren i din kommun."))
