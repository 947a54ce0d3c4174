"""A thing in the system, named without an address: the web floor knows where it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """Points at a thing by its kind ("report", "picture" …) and its key; the web turns it into a URL."""

    kind: str
    key: str = ""


_resolvers: list[Callable[[Link], str]] = []


def resolve_with(resolver: Callable[[Link], str]) -> None:
    """Say how a link becomes a whole address; the web floor does it at start-up."""
    _resolvers[:] = [resolver]


def address_of(link: Link) -> str:
    """Return the whole address of the thing, for a letter; an empty string where no page shows it."""
    return _resolvers[0](link) if _resolvers else ""
