"""Releasing a part by a one-time link: no account, one part, once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from samsyn.base.errors import UserError
from samsyn.domains.situation import selectors, services


@never_cache
def release(request: HttpRequest, token: str) -> HttpResponse:
    """Show the part to its named function, and release it when she says so."""
    try:
        if request.method == "POST":
            services.release_by_link(token=token, seen=request.POST.get("seen", ""))
            return render(request, "staff/pictures/linked_done.html")
        part = selectors.part_behind_link(token)
    except UserError as error:
        return render(
            request, "staff/pictures/linked_gone.html", {"reason": str(error)}, status=404
        )
    # The address is the key; the house's referrer policy (same-origin) keeps it from other sites.
    return render(request, "staff/pictures/linked.html", {"part": part})
