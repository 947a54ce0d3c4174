"""Slots: lower floors offer a named place, upper ones fill it at start-up. No arrow points up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

Filling = TypeVar("Filling", bound=Callable[..., object])


class Slot(Generic[Filling]):
    """An ordered set of functions, each under a key of its own."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._fillings: dict[str, tuple[int, Filling]] = {}

    def fill(self, key: str, filling: Filling, *, order: int = 100) -> None:
        """Put `filling` in the slot; the same key twice by another function is a mistake in the code."""
        known = self._fillings.get(key)
        if known is not None and known[1] is not filling:
            raise ValueError(f"The slot {self.name} already has a filling called {key}.")
        self._fillings[key] = (order, filling)

    def __iter__(self) -> Iterator[tuple[str, Filling]]:
        for key, (_, filling) in sorted(
            self._fillings.items(), key=lambda item: (item[1][0], item[0])
        ):
            yield key, filling
