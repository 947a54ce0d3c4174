"""Pages about people and organisations."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.base import clock
from samsyn.base.access import visible
from samsyn.base.errors import UserError
from samsyn.base.orgs import services
from samsyn.base.orgs.models import Membership, Organisation
from samsyn.web.doors import get_visible, municipality_of, staff, staff_where, viewer_of
from samsyn.web.staff.people.forms import NewOrganisationForm, OrganisationForm, PersonForm

PAGE = 50


def organisations_here(request: HttpRequest) -> QuerySet[Organisation]:
    """Return the municipality and those who work in it."""
    place = municipality_of(request)
    return (
        visible(viewer_of(request), Organisation)
        .filter(Q(pk=place.pk) | Q(municipalities=place))
        .distinct()
    )


@staff
def settings_page(request: HttpRequest) -> HttpResponse:
    """Show the organisations of the municipality, and the way to people and one's own second step."""
    return render(
        request,
        "staff/people/settings.html",
        {
            "organisations": organisations_here(request),
            "may_administer": viewer_of(request).can("orgs.administer", municipality_of(request)),
        },
    )


@staff_where("people.administer")
def people(request: HttpRequest) -> HttpResponse:
    """List who has which role in the municipality."""
    place = municipality_of(request)
    members = (
        visible(viewer_of(request), Membership)
        .filter(Q(organisation=place) | Q(organisation__municipalities=place))
        .exclude(until__lt=clock.today())
        .select_related("user", "organisation")
        .order_by("organisation__name", "user__name", "pk")
        .distinct()
    )
    page = Paginator(members, PAGE).get_page(request.GET.get("sida"))
    return render(request, "staff/people/people.html", {"page": page})


@staff_where("people.administer")
def add_person(request: HttpRequest) -> HttpResponse:
    """Give a person a role."""
    form = PersonForm(request.POST or None, organisations=organisations_here(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.give_membership(
                actor=viewer_of(request), municipality=municipality_of(request), **form.cleaned_data
            )
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request,
                _("Personen är tillagd. Hon får ett lösenord genom ”Har du glömt lösenordet?”."),
            )
            return redirect("personer")
    return form_page(request, form, _("Lägg till en person"))


@require_POST
@staff_where("people.administer")
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role."""
    member = get_visible(viewer_of(request), Membership, pk=pk)
    services.end_membership(
        actor=viewer_of(request), municipality=municipality_of(request), member=member
    )
    messages.success(request, _("Uppgiften är avslutad."))
    return redirect("personer")


@staff_where("orgs.administer")
def add_organisation(request: HttpRequest) -> HttpResponse:
    """Add an organisation."""
    form = NewOrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.create_organisation(
            actor=viewer_of(request), municipality=municipality_of(request), **form.cleaned_data
        )
        messages.success(request, _("Organisationen är tillagd."))
        return redirect("installningar")
    return form_page(request, form, _("Lägg till en organisation"))


@staff_where("orgs.administer")
def change_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an organisation."""
    organisation = get_visible(viewer_of(request), Organisation, pk=pk)
    get_visible_here(request, organisation)
    form = OrganisationForm(
        request.POST or None, instance=Organisation.objects.get(pk=organisation.pk)
    )
    if request.method == "POST" and form.is_valid():
        changes: dict[str, Any] = {**form.cleaned_data, "org_number": form.instance.org_number}
        services.change_organisation(
            actor=viewer_of(request),
            municipality=municipality_of(request),
            organisation=organisation,
            **changes,
        )
        messages.success(request, _("Ändringen är sparad."))
        return redirect("installningar")
    return form_page(request, form, organisation.name)


def get_visible_here(request: HttpRequest, organisation: Organisation) -> None:
    """404 unless the organisation is the municipality shown or works in it and nowhere else."""
    place = municipality_of(request)
    elsewhere = organisation.municipalities.exclude(pk=place.pk).exists()
    here = organisation == place or organisation.municipalities.filter(pk=place.pk).exists()
    if not here or elsewhere:
        raise Http404


def form_page(request: HttpRequest, form: Any, heading: str) -> HttpResponse:
    """Show one form under its heading."""
    return render(request, "staff/people/form.html", {"form": form, "heading": heading})
