"""Bodies with seats and holders, working groups, and functions that are filled and handed over."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.base import clock
from samsyn.base.access import visible
from samsyn.base.accounts.models import User
from samsyn.base.audit.log import entries_about, verbs
from samsyn.base.errors import UserError
from samsyn.base.orgs.models import Membership
from samsyn.domains.agreements.file import WORDS
from samsyn.domains.agreements.models import Body, Commitment, Function, Holder
from samsyn.domains.agreements.selectors.agreements import agreements_in
from samsyn.domains.agreements.selectors.bodies import bodies_of, seats_on
from samsyn.domains.agreements.selectors.status import status_of
from samsyn.domains.agreements.services import bodies as body_services
from samsyn.domains.agreements.services import holders as holder_services
from samsyn.domains.agreements.slots import meetings_planned
from samsyn.web.doors import get_visible, municipality_of, staff_where, viewer_of
from samsyn.web.staff.agreements.views.shared import BADGES, url_or_none
from samsyn.web.staff.bodies.forms import (
    AppointForm,
    ContactForm,
    GroupForm,
    MandateForm,
    ReportForm,
)

ROLES = WORDS["body.role"]
RULES = WORDS["decision.rule"]


@staff_where("agreements.see")
def bodies(request: HttpRequest) -> HttpResponse:
    """List the municipality's bodies with their vacancies."""
    viewer, municipality, today = viewer_of(request), municipality_of(request), clock.today()
    agreements = [
        one for one in agreements_in(municipality, viewer=viewer) if not one.is_expired(today)
    ]
    found = bodies_of(agreements, today, viewer=viewer, municipality=municipality)
    context = {
        "bodies": [{"now": one, "role": ROLES.get(one.body.role, "")} for one in found],
        "vacancies": sum(one.vacancies for one in found),
        "room": "avtal",
        "thread": [{"label": _("Avtal"), "url": reverse("avtal")}, {"label": _("Organ")}],
    }
    return render(request, "staff/bodies/bodies.html", context)


def body_at(request: HttpRequest, pk: int) -> Body:
    found = get_visible(viewer_of(request), Body, pk=pk)
    return Body.objects.select_related(
        "agreement", "municipality", "chair_party", "chair_function", "set_up_from",
        "mandate_from", "assignment_from", "proposes_to",
    ).get(pk=found.pk)  # fmt: skip


@staff_where("agreements.see")
def body(request: HttpRequest, pk: int, forms: dict[str, Any] | None = None) -> HttpResponse:
    """Show one body: seats and who holds them, its commitments and meetings, groups under it."""
    one, viewer, today = body_at(request, pk), viewer_of(request), clock.today()
    statuses = status_of(
        one.agreement, today, commitments=visible(viewer, Commitment).filter(body=one)
    )
    meetings = meetings_planned(
        [one.pk], today.replace(month=1, day=1), today.replace(month=12, day=31)
    )
    context = {
        "one": one,
        "role": ROLES.get(one.role, ""),
        "rule": RULES.get(one.decision_rule, ""),
        "seats": seats_on([one.pk], today).get(one.pk, []),
        "parts": one.parts.all(),
        "wholes": one.wholes.all(),
        "conveners": one.conveners.all(),
        "groups": one.groups.all(),
        "statuses": [
            {"status": each, "badge": BADGES[each.name][0], "word": BADGES[each.name][1]}
            for each in statuses
        ],
        "meetings": [{"meeting": each, "url": url_or_none(each.link)} for each in meetings],
        "may_appoint": viewer.can("agreements.appoint", municipality_of(request)),
        "group_form": GroupForm(),
        "mandate_form": MandateForm(initial=vars(one)),
        "report_form": ReportForm(),
        "room": "avtal",
        "thread": [
            {"label": _("Avtal"), "url": reverse("avtal")},
            {"label": _("Organ"), "url": reverse("organ")},
            {"label": one.name},
        ],
        **(forms or {}),
    }
    return render(request, "staff/bodies/body.html", context)


