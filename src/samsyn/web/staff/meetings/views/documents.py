"""Summons and minutes as PDF and Word, and the uploaded papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.text import slugify

from samsyn.base.audit.log import record
from samsyn.domains.meetings.models import Paper
from samsyn.domains.meetings.selectors.bodies import is_inside
from samsyn.domains.meetings.selectors.content import content_of, minutes_of
from samsyn.domains.meetings.services.agenda import note_paper_opened
from samsyn.web.doors import get_visible, staff, viewer_of
from samsyn.web.staff.meetings.door import seen_meeting

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_pdf(document: Any) -> bytes:
    from samsyn.outputs.pdf import render_pdf

    return render_pdf(document)


def as_word(document: Any) -> bytes:
    from samsyn.outputs.word import render_word

    return render_word(document)


FORMS: dict[str, tuple[str, Callable[[Any], bytes]]] = {
    "pdf": ("application/pdf", as_pdf),
    "docx": (WORD, as_word),
}


@staff
def document(request: HttpRequest, pk: int, what: str, form: str) -> HttpResponse:
    """Hand out the summons (`kallelse`) or the minutes (`protokoll`); that it left is written down."""
    shown = seen_meeting(request, pk)
    if form not in FORMS or what not in ("kallelse", "protokoll") or shown.is_trace:
        raise Http404
    if not is_inside(viewer_of(request), shown) and (what == "kallelse" or not shown.is_frozen):
        raise Http404
    from samsyn.outputs.meeting_document import minutes_document, summons_document

    made = (
        minutes_document(
            minutes_of(shown), checksum=shown.checksum, diary_number=shown.diary_number
        )
        if what == "protokoll"
        else summons_document(content_of(shown))
    )
    media_type, render_as = FORMS[form]
    data = render_as(made)
    with transaction.atomic():
        record(
            viewer_of(request),
            "meeting.document_fetched",
            shown,
            organisation=shown.municipality_id,
            what=what,
            form=form,
        )
    name = f"{what}-{slugify(shown.body.name)}-{shown.day.isoformat()}.{form}"
    return HttpResponse(
        data,
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@staff
def paper(request: HttpRequest, pk: int) -> FileResponse:
    """Open an uploaded paper, as a download."""
    found = get_visible(viewer_of(request), Paper, pk=pk)
    if found.file is None or not found.file.path.exists():
        raise Http404
    note_paper_opened(actor=viewer_of(request), paper=found)
    return FileResponse(
        found.file.path.open("rb"),
        as_attachment=True,
        filename=found.file.name,
        content_type=found.file.media_type,
    )
