"""Årshjulet: the year as a ring, a list and a month, each mark a way to its clause and evidence."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from samsyn.base import clock, words
from samsyn.domains.agreements.models import Agreement
from samsyn.domains.agreements.selectors.agreements import Term
from samsyn.domains.agreements.selectors.wheel import WheelMark, Year, year_of
from samsyn.domains.agreements.slots import PlannedMeeting
from samsyn.outputs.wheel import MONTHS, RINGS, STATES, day_words, draw_wheel
from samsyn.web.doors import municipality_of, staff, viewer_of
from samsyn.web.staff.agreements.views.shared import (
    agreement_at,
    day_in,
    tabs_of,
    thread_to,
    url_or_none,
)

BADGE = {
    "done": "done",
    "due": "due",
    "late": "late",
    "upcoming": "planned",
    "soft": "active",
    "not_applicable": "none",
}


@staff
def wheel(request: HttpRequest, code: str) -> HttpResponse:
    """Show one year; `visa` is ring, lista or manad."""
    agreement = agreement_at(request, code)
    at = day_in(request)
    number = year_in(request, at)
    municipality = municipality_of(request)
    here = municipality if municipality in agreement.municipalities.all() else None
    year = year_of(agreement, number, at, viewer=viewer_of(request), municipality=here)
    view = request.GET.get("visa", "ring")
    month = month_in(request, at, number)
    context = {
        "agreement": agreement,
        "term": Term(agreement, at),
        "room": "avtal",
        "thread": thread_to(agreement, _("Årshjul")),
        "tabs": tabs_of(agreement, "avtal_arshjul"),
        "year": number,
        "years": years_of(agreement, number, at),
        "view": view if view in {"ring", "lista", "manad"} else "ring",
        "months": by_month(year),
        "nearest": [row_of(mark) for mark in year.marks if mark.state in {"due", "upcoming"}][:8],
        "rings": [(key, name) for key, (name, _radius) in RINGS.items()],
        "count": len(year.marks),
        "states": STATES,
    }
    if context["view"] == "ring":
        drawn = draw_wheel(year, at, mark_url, meeting_url)
        # Everything in it is escaped where it is drawn.
        context["svg"] = mark_safe(drawn)  # noqa: S308
    elif context["view"] == "manad":
        context.update(month_context(year, number, month, at))
    return render(request, "staff/agreements/wheel.html", context)


def mark_url(mark: WheelMark) -> str:
    return reverse("atagande", args=[mark.commitment.pk])


def meeting_url(meeting: PlannedMeeting) -> str:
    return url_or_none(meeting.link)


def year_in(request: HttpRequest, at: dt.date) -> int:
    """The year in the address, within reason; else this year."""
    text = request.GET.get("ar", "")
    return int(text) if text.isdigit() and 1990 <= int(text) <= 2199 else at.year


def month_in(request: HttpRequest, at: dt.date, year: int) -> int:
    text = request.GET.get("manad", "")
    if text.isdigit() and 1 <= int(text) <= 12:
        return int(text)
    return at.month if at.year == year else 1


def years_of(agreement: Agreement, shown: int, at: dt.date) -> list[int]:
    """The years one can turn to: those of the agreement, at most ten around the one shown."""
    first = agreement.starts_on.year
    last = agreement.ends_on.year if agreement.ends_on else max(at.year, shown) + 1
    return [year for year in range(first, last + 1) if abs(year - shown) <= 5] or [shown]


def row_of(mark: WheelMark) -> dict[str, Any]:
    return {
        "mark": mark,
        "badge": BADGE[mark.state],
        "word": STATES[mark.state].capitalize(),
        "when": day_words(mark),
        "url": mark_url(mark),
    }


def by_month(year: Year) -> list[dict[str, Any]]:
    """The year's marks and called meetings, month by month: the list that says what the ring says."""
    marks: dict[int, list[dict[str, Any]]] = defaultdict(list)
    meetings: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for mark in year.marks:
        marks[mark.on.month].append(row_of(mark))
    for meeting in year.meetings:
        meetings[meeting.starts_at.month].append({"meeting": meeting, "url": meeting_url(meeting)})
    return [
        {
            "name": MONTHS[number - 1],
            "number": number,
            "rows": marks[number],
            "meetings": meetings[number],
        }
        for number in range(1, 13)
    ]


def month_context(year: Year, number: int, month: int, at: dt.date) -> dict[str, Any]:
    """One month as weeks and days."""
    days: dict[dt.date, list[dict[str, Any]]] = defaultdict(list)
    for mark in year.marks:
        days[mark.on].append(row_of(mark))
    called: dict[dt.date, list[dict[str, Any]]] = defaultdict(list)
    for meeting in year.meetings:
        called[meeting.starts_at.date()].append({"meeting": meeting, "url": meeting_url(meeting)})
    weeks = [
        {
            "number": week[0].isocalendar()[1],
            "days": [
                {
                    "day": day,
                    "inside": day.month == month,
                    "today": day == at,
                    "rows": days[day] if day.year == number else [],
                    "meetings": called[day],
                }
                for day in week
            ],
        }
        for week in calendar.Calendar().monthdatescalendar(number, month)
    ]
    return {
        "weeks": weeks,
        "month": month,
        "month_name": words.month(dt.date(number, month, 1)),
        "earlier": month - 1 if month > 1 else None,
        "later": month + 1 if month < 12 else None,
        "today": clock.today(),
    }
