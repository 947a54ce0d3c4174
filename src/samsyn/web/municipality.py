"""Which municipality the pages show: the one chosen at the top left, among those one works in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from samsyn.base.orgs.models import Organisation

SESSION_KEY = "municipality"


def choices_of(request: HttpRequest) -> list[Organisation]:
    """Return the municipalities that the viewer's mandates reach, by name."""
    known: list[Organisation] | None = getattr(request, "_municipalities", None)
    if known is None:
        viewer: Any = getattr(request, "viewer", None)
        reach = viewer.municipalities if viewer is not None else frozenset()
        known = list(Organisation.objects.filter(pk__in=reach).order_by("name")) if reach else []
        request._municipalities = known  # type: ignore[attr-defined]
    return known


def current_municipality(request: HttpRequest) -> Organisation | None:
    """Return the chosen municipality, else the first; None for who works in none."""
    choices = choices_of(request)
    wanted = request.session.get(SESSION_KEY) if hasattr(request, "session") else None
    return next((one for one in choices if one.pk == wanted), choices[0] if choices else None)


def choose_municipality(request: HttpRequest, key: int) -> bool:
    """Remember the choice; False where the viewer does not work in that municipality."""
    if key not in {one.pk for one in choices_of(request)}:
        return False
    request.session[SESSION_KEY] = key
    return True
