"""A reminder in the demo's post box, and one that did not arrive, so that their pages show something."""

from __future__ import annotations

import datetime as dt

from samsyn.base import clock
from samsyn.base.orgs.models import Membership, Role
from samsyn.base.reminders.models import Digest
from samsyn.base.reminders.services.digests import send_digest


def send_reminders() -> str:
    """Send today's letter to each coordinator of the demo; last week's to the kommunpolis failed. Returns how many."""
    sent, today = 0, clock.today()
    people = Membership.objects.filter(organisation__is_demo=True).order_by("pk")
    for one in people.filter(role=Role.COORDINATOR).select_related("organisation"):
        digest = Digest.objects.create(
            person_id=one.user_id, municipality_id=one.organisation_id, period=today
        )
        sent += send_digest(digest.pk) == Digest.State.SENT
    for one in people.filter(role=Role.KOMMUNPOLIS).prefetch_related(
        "organisation__municipalities"
    ):
        place = one.organisation.municipalities.first()
        Digest.objects.create(
            person_id=one.user_id,
            municipality=place,
            period=today - dt.timedelta(days=7),
            state=Digest.State.FAILED,
            tries=5,
            failure="SMTPServerDisconnected",
        )
    return f"Påminnelser: {sent} skickade till mappen mail."
