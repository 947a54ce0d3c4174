"""The rows behind a sentence, each kind of source in its own way, and only what the viewer may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from samsyn.base.access import Viewer, visible
from samsyn.base.clock import SWEDEN
from samsyn.base.links import Link
from samsyn.base.orgs.models import Organisation
from samsyn.domains.registered.models import BraFigure, PoliceEvent, RegisteredCrime
from samsyn.domains.reports.models import Report, ReportKind
from samsyn.domains.reports.selectors.categories import categories_of
from samsyn.domains.situation.result import Source
from samsyn.domains.situation.weeks import Week
from samsyn.formats import swedish
from samsyn.web.links import url_of

MOST = 300
COUNTED = (ReportKind.INCIDENT, ReportKind.UNSAFE_PLACE)


@dataclass(frozen=True)
class Row:
    """One row: when, what, and where it can be opened."""

    when: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Group:
    """The rows of one source: how many there are, the first of them, and what to know about them."""

    title: str
    rows: tuple[Row, ...]
    total: int
    note: str = ""


def rows_behind(viewer: Viewer, source: Source) -> Group:
    """Return the rows of the source."""
    return READERS.get(source.kind, nothing)(viewer, source)


def nothing(viewer: Viewer, source: Source) -> Group:
    return Group(
        source.label or _("Annan källa"), (), 0, _("Den här källan har inga rader att öppna.")
    )


def places_of(source: Source) -> Q:
    """Return the condition on the organisation that the source's look-up names."""
    if "municipality" in source.filter:
        return Q(municipality_code=source.filter["municipality"])
    return Q(present__slug=source.filter.get("police_area", ""))


def local(moment: Any) -> str:
    return swedish.moment(moment.astimezone(SWEDEN))


def reports(viewer: Viewer, source: Source) -> Group:
    """The reports of the week, narrowed as the sentence says; by their ids where it names them."""
    places = Organisation.objects.filter(places_of(source))
    rows = visible(viewer, Report).filter(municipality__in=places, merged_into=None)
    narrowing = source.filter
    if source.ids:
        rows = visible(viewer, Report).filter(pk__in=source.ids)
    if "week" in narrowing:
        week = Week.parse(narrowing["week"])
        rows = rows.filter(iso_year=week.year, iso_week=week.number)
    if "category" in narrowing:
        rows = rows.filter(category_key=narrowing["category"])
    if narrowing.get("place") == "none":
        rows = rows.filter(place=None, longitude=None)
    elif "place" in narrowing:
        rows = rows.filter(
            Q(place__name=narrowing["place"]) | Q(place=None, place_text=narrowing["place"])
        )
    if "area" in narrowing:
        rows = rows.filter(area__code=narrowing["area"])
    if "kind" in narrowing:
        rows = rows.filter(kind=narrowing["kind"])
    elif not source.ids:
        # What a sentence counts: calm reports and planned events are told apart.
        rows = rows.filter(kind__in=COUNTED)
    first = places.first()
    names = {one.key: one.name for one in categories_of(first)} if first is not None else {}
    found = rows.select_related("place", "organisation").order_by("starts_at")[:MOST]
    shown = tuple(
        Row(
            local(one.starts_at),
            ", ".join(
                part
                for part in (names.get(one.category_key, one.category_key), one.where, one.note)
                if part
            ),
            url_of(Link("report", str(one.pk))),
        )
        for one in found
    )
    return Group(_("Rapporter"), shown, rows.count(), gone(shown))


def gone(rows: tuple[Row, ...]) -> str:
    """Return what is said where no row is left or open."""
    return (
        ""
        if rows
        else _(
            "Raderna är gallrade, eller så får du inte se dem. Siffrorna är sparade i lägesbilden."
        )
    )


def police_events(viewer: Viewer, source: Source) -> Group:
    rows = visible(viewer, PoliceEvent).filter(
        police_id__in=[int(key) for key in source.ids if key.isdecimal()]
    )
    shown = tuple(
        Row(local(one.event_at), one.title, url_of(Link("police_event", str(one.police_id))))
        for one in rows.order_by("event_at")[:MOST]
    )
    return Group(_("Polisens händelser"), shown, len(shown), gone(shown) if source.ids else "")


def month_of(source: Source) -> tuple[int, int]:
    year, month = source.filter.get("month", "0-0").split("-")
    return int(year), int(month)


def bra(viewer: Viewer, source: Source) -> Group:
    year, month = month_of(source)
    codes = list(
        Organisation.objects.filter(places_of(source)).values_list("municipality_code", flat=True)
    )
    codes = codes or [source.filter.get("municipality", "")]
    rows = visible(viewer, BraFigure).filter(
        municipality_code__in=codes, is_current=True, period_kind="month", year=year, period=month
    )
    shown = tuple(
        Row(
            f"{year}-{month:02d}",
            f"{one.offence}: {swedish.number(one.count) if one.count is not None else '..'}",
        )
        for one in rows.order_by("level", "offence")[:MOST]
    )
    return Group(_("Siffror från Brå"), shown, rows.count(), gone(shown))


def police_list(viewer: Viewer, source: Source) -> Group:
    year, month = month_of(source)
    places = Organisation.objects.filter(places_of(source))
    rows = visible(viewer, RegisteredCrime).filter(
        municipality__in=places, is_current=True, month_registered=year * 100 + month
    )
    shown = tuple(
        Row(
            local(one.starts_at) if one.starts_at else f"{year}-{month:02d}",
            " ".join(part for part in (one.category_key, one.crime_code, one.area_name) if part),
        )
        for one in rows[:MOST]
    )
    return Group(_("Polisens lista"), shown, rows.count(), gone(shown))


READERS = {
    "reports": reports,
    "planned": reports,
    "police_events": police_events,
    "bra": bra,
    "police_list": police_list,
}
