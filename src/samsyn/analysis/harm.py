"""Counts weighed by harm, so that a murder and a bicycle theft are not one each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import cautions
from .results import (
    AnalysisError,
    FloatArray,
    Result,
    Words,
    column,
    generator,
    hash_input,
    share,
)
from .results import counts as read_counts


@dataclass(frozen=True, kw_only=True, eq=False)
class Harm(Result):
    """Harm in the unit of the weights. Numbers for one period, arrays for several.

    total, interval : harm-weighted sum and its bootstrap interval.
    by_kind, share : harm of each kind, and its part of the total (last axis).
    kinds : names of the kinds, where they were given.
    """

    total: Any
    interval: Any
    by_kind: FloatArray
    share: FloatArray
    kinds: tuple[str, ...]


def harm(
    counts: Any,
    weights: Any,
    *,
    seed: int = 0,
    replicates: int = 2000,
    dispersion: float = 1.0,
    level: float = 0.95,
) -> Harm:
    """Weigh counts by harm and give the interval that chance alone makes.

    Parameters
    ----------
    counts : per kind: a mapping name → count (or counts per period), or an array (kinds,) or
        (periods, kinds).
    weights : per kind, above or equal to zero: a mapping, or an array in the same order. Weights are
        data of their own, dated and sourced; none are built in.
    seed, replicates : of the bootstrap, in which each count is drawn around itself.
    dispersion : variance over mean of the counts, 1 for Poisson.
    level : confidence level.

    Raises
    ------
    AnalysisError : a kind without a weight, negative values, wrong shapes.

    Source: Sherman, Neyroud & Neyroud 2016 (Crime Harm Index); Kärrholm, Neyroud & Smaaland 2020.
    """
    table, weight, kinds = _read(counts, weights)
    level = share(level, "level")
    if dispersion < 1:
        raise AnalysisError("dispersion ska vara minst 1.", "dispersion must be at least 1.")
    rows = np.atleast_2d(table)
    by_kind = rows * weight
    total = by_kind.sum(axis=1)
    interval = _bootstrap(rows, weight, generator(seed), replicates, dispersion, level)
    with np.errstate(invalid="ignore"):
        part = by_kind / total[:, None]
    single = table.ndim == 1
    return Harm(
        total=float(total[0]) if single else total,
        interval=tuple(map(float, interval[0])) if single else interval,
        by_kind=by_kind[0] if single else by_kind,
        share=part[0] if single else part,
        kinds=kinds,
        parameters={
            "weights": weight,
            "replicates": replicates,
            "dispersion": dispersion,
            "level": level,
        },
        seed=seed,
        warnings=tuple(_notes(rows, by_kind, total)),
        input_hash=hash_input(rows, weight),
    )


def _bootstrap(
    rows: FloatArray,
    weight: FloatArray,
    random: np.random.Generator,
    replicates: int,
    dispersion: float,
    level: float,
) -> FloatArray:
    """Percentile interval of the weighted sum; one period at a time keeps the memory small."""
    tail = (1 - level) / 2
    ends = np.empty((len(rows), 2))
    for i, row in enumerate(rows):
        if dispersion == 1:
            drawn = random.poisson(row, (replicates, len(row)))
        else:
            rate = random.gamma(
                np.maximum(row, 1e-12) / (dispersion - 1), dispersion - 1, (replicates, len(row))
            )
            drawn = random.poisson(rate)
        ends[i] = np.quantile(drawn @ weight, [tail, 1 - tail])
    return ends


def _read(counts: Any, weights: Any) -> tuple[FloatArray, FloatArray, tuple[str, ...]]:
    kinds: tuple[str, ...] = ()
    if isinstance(counts, Mapping):
        kinds = tuple(map(str, counts))
        counts = np.stack([np.asarray(v) for v in counts.values()], axis=-1)
    elif hasattr(counts, "columns"):
        kinds = tuple(map(str, counts.columns))
        counts = counts.to_numpy()
    if isinstance(weights, Mapping):
        missing = [kind for kind in kinds if kind not in weights]
        if missing or not kinds:
            named = ", ".join(missing) or "?"
            raise AnalysisError(
                f"Vikt saknas för {named}.", f"No weight for {named}.", "missing_weight"
            )
        weights = [weights[kind] for kind in kinds]
    table, weight = read_counts(counts, "counts"), column(weights, "weights")
    if table.ndim not in (1, 2) or table.shape[-1] != len(weight):
        raise AnalysisError(
            f"Det finns {table.shape[-1] if table.ndim else 0} brottstyper men {len(weight)} vikter.",
            f"There are {table.shape[-1] if table.ndim else 0} kinds but {len(weight)} weights.",
        )
    if (weight < 0).any():
        raise AnalysisError("Vikter ska inte vara under noll.", "Weights must not be negative.")
    return table, weight, kinds


def _notes(rows: FloatArray, by_kind: FloatArray, total: FloatArray) -> list[Words]:
    notes = []
    if rows.sum(axis=1).min() < cautions.FEW:
        notes.append(cautions.few_events(float(rows.sum(axis=1).min())))
    heaviest = by_kind.max(axis=1) > 0.5 * total
    rare = np.take_along_axis(rows, by_kind.argmax(axis=1)[:, None], axis=1)[:, 0] < 5
    if (heaviest & rare & (total > 0)).any():
        notes.append(
            Words(
                "Ett fåtal grova brott utgör mer än halva skadan. Summan kan svänga kraftigt.",
                "A few grave crimes make up more than half of the harm. The sum may swing widely.",
                "few_grave",
            )
        )
    if (rows == 0).any():
        notes.append(
            Words(
                "En brottstyp har inga händelser. Intervallet räknar inte med att den kunde ha inträffat.",
                "One kind has no events. The interval does not allow for its having occurred.",
                "zero_count",
            )
        )
    notes.append(
        Words(
            "Jämför platser och korta perioder, inte långa trender: lagar och påföljder ändras.",
            "Compare places and short periods, not long trends: laws and sentences change.",
            "no_long_trends",
        )
    )
    return notes
