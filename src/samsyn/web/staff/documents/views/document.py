"""One document: where it stands, its versions and answers, and the next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from samsyn.base import words
from samsyn.base.access import Viewer, visible
from samsyn.base.errors import UserError
from samsyn.base.links import Link
from samsyn.domains.agreements.documents.permits import (
    functions_to_answer_as,
    may,
    places_of,
    signatory_functions,
)
from samsyn.domains.agreements.documents.rules import (
    WAY_TO_VALID,
    State,
    may_come_with_agreement,
)
from samsyn.domains.agreements.documents.selectors import DocumentNow, documents_of, waiting_for
from samsyn.domains.agreements.documents.services import versions as services
from samsyn.domains.agreements.documents.slots import live_versions
from samsyn.domains.agreements.documents.wording import doubt_words, still_missing
from samsyn.domains.agreements.models import (
    AgreementParty,
    Document,
    DocumentVersion,
    SignatureLink,
)
from samsyn.web.doors import get_visible, staff, staff_where, viewer_of
from samsyn.web.staff.agreements.views.shared import url_or_none
from samsyn.web.staff.documents import forms as our
from samsyn.web.staff.documents.door import agreement_of_party, handed_out, thread_to, version_of
from samsyn.web.staff.documents.views.lists import BADGES

STEPS = (
    gettext_lazy("Utkast"),
    gettext_lazy("Föredragen"),
    gettext_lazy("Beslutad"),
    gettext_lazy("Alla har svarat"),
    gettext_lazy("Giltig"),
)


def present(actor: Viewer, version: DocumentVersion, given: dict[str, Any]) -> None:
    services.present_version(actor=actor, version=version, **given)


def decide(actor: Viewer, version: DocumentVersion, given: dict[str, Any]) -> None:
    services.decide_version(actor=actor, version=version, **given)


def accept(actor: Viewer, version: DocumentVersion, given: dict[str, Any]) -> None:
    services.accept_with_agreement(actor=actor, version=version, **given)


def withdraw(actor: Viewer, version: DocumentVersion, given: dict[str, Any]) -> None:
    services.withdraw_version(actor=actor, version=version, **given)


Doer = Callable[[Viewer, DocumentVersion, dict[str, Any]], None]
DEEDS: dict[str, tuple[type[forms.Form], Doer]] = {
    "foredragen": (our.PresentForm, present),
    "beslutad": (our.DecideForm, decide),
    "genom-avtalet": (our.WithAgreementForm, accept),
    "dra-tillbaka": (our.WhyForm, withdraw),
}


@require_safe
@staff_where("documents.see")
def document(request: HttpRequest, code: str, pk: object) -> HttpResponse:
    """Show the document."""
    agreement_of_party(request, code)
    return shown(request, get_visible(viewer_of(request), Document, pk=pk, agreement__code=code))


@require_safe
@staff
def find(request: HttpRequest, pk: object) -> HttpResponse:
    """Lead from a document's key to its page."""
    found = get_visible(viewer_of(request), Document, pk=pk)
    return redirect("dokument", found.agreement.code, found.pk)


@require_safe
@staff
def find_version(request: HttpRequest, pk: object) -> HttpResponse:
    """Lead from a version's key to its document's page."""
    found = version_of(request, pk)
    return redirect("dokument", found.document.agreement.code, found.document_id)


def shown(request: HttpRequest, row: Document, **bound: forms.Form) -> HttpResponse:
    """Draw the page; `bound` holds a form that could not be taken, under its name, opened again."""
    viewer, agreement = viewer_of(request), row.agreement
    now = next(one for one in documents_of(agreement, viewer=viewer) if one.document.pk == row.pk)
    version, may_work = now.on_its_way, may(viewer, "documents.work", places_of(row))
    context = {
        "agreement": agreement,
        "document": row,
        "now": now,
        "title": our.title_of(row),
        "current": version,
        "steps": list(STEPS),
        "step": step_of(now),
        "versions": [version_row(one, now) for one in now.versions],
        "parties": party_rows(version, now) if version else [],
        "needs": needs_words(row),
        "may_work": may_work,
        "may_add": may_work and (version is None or version.is_decided),
        "actions": actions_of(
            row, version, {**forms_for(viewer, row, now, may_work), **bound}, bound
        ),
        "links": open_links(viewer, version) if version else [],
        "room": "avtal",
        "thread": thread_to(agreement, {"label": row.called}),
    }
    return render(request, "staff/documents/document.html", context, status=422 if bound else 200)


