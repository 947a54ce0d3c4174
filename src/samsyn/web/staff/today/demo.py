"""Signing in to the demo with one press. Exists in the demo alone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from samsyn.base.accounts.models import User
from samsyn.base.orgs.models import Membership, Role

ICONS = {
    Role.COORDINATOR: "route",
    Role.KOMMUNPOLIS: "shield",
    Role.REPORTER: "smartphone",
    Role.RECORDS_OFFICER: "archive",
    Role.COUNCIL_MEMBER: "users",
}


WHOLE_CAST = 10


def demo_users() -> list[dict[str, Any]]:
    """Return the people of the demo as the sign-in page shows them: one municipality's whole cast first."""
    members = (
        Membership.objects.filter(organisation__is_demo=True)
        .select_related("user", "organisation")
        .order_by("pk")
    )
    return [
        {
            "value": str(member.user_id),
            "label": f"{member.get_role_display()}, {member.organisation.called}",
            "what": member.function,
            "icon": ICONS.get(Role(member.role), "user-round"),
            "email": member.user.email,
        }
        for member in members
    ]


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people."""
    if not settings.DEMO:
        raise Http404
    key = request.POST.get("user", "")
    user = User.objects.filter(
        pk=int(key) if key.isdecimal() else None, memberships__organisation__is_demo=True
    ).first()
    if user is None:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    following = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(following, {request.get_host()}, request.is_secure())
    return redirect(following if safe else "/")
