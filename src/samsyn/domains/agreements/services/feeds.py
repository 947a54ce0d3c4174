"""Secret calendar addresses: made, shown once, revoked."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction

from samsyn.base import clock
from samsyn.base.access import Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed
from samsyn.domains.agreements.models import Agreement, Body, CalendarFeed


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def make_feed(
    *, actor: Viewer, agreement: Agreement | None = None, body: Body | None = None
) -> tuple[CalendarFeed, str]:
    """Make an address for an agreement, a body, or what the actor answers for; return it with its secret.

    The secret is 256 bits and is kept only as a hash.
    """
    if actor.user is None:
        raise NotAllowed("Only a person has a calendar.")
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        feed = CalendarFeed.objects.create(
            owner_id=actor.user, agreement=agreement, body=body, secret_hash=hash_of(secret)
        )
        record(actor, "calendar_feed.made", feed)
    return feed, secret


def revoke_feed(*, actor: Viewer, feed: CalendarFeed) -> None:
    """Revoke an address of one's own: from now on it answers as one that never was."""
    with transaction.atomic():
        feed.revoked_at = clock.now()
        feed.save(update_fields=["revoked_at"])
        record(actor, "calendar_feed.revoked", feed)
