"""The text guard and disclosure control. No Django.

`from samsyn.privacy import guard` is cheap; numpy and scipy load when `suppress` is asked for.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

__all__ = ["suppress"]


class _Package(ModuleType):
    """Binds the function `suppress` where Python would bind the module of the same name."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "suppress" and isinstance(value, ModuleType):
            value = value.suppress
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name != "suppress":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.suppress").suppress
