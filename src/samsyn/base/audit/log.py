"""Writing and reading the log."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils.functional import Promise

from samsyn.base.access.viewer import Viewer
from samsyn.base.audit.models import AuditEntry

_verbs: dict[str, str | Promise] = {}


def register_verbs(verbs: Mapping[str, str | Promise]) -> None:
    """Register verbs ("report.sent") with the words that the log page shows for them."""
    _verbs.update(verbs)


def verbs() -> Mapping[str, str | Promise]:
    """Return all verbs with their words."""
    return MappingProxyType(_verbs)


def record(
    actor: Viewer, verb: str, thing: Model | None = None, *, organisation: Any = None, **facts: Any
) -> AuditEntry:
    """Add a row to the log, in the same transaction as the change that it tells of.

    Raises LookupError for a verb that no domain registered, RuntimeError outside a transaction.
    """
    if verb not in _verbs:
        raise LookupError(
            f"The log knows no verb {verb}. Register it in the domain's registrations."
        )
    if not connection.in_atomic_block:
        raise RuntimeError(f"{verb} was logged outside a transaction.")
    return AuditEntry.objects.create(
        verb=verb,
        actor_id=actor.user,
        actor_label=actor.label,
        organisation_id=getattr(organisation, "pk", organisation),
        thing=thing._meta.label_lower if thing is not None else "",
        thing_key=str(thing.pk) if thing is not None else "",
        facts=facts,
    )


def entries_about(thing: Model) -> Any:
    """Return the log of one thing, newest first. Look the thing up through `visible` before."""
    return AuditEntry.objects.filter(thing=thing._meta.label_lower, thing_key=str(thing.pk))
