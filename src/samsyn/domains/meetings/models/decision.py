"""Decisions and what each party said."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock
from samsyn.domains.meetings.models.meeting import AgendaItem
from samsyn.domains.meetings.rules.decisions import SETTLED, OutcomeKind, StandKind
from samsyn.domains.meetings.rules.stages import Stage


class Decision(models.Model):
    """Something put to a body for decision, by the rule that it had then (L06, L07, U07).

    `why` is the sentence shown; it is written anew each time somebody says something.
    """

    class Came(models.TextChoices):
        OPEN = OutcomeKind.OPEN.value, _("Inte avgjort")
        AWAITS_STANDS = OutcomeKind.AWAITS_STANDS.value, _("Väntar på parter i mötet")
        AWAITS_CONSENT = OutcomeKind.AWAITS_CONSENT.value, _("Väntar på skriftligt ja")
        BLOCKED = OutcomeKind.BLOCKED.value, _("Stoppat")
        TAKEN = OutcomeKind.TAKEN.value, _("Beslutat")
        REJECTED = OutcomeKind.REJECTED.value, _("Avslaget")
        PROPOSED = OutcomeKind.PROPOSED.value, _("Lämnat som förslag")

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="decisions")
    body = models.ForeignKey("agreements.Body", on_delete=models.PROTECT, related_name="decisions")
    municipality = models.ForeignKey(
        "orgs.Organisation", on_delete=models.PROTECT, related_name="decisions"
    )
    rule = models.CharField(_("beslutsregel"), max_length=12)
    wording = models.TextField(_("beslutets lydelse"), max_length=2000)
    about = models.CharField(
        _("vad beslutet gäller"),
        max_length=30,
        blank=True,
        help_text=_("measures, plans, focus_areas … styr vad som måste finnas först."),
    )
    declared = models.BooleanField(_("ordförandens besked"), null=True, blank=True)
    outcome = models.CharField(max_length=15, choices=Came.choices, default=Came.OPEN)
    why = models.CharField(max_length=1000, blank=True)
    gates = models.JSONField(
        _("det som måste finnas först"),
        default=dict,
        blank=True,
        help_text=_("Villkorets id och svaret: frågor med svar, eller var underlaget finns."),
    )
    diary_number = models.CharField(_("diarienummer"), max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(_("nummer"), null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    proposes_to = models.ForeignKey(
        "agreements.Body", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    follows = models.ForeignKey(
        "self",
        verbose_name=_("förslaget som det bygger på"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_to",
    )

    class Meta:
        ordering = ["item__order", "pk"]
        verbose_name = _("beslut")
        verbose_name_plural = _("beslut")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "municipality", "year", "number"],
                condition=Q(number__isnull=False),
                name="one_decision_per_number",
            )
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """Its number where it has one: `3/2026`."""
        return f"{self.number}/{self.year}" if self.number else self.wording[:80]

    @property
    def is_settled(self) -> bool:
        return self.outcome in SETTLED

    @property
    def may_be_answered(self) -> bool:
        """Whether a party may say its word: while the minutes are written, then only a consent awaited."""
        meeting = self.item.meeting
        if self.is_settled or meeting.state in (Stage.PLANNED, Stage.CANCELLED):
            return False
        return meeting.may_be_written_in or self.outcome == OutcomeKind.AWAITS_CONSENT

    @property
    def spoken(self) -> set[int]:
        """The keys of the parties that have said something."""
        return {stand.party_id for stand in self.stands.all()}


class Stand(models.Model):
    """What a party said through its spokes-seat, in the room or in writing."""

    class Said(models.TextChoices):
        AGREES = StandKind.AGREES.value, _("Ja")
        ABSTAINS = StandKind.ABSTAINS.value, _("Avstår")
        OBJECTS = StandKind.OBJECTS.value, _("Nej")

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="stands")
    party = models.ForeignKey(
        "agreements.AgreementParty", on_delete=models.PROTECT, related_name="+"
    )
    seat = models.ForeignKey(
        "agreements.Seat", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    said = models.CharField(_("ståndpunkt"), max_length=10, choices=Said.choices)
    reason = models.CharField(_("skäl"), max_length=500, blank=True)
    in_writing = models.BooleanField(_("skriftligt"), default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_by_label = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["party__order"]
        verbose_name = _("parts ståndpunkt")
        verbose_name_plural = _("parters ståndpunkter")
        constraints = [
            models.UniqueConstraint(fields=["decision", "party"], name="one_stand_per_party")
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_said_display()}"
