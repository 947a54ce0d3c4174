"""Small counts hidden in a table so that neither margins nor neighbours give them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
TINY = 1e-7


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
    brings the cell to 0, and another that brings it to k (a linear programme; sums of a
    two-dimensional table are totally unimodular, so the bounds are whole numbers and exact).
    Source: Fischetti & Salazar 2001; Hundepool et al. 2012, Statistical Disclosure Control, ch. 4.
    """
    counts = _read(table)
    if isinstance(k, bool) or int(k) != k or k < 2:
        raise SuppressionError("k ska vara ett helt tal, minst 2.")
    full = _with_margins(counts)
    sums = _sums(full.shape)
    values = full.ravel()
    primary = (values > 0) & (values < k)
    hidden = primary.copy()
    if secondary:
        hidden = _protect(values, sums, primary, _costs(full, k), int(k))
    lower, upper = _bounds(values, sums, hidden)
    safe = bool(((lower[primary] < TINY) & (upper[primary] > k - TINY)).all())
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
    return np.asarray(cost.ravel())


# --- Protection and proof ------------------------------------------------------------------------


def _protect(
    values: FloatArray, sums: Any, primary: BoolArray, cost: FloatArray, k: int
) -> BoolArray:
    """Hidden cells: the small ones and those each of them needs to reach both 0 and k."""
    hidden = primary.copy()
    for cell in np.flatnonzero(primary)[np.argsort(-values[primary], kind="stable")]:
        for change in (k - values[cell], -values[cell]):
            price = np.where(hidden, 0.0, cost)
            hidden |= _cheapest_change(values, sums, price, int(cell), float(change))
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


def _bounds(values: FloatArray, sums: Any, hidden: BoolArray) -> tuple[FloatArray, FloatArray]:
    """What a reader can work out: least and largest value of each cell given all that is shown."""
    from scipy.optimize import linprog

    lower, upper = values.copy(), values.copy()
    cells = np.flatnonzero(hidden)
    if not len(cells):
        return lower, upper
    shown = sums[:, ~hidden] @ values[~hidden]
    inner = sums[:, cells]
    for i, cell in enumerate(cells):
        for sign, bound in ((1.0, lower), (-1.0, upper)):
            target = np.zeros(len(cells))
            target[i] = sign
            answer = linprog(target, A_eq=inner, b_eq=-shown, bounds=(0, None), method="highs")
            bound[cell] = sign * answer.fun if answer.status == 0 else np.inf
    return np.round(lower, 6) + 0.0, np.round(upper, 6)


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
    cells = [None if gone else int(v) for v, gone in zip(full.ravel(), hidden, strict=True)]
    rows = [tuple(cells[i : i + shape[1]]) for i in range(0, len(cells), shape[1])]
    two = dimensions == 2
    body = rows[:-1] if two else rows
    return Suppressed(
        table=tuple(row[:-1] for row in body),
        row_totals=tuple(row[-1] for row in body) if two else (),
        column_totals=rows[-1][:-1] if two else (),
        total=rows[-1][-1],
        primary=primary.reshape(shape),
        secondary=(hidden & ~primary).reshape(shape),
        lower=lower.reshape(shape),
        upper=upper.reshape(shape),
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
