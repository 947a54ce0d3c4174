"""All numbers of one week, from the rows as they are now."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from samsyn import __version__
from samsyn.base import clock
from samsyn.domains.situation.numbers.ahead import things_ahead
from samsyn.domains.situation.numbers.assignments import assignments_of
from samsyn.domains.situation.numbers.gaps import gaps_of, sources_of
from samsyn.domains.situation.numbers.police_rows import count_police_events
from samsyn.domains.situation.numbers.registered_rows import count_registered
from samsyn.domains.situation.numbers.report_rows import count_reports
from samsyn.domains.situation.result import (
    MunicipalityCount,
    PoliceEventNumbers,
    Scope,
    WeeklyNumbers,
    WeekRef,
)
from samsyn.domains.situation.weeks import Week


def gather(scope: Scope, week: Week, as_of: dt.datetime | None = None) -> WeeklyNumbers:
    """Return the numbers of `week` for `scope`, as the system itself sees them.

    `as_of` (now) is the moment at which it is judged whether the week is over and a file is missing.
    Each viewer is then shown only what she may see: `rules.masked`. Reads, changes nothing.
    """
    moment = as_of or clock.now()
    reported = count_reports(scope, week, is_over=week.ends <= moment)
    events = count_police_events(scope, week)
    registered = count_registered(scope, week)
    return WeeklyNumbers(
        scope=scope,
        week=reference(week),
        made_at=moment.isoformat(timespec="seconds"),
        code_version=__version__,
        reports=reported.numbers,
        police_events=events,
        registered=registered,
        municipalities=with_events(reported.municipalities, events),
        ahead=things_ahead(scope, week),
        assignments=assignments_of(scope),
        gaps=gaps_of(scope, week, moment, reported.numbers, events, registered),
        sources=sources_of(scope, reported.numbers, events, registered),
        provenance=reported.provenance,
    )


def reference(week: Week) -> WeekRef:
    return WeekRef(
        year=week.year,
        number=week.number,
        text=str(week),
        starts=week.starts.isoformat(),
        ends=week.ends.isoformat(),
        first_day=week.monday.isoformat(),
        last_day=week.sunday.isoformat(),
    )


def with_events(
    municipalities: tuple[MunicipalityCount, ...], events: PoliceEventNumbers
) -> tuple[MunicipalityCount, ...]:
    """Return the municipalities of a joint picture with their police events beside, never added."""
    return tuple(
        replace(
            place, police_events=sum(event.municipality == place.code for event in events.events)
        )
        for place in municipalities
    )
