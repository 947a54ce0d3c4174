"""What stands around every view of the reports: tabs, filter bar, week and its number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.base import clock, words
from samsyn.base.access import Viewer, visible
from samsyn.base.geo.models import Area
from samsyn.base.geo.selectors import current_areas
from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.models import ReportKind, Source, Status
from samsyn.domains.reports.selectors import categories_of, category_names, reports_to_look_at
from samsyn.web.doors import municipality_of, viewer_of
from samsyn.web.staff.reports.filters import (
    ALL_WEEKS,
    KEYS,
    MERGED,
    NEW,
    ReportFilter,
    Week,
    chosen_rows,
    read_filter,
)

WEEKS_OFFERED = 60
WEEKS_AHEAD = 4


@dataclass(frozen=True)
class Choice:
    """One alternative of a filter."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Field:
    """One filter as the bar draws it."""

    key: str
    label: str
    choices: list[Choice]


def tabs(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """Return the tabs of the room; the filter follows along between the three views of the same rows."""
    viewer, municipality = viewer_of(request), municipality_of(request)
    query = query_of(request)
    found = [
        {"label": label, "url": reverse(name) + query, "current": current == name}
        for name, label in (
            ("rapporter", _("Lista")),
            ("rapporter_karta", _("Karta")),
            ("rapporter_tabell", _("Tabell")),
        )
    ]
    if viewer.can("reports.handle", municipality):
        found.append(
            {
                "label": _("Att titta på"),
                "url": reverse("rapporter_ko"),
                "current": current == "rapporter_ko",
                "count": reports_to_look_at(viewer, municipality).count(),
            }
        )
    return found


def query_of(request: HttpRequest) -> str:
    """Return the filter's part of the address, with its question mark; empty where nothing is chosen."""
    kept = request.GET.copy()
    for key in list(kept):
        if key not in (*KEYS, "ordning") or not kept[key]:
            del kept[key]
    return f"?{kept.urlencode()}" if kept else ""


def frame(request: HttpRequest, current: str) -> dict[str, Any]:
    """Return the context that the list, the map and the table have in common."""
    viewer, municipality = viewer_of(request), municipality_of(request)
    chosen = read_filter(request.GET)
    names = category_names(municipality)
    main, more = fields_of(viewer, municipality, chosen, names)
    return {
        "room": "rapporter",
        "tabs": tabs(request, current),
        "chosen": chosen,
        "names": names,
        "main_fields": main,
        "more_fields": more,
        "query": query_of(request),
        "may_handle": viewer.can("reports.handle", municipality),
        **number_of(viewer, municipality, chosen),
        **week_links(chosen),
    }


def fields_of(
    viewer: Viewer, municipality: Organisation, chosen: ReportFilter, names: dict[str, str]
) -> tuple[list[Field], list[Field]]:
    """Return the filters that stand open, and those that stand folded."""
    main = [
        Field("vecka", _("Vecka"), weeks_offered(chosen.week)),
        Field("kategori", _("Kategori"), categories_offered(municipality, chosen.category, names)),
        Field("omrade", _("Område"), areas_offered(viewer, municipality, chosen.area)),
        Field("lage", _("Läge"), choices(statuses(), chosen.status)),
    ]
    more = [
        Field(
            "organisation", _("Organisation"), organisations_offered(viewer, municipality, chosen)
        ),
        Field("kalla", _("Väg in"), choices(Source.choices, chosen.source)),
        Field("slag", _("Slag"), choices(ReportKind.choices, chosen.kind)),
    ]
    # A filter without alternatives only takes room.
    return [one for one in main if len(one.choices) > 1], more


def choices(pairs: Any, chosen: object) -> list[Choice]:
    """Return the alternatives after *all*."""
    wanted = "" if chosen is None else str(chosen)
    found = [Choice("", _("Alla"), not wanted)]
    return found + [Choice(str(v), str(label), str(v) == wanted) for v, label in pairs]


def statuses() -> list[tuple[str, str]]:
    return [(NEW, _("Ny")), *((s.value, str(s.label)) for s in Status), (MERGED, _("Ihopslagen"))]


def weeks_offered(chosen: Week | None) -> list[Choice]:
    """Return all weeks, and this one with those around it; the chosen one is always among them."""
    this = Week.of(clock.today())
    weeks = {this.shifted(back) for back in range(-WEEKS_OFFERED, WEEKS_AHEAD + 1)}
    weeks |= {chosen} if chosen is not None else set()
    found = [Choice(ALL_WEEKS, _("Alla veckor"), chosen is None)]
    for week in sorted(weeks, reverse=True):
        label = f"{week_words(week)} ({words.span(week.monday, week.sunday)})"
        found.append(Choice(str(week), label, week == chosen))
    return found


def week_words(week: Week) -> str:
    """Return `vecka 20`, with the year where it is another than this."""
    text = words.week(week.number)
    return text if week.year == Week.of(clock.today()).year else f"{text}, {week.year}"


def categories_offered(
    municipality: Organisation, chosen: str, names: dict[str, str]
) -> list[Choice]:
    """Return the categories in force, and the chosen one also where it is no longer in force."""
    pairs = [(one.key, one.name) for one in categories_of(municipality)]
    if chosen and chosen not in dict(pairs):
        pairs.append((chosen, names.get(chosen, chosen)))
    return choices(pairs, chosen)


def areas_offered(viewer: Viewer, municipality: Organisation, chosen: int | None) -> list[Choice]:
    """Return the areas of the newest editions, and the chosen one also where it is older."""
    pairs = list(current_areas(viewer, municipality).values_list("pk", "name"))
    if chosen is not None and chosen not in dict(pairs):
        pairs += visible(viewer, Area).filter(pk=chosen).values_list("pk", "name")
    return choices(pairs, chosen)


def organisations_offered(
    viewer: Viewer, municipality: Organisation, chosen: ReportFilter
) -> list[Choice]:
    """Return the organisations that report in the municipality and that the viewer may see."""
    rows = visible(viewer, Organisation).filter(municipalities=municipality) | visible(
        viewer, Organisation
    ).filter(pk=municipality.pk)
    pairs = [(one.pk, one.called) for one in rows.distinct().order_by("name")]
    return choices(pairs, chosen.organisation)


def number_of(viewer: Viewer, municipality: Organisation, chosen: ReportFilter) -> dict[str, Any]:
    """Return the large number: what happened, as the situation picture counts; the rest in a sentence."""
    rows = chosen_rows(viewer, municipality, chosen).order_by()
    # One look through the index for all that is counted on the page.
    sums = list(rows.values_list("kind", "category_key", "organisation").annotate(n=Count("*")))
    kinds: Counter[str] = Counter()
    for kind, _category, _organisation, count in sums:
        kinds[kind] += count
    happened = kinds.get(ReportKind.INCIDENT, 0) + kinds.get(ReportKind.UNSAFE_PLACE, 0)
    what = (
        ngettext("rapport om något som har hänt", "rapporter om något som har hänt", happened)
        if chosen.week is None
        else ngettext(
            "rapport om något som har hänt, %(week)s",
            "rapporter om något som har hänt, %(week)s",
            happened,
        )
        % {"week": week_words(chosen.week)}
    )
    return {
        "sums": sums,
        "total": sum(kinds.values()),
        "number": words.number(happened),
        "what": what,
        "besides": besides(kinds),
    }


def besides(kinds: dict[str, int]) -> str:
    """Return what the large number leaves out, in a sentence; empty where that is nothing."""
    planned, calm = kinds.get(ReportKind.PLANNED_EVENT, 0), kinds.get(ReportKind.NOTHING, 0)
    parts = []
    if planned:
        text = ngettext("%(n)s planerat evenemang", "%(n)s planerade evenemang", planned)
        parts.append(text % {"n": words.number(planned)})
    if calm:
        text = ngettext("%(n)s ”inget att rapportera”", "%(n)s ”inget att rapportera”", calm)
        parts.append(text % {"n": words.number(calm)})
    return _("Dessutom %(what)s.") % {"what": _(" och ").join(parts)} if parts else ""


def week_links(chosen: ReportFilter) -> dict[str, Any]:
    """Return the weeks before and after; none after the last that is offered."""
    if chosen.week is None:
        return {"heading": _("Rapporter, alla veckor")}
    last = Week.of(clock.today()).shifted(WEEKS_AHEAD)
    later = chosen.week.shifted(1)
    return {
        "heading": _("Rapporter, %(week)s") % {"week": week_words(chosen.week)},
        "over": words.span(chosen.week.monday, chosen.week.sunday),
        "earlier_week": chosen.week.shifted(-1),
        "later_week": later if later <= last else None,
        "this_week": Week.of(clock.today()),
    }
