"""What makes the form work without network: the service worker, and a manifest for each link."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samsyn.web.report.door import Door

# All that the form needs to be shown and used without network.
ASSETS = (
    "vendor/designsystemet/theme.css",
    "vendor/designsystemet/designsystemet.css",
    "look/css/colors.css",
    "look/css/tokens.css",
    "look/css/base.css",
    "look/css/components.css",
    "look/css/print.css",
    "look/img/favicon.svg",
    "look/img/icon-192.png",
    "vendor/icons/sprite.svg",
    "vendor/fonts/source-sans-3-latin-400-normal.woff2",
    "vendor/fonts/source-sans-3-latin-600-normal.woff2",
    "vendor/fonts/source-sans-3-latin-700-normal.woff2",
    "report/report.css",
    "public/ways.css",
    "report/report.js",
    "report/queue.js",
    "report/guard.js",
    "report/places.js",
    "report/steps.js",
    "report/times.js",
    "report/ways.js",
)


@lru_cache(maxsize=1)
def version() -> str:
    """Return a short hash of the assets: a new version of any of them makes a new cache."""
    digest = hashlib.sha256()
    for name in ASSETS:
        found = finders.find(name)
        digest.update(name.encode())
        if isinstance(found, str):
            with open(found, "rb") as file:  # noqa: PTH123 - the finder gives a plain path
                digest.update(file.read())
    return digest.hexdigest()[:12]


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """Return the service worker; it rules only below the address where it lies."""
    context = {
        "version": version(),
        "assets": [static(name) for name in ASSETS],
        "queue": static("report/queue.js"),
    }
    response = render(request, "report/sw.js", context, content_type="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_GET
def manifest(request: HttpRequest, door: Door) -> HttpResponse:
    """Return the manifest, so that the form can be put on the phone's home screen."""
    start = door.address("form")
    content = {
        "id": start,
        "name": _("Rapportera, %(name)s") % {"name": door.municipality.called},
        "short_name": _("Rapportera"),
        "lang": "sv",
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "background_color": "#fbfaf7",
        "theme_color": "#00535b",
        "icons": [
            {"src": static("look/img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("look/img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@require_GET
def csrf(request: HttpRequest, door: Door) -> HttpResponse:
    """Return a fresh CSRF token: what has waited since yesterday is sent with today's."""
    response = JsonResponse({"token": get_token(request)})
    response.headers["Cache-Control"] = "no-store"
    return response
