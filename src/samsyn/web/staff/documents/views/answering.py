"""The parties' answers: approve, record a signature, send a one-time link, take back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samsyn.base.access import Viewer
from samsyn.base.errors import UserError
from samsyn.domains.agreements.documents.permits import (
    functions_to_answer_as,
    may,
    places_of,
    require_work,
)
from samsyn.domains.agreements.documents.services import answers
from samsyn.domains.agreements.models import DocumentVersion, Signature, SignatureLink
from samsyn.web.doors import get_visible, staff, viewer_of
from samsyn.web.staff.documents import forms as our
from samsyn.web.staff.documents.door import handed_out, thread_to, version_of
from samsyn.web.staff.documents.views.document import functions_by_party, shown, to_document


def approve(actor: Viewer, version: DocumentVersion, form: our.AnswerForm) -> None:
    answers.approve_in_program(
        actor=actor,
        version=version,
        party=form.party,
        function=form.function,
        place=form.cleaned_data["place"],
    )


def copy(actor: Viewer, version: DocumentVersion, form: our.AnswerForm) -> None:
    given = form.cleaned_data
    answers.record_copy(
        actor=actor,
        version=version,
        party=form.party,
        function=form.function,
        signed_on=given["signed_on"],
        place=given["place"],
        name=given["file"].name,
        content=given["file"].read(),
    )


def e_sign(actor: Viewer, version: DocumentVersion, form: our.AnswerForm) -> None:
    given = form.cleaned_data
    answers.record_e_signature(
        actor=actor,
        version=version,
        party=form.party,
        function=form.function,
        place=given["place"],
        name=given["file"].name,
        content=given["file"].read(),
    )


Doer = Callable[[Viewer, DocumentVersion, Any], None]
WAYS: dict[str, tuple[type[our.AnswerForm], Doer]] = {
    "godkann": (our.ApproveForm, approve),
    "kopia": (our.CopyForm, copy),
    "e-underskrift": (our.ESignForm, e_sign),
}


@require_POST
@staff
def answer(request: HttpRequest, pk: object, way: str) -> HttpResponse:
    """Take an answer: an approval in the program, a signed copy, or an e-signed file."""
    if way not in WAYS:
        raise Http404
    version, viewer = version_of(request, pk), viewer_of(request)
    make, do = WAYS[way]
    works = may(viewer, "documents.work", places_of(version.document))
    functions = (
        functions_by_party(version.document)
        if works and way != "godkann"
        else functions_to_answer_as(viewer, version.document.agreement)
    )
    form = make(request.POST, request.FILES, functions=functions)
    if taken(form, lambda: do(viewer, version, form)):
        messages.success(request, _("Svaret är sparat."))
        return to_document(version)
    return shown(request, version.document, **{way: form})


def taken(form: forms.Form, do: Callable[[], None]) -> bool:
    """Do it if the form holds; a UserError is put on the form."""
    if not form.is_valid():
        return False
    try:
        do()
    except UserError as error:
        form.add_error(None, str(error))
        return False
    return True


@never_cache
@require_POST
@staff
def make_link(request: HttpRequest, pk: object) -> HttpResponse:
    """Make a one-time link; its address is shown on this answer alone."""
    version, viewer = version_of(request, pk), viewer_of(request)
    require_work(viewer, version.document)
    form = our.LinkForm(request.POST, functions=functions_by_party(version.document))
    if form.is_valid():
        try:
            link, secret = answers.make_link(
                actor=viewer,
                version=version,
                party=form.party,
                function=form.function,
                days=form.cleaned_data["days"],
            )
        except UserError as error:
            form.add_error(None, str(error))
        else:
            context = {
                "link": link,
                "document": version.document,
                "address": settings.BASE_URL + reverse("godkann_med_lank", args=[secret]),
                "room": "avtal",
                "thread": thread_to(version.document.agreement, {"label": _("Engångslänk")}),
            }
            return render(request, "staff/documents/link_made.html", context)
    return shown(request, version.document, lank=form)


@require_POST
@staff
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a link that is not used."""
    link = get_visible(viewer_of(request), SignatureLink, pk=pk)
    try:
        answers.revoke_link(actor=viewer_of(request), link=link)
        messages.success(request, _("Länken är återkallad."))
    except UserError as error:
        messages.error(request, str(error))
    return to_document(link.version)


@require_POST
@staff
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an answer that was recorded wrongly."""
    row = get_visible(viewer_of(request), Signature, pk=pk)
    try:
        answers.withdraw_signature(
            actor=viewer_of(request), signature=row, why=request.POST.get("varfor", "")
        )
        messages.success(request, _("Svaret är tillbakadraget."))
    except UserError as error:
        messages.error(request, str(error))
    return redirect("version_hitta", row.version_id)


@require_safe
@staff
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the signed copy behind a signature, always as a download."""
    row = get_visible(viewer_of(request), Signature, pk=pk)
    if row.file is None:
        raise Http404
    return handed_out(row.file, to=viewer_of(request), version=version_of(request, row.version_id))
