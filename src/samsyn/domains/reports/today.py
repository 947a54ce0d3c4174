"""What reports put on *Idag* and in the search box."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.base import clock, words
from samsyn.base.access import Viewer
from samsyn.base.links import Link
from samsyn.base.orgs.models import Organisation
from samsyn.base.search import SearchHit
from samsyn.base.today import TodayCard
from samsyn.domains.reports.selectors.categories import category_names
from samsyn.domains.reports.selectors.reading import reports_to_look_at, search_reports
from samsyn.domains.reports.selectors.silence import silent_organisations

SILENT_SHOWN = 3


def report_cards(viewer: Viewer, municipality: Organisation) -> list[TodayCard]:
    """Return the cards of who handles reports: those to look at, and who is silent."""
    if not viewer.can("reports.handle", municipality):
        return []
    return [*new_reports_card(viewer, municipality), *silence_card(viewer, municipality)]


def new_reports_card(viewer: Viewer, municipality: Organisation) -> list[TodayCard]:
    count = reports_to_look_at(viewer, municipality).count()
    if not count:
        return []
    text = ngettext(
        "En rapport har kommit som ingen har tittat på.",
        "%(count)s rapporter har kommit som ingen har tittat på.",
        count,
    ) % {"count": words.number(count)}
    return [
        TodayCard(
            key="reports.new",
            title=_("Rapporter att titta på"),
            text=text,
            link=Link("report_queue"),
            action=_("Öppna rapporterna"),
            number=words.number(count),
            tone="waiting",
            order=20,
        )
    ]


def silence_card(viewer: Viewer, municipality: Organisation) -> list[TodayCard]:
    silent = silent_organisations(viewer, municipality)
    if not silent:
        return []
    sentences = " ".join(one.sentence for one in silent[:SILENT_SHOWN])
    rest = len(silent) - SILENT_SHOWN
    if rest > 0:
        more = ngettext("Och en till.", "Och %(count)s till.", rest) % {"count": rest}
        sentences = f"{sentences} {more}"
    return [
        TodayCard(
            key="reports.silent",
            title=_("Tysta"),
            text=sentences,
            link=Link("report_list"),
            action=_("Se vilka som rapporterar"),
            number=words.number(len(silent)),
            tone="waiting",
            order=30,
        )
    ]


def report_hits(viewer: Viewer, sought: str, limit: int) -> list[SearchHit]:
    """Return the reports that hold the words."""
    names: dict[int, dict[str, str]] = {}
    hits = []
    for report in search_reports(viewer, sought, limit):
        named = names.setdefault(report.municipality_id, category_names(report.municipality_id))
        moment = words.moment(report.starts_at.astimezone(clock.SWEDEN))
        hits.append(
            SearchHit(
                kind=_("Rapport"),
                title=f"{named.get(report.category_key, report.category_key)}, {report.where or _('utan plats')}",
                text=f"{moment}. {report.note}".strip(),
                link=Link("report", str(report.pk)),
            )
        )
    return hits
