"""What the agreements put on Idag: what is late, what is due this month, what expires."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.base import clock, words
from samsyn.base.access import Viewer, visible
from samsyn.base.links import Link
from samsyn.base.orgs.models import Organisation
from samsyn.base.search import SearchHit
from samsyn.base.today import TodayCard
from samsyn.domains.agreements.judging import CommitmentStatus
from samsyn.domains.agreements.models import Agreement, Body, Commitment
from samsyn.domains.agreements.selectors.agreements import Term
from samsyn.domains.agreements.selectors.status import status_of

A_MONTH = dt.timedelta(days=31)


def agreement_cards(viewer: Viewer, municipality: Organisation) -> Sequence[TodayCard]:
    """Return at most three cards per started agreement: late, due within a month, expiring."""
    if not viewer.can("agreements.see", municipality):
        return []
    today = clock.today()
    cards = awaited_cards(viewer, municipality)
    started = visible(viewer, Agreement).filter(
        municipalities=municipality, kind=Agreement.Kind.AGREEMENT, state=Agreement.State.STARTED
    )
    for agreement in started:
        term = Term(agreement, today)
        if term.expired or term.not_begun:
            continue
        statuses = status_of(agreement, today, viewer=viewer, municipality=municipality)
        cards += late_cards(agreement, statuses)
        cards += due_cards(agreement, statuses, today)
        cards += expiry_cards(term, may_renew=viewer.can("agreements.set_up", municipality))
    return cards


def awaited_cards(viewer: Viewer, municipality: Organisation) -> list[TodayCard]:
    """A joint agreement that somebody else has loaded waits for this municipality's yes (H01)."""
    if not viewer.can("agreements.set_up", municipality):
        return []
    waits = visible(viewer, Agreement).filter(
        municipalities=municipality, kind=Agreement.Kind.AGREEMENT, state=Agreement.State.PREPARED
    )
    asked = waits.filter(agreed_in__isnull=False).exclude(agreed_in=municipality)
    return [
        TodayCard(
            key=f"agreement-awaited-{one.code}",
            title=_("Ett avtal väntar på ert ja"),
            text=_(
                "%(title)s gäller flera kommuner. Granska året och säg ja, eller hör med de andra."
            )
            % {"title": one.title},
            link=Link("agreement", one.code),
            action=_("Till avtalet"),
            number="",
            tone="waiting",
            order=40,
        )
        for one in asked.distinct()
    ]


def late_cards(agreement: Agreement, statuses: list[CommitmentStatus]) -> list[TodayCard]:
    late = [each for each in statuses if each.name == "late"]
    if not late:
        return []
    title = ngettext("%(n)s åtagande är försenat", "%(n)s åtaganden är försenade", len(late))
    return [
        TodayCard(
            key=f"agreement-late-{agreement.code}",
            title=title % {"n": len(late)},
            text=late[0].state.why,
            link=Link("agreement_status", agreement.code),
            action=_("Se läget i avtalet"),
            number=str(len(late)),
            tone="late",
            order=30,
        )
    ]


def due_cards(
    agreement: Agreement, statuses: list[CommitmentStatus], today: dt.date
) -> list[TodayCard]:
    due = sorted(
        (each for each in statuses if each.name == "due" and each.state.due),
        key=lambda each: each.state.due or today,
    )
    near = [each for each in due if each.state.due and each.state.due - today <= A_MONTH]
    if not near:
        return []
    first = near[0]
    return [
        TodayCard(
            key=f"agreement-due-{agreement.code}",
            title=_("Förfaller i avtalet inom en månad"),
            text=f"{first.commitment.subject}: {first.state.why}",
            link=Link("agreement_status", agreement.code),
            action=_("Se läget i avtalet"),
            number=str(len(near)),
            tone="waiting",
            order=35,
        )
    ]


def expiry_cards(term: Term, *, may_renew: bool) -> list[TodayCard]:
    if term.warning_months is None or term.agreement.ends_on is None:
        return []
    return [
        TodayCard(
            key=f"agreement-expires-{term.agreement.code}",
            title=_("Avtalet går ut"),
            text=_("%(title)s gäller till och med %(day)s. Börja på nästa avtal i tid.")
            % {"title": term.agreement.title, "day": words.date(term.agreement.ends_on)},
            link=Link("agreement_renewal", term.agreement.code)
            if may_renew
            else Link("agreement", term.agreement.code),
            action=_("Börja på nästa avtal") if may_renew else _("Till avtalet"),
            number=str(term.days_left),
            tone="late" if term.warning_months == 3 else "waiting",
            order=50,
        )
    ]


def find_agreements(viewer: Viewer, sought: str, limit: int) -> Sequence[SearchHit]:
    """Return agreements, commitments and bodies whose words hold `sought`."""
    hits = [
        SearchHit(_("Avtal"), one.title, one.get_state_display(), Link("agreement", one.code))
        for one in visible(viewer, Agreement).filter(
            title__icontains=sought, kind=Agreement.Kind.AGREEMENT
        )[:limit]
    ]
    commitments = visible(viewer, Commitment).filter(is_current=True)
    found = commitments.filter(subject__icontains=sought) | commitments.filter(
        text__icontains=sought
    )
    hits += [
        SearchHit(
            _("Åtagande"), one.subject, f"{one.clause}. {one.text}", Link("commitment", str(one.pk))
        )
        for one in found.distinct()[:limit]
    ]
    bodies = visible(viewer, Body).filter(name__icontains=sought, is_current=True)
    hits += [
        SearchHit(_("Organ"), one.name, one.agreement.title, Link("body", str(one.pk)))
        for one in bodies.select_related("agreement")[:limit]
    ]
    return hits[:limit]
