"""What is done regularly: each domain registers its own, and each must be safe to run twice."""

from __future__ import annotations

import logging
from collections.abc import Callable

from samsyn.base.slots import Slot

log = logging.getLogger(__name__)

ticks: Slot[Callable[[], str]] = Slot("ticks")


def run_ticks() -> dict[str, str]:
    """Run all in order; one that fails is logged and does not stop the others. Returns what each told."""
    told: dict[str, str] = {}
    for key, tick in ticks:
        try:
            told[key] = tick()
        except Exception:
            log.exception("The regular work %s failed.", key)
            told[key] = "failed"
    return told
