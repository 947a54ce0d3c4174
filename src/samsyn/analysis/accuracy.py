"""How well did a hot-spot map foretell the next period?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from . import cautions
from .results import (
    AnalysisError,
    FloatArray,
    IntArray,
    Result,
    Words,
    column,
    hash_input,
    same_length,
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Accuracy(Result):
    """Cumulative: entry i is for the i + 1 places ranked highest by predicted density.

    For a map of marked places (True and False) there is one entry, for the marked ones.

    pai : share of events caught over share of the area (1: no better than chance).
    pei : PAI over the best possible PAI for the same area (1: as good as it gets).
    rri : number predicted over number that came, so far down the list (1: well calibrated).
    hit_rate, area_share : the two shares of the PAI. order : the places, highest first.
    """

    pai: FloatArray
    pei: FloatArray
    rri: FloatArray
    hit_rate: FloatArray
    area_share: FloatArray
    order: IntArray


def accuracy(predicted: Any, actual: Any, area: Any = 1.0) -> Accuracy:
    """Judge a map against the period after it.

    Parameters
    ----------
    predicted : expected (or earlier) number per place, not negative; or True where marked hot.
    actual : events per place in the following period.
    area : size of each place in any unit, or one number where all are equal.

    Raises
    ------
    AnalysisError : no events, negative values, columns of unequal length.

    Source: Chainey, Tompson & Uhlig 2008 (PAI); Hunt 2016 (PEI); Wheeler &
    Steenbeek 2021 (RRI).
    """
    expected, events = column(predicted, "predicted"), column(actual, "actual")
    size = np.asarray(area, dtype=np.float64) if np.ndim(area) == 0 else column(area, "area")
    size = np.broadcast_to(size, expected.shape) if size.ndim == 0 else size
    same_length({"predicted": expected, "actual": events, "area": size})
    if (expected < 0).any() or (events < 0).any() or (size <= 0).any():
        raise AnalysisError(
            "Antal ska inte vara under noll, och ytor ska vara större än noll.",
            "Numbers must not be negative, and areas must be above zero.",
        )
    if events.sum() == 0 or expected.sum() == 0:
        raise AnalysisError(
            "Inga händelser att jämföra med.", "No events to compare with.", "no_events"
        )
    marked = np.asarray(predicted).dtype == bool
    order = np.argsort(-expected if marked else -expected / size, kind="stable")
    best = np.argsort(-events / size, kind="stable")
    area_share = np.cumsum(size[order]) / size.sum()
    caught, foretold = np.cumsum(events[order]), np.cumsum(expected[order])
    hit_rate = caught / events.sum()
    if marked:  # One map, not a ranking.
        last = int(expected.sum()) - 1
        order = order[: last + 1]
        area_share, hit_rate, caught, foretold = (
            part[[last]] for part in (area_share, hit_rate, caught, foretold * np.nan)
        )
    pai = hit_rate / area_share
    return Accuracy(
        pai=pai,
        pei=hit_rate / _best_share(events[best], size[best], area_share),
        rri=np.divide(foretold, caught, out=np.full(len(caught), np.inf), where=caught > 0),
        hit_rate=hit_rate,
        area_share=area_share,
        order=order,
        parameters={"places": len(expected)},
        warnings=tuple(_notes(expected / size, events, marked)),
        input_hash=hash_input(expected, events, size),
    )


def _best_share(events: FloatArray, size: FloatArray, area_share: FloatArray) -> FloatArray:
    """Largest share of events that fits in each share of the area, taking parts of places."""
    area = np.concatenate([[0.0], np.cumsum(size) / size.sum()])
    caught = np.concatenate([[0.0], np.cumsum(events) / events.sum()])
    return np.asarray(np.interp(area_share, area, caught))


def _notes(density: FloatArray, events: FloatArray, marked: bool) -> list[Words]:
    notes = []
    if events.sum() < cautions.FEW:
        notes.append(cautions.few_events(float(events.sum())))
    tied = len(density) - len(np.unique(density))
    if not marked and tied > 0.1 * len(density):
        notes.append(
            Words(
                f"{tied} platser har samma förutsägelse som en annan. Ordningen mellan dem är "
                "godtycklig, och måtten beror på den.",
                f"{tied} places share their prediction with another. Their order is arbitrary, and "
                "the measures depend on it.",
                "ties",
            )
        )
    notes.append(
        Words(
            "PAI blir hög för små ytor. Jämför kartor på samma andel av ytan.",
            "PAI grows for small areas. Compare maps at the same share of the area.",
            "same_area",
        )
    )
    return notes
