"""Pages for residents: no account, no cookie, no tracking."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samsyn.base import clock
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.selectors.agreements import contents_of
from samsyn.domains.agreements.selectors.contacts import public_functions
from samsyn.domains.agreements.selectors.public import (
    municipalities_with_agreements,
    municipality_called,
    promised,
    public_agreements,
    public_municipality,
)
from samsyn.domains.agreements.selectors.ways import holidays_after, ways_for


def place_at(slug: str) -> Organisation:
    found = public_municipality(slug)
    if found is None:
        raise Http404
    return found


def page(
    request: HttpRequest, name: str, place: Organisation | None, **context: Any
) -> HttpResponse:
    """Draw a public page; it may be kept for a few minutes by anyone, since it says the same to all."""
    response = render(request, f"public/{name}.html", {"place": place, **context})
    response["Cache-Control"] = "public, max-age=300"
    return response


@require_safe
def municipalities(request: HttpRequest) -> HttpResponse:
    """List the municipalities."""
    return page(request, "municipalities", None, places=municipalities_with_agreements())


@require_safe
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """Show whom to turn to, and what is promised."""
    place = place_at(slug)
    agreements = public_agreements(place, clock.today())
    return page(
        request,
        "municipality",
        place,
        functions=public_functions(place),
        agreements=[
            {"row": one, "url": reverse("offentligt_avtal", args=[slug, one.code])}
            for one in agreements
        ],
    )


@require_safe
def contacts(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who to call now: where the report form sends what it may not take (K22).

    It answers for every municipality in Samsyn, also before its agreement has started.
    """
    place = municipality_called(slug)
    if place is None:
        raise Http404
    moment = clock.now()
    answer = page(
        request,
        "contacts",
        place,
        ways=ways_for(place, moment),
        holidays=holidays_after(moment),
        moment=moment,
    )
    # It changes with the hour.
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def agreement(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Show one agreement in plain words: parties, aims, what is to be done and how often."""
    place = place_at(slug)
    one = next((row for row in public_agreements(place, clock.today()) if row.code == code), None)
    file = contents_of(one) if one is not None else None
    if one is None or file is None:
        raise Http404
    return page(
        request,
        "agreement",
        place,
        agreement=one,
        file=file,
        commitments=promised(one, place),
        parties=one.parties.filter(is_current=True, is_party=True),
    )
