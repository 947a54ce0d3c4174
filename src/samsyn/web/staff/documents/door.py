"""Looking up agreements, documents and versions for a page, and giving files out."""

from __future__ import annotations

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.base.access import Viewer, visible
from samsyn.base.audit.log import record
from samsyn.base.files.models import StoredFile
from samsyn.domains.agreements.documents.permits import may, municipalities_of
from samsyn.domains.agreements.documents.services.intake import PDF, WORD
from samsyn.domains.agreements.models import Agreement, DocumentVersion
from samsyn.web.doors import get_visible, viewer_of

MEDIA = frozenset({PDF, WORD, "image/png", "image/jpeg", "application/json"})


def agreement_of_party(request: HttpRequest, code: str) -> Agreement:
    """The agreement, for the people of its parties; 404 for all others."""
    viewer = viewer_of(request)
    found = get_visible(viewer, Agreement, code=code)
    own = viewer.organisations_where("documents.see")
    if not found.parties.filter(is_party=True, is_current=True, organisation__in=own).exists():
        raise Http404
    return Agreement.objects.select_related("current_version").get(pk=found.pk)


def version_of(request: HttpRequest, pk: object) -> DocumentVersion:
    """The version that the viewer may see, else 404."""
    viewer = viewer_of(request)
    get_visible(viewer, DocumentVersion, pk=pk)
    return (
        visible(viewer, DocumentVersion)
        .select_related("document__agreement__current_version", "document__municipality", "file")
        .get(pk=pk)
    )


def may_in(request: HttpRequest, permission: str, agreement: Agreement) -> bool:
    return may(viewer_of(request), permission, municipalities_of(agreement))


def thread_to(agreement: Agreement, *more: dict[str, str]) -> list[dict[str, str]]:
    """Avtal → the agreement → its documents → where one stands."""
    return [
        {"label": _("Avtal"), "url": reverse("avtal")},
        {"label": agreement.title, "url": reverse("avtal_sida", args=[agreement.code])},
        {"label": _("Dokument"), "url": reverse("dokument_lista", args=[agreement.code])},
        *more,
    ]


def handed_out(stored: StoredFile, *, to: Viewer, version: DocumentVersion) -> FileResponse:
    """Give a file as a download, never shown in the page, and write down that it left."""
    if not stored.path.exists():
        raise Http404
    document = version.document
    with transaction.atomic():
        record(
            to,
            "document.fetched",
            version,
            organisation=document.municipality_id or document.agreement.municipalities.first(),
            sha256=stored.sha256,
        )
    media_type = stored.media_type if stored.media_type in MEDIA else "application/octet-stream"
    return FileResponse(
        stored.path.open("rb"),
        as_attachment=True,
        filename=stored.name,
        content_type=media_type,
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"},
    )
