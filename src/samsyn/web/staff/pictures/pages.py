"""The list of pictures, the picture itself, and the rows behind a sentence."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.base import clock
from samsyn.base.access import visible
from samsyn.base.errors import UserError
from samsyn.base.orgs.models import Organisation
from samsyn.domains.situation import selectors, services
from samsyn.domains.situation.models import Picture, PictureVersion, PresentationNote
from samsyn.domains.situation.shown import ShownPicture
from samsyn.domains.situation.weeks import Week
from samsyn.outputs.picture_document import document_of
from samsyn.outputs.web import page_data
from samsyn.web.doors import get_visible, municipality_of, staff_where, viewer_of
from samsyn.web.staff.pictures.answering import answer
from samsyn.web.staff.pictures.source_rows import group_of

PAGE = 26


def scopes_of(request: HttpRequest) -> list[Organisation]:
    """Return what one can make pictures of here: the municipality, and the police area with several."""
    municipality = municipality_of(request)
    areas = Organisation.objects.filter(kind="police_area", municipalities=municipality)
    joint = [area for area in areas if area.municipalities.count() > 1]
    return [municipality, *joint]


@staff_where("pictures.read")
def pictures(request: HttpRequest) -> HttpResponse:
    """List the pictures, newest first; the week that has just ended stands above if it is not drafted."""
    viewer = viewer_of(request)
    rows = selectors.pictures(viewer, municipality_of(request))
    page = Paginator(rows, PAGE).get_page(request.GET.get("sida"))
    return render(
        request,
        "staff/pictures/pictures.html",
        {"page": page, "missing": missing_drafts(request), "room": "lagesbild"},
    )


@staff_where("pictures.read")
def week(request: HttpRequest, text: str) -> HttpResponse:
    """Open the municipality's picture of the week; the list, where it can be drafted, if there is none."""
    try:
        wanted = Week.parse(text)
    except UserError as error:
        raise Http404(str(error)) from None
    found = selectors.picture_of_week(
        viewer_of(request), municipality_of(request), wanted.year, wanted.number
    )
    return redirect("bild", found.pk) if found is not None else redirect("lagesbild")


def missing_drafts(request: HttpRequest) -> list[tuple[Organisation, Week]]:
    """Return the scopes whose last whole week has no picture, for those who may draft one."""
    viewer = viewer_of(request)
    last = Week.of(clock.today() - dt.timedelta(days=7))
    return [
        (scope, last)
        for scope in scopes_of(request)
        if viewer.can("pictures.coordinate", scope)
        and selectors.picture_of_week(viewer, scope, last.year, last.number) is None
    ]


@require_POST
@staff_where("pictures.coordinate")
def draft(request: HttpRequest) -> HttpResponse:
    """Draft the picture of the wanted week."""
    wanted = request.POST.get("scope", "")
    scope = next((one for one in scopes_of(request) if str(one.pk) == wanted), None)
    if scope is None:
        raise Http404
    try:
        week = Week.parse(request.POST.get("week", ""))
        made = services.draft_picture(
            actor=viewer_of(request), scope=scope, iso_year=week.year, iso_week=week.number
        )
    except UserError as error:
        return render(
            request,
            "staff/pictures/pictures.html",
            {"page": None, "problem": str(error)},
            status=400,
        )
    return redirect("bild", made.pk)


@staff_where("pictures.read")
def picture(request: HttpRequest, pk: Any) -> HttpResponse:
    """Show the picture: text to the left, what it speaks of to the right, one button for what comes next."""
    found = get_visible(viewer_of(request), Picture, pk=pk)
    shown = selectors.shown_picture(viewer_of(request), found)
    return render(request, "staff/pictures/picture.html", page_context(request, found, shown))


