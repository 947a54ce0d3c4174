"""The agreements of a municipality, and one agreement drawn: parties, bodies, time, chain, what it holds."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.domains.agreements.file import WORDS
from samsyn.domains.agreements.judging import summarize
from samsyn.domains.agreements.models import Agreement
from samsyn.domains.agreements.selectors.agreements import (
    Term,
    agreements_in,
    contents_of,
    gaps_between,
)
from samsyn.domains.agreements.selectors.bodies import bodies_of
from samsyn.domains.agreements.selectors.status import status_of
from samsyn.outputs.status_document import summary_words
from samsyn.web.doors import municipality_of, staff_where, viewer_of
from samsyn.web.staff.agreements.views.shared import agreement_at, tabs_of, thread_to
from samsyn.web.staff.agreements.views.term import term_rules


@staff_where("agreements.see")
def agreements(request: HttpRequest) -> HttpResponse:
    """List the municipality's agreements with their time and how they stand; warn of gaps and expiry."""
    viewer, municipality, today = viewer_of(request), municipality_of(request), clock.today()
    found = agreements_in(municipality, viewer=viewer)
    cards: list[dict[str, Any]] = []
    for one in found:
        term = Term(one, today)
        statuses = (
            [] if term.expired else status_of(one, today, viewer=viewer, municipality=municipality)
        )
        cards.append(
            {
                "agreement": one,
                "term": term,
                "summary": summarize(statuses, today),
                "words": words_of(term, statuses, today),
            }
        )
    context = {
        "current": [card for card in cards if not card["term"].expired],
        "expired": [card for card in cards if card["term"].expired],
        "gaps": gaps_between(found),
        "may_set_up": viewer.can("agreements.set_up", municipality),
        "room": "avtal",
    }
    return render(request, "staff/agreements/agreements.html", context)


def words_of(term: Term, statuses: list[Any], today: Any) -> str:
    return _("Har gått ut.") if term.expired else summary_words(summarize(statuses, today))


@staff_where("agreements.see")
def agreement(request: HttpRequest, code: str) -> HttpResponse:
    """Draw one agreement."""
    one = agreement_at(request, code)
    viewer, today = viewer_of(request), clock.today()
    file = contents_of(one)
    if file is None:
        raise Http404
    municipality = municipality_of(request)
    here = municipality if municipality in one.municipalities.all() else None
    bodies = bodies_of([one], today, viewer=viewer, municipality=here)
    context = {
        "agreement": one,
        "term": Term(one, today),
        "rules": term_rules(file),
        "file": file,
        "parties": one.parties.filter(is_current=True).select_related("organisation"),
        "bodies": bodies,
        "chain": chain_of(file),
        "annexes": [
            {"annex": annex, "rule": WORDS["signature.rule"][annex.signature.rule]}
            for annex in file.annexes
        ],
        "gates": gates_of(file),
        "focus": file.focus,
        "others": others_of(file),
        "versions": one.versions.all()[:10],
        "may_set_up": viewer.can("agreements.set_up", municipality),
        "room": "avtal",
        "tabs": tabs_of(one, "avtal_sida"),
        "thread": thread_to(one, "")[:2],
    }
    return render(request, "staff/agreements/agreement.html", context)


def chain_of(file: Any) -> list[dict[str, Any]]:
    """What it replaces, prolongs or is replaced by, with a way there where Samsyn has it."""
    codes = [link.agreement for link in file.chain if link.agreement]
    known = set(Agreement.objects.filter(code__in=codes).values_list("code", flat=True))
    return [
        {
            "relation": WORDS["chain.relation"][link.relation],
            "title": link.title,
            "date": link.date,
            "was_prolonged": link.was_prolonged,
            "code": link.agreement if link.agreement in known else "",
        }
        for link in file.chain
    ]


def gates_of(file: Any) -> list[dict[str, str]]:
    return [
        {
            "clause": gate.clause or "",
            "text": gate.text,
            "before": WORDS["gate.before"][gate.before],
            "requires": WORDS["gate.requires"][gate.requires],
        }
        for gate in file.gates
    ]


def others_of(file: Any) -> list[tuple[str, list[str]]]:
    """What else the agreement says: shared costs, resources, what it leaves out, related agreements."""
    groups = (
        (
            _("Delade kostnader"),
            [
                f"{share.matter}: {file.name_of(share.party)} {share.percent:g} %"
                for share in file.cost_shares
            ],
        ),
        (_("Resurser"), [one.text for one in file.resources]),
        (_("Regleras inte"), [one.text for one in file.exclusions]),
        (
            _("Andra avtal"),
            [
                f"{one.title}{f' (sedan {one.since})' if one.since else ''}"
                f"{f', ska revideras {one.revision_text or one.revision}' if one.revision else ''}"
                for one in file.related
            ],
        ),
    )
    return [(title, rows) for title, rows in groups if rows]


@staff_where("agreements.see")
def file(request: HttpRequest, code: str) -> HttpResponse:
    """Give the agreement's file, as it was loaded."""
    one = agreement_at(request, code)
    if one.current_version is None:
        raise Http404
    return HttpResponse(
        one.current_version.text,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{one.code}.yaml"'},
    )