# What can be done, in the order of the page: its heading, its button, what is said of it.
ACTIONS = {
    "foredragen": (
        gettext_lazy("Föredragen"),
        gettext_lazy("Spara föredragningen"),
        gettext_lazy("När versionen har visats för organet."),
    ),
    "genom-avtalet": (
        gettext_lazy("Gäller genom avtalet"),
        gettext_lazy("Låt den gälla genom avtalet"),
        gettext_lazy("Bilagans första version undertecknades med själva avtalet."),
    ),
    "beslutad": (
        gettext_lazy("Beslutad"),
        gettext_lazy("Spara beslutet"),
        gettext_lazy("När organet har beslutat. Varje beslutat dokument har ett diarienummer."),
    ),
    "godkann": (
        gettext_lazy("Godkänn"),
        gettext_lazy("Godkänn dokumentet"),
        gettext_lazy("Läs dokumentet först. Ett godkännande i Samsyn är ingen underskrift."),
    ),
    "kopia": (
        gettext_lazy("Lägg in en undertecknad kopia"),
        gettext_lazy("Spara underskriften"),
        gettext_lazy("När papperet är undertecknat. Udda datum går bra och märks som tveksamma."),
    ),
    "e-underskrift": (
        gettext_lazy("Lägg in en e-undertecknad PDF"),
        gettext_lazy("Pröva och spara"),
        gettext_lazy("Samsyn prövar att underskriften håller och gäller just det här dokumentet."),
    ),
    "lank": (
        gettext_lazy("Skicka en engångslänk"),
        gettext_lazy("Skapa länken"),
        gettext_lazy("En funktion utan konto läser och godkänner. Länken fungerar en gång."),
    ),
    "version": (
        gettext_lazy("Lägg in en version"),
        gettext_lazy("Lägg in"),
        gettext_lazy("Varje version är en egen fil med egen kontrollsumma."),
    ),
    "dra-tillbaka": (
        gettext_lazy("Dra tillbaka versionen"),
        gettext_lazy("Dra tillbaka"),
        gettext_lazy("Den blir kvar att läsa men kan inte bli giltig."),
    ),
}


def actions_of(
    row: Document,
    version: DocumentVersion | None,
    forms_by_name: dict[str, forms.Form],
    bound: dict[str, forms.Form],
) -> list[dict[str, Any]]:
    """The forms of the page with their words and addresses; each has ids of its own."""
    found = []
    for name, (heading, button, text) in ACTIONS.items():
        form = forms_by_name.get(name)
        if form is None:
            continue
        form.auto_id = f"{name}_%s"
        found.append(
            {
                "name": name,
                "heading": heading,
                "button": button,
                "text": text,
                "form": form,
                "url": address_of(name, row, version),
                "open": name in bound,
                "danger": name == "dra-tillbaka",
            }
        )
    return found


def address_of(name: str, row: Document, version: DocumentVersion | None) -> str:
    if name == "version" or version is None:
        return reverse("ny_version", args=[row.agreement.code, row.pk])
    if name == "lank":
        return reverse("version_lank", args=[version.pk])
    if name in DEEDS:
        return reverse("version_steg", args=[version.pk, name])
    return reverse("version_svar", args=[version.pk, name])


def step_of(now: DocumentNow) -> int:
    newest = now.newest
    if newest is None or newest.state not in WAY_TO_VALID:
        return 0
    place = WAY_TO_VALID.index(newest.state) + 1
    return place + 1 if newest.state == State.VALID else place


def version_row(one: DocumentVersion, now: DocumentNow) -> dict[str, Any]:
    """A version with its answers, in words."""
    return {
        "version": one,
        "badge": BADGES[one.state],
        "dated": words.partial_date(one.dated) if one.dated else "",
        "live_url": url_or_none(Link(one.live_kind, one.live_key)) if one.live_kind else "",
        "answers": [
            {
                "row": each,
                "date": words.partial_date(each.signed_on),
                "doubts": doubt_words(each.doubts),
            }
            for each in one.signatures.all()
        ],
    }


def party_rows(version: DocumentVersion, now: DocumentNow) -> list[dict[str, Any]]:
    """Who must answer, and whether they have."""
    left = still_missing(version)
    return [
        {
            "name": now.names.get(ref, ref),
            "wanted": wanted,
            "given": wanted - left.get(ref, 0),
            "done": ref not in left,
        }
        for ref, wanted in version.requirement.parties.items()
    ]


