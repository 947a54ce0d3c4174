"""Lagmätaren: the act § by § over the municipality, and answers ready for Brå's yearly survey (H02)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.base import clock, words
from samsyn.domains.agreements.judging import CommitmentStatus
from samsyn.domains.agreements.selectors.status import law_of
from samsyn.domains.agreements.selectors.survey import answers_for
from samsyn.domains.agreements.services.loading import lay_act_over
from samsyn.web.doors import municipality_of, staff_where, viewer_of
from samsyn.web.staff.agreements.views.shared import BADGES, day_in
from samsyn.web.staff.agreements.views.status import by_clause


@staff_where("agreements.see")
def meter(request: HttpRequest) -> HttpResponse:
    """Show every paragraph with its state, why, and evidence; the two two-year clocks apart."""
    municipality, at = municipality_of(request), day_in(request)
    lay_act_over(municipality)
    statuses = law_of(municipality, at, viewer=viewer_of(request))
    context = {
        "at": at,
        "is_today": at == clock.today(),
        "clauses": by_clause(statuses),
        "clocks": [clock_of(each) for each in statuses if each.commitment.clause == "§ 6"],
        "proved": sum(bool(each.evidence) for each in statuses),
        "count": len(statuses),
        "room": "avtal",
        "thread": [{"label": _("Avtal"), "url": reverse("avtal")}, {"label": _("Lagmätaren")}],
    }
    return render(request, "staff/agreements/law.html", context)


def clock_of(each: CommitmentStatus) -> dict[str, Any]:
    """One of the two clocks of § 6: when it was last done and when it must be done again."""
    badge, word = BADGES[each.name]
    last = max((row.occurred_on for row in each.evidence), default=None)
    return {
        "title": each.commitment.subject,
        "badge": badge,
        "word": word,
        "last": words.date(last) if last else _("aldrig noterat"),
        "due": words.date(each.state.due) if each.state.due else "–",
        "why": each.state.why,
        "pk": each.commitment.pk,
    }


@staff_where("agreements.see")
def survey(request: HttpRequest) -> HttpResponse:
    """Show what Samsyn can answer of the yearly survey, with what each answer rests on."""
    municipality, at = municipality_of(request), day_in(request)
    lay_act_over(municipality)
    context = {
        "at": at,
        "answers": answers_for(municipality, at, viewer=viewer_of(request)),
        "room": "avtal",
        "thread": [
            {"label": _("Avtal"), "url": reverse("avtal")},
            {"label": _("Lagmätaren"), "url": reverse("lagmatare")},
            {"label": _("Inför Brås enkät")},
        ],
    }
    return render(request, "staff/agreements/survey.html", context)
