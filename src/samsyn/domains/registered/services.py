"""Writes about registered crime that are no import: remembered profiles and reminders."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.audit.log import record
from samsyn.base.orgs.models import Organisation
from samsyn.domains.registered.models import ImportProfile


def save_profile(
    *,
    actor: Viewer,
    police_area: Organisation,
    name: str,
    profile: dict[str, Any],
    categories: dict[str, str],
) -> ImportProfile:
    """Remember how the police area's list is read, so that next month needs no wizard."""
    with transaction.atomic():
        saved, created = ImportProfile.objects.update_or_create(
            police_area=police_area,
            name=name,
            defaults={
                "profile": profile,
                "categories": categories,
                "changed_at": clock.now(),
                "changed_by_label": actor.label,
            },
        )
        record(
            actor,
            "registered.profile_saved",
            saved,
            organisation=police_area,
            name=name,
            created=created,
        )
    return saved
