"""The rows that a sentence rests on, as filters that a page can open."""

from __future__ import annotations

from samsyn.domains.situation.result import Source, WeeklyNumbers


def report_rows(numbers: WeeklyNumbers, *, code: str = "", **more: str) -> Source:
    """Return the reports of the week, narrowed by `more` (category, place, area, kind)."""
    return Source(
        "reports", filter={**scope_filter(numbers, code), "week": numbers.week.text, **more}
    )


def scope_filter(numbers: WeeklyNumbers, code: str = "") -> dict[str, str]:
    """Return the look-up of the municipality, or of the police area as a whole."""
    if code or not numbers.scope.is_joint:
        return {"municipality": code or numbers.scope.municipalities[0].code}
    return {"police_area": numbers.scope.slug}


def event_rows(numbers: WeeklyNumbers, *, summaries: bool = False) -> Source:
    """Return the police events of the week, or the summaries, by their ids."""
    events = numbers.police_events
    return Source(
        "police_events",
        filter={**scope_filter(numbers), "week": numbers.week.text},
        ids=events.summaries if summaries else events.ids,
    )


def month_rows(kind: str, numbers: WeeklyNumbers, year: int, month: int, code: str = "") -> Source:
    """Return the rows of a month: `bra` or `police_list`."""
    return Source(kind, filter={**scope_filter(numbers, code), "month": f"{year}-{month:02d}"})
