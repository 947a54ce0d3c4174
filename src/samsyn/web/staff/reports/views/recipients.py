"""Who mends what: the functions to which quick fixes go."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samsyn.base.errors import UserError
from samsyn.domains.reports.models import QuickFixRecipient
from samsyn.domains.reports.selectors import all_recipients
from samsyn.domains.reports.services import save_recipient
from samsyn.web.doors import get_visible, municipality_of, staff_where, viewer_of
from samsyn.web.staff.reports.forms import RecipientForm
from samsyn.web.staff.reports.settings_tabs import settings_tabs

PAGE = 50


@staff_where("reports.route")
def recipients(request: HttpRequest) -> HttpResponse:
    """List the functions."""
    rows = all_recipients(viewer_of(request), municipality_of(request))
    page = Paginator(rows.order_by("-is_active", "matter", "name", "pk"), PAGE).get_page(
        request.GET.get("sida")
    )
    context = {"room": "rapporter", "tabs": settings_tabs(request), "page": page}
    return render(request, "staff/reports/recipients.html", context)


@staff_where("reports.route")
def edit_recipient(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add a function, or change the one that is given."""
    municipality = municipality_of(request)
    known = (
        get_visible(viewer_of(request), QuickFixRecipient, pk=pk, municipality=municipality)
        if pk is not None
        else None
    )
    names = ("matter", "name", "email", "is_active")
    initial = {name: getattr(known, name) for name in names} if known else {}
    form = RecipientForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save_recipient(
                actor=viewer_of(request),
                municipality_id=municipality.pk,
                recipient=known,
                **form.cleaned_data,
            )
        except UserError as error:
            form.add_error(None, str(error))
        except ValidationError:
            form.add_error("email", _("Adressen tar redan emot sådant. Ändra den raden i stället."))
        else:
            messages.success(request, _("Mottagaren är sparad."))
            return redirect("rapporter_mottagare")
    heading = known.name if known and pk else _("Lägg till en mottagare")
    context = {"room": "rapporter", "form": form, "heading": heading, "back": "rapporter_mottagare"}
    return render(request, "staff/reports/form.html", context)
