"""An agreement that is being set up: the YAML text so far, and proposals read from its prose."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock


class SetUp(models.Model):
    """Work towards a new agreement, or a new version of one, before it is loaded (C02).

    `proposals` come from the prose of an uploaded agreement: each with its sentence, a confidence and
    what the person decided (accepted, rejected, or not yet).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(
        "orgs.Organisation", on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("namn"), max_length=200)
    text = models.TextField(_("avtalets fil"), blank=True)
    proposals = models.JSONField(default=list, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    loaded_as = models.ForeignKey(
        "agreements.Agreement", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-changed_at"]
        verbose_name = _("uppläggning")
        verbose_name_plural = _("uppläggningar")

    def __str__(self) -> str:
        return self.name
