"""The documents of an agreement, and the folder for the registry."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samsyn.base import clock, words
from samsyn.base.audit.log import record
from samsyn.domains.agreements.contents import read_text
from samsyn.domains.agreements.documents.renewal import has_next, renewal_due
from samsyn.domains.agreements.documents.rules import State
from samsyn.domains.agreements.documents.selectors import (
    DocumentNow,
    agreement_signatures,
    documents_of,
    versions_decided,
)
from samsyn.domains.agreements.documents.wording import doubt_words
from samsyn.domains.agreements.file import WORDS
from samsyn.domains.agreements.models import Agreement
from samsyn.domains.agreements.selectors.agreements import Term
from samsyn.domains.meetings.selectors.meetings import minutes_approved
from samsyn.web.doors import municipality_of, staff_where, viewer_of
from samsyn.web.staff.agreements.views.shared import tabs_of
from samsyn.web.staff.documents.door import agreement_of_party, may_in, thread_to
from samsyn.web.staff.documents.folder import registry_folder
from samsyn.web.staff.documents.forms import title_of

BADGES = {
    State.DRAFT: "draft",
    State.PRESENTED: "active",
    State.DECIDED: "active",
    State.SIGNED: "planned",
    State.VALID: "done",
    State.REPLACED: "none",
    State.WITHDRAWN: "none",
}


@require_safe
@staff_where("documents.see")
def documents(request: HttpRequest, code: str) -> HttpResponse:
    """List annexes and other documents with where each stands; who signed the agreement; renewal."""
    agreement = agreement_of_party(request, code)
    today, found = clock.today(), documents_of(agreement, viewer=viewer_of(request))
    may_work = may_in(request, "documents.work", agreement)
    opened = {one.document.annex for one in found}
    expired = agreement.is_expired(today)
    context = {
        "agreement": agreement,
        "rows": [row_of(one) for one in found],
        "unopened": unopened(agreement, opened) if may_work else [],
        "valid": 0 if expired else sum(one.valid is not None for one in found),
        "waiting": [one.sentence for one in found if one.on_its_way],
        "signatures": [
            {
                "row": one,
                "date": words.partial_date(one.date) if one.date else "",
                "doubts": doubt_words(one.doubts),
            }
            for one in agreement_signatures(agreement, today)
        ],
        "term": Term(agreement, today),
        "renewal_due": renewal_due(agreement, today) and not has_next(agreement),
        "may_work": may_work,
        "minutes": minutes_counts(request, agreement),
        "may_export": may_in(request, "documents.export", agreement),
        "may_renew": viewer_of(request).can("agreements.set_up", municipality_of(request)),
        "room": "avtal",
        "tabs": tabs_of(agreement, "dokument_lista"),
        "thread": thread_to(agreement),
    }
    return render(request, "staff/documents/documents.html", context)


def minutes_counts(request: HttpRequest, agreement: Agreement) -> dict[str, int]:
    """Count the agreement's approved minutes that she may see, and those without a diary number."""
    rows = minutes_approved(agreement, viewer=viewer_of(request))
    return {"approved": rows.count(), "unregistered": rows.filter(diary_number="").count()}


def row_of(one: DocumentNow) -> dict[str, Any]:
    badge, word = badge_of(one)
    return {
        "document": one.document,
        "title": title_of(one.document),
        "kinds": ", ".join(WORDS["document.kind"].get(kind, kind) for kind in one.document.kinds),
        "sentence": one.sentence,
        "also": one.also,
        "badge": badge,
        "word": word,
    }


def badge_of(one: DocumentNow) -> tuple[str, str]:
    """How far the newest version has come; what was valid ended with its agreement."""
    newest = one.newest
    if newest is None:
        return "missing", ""
    if newest == one.valid and one.document.agreement.is_expired(clock.today()):
        return "none", _("Gick ut med avtalet")
    return BADGES[newest.state], newest.get_stage_display()


def unopened(agreement: Agreement, opened: set[str]) -> list[Any]:
    """The annexes in the file that have no document yet."""
    file = read_text(agreement.current_version.text) if agreement.current_version else None
    return [one for one in (file.annexes if file else ()) if one.id not in opened]


@require_safe
@staff_where("documents.see")
def folder(request: HttpRequest, code: str) -> FileResponse:
    """Give every decided document with its metadata as one zip, for the registry."""
    agreement = agreement_of_party(request, code)
    if not may_in(request, "documents.export", agreement):
        raise Http404
    versions = versions_decided(agreement, viewer=viewer_of(request))
    minutes = list(minutes_approved(agreement, viewer=viewer_of(request)).exclude(diary_number=""))
    with transaction.atomic():
        record(
            viewer_of(request),
            "document.folder_fetched",
            agreement,
            organisation=municipality_of(request),
            documents=len(versions),
            minutes=len(minutes),
        )
    return FileResponse(
        registry_folder(agreement, versions, minutes),
        as_attachment=True,
        filename=f"{agreement.code}-diariet.zip",
        content_type="application/zip",
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"},
    )
