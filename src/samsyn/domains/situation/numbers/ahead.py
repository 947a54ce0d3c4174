"""The fourteen days after the week: planned events, risk dates, and what other rooms add."""

from __future__ import annotations

import datetime as dt

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.base.orgs.models import SchoolYear
from samsyn.domains.reports.models import Report
from samsyn.domains.reports.rules import LONGEST
from samsyn.domains.reports.selectors import planned_ahead
from samsyn.domains.situation import slots
from samsyn.domains.situation.result import Ahead, MunicipalityRef, Scope, Source
from samsyn.domains.situation.risk_dates import risk_dates
from samsyn.domains.situation.weeks import Week
from samsyn.rhythm import Calendar, MovingDay

DAYS = 14
LONGEST_TITLE = 90


def things_ahead(scope: Scope, week: Week) -> tuple[Ahead, ...]:
    """Return what is known of the fourteen days after the week, in order of time."""
    found = [entry for place in scope.municipalities for entry in planned_events(place, week)]
    found += dates_of_risk(scope, week)
    for _key, source in slots.week_ahead:
        found += source(scope, week)
    return tuple(sorted(found, key=lambda one: (one.starts_on, one.time, one.title)))


def planned_events(place: MunicipalityRef, week: Week) -> list[Ahead]:
    """Return the planned events that have been reported for those days."""
    if place.key is None:
        return []
    until = week.ends + dt.timedelta(days=DAYS)
    rows = planned_ahead(SYSTEM, place.key, week.ends, until).select_related("place")
    # None is longer than that, so the index of starting times is enough.
    rows = rows.filter(starts_at__gte=week.ends - LONGEST)
    return [planned_event(row, place) for row in rows]


def planned_event(row: Report, place: MunicipalityRef) -> Ahead:
    starts, ends = row.starts_at.astimezone(clock.SWEDEN), row.ends_at.astimezone(clock.SWEDEN)
    title = row.note.split("\n")[0].strip().rstrip(".")
    return Ahead(
        kind="planned",
        title=title[:LONGEST_TITLE] if title else "Planerat evenemang",
        starts_on=starts.date().isoformat(),
        ends_on=ends.date().isoformat() if ends.date() > starts.date() else "",
        time=f"{starts:%H.%M}" if starts.time() != dt.time() else "",
        place=row.where,
        municipality=place.code,
        sources=(Source("reports", ids=(str(row.pk),)),),
    )


def dates_of_risk(scope: Scope, week: Week) -> list[Ahead]:
    """Return the risk dates, by the school year of the first municipality that has given one."""
    first = week.sunday + dt.timedelta(days=1)
    last = week.sunday + dt.timedelta(days=DAYS)
    return [
        Ahead(
            kind="risk_date",
            title=one.name,
            starts_on=one.first.isoformat(),
            ends_on=one.last.isoformat() if one.last > one.first else "",
            sources=(Source("risk_date", label=one.key),),
        )
        for one in risk_dates(calendar_of(scope), first, last)
    ]


def calendar_of(scope: Scope) -> Calendar:
    """Return the calendar with the school days that the municipalities have decided."""
    keys = [place.key for place in scope.municipalities if place.key is not None]
    days = []
    for year in SchoolYear.objects.filter(municipality__in=keys).order_by(
        "municipality_id", "year"
    ):
        days += [
            (MovingDay.SCHOOL_START, year.autumn_starts),
            (MovingDay.LAST_SCHOOL_DAY, year.spring_ends),
        ]
    return Calendar(days=tuple(days))