def needs_words(row: Document) -> str:
    if not row.required:
        return _("Gäller när den är beslutad.")
    if row.approval_is_enough:
        return _("Gäller när parterna har godkänt den.")
    return _("Gäller när parterna har skrivit under. Ett godkännande i Samsyn räcker inte.")


def forms_for(
    viewer: Viewer, row: Document, now: DocumentNow, may_work: bool
) -> dict[str, forms.Form]:
    """The forms of the next step, for who may take it."""
    version, found = now.on_its_way, {}
    if may_work and (version is None or version.is_decided):
        found["version"] = version_form(viewer, row)
    if version is None:
        return found
    if may_work:
        found |= work_forms(version, now)
    if version.state != State.DECIDED:
        return found
    mine = functions_to_answer_as(viewer, row.agreement)
    open_to_me = {
        party for each, party in waiting_for(viewer, row.agreement) if each.pk == version.pk
    }
    answering = {party: names for party, names in mine.items() if party in open_to_me}
    if answering:
        found["godkann"] = our.ApproveForm(functions=answering)
    parties = functions_by_party(row) if may_work else mine
    if parties:
        found |= {
            "kopia": our.CopyForm(functions=parties),
            "e-underskrift": our.ESignForm(functions=parties),
        }
    if may_work:
        found["lank"] = our.LinkForm(functions=parties)
    return found


def version_form(viewer: Viewer, row: Document, *data: Any) -> our.VersionForm:
    live = live_versions(viewer, row.agreement, row.kinds)
    return our.VersionForm(*data, live=live)


def work_forms(version: DocumentVersion, now: DocumentNow) -> dict[str, forms.Form]:
    found: dict[str, forms.Form] = {"dra-tillbaka": our.WhyForm()}
    earlier = [
        one for one in now.versions if one.number < version.number and one.state != State.WITHDRAWN
    ]
    if version.state == State.DRAFT:
        found["foredragen"] = our.PresentForm(version=version)
        if may_come_with_agreement(
            said_by_agreement=now.document.first_valid_with_agreement, earlier_versions=len(earlier)
        ):
            found["genom-avtalet"] = our.WithAgreementForm(version=version)
    if version.state == State.PRESENTED:
        found["beslutad"] = our.DecideForm(version=version)
    return found


def functions_by_party(row: Document) -> dict[AgreementParty, list[str]]:
    """Every party that answers for the document, with the functions that sign for it."""
    functions = signatory_functions(row.agreement)
    parties = row.agreement.parties.filter(is_party=True, is_current=True)
    return {
        party: functions.get(party.ref) or [_("Behörig företrädare")]
        for party in parties
        if not row.required or party.ref in row.required
    }


def open_links(viewer: Viewer, version: DocumentVersion) -> list[SignatureLink]:
    rows = visible(viewer, SignatureLink).filter(version=version, used_at=None, revoked_at=None)
    return list(rows.select_related("party"))


@require_POST
@staff_where("documents.see")
def add(request: HttpRequest, code: str, pk: object) -> HttpResponse:
    """Add a version: an uploaded file or a frozen version in the system."""
    agreement_of_party(request, code)
    viewer = viewer_of(request)
    row = get_visible(viewer, Document, pk=pk, agreement__code=code)
    services.require_work(viewer, row)
    form = version_form(viewer, row, request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        try:
            if given.get("live"):
                live = form.offered[given["live"]]
                services.attach_live(actor=viewer, document=row, live=live, dated=given["dated"])
            else:
                services.upload_version(
                    actor=viewer,
                    document=row,
                    name=given["file"].name,
                    content=given["file"].read(),
                    dated=given["dated"],
                )
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Versionen är inlagd som utkast."))
            return redirect("dokument", code, row.pk)
    return shown(request, row, version=form)


@require_POST
@staff
def step(request: HttpRequest, pk: object, deed: str) -> HttpResponse:
    """Present, decide, accept with the agreement, or withdraw a version."""
    if deed not in DEEDS:
        raise Http404
    version = version_of(request, pk)
    make, do = DEEDS[deed]
    form = make(request.POST, version=version)
    if form.is_valid():
        try:
            do(viewer_of(request), version, form.cleaned_data)
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Sparat."))
            return to_document(version)
    return shown(request, version.document, **{deed: form})


def to_document(version: DocumentVersion) -> HttpResponse:
    return redirect(
        reverse("dokument", args=[version.document.agreement.code, version.document_id])
    )


@require_safe
@staff
def file(request: HttpRequest, pk: object) -> HttpResponse:
    """Give the version's file, always as a download."""
    version = version_of(request, pk)
    return handed_out(version.file, to=viewer_of(request), version=version)
