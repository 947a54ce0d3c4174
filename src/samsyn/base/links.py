"""A thing in the system, named without an address: the web floor knows where it is shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """Points at a thing by its kind ("report", "picture" …) and its key; the web turns it into a URL."""

    kind: str
    key: str = ""
