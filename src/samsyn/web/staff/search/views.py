"""The search page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samsyn.base.search import find
from samsyn.web.doors import staff, viewer_of
from samsyn.web.links import is_shown, url_of


@staff
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found among what the viewer may see, sorted by kind."""
    words = request.GET.get("q", "").strip()[:100]
    groups = [
        ([(hit, url_of(hit.link)) for hit in found.hits if is_shown(hit.link)], found.has_more)
        for found in find(viewer_of(request), words).values()
    ]
    groups = [(hits, has_more) for hits, has_more in groups if hits]
    return render(
        request,
        "staff/search/search.html",
        {
            "words": words,
            "groups": groups,
            "found": sum(len(hits) for hits, _has_more in groups),
            "has_more": any(has_more for _hits, has_more in groups),
        },
    )
