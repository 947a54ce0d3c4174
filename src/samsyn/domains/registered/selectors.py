"""Reads about registered crime and events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer, visible
from samsyn.base.links import Link
from samsyn.base.orgs.models import Kind, Organisation, Role
from samsyn.base.search import SearchHit
from samsyn.base.today import TodayCard
from samsyn.domains.registered.models import BraFigure, ImportProfile, PoliceEvent, PoliceListMonth
from samsyn.domains.registered.rules import missing_months
from samsyn.formats.swedish import month as swedish_month

USUAL_DUE_DAY = 10


def events_of_week(
    viewer: Viewer, municipality_code: str, year: int, week: int
) -> QuerySet[PoliceEvent]:
    """Return the events whose own time falls in the ISO week, summaries too, oldest first."""
    return (
        visible(viewer, PoliceEvent)
        .filter(municipality_code=municipality_code, iso_year=year, iso_week=week)
        .order_by("event_at", "police_id")
    )


def figures_of(viewer: Viewer, municipality_code: str) -> QuerySet[BraFigure]:
    """Return the municipality's current figures from Brå, newest period first."""
    return (
        visible(viewer, BraFigure)
        .filter(municipality_code=municipality_code, is_current=True)
        .order_by("-year", "-period", "offence")
    )


def police_area_of(municipality: Organisation) -> Organisation | None:
    """Return the police area that works in the municipality."""
    return municipality.present.filter(kind=Kind.POLICE_AREA).first()


def missing_lists(municipality: Organisation) -> list[int]:
    """Return the months (yyyymm) whose list from the police should have come and has not (K05)."""
    months = PoliceListMonth.objects.filter(municipality=municipality, is_current=True)
    return missing_months(
        set(months.values_list("month", flat=True)),
        today=clock.today(),
        due_day=due_day(municipality),
        in_use_from=municipality.in_use_from,
    )


def due_day(municipality: Organisation) -> int:
    """Return the day of the month before which the police's list usually comes."""
    profile = ImportProfile.objects.filter(police_area__municipalities=municipality).first()
    return profile.due_day if profile is not None else USUAL_DUE_DAY


def month_words(month: int) -> str:
    """Return "oktober 2026" for 202610."""
    return swedish_month(dt.date(month // 100, month % 100, 1))


def missing_list_cards(viewer: Viewer, municipality: Organisation) -> Sequence[TodayCard]:
    """Remind the kommunpolis and the coordinator of the month's missing file (K05)."""
    if not viewer.can("registered.import", municipality):
        return []
    missing = missing_lists(municipality)
    if not missing:
        return []
    months = ", ".join(month_words(month) for month in reversed(missing))
    day = due_day(municipality)
    return [
        TodayCard(
            key="missing-police-list",
            title=_("Polisens fil för %(months)s saknas") % {"months": months},
            text=_("Den brukar komma före den %(day)s:e.") % {"day": day},
            link=Link("police_list_wizard"),
            action=_("Läs in filen"),
            tone="late",
            order=20 if Role.KOMMUNPOLIS in viewer.roles else 40,
        )
    ]


def find_events(viewer: Viewer, words: str, limit: int) -> Sequence[SearchHit]:
    """Find police events of the viewer's municipalities by their title."""
    codes = Organisation.objects.filter(pk__in=viewer.municipalities).values_list(
        "municipality_code", flat=True
    )
    found = visible(viewer, PoliceEvent).filter(
        municipality_code__in=list(codes), title__icontains=words
    )
    return [
        SearchHit(
            kind=_("Polishändelser"), title=event.title, text=event.summary[:160],
            link=Link("police_event", str(event.police_id)),
        )
        for event in found.order_by("-event_at")[:limit]
    ]  # fmt: skip
