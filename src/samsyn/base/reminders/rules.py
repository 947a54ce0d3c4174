"""When a digest is due, and when one that could not be sent is tried again. Pure."""

from __future__ import annotations

import datetime as dt

NEVER, DAILY, WEEKLY, MONTHLY = "never", "daily", "weekly", "monthly"
# Letters go in the morning, so that one reads them at work.
EARLIEST = dt.time(6)
# How far ahead a digest looks: to the next one, and some more.
AHEAD = {DAILY: 7, WEEKLY: 14, MONTHLY: 45}
# How many days late a digest may go when the program has stood still; after that the next one is enough.
GRACE = {DAILY: 0, WEEKLY: 2, MONTHLY: 4}
BACKOFF = (
    dt.timedelta(minutes=10),
    dt.timedelta(hours=1),
    dt.timedelta(hours=4),
    dt.timedelta(hours=12),
)
# A letter that somebody began to send and that long ago did not end was cut off in the middle.
CUT_OFF = dt.timedelta(minutes=30)


def period_start(pace: str, weekday: int, today: dt.date) -> dt.date | None:
    """Return the day on which the digest of the period that `today` lies in goes; None where none does.

    Daily means Monday to Friday. `weekday` is 0 for Monday and counts for the weekly one alone.
    """
    if pace == DAILY:
        return today if today.weekday() < 5 else None
    if pace == WEEKLY:
        return today - dt.timedelta(days=(today.weekday() - weekday) % 7)
    if pace == MONTHLY:
        return today.replace(day=1)
    return None


def due_period(
    pace: str, weekday: int, chosen_on: dt.date, last: dt.date | None, now: dt.datetime
) -> dt.date | None:
    """Return the period whose digest is to be written now; None where nothing is due.

    Args:
        pace: never, daily, weekly or monthly.
        weekday: 0–6, for weekly.
        chosen_on: the day the wish was made: nothing is owed from before it.
        last: the period, or the day of sending, of the latest digest, whichever is later.
        now: aware, in Swedish time.

    Returns:
        The day that names the period. Whatever the wish was before, two never share a day.
    """
    today = now.date()
    start = period_start(pace, weekday, today)
    if start is None or now.time() < EARLIEST:
        return None
    if start < chosen_on or (today - start).days > GRACE[pace]:
        return None
    return start if last is None or last < start else None


def next_try(tries: int, now: dt.datetime) -> dt.datetime | None:
    """Return when a letter that has failed `tries` times is tried again; None when it is given up."""
    return now + BACKOFF[tries - 1] if tries <= len(BACKOFF) else None
