"""What every page knows: the viewer, the municipality she is in, and whether this is the demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from samsyn.web.municipality import choices_of, current_municipality


def room(request: HttpRequest) -> dict[str, Any]:
    """Return `viewer`, `municipality`, `municipality_choices` and `demo` for the templates."""
    return {
        "viewer": getattr(request, "viewer", None),
        "municipality": SimpleLazyObject(lambda: current_municipality(request)),
        "municipality_choices": SimpleLazyObject(lambda: choices_of(request)),
        "demo": settings.DEMO,
    }
