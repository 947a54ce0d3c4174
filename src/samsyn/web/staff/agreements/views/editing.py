"""An agreement on its way: the text with messages beside its lines, and the proposals read from prose."""

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


@staff_where("agreements.set_up")
def proposals(request: HttpRequest, pk: Any) -> HttpResponse:
    """Confirm what was read in the agreement's text, item by item, each with its sentence."""
    one = set_up_at(request, pk)
    viewer = viewer_of(request)
    if request.method == "POST":
        accepted, rejected = decided(request, one)
        services.decide_proposals(actor=viewer, set_up=one, accepted=accepted, rejected=rejected)
        if "skriv" in request.POST:
            services.write_draft(actor=viewer, set_up=one)
            messages.success(
                request, _("Filen är skriven av det du godtog. Fyll i det som saknas.")
            )
            return redirect("upplaggning", one.pk)
        messages.success(request, _("Sparat. Du kan fortsätta senare."))
        return redirect("upplaggning_forslag", one.pk)
    groups: dict[str, list[dict[str, Any]]] = {}
    for number, row in enumerate(one.proposals):
        groups.setdefault(row["path"].split(".")[0], []).append(
            {
                **row,
                "number": number,
                "shown": shown_value(row["value"]),
                "percent": round(row["confidence"] * 100),
                "likely": row["accepted"]
                if row["accepted"] is not None
                else row["confidence"] >= services.SURE,
                "sentence_words": row["sentence"][0],
                "read": row["words"][0],
            }
        )
    context = context_of(one, _("Förslag")) | {
        "groups": groups,
        "count": len(one.proposals),
        "waiting": sum(row["accepted"] is None for row in one.proposals),
    }
    return render(request, "staff/agreements/proposals.html", context)


def decided(request: HttpRequest, one: SetUp) -> tuple[set[str], set[str]]:
    """The paths accepted and rejected in the posted form."""
    accepted, rejected = set(), set()
    for number, row in enumerate(one.proposals):
        answer = request.POST.get(f"svar-{number}")
        if answer == "ja":
            accepted.add(row["path"])
        elif answer == "nej":
            rejected.add(row["path"])
    return accepted, rejected


def shown_value(value: Any) -> str:
    """A proposed value as text: short, in the file's own words."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {shown_value(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(shown_value(part) for part in value)
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    return "–" if value is None else str(value)


@require_POST
@staff_where("agreements.set_up")
def remove(request: HttpRequest, pk: Any) -> HttpResponse:
    """Throw the work away."""
    services.remove_set_up(actor=viewer_of(request), set_up=set_up_at(request, pk))
    messages.success(request, _("Uppläggningen är borttagen."))
    return redirect("avtal_nytt")
