"""What of the reports is shown: read from the address, so that a filter can be linked, kept and downloaded."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.http import QueryDict
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.models import Report, ReportKind, Source, Status
from samsyn.domains.reports.selectors import for_list, reports_in, week_bounds

ALL_WEEKS = "alla"
NEW, MERGED = "ny", "ihopslagen"
# Before there were reports, and beyond any that is planned.
FIRST = dt.datetime(2000, 1, 1, tzinfo=clock.SWEDEN)
LAST = dt.datetime(2100, 1, 1, tzinfo=clock.SWEDEN)

NEWEST_FIRST = ("-starts_at", "-received_at", "-pk")
ORDERS: dict[str, str] = {
    "tid": "starts_at",
    "kategori": "category_key",
    "plats": "place__name",
    "omrade": "area__name",
    "organisation": "organisation__name",
    "mottagen": "received_at",
    "lage": "current_status",
}
KEYS = ("vecka", "kategori", "omrade", "kalla", "organisation", "slag", "lage", "plats", "punkt")


@dataclass(frozen=True, order=True)
class Week:
    """An ISO week."""

    year: int
    number: int

    @classmethod
    def of(cls, day: dt.date) -> Week:
        iso = day.isocalendar()
        return cls(iso.year, iso.week)

    @classmethod
    def read(cls, text: str) -> Week | None:
        """Return the week of `2026-W20`; None where there is no such week."""
        found = re.fullmatch(r"(20\d\d)-W(\d\d)", text)
        if found is None:
            return None
        week = cls(int(found[1]), int(found[2]))
        try:
            dt.date.fromisocalendar(week.year, week.number, 1)
        except ValueError:
            return None
        return week

    @property
    def monday(self) -> dt.date:
        return dt.date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> dt.date:
        return self.monday + dt.timedelta(days=6)

    def shifted(self, weeks: int) -> Week:
        return Week.of(self.monday + dt.timedelta(weeks=weeks))

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"


@dataclass(frozen=True)
class ReportFilter:
    """The choices. `week` None is all weeks; an empty text and None are no choice."""

    week: Week | None
    category: str = ""
    area: int | None = None
    source: str = ""
    organisation: int | None = None
    kind: str = ""
    status: str = ""
    place: int | None = None
    point: tuple[float, float] | None = None
    order: str = ""
    problem: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything besides the week is chosen."""
        return any(
            (self.category, self.area, self.source, self.organisation, self.kind, self.status)
        ) or bool(self.place or self.point)

    @property
    def is_narrowed_further(self) -> bool:
        """Whether any of the choices is made that stand folded."""
        return any((self.source, self.organisation, self.kind))


def read_filter(query: QueryDict) -> ReportFilter:
    """Return the filter of an address. What makes no sense is left out; a week that is not is told of."""
    text = query.get("vecka", "")
    week, problem = Week.read(text), ""
    if week is None and text != ALL_WEEKS:
        week = Week.of(clock.today())
        if text:
            problem = _("Veckan i adressen finns inte. Här visas den här veckan.")
    return ReportFilter(
        week=week,
        category=short(query.get("kategori", ""), 10),
        area=number(query.get("omrade", "")),
        source=one_of(query.get("kalla", ""), Source.values),
        organisation=number(query.get("organisation", "")),
        kind=one_of(query.get("slag", ""), ReportKind.values),
        status=one_of(query.get("lage", ""), [NEW, MERGED, *Status.values]),
        place=number(query.get("plats", "")),
        point=point(query.get("punkt", "")),
        order=one_of(query.get("ordning", ""), [*ORDERS, *(f"-{key}" for key in ORDERS)]),
        problem=problem,
    )


def short(text: str, length: int) -> str:
    return text.replace("\x00", "")[:length]


def number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def one_of(text: str, known: Collection[str]) -> str:
    return text if text in known else ""


def point(text: str) -> tuple[float, float] | None:
    """Return longitude and latitude of `22.15,65.58`."""
    try:
        longitude, latitude = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return (longitude, latitude) if math.isfinite(longitude + latitude) else None


def chosen_rows(
    viewer: Viewer, municipality: Organisation, chosen: ReportFilter
) -> QuerySet[Report]:
    """Return the visible reports that the filter takes, in no order."""
    start, end = week_bounds(chosen.week.year, chosen.week.number) if chosen.week else (FIRST, LAST)
    rows = reports_in(
        viewer,
        municipality,
        start,
        end,
        categories=[chosen.category] if chosen.category else (),
        areas=[chosen.area] if chosen.area else (),
        sources=[chosen.source] if chosen.source else (),
        kinds=[chosen.kind] if chosen.kind else (),
        organisations=[chosen.organisation] if chosen.organisation else (),
        merged=chosen.status == MERGED,
    )
    if chosen.place is not None:
        rows = rows.filter(place=chosen.place)
    if chosen.point is not None:
        rows = rows.filter(longitude=chosen.point[0], latitude=chosen.point[1])
    return at_step(rows, chosen.status)


def at_step(rows: QuerySet[Report], status: str) -> QuerySet[Report]:
    """Return those rows that have come so far: new, merged, or by their newest step."""
    if status == MERGED:
        return rows.filter(merged_into__isnull=False)
    if status == NEW:
        return rows.filter(statuses=None)
    return for_list(rows).filter(Q(("current_status", status))) if status else rows


def listed(rows: QuerySet[Report], chosen: ReportFilter) -> QuerySet[Report]:
    """Return the rows with what a list shows, in the chosen order."""
    return for_list(rows).defer("area__geometry").order_by(*order_of(chosen.order))


def order_of(order: str) -> list[str | OrderBy]:
    """Return the order; rows without a value stand last."""
    if not order:
        return [*NEWEST_FIRST]
    column = F(ORDERS[order.removeprefix("-")])
    by = column.desc(nulls_last=True) if order.startswith("-") else column.asc(nulls_last=True)
    return [by, *NEWEST_FIRST]
