"""What was read in an agreement's prose, confirmed item by item: accepted, rejected or changed (C02)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.domains.agreements.models import SetUp
from samsyn.domains.agreements.services import set_up as services
from samsyn.web.doors import staff_where, viewer_of
from samsyn.web.staff.agreements.form.labels import GROUPS, SECTIONS
from samsyn.web.staff.agreements.form.options import Options
from samsyn.web.staff.agreements.form.proposals import (
    RATHER,
    SURE,
    named_in,
    page_for,
    read_value,
    said_by,
    section_of,
    shape_at,
    title_for,
)
from samsyn.web.staff.agreements.views.editing import context_of, set_up_at

ORDER = [key for _title, keys in GROUPS for key in keys]
MORE = 3


@staff_where("agreements.set_up")
def proposals(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say yes or no to each; nothing is answered beforehand, and only what is accepted is written."""
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
            return redirect("upplaggning_form", one.pk)
        if request.POST.get("andra", "").isdecimal():
            return redirect("upplaggning_forslag_ett", one.pk, int(request.POST["andra"]))
        messages.success(request, _("Sparat. Du kan fortsätta senare."))
        return redirect("upplaggning_forslag", one.pk)
    options = named_in(one.proposals)
    groups: dict[str, list[dict[str, Any]]] = {}
    for number, row in enumerate(one.proposals):
        groups.setdefault(section_of(row["path"]), []).append(shown(number, row, options))
    context = context_of(one, _("Förslag")) | {
        "groups": [(SECTIONS[key].title, groups[key]) for key in ORDER if key in groups],
        "count": len(one.proposals),
        "waiting": sum(row["accepted"] is None for row in one.proposals),
        "accepted": sum(row["accepted"] is True for row in one.proposals),
    }
    return render(request, "staff/agreements/proposals.html", context)


def shown(number: int, row: dict[str, Any], options: Options) -> dict[str, Any]:
    """A proposal for the page: what it says, the sentence with its words marked, how sure."""
    before, words, after = marked(row)
    sure = row["confidence"]
    return {
        "number": number,
        "title": title_for(row, options),
        "says": said_by(row, options),
        "before": before,
        "words": words,
        "after": after,
        "percent": round(sure * 100),
        "sure": _("Säkert") if sure >= SURE else _("Ganska säkert") if sure >= RATHER else _("Osäkert"),
        "accepted": row["accepted"],
        "changed": "read" in row,
        "may_change": shape_at(row["path"]) is not None,
    }  # fmt: skip


def marked(row: dict[str, Any]) -> tuple[str, str, str]:
    """The sentence before, in and after the words that were read."""
    sentence, start, end = row["sentence"]
    words, first, last = row["words"]
    if start <= first and last <= end and sentence[first - start : last - start] == words:
        return sentence[: first - start], words, sentence[last - start :]
    return sentence, "", ""


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


@staff_where("agreements.set_up")
def proposal(request: HttpRequest, pk: Any, number: int) -> HttpResponse:
    """Change what one proposal says, in the boxes of the form; what is changed is accepted."""
    one = set_up_at(request, pk)
    if number >= len(one.proposals) or shape_at(one.proposals[number]["path"]) is None:
        raise Http404
    row, options = one.proposals[number], named_in(one.proposals)
    posted = request.POST if request.method == "POST" else None
    spare = MORE if posted is not None and "fler" in posted else 0
    page = page_for(row, options, posted, spare)
    if posted is not None and "fler" not in posted:
        value = read_value(row, page)
        if value in (None, "", [], {}):
            messages.error(
                request, _("Inget är ifyllt. Säg nej till förslaget om det inte stämmer.")
            )
            return redirect("upplaggning_forslag_ett", one.pk, number)
        services.change_proposal(
            actor=viewer_of(request), set_up=one, path=row["path"], value=value
        )
        messages.success(request, _("Ändrat och godtaget."))
        return redirect(f"{reverse('upplaggning_forslag', args=[one.pk])}#forslag-{number}")
    title = title_for(row, options)
    context = context_of(one, title)
    context["thread"].insert(-1, {"label": _("Förslag"), "url": reverse("upplaggning_forslag", args=[one.pk])})  # fmt: skip
    return render(
        request,
        "staff/agreements/proposal.html",
        context
        | {
            "row": shown(number, row, options),
            "form": page.form,
            "parts": page.parts(),
            "more": page.has_boxes,
            "heading": title,
        },
    )
