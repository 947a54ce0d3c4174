"""The year wheel as SVG: twelve months, a ring for each sort, today as a hand, every mark a link."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from samsyn.domains.agreements.selectors.wheel import WheelMark, Year
from samsyn.domains.agreements.slots import PlannedMeeting
from samsyn.formats import swedish

SIZE, CENTRE = 1000, 500
OUTER, INNER, MONTH_LABEL = 430, 150, 462
# The year leaves a gap at the top, where the names of the rings stand.
GAP = math.radians(30)
RINGS = {
    "meeting": ("Möten", 408),
    "picture": ("Lägesbilder", 356),
    "plan": ("Planer", 308),
    "promise": ("Löften", 264),
    "mailing": ("Utskick", 222),
    "other": ("Övrigt", 180),
}
STATES = {
    "done": "klart",
    "due": "förfaller",
    "late": "inte gjort i tid",
    "upcoming": "kommer",
    "soft": "ett mål som inte nåddes i tid",
    "not_applicable": "gäller inte",
}
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
# Marks nearer than this (px along the ring) are put in the next lane.
NEAR, LANE, LANES = 18.0, 17.0, 3


@dataclass(frozen=True)
class Placed:
    """A mark with its place on the paper."""

    mark: WheelMark
    x: float
    y: float
    small: bool


def draw_wheel(
    year: Year,
    at: dt.date,
    url: Callable[[WheelMark], str],
    meeting_url: Callable[[PlannedMeeting], str],
) -> str:
    """Return the wheel of a year as SVG, in the colours of the page (CSS variables).

    `url` gives the address behind a mark, `meeting_url` the one behind a called meeting (or empty).
    """
    parts = [
        f'<svg class="wheel" viewBox="0 0 {SIZE} {SIZE}" role="group" '
        f'aria-label="Årshjul {year.year}" xmlns="http://www.w3.org/2000/svg">',
        *frame(year.year),
        hand(at) if at.year == year.year else "",
        *(drawn(one, url(one.mark)) for one in placed(year.marks, year.year)),
        *(meeting(one, year.year, meeting_url(one)) for one in year.meetings if not one.held),
    ]
    parts += middle(year)
    return "".join(parts) + "</svg>"


def angle_of(day: dt.date, year: int) -> float:
    """The angle of a day, clockwise from the top, in radians."""
    days = 366 if calendar.isleap(year) else 365
    number = (day - dt.date(year, 1, 1)).days + 0.5
    return GAP / 2 + (2 * math.pi - GAP) * number / days


def at_angle(angle: float, radius: float) -> tuple[float, float]:
    return CENTRE + radius * math.sin(angle), CENTRE - radius * math.cos(angle)


def frame(year: int) -> list[str]:
    """Rings with their names, month lines and month names."""
    parts = []
    for name, radius in RINGS.values():
        start, end = at_angle(GAP / 2, radius), at_angle(2 * math.pi - GAP / 2, radius)
        parts.append(
            f'<path d="M{start[0]:.1f} {start[1]:.1f}A{radius} {radius} 0 1 1 {end[0]:.1f} {end[1]:.1f}" '
            'fill="none" stroke="var(--rule)" stroke-width="1"/>'
            f'<text x="{CENTRE}" y="{CENTRE - radius + 5}" class="wheel-ring" text-anchor="middle">{name}</text>'
        )
    for month in range(1, 13):
        first = angle_of(dt.date(year, month, 1), year) - 0.0086
        x1, y1 = at_angle(first, INNER)
        x2, y2 = at_angle(first, OUTER + 14)
        parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="var(--rule)"/>'
        )
        middle_day = dt.date(year, month, 15)
        angle = angle_of(middle_day, year)
        x, y = at_angle(angle, MONTH_LABEL)
        turn = math.degrees(angle)
        if 90 < turn < 270:
            turn -= 180
        parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" class="wheel-month" text-anchor="middle" '
            f'dominant-baseline="middle" transform="rotate({turn:.1f} {x:.1f} {y:.1f})">{MONTHS[month - 1]}</text>'
        )
    return parts


def placed(marks: Sequence[WheelMark], year: int) -> list[Placed]:
    """Give every mark a place; those that would lie on each other move inwards, lane by lane."""
    weekly = often(marks)
    rings: dict[str, list[WheelMark]] = defaultdict(list)
    for mark in marks:
        rings[mark.ring].append(mark)
    found = []
    for ring, members in rings.items():
        last = [-math.inf] * LANES
        radius = RINGS[ring][1]
        for mark in sorted(members, key=lambda each: each.on):
            day = min(max(mark.on, dt.date(year, 1, 1)), dt.date(year, 12, 31))
            angle = angle_of(day, year)
            lane = next((n for n in range(LANES) if (angle - last[n]) * radius >= NEAR), None)
            if lane is None:
                lane = min(range(LANES), key=lambda n: last[n])
            last[lane] = angle
            x, y = at_angle(angle, radius + 14 - lane * LANE)
            found.append(Placed(mark, x, y, mark.commitment.pk in weekly))
    return found


def often(marks: Sequence[WheelMark]) -> set[int | None]:
    """The commitments with so many marks that each is drawn small."""
    counts: dict[int | None, int] = defaultdict(int)
    for mark in marks:
        counts[mark.commitment.pk] += 1
    return {key for key, number in counts.items() if number > 13}


def drawn(one: Placed, url: str) -> str:
    """A mark by form: filled, ringed, a triangle, a thin ring, a dashed ring, a dash."""
    mark = one.mark
    size = 5.0 if one.small else 8.5
    words = (
        f"{mark.title}: {STATES[mark.state]}, {day_words(mark)}. Klausul {mark.commitment.clause}."
    )
    return (
        f'<a href="{escape(url)}" aria-label="{escape(words)}" class="wheel-mark" '
        f'data-state="{mark.state}"><title>{escape(words)}</title>'
        f"{shape(mark.state, one.x, one.y, size)}</a>"
    )


def shape(state: str, x: float, y: float, size: float) -> str:
    at = f'cx="{x:.1f}" cy="{y:.1f}"'
    if state == "done":
        return f'<circle {at} r="{size}" fill="var(--data-now)"/>'
    if state == "due":
        return f'<circle {at} r="{size}" fill="var(--sheet)" stroke="var(--data-now)" stroke-width="4"/>'
    if state == "late":
        big = size * 1.25
        return f'<path d="M{x:.1f} {y - big:.1f}L{x + big:.1f} {y + big * 0.8:.1f}H{x - big:.1f}z" fill="var(--late)"/>'
    if state == "upcoming":
        return f'<circle {at} r="{size - 1}" fill="var(--sheet)" stroke="var(--ink-quiet)" stroke-width="1.5"/>'
    if state == "soft":
        return (
            f'<circle {at} r="{size - 1}" fill="none" stroke="var(--ink-quiet)" '
            'stroke-width="1.5" stroke-dasharray="2.5 2.5"/>'
        )
    return f'<path d="M{x - size:.1f} {y:.1f}h{2 * size:.1f}" stroke="var(--ink-quiet)" stroke-width="2"/>'


def day_words(mark: WheelMark) -> str:
    if mark.done_on is not None:
        return swedish.date(mark.done_on)
    if mark.deadline != mark.due:
        return f"helst {swedish.date(mark.due)}, senast {swedish.date(mark.deadline)}"
    return swedish.date(mark.due)


def meeting(one: PlannedMeeting, year: int, url: str) -> str:
    """A meeting that is called: a diamond on the meetings' ring."""
    x, y = at_angle(angle_of(one.starts_at.date(), year), RINGS["meeting"][1] - 18)
    words = f"{one.title}, kallat till {swedish.moment(one.starts_at)}"
    form = f'<path d="M{x:.1f} {y - 9:.1f}l9 9-9 9-9-9z" fill="var(--sheet)" stroke="var(--data-now)" stroke-width="2.5"/>'
    inner = f"<title>{escape(words)}</title>{form}"
    if not url:
        return f"<g>{inner}</g>"
    return f'<a href="{escape(url)}" aria-label="{escape(words)}" class="wheel-mark">{inner}</a>'


def hand(at: dt.date) -> str:
    """Today, as the hand of a clock."""
    angle = angle_of(at, at.year)
    x1, y1 = at_angle(angle, 96)
    x2, y2 = at_angle(angle, OUTER + 14)
    return (
        f'<g class="wheel-hand" pointer-events="none"><title>I dag, {swedish.date(at)}</title>'
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="var(--ink)" stroke-width="3" stroke-linecap="round"/>'
        f'<circle cx="{x2:.1f}" cy="{y2:.1f}" r="6" fill="var(--ink)"/></g>'
    )


def middle(year: Year) -> list[str]:
    """The year and its count, in the middle."""
    done = sum(mark.state == "done" for mark in year.marks)
    late = sum(mark.state == "late" for mark in year.marks)
    lines = [f"{done} av {len(year.marks)} klara"]
    if late:
        lines.append(f"{late} inte i tid")
    texts = "".join(
        f'<text x="{CENTRE}" y="{CENTRE + 34 + 26 * number}" class="wheel-count" text-anchor="middle">{text}</text>'
        for number, text in enumerate(lines)
    )
    return [
        f'<text x="{CENTRE}" y="{CENTRE + 4}" class="wheel-year" text-anchor="middle">{year.year}</text>{texts}'
    ]
