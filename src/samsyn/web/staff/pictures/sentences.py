"""Changing one sentence: each change is traced, and nobody's words are overwritten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from samsyn.domains.situation import services
from samsyn.domains.situation.models import Picture, Sentence
from samsyn.web.doors import get_visible, staff_where, viewer_of
from samsyn.web.staff.pictures.answering import answer


def version_of(request: HttpRequest) -> int:
    """Return the version that the editor saw; 0, which never matches, for anything else."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 9 else 0


@require_POST
@staff_where("pictures.work")
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Edit, restore, hide or show a sentence."""
    sentence = get_visible(viewer_of(request), Sentence, pk=pk)
    common: dict[str, Any] = {
        "actor": viewer_of(request), "sentence": sentence, "version": version_of(request)
    }  # fmt: skip
    acts: dict[str, Callable[[], object]] = {
        "andra": lambda: services.edit_sentence(text=request.POST.get("text", ""), **common),
        "aterstall": lambda: services.restore_sentence(**common),
        "dolj": lambda: services.hide_sentence(**common),
        "visa": lambda: services.hide_sentence(hidden=False, **common),
    }
    if what not in acts:
        raise Http404
    return answer(request, sentence.picture_id, acts[what], anchor=f"mening-{pk}")


@require_POST
@staff_where("pictures.work")
def add(request: HttpRequest, pk: Any) -> HttpResponse:
    """Add a sentence by hand."""
    picture = get_visible(viewer_of(request), Picture, pk=pk)
    section = request.POST.get("section", "")
    return answer(
        request,
        pk,
        lambda: services.add_sentence(
            actor=viewer_of(request),
            picture=picture,
            section=section,
            text=request.POST.get("text", ""),
        ),
        anchor=f"avsnitt-{section}" if section.isidentifier() else "",
    )
