"""When a working group may start, and when it is over (U09)."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _


def start_missing(
    *, has_mandate: bool, has_assignment: bool, mandate_from: str, assignment_from: str
) -> str:
    """Say what the group lacks before it may start; empty when it lacks nothing."""
    if not has_mandate and not has_assignment:
        return _(
            "Gruppen saknar mandat från %(mandate)s och skriftligt uppdrag från %(assignment)s. Den får inte börja."
        ) % {"mandate": mandate_from, "assignment": assignment_from}
    if not has_mandate:
        return _("Gruppen saknar mandat från %(body)s. Den får inte börja.") % {
            "body": mandate_from
        }
    if not has_assignment:
        return _("Gruppen saknar skriftligt uppdrag från %(body)s. Den får inte börja.") % {
            "body": assignment_from
        }
    return ""


def is_over(ends_on: dt.date | None, today: dt.date) -> bool:
    """Tell whether the group's time has run out: the end date is its last day."""
    return ends_on is not None and ends_on < today
