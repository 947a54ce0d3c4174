"""Analysis of registered and reported events: arrays in, frozen results out.

A library without Django, for a notebook as well as for the platform. Every name below is loaded on
first use, so `import samsyn.analysis` costs next to nothing: no scipy, statsmodels or numba.

>>> from samsyn.analysis import rate_change
>>> rate_change(6, 1, 2, 1).ratio
0.3333333333333333
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .accuracy import accuracy
    from .aoristic import aoristic
    from .batch import batch
    from .decompose import decompose
    from .density import density
    from .displacement import displacement
    from .early_warning import early_warning
    from .geo import from_sweref99, points_in_areas, to_sweref99
    from .harm import harm
    from .hot_spots import hot_spots
    from .interrupted import interrupted_series
    from .knox import knox
    from .near_repeat import near_repeat
    from .neighbours import grid_neighbours
    from .rates import rate_change
    from .results import AnalysisError, Result, Words
    from .scan import space_time_scan
    from .spatial import getis_ord, local_moran, moran
    from .survey import survey_change, survey_index, survey_share
    from .verdict import verdict
    from .warm import warm

__all__ = [
    "AnalysisError",
    "Result",
    "Words",
    "accuracy",
    "aoristic",
    "batch",
    "decompose",
    "density",
    "displacement",
    "early_warning",
    "from_sweref99",
    "getis_ord",
    "grid_neighbours",
    "harm",
    "hot_spots",
    "interrupted_series",
    "knox",
    "local_moran",
    "moran",
    "near_repeat",
    "points_in_areas",
    "rate_change",
    "space_time_scan",
    "survey_change",
    "survey_index",
    "survey_share",
    "to_sweref99",
    "verdict",
    "warm",
]

_HOME = {
    "AnalysisError": "results",
    "Result": "results",
    "Words": "results",
    "accuracy": "accuracy",
    "aoristic": "aoristic",
    "batch": "batch",
    "decompose": "decompose",
    "density": "density",
    "displacement": "displacement",
    "early_warning": "early_warning",
    "getis_ord": "spatial",
    "grid_neighbours": "neighbours",
    "harm": "harm",
    "hot_spots": "hot_spots",
    "interrupted_series": "interrupted",
    "knox": "knox",
    "local_moran": "spatial",
    "moran": "spatial",
    "near_repeat": "near_repeat",
    "points_in_areas": "geo",
    "rate_change": "rates",
    "space_time_scan": "scan",
    "survey_change": "survey",
    "survey_index": "survey",
    "survey_share": "survey",
    "from_sweref99": "geo",
    "to_sweref99": "geo",
    "verdict": "verdict",
    "warm": "warm",
}


class _Package(ModuleType):
    """Lets a function keep its name when the module that holds it is called the same."""

    def __setattr__(self, name: str, value: Any) -> None:
        # The import system binds each submodule on its package and would hide the function.
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
