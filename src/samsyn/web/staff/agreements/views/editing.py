"""An agreement on its way: its file as text, with every message beside its line."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.base.errors import UserError
from samsyn.domains.agreements.file import Checked, Problem, check_agreement
from samsyn.domains.agreements.models import SetUp
from samsyn.domains.agreements.services import set_up as services
from samsyn.web.doors import get_visible, staff_where, viewer_of


def set_up_at(request: HttpRequest, pk: Any) -> SetUp:
    found = get_visible(viewer_of(request), SetUp, pk=pk)
    return SetUp.objects.select_related("municipality", "loaded_as").get(pk=found.pk)


def context_of(one: SetUp, label: str) -> dict[str, Any]:
    return {
        "one": one,
        "room": "avtal",
        "thread": [
            {"label": _("Avtal"), "url": reverse("avtal")},
            {"label": _("Lägg upp ett avtal"), "url": reverse("avtal_nytt")},
            {"label": label},
        ],
    }


@staff_where("agreements.set_up")
def edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Write the file; every fault stands beside its line with what to write instead."""
    one = set_up_at(request, pk)
    text = one.text
    if request.method == "POST":
        text = request.POST.get("text", "").replace("\r\n", "\n")
        try:
            services.change_set_up(actor=viewer_of(request), set_up=one, text=text)
        except UserError as error:
            messages.error(request, str(error))
        else:
            if "granska" in request.POST and check_agreement(text).agreement is not None:
                return redirect("upplaggning_granska", one.pk)
    checked = check_agreement(text) if text.strip() else None
    context = context_of(one, one.name) | {"text": text, "checked": checked}
    if checked is not None:
        context["lines"] = lines_with_problems(text, checked)
    return render(request, "staff/agreements/edit.html", context)


def lines_with_problems(text: str, checked: Checked) -> list[dict[str, Any]]:
    """The lines that something is said of, each with one line around it, so that one sees where it is."""
    said: dict[int, list[Problem]] = {}
    for problem in (*checked.errors, *checked.warnings):
        said.setdefault(problem.line, []).append(problem)
    lines = text.splitlines() or [""]
    return [
        {
            "number": number,
            "line": lines[number - 1] if number <= len(lines) else "",
            "problems": problems,
            "is_error": any(one.severity == "error" for one in problems),
        }
        for number, problems in sorted(said.items())
    ]


@require_POST
@staff_where("agreements.set_up")
def remove(request: HttpRequest, pk: Any) -> HttpResponse:
    """Throw the work away."""
    services.remove_set_up(actor=viewer_of(request), set_up=set_up_at(request, pk))
    messages.success(request, _("Uppläggningen är borttagen."))
    return redirect("avtal_nytt")
