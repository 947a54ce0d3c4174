"""What proves that a commitment was kept: by itself, by hand, doubted, upheld, withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer, require
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.files.models import StoredFile
from samsyn.base.links import Link
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.guarding import fit_to_keep
from samsyn.domains.agreements.judging import rhythm_of
from samsyn.domains.agreements.models import Agreement, Body, Commitment, Evidence
from samsyn.domains.agreements.rules import Event, proved_by
from samsyn.rhythm import PerTerm


def record_evidence(
    *,
    actor: Viewer,
    kind: str,
    on: dt.date,
    municipality: Organisation | None = None,
    agreement: Agreement | None = None,
    body: Body | None = None,
    behind: Body | None = None,
    document_kind: str = "",
    about: str = "",
    place: str = "",
    link: Link | None = None,
    note: str = "",
    proves: Collection[str] = (),
) -> list[Evidence]:
    """Note what happened in the system on every commitment that it proves. Safe to call twice with the same link.

    Parameters
    ----------
    kind : a kind of the file's `evidence` ("meeting_minuted", "picture_finished", "file_imported" …).
    municipality, agreement, body : where it happened; one of them at least. A body gives the rest.
    behind : the body whose proposal it rests on, which has kept its part too.
    document_kind : the file's kind of document ("weekly_picture", "situation_picture" …), for what
        concerns a document.
    about : what a decision or proposal was about ("focus_areas", "plans" …).
    proves : ids of commitments that a person pointed out beside those that follow by themselves.

    Returns
    -------
    The evidence, new and known. Agreements that do not hold on the day are passed over.
    """
    if body is not None:
        agreement = agreement or body.agreement
        municipality = municipality or body.municipality
    bodies = [one for one in (body, behind) if one is not None]
    event = Event(
        kind=kind,
        municipality=municipality.pk if municipality else None,
        bodies=[one.pk for one in bodies],
        body_roles=[one.role for one in bodies],
        document_kind=document_kind,
        about=about,
        proves=proves,
    )
    return note_event(
        actor=actor,
        event=event,
        on=on,
        municipalities=[municipality]
        if municipality
        else list(agreement.municipalities.all())
        if agreement
        else [],
        agreement=agreement,
        place=place,
        link=link,
        note=note,
    )


def note_event(
    *,
    actor: Viewer,
    event: Event,
    on: dt.date,
    municipalities: Sequence[Organisation],
    agreement: Agreement | None,
    link: Link | None,
    place: str = "",
    note: str = "",
) -> list[Evidence]:
    """Write the evidence for `event` in every agreement it can concern, the act included."""
    if not municipalities and agreement is None:
        raise ValueError("Evidence needs a municipality, an agreement or a body.")
    lay_act(municipalities)
    agreements = agreements_on(on, municipalities, agreement)
    found: list[Evidence] = []
    with transaction.atomic():
        for one in agreements:
            rows = list(one.commitments.filter(is_current=True).select_related("body", "agreement"))
            for municipality in places_of(event, one, municipalities):
                at_place = Event(**{**event.__dict__, "municipality": municipality})
                found += [
                    write_automatic(actor, row, event.kind, on, place, link, note)
                    for row in proved_by(at_place, rows)
                ]
    return list({each.pk: each for each in found}.values())


def lay_act(municipalities: Sequence[Organisation]) -> None:
    from samsyn.domains.agreements.services.loading import lay_act_over

    for municipality in municipalities:
        lay_act_over(municipality)


def places_of(
    event: Event, agreement: Agreement, municipalities: Sequence[Organisation]
) -> list[int | None]:
    """The act judges each municipality; an agreement's joint event belongs to the one it happened in."""
    if agreement.is_act:
        return [one.pk for one in municipalities]
    return [event.municipality]


def agreements_on(
    on: dt.date, municipalities: Sequence[Organisation], agreement: Agreement | None
) -> list[Agreement]:
    """The agreements that hold on the day: the one given and the act, else all of the municipality."""
    rows = (
        Agreement.objects.filter(starts_on__lte=on)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        .exclude(state=Agreement.State.ENDED)
    )
    if agreement is not None:
        own = rows.filter(pk=agreement.pk)
        acts = rows.filter(kind=Agreement.Kind.ACT, municipalities__in=municipalities)
        return list((own | acts).distinct()) if municipalities else list(own)
    return list(rows.filter(municipalities__in=municipalities).distinct())


def write_automatic(
    actor: Viewer,
    commitment: Commitment,
    kind: str,
    on: dt.date,
    place: str,
    link: Link | None,
    note: str,
) -> Evidence:
    """Write one piece of evidence, or return the one that the same thing gave before."""
    link_kind, link_key = (link.kind, link.key) if link else ("", "")
    key = {"commitment": commitment, "kind": kind, "link_kind": link_kind, "link_key": link_key}
    if not link_key:
        key |= {"occurred_on": on, "automatic": True, "place": place}
    known = Evidence.objects.filter(**key).first()
    if known is not None:
        return known
    made = Evidence.objects.create(
        **{**key, "occurred_on": on, "place": place, "automatic": True},
        note=note[:500],
        recorded_by_id=actor.user,
        recorded_by_label=actor.label,
    )
    log(actor, "evidence.recorded", made)
    return made


