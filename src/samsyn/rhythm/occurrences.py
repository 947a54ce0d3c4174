"""When something is expected: the occurrences of a rhythm within an agreement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache, singledispatch
from itertools import pairwise

from samsyn.rhythm.calendar import BREAKS, Calendar, Span
from samsyn.rhythm.kinds import (
    BeforeDay,
    EveryMonths,
    EveryYears,
    Once,
    Pause,
    PerTerm,
    PerYear,
    Rhythm,
    Weekly,
    YearlyBy,
)
from samsyn.rhythm.matching import counted, filled_by
from samsyn.rhythm.model import EvidenceItem, Occurrence, Validity, Wording
from samsyn.rhythm.words import MONTHS, MOVING_DAYS

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
# What comes once a year or more seldom waits to be done during its last three months.
LEAD = timedelta(days=92)
# A dated renewal may be made up for during the half year after; then the next one is at hand.
GRACE = timedelta(days=183)


def occurrences(
    rhythm: Rhythm,
    calendar: Calendar,
    validity: Validity,
    start: date,
    end: date,
    evidence: Sequence[EvidenceItem] = (),
    wording: Wording | None = None,
) -> list[Occurrence]:
    """Return what is expected with a due date from `start` to `end`, both included, in order.

    Parameters
    ----------
    evidence : only a clock that starts anew when it is done (EveryYears without `by`) looks at it.
    wording : its word for one ("möte") stands in the labels instead of "tillfälle".

    Returns
    -------
    Occurrences sorted by due date and place; none for rhythms without interval, none before the
    in-use date, none outside the agreement.
    """
    if isinstance(rhythm, EveryYears) and rhythm.by is None:
        found = tuple(_clock_occurrences(rhythm, validity, end, evidence))
    else:
        # Weeks and renewals may belong to the year beside the one in which they are due.
        back = years_before_due(rhythm)
        found = within_years(rhythm, calendar, validity, start.year - back, end.year + 1)
    chosen = sorted(each for each in found if start <= each.due <= end)
    if wording is None:
        return chosen
    return [replace(each, label=each.label.replace("tillfälle", wording.one)) for each in chosen]


def next_due(
    rhythm: Rhythm,
    calendar: Calendar,
    validity: Validity,
    evidence: Sequence[EvidenceItem],
    at: date,
) -> Occurrence | None:
    """Return the first occurrence not yet done whose deadline is on or after `at`, if any is left."""
    if isinstance(rhythm, EveryYears) and rhythm.by is None:
        horizon = at + timedelta(days=366 * (rhythm.years + 1))
        ahead = _clock_occurrences(rhythm, validity, horizon, counted(evidence, validity, at))
        return next((each for each in ahead if each.deadline >= at), None)
    expected = around(rhythm, calendar, validity, at)
    filled = filled_by(expected, counted(evidence, validity, at))
    left = [each for each in expected if each.deadline >= at and each.key not in filled]
    return min(left, key=lambda each: (each.deadline, each.due), default=None)


def around(
    rhythm: Rhythm, calendar: Calendar, validity: Validity, at: date
) -> tuple[Occurrence, ...]:
    """Return the occurrences that a judgement on `at` needs: the cycle before, this one, the next."""
    if isinstance(rhythm, Once):
        first = last = rhythm.by.year
    else:
        reach = rhythm.years if isinstance(rhythm, EveryYears) else years_before_due(rhythm)
        first, last = at.year - reach, at.year + reach
    return within_years(rhythm, calendar, validity, first, last)


def years_before_due(rhythm: Rhythm) -> int:
    """How many calendar years before its due date an occurrence may begin, at the most."""
    return 1 + rhythm.months // 12 if isinstance(rhythm, EveryMonths) else 1


@lru_cache(maxsize=8192)
def within_years(
    rhythm: Rhythm, calendar: Calendar, validity: Validity, first: int, last: int
) -> tuple[Occurrence, ...]:
    """Return the occurrences of the years `first`–`last`, by deadline. Cached: all values are frozen."""
    found: list[Occurrence] = []
    for year in range(max(first, validity.start.year - 1), last + 1):
        if validity.end is not None and year > validity.end.year + 1:
            break
        found.extend(_not_after_due(each) for each in _of_year(rhythm, calendar, validity, year))
    return tuple(sorted(found, key=lambda each: (each.deadline, each.due, each.place)))


def _not_after_due(occurrence: Occurrence) -> Occurrence:
    """The end of an agreement draws what is due back; then it waits to be done from that day at the latest."""
    if occurrence.window_start <= occurrence.due:
        return occurrence
    return replace(occurrence, window_start=occurrence.due)


@singledispatch
def _of_year(
    rhythm: Rhythm, calendar: Calendar, validity: Validity, year: int
) -> Iterator[Occurrence]:
    """Yield what belongs to `year`; rhythms without interval yield nothing."""
    return iter(())


@_of_year.register
def _per_year(
    rhythm: PerYear, calendar: Calendar, validity: Validity, year: int
) -> Iterator[Occurrence]:
    whole = Span(date(year, 1, 1), date(year, 12, 31))
    paces = [
        (number, pace)
        for number, pace in enumerate(_split(whole, rhythm.times), start=1)
        if _mostly_active(pace, validity)
    ]
    deadline = _clip(whole.end, validity)
    for place_in_row, (number, pace) in enumerate(paces, start=1):
        yield Occurrence(
            due=_clip(pace.end, validity),
            place="",
            key=f"{year}/{number}",
            window_start=max(pace.start, pace.end - LEAD),
            deadline=deadline,
            opens=whole.start,
            closes=whole.end,
            label=f"{year} tillfälle {place_in_row} av {len(paces)}",
            group=str(year),
        )


@_of_year.register
def _every_months(
    rhythm: EveryMonths, calendar: Calendar, validity: Validity, year: int
) -> Iterator[Occurrence]:
    first = validity.start.year * 12 + validity.start.month - 1
    for index in range(year * 12, year * 12 + 12):
        if index < first or (index - first) % rhythm.months:
            continue
        window = Span(_month_start(index), _month_start(index + rhythm.months) - DAY)
        if not _mostly_active(window, validity):
            continue
        key = f"{window.start:%Y-%m}"
        label = _months_label(window)
        if rhythm.by_day is None:
            due = _clip(window.end, validity)
            begin = max(window.start, window.end - LEAD)
            yield Occurrence(due, "", key, begin, due, window.start, window.end, label, key)
            continue
        opens, closes = window.end + DAY, _month_start(index + 2 * rhythm.months) - DAY
        month_end = _month_start(index + rhythm.months + 1) - DAY
        due = opens.replace(day=min(rhythm.by_day, month_end.day))
        if validity.end is None or due <= validity.end:
            yield Occurrence(due, "", key, opens, due, opens, closes, label, key)


@_of_year.register
def _weekly(
    rhythm: Weekly, calendar: Calendar, validity: Validity, year: int
) -> Iterator[Occurrence]:
    anchor = validity.start - timedelta(days=validity.start.weekday())
    monday = date.fromisocalendar(year, 1, 1)
    while monday.isocalendar().year == year:
        window = Span(monday, monday + rhythm.weeks * WEEK - DAY)
        in_step = (monday - anchor).days // 7 % rhythm.weeks == 0
        if in_step and _mostly_active(window, validity) and not is_paused(rhythm, calendar, window):
            number = monday.isocalendar().week
            key = f"{year}-W{number:02d}"
            label = f"vecka {number}"
            if rhythm.weeks > 1:
                label += f"–{window.end.isocalendar().week}"
            due = _clip(window.end, validity)
            yield Occurrence(due, "", key, monday, due, monday, window.end, label, key)
        monday += WEEK


@_of_year.register
def _per_term(
    rhythm: PerTerm, calendar: Calendar, validity: Validity, year: int
) -> Iterator[Occurrence]:
    for autumn in (False, True):
        term = calendar.term(year, autumn)
        # A meeting in the days beside the term counts to it; half a year is the widest reading.
        half = (
            Span(date(year, 7, 1), date(year, 12, 31))
            if autumn
            else Span(date(year, 1, 1), date(year, 6, 30))
        )
        name, code = ("höstterminen", "ht") if autumn else ("vårterminen", "vt")
        paces = [
            (number, pace)
            for number, pace in enumerate(_split(term, rhythm.times), start=1)
            if _mostly_active(pace, validity)
        ]
        for place in rhythm.places or ("",):
            at_place, key_place = (f", {place}", f"{place.casefold()}/") if place else ("", "")
            for row, (number, pace) in enumerate(paces, start=1):
                yield Occurrence(
                    due=_clip(pace.end, validity),
                    place=place,
                    key=f"{year}-{code}/{key_place}{number}",
                    window_start=pace.start,
                    deadline=_clip(term.end, validity),
                    opens=min(half.start, term.start),
                    closes=max(half.end, term.end),
                    label=f"{name} {year} tillfälle {row} av {len(paces)}{at_place}",
                    group=f"{year}-{code}",
                )


@_of_year.register
def _yearly_by(
    rhythm: YearlyBy, calendar: Calendar, validity: Validity, year: int
) -> Iterator[Occurrence]:
    due = rhythm.by.in_year(year)
    # A date in the first months closes a cycle that began the spring before.
    cycle = (
        Span(date(year - 1, 4, 1), date(year, 3, 31))
        if due.month <= 3
        else Span(date(year, 1, 1), date(year, 12, 31))
    )
    if not _mostly_active(cycle, validity) or due < validity.active_from:
        return
    due = _clip(due, validity)
    key = str(year)
    yield Occurrence(due, "", key, due - LEAD, due, cycle.start, cycle.end, key, key)


@_of_year.register
def _every_years(
    rhythm: EveryYears, calendar: Calendar, validity: Validity, year: int
) -> Iterator[Occurrence]:
    if rhythm.by is None:
        return
    first = rhythm.first or validity.start.year + rhythm.years - 1
    if year < first or (year - first) % rhythm.years:
        return
    due = rhythm.by.in_year(year)
    if due < validity.active_from or (validity.end is not None and due > validity.end):
        return
    opens = rhythm.by.in_year(year - rhythm.years) + DAY
    key = str(year)
    yield Occurrence(due, "", key, due - LEAD, due, opens, due + GRACE, key, key)


@_of_year.register
def _before_day(
    rhythm: BeforeDay, calendar: Calendar, validity: Validity, year: int
) -> Iterator[Occurrence]:
    moving = sorted((calendar.day(name, year), name) for name in rhythm.moving)
    previous = max(calendar.day(name, year - 1) for name in rhythm.moving)
    for day, name in moving:
        due = day - timedelta(days=rhythm.days)
        begin = due - timedelta(days=21)
        opens = min(begin, max(due - timedelta(days=60), previous + DAY))
        previous = day
        if due < validity.active_from or (validity.end is not None and due > validity.end):
            continue
        label = f"inför {MOVING_DAYS[name]} {day.year}"
        yield Occurrence(due, "", f"{year}/{name.value}", begin, due, opens, day, label, str(year))


@_of_year.register
def _once(rhythm: Once, calendar: Calendar, validity: Validity, year: int) -> Iterator[Occurrence]:
    due = rhythm.by
    if year == due.year and due >= validity.active_from:
        due = _clip(due, validity)
        opens = min(validity.start, due)
        yield Occurrence(due, "", "once", due - LEAD, due, opens, date.max, str(year), "once")


def _clock_occurrences(
    rhythm: EveryYears, validity: Validity, until: date, evidence: Sequence[EvidenceItem]
) -> list[Occurrence]:
    """Return the past turns of a clock that evidence starts anew, and those ahead if kept in time."""
    done = {each.on for each in counted(evidence, validity, date.max)}
    begin = max((day for day in done if day <= validity.active_from), default=validity.active_from)
    starts = [begin, *sorted(day for day in done if day > validity.active_from)]
    found: list[Occurrence] = []
    index = 0
    while index < len(starts):
        begin = starts[index]
        index += 1
        if begin.year + rhythm.years > date.max.year:
            break
        due = _years_later(begin, rhythm.years)
        if due > until or (validity.end is not None and due > validity.end):
            continue
        if index == len(starts):
            starts.append(due)
        if due < validity.active_from:
            due = validity.active_from
        key = f"after-{begin.isoformat()}"
        found.append(Occurrence(due, "", key, due - LEAD, due, begin, due, str(due.year), key))
    return found


@lru_cache(maxsize=8192)
def is_paused(rhythm: Weekly, calendar: Calendar, window: Span) -> bool:
    """Tell whether more than half of the window's weekdays lie in a break that the rhythm rests in."""
    if not rhythm.pauses:
        return False
    spans = pause_spans(calendar, rhythm.pauses, window.start.year)
    days = [window.start + timedelta(days=n) for n in range((window.end - window.start).days + 1)]
    weekdays = [day for day in days if day.weekday() < 5]
    resting = sum(any(day in span for span in spans) for day in weekdays)
    return 2 * resting > len(weekdays)


