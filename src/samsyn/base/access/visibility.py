"""Which rows a viewer may see: one rule per model, used by lists, look-ups, search, exports and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from samsyn.base.access.viewer import Viewer

Row = TypeVar("Row", bound=Model)
Rule = Callable[[Viewer], QuerySet[Any]]

_rules: dict[type[Model], Rule] = {}


def rule(model: type[Model]) -> Callable[[Rule], Rule]:
    """Register the decorated function as the one rule for `model`."""

    def register(function: Rule) -> Rule:
        known = _rules.get(model)
        if known is not None and known.__qualname__ != function.__qualname__:
            raise ValueError(f"{model.__name__} already has a visibility rule.")
        _rules[model] = function
        return function

    return register


def visible_to_nobody(*models: type[Model]) -> None:
    """Register models that only the system itself reads."""
    for model in models:
        _rules[model] = lambda viewer, model=model: model._default_manager.none()  # type: ignore[misc]


def visible(viewer: Viewer, model: type[Row]) -> QuerySet[Row]:
    """Return the rows of `model` that `viewer` may see. A single row is `.get(pk=…)` on it.

    Raises LookupError for a model without a rule: no rule, no door.
    """
    if model not in _rules:
        raise LookupError(f"{model.__name__} has no visibility rule.")
    if viewer.is_system:
        return model._default_manager.all()
    return _rules[model](viewer)


def all_rules() -> Mapping[type[Model], Rule]:
    """Return every rule, for the contract test."""
    return MappingProxyType(_rules)