def add_evidence(
    *,
    actor: Viewer,
    commitment: Commitment,
    kind: str,
    on: dt.date,
    note: str = "",
    place: str = "",
    occurrence: str = "",
    file: StoredFile | None = None,
) -> Evidence:
    """Add evidence by hand, with a note or a file. UserError where it cannot prove anything."""
    require_in(actor, "agreements.prove", commitment)
    if on > clock.today():
        raise UserError(_("Dagen ligger framåt i tiden. Välj den dag då det gjordes."))
    agreement = commitment.agreement
    if on < agreement.starts_on or (agreement.ends_on and on > agreement.ends_on):
        raise UserError(_("Dagen ligger utanför avtalets tid. Välj en dag då avtalet gäller."))
    kept = fit_to_keep(note)
    if not kept and file is None:
        raise UserError(_("Skriv en anteckning eller lägg till en fil som visar vad som gjordes."))
    rhythm = rhythm_of(commitment)
    if isinstance(rhythm, PerTerm) and rhythm.places and place not in rhythm.places:
        raise UserError(_("Välj på vilken ort det gjordes: varje ort räknas för sig."))
    with transaction.atomic():
        made = Evidence.objects.create(
            commitment=commitment,
            kind=kind,
            occurred_on=on,
            place=place,
            occurrence=occurrence,
            note=kept,
            file=file,
            recorded_by_id=actor.user,
            recorded_by_label=actor.label,
        )
        log(actor, "evidence.recorded", made)
    return made


def doubt_evidence(*, actor: Viewer, evidence: Evidence, why: str) -> None:
    """Say that evidence may be wrong: it counts still, and the state says that it is doubted."""
    require_in(actor, "agreements.doubt", evidence.commitment)
    reason = stated(why)
    if evidence.is_withdrawn:
        raise UserError(_("Underlaget är redan tillbakadraget."))
    with transaction.atomic():
        evidence.doubted_at, evidence.doubted_why = clock.now(), reason
        evidence.save(update_fields=["doubted_at", "doubted_why"])
        log(actor, "evidence.doubted", evidence, why=reason)


def uphold_evidence(*, actor: Viewer, evidence: Evidence, why: str) -> None:
    """Answer a doubt: the evidence stands."""
    require_in(actor, "agreements.withdraw", evidence.commitment)
    reason = stated(why)
    with transaction.atomic():
        evidence.doubted_at, evidence.doubted_why = None, ""
        evidence.save(update_fields=["doubted_at", "doubted_why"])
        log(actor, "evidence.upheld", evidence, why=reason)


def withdraw_evidence(*, actor: Viewer, evidence: Evidence, why: str) -> None:
    """Take evidence back: it counts no more, and stays to be read. Its own recorder may, and the coordinator."""
    if evidence.recorded_by_id is None or evidence.recorded_by_id != actor.user:
        require_in(actor, "agreements.withdraw", evidence.commitment)
    reason = stated(why)
    with transaction.atomic():
        evidence.withdrawn_at, evidence.withdrawn_why = clock.now(), reason
        evidence.save(update_fields=["withdrawn_at", "withdrawn_why"])
        log(actor, "evidence.withdrawn", evidence, why=reason)


def withdraw_of(*, actor: Viewer, link: Link, why: str) -> int:
    """Withdraw all that came by itself from a thing that is undone (an import, a meeting); returns how many."""
    rows = Evidence.objects.filter(
        link_kind=link.kind, link_key=link.key, automatic=True, withdrawn_at=None
    )
    with transaction.atomic():
        found = list(rows.select_related("commitment"))
        for each in found:
            each.withdrawn_at, each.withdrawn_why = clock.now(), why[:300]
            each.save(update_fields=["withdrawn_at", "withdrawn_why"])
            log(actor, "evidence.withdrawn", each, why=why)
    return len(found)


def stated(why: str) -> str:
    reason = fit_to_keep(why, longest=300)
    if not reason:
        raise UserError(_("Skriv varför, så att de andra parterna förstår."))
    return reason


def require_in(actor: Viewer, permission: str, commitment: Commitment) -> None:
    """The permission in the commitment's municipality, or in one of the agreement's."""
    if actor.is_system:
        return
    if commitment.municipality_id is not None:
        require(actor, permission, commitment.municipality_id)
        return
    places = commitment.agreement.municipalities.values_list("pk", flat=True)
    if not actor.municipalities_where(permission) & set(places):
        raise NotAllowed(_("Din roll får inte göra det här. Fråga samordnaren i din kommun."))


def log(actor: Viewer, verb: str, evidence: Evidence, **facts: str) -> None:
    record(
        actor,
        verb,
        evidence,
        organisation=evidence.commitment.municipality_id,
        commitment=evidence.commitment.ref,
        kind=evidence.kind,
        on=evidence.occurred_on.isoformat(),
        **facts,
    )
