"""What the police published in the week: events by their event time; summaries apart, never counted."""

from __future__ import annotations

from collections import Counter

from django.db.models import Max

from samsyn.base import clock
from samsyn.base.access import SYSTEM, visible
from samsyn.domains.registered.models import PoliceEvent
from samsyn.domains.situation.result import PoliceEventNumbers, PoliceEventRow, Scope
from samsyn.domains.situation.weeks import Week


def count_police_events(scope: Scope, week: Week) -> PoliceEventNumbers:
    """Return the events and the summaries whose event time falls in the week, of the scope's municipalities."""
    codes = [place.code for place in scope.municipalities]
    rows = visible(SYSTEM, PoliceEvent).filter(
        municipality_code__in=codes, event_at__gte=week.starts, event_at__lt=week.ends
    )
    rows = rows.order_by("event_at", "police_id")
    events = [row for row in rows if not row.is_summary]
    types = Counter(row.type for row in events)
    return PoliceEventNumbers(
        count=len(events),
        ids=tuple(str(row.police_id) for row in events),
        summaries=tuple(str(row.police_id) for row in rows if row.is_summary),
        types=tuple(sorted(types.items(), key=lambda item: (-item[1], item[0]))),
        events=tuple(shown(row) for row in events),
        newest=newest_event(),
    )


def shown(event: PoliceEvent) -> PoliceEventRow:
    return PoliceEventRow(
        id=str(event.police_id),
        at=event.event_at.astimezone(clock.SWEDEN).isoformat(),
        type=event.type,
        title=event.title,
        url=event.url,
        municipality=event.municipality_code,
    )


def newest_event() -> str | None:
    """Return the day of the newest event that has been read in at all."""
    newest = visible(SYSTEM, PoliceEvent).aggregate(at=Max("event_at"))["at"]
    return newest.astimezone(clock.SWEDEN).date().isoformat() if newest is not None else None
