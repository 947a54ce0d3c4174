"""What every template may use besides its own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

import samsyn
from samsyn.web.look import navigation

SCHEMES = ("auto", "light", "dark")
SCHEME_COOKIE = "samsyn_farg"


def address(name: str) -> str:
    """Return the address of `name`, or an empty text where this installation has none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def color_scheme(request: HttpRequest) -> str:
    """Return light, dark or auto, as the person has chosen on this computer."""
    chosen = request.COOKIES.get(SCHEME_COOKIE, "auto")
    return chosen if chosen in SCHEMES else "auto"


def look(request: HttpRequest) -> dict[str, Any]:
    """Return navigation, addresses and the chosen colours for `look/base.html`."""
    return {
        "navigation": navigation.links(request, "main"),
        "navigation_menu": navigation.links(request, "menu"),
        "color_scheme": color_scheme(request),
        "search_url": address("sok"),
        "about_url": address("om"),
        "accessibility_url": address("tillganglighet"),
        "language_url": address("set_language"),
        "switch_url": address("byt_kommun"),
        "demo": getattr(settings, "DEMO", False),
        "version": getattr(samsyn, "__version__", ""),
        "languages": settings.LANGUAGES,
    }
