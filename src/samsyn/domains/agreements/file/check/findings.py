"""Where the rules of the check put what they find."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from samsyn.domains.agreements.file.problems import Problem, did_you_mean, dotted
from samsyn.domains.agreements.file.yaml_source import Path, YamlSource


class Findings:
    """Collects problems at their line and column."""

    def __init__(self, source: YamlSource) -> None:
        self._source = source
        self.problems: list[Problem] = []

    def error(self, path: Path, what: str, instead: str) -> None:
        self._add(path, what, instead, "error")

    def warn(self, path: Path, what: str, instead: str) -> None:
        self._add(path, what, instead, "warning")

    def unknown(self, path: Path, what: str, ref: str, known: Iterable[str]) -> None:
        """An id that nothing in the file has."""
        self.error(path, f"{what} ”{ref}” finns inte i filen.", did_you_mean(ref, known))

    def _add(
        self, path: Path, what: str, instead: str, severity: Literal["error", "warning"]
    ) -> None:
        place = self._source.place(path)
        self.problems.append(
            Problem(place.line, place.column, dotted(path), what, instead, severity)
        )
