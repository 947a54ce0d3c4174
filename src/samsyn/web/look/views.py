"""The living style page: every part, in every state, on one page."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_GET

from samsyn.web.look import samples


def style_page(request: HttpRequest) -> HttpResponse:
    """Show all parts. Only while developing and in the demo."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    if request.GET.get("meddelanden"):
        messages.success(request, "Bilden för vecka 20 är sparad.")
        messages.error(
            request, "Filen kunde inte läsas: kolumnen Brottskod saknas. Inget har sparats."
        )
    form = samples.SampleForm(request.GET if "titel" in request.GET else None)
    return render(request, "look/stil.html", samples.context(form))


@require_GET
def favicon(request: HttpRequest) -> HttpResponse:
    """Show the way to the icon that the pages name in their head."""
    answer = redirect(static("look/img/icon-192.png"))
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer
