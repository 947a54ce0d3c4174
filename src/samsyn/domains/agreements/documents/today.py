"""What documents and renewal put on *Idag*, and what the search box finds of them."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from samsyn.base import clock, words
from samsyn.base.access import Viewer, visible
from samsyn.base.links import Link
from samsyn.base.orgs.models import Organisation
from samsyn.base.search import SearchHit
from samsyn.base.today import TodayCard
from samsyn.domains.agreements.documents.renewal import has_next, renewal_due
from samsyn.domains.agreements.documents.rules import State
from samsyn.domains.agreements.documents.selectors import documents_of, waiting_for
from samsyn.domains.agreements.models import Agreement, Document, DocumentVersion
from samsyn.domains.agreements.selectors.agreements import Term


def document_cards(viewer: Viewer, municipality: Organisation) -> list[TodayCard]:
    """Return what waits for her answer, what waits for others, and agreements to renew."""
    today = clock.today()
    rows = (
        visible(viewer, Agreement)
        .filter(municipalities=municipality, kind=Agreement.Kind.AGREEMENT)
        .exclude(state=Agreement.State.ENDED)
        .select_related("current_version")
    )
    found: list[TodayCard] = []
    if viewer.can("agreements.set_up", municipality):
        found += lapsed_card(list(rows), today)
    for agreement in rows:
        if agreement.is_expired(today):
            continue
        found += answer_cards(viewer, agreement)
        if viewer.can("documents.work", municipality):
            found += others_card(viewer, agreement)
        if viewer.can("agreements.set_up", municipality):
            found += renewal_card(agreement)
    return found


def answer_cards(viewer: Viewer, agreement: Agreement) -> list[TodayCard]:
    return [
        TodayCard(
            key=f"documents.answer.{version.pk}.{party.pk}",
            title=version.document.called,
            text=_("%(title)s väntar på ditt godkännande för %(party)s.")
            % {"title": version.document.title, "party": party},
            link=Link("document", str(version.document_id)),
            action=_("Läs och godkänn"),
            tone="waiting",
            order=14,
        )
        for version, party in waiting_for(viewer, agreement)
    ]


def others_card(viewer: Viewer, agreement: Agreement) -> list[TodayCard]:
    waiting = [
        one
        for one in documents_of(agreement, viewer=viewer)
        if one.on_its_way and one.on_its_way.state == State.DECIDED
    ]
    if not waiting:
        return []
    first = waiting[0]
    return [
        TodayCard(
            key=f"documents.others.{agreement.pk}",
            title=_("Dokument som inte gäller än"),
            text=first.sentence,
            link=Link("document", str(first.document.pk))
            if len(waiting) == 1
            else Link("documents", agreement.code),
            action=_("Öppna"),
            number=words.number(len(waiting)),
            tone="waiting",
            order=36,
        )
    ]


def renewal_card(agreement: Agreement) -> list[TodayCard]:
    """Say that the year has come in which the agreement says that a new one is made (K28).

    That it expires within 12, 6 or 3 months is on a card of its own, beside the agreement's others.
    """
    term = Term(agreement, clock.today())
    if term.warning_months is not None or not renewal_due(agreement, term.on):
        return []
    if has_next(agreement):
        return []
    return [
        TodayCard(
            key=f"agreements.renewal.{agreement.pk}",
            title=_("Dags för nästa avtal"),
            text=_("%(title)s säger att ett nytt avtal tas fram i år. Det går ut %(day)s.")
            % {"title": agreement.title, "day": words.date(agreement.ends_on)},
            link=Link("agreement_renewal", agreement.code),
            action=_("Börja på nästa avtal"),
            tone="waiting",
            order=50,
        )
    ]


def lapsed_card(agreements: list[Agreement], today: dt.date) -> list[TodayCard]:
    """Say that the last agreement has expired and none has taken over (L05, U14)."""
    started = [one for one in agreements if one.state == Agreement.State.STARTED]
    if not started or any(not one.is_expired(today) for one in started):
        return []
    last = max(started, key=lambda one: (one.ends_on or today, one.pk))
    return [
        TodayCard(
            key=f"agreements.lapsed.{last.pk}",
            title=_("Inget avtal gäller"),
            text=_("%(title)s gick ut %(day)s. Inget nytt avtal har tagit vid.")
            % {"title": last.title, "day": words.date(last.ends_on)},
            link=Link("agreement_renewal", last.code),
            action=_("Börja på nästa avtal"),
            tone="late",
            order=28,
        )
    ]


def find_documents(viewer: Viewer, sought: str, limit: int) -> list[SearchHit]:
    """Return the documents whose title or diary number holds `sought`."""
    seen = visible(viewer, DocumentVersion).filter(diary_number__icontains=sought)
    rows = visible(viewer, Document).filter(
        Q(title__icontains=sought) | Q(pk__in=seen.values("document"))
    )
    return [
        SearchHit(_("Dokument"), str(one), one.title, Link("document", str(one.pk)))
        for one in rows[:limit]
    ]
