"""Needs that nobody else has taken care of: the preparatory group is their way in (U08)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock
from samsyn.domains.meetings.models.assignment import Assignment
from samsyn.domains.meetings.models.meeting import AgendaItem


class Need(models.Model):
    """A need that came in, what was made of it, and the answer to who sent it."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Ny")
        TAKEN_UP = "taken_up", _("Tas upp i gruppen")
        ASSIGNED = "assigned", _("Har blivit ett uppdrag")
        PASSED_ON = "passed_on", _("Hör hemma hos någon annan")
        URGENT = "urgent", _("Akut, hänvisat direkt")
        DECLINED = "declined", _("Tas inte vidare")

    municipality = models.ForeignKey(
        "orgs.Organisation", on_delete=models.PROTECT, related_name="needs"
    )
    body = models.ForeignKey(
        "agreements.Body",
        verbose_name=_("beredningsgruppen"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="needs",
    )
    title = models.CharField(_("behov"), max_length=120)
    text = models.TextField(_("beskrivning"), max_length=1000)
    tried = models.CharField(_("vad ni redan har provat"), max_length=300, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="needs_sent"
    )
    sender_label = models.CharField(max_length=120, blank=True)
    received_at = models.DateTimeField(default=clock.now)
    state = models.CharField(
        _("läge"), max_length=10, choices=State.choices, default=State.RECEIVED
    )
    triage_note = models.CharField(_("bedömning"), max_length=500, blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by_label = models.CharField(max_length=120, blank=True)
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="needs"
    )
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.SET_NULL, related_name="needs"
    )
    answer = models.TextField(_("svar"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = _("behov")
        verbose_name_plural = _("behov")

    def __str__(self) -> str:
        return self.title
