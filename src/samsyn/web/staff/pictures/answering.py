"""How the picture's forms answer: a message, and back to where one was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from samsyn.base.errors import UserError


def answer(
    request: HttpRequest,
    picture: Any,
    act: Callable[[], object],
    *,
    done: str = "",
    anchor: str = "",
) -> HttpResponse:
    """Do it and go back to the picture; what the user can mend is said there, and nothing is lost."""
    try:
        act()
    except UserError as error:
        messages.error(request, str(error))
    else:
        if done:
            messages.success(request, done)
    address = reverse("bild", args=[picture])
    return HttpResponseRedirect(f"{address}#{anchor}" if anchor else address)