@require_POST
@staff_where("agreements.appoint")
def act(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Propose a group, note its mandate, start it, close it."""
    one, viewer = body_at(request, pk), viewer_of(request)
    if deed == "starta":
        return done(
            request, one, lambda: body_services.start_body(actor=viewer, body=one, on=clock.today())
        )
    made: dict[str, tuple[str, django_forms.Form]] = {
        "grupp": ("group_form", GroupForm(request.POST)),
        "mandat": ("mandate_form", MandateForm(request.POST)),
        "avsluta": ("report_form", ReportForm(request.POST)),
        "rapport": ("report_form", ReportForm(request.POST)),
    }
    if deed not in made:
        raise Http404
    name, form = made[deed]
    if form.is_valid():
        given = form.cleaned_data
        try:
            if deed == "grupp":
                one = body_services.propose_group(actor=viewer, template=one, **given)
            elif deed == "mandat":
                body_services.note_mandate(actor=viewer, body=one, **given)
            elif deed == "avsluta":
                body_services.close_body(actor=viewer, body=one, report=given["report"])
            else:
                body_services.report_on_body(actor=viewer, body=one, report=given["report"])
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Sparat."))
            return redirect("organ_sida", one.pk)
    return body(request, one.pk, {name: form})


def done(request: HttpRequest, one: Body, deed: Any) -> HttpResponse:
    """Do it and say so, or say why not."""
    try:
        deed()
    except UserError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Sparat."))
    return redirect("organ_sida", one.pk)


def function_at(request: HttpRequest, pk: int) -> Function:
    found = get_visible(viewer_of(request), Function, pk=pk)
    return Function.objects.select_related("agreement", "party").get(pk=found.pk)


def people_of(one: Function) -> Any:
    """Those who work in the agreement's municipalities today."""
    places = one.agreement.municipalities.values("pk")
    near = Membership.objects.exclude(until__lt=clock.today())
    here = near.filter(organisation__in=places) | near.filter(
        organisation__municipalities__in=places
    )
    return User.objects.filter(pk__in=here.values("user"), is_active=True).order_by("name")


@staff_where("agreements.see")
def function(request: HttpRequest, pk: int, forms: dict[str, Any] | None = None) -> HttpResponse:
    """Show a function: who holds it, who stands in, where it sits, what it answers for, and its history."""
    one, viewer, today = function_at(request, pk), viewer_of(request), clock.today()
    holders = list(
        one.holders.select_related("user", "seat__body")
        .prefetch_related("handed_to")
        .order_by("-since", "-pk")
    )
    commitments = [
        row
        for row in visible(viewer, Commitment).filter(agreement=one.agreement, is_current=True)
        if any(who["ref"] == one.ref for who in row.responsible)
    ]
    words = verbs()
    context = {
        "one": one,
        "now": [row for row in holders if row.holds_on(today)],
        "later": [row for row in holders if row.since > today],
        "before": [row for row in holders if row.until and row.until < today],
        "seats": one.seats.filter(is_current=True).select_related("body", "body__municipality"),
        "commitments": commitments,
        "log": [
            {
                "when": entry.at,
                "text": str(words.get(entry.verb, entry.verb)),
                "who": entry.actor_label,
            }
            for entry in entries_about(one)[:20]
        ],
        "may_appoint": viewer.can("agreements.appoint", municipality_of(request)),
        "appoint_form": AppointForm(people=people_of(one), initial={"since": today}),
        "contact_form": ContactForm(initial={"email": one.email, "phone": one.phone}),
        "room": "avtal",
        "thread": [
            {"label": _("Avtal"), "url": reverse("avtal")},
            {"label": _("Organ"), "url": reverse("organ")},
            {"label": one.name},
        ],
        **(forms or {}),
    }
    return render(request, "staff/bodies/function.html", context)


@require_POST
@staff_where("agreements.appoint")
def change_function(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Appoint someone, or set the function's own contact details."""
    one, viewer = function_at(request, pk), viewer_of(request)
    people = people_of(one)
    made: dict[str, tuple[str, django_forms.Form]] = {
        "tillsatt": ("appoint_form", AppointForm(request.POST, people=people)),
        "kontakt": ("contact_form", ContactForm(request.POST)),
    }
    if deed not in made:
        raise Http404
    name, form = made[deed]
    if form.is_valid():
        given = form.cleaned_data
        try:
            if deed == "tillsatt":
                holder_services.appoint_holder(actor=viewer, function=one, **given)
            else:
                holder_services.change_contact(actor=viewer, function=one, **given)
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Sparat."))
            return redirect("funktion", one.pk)
    return function(request, one.pk, {name: form})


@require_POST
@staff_where("agreements.appoint")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End someone's holding as of today."""
    holder = get_visible(viewer_of(request), Holder, pk=pk)
    try:
        holder_services.end_holder(actor=viewer_of(request), holder=holder, last_day=clock.today())
    except UserError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Uppgiften är avslutad efter i dag."))
    return redirect("funktion", holder.function_id)
