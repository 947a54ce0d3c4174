"""How long each type of row is kept. Each domain registers a rule for each of its models."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import models, transaction
from django.utils.functional import Promise

from samsyn.base import clock
from samsyn.base.access.viewer import Viewer
from samsyn.base.audit.log import record
from samsyn.base.retention.models import DisposalRecord, RetentionTerm

BATCH = 500


@dataclass(frozen=True)
class RetentionRule:
    """Rows of `model` are disposed of `months` after `counted_from`; None = kept, and `why` says why.

    `municipality` is the look-up from a row to the municipality whose decided plan may say otherwise.
    """

    key: str
    model: type[models.Model]
    why: str | Promise
    months: int | None = None
    counted_from: str = ""
    municipality: str = "municipality"


_rules: dict[type[models.Model], RetentionRule] = {}


def keep(rule: RetentionRule) -> None:
    """Register the rule of one model."""
    _rules[rule.model] = rule


def follows_its_owner(*kept: type[models.Model], why: str | Promise) -> None:
    """Register models whose rows live and go with another row, or are kept for good."""
    for model in kept:
        keep(RetentionRule(key=model._meta.label_lower, model=model, why=why))


def all_rules() -> Mapping[type[models.Model], RetentionRule]:
    """Return every rule, for the page that shows them and for the contract test."""
    return MappingProxyType(_rules)


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the date `months` before `day`, the last day of the month where the day does not exist."""
    index = day.year * 12 + day.month - 1 - months
    first = dt.date(index // 12, index % 12 + 1, 1)
    following = dt.date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return min(first + dt.timedelta(days=day.day - 1), following - dt.timedelta(days=1))


def dispose_expired(*, actor: Viewer) -> dict[str, int]:
    """Delete what is past its time, leaving a disposal record for each row; returns rows per rule."""
    return {
        rule.key: dispose_by(rule, actor) for rule in _rules.values() if rule.months is not None
    }


def dispose_by(rule: RetentionRule, actor: Viewer) -> int:
    """Dispose of the rows of one rule: first those with a term of their own, then by the default."""
    terms = dict(
        RetentionTerm.objects.filter(rule=rule.key).values_list("municipality_id", "months")
    )
    today, disposed = clock.today(), 0
    for municipality, months in terms.items():
        rows = rule.model._default_manager.filter(**{rule.municipality: municipality})
        disposed += dispose_rows(rule, rows, months_before(today, months), actor)
    rest = (
        rule.model._default_manager.exclude(**{f"{rule.municipality}__in": terms})
        if terms
        else None
    )
    rows = rest if rest is not None else rule.model._default_manager.all()
    return disposed + dispose_rows(rule, rows, months_before(today, rule.months or 0), actor)


def dispose_rows(
    rule: RetentionRule, rows: models.QuerySet[models.Model], before: dt.date, actor: Viewer
) -> int:
    """Delete `rows` counted from before `before`, batch by batch, each with its records."""
    field = rule.model._meta.get_field(rule.counted_from)
    limit: dt.date = before
    if isinstance(field, models.DateTimeField):
        limit = dt.datetime.combine(before, dt.time(), tzinfo=clock.SWEDEN)
    expired, disposed = rows.filter(**{f"{rule.counted_from}__lt": limit}), 0
    while True:
        with transaction.atomic():
            batch = list(expired.values_list("pk", rule.municipality)[:BATCH])
            if not batch:
                return disposed
            DisposalRecord.objects.bulk_create(
                DisposalRecord(
                    thing=rule.model._meta.label_lower,
                    thing_key=str(key),
                    organisation_id=municipality,
                    rule=rule.key,
                    disposed_by=actor.label,
                )
                for key, municipality in batch
            )
            rule.model._default_manager.filter(pk__in=[key for key, _ in batch]).delete()
            record(actor, "retention.disposed", rule=rule.key, rows=len(batch))
            disposed += len(batch)
