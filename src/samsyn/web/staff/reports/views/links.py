"""Ways in without account: who has one, how much each is used, new ones, and closing them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.base.access import visible
from samsyn.base.errors import UserError
from samsyn.base.orgs.models import Kind, Organisation
from samsyn.domains.reports import services
from samsyn.domains.reports.models import ReportLink
from samsyn.domains.reports.selectors import links_of, with_use
from samsyn.web.doors import get_visible, municipality_of, staff_where, viewer_of
from samsyn.web.report.poster import address_of, qr_svg
from samsyn.web.staff.reports.forms import LinkForm
from samsyn.web.staff.reports.settings_tabs import settings_tabs

PAGE = 50


@staff_where("reports.manage_links")
def links(request: HttpRequest) -> HttpResponse:
    """List the links, the open ones first."""
    rows = with_use(links_of(viewer_of(request), municipality_of(request)))
    rows = rows.order_by("revoked_at", "organisation__name", "label", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("sida"))
    context = {"room": "rapporter", "tabs": settings_tabs(request), "page": page}
    return render(request, "staff/reports/links.html", context)


@staff_where("reports.manage_links")
def add_link(request: HttpRequest) -> HttpResponse:
    """Make a link, and show its address and QR code this once."""
    form = LinkForm(request.POST or None, organisations=organisations_here(request))
    if request.method == "POST" and form.is_valid():
        try:
            link, token = services.create_link(
                actor=viewer_of(request),
                municipality=municipality_of(request),
                **form.cleaned_data,
            )
        except UserError as error:
            form.add_error(None, str(error))
        else:
            return show_once(request, link, token)
    context = {
        "room": "rapporter",
        "form": form,
        "heading": _("Skapa en rapportlänk"),
        "back": "rapporter_lankar",
    }
    return render(request, "staff/reports/form.html", context)


def show_once(request: HttpRequest, link: ReportLink, token: str) -> HttpResponse:
    """Show the new link and its poster. Only its hash is kept, so this page never comes again."""
    context: dict[str, Any] = {
        "room": "rapporter",
        "link": link,
        "address": address_of(token),
        "qr": qr_svg(token),
    }
    answer = render(request, "staff/reports/link_made.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def organisations_here(request: HttpRequest) -> QuerySet[Organisation]:
    """Return the municipality and those who work in it, without the police: they have accounts."""
    place = municipality_of(request)
    rows = visible(viewer_of(request), Organisation).exclude(kind=Kind.POLICE_AREA)
    return rows.filter(Q(pk=place.pk) | Q(municipalities=place)).distinct().order_by("name")


@require_POST
@staff_where("reports.manage_links")
def revoke_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a link for good."""
    link = get_visible(viewer_of(request), ReportLink, pk=pk, municipality=municipality_of(request))
    services.revoke_link(actor=viewer_of(request), link=link)
    messages.success(
        request,
        _("Länken ”%(label)s” är spärrad. Den går inte att öppna igen.") % {"label": link.label},
    )
    return redirect("rapporter_lankar")
