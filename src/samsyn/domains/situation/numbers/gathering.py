"""All numbers of one week, from the rows as they are now."""

from __future__ import annotations

from samsyn.domains.situation.result import Scope, WeeklyNumbers
from samsyn.domains.situation.weeks import Week


def gather(scope: Scope, week: Week) -> WeeklyNumbers:
    """Return the numbers of `week` for `scope`, as the system itself sees them."""
    raise NotImplementedError
