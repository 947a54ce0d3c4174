"""The door of the reports room: those who see every report of the municipality, or their own organisation's."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from samsyn.base.access import Viewer
from samsyn.base.orgs.models import Organisation
from samsyn.web.doors import View, municipality_of, staff, viewer_of

SEE = ("reports.see", "reports.see_own")


def may_open(viewer: Viewer, municipality: Organisation) -> bool:
    """Tell whether there is anything in the room for the viewer; the rows are chosen by `visible`."""
    return any(viewer.can(permission, municipality) for permission in SEE)


def sees_some(viewer: Any) -> bool:
    """Tell whether the word stands in the viewer's navigation."""
    if not getattr(viewer, "is_person", False):
        return False
    return any(viewer.municipalities_where(permission) for permission in SEE)


def desk(view: Callable[..., HttpResponseBase]) -> View:
    """Let in those who may open the room; to the others it does not exist."""

    @staff
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_open(viewer_of(request), municipality_of(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
