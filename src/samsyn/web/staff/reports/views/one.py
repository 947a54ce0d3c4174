"""One report: what, where, when; what has been done with it; and what can be done now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samsyn.base import clock, words
from samsyn.base.access import Viewer, visible
from samsyn.domains.reports.models import Merge, Report, ReportKind
from samsyn.domains.reports.selectors import (
    MergeSuggestion,
    categories_of,
    category_names,
    kept_apart_from,
    recipients_of,
    suggestions_for,
    with_history,
)
from samsyn.domains.reports.services import show_reporter
from samsyn.web.doors import get_visible, staff, viewer_of
from samsyn.web.staff.places import shapes
from samsyn.web.staff.reports import forms
from samsyn.web.staff.reports.lines import Line, label_of, line_of
from samsyn.web.staff.reports.merging import Pair, pairs_of
from samsyn.web.staff.reports.neighbours import neighbours_of

ACTIONS = ("handle", "correct", "merge", "route", "answer", "see_reporter")


@require_GET
@staff
def report_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the report."""
    report = get_visible(viewer_of(request), Report, pk=pk)
    return show(request, report)


@require_POST
@staff
def reporter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the report with who sent it. That one looked is logged; the page is kept nowhere."""
    report = get_visible(viewer_of(request), Report, pk=pk)
    sender = show_reporter(actor=viewer_of(request), report=report)
    return show(request, report, sender=sender, asked=True)


def show(request: HttpRequest, report: Report, **more: Any) -> HttpResponse:
    """Draw the page. `more` may hold a bound form (correction, quick_fix, answer) or the sender."""
    viewer = viewer_of(request)
    report = (
        with_history(visible(viewer, Report))
        .select_related("municipality")
        .defer("area__geometry")
        .get(pk=report.pk)
    )
    names = category_names(report.municipality_id)
    may = {name: viewer.can(f"reports.{name}", report.municipality_id) for name in ACTIONS}
    line = line_of(report, names)
    context = {
        "room": "rapporter",
        "report": report,
        "line": line,
        "may": may,
        "any_action": any(may.values()),
        "facts": facts_of(report, line),
        "history": history_of(report, names, viewer),
        "apart": kept_apart_from(viewer, report) if may["merge"] else [],
        "duplicates": merged_here(report, viewer),
        "merged_into": visible_target(report, viewer),
        "pairs": pairs_here(report, viewer, names) if may["merge"] else [],
        "neighbours": neighbours_of(request, report),
        "map_svg": drawing(report, viewer),
        **action_forms(report, viewer, may),
        **more,
    }
    answer = render(request, "staff/reports/report.html", context)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def action_forms(report: Report, viewer: Viewer, may: dict[str, bool]) -> dict[str, Any]:
    """Return the forms of what the viewer may do with the report."""
    recipients = recipients_of(viewer, report.municipality_id)
    return {
        "correction": forms.CorrectionForm(
            categories=categories_of(report.municipality_id), prefix="ratta"
        )
        if may["correct"]
        else None,
        "quick_fix": forms.QuickFixForm(recipients=recipients, prefix="atgard")
        if may["route"]
        else None,
        "has_recipients": may["route"] and recipients.exists(),
        "answer": forms.AnswerForm(prefix="svar") if may["answer"] else None,
    }


def facts_of(report: Report, line: Line) -> list[tuple[str, str]]:
    """Return the report's facts; what was not given is left out."""
    police = {True: _("Ja"), False: _("Nej"), None: ""}[report.reported_to_police]
    pairs = [
        (_("Slag"), str(report.get_kind_display())),
        (_("Område"), report.area.name if report.area is not None else ""),
        (_("Antal"), line.people),
        (_("Polisanmält"), police),
        (_("Organisation"), report.organisation.called),
        (_("Väg in"), str(report.get_source_display())),
        (_("Mottagen"), words.moment(report.received_at.astimezone(clock.SWEDEN))),
    ]
    return [(key, value) for key, value in pairs if value]


def drawing(report: Report, viewer: Viewer) -> str:
    """Return where it was among the named places, as SVG; empty where the report has no point."""
    if report.longitude is None or report.latitude is None:
        return ""
    label = report.where or _("Punkt på kartan")
    mark = shapes.Mark(report.longitude, report.latitude, 1, label)
    around = shapes.without(shapes.named_places(viewer, report.municipality), [mark])
    return shapes.draw_svg(report.municipality, [mark], label, around=around)


@dataclass(frozen=True)
class Event:
    """One line of the history."""

    when: dt.datetime
    text: str
    who: str = ""
    more: str = ""


def history_of(report: Report, names: dict[str, str], viewer: Viewer) -> list[Event]:
    """Return everything that has happened to the report, newest first."""
    found = [
        Event(one.at, label_of(one.status), one.by_label)
        for one in report.statuses.all()
        if one.status in {"seen", "closed"}
    ]
    found += [
        Event(
            one.at,
            _("Kategorin rättades från %(old)s till %(new)s")
            % {
                "old": names.get(one.old_key, one.old_key),
                "new": names.get(one.new_key, one.new_key),
            },
            one.by_label,
            one.reason,
        )
        for one in report.corrections.all()
    ]
    for fix in report.quick_fixes.all():
        text = _("Skickades vidare till %(name)s") % {"name": fix.recipient.name}
        failed = _("Mejlet gick inte iväg. Försök igen eller ring.") if fix.failure else fix.message
        found.append(Event(fix.at, text, fix.by_label, failed))
    found += [
        Event(one.at, _("Rapportören fick svar"), one.by_label, one.text)
        for one in report.answers.all()
    ]
    found += merge_events(report, viewer)
    # Last, so that it stays below what happened in the same minute.
    found.append(Event(report.received_at, _("Rapporten kom in")))
    return sorted(found, key=lambda one: one.when, reverse=True)


def merge_events(report: Report, viewer: Viewer) -> list[Event]:
    """Return when the report was merged into another and taken out again, for those who handle reports."""
    rows = visible(viewer, Merge).filter(report=report).select_related("into")
    found = []
    for one in rows:
        said = _("Slogs ihop med %(number)s") % {"number": one.into.number}
        found.append(Event(one.at, said, one.by_label))
        if one.undone_at:
            found.append(Event(one.undone_at, _("Sammanslagningen ångrades"), one.undone_by_label))
    return found


def merged_here(report: Report, viewer: Viewer) -> list[Line]:
    """Return the visible reports that were merged into this one."""
    rows = visible(viewer, Report).filter(merged_into=report)
    rows = rows.select_related("place", "area", "organisation").defer("area__geometry")
    names = category_names(report.municipality_id)
    return [line_of(one, names) for one in rows.order_by("starts_at", "pk")]


def visible_target(report: Report, viewer: Viewer) -> Report | None:
    """Return the report that this one was merged into, where the viewer may see it."""
    if report.merged_into_id is None:
        return None
    return visible(viewer, Report).filter(pk=report.merged_into_id).first()


def pairs_here(report: Report, viewer: Viewer, names: dict[str, str]) -> list[Pair]:
    """Return the pairs of this report that look alike, unless it is merged already."""
    if report.merged_into_id is not None or report.kind == ReportKind.NOTHING:
        return []
    suggestions: list[MergeSuggestion] = suggestions_for(viewer, report)
    return pairs_of(suggestions, names)
