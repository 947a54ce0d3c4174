"""Who is silent: silence is shown apart from calm."""

from __future__ import annotations

import datetime as dt

from django.db.models import Min

from samsyn.base import clock
from samsyn.base.access import Viewer, visible
from samsyn.base.orgs.models import Organisation, SchoolYear
from samsyn.domains.reports.models import Report
from samsyn.domains.reports.rules import Silence, silent_weeks

LOOK_BACK = 26


def silent_organisations(
    viewer: Viewer, municipality: Organisation, on: dt.date | None = None
) -> list[Silence]:
    """Return the organisations that usually report every week but have not, the longest silent first.

    Whole ISO weeks before `on` (today) are read; weeks inside the municipality's summer pause are left
    out. Only what the viewer may see is read: who sees all reports of the municipality gets all names.
    """
    this_monday = monday_of(on or clock.today())
    weeks = [this_monday - dt.timedelta(weeks=back) for back in range(LOOK_BACK, 0, -1)]
    pauses = pauses_of(municipality)
    weeks = [one for one in weeks if not any(first <= one <= last for first, last in pauses)]
    if not weeks:
        return []
    sent = weeks_with_reports(viewer, municipality, weeks[0], this_monday)
    names = Organisation.objects.in_bulk(sent)
    found = [
        Silence(names[key].called, silent_weeks([week in seen for week in weeks]), key)
        for key, seen in sent.items()
    ]
    return sorted(
        (one for one in found if one.weeks), key=lambda one: (-one.weeks, one.organisation)
    )


def weeks_with_reports(
    viewer: Viewer, municipality: Organisation, first: dt.date, before: dt.date
) -> dict[int, set[dt.date]]:
    """Return organisation → the Mondays of the weeks in which it sent any report."""
    start = dt.datetime.combine(first, dt.time(), tzinfo=clock.SWEDEN)
    end = dt.datetime.combine(before, dt.time(), tzinfo=clock.SWEDEN)
    rows = (
        visible(viewer, Report)
        .filter(municipality=municipality, starts_at__gte=start, starts_at__lt=end)
        .order_by()
        .values_list("organisation", "iso_year", "iso_week")
        .annotate(Min("starts_at"))
    )
    sent: dict[int, set[dt.date]] = {}
    for organisation, year, week, _first in rows:
        sent.setdefault(organisation, set()).add(dt.date.fromisocalendar(year, week, 1))
    return sent


def pauses_of(municipality: Organisation) -> list[tuple[dt.date, dt.date]]:
    """Return the summer pauses that the municipality has decided."""
    rows = SchoolYear.objects.filter(municipality=municipality).values_list(
        "summer_pause_starts", "summer_pause_ends"
    )
    return [
        (monday_of(first), last) for first, last in rows if first is not None and last is not None
    ]


def monday_of(day: dt.date) -> dt.date:
    """Return the Monday of the day's week."""
    return day - dt.timedelta(days=day.weekday())
