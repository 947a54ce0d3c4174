"""Long work: an import, a batch of e-mails. Its progress, result and row errors can be seen and kept."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock


class JobState(models.TextChoices):
    WAITING = "waiting", _("Väntar")
    RUNNING = "running", _("Pågår")
    DONE = "done", _("Klart")
    FAILED = "failed", _("Misslyckades")
    CANCELLED = "cancelled", _("Avbrutet")
    UNDONE = "undone", _("Ångrat")


ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED, JobState.UNDONE})


class Job(models.Model):
    """One piece of long work, started by somebody (or the system) for an organisation (or for all)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("slag"), max_length=60, db_index=True)
    organisation = models.ForeignKey(
        "orgs.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="jobs"
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_by_label = models.CharField(max_length=160)
    file = models.ForeignKey(
        "files.StoredFile", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    parameters = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    dry_run = models.BooleanField(_("provkörning"), default=False)
    state = models.CharField(
        _("läge"), max_length=10, choices=JobState.choices, default=JobState.WAITING, db_index=True
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(_("besked"), max_length=500, blank=True)
    summary = models.JSONField(_("resultat"), default=dict, encoder=DjangoJSONEncoder)
    cancel_wanted = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("arbete")
        verbose_name_plural = _("arbeten")

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED


class JobError(models.Model):
    """A row that could not be taken in, and why. The value is shortened and masked by the reader."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="errors")
    row = models.PositiveIntegerField(_("rad"))
    column = models.CharField(_("kolumn"), max_length=80, blank=True)
    value = models.CharField(_("värde"), max_length=120, blank=True)
    reason = models.CharField(_("orsak"), max_length=300)

    class Meta:
        ordering = ["row", "pk"]
        verbose_name = _("radfel")
        verbose_name_plural = _("radfel")

    def __str__(self) -> str:
        return f"{self.row}: {self.reason}"