@staff_where("pictures.read")
def edition(request: HttpRequest, pk: Any, number: int) -> HttpResponse:
    """Show a frozen edition as it was."""
    version = get_visible(viewer_of(request), PictureVersion, picture=pk, number=number)
    shown = selectors.frozen_picture(viewer_of(request), version)
    return render(
        request, "staff/pictures/picture.html", page_context(request, version.picture, shown)
    )


def page_context(request: HttpRequest, found: Picture, shown: ShownPicture) -> dict[str, Any]:
    """Return what the picture page needs: sentences with their forms, figures from the one document."""
    document = document_of(shown)
    beside = {section.key: section for section in page_data(document)}
    texts = {section.key for section in shown.sections}
    return {
        "picture": found,
        "shown": shown,
        "document": document,
        "sections": [(section, beside.get(section.key)) for section in shown.sections],
        "tail": [section for key, section in beside.items() if key not in texts],
        "own": next((part for part in shown.parts if part.is_own), None),
        "may_contribute": may_contribute(request, shown),
        "versions": visible(viewer_of(request), PictureVersion)
        .filter(picture=found)
        .defer("numbers", "words"),
        "notes": notes_of(request, found),
        "room": "lagesbild",
        "thread": [{"label": _("Lägesbild"), "url": "/lagesbild/"}, {"label": shown.title}],
    }


def may_contribute(request: HttpRequest, shown: ShownPicture) -> Organisation | None:
    """Return the viewer's organisation that may still write a contribution, None where there is none."""
    if shown.is_frozen:
        return None
    own = viewer_of(request).organisations_where("pictures.contribute")
    return Organisation.objects.filter(pk__in=own).first()


def notes_of(request: HttpRequest, found: Picture) -> QuerySet[Any]:
    """Return what was noted when the picture was shown, as far as the viewer may see it."""
    return visible(viewer_of(request), PresentationNote).filter(picture=found)


@staff_where("pictures.read")
def rows(request: HttpRequest, pk: Any, section: str, key: str) -> HttpResponse:
    """Show the rows that a sentence rests on, as far as the viewer may see them."""
    found = get_visible(viewer_of(request), Picture, pk=pk)
    shown = selectors.shown_picture(viewer_of(request), found)
    sentence = next(
        (one for part in shown.sections if part.key == section for one in part.sentences if one.key == key), None
    )  # fmt: skip
    if sentence is None:
        raise Http404
    context = {
        "picture": found,
        "shown": shown,
        "sentence": sentence,
        "groups": [group_of(viewer_of(request), source) for source in sentence.sources],
        "room": "lagesbild",
    }
    return render(request, "staff/pictures/rows.html", context)


@require_POST
@staff_where("pictures.work")
def refresh(request: HttpRequest, pk: Any) -> HttpResponse:
    """Fetch the numbers anew; what people wrote stays."""
    found = get_visible(viewer_of(request), Picture, pk=pk)
    return answer(
        request,
        pk,
        lambda: services.refresh_picture(actor=viewer_of(request), picture=found),
        done=_("Siffrorna är hämtade på nytt. Det ni själva har skrivit är kvar."),
    )


@require_POST
@staff_where("pictures.coordinate")
def finish(request: HttpRequest, pk: Any) -> HttpResponse:
    """Freeze the picture."""
    found = get_visible(viewer_of(request), Picture, pk=pk)
    return answer(
        request,
        pk,
        lambda: services.finish_picture(actor=viewer_of(request), picture=found),
        done=_("Lägesbilden är färdig och fryst."),
    )


@require_POST
@staff_where("pictures.coordinate")
def reopen(request: HttpRequest, pk: Any) -> HttpResponse:
    """Open a finished picture for a new edition."""
    found = get_visible(viewer_of(request), Picture, pk=pk)
    reason = request.POST.get("reason", "")
    return answer(
        request,
        pk,
        lambda: services.new_version(actor=viewer_of(request), picture=found, reason=reason),
        done=_("En ny utgåva är påbörjad. Den förra finns kvar som den var."),
    )
