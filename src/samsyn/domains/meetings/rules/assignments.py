"""Where an assignment stands on a day."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.formats import swedish

SOON = 14


class AssignmentState(StrEnum):
    """What has been done with it; late is not kept but told by the day."""

    OPEN = "open"
    REPORTED = "reported"
    CLOSED = "closed"


def is_late(state: str, due_on: dt.date | None, today: dt.date) -> bool:
    """Tell whether it should have been reported before `today`."""
    return state == AssignmentState.OPEN and due_on is not None and due_on < today


def badge_of(state: str, due_on: dt.date | None, today: dt.date) -> str:
    """Return the state's name as the look draws it: late, due, active, planned or done."""
    if state == AssignmentState.CLOSED:
        return "done"
    if state == AssignmentState.REPORTED:
        return "planned"
    if is_late(state, due_on, today):
        return "late"
    soon = due_on is not None and due_on - today <= dt.timedelta(days=SOON)
    return "due" if soon else "active"


def words_of(state: str, due_on: dt.date | None, today: dt.date) -> str:
    """Say where it stands: `Försenat 5 dagar`, `Senast 30 juni 2026`, `Återrapporterat`, `Avslutat`."""
    if state == AssignmentState.CLOSED:
        return _("Avslutat")
    if state == AssignmentState.REPORTED:
        return _("Återrapporterat")
    if due_on is None:
        return _("Öppet, utan slutdag")
    if due_on < today:
        days = (today - due_on).days
        return ngettext("Försenat en dag", "Försenat %(days)s dagar", days) % {"days": days}
    return _("Senast %(day)s") % {"day": swedish.date(due_on)}
