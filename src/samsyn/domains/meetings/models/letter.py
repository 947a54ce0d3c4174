"""E-mail that is to go, has gone, or could not go."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock
from samsyn.domains.meetings.models.meeting import Meeting


class Letter(models.Model):
    """One message to one person. `key` says what it is about: the same is never written twice."""

    class Kind(models.TextChoices):
        SUMMONS = "summons", _("Kallelse")
        CANCELLED = "cancelled", _("Inställt möte")
        CONSENT = "consent", _("Skriftligt ja efterfrågas")
        ADJUST = "adjust", _("Protokoll att justera")
        MINUTES = "minutes", _("Protokollet är klart")
        ASSIGNMENT = "assignment", _("Nytt uppdrag")
        ANSWER = "answer", _("Svar på behov")
        UNINVITED = "uninvited", _("Inte längre kallad")
        TAKEN_OVER = "taken_over", _("Övertagen funktion")

    kind = models.CharField(max_length=15, choices=Kind.choices)
    key = models.CharField(max_length=160, unique=True)
    municipality = models.ForeignKey(
        "orgs.Organisation", on_delete=models.CASCADE, related_name="+"
    )
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.CASCADE, related_name="letters"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    subject = models.CharField(max_length=200)
    text = models.TextField()
    written_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(_("varför det inte gick"), max_length=300, blank=True)

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name = _("brev")
        verbose_name_plural = _("brev")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.recipient}"
