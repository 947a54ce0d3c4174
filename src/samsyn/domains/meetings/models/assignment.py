"""What a body has asked another body, or a function, to do."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock
from samsyn.domains.meetings.models.decision import Decision
from samsyn.domains.meetings.models.meeting import AgendaItem
from samsyn.domains.meetings.rules.assignments import AssignmentState, badge_of, is_late, words_of


class Assignment(models.Model):
    """From a body to a body or a function, with a deadline; its report comes back on the next agenda (L06, U09).

    It belongs to the function, so whoever holds that answers for it. Late is told by the day, never kept.
    """

    class State(models.TextChoices):
        OPEN = AssignmentState.OPEN.value, _("Öppet")
        REPORTED = AssignmentState.REPORTED.value, _("Återrapporterat")
        CLOSED = AssignmentState.CLOSED.value, _("Avslutat")

    municipality = models.ForeignKey(
        "orgs.Organisation", on_delete=models.PROTECT, related_name="assignments"
    )
    giver = models.ForeignKey(
        "agreements.Body", on_delete=models.PROTECT, related_name="assignments_given"
    )
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    receiver_body = models.ForeignKey(
        "agreements.Body",
        verbose_name=_("till organet"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    receiver = models.ForeignKey(
        "agreements.Function",
        verbose_name=_("till funktionen"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    deputy = models.ForeignKey(
        "agreements.Function",
        verbose_name=_("ställföreträdare"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assignments_as_deputy",
    )
    title = models.CharField(_("uppdrag"), max_length=200)
    text = models.TextField(_("vad som ska göras"), max_length=2000, blank=True)
    due_on = models.DateField(_("senast"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    report = models.TextField(_("återrapport"), max_length=4000, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    given_at = models.DateTimeField(default=clock.now)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("uppdrag")
        verbose_name_plural = _("uppdrag")
        constraints = [
            models.CheckConstraint(
                condition=Q(receiver_body__isnull=False) ^ Q(receiver__isnull=False),
                name="an_assignment_has_one_receiver",
            )
        ]
        indexes = [models.Index(fields=["municipality", "state", "due_on"])]

    def __str__(self) -> str:
        return self.title

    @property
    def to(self) -> str:
        """Who it was given to."""
        return str(self.receiver_body or self.receiver)

    @property
    def is_late(self) -> bool:
        return is_late(self.state, self.due_on, clock.today())

    @property
    def badge(self) -> str:
        return badge_of(self.state, self.due_on, clock.today())

    @property
    def words(self) -> str:
        return words_of(self.state, self.due_on, clock.today())


class AssignmentStep(models.Model):
    """The trace of an assignment: given, handed over, moved, reported, closed."""

    class Kind(models.TextChoices):
        GIVEN = "given", _("Uppdraget gavs")
        DEPUTY = "deputy", _("Ställföreträdare")
        HANDED_OVER = "handed_over", _("Överlämnat")
        MOVED = "moved", _("Ny slutdag")
        REPORTED = "reported", _("Återrapporterat")
        REOPENED = "reopened", _("Öppnat igen")
        CLOSED = "closed", _("Avslutat")

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    text = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_label = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("steg i uppdrag")
        verbose_name_plural = _("steg i uppdrag")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.assignment}"
