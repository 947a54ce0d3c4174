"""The inner loops: compiled by numba where it runs, in numpy where it does not, same answers.

Each kernel module `x` (numba) has a sibling `x_numpy` with the same function names. Kernels release
the interpreter lock and are run by ordinary threads on slices of the work, so that requests of a web
server may run them side by side, and so that no answer depends on the number of threads.

`SAMSYN_NUMBA=0` chooses numpy; `SAMSYN_THREADS` sets the number of threads.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

FEW_STEPS = 1_000_000


@cache
def compiled() -> bool:
    """Whether numba is to be used here."""
    if os.environ.get("SAMSYN_NUMBA", "1") == "0":
        return False
    try:
        import_module("numba")
    except Exception:  # a numba that does not fit numpy fails in many ways; numpy then serves
        return False
    return True


def load(name: str) -> Any:
    """The kernel module `name`, compiled or in numpy."""
    return import_module(f"{__name__}.{name}" if compiled() else f"{__name__}.{name}_numpy")


def threads() -> int:
    """Number of threads for one analysis."""
    asked = os.environ.get("SAMSYN_THREADS", "")
    return max(1, int(asked)) if asked.isdigit() else len(os.sched_getaffinity(0))


def run_slices(
    kernel: Callable[[int, int], object],
    bounds: npt.NDArray[np.int64] | Iterable[int],
    *,
    steps: float = np.inf,
) -> list[Any]:
    """`kernel(low, high)` for each slice between `bounds`, on all threads; results in order.

    Work of few `steps` stays on this thread: starting others would take longer.
    """
    edges = [int(b) for b in bounds]
    slices = [(a, b) for a, b in pairwise(edges) if b > a]
    if steps < FEW_STEPS or threads() == 1 or len(slices) < 2:
        return [kernel(a, b) for a, b in slices]
    with ThreadPoolExecutor(threads()) as pool:
        return list(pool.map(lambda s: kernel(*s), slices))


def slices_of_equal_work(work: npt.ArrayLike, per_thread: int = 4) -> npt.NDArray[np.int64]:
    """Bounds that part the items so that each slice holds about the same share of `work`."""
    total = np.cumsum(np.asarray(work, dtype=np.float64))
    if total.size == 0:
        return np.zeros(1, dtype=np.int64)
    parts = threads() * per_thread
    inner = np.searchsorted(total, total[-1] * np.arange(1, parts) / parts)
    return np.concatenate([[0], inner, [total.size]]).astype(np.int64)


def even_slices(size: int, per_thread: int = 4) -> npt.NDArray[np.int64]:
    """Bounds that part `size` items evenly."""
    return np.linspace(0, size, threads() * per_thread + 1).astype(np.int64)
