"""An agreement's year as calendar entries: what is to be done, and the meetings that are called."""

from __future__ import annotations

import datetime as dt

from samsyn.domains.agreements.selectors.wheel import WheelMark
from samsyn.domains.agreements.slots import PlannedMeeting
from samsyn.formats import swedish
from samsyn.outputs.ics import CalendarEntry

CATEGORIES = {
    "meeting": "Möte",
    "picture": "Lägesbild",
    "plan": "Plan",
    "promise": "Medborgarlöfte",
    "mailing": "Utskick",
    "other": "Åtagande",
}


def entry_of_mark(code: str, mark: WheelMark, url: str = "") -> CalendarEntry:
    """Return the entry of one expected instance; done ones say so in their title."""
    one = mark.commitment
    place = getattr(one, "municipality_code", "") or ""
    title = f"{mark.title} (klart)" if mark.state == "done" else mark.title
    lines = [
        one.text,
        f"Ansvariga: {', '.join(one.responsible_names)}.",
        f"Klausul {one.clause}, {one.rhythm_words}. Senast {swedish.date(mark.deadline)}.",
    ]
    return CalendarEntry(
        key="-".join(part for part in (code, place, one.ref, mark.key.replace("/", "-")) if part),
        title=title,
        on=mark.done_on or workday_by(mark.due),
        text="\n".join(lines),
        place=mark.place,
        url=url,
        category=CATEGORIES[mark.ring],
    )


def workday_by(day: dt.date) -> dt.date:
    """The last workday up to `day`: what a week asks for by Sunday is done by Friday."""
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def entry_of_meeting(meeting: PlannedMeeting, url: str = "") -> CalendarEntry:
    """Return the entry of a meeting that is called, with its hours."""
    return CalendarEntry(
        key=f"{meeting.link.kind}-{meeting.link.key}",
        title=meeting.title,
        on=meeting.starts_at.date(),
        place=meeting.place,
        url=url,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        category=CATEGORIES["meeting"],
    )
