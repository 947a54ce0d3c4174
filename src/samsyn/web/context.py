"""What every page knows: the viewer, the municipality she is in, and whether this is the demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from samsyn.web.municipality import choices_of, current_municipality


def demo_entrance(request: HttpRequest) -> dict[str, Any]:
    """In the demo, the sign-in page lists the people one can be."""
    if not settings.DEMO or request.path != reverse("account_login"):
        return {}
    from samsyn.web.staff.today.demo import WHOLE_CAST, demo_users

    people = demo_users()
    return {
        "demo_users": people[:WHOLE_CAST],
        "demo_more": people[WHOLE_CAST:],
        "demo_login_url": reverse("demo_login"),
    }


def room(request: HttpRequest) -> dict[str, Any]:
    """Return `viewer`, `municipality`, its choices, `demo` and the map background for the templates."""
    return {
        **demo_entrance(request),
        "viewer": getattr(request, "viewer", None),
        "municipality": SimpleLazyObject(lambda: current_municipality(request)),
        "municipality_choices": SimpleLazyObject(lambda: choices_of(request)),
        "demo": settings.DEMO,
        "map_tiles": settings.MAP_TILES,
        "map_credit": settings.MAP_TILES_CREDIT,
    }
