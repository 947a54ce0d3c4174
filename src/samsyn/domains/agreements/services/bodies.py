"""Bodies that come and go: planned ones set up, working groups with mandate, assignment and end (U09)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import SYSTEM, Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.links import Link
from samsyn.domains.agreements.guarding import fit_to_keep
from samsyn.domains.agreements.models import Body
from samsyn.domains.agreements.services.evidence import record_evidence


def propose_group(
    *, actor: Viewer, template: Body, name: str, ends_on: dt.date | None, text: str = ""
) -> Body:
    """Propose a working group from the agreement's template; it starts with mandate and assignment."""
    require_lead(actor, template)
    if template.state != Body.State.TEMPLATE:
        raise UserError(_("Organet är ingen mall för arbetsgrupper."))
    if template.time_limited == "always" and ends_on is None:
        raise UserError(_("Arbetsgrupper är alltid tidsbegränsade i avtalet. Ange sista dag."))
    name, text = fit_to_keep(name, longest=300), fit_to_keep(text, longest=2000)
    if not name:
        raise UserError(_("Skriv vad gruppen heter."))
    with transaction.atomic():
        made = Body.objects.create(
            agreement=template.agreement,
            ref=f"{template.ref}-{free_ref(template)}",
            municipality=template.municipality,
            name=name,
            role=template.role,
            clause=template.clause,
            text=text,
            state=Body.State.PROPOSED,
            set_up_from=template,
            keeps=template.keeps,
            needs_mandate=template.needs_mandate,
            mandate_from=template.mandate_from,
            assignment_from=template.assignment_from,
            ends_on=ends_on,
            order=template.order,
        )
        log(actor, "body.proposed", made, name=name)
    return made


def free_ref(template: Body) -> int:
    return template.groups.count() + 1


def note_mandate(
    *,
    actor: Viewer,
    body: Body,
    mandate_on: dt.date | None,
    mandate_note: str,
    assignment_on: dt.date | None,
    assignment_text: str,
) -> None:
    """Note the mandate and the written assignment that a working group has got."""
    require_lead(actor, body)
    with transaction.atomic():
        body.mandate_on, body.assignment_on = mandate_on, assignment_on
        body.mandate_note = fit_to_keep(mandate_note, longest=300)
        body.assignment_text = fit_to_keep(assignment_text, longest=4000)
        body.save(update_fields=["mandate_on", "mandate_note", "assignment_on", "assignment_text"])
        log(actor, "body.mandated", body)


def start_body(*, actor: Viewer, body: Body, on: dt.date) -> None:
    """Start a planned body or a working group. UserError without mandate and written assignment."""
    require_lead(actor, body)
    if body.state not in {Body.State.PROPOSED, Body.State.PLANNED}:
        raise UserError(_("Organet är redan startat eller avslutat."))
    if not body.may_start:
        raise UserError(
            _(
                "Arbetsgruppen kan inte starta: den behöver både mandat och ett skriftligt uppdrag. "
                "Skriv in när de gavs."
            )
        )
    with transaction.atomic():
        body.state, body.starts_on = Body.State.ACTIVE, on
        body.save(update_fields=["state", "starts_on"])
        log(actor, "body.started", body)
        record_evidence(
            actor=actor,
            kind="body_set_up",
            on=on,
            body=body.set_up_from or body,
            link=Link("body", str(body.pk)),
        )


def close_body(*, actor: Viewer, body: Body, report: str) -> None:
    """Close a working group with its report."""
    require_lead(actor, body)
    if body.state != Body.State.ACTIVE:
        raise UserError(_("Bara ett organ som arbetar kan avslutas."))
    if not report.strip():
        raise UserError(
            _("Skriv en kort slutrapport: vad gruppen gjorde och vad den kom fram till.")
        )
    with transaction.atomic():
        body.report_text = fit_to_keep(report, longest=4000)
        shut(actor, body, clock.today())


def shut(actor: Viewer, body: Body, on: dt.date) -> None:
    body.state, body.closed_on = Body.State.CLOSED, on
    body.save(update_fields=["state", "closed_on", "report_text"])
    log(actor, "body.closed", body, reported=bool(body.report_text))


def close_ended_bodies() -> str:
    """Close working groups whose last day has passed; the report is asked for on their page. Safe to run twice."""
    today = clock.today()
    ended = Body.objects.filter(state=Body.State.ACTIVE, ends_on__lt=today)
    with transaction.atomic():
        found = list(ended.select_for_update())
        for body in found:
            shut(SYSTEM, body, body.ends_on or today)
    return f"{len(found)} closed"


def report_on_body(*, actor: Viewer, body: Body, report: str) -> None:
    """Write the report of a group that was closed by its date."""
    require_lead(actor, body)
    if not report.strip():
        raise UserError(
            _("Skriv en kort slutrapport: vad gruppen gjorde och vad den kom fram till.")
        )
    with transaction.atomic():
        body.report_text = fit_to_keep(report, longest=4000)
        body.save(update_fields=["report_text"])
        log(actor, "body.closed", body, reported=True)


def require_lead(actor: Viewer, body: Body) -> None:
    if actor.is_system:
        return
    is_group = body.state == Body.State.TEMPLATE or body.set_up_from_id is not None
    permission = "agreements.set_up_groups" if is_group else "agreements.appoint"
    places = body.agreement.municipalities.values_list("pk", flat=True)
    if not actor.municipalities_where(permission) & set(places):
        raise NotAllowed(_("Din roll får inte ändra organ. Fråga samordnaren i din kommun."))


def log(actor: Viewer, verb: str, body: Body, **facts: object) -> None:
    record(actor, verb, body, organisation=body.municipality_id, body=body.ref, **facts)
