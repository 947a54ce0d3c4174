"""When to meet: a working day in good time before an occurrence is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection

DAY = dt.timedelta(days=1)
THURSDAY = 3
# Sweden's industrial holiday: nobody calls a council to a meeting then.
HOLIDAY_WEEKS = range(27, 32)
CHRISTMAS_STARTS, CHRISTMAS_ENDS = (12, 20), (1, 7)


def meeting_day(
    first: dt.date,
    last: dt.date,
    *,
    is_holiday: Callable[[dt.date], bool],
    taken: Collection[dt.date] = (),
) -> dt.date:
    """Return the day to plan a meeting on, between `first` and `last` (both included).

    The Thursday nearest three quarters into the period that is no holiday, not in the industrial
    holiday or over Christmas and not taken by another meeting; else any working day; else the last.
    """
    aim = first + (last - first) * 3 // 4
    days = [first + DAY * step for step in range((last - first).days + 1)]
    free = [day for day in days if day.weekday() < 5 and not is_holiday(day) and day not in taken]
    good = [day for day in free if not is_time_off(day)]
    for choice in ([day for day in good if day.weekday() == THURSDAY], good, free):
        if choice:
            return min(choice, key=lambda day: (abs(day - aim), day))
    return last


def is_time_off(day: dt.date) -> bool:
    """Tell whether most people are away: the industrial holiday, and Christmas to Epiphany."""
    over_christmas = (day.month, day.day) >= CHRISTMAS_STARTS or (
        day.month,
        day.day,
    ) < CHRISTMAS_ENDS
    return over_christmas or day.isocalendar().week in HOLIDAY_WEEKS


def extended_numbers(meetings: int, extended: int) -> frozenset[int]:
    """Return which of a year's meetings (counted from 1) are extended: spread evenly, the last among them.

    Two of four are the second and the fourth (L06).
    """
    wanted = min(extended, meetings)
    return (
        frozenset(meetings * (step + 1) // wanted for step in range(wanted))
        if wanted
        else frozenset()
    )
