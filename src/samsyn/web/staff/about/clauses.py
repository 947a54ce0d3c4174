"""The clauses that the program answers, and the tests that prove each. Both are files made elsewhere."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent
GROUPS = {
    "L": "Laholm 2024–2026",
    "H": "Hallsberg, Askersund, Kumla och Laxå 2024–2026",
    "K": "Lomma 2023–2027",
    "U": "Luleå 2020–2023",
    "C": "Gemensamt för alla fyra",
}


@dataclass(frozen=True)
class Clause:
    """One clause: its ID, what the agreement says, and the tests that prove what the program does."""

    id: str
    says: str
    tests: tuple[str, ...]


@lru_cache(maxsize=1)
def clauses_by_group() -> dict[str, list[Clause]]:
    """Return group name → clauses in order."""
    texts: dict[str, str] = json.loads((HERE / "clauses.json").read_text())
    proved: dict[str, list[str]] = json.loads((HERE / "coverage.json").read_text())
    groups: dict[str, list[Clause]] = {name: [] for name in GROUPS.values()}
    for key, says in texts.items():
        groups[GROUPS[key[0]]].append(Clause(key, says, tuple(proved.get(key, ()))))
    return groups
