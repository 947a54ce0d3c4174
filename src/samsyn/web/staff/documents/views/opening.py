"""A new document: an annex that the agreement names, or a free one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.base.errors import UserError
from samsyn.domains.agreements.documents.services import versions
from samsyn.web.doors import staff_where, viewer_of
from samsyn.web.staff.documents.door import agreement_of_party, may_in, thread_to
from samsyn.web.staff.documents.forms import DocumentForm


@require_POST
@staff_where("documents.see")
def open_annex(request: HttpRequest, code: str, annex: str) -> HttpResponse:
    """Open the document of an annex."""
    agreement = agreement_of_party(request, code)
    try:
        made = versions.open_annex(actor=viewer_of(request), agreement=agreement, annex=annex)
    except UserError:
        raise Http404 from None
    return redirect("dokument", agreement.code, made.pk)


@staff_where("documents.see")
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Open a free document."""
    agreement = agreement_of_party(request, code)
    if not may_in(request, "documents.work", agreement):
        raise Http404
    form = DocumentForm(request.POST or None, agreement=agreement)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = versions.open_document(
                actor=viewer_of(request),
                agreement=agreement,
                title=given["title"],
                kind=given["kind"],
                required=form.required_parties,
                approval_is_enough=given["needs"] == "approve",
                municipality=given.get("municipality"),
            )
        except UserError as error:
            form.add_error(None, str(error))
        else:
            return redirect("dokument", agreement.code, made.pk)
    context = {
        "form": form,
        "agreement": agreement,
        "heading": _("Nytt dokument"),
        "lead": _("Ett dokument vid sidan av avtalets bilagor."),
        "button": _("Lägg upp"),
        "room": "avtal",
        "thread": thread_to(agreement, {"label": _("Nytt dokument")}),
    }
    return render(request, "staff/documents/form.html", context)
