"""When a week's picture is due: every week, except in the municipality's own summer pause (K08)."""

from __future__ import annotations

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.base.orgs.models import Kind, Membership, Organisation, Role
from samsyn.domains.reports.selectors.silence import pauses_of
from samsyn.domains.situation.models import Picture, PictureKind
from samsyn.domains.situation.services import draft_picture
from samsyn.domains.situation.weeks import Week


def week_to_show() -> Week:
    """Return the latest whole week: on Monday morning the one that ended on Sunday."""
    return Week.of(clock.today()).shifted(-1)


def is_paused(municipality: Organisation, week: Week) -> bool:
    """Tell whether the week's meeting falls in the summer pause, or before the municipality began.

    The picture of a week is shown on the Monday after it.
    """
    shown = week.shifted(1).monday
    if municipality.in_use_from is not None and week.sunday < municipality.in_use_from:
        return True
    return any(first <= shown <= last for first, last in pauses_of(municipality))


def municipalities_at_work() -> list[Organisation]:
    """Return the municipalities that have a coordinator today."""
    today = clock.today()
    held = Membership.objects.filter(
        role=Role.COORDINATOR, organisation__kind=Kind.MUNICIPALITY
    ).select_related("organisation")
    found = {one.organisation_id: one.organisation for one in held if one.holds_on(today)}
    return list(found.values())


def draft_due_pictures() -> str:
    """Draft the latest week's picture wherever it is due and not begun; safe to run twice."""
    week, drafted = week_to_show(), 0
    for municipality in municipalities_at_work():
        known = Picture.objects.filter(
            kind=PictureKind.WEEKLY, scope=municipality, iso_year=week.year, iso_week=week.number
        )
        if not is_paused(municipality, week) and not known.exists():
            draft_picture(
                actor=SYSTEM,
                scope=municipality,
                iso_year=week.year,
                iso_week=week.number,
                is_demo=municipality.is_demo,
            )
            drafted += 1
    return f"{week}: {drafted} drafted"
