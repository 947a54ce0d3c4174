"""The rows behind a sentence: a number leads back to its source, date and rule (C04)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from samsyn.base.access import Viewer, visible
from samsyn.base.orgs.models import Organisation
from samsyn.domains.registered.models import BraFigure, PoliceEvent, RegisteredCrime
from samsyn.domains.reports.models import Report
from samsyn.domains.situation.numbers.report_rows import HAPPENED, LATE_WEEKS
from samsyn.domains.situation.result import Source
from samsyn.domains.situation.weeks import Week


@dataclass(frozen=True)
class RowsBehind:
    """The rows of one source that the viewer may open. `kind` says which of the sets is filled.

    `period` is the week or month in words of the filter; `read_on` the days they were read in.
    """

    kind: str
    label: str
    period: str
    rows: QuerySet[Any]


def rows_behind(viewer: Viewer, source: Source) -> RowsBehind | None:
    """Return the rows that `source` points at, those she may see; None for a source without rows
    (a risk date, an organisation)."""
    finder = FINDERS.get(source.kind)
    if finder is None:
        return None
    period = source.filter.get("week") or source.filter.get("month", "")
    return RowsBehind(source.kind, source.label, period, finder(viewer, source))


def municipalities_of(source: Source) -> QuerySet[Organisation]:
    """Return the municipality of the filter, or those of its police area."""
    if "police_area" in source.filter:
        return Organisation.objects.filter(present__slug=source.filter["police_area"])
    return Organisation.objects.filter(municipality_code=source.filter.get("municipality", "-"))


def report_rows(viewer: Viewer, source: Source) -> QuerySet[Report]:
    """Return the reports of the filter; by id where ids are given."""
    rows = visible(viewer, Report).select_related("place", "area", "organisation")
    if source.ids:
        return rows.filter(pk__in=source.ids)
    wanted = source.filter
    rows = rows.filter(municipality__in=municipalities_of(source), merged_into=None)
    rows = rows.filter(kind=wanted["kind"]) if "kind" in wanted else rows.filter(kind__in=HAPPENED)
    week = Week.parse(wanted["week"])
    if wanted.get("late"):
        earlier = week.shifted(-LATE_WEEKS).starts
        return rows.filter(
            starts_at__gte=earlier,
            starts_at__lt=week.starts,
            received_at__gte=week.starts,
            received_at__lt=week.ends,
        )
    rows = rows.filter(starts_at__gte=week.starts, starts_at__lt=week.ends)
    if wanted.get("to_police"):
        rows = rows.filter(reported_to_police=True)
    if "category" in wanted:
        rows = rows.filter(category_key=wanted["category"])
    if "area" in wanted:
        rows = rows.filter(area__code=wanted["area"])
    return rows.filter(at_place(wanted["place"])) if "place" in wanted else rows


def at_place(name: str) -> Q:
    """Return the condition that a report is at the named or described place; `none` is without any."""
    if name == "none":
        return Q(place=None, place_text="", longitude=None)
    return Q(place__name__iexact=name) | Q(place=None, place_text__iexact=name)


def event_rows(viewer: Viewer, source: Source) -> QuerySet[PoliceEvent]:
    return visible(viewer, PoliceEvent).filter(police_id__in=[int(one) for one in source.ids])


def bra_rows(viewer: Viewer, source: Source) -> QuerySet[BraFigure]:
    month = month_of(source)
    return visible(viewer, BraFigure).filter(
        municipality_code__in=municipality_codes(source),
        period_kind=BraFigure.PeriodKind.MONTH,
        year=month.year,
        period=month.month,
        is_current=True,
    )


def list_rows(viewer: Viewer, source: Source) -> QuerySet[RegisteredCrime]:
    month = month_of(source)
    return visible(viewer, RegisteredCrime).filter(
        municipality__in=municipalities_of(source),
        month_registered=month.year * 100 + month.month,
        is_current=True,
    )


def municipality_codes(source: Source) -> list[str]:
    """Return the codes; a municipality need not have an organisation here to have figures."""
    if "municipality" in source.filter:
        return [source.filter["municipality"]]
    return list(municipalities_of(source).values_list("municipality_code", flat=True))


def month_of(source: Source) -> dt.date:
    return dt.date.fromisoformat(f"{source.filter['month']}-01")


FINDERS = {
    "reports": report_rows,
    "police_events": event_rows,
    "bra": bra_rows,
    "police_list": list_rows,
}
