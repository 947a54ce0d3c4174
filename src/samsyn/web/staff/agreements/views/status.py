"""Läget i avtalet: one line per commitment, with its state, why, who, and its evidence one click away."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.domains.agreements.judging import URGENCY, CommitmentStatus, by_urgency, summarize
from samsyn.domains.agreements.selectors.agreements import Term
from samsyn.domains.agreements.selectors.status import status_of
from samsyn.domains.agreements.selectors.trend import trend_of
from samsyn.outputs.pdf import render_pdf
from samsyn.outputs.status_document import status_document, summary_words
from samsyn.outputs.trend import draw_trend
from samsyn.outputs.word import render_word
from samsyn.web.doors import municipality_of, staff, viewer_of
from samsyn.web.staff.agreements.views.shared import (
    BADGES,
    agreement_at,
    day_in,
    tabs_of,
    thread_to,
)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"docx": (render_word, WORD), "pdf": (render_pdf, "application/pdf")}


@staff
def status(request: HttpRequest, code: str) -> HttpResponse:
    """Show where every commitment stands; filters by party, body and state are links and work anywhere."""
    agreement = agreement_at(request, code)
    at = day_in(request)
    viewer, municipality = viewer_of(request), municipality_of(request)
    here = municipality if municipality in agreement.municipalities.all() else None
    everything = status_of(agreement, at, viewer=viewer, municipality=here)
    trend = trend_of(agreement, at, viewer=viewer, municipality=here)
    filters = filters_of(everything, request)
    shown = [each for each in everything if wanted(each, request)]
    projected = request.GET.get("visa") == "mote"
    context: dict[str, Any] = {
        "agreement": agreement,
        "term": Term(agreement, at),
        "at": at,
        "is_today": at == clock.today(),
        "room": "avtal",
        "thread": thread_to(agreement, _("Läget i avtalet")),
        "tabs": tabs_of(agreement, "avtal_laget"),
        "summary": summarize(everything, at),
        "lead": summary_words(summarize(everything, at)),
        "clauses": by_clause(shown),
        "urgent": urgent_in(shown),
        "shown": len(shown),
        "count": len(everything),
        "filters": filters,
        "filtered": any(request.GET.get(name) for name in ("part", "organ", "lage", "klausul")),
        "kept": kept_query(filters, at),
        "trend": trend,
        # Only figures and month names are in it.
        "trend_svg": mark_safe(draw_trend(trend, _("Uppfyllda åtaganden månad för månad"))),  # noqa: S308
        "leave_url": request.path,
    }
    if projected:
        context |= step_of(
            request,
            context["urgent"] or [line for group in context["clauses"] for line in group["lines"]],
        )
        return render(request, "staff/agreements/present.html", context)
    return render(request, "staff/agreements/status.html", context)


def step_of(request: HttpRequest, lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Meeting mode: first the sum, then one commitment at a time, those that need something."""
    text = request.GET.get("steg", "")
    step = min(int(text), len(lines)) if text.isdecimal() and len(text) < 5 else 0

    def address(number: int) -> str:
        query = request.GET.copy()
        query["steg"] = str(number)
        return f"?{query.urlencode()}"

    return {
        "line": lines[step - 1] if step else None,
        "position": step + 1,
        "count": len(lines) + 1,
        "earlier_url": address(step - 1) if step else "",
        "later_url": address(step + 1) if step < len(lines) else "",
    }


@staff
def document(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The same page as Word or PDF, for the council and for kommunfullmäktige (§ 13)."""
    if form not in FORMS:
        raise Http404
    agreement = agreement_at(request, code)
    at = day_in(request)
    municipality = municipality_of(request)
    here = municipality if municipality in agreement.municipalities.all() else None
    everything = status_of(agreement, at, viewer=viewer_of(request), municipality=here)
    statuses = [each for each in everything if wanted(each, request)]
    chosen = chosen_words(filters_of(everything, request))
    render_form, media_type = FORMS[form]
    made = render_form(status_document(agreement, statuses, at, chosen))
    return HttpResponse(
        made,
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="laget-{agreement.code}-{at}.{form}"'
        },
    )


def kept_query(filters: list[dict[str, Any]], at: dt.date) -> str:
    """The filters and the day as they stand in an address: documents and meeting mode show the same part."""
    asked = {one["name"]: one["chosen"] for one in filters if one["chosen"]}
    return urlencode({**asked, "dag": at.isoformat()})


def chosen_words(filters: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What the lines are chosen by, in words."""
    return [
        (str(one["label"]), str(dict(one["choices"]).get(one["chosen"], one["chosen"])))
        for one in filters
        if one["chosen"]
    ]


def wanted(each: CommitmentStatus, request: HttpRequest) -> bool:
    """Whether the line passes the filters in the address."""
    asked = request.GET
    one = each.commitment
    return (
        asked.get("part", "") in ("", *one.parties)
        and asked.get("organ", "") in ("", one.body.ref if one.body else "-")
        and asked.get("lage", "") in ("", each.name)
        and asked.get("klausul", "") in ("", *one.clauses)
    )


def filters_of(everything: list[CommitmentStatus], request: HttpRequest) -> list[dict[str, Any]]:
    """The filters that can change anything, with their choices."""
    parties = {
        who["party"]: who["party_name"]
        for each in everything
        for who in each.commitment.responsible
        if who["party"]
    }
    bodies = {
        each.commitment.body.ref: each.commitment.body.name
        for each in everything
        if each.commitment.body
    }
    states = {each.name for each in everything}
    clauses = {
        one.clause: f"{one.clause} {one.clause_title}".strip()
        for one in (each.commitment for each in everything)
    }
    choices = (
        ("klausul", _("Klausul"), list(clauses.items())),
        ("part", _("Part"), sorted(parties.items(), key=lambda item: item[1])),
        ("organ", _("Organ"), sorted(bodies.items(), key=lambda item: item[1])),
        ("lage", _("Läge"), [(name, BADGES[name][1]) for name in URGENCY if name in states]),
    )
    return [
        {"name": name, "label": label, "choices": found, "chosen": request.GET.get(name, "")}
        for name, label, found in choices
        if len(found) > 1 or request.GET.get(name)
    ]


def urgent_in(statuses: list[CommitmentStatus]) -> list[dict[str, Any]]:
    """What is late, and what is due within a month, the worst first."""
    urgent = by_urgency([each for each in statuses if each.name in {"late", "due"}])
    return [line for group in by_clause(urgent) for line in group["lines"]]


def by_clause(statuses: list[CommitmentStatus]) -> list[dict[str, Any]]:
    """Group the lines under their clauses, in the agreement's order."""
    clauses: dict[str, dict[str, Any]] = {}
    for each in statuses:
        one = each.commitment
        group = clauses.setdefault(
            one.clause, {"clause": one.clause, "title": one.clause_title, "lines": []}
        )
        badge, word = BADGES[each.name]
        group["lines"].append({"status": each, "badge": badge, "word": str(word)})
    return list(clauses.values())
