"""Small counts stay hidden: proved against every table that shows the same."""

import itertools
import json

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.privacy.suppress import SuppressionError, _bounds, _sums, _with_margins, suppress

TABLE = [[20, 50, 10, 12], [8, 19, 22, 3], [17, 32, 12, 40]]


def test_a_small_count_and_three_to_protect_it():
    result = suppress(TABLE, k=5)
    assert result.table[1][3] is None
    assert sum(v is None for row in result.table for v in row) == 4
    assert result.row_totals == (92, 52, 101)
    assert result.total == 245
    assert result.safe


def test_without_secondary_suppression_the_margins_give_it_back():
    result = suppress(TABLE, k=5, secondary=False)
    assert not result.safe
    assert (result.lower[1, 3], result.upper[1, 3]) == (3, 3)
    assert "kan räknas ut" in result.warnings[0]


def test_the_bounds_reach_from_nothing_to_k():
    result = suppress(TABLE, k=5)
    assert result.lower[1, 3] == 0
    assert result.upper[1, 3] >= 5


def tables_that_show_the_same(result, highest):
    """All small tables that agree with every published number."""
    shape = (len(result.table), len(result.table[0]))
    for cells in itertools.product(range(highest + 1), repeat=shape[0] * shape[1]):
        table = np.array(cells).reshape(shape)
        shown = [
            (table[i, j], result.table[i][j]) for i in range(shape[0]) for j in range(shape[1])
        ]
        shown += zip(table.sum(axis=1), result.row_totals, strict=True)
        shown += zip(table.sum(axis=0), result.column_totals, strict=True)
        shown.append((table.sum(), result.total))
        if all(seen is None or seen == value for value, seen in shown):
            yield table


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=4, max_size=4), st.integers(2, 3))
def test_proved_by_trying_every_table(cells, k):
    counts = np.array(cells).reshape(2, 2)
    result = suppress(counts, k=k)
    assert result.safe
    possible = np.array(list(tables_that_show_the_same(result, 9)))
    for i, j in np.argwhere((counts > 0) & (counts < k)):
        assert possible[:, i, j].min() == 0
        assert possible[:, i, j].max() >= k


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5), st.integers(2, 4), st.integers(2, 6))
def test_always_safe_and_never_shows_a_small_count(seed, rows, columns, k):
    counts = np.random.default_rng(seed).poisson(4, (rows, columns))
    result = suppress(counts, k=k)
    shown = [v for row in result.table for v in row]
    shown += [*result.row_totals, *result.column_totals, result.total]
    assert result.safe
    assert not any(v is not None and 0 < v < k for v in shown)
    kept = [v for row in result.table for v in row]
    assert all(v is None or v == c for v, c in zip(kept, counts.ravel(), strict=True))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4), st.integers(2, 5))
def test_bounds_equal_those_of_a_linear_programme(seed, rows, columns):
    from scipy.optimize import linprog

    rng = np.random.default_rng(seed)
    counts = rng.poisson(4, (rows, columns)).astype(float)
    full = _with_margins(counts if rows > 1 else counts[0])
    hidden = rng.random(full.shape) < 0.5
    lower, upper = _bounds(full, hidden)
    sums, gone = _sums(full.shape).toarray(), hidden.ravel()
    shown = -sums[:, ~gone] @ full.ravel()[~gone]
    for place, cell in enumerate(np.flatnonzero(gone)):
        for sign, bound in ((1, lower), (-1, upper)):
            target = sign * (np.arange(gone.sum()) == place)
            answer = linprog(target, A_eq=sums[:, gone], b_eq=shown, bounds=(0, None))
            assert bound.flat[cell] == pytest.approx(
                sign * answer.fun if answer.status == 0 else np.inf, abs=1e-6
            )


def test_a_small_total_is_hidden_too():
    result = suppress([[1, 0], [0, 0]], k=5)
    assert result.total is None
    assert result.safe
    assert "totalen" in " ".join(result.warnings)


def test_one_dimension_has_one_total():
    result = suppress([1, 2, 30, 40], k=5)
    assert result.table == ((None, None, None, 40),)
    assert result.total == 73
    assert result.row_totals == ()


def test_nothing_small_nothing_hidden():
    result = suppress([[10, 20], [30, 40]], k=5)
    assert result.table == ((10, 20), (30, 40))
    assert not result.secondary.any()


@pytest.mark.parametrize(
    "table", [np.array(TABLE), pd.DataFrame(TABLE), pl.DataFrame(TABLE, orient="row")]
)
def test_tables_of_all_kinds(table):
    assert suppress(table, k=5).table == suppress(TABLE, k=5).table


def test_what_is_stored_holds_no_hidden_count():
    told = json.loads(json.dumps(suppress([[3, 40], [40, 50]], k=5).to_dict()))
    assert told["table"][0][0] is None
    assert told["hidden"] == 4
    assert 3 not in [v for key in ("lower", "upper") for row in told[key] for v in row]
    assert "<td>–</td>" in suppress([[3, 40], [40, 50]], k=5)._repr_html_()


@pytest.mark.parametrize(
    ("table", "k"),
    [
        ([[1.5, 2]], 5),
        ([[-1, 2]], 5),
        ([["a", 2]], 5),
        ([], 5),
        ([[[1]]], 5),
        ([[1, 2]], 1),
        ([[1, 2]], 2.5),
        ([[np.nan, 2]], 5),
    ],
)
def test_refused(table, k):
    with pytest.raises(SuppressionError):
        suppress(table, k=k)
