"""Small counts hidden in a table so that neither margins nor neighbours give them back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
TINY = 1e-7
LARGEST = 4e8


class SuppressionError(ValueError):
    """The table cannot be protected as asked. The message says why and what to do."""


@dataclass(frozen=True)
class Suppressed:
    """A table that may be published, and the proof that what is hidden stays hidden.

    table : rows with the counts, None where hidden; one row for a one-dimensional table.
    row_totals, column_totals, total : the margins, None where hidden. A one-dimensional table has
        only the total.
    primary : cells hidden because they are small; secondary : hidden to protect those. Both with the
        margins as last row and column, as are lower and upper.
    lower, upper : for every cell, the tightest bounds that a reader can work out from all that is
        shown. For a hidden cell they reach at least from 0 to k.
    safe : whether that holds for every small cell.
    """

    table: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None
    primary: BoolArray
    secondary: BoolArray
    lower: FloatArray
    upper: FloatArray
    safe: bool
    k: int
    warnings: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The published part and its proof as plain Python values; the hidden counts are not in it."""
        upper = [[None if np.isinf(v) else v for v in row] for row in self.upper.tolist()]
        return {
            "table": [list(row) for row in self.table],
            "row_totals": list(self.row_totals),
            "column_totals": list(self.column_totals),
            "total": self.total,
            "hidden": int((self.primary | self.secondary).sum()),
            "lower": self.lower.tolist(),
            "upper": upper,
            "safe": self.safe,
            "k": self.k,
            "warnings": list(self.warnings),
        }

    def _repr_html_(self) -> str:
        rows = [*self.table, self.column_totals] if self.column_totals else list(self.table)
        ends = [*self.row_totals, self.total] if self.row_totals else [self.total]
        body = "".join(
            "<tr>" + "".join(f"<td>{_shown(v)}</td>" for v in row) + f"<th>{_shown(end)}</th></tr>"
            for row, end in zip(rows, ends, strict=False)
        )
        notes = "".join(f"<li>{escape(w)}</li>" for w in self.warnings)
        return f"<table>{body}</table><ul>{notes}</ul>"


def suppress(table: Any, *, k: int, secondary: bool = True) -> Suppressed:
    """Hide counts from 1 to k − 1, and enough others that they cannot be worked out.

    Parameters
    ----------
    table : counts without margins, one- or two-dimensional: nested lists, array, or a table of
        pandas or polars with number columns only. Margins are computed, and hidden where small.
    k : smallest count that may be shown; at least 2.
    secondary : whether to protect the small cells. Without it the bounds are still worked out, so
        that `safe` tells whether the margins give a small cell back.

    Returns
    -------
    Suppressed : from all that is shown, each small cell could be 0 and could be k or more.

    Raises
    ------
    SuppressionError : not counts, more than two dimensions, or k under 2.

    Each small cell is protected by the cheapest change of the table that keeps every shown sum and
    brings the cell to 0, and another that brings it to k (a linear programme). The bounds are solved
    as largest flows between row and column sums: exact whole numbers.
    Source: Fischetti & Salazar 2001; Hundepool et al. 2012, Statistical Disclosure Control, ch. 4.
    """
    counts = _read(table)
    if isinstance(k, bool) or int(k) != k or k < 2:
        raise SuppressionError("k ska vara ett helt tal, minst 2.")
    full = _with_margins(counts)
    primary = (full > 0) & (full < k)
    hidden = _protect(full, _sums(full.shape), primary, int(k)) if secondary else primary
    lower, upper = _bounds(full, hidden)
    safe = bool(((lower[primary] == 0) & (upper[primary] >= k)).all())
    return _result(full, counts.ndim, primary, hidden, lower, upper, safe, int(k))


# --- The table -----------------------------------------------------------------------------------


