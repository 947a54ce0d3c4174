"""Which places are neighbours, and how much each counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .results import AnalysisError, FloatArray, IntArray, column


@dataclass(frozen=True)
class Neighbours:
    """Weights by row: place i has other[begins[i]:begins[i + 1]] with `weight`."""

    begins: IntArray
    other: IntArray
    weight: FloatArray

    @property
    def places(self) -> int:
        return self.begins.size - 1

    @property
    def row(self) -> IntArray:
        return np.repeat(np.arange(self.places), np.diff(self.begins))

    def sums(self, values: FloatArray) -> FloatArray:
        """Sum of values over each row; zero for an empty one."""
        total: FloatArray = np.bincount(self.row, weights=values, minlength=self.places).astype(
            float
        )
        return total

    def without_self(self) -> Neighbours:
        keep = self.other != self.row
        counts = np.bincount(self.row[keep], minlength=self.places)
        begins = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return Neighbours(begins, self.other[keep], self.weight[keep])

    def row_standardised(self) -> Neighbours:
        total = self.sums(self.weight)[self.row]
        return Neighbours(self.begins, self.other, self.weight / np.where(total > 0, total, 1.0))


def grid_neighbours(
    rows: int, columns: int, *, own: bool = True, queen: bool = True
) -> list[IntArray]:
    """Neighbours of each cell of a grid (row by row), for `getis_ord` (own=True) and `moran`.

    Parameters
    ----------
    rows, columns : shape of the grid. own : whether a cell is its own neighbour.
    queen : also across corners.
    """
    steps = [
        (a, b)
        for a in (-1, 0, 1)
        for b in (-1, 0, 1)
        if (own or (a, b) != (0, 0)) and (queen or a == 0 or b == 0)
    ]
    r, c = np.divmod(np.arange(rows * columns), columns)
    near = np.stack(
        [
            np.where(
                (r + a >= 0) & (r + a < rows) & (c + b >= 0) & (c + b < columns),
                (r + a) * columns + c + b,
                -1,
            )
            for a, b in steps
        ],
        axis=1,
    )
    return [row[row >= 0] for row in near]


def read_neighbours(values: Any, neighbours: Any) -> tuple[FloatArray, Neighbours]:
    """Values and their neighbours, refusing what does not fit together or leaves nothing to test."""
    x = column(values, "values")
    links = _links(neighbours)
    if links.places != x.size:
        raise AnalysisError(
            f"{x.size} värden men grannar för {links.places} platser.",
            f"{x.size} values but neighbours of {links.places} places.",
        )
    if x.size < 4:
        raise AnalysisError("Det behövs minst fyra platser.", "At least four places are needed.")
    if links.other.size == 0 or links.other.min() < 0 or links.other.max() >= x.size:
        raise AnalysisError(
            "Grannarna ska vara platsernas nummer, från noll.",
            "Neighbours must be the places' numbers, from zero.",
        )
    if np.ptp(x) == 0:
        raise AnalysisError(
            "Alla värden är lika. Då finns inget mönster att pröva.",
            "All values are equal. Then there is no pattern to test.",
            "all_equal",
        )
    return x, links


def _links(neighbours: Any) -> Neighbours:
    if hasattr(neighbours, "tocsr"):
        matrix = neighbours.tocsr()
        return Neighbours(
            matrix.indptr.astype(np.int64),
            matrix.indices.astype(np.int64),
            matrix.data.astype(np.float64),
        )
    if not isinstance(neighbours, Sequence | np.ndarray) or isinstance(neighbours, str):
        raise AnalysisError(
            "neighbours ska vara en lista med en rad per plats, eller en gles matris.",
            "neighbours must be a list with one row per place, or a sparse matrix.",
        )
    counts = np.fromiter((len(r) for r in neighbours), dtype=np.int64, count=len(neighbours))
    other = (
        np.concatenate([np.asarray(r, dtype=np.int64) for r in neighbours])
        if counts.sum()
        else np.zeros(0, dtype=np.int64)
    )
    begins = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Neighbours(begins, other, np.ones(other.size))
