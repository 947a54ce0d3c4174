"""Offers what is frozen in the system as versions of a document: pictures, minutes, Läget i avtalet (L04, L09)."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection

from django.utils.text import slugify
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer, visible
from samsyn.base.links import Link
from samsyn.domains.agreements.documents.slots import LiveVersion, live_documents
from samsyn.domains.agreements.models import Agreement
from samsyn.domains.agreements.selectors.status import status_of
from samsyn.domains.meetings.models import Meeting
from samsyn.domains.meetings.selectors.meetings import minutes_approved
from samsyn.domains.situation import selectors as pictures_shown
from samsyn.domains.situation.models import PictureVersion
from samsyn.formats import swedish
from samsyn.outputs.meeting_document import minutes_document
from samsyn.outputs.pdf import render_pdf
from samsyn.outputs.picture_document import document_of
from samsyn.outputs.status_document import status_document

Content = Callable[[], tuple[str, str, bytes]]
KINDS = frozenset({"situation_picture", "weekly_picture", "acute_picture", "needs_analysis"})
# Papers of the cooperation that are none of the agreement's own kinds of document.
OTHER = frozenset({"other", "mandate"})
PDF = "application/pdf"
MOST = 20


def pictures(viewer: Viewer, agreement: Agreement, kinds: Collection[str]) -> list[LiveVersion]:
    """Return the newest frozen pictures of the agreement's municipalities and police areas.

    Each twice: bound by its checksum, its content behind its own doors; and whole, as a PDF to read.
    """
    if not KINDS & set(kinds):
        return []
    scopes = agreement.parties.filter(is_party=True, is_current=True).values("organisation")
    rows = (
        visible(viewer, PictureVersion)
        .filter(picture__scope__in=scopes)
        .select_related("picture")
        .order_by("-frozen_at")[:MOST]
    )
    return [one for row in rows for one in (bound_picture(row), whole_picture(viewer, row))]


def bound_picture(row: PictureVersion) -> LiveVersion:
    return LiveVersion(
        link=Link("picture", str(row.picture_id)),
        title=_("%(picture)s, utgåva %(n)d, bunden med kontrollsumma")
        % {"picture": row.picture, "n": row.number},
        kind="situation_picture",
        frozen_on=row.frozen_at.date(),
        content=binding_of(row),
        edition=str(row.number),
    )


def binding_of(row: PictureVersion) -> Content:
    """What is signed: which frozen picture, by its checksum."""

    def content() -> tuple[str, str, bytes]:
        bound = {
            "lägesbild": str(row.picture),
            "utgåva": row.number,
            "fryst": row.frozen_at.isoformat(),
            "sha256": row.checksum,
        }
        text = json.dumps(bound, ensure_ascii=False, sort_keys=True, indent=1)
        return f"lagesbild-{row.picture_id}-{row.number}.json", "application/json", text.encode()

    return content


def whole_picture(viewer: Viewer, row: PictureVersion) -> LiveVersion:
    def content() -> tuple[str, str, bytes]:
        made = render_pdf(document_of(pictures_shown.frozen_picture(viewer, row)))
        return f"lagesbild-{row.picture_id}-{row.number}.pdf", PDF, made

    return LiveVersion(
        link=Link("picture", str(row.picture_id)),
        title=_("%(picture)s, utgåva %(n)d, som PDF") % {"picture": row.picture, "n": row.number},
        kind="situation_picture",
        frozen_on=row.frozen_at.date(),
        content=content,
        edition=f"{row.number}-pdf",
    )


def minutes(viewer: Viewer, agreement: Agreement, kinds: Collection[str]) -> list[LiveVersion]:
    """Return the newest approved minutes of the agreement's bodies, for a document of no kind of its own."""
    if kinds and not OTHER & set(kinds):
        return []
    rows = minutes_approved(agreement, viewer=viewer).order_by("-starts_at")[:MOST]
    return [
        LiveVersion(
            link=Link("meeting", str(row.pk)),
            title=_("Protokoll: %(meeting)s") % {"meeting": row},
            kind="other",
            frozen_on=(row.approved_at or row.starts_at).astimezone(clock.SWEDEN).date(),
            content=minutes_content(row),
        )
        for row in rows
    ]


def minutes_content(row: Meeting) -> Content:
    def content() -> tuple[str, str, bytes]:
        made = minutes_document(
            row.frozen or {}, checksum=row.checksum, diary_number=row.diary_number
        )
        name = f"protokoll-{slugify(row.body.name)}-{row.day.isoformat()}.pdf"
        return name, PDF, render_pdf(made)

    return content


def status(viewer: Viewer, agreement: Agreement, kinds: Collection[str]) -> list[LiveVersion]:
    """Return Läget i avtalet as it stands today: what is kept is the day's own document."""
    if kinds and not OTHER & set(kinds):
        return []
    today = clock.today()

    def content() -> tuple[str, str, bytes]:
        made = status_document(agreement, status_of(agreement, today, viewer=viewer), today)
        return f"laget-{agreement.code}-{today.isoformat()}.pdf", PDF, render_pdf(made)

    return [
        LiveVersion(
            link=Link("agreement_status", agreement.code),
            title=_("Läget i avtalet %(day)s") % {"day": swedish.date(today)},
            kind="other",
            frozen_on=today,
            content=content,
            edition=today.isoformat(),
        )
    ]


live_documents.fill("pictures", pictures, order=10)
live_documents.fill("minutes", minutes, order=20)
live_documents.fill("status", status, order=30)
