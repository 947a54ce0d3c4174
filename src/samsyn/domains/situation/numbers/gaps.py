"""What is not known: who is silent, what is missing, what is preliminary. And the sources as used."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max

from samsyn.base import clock
from samsyn.base.access import SYSTEM, visible
from samsyn.base.orgs.models import Kind, Organisation
from samsyn.domains.registered.models import ImportProfile, PoliceListMonth
from samsyn.domains.registered.rules import missing_months
from samsyn.domains.reports.selectors import silent_organisations
from samsyn.domains.situation.result import (
    Gap,
    MunicipalityRef,
    PoliceEventNumbers,
    RegisteredNumbers,
    ReportNumbers,
    Scope,
    Source,
    SourceNote,
)
from samsyn.domains.situation.weeks import Week

# What is missing is judged at most this long after the week, so that an old picture stays as it was.
AFTERTHOUGHT = dt.timedelta(days=7)


def gaps_of(
    scope: Scope,
    week: Week,
    moment: dt.datetime,
    reports: ReportNumbers,
    events: PoliceEventNumbers,
    registered: RegisteredNumbers,
) -> tuple[Gap, ...]:
    """Return what the reader must know is not known, the most important first."""
    found: list[Gap] = []
    if week.ends > moment:
        found.append(Gap("week_not_over"))
    found += silences(scope, week)
    if reports.count == 0:
        found.append(Gap("no_reports"))
    if events.newest is None:
        found.append(Gap("no_events"))
    elif events.newest < week.sunday.isoformat():
        found.append(Gap("old_events", who=events.newest))
    found += missing_lists(scope, week, moment)
    found += bra_gaps(scope, registered)
    if reports.unplaced:
        found.append(Gap("unplaced", weeks=reports.unplaced))
    return tuple(found)


def silences(scope: Scope, week: Week) -> list[Gap]:
    """Return the silent organisations; one that is silent in two municipalities is told of once."""
    by_organisation: dict[str, Gap] = {}
    for place in scope.municipalities:
        for gap in silent_in(place, week):
            by_organisation.setdefault(gap.sources[0].ids[0], gap)
    return list(by_organisation.values())


def silent_in(place: MunicipalityRef, week: Week) -> list[Gap]:
    """Return the organisations that usually report but have not: silence apart from calm."""
    if place.key is None:
        return []
    municipality = Organisation.objects.get(pk=place.key)
    after = week.sunday + dt.timedelta(days=1)
    return [
        Gap(
            "silent",
            who=one.organisation,
            weeks=one.weeks,
            municipality=place.code,
            sources=(Source("organisation", label=one.organisation, ids=(str(one.key),)),),
        )
        for one in silent_organisations(SYSTEM, municipality, after)
    ]


def missing_lists(scope: Scope, week: Week, moment: dt.datetime) -> list[Gap]:
    """Return the months whose police list should have come, for areas that use to send one."""
    as_of = min(moment.astimezone(clock.SWEDEN).date(), week.sunday + AFTERTHOUGHT)
    found = []
    for place in scope.municipalities:
        if place.key is None:
            continue
        have = set(
            visible(SYSTEM, PoliceListMonth)
            .filter(municipality=place.key, is_current=True)
            .values_list("month", flat=True)
        )
        areas = Organisation.objects.filter(kind=Kind.POLICE_AREA, municipalities=place.key)
        due = (
            visible(SYSTEM, ImportProfile)
            .filter(police_area__in=areas)
            .values_list("due_day", flat=True)
            .first()
        )
        if due is None and not have:
            continue
        municipality = Organisation.objects.get(pk=place.key)
        months = missing_months(
            have, today=as_of, due_day=due or 10, in_use_from=municipality.in_use_from, most=1
        )
        found += [
            Gap(
                "missing_list",
                month=(month // 100, month % 100),
                day=due or 10,
                municipality=place.code,
            )
            for month in months
        ]
    return found


def bra_gaps(scope: Scope, registered: RegisteredNumbers) -> list[Gap]:
    """Return the months that Brå's figures lack, and those that are preliminary."""
    rows = [row for row in registered.rows if row.source == "bra"]
    found = []
    for year, month in registered.months:
        mine = [row for row in rows if (row.year, row.month) == (year, month)]
        if not mine:
            found.append(Gap("no_bra", month=(year, month)))
        elif any(row.preliminary for row in mine):
            found.append(Gap("preliminary", month=(year, month)))
    return found


def sources_of(
    scope: Scope, reports: ReportNumbers, events: PoliceEventNumbers, registered: RegisteredNumbers
) -> tuple[SourceNote, ...]:
    """Return each source as used: how many rows, how new, when it was read in."""
    bra = [row for row in registered.rows if row.source == "bra"]
    listed = [row for row in registered.rows if row.source == "police_list"]
    return (
        SourceNote("reports", "Rapporter från aktörer", reports.count, newest=reports.newest or ""),
        SourceNote(
            "police_events",
            "Polisens händelser, polisen.se",
            events.count,
            newest=events.newest or "",
        ),
        SourceNote(
            "bra",
            "Anmälda brott, Brå",
            len(bra),
            read_on=max((row.read_on for row in bra), default=""),
        ),
        SourceNote(
            "police_list",
            "Polisens månadslista",
            sum(row.count or 0 for row in listed),
            read_on=latest_list(scope),
        ),
    )


def latest_list(scope: Scope) -> str:
    """Return the day on which the newest police list was read in."""
    keys = [place.key for place in scope.municipalities if place.key is not None]
    rows = visible(SYSTEM, PoliceListMonth).filter(municipality__in=keys, is_current=True)
    read = rows.aggregate(at=Max("read_at"))["at"]
    return read.astimezone(clock.SWEDEN).date().isoformat() if read is not None else ""
