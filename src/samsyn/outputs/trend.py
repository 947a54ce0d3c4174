"""How an agreement has been kept, month by month, as a small chart: the same figures as the table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from samsyn.base import words
from samsyn.domains.agreements.selectors.trend import TrendPoint

WIDTH, HEIGHT, TOP, FOOT = 760, 230, 24, 34


def draw_trend(points: Sequence[TrendPoint], title: str) -> str:
    """Return the chart as SVG in the colours of the page: a frame for all that can be judged, filled by what is done.

    What is late stands hatched at the top of its frame, so that it is told by form as well as colour.
    """
    most = max((one.judged for one in points), default=0) or 1
    step = WIDTH / max(len(points), 1)
    bars = "".join(bar(one, number, step, most) for number, one in enumerate(points))
    return (
        f'<svg class="trend" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}" '
        'xmlns="http://www.w3.org/2000/svg"><defs><pattern id="trend-late" width="6" height="6" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="6" height="6" fill="var(--sheet)"/><rect width="3" height="6" fill="var(--late)"/>'
        f"</pattern></defs>{bars}</svg>"
    )


def bar(one: TrendPoint, number: int, step: float, most: int) -> str:
    """One month: its frame, what is done from below, what is late from above, and the figures."""
    room = HEIGHT - TOP - FOOT
    x, width, base = number * step + step * 0.16, step * 0.68, HEIGHT - FOOT
    whole, done, late = (room * count / most for count in (one.judged, one.done, one.late))
    middle = x + width / 2
    return (
        f'<rect x="{x:.1f}" y="{base - whole:.1f}" width="{width:.1f}" height="{whole:.1f}" fill="var(--sheet)" stroke="var(--frame)"/>'
        f'<rect x="{x:.1f}" y="{base - done:.1f}" width="{width:.1f}" height="{done:.1f}" fill="var(--data-now)"/>'
        f'<rect x="{x:.1f}" y="{base - whole:.1f}" width="{width:.1f}" height="{late:.1f}" fill="url(#trend-late)"/>'
        f'<text x="{middle:.1f}" y="{base - whole - 6:.1f}" class="trend-figure" text-anchor="middle">{one.done}/{one.judged}</text>'
        f'<text x="{middle:.1f}" y="{HEIGHT - 12}" class="trend-month" text-anchor="middle">{escape(month(one))}</text>'
    )


def month(one: TrendPoint) -> str:
    """`nov` in Swedish or English."""
    return words.month(one.on)[:3]
