"""Signing in, out, and failing to, in the log."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver

from samsyn.base.access.viewer import anonymous, viewer_for
from samsyn.base.audit.log import record


@receiver(user_logged_in)
def log_sign_in(user: Any, **kwargs: Any) -> None:
    with transaction.atomic():
        record_for_each_organisation(user, "account.signed_in")


@receiver(user_logged_out)
def log_sign_out(user: Any, **kwargs: Any) -> None:
    if user is not None:
        with transaction.atomic():
            record_for_each_organisation(user, "account.signed_out")


@receiver(user_login_failed)
def log_failure(**kwargs: Any) -> None:
    # The address tried is not kept: it may be a mistyped password.
    with transaction.atomic():
        record(anonymous(), "account.sign_in_failed")


def record_for_each_organisation(user: Any, verb: str) -> None:
    """Each organisation reads its own log, so each gets its line."""
    viewer = viewer_for(user)
    organisations: list[int | None] = [*sorted(viewer.organisations)] or [None]
    for organisation in organisations:
        record(viewer, verb, user, organisation=organisation)
