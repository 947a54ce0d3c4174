"""The doors of the staff pages: who may come in, and one look-up that answers 404 for the rest."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from samsyn.base.access import Viewer, visible
from samsyn.base.orgs.models import Organisation
from samsyn.web.municipality import current_municipality

Row = TypeVar("Row", bound=Model)
View = Callable[..., HttpResponse]


def staff(view: View) -> View:
    """Let in those who are signed in and work in some municipality; the others get 404."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if current_municipality(request) is None:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def staff_where(permission: str) -> Callable[[View], View]:
    """Let in those who hold `permission` in the municipality shown; to the others the page does not exist."""

    def decorate(view: View) -> View:
        @staff
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not viewer_of(request).can(permission, municipality_of(request)):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def viewer_of(request: HttpRequest) -> Viewer:
    """Return who asks."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def municipality_of(request: HttpRequest) -> Organisation:
    """Return the municipality shown; 404 where there is none."""
    municipality = current_municipality(request)
    if municipality is None:
        raise Http404
    return municipality


def get_visible(viewer: Viewer, model: type[Row], **lookup: Any) -> Row:
    """Return the one row that the viewer may see, else 404: hidden and missing look the same."""
    try:
        return visible(viewer, model).get(**lookup)
    except (model.DoesNotExist, ValueError, ValidationError):
        raise Http404(_("Sidan finns inte, eller så får du inte se den.")) from None
