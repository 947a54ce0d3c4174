"""Two reports side by side, and why they look like the same thing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samsyn.base import words
from samsyn.domains.reports.models import Report
from samsyn.domains.reports.rules import metres_between
from samsyn.domains.reports.selectors import MergeSuggestion
from samsyn.domains.reports.selectors.reading import sighting_of
from samsyn.web.staff.reports.lines import Line, line_of


@dataclass(frozen=True)
class Pair:
    """A suggestion: the earlier is kept, the later would be merged into it."""

    keep: Line
    merge: Line
    reasons: tuple[str, ...]


def pairs_of(suggestions: Iterable[MergeSuggestion], names: dict[str, str]) -> list[Pair]:
    """Return the suggestions with their reasons."""
    return [
        Pair(line_of(one.keep, names), line_of(one.report, names), reasons_of(one, names))
        for one in suggestions
    ]


def reasons_of(suggestion: MergeSuggestion, names: dict[str, str]) -> tuple[str, ...]:
    """Return why, as three short sentences: place, time, category."""
    keep, report = suggestion.keep, suggestion.report
    category = names.get(keep.category_key, keep.category_key)
    return (
        place_reason(keep, report),
        time_reason(keep, report),
        _("Samma kategori: %(name)s.") % {"name": category},
    )


def place_reason(keep: Report, report: Report) -> str:
    if keep.place_id is not None and keep.place_id == report.place_id:
        return _("Samma plats: %(name)s.") % {"name": keep.where}
    metres = metres_between(sighting_of(keep), sighting_of(report)) or 0.0
    return _("%(metres)s meter isär.") % {"metres": words.number(round(metres))}


def time_reason(keep: Report, report: Report) -> str:
    gap = max(keep.starts_at, report.starts_at) - min(keep.ends_at, report.ends_at)
    if gap <= dt.timedelta(0):
        return _("Tiderna överlappar.")
    minutes = round(gap.total_seconds() / 60)
    if minutes == 0:
        return _("Samma tid.")
    if minutes < 60:
        return _("%(minutes)s minuter isär.") % {"minutes": minutes}
    hours = words.number(minutes / 60, 1).removesuffix(",0").removesuffix(".0")
    return _("%(hours)s timmar isär.") % {"hours": hours}
