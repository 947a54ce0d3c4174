"""What time it is. Everything asks here, so that the demo can be shown on another day."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings

SWEDEN = ZoneInfo("Europe/Stockholm")


def now() -> dt.datetime:
    """Return the moment, aware, in Swedish time; the demo clock's where one is set in the demo."""
    if settings.DEMO and settings.DEMO_CLOCK:
        set_to = dt.datetime.fromisoformat(settings.DEMO_CLOCK)
        return set_to if set_to.tzinfo else set_to.replace(tzinfo=SWEDEN)
    return dt.datetime.now(SWEDEN)


def today() -> dt.date:
    """Return the Swedish date of `now()`."""
    return now().astimezone(SWEDEN).date()
