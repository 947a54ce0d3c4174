"""The picture as PDF, Word, CSV and JSON, made from the same document as the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify

from samsyn.domains.situation import selectors, services
from samsyn.domains.situation.models import Picture
from samsyn.domains.situation.shown import ShownPicture
from samsyn.web.doors import get_visible, staff_where, viewer_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_pdf(shown: ShownPicture) -> bytes:
    from samsyn.outputs.pdf import render_pdf
    from samsyn.outputs.picture_document import document_of

    return render_pdf(document_of(shown))


def as_word(shown: ShownPicture) -> bytes:
    from samsyn.outputs.picture_document import document_of
    from samsyn.outputs.word import render_word

    return render_word(document_of(shown))


def as_csv(shown: ShownPicture) -> bytes:
    from samsyn.outputs.csv_ import render_csv

    return render_csv(shown.numbers)


def as_json(shown: ShownPicture) -> bytes:
    from samsyn.outputs.json_ import picture_json

    return json.dumps(picture_json(shown), ensure_ascii=False, indent=1).encode()


FORMS: dict[str, tuple[str, Callable[[ShownPicture], bytes]]] = {
    "pdf": ("application/pdf", as_pdf),
    "docx": (WORD, as_word),
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json", as_json),
}


@staff_where("pictures.read")
def document(request: HttpRequest, pk: Any, form: str) -> HttpResponse:
    """Hand out the picture; that a finished one left is written down."""
    if form not in FORMS:
        raise Http404
    viewer = viewer_of(request)
    picture = get_visible(viewer, Picture, pk=pk)
    shown = selectors.shown_picture(viewer, picture)
    media_type, render = FORMS[form]
    content = render(shown)
    version = picture.versions.first()
    if shown.is_frozen and version is not None:
        services.record_delivery(actor=viewer, version=version, form=form)
    response = HttpResponse(content, content_type=media_type)
    name = slugify(f"lagesbild-{picture.scope.called}-{picture.week_text}")
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
