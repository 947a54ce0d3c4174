"""Pure decisions about registered crime: what differs between two lists, which month is missing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

RowCounter = Counter[tuple[str, str]]


def compare_lists(then: RowCounter, now: RowCounter, *, same_month: bool) -> dict[str, Any]:
    """Compare two lists, each (category, row key) → count.

    For the same month it tells which rows came, went and stand; for two months only the sums
    per category, since no row can be in both.
    """
    told: dict[str, Any] = {"by_category": by_category(then, now)}
    if same_month:
        told["added"] = (now - then).total()
        told["gone"] = (then - now).total()
        told["unchanged"] = (now & then).total()
    return told


def by_category(then: RowCounter, now: RowCounter) -> dict[str, list[int]]:
    """Return category → [then, now], the categories in order."""
    sums: dict[str, list[int]] = {}
    for place, rows in enumerate((then, now)):
        for (category, _row_key), count in rows.items():
            sums.setdefault(category, [0, 0])[place] += count
    return dict(sorted(sums.items()))


def month_before(month: int) -> int:
    """Return the month before `month`, both as yyyymm."""
    return month - 1 if month % 100 > 1 else month - 89


def missing_months(
    have: set[int], *, today: dt.date, due_day: int, in_use_from: dt.date | None, most: int = 3
) -> list[int]:
    """Return the months (yyyymm, newest first, at most `most`) whose list should have come and has not.

    A month's list is due on `due_day` the month after. Nothing is missing before the first list
    that came or before the municipality began to use the system (K05).
    """
    latest = month_before(today.year * 100 + today.month)
    if today.day <= due_day:
        latest = month_before(latest)
    first = min(have) if have else None
    if in_use_from is not None:
        begun = in_use_from.year * 100 + in_use_from.month
        first = max(first, begun) if first is not None else begun
    missing: list[int] = []
    while first is not None and latest >= first and len(missing) < most:
        if latest not in have:
            missing.append(latest)
        latest = month_before(latest)
    return missing
