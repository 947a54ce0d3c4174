"""The parties' parts: contributing, releasing, one-time links, consent, leaving out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.base.errors import UserError
from samsyn.base.orgs.models import Organisation
from samsyn.domains.situation import services
from samsyn.domains.situation.models import Part, Picture
from samsyn.web.doors import get_visible, staff_where, viewer_of
from samsyn.web.staff.pictures.answering import answer
from samsyn.web.staff.pictures.sentences import version_of


@require_POST
@staff_where("pictures.contribute")
def contribute(request: HttpRequest, pk: Any) -> HttpResponse:
    """Write one's own party's contribution."""
    viewer = viewer_of(request)
    picture = get_visible(viewer, Picture, pk=pk)
    key = request.POST.get("organisation", "")
    organisation = get_visible(viewer, Organisation, pk=key if key.isdecimal() else 0)
    return answer(
        request,
        pk,
        lambda: services.write_contribution(
            actor=viewer, picture=picture, organisation=organisation,
            text=request.POST.get("text", ""), version=version_of(request),
        ),
        done=_("Bidraget är sparat. Det syns för andra först när ni släpper er del."),
        anchor="bidrag",
    )  # fmt: skip


@require_POST
@staff_where("pictures.work")
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Release a part, take the release back, make a link, note a consent, or leave the part out."""
    part = get_visible(viewer_of(request), Part, pk=pk)
    given = request.POST
    common: dict[str, Any] = {"actor": viewer_of(request), "part": part}
    if what == "lank":
        return show_link(request, part, given.get("function", ""))
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "slapp": (
            lambda: services.release_part(seen=given.get("seen", ""), **common),
            _("Delen är släppt och gemensam."),
        ),
        "aterta": (
            lambda: services.withdraw_release(reason=given.get("reason", ""), **common),
            _("Släppet är återtaget."),
        ),
        "samtycke": (
            lambda: services.record_consent(
                function=given.get("function", ""), note=given.get("note", ""), **common
            ),
            _("Samtycket är noterat och delen släppt."),
        ),
        "utelamna": (
            lambda: services.leave_out_part(note=given.get("note", ""), **common),
            _("Delen är utelämnad."),
        ),
        "ta-med": (
            lambda: services.leave_out_part(note="", left_out=False, **common),
            _("Delen är med igen."),
        ),
    }
    if what not in acts:
        raise Http404
    doing, done = acts[what]
    return answer(request, part.picture_id, doing, done=done, anchor="parter")


def show_link(request: HttpRequest, part: Part, function: str) -> HttpResponse:
    """Make a one-time link and show it, this once."""
    made: list[Any] = []
    try:
        made.append(
            services.create_release_link(actor=viewer_of(request), part=part, function=function)
        )
    except UserError as error:
        problem = error
        return answer(request, part.picture_id, lambda: raise_again(problem), anchor="parter")
    address = request.build_absolute_uri(reverse("slapp_med_lank", args=[made[0].token]))
    return render(
        request,
        "staff/pictures/link.html",
        {
            "address": address,
            "link": made[0],
            "part": part,
            "function": function,
            "room": "lagesbild",
        },
    )


def raise_again(error: UserError) -> None:
    raise error
