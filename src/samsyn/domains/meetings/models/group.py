"""What a working group rests on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.domains.meetings.models.assignment import Assignment
from samsyn.domains.meetings.models.decision import Decision


class GroupBasis(models.Model):
    """The decision that gave a working group its mandate, and the written assignment it works by (U09)."""

    group = models.OneToOneField("agreements.Body", on_delete=models.CASCADE, related_name="basis")
    mandate = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="groups"
    )
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="groups"
    )

    class Meta:
        verbose_name = _("arbetsgruppens grund")
        verbose_name_plural = _("arbetsgruppers grund")

    def __str__(self) -> str:
        return str(self.group)
