"""The page of one's own wishes, the page of letters that went and failed, and the address that stops them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from samsyn.base import clock
from samsyn.base.access import visible
from samsyn.base.accounts.models import User
from samsyn.base.errors import UserError
from samsyn.base.reminders.gathering import Group, gather, span_for
from samsyn.base.reminders.models import Digest
from samsyn.base.reminders.services import wishes as services
from samsyn.base.reminders.services.digests import send_again
from samsyn.base.reminders.slots import Reminder
from samsyn.web.doors import municipality_of, staff, staff_where, viewer_of
from samsyn.web.links import is_shown, url_of
from samsyn.web.staff.reminders.forms import WishForm

PAGE = 50
BADGES = {
    Digest.State.WAITING: "due",
    Digest.State.SENDING: "active",
    Digest.State.SENT: "done",
    Digest.State.EMPTY: "none",
    Digest.State.STOPPED: "none",
    Digest.State.FAILED: "late",
    Digest.State.CUT_OFF: "unknown",
}
WRONG = (Digest.State.FAILED, Digest.State.CUT_OFF)


@staff
def wishes(request: HttpRequest) -> HttpResponse:
    """Show and save how often and about what one wants letters, with the letter as it would be today."""
    viewer = viewer_of(request)
    person = User.objects.get(pk=viewer.user)
    wish = services.wish_of(person)
    wanted = services.wanted_topics(wish, viewer)
    chosen = {
        "pace": wish.pace,
        "weekday": wish.weekday,
        "topics": sorted(wanted),
        "language": person.language,
    }
    form = WishForm(request.POST or None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            services.choose_wish(
                actor=viewer,
                pace=told["pace"],
                weekday=told["weekday"],
                chosen=told["topics"],
                language=told["language"],
            )
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Dina val är sparade."))
            return redirect("paminnelser")
    groups = gather(viewer, wanted, span_for(wish.pace, clock.today(), None))
    context = {
        "form": form,
        "wish": wish,
        "email": person.email,
        "groups": [shown(group) for group in groups],
        "last": Digest.objects.filter(person=person, state=Digest.State.SENT).first(),
        "may_see_letters": viewer.can("people.administer", municipality_of(request)),
    }
    return render(request, "staff/reminders/wishes.html", context)


def shown(group: Group) -> dict[str, Any]:
    """A group of the preview, each thing with its address."""
    return {"heading": group.heading, "rows": [row_of(one) for one in group.reminders]}


def row_of(one: Reminder) -> dict[str, Any]:
    return {"one": one, "url": url_of(one.link) if is_shown(one.link) else ""}


@require_POST
@staff
def revoke(request: HttpRequest) -> HttpResponse:
    """Make the stopping addresses in one's earlier letters invalid."""
    services.revoke_addresses(actor=viewer_of(request))
    messages.success(request, _("Adresserna i tidigare brev gäller inte längre."))
    return redirect("paminnelser")


@staff_where("people.administer")
def letters(request: HttpRequest) -> HttpResponse:
    """Show which letters went and which did not; try the latter again. Never what stood in them."""
    viewer, place = viewer_of(request), municipality_of(request)
    rows = visible(viewer, Digest).filter(municipality=place)
    if request.method == "POST":
        send_again(actor=viewer, rows=rows)
        messages.success(request, _("Försöker igen med det som inte gick fram."))
        return redirect("paminnelser_utskick")
    wrong = Q(state__in=WRONG) | Q(state=Digest.State.WAITING, tries__gt=0)
    only_wrong = "fel" in request.GET
    listed = rows.filter(wrong) if only_wrong else rows.exclude(state=Digest.State.EMPTY)
    page = Paginator(listed.select_related("person"), PAGE).get_page(request.GET.get("sida"))
    context = {
        "page": page,
        "lines": [{"digest": one, "badge": BADGES[Digest.State(one.state)]} for one in page],
        "wrong": rows.filter(wrong).count(),
        "only_wrong": only_wrong,
    }
    return render(request, "staff/reminders/letters.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """Stop the letters of who has the address, without signing in; a look alone changes nothing.

    The address is the whole proof, so no CSRF token is asked for: mail programs press it themselves (RFC 8058).
    """
    wish = services.wish_behind(key)
    if wish is None:
        raise Http404
    if request.method == "POST":
        services.stop_letters(wish=wish)
    with translation.override(wish.person.language):
        response = render(
            request,
            "staff/reminders/stop.html",
            {"stopped": request.method == "POST", "wish": wish},
        )
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
