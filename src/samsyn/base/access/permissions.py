"""What each role may do. A domain grants its own permissions at start-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

_roles_by_permission: dict[str, frozenset[str]] = {}


def grant(permission: str, roles: Iterable[str]) -> None:
    """Give `permission` ("domain.verb") to `roles`; granting it twice differently is a mistake in the code."""
    given = frozenset(str(role) for role in roles)
    known = _roles_by_permission.get(permission)
    if known is not None and known != given:
        raise ValueError(f"The permission {permission} is already granted to {sorted(known)}.")
    _roles_by_permission[permission] = given


def roles_with(permission: str) -> frozenset[str]:
    """Return the roles that hold `permission`; KeyError for one that nobody granted."""
    return _roles_by_permission[permission]


def all_permissions() -> Mapping[str, frozenset[str]]:
    """Return every permission with its roles, for the page that shows them and for the matrix test."""
    return MappingProxyType(_roles_by_permission)
