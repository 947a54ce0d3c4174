"""The text guard and disclosure control. No Django.

`from samsyn.privacy import guard` is cheap; numpy and scipy load when `suppress` is asked for.
"""

from __future__ import annotations

from typing import Any

__all__ = ["suppress"]


def __getattr__(name: str) -> Any:
    if name != "suppress":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    function = import_module("samsyn.privacy.suppress").suppress
    # The import has just bound the submodule to this name; the function is what callers ask for.
    globals()["suppress"] = function
    return function