def _read(table: Any) -> FloatArray:
    raw = table.to_numpy() if hasattr(table, "to_numpy") else table
    try:
        counts = np.asarray(raw, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise SuppressionError("Tabellen ska bara innehålla tal. Ta bort textkolumner.") from error
    if counts.ndim not in (1, 2) or counts.size == 0:
        raise SuppressionError("Tabellen ska ha en eller två dimensioner och minst en cell.")
    if counts.sum() > LARGEST:
        raise SuppressionError("Summan är för stor. Räkna i tusental.")
    if not np.isfinite(counts).all() or (counts < 0).any() or (counts % 1 != 0).any():
        raise SuppressionError("Tabellen ska innehålla antal: hela tal, aldrig under noll.")
    return counts


def _with_margins(counts: FloatArray) -> FloatArray:
    if counts.ndim == 1:
        return np.append(counts, counts.sum())[None]
    wide = np.column_stack([counts, counts.sum(axis=1)])
    return np.vstack([wide, wide.sum(axis=0)])


def _sums(shape: tuple[int, ...]) -> Any:
    """Sparse matrix S with S·x = 0 for every table whose cells add up to its margins."""
    from scipy.sparse import csr_matrix

    index = np.arange(int(np.prod(shape))).reshape(shape)
    lines = [*index, *index.T] if shape[0] > 1 else [*index]
    rows = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    signs = np.concatenate([np.append(np.ones(len(line) - 1), -1.0) for line in lines])
    return csr_matrix((signs, (rows, np.concatenate(lines))), (len(lines), index.size))


def _costs(full: FloatArray, k: int) -> FloatArray:
    """What is lost by hiding a cell. Margins are kept as long as possible."""
    cost = np.where(full == 0, k, np.log1p(full) + 1.0)
    edge = np.zeros(full.shape, dtype=bool)
    edge[:, -1] = True
    if full.shape[0] > 1:
        edge[-1, :] = True
    cost[edge] *= 20
    cost[-1, -1] *= 20
    return np.asarray(cost)


# --- Protection and proof ------------------------------------------------------------------------


def _protect(full: FloatArray, sums: Any, primary: BoolArray, k: int) -> BoolArray:
    """Hidden cells: the small ones and those each of them needs to reach both 0 and k."""
    values, cost = full.ravel(), _costs(full, k).ravel()
    hidden = primary.copy()
    network = _Network(full, hidden)
    for cell in np.flatnonzero(primary)[np.argsort(-values[primary.ravel()], kind="stable")]:
        for change in (k - values[cell], -values[cell]):
            if network.room(int(cell), math.copysign(1.0, change)) >= abs(change):
                continue
            price = np.where(hidden.ravel(), 0.0, cost)
            found = _cheapest_change(values, sums, price, int(cell), float(change))
            hidden |= found.reshape(full.shape)
            network = _Network(full, hidden)
    return hidden


def _cheapest_change(
    values: FloatArray, sums: Any, price: FloatArray, cell: int, change: float
) -> BoolArray:
    """Cells of the cheapest other table that shows the same sums and has `cell` changed so much."""
    from scipy.optimize import linprog
    from scipy.sparse import hstack

    size = len(values)
    limits = np.stack([np.zeros(2 * size), np.append(np.full(size, np.inf), values)], axis=1)
    limits[cell] = max(change, 0.0)
    limits[size + cell] = max(-change, 0.0)
    answer = linprog(
        np.append(price, price) + 1e-6,
        A_eq=hstack([sums, -sums], format="csr"),
        b_eq=np.zeros(sums.shape[0]),
        bounds=limits,
        method="highs",
    )
    if not answer.success:
        raise SuppressionError("Tabellen kan inte skyddas. Slå ihop rader eller kolumner.")
    return np.asarray(answer.x[:size] + answer.x[size:] > TINY)


def _bounds(full: FloatArray, hidden: BoolArray) -> tuple[FloatArray, FloatArray]:
    """What a reader can work out: least and largest value of each cell given all that is shown."""
    lower, upper = full.copy(), full.copy()
    network = _Network(full, hidden)
    for cell in np.flatnonzero(hidden):
        lower.flat[cell] -= network.room(int(cell), -1.0)
        upper.flat[cell] += network.room(int(cell), 1.0)
    return lower, upper


class _Network:
    """The hidden cells as pipes between the sums of rows and of columns.

    A change that keeps all sums is a flow in a circle. A cell may rise without limit and fall to 0;
    margins stand on the other side of their sum, so for them up and down change places. How far a
    cell can go is the largest flow back from its column to its row.
    """

    def __init__(self, full: FloatArray, hidden: BoolArray) -> None:
        if len(full) == 1:  # One row: each column is a sum of one cell, hidden with it.
            full, hidden = np.vstack([full, full]), np.vstack([hidden, hidden])
        rows, columns = self.shape = full.shape
        self.endless = int(4 * full.sum()) + 1_000
        margin = np.zeros(full.shape, dtype=bool)
        margin[-1, :-1] = margin[:-1, -1] = True
        self.margin = margin
        fall, rise = full.astype(np.int64), np.full(full.shape, self.endless)
        onward = np.where(hidden, np.where(margin, fall, rise), 0)
        back = np.where(hidden, np.where(margin, rise, fall), 0)
        self.pipes = np.zeros((rows + columns + 1, rows + columns + 1), dtype=np.int32)
        self.pipes[:rows, rows:-1] = onward
        self.pipes[rows:-1, :rows] = back.T

    def room(self, cell: int, sign: float) -> float:
        """How far the cell can rise (sign 1) or fall (−1); infinite where nothing holds it."""
        from scipy.sparse import csr_matrix
        from scipy.sparse.csgraph import maximum_flow

        row, column = divmod(cell, self.shape[1])
        onward = (sign > 0) != bool(self.margin[row, column])
        ends = (row, self.shape[0] + column)
        start, stop = (ends[1], ends[0]) if onward else ends
        own = int(self.pipes[stop, start])
        pipes = self.pipes.copy()
        pipes[start, stop] = pipes[stop, start] = 0
        pipes[-1, start] = self.endless  # One pipe in, so that the flow stays a 32-bit number.
        flow = maximum_flow(csr_matrix(pipes), len(pipes) - 1, stop).flow_value
        room = min(own, int(flow))
        return math.inf if room >= self.endless else float(room)


# --- The result ----------------------------------------------------------------------------------


def _result(
    full: FloatArray,
    dimensions: int,
    primary: BoolArray,
    hidden: BoolArray,
    lower: FloatArray,
    upper: FloatArray,
    safe: bool,
    k: int,
) -> Suppressed:
    shape = full.shape
    cells = [None if gone else int(v) for v, gone in zip(full.ravel(), hidden.ravel(), strict=True)]
    rows = [tuple(cells[i : i + shape[1]]) for i in range(0, len(cells), shape[1])]
    two = dimensions == 2
    body = rows[:-1] if two else rows
    return Suppressed(
        table=tuple(row[:-1] for row in body),
        row_totals=tuple(row[-1] for row in body) if two else (),
        column_totals=rows[-1][:-1] if two else (),
        total=rows[-1][-1],
        primary=primary,
        secondary=hidden & ~primary,
        lower=lower,
        upper=upper,
        safe=safe,
        k=k,
        warnings=tuple(_notes(rows, safe)),
    )


def _notes(rows: Sequence[tuple[int | None, ...]], safe: bool) -> list[str]:
    notes = []
    cells = [v for row in rows for v in row]
    gone = sum(v is None for v in cells)
    if not safe:
        notes.append("Små tal kan räknas ut ur summorna. Publicera inte tabellen så.")
    if gone > len(cells) / 2:
        notes.append("Mer än halva tabellen är dold. Slå ihop rader eller kolumner.")
    if rows[-1][-1] is None:
        notes.append("Även totalen är dold, för annars kunde små tal räknas ut.")
    return notes


def _shown(value: int | None) -> str:
    return "–" if value is None else f"{value}"