@lru_cache(maxsize=4096)
def pause_spans(calendar: Calendar, pauses: tuple[Pause, ...], year: int) -> tuple[Span, ...]:
    """Return the breaks that touch `year`, those that began the year before included."""
    kinds = BREAKS if Pause.SCHOOL_HOLIDAYS in pauses else pauses
    return tuple(
        calendar.school_break(kind, each) for each in (year - 1, year, year + 1) for kind in kinds
    )


def _mostly_active(window: Span, validity: Validity) -> bool:
    """Tell whether at least half of the window lies within the agreement and after the in-use date."""
    begin = max(window.start, validity.active_from)
    end = window.end if validity.end is None else min(window.end, validity.end)
    return 2 * ((end - begin).days + 1) >= (window.end - window.start).days + 1


def _clip(day: date, validity: Validity) -> date:
    return day if validity.end is None else min(day, validity.end)


def _split(whole: Span, parts: int) -> list[Span]:
    """Return `parts` runs of days that cover the span; whole months where a year allows it."""
    days = (whole.end - whole.start).days + 1
    if days >= 365 and 12 % parts == 0:
        first, step = whole.start.year * 12, 12 // parts
        return [
            Span(_month_start(first + n * step), _month_start(first + (n + 1) * step) - DAY)
            for n in range(parts)
        ]
    edges = [whole.start + timedelta(days=days * n // parts) for n in range(parts + 1)]
    return [Span(begin, max(begin, after - DAY)) for begin, after in pairwise(edges)]


def _month_start(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def _months_label(window: Span) -> str:
    first, last = MONTHS[window.start.month], MONTHS[window.end.month]
    if window.start.year != window.end.year:
        return f"{first} {window.start.year}–{last} {window.end.year}"
    return f"{first} {window.start.year}" if first == last else f"{first}–{last} {window.end.year}"


def _years_later(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):
        try:
            return day.replace(year=day.year + years)
        except ValueError:
            return date(day.year + years, 2, 28)
    return day.replace(year=day.year + years)
