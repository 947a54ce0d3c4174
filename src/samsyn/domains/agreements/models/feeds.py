"""The secret addresses at which a calendar program fetches someone's year."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock
from samsyn.domains.agreements.models.agreement import Agreement
from samsyn.domains.agreements.models.bodies import Body


class CalendarFeed(models.Model):
    """One revocable calendar address. Only a hash of the secret is kept; it is shown once.

    With `body` it holds that body's dates, with `agreement` the agreement's, with neither what the
    owner herself answers for. It never shows more than its owner may see on the day it is fetched.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.CASCADE)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.CASCADE)
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(_("hämtad senast"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("kalenderadress")
        verbose_name_plural = _("kalenderadresser")

    def __str__(self) -> str:
        return str(self.body or self.agreement or self.owner)
