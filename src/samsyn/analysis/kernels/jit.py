"""The one way in which kernels are compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def jit(function: Kernel) -> Kernel:
    """Compile `function` without the interpreter lock, and keep the machine code on disk."""
    return cast(Kernel, numba.njit(cache=True, nogil=True)(function))
