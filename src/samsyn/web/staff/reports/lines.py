"""A report as the lists show it: what, where, when, from whom, and how far it has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.base import clock, words
from samsyn.domains.reports.models import PeopleBand, Report, ReportKind, Status
from samsyn.web.look.templatetags.look import STATES

# Which form of the badge stands for which step.
FORMS: dict[str, str] = {
    "": "due",
    Status.SEEN: "done",
    Status.PASSED_ON: "active",
    Status.ANSWERED: "done",
    Status.CLOSED: "none",
}
assert set(FORMS.values()) <= set(STATES)


@dataclass(frozen=True)
class Line:
    """One report, ready for a template."""

    report: Report
    url: str
    icon: str
    category: str
    where: str
    when: str
    day: str
    hours: str
    people: str
    state: str
    state_label: str


def lines_of(reports: Iterable[Report], names: dict[str, str], query: str = "") -> list[Line]:
    """Return the lines; `names` gives the categories' names, `query` follows along in the links."""
    return [line_of(one, names, query) for one in reports]


def line_of(report: Report, names: dict[str, str], query: str = "") -> Line:
    """Return the line of one report that `for_list` has read."""
    step = getattr(report, "current_status", None) or ""
    merged = report.merged_into_id is not None
    return Line(
        report=report,
        url=f"{reverse('rapport', args=[report.pk])}{query}",
        icon=icon_of(report.category_key),
        category=names.get(report.category_key, report.category_key),
        where=where_of(report),
        when=when_of(report.starts_at, report.ends_at),
        day=day_of(report.starts_at.astimezone(clock.SWEDEN)),
        hours=hours_of(report.starts_at, report.ends_at),
        people=people_of(report),
        state="none" if merged else FORMS.get(step, "unknown"),
        state_label=_("Ihopslagen") if merged else label_of(step),
    )


def icon_of(category_key: str) -> str:
    """Return the category's drawing."""
    return f"kat-{category_key.lower()}"


def label_of(step: str) -> str:
    """Return the step in words; none is new."""
    return str(Status(step).label) if step else _("Ny")


def where_of(report: Report) -> str:
    """Return the place in words, with its area where that says more."""
    if report.kind == ReportKind.NOTHING:
        return ""
    area = report.area.name if report.area is not None else ""
    where = report.where
    if not where:
        return area or (_("Punkt på kartan") if report.longitude is not None else _("Utan plats"))
    return f"{where}, {area}" if area and area != where else where


def people_of(report: Report) -> str:
    """Return how many people, in words; empty where it was not given."""
    if not report.people_band:
        return ""
    if report.people_band == PeopleBand.ONE:
        return _("en person")
    return _("%(band)s personer") % {"band": report.get_people_band_display()}


def when_of(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """Return `torsdag 14 maj kl. 22.30`, or from–to; the year stands where it is another than this."""
    return f"{day_of(starts_at.astimezone(clock.SWEDEN))} {hours_of(starts_at, ends_at)}"


def hours_of(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """Return `kl. 22.30`, `kl. 18.00–24.00`, or with the day where it ends on another."""
    first, last = starts_at.astimezone(clock.SWEDEN), ends_at.astimezone(clock.SWEDEN)
    start = f"kl.\u00a0{words.clock(first)}"
    if last - first < dt.timedelta(minutes=1):
        return start
    if midnight_after(first, last):
        return f"{start}–24.00"
    if last.date() == first.date():
        return f"{start}–{words.clock(last)}"
    return f"{start} – {day_of(last)} kl.\u00a0{words.clock(last)}"


def midnight_after(first: dt.datetime, last: dt.datetime) -> bool:
    """Tell whether `last` is the midnight that ends the day of `first`."""
    return last.time() == dt.time() and last.date() == first.date() + dt.timedelta(days=1)


def day_of(moment: dt.datetime) -> str:
    """Return `torsdag 14 maj`, with the year where it is another than this."""
    day = moment.date()
    text = words.short_date(day) if day.year == clock.today().year else words.date(day)
    return f"{words.weekday(day.weekday())} {text}"
