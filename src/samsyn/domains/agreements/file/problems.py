"""What is wrong in an agreement file, where, and what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to correct (``severity="error"``) or to look at (``"warning"``).

    ``line`` and ``column`` count from 1; ``path`` is the place in the file, such as
    ``bodies[0].seats[2].party``. ``what`` and ``instead`` are whole Swedish sentences.
    """

    line: int
    column: int
    path: str
    what: str
    instead: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = f"Rad {self.line}, kolumn {self.column}"
        if self.path:
            place += f" ({self.path})"
        return f"{place}: {self.what} {self.instead}".rstrip()


class AgreementFileError(ValueError):
    """The file cannot be used as it stands; ``problems`` lists why, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """A Swedish sentence that names the nearest known word, else lists the known ones.

    >>> did_you_mean("kommunpolsen", ["kommunpolisen", "samordnaren"])
    'Menade du ”kommunpolisen”?'
    """
    words = sorted(set(known))
    near = difflib.get_close_matches(wrong, words, n=1, cutoff=0.6)
    if near:
        return f"Menade du ”{near[0]}”?"
    if not words:
        return ""
    shown = ", ".join(words[:12]) + (" …" if len(words) > 12 else "")
    return f"Välj bland: {shown}."


def dotted(path: Iterable[str | int]) -> str:
    """``("bodies", 0, "name")`` as ``bodies[0].name``."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text
