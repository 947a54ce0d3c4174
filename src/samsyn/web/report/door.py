"""The two doors to the form: a link without account, and the account. Behind them all is the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from samsyn.base.access import Viewer, visible
from samsyn.base.access.permissions import roles_with
from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.models import ReportLink, Source
from samsyn.domains.reports.services import open_link, viewer_of_link
from samsyn.web.doors import municipality_of, staff_where, viewer_of

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Door:
    """Who reports, for which organisation, where; and the addresses behind this door."""

    viewer: Viewer
    municipality: Organisation
    organisation: Organisation
    source: str
    link: ReportLink | None = None
    token: str = ""
    organisations: tuple[Organisation, ...] = ()

    def address(self, name: str) -> str:
        """Return the address of one of the pages behind this door."""
        if self.link is not None:
            return reverse(f"report:link_{name}", args=[self.token])
        return reverse(f"report:{name}")

    @property
    def is_link(self) -> bool:
        return self.link is not None


def by_link(view: View) -> View:
    """Open the view for who holds the link; an unknown or revoked one gets a plain 404 that says what to do.

    No CSRF token is asked for. The secret in the address is the whole proof, and no cookie is read or
    set: another site cannot make a browser send what it does not know, and a report that has waited
    offline for days must still be taken in.
    """

    @csrf_exempt
    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        link = open_link(token, remembered=wants_json(request))
        if link is None:
            return sealed(closed(request))
        door = Door(
            viewer_of_link(link), link.municipality, link.organisation, Source.LINK, link, token
        )
        return sealed(view(request, door, *args, **kwargs))

    return opened


def by_account(view: View) -> View:
    """Open the view for who is signed in and may report in the municipality shown."""

    @staff_where("reports.send")
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        viewer, municipality = viewer_of(request), municipality_of(request)
        own = organisations_of(viewer, municipality)
        if not own:
            raise Http404
        wanted = request.GET.get("for") or request.POST.get("for")
        chosen = next((one for one in own if str(one.pk) == wanted), own[0])
        door = Door(viewer, municipality, chosen, Source.FORM, organisations=tuple(own))
        return view(request, door, *args, **kwargs)

    return opened


def organisations_of(viewer: Viewer, municipality: Organisation) -> list[Organisation]:
    """Return the organisations of her own for which the viewer may report there, her first mandate first."""
    roles = roles_with("reports.send")
    keys = [
        one.organisation
        for one in viewer.mandates
        if one.role in roles and municipality.pk in one.municipalities
    ]
    found = visible(viewer, Organisation).in_bulk(keys)
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def closed(request: HttpRequest) -> HttpResponse:
    """Answer for a link that does not open."""
    if wants_json(request):
        message = _(
            "Länken gäller inte längre. Be samordnaren i kommunen om en ny. Det som väntar finns kvar här."
        )
        return JsonResponse({"message": message}, status=404)
    return render(request, "report/closed.html", status=404)


def wants_json(request: HttpRequest) -> bool:
    """Tell whether the page's script asks."""
    return request.content_type == "application/json"


def sealed(response: HttpResponse) -> HttpResponse:
    """Keep the secret address from other sites, from caches and from search engines."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
