"""What the coordinator does with reports: look, correct, merge, pass on, answer, and tell what came of them."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock

ANSWER_LENGTH = 1000


class Done(models.Model):
    """By whom and when; rows are added, not changed."""

    at = models.DateTimeField(_("tid"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_label = models.CharField(_("av"), max_length=160)

    class Meta:
        abstract = True


class Status(models.TextChoices):
    """What has happened to a report. One without any status is new."""

    SEEN = "seen", _("Tittad på")
    PASSED_ON = "passed_on", _("Skickad vidare")
    ANSWERED = "answered", _("Besvarad")
    CLOSED = "closed", _("Avslutad")


class ReportStatus(Done):
    """One step in a report's way; the newest is its status. Append-only."""

    report = models.ForeignKey("reports.Report", on_delete=models.CASCADE, related_name="statuses")
    status = models.CharField(_("läge"), max_length=9, choices=Status.choices)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("läge för en rapport")
        verbose_name_plural = _("lägen för rapporter")

    def __str__(self) -> str:
        return str(self.get_status_display())


class CategoryCorrection(Done):
    """The category was corrected; the old one is kept."""

    report = models.ForeignKey(
        "reports.Report", on_delete=models.CASCADE, related_name="corrections"
    )
    old_key = models.CharField(_("före"), max_length=10)
    new_key = models.CharField(_("efter"), max_length=10)
    reason = models.CharField(_("varför"), max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("rättad kategori")
        verbose_name_plural = _("rättade kategorier")

    def __str__(self) -> str:
        return f"{self.old_key} → {self.new_key}"


class Merge(Done):
    """A report was found to tell of the same thing as another. It can be undone; both rows are kept."""

    report = models.ForeignKey("reports.Report", on_delete=models.CASCADE, related_name="merges")
    into = models.ForeignKey("reports.Report", on_delete=models.CASCADE, related_name="+")
    undone_at = models.DateTimeField(_("ångrad"), null=True)
    undone_by_label = models.CharField(_("ångrad av"), max_length=160, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("sammanslagning")
        verbose_name_plural = _("sammanslagningar")
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(undone_at__isnull=True), name="one_merge_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} → {self.into_id}"


class KeptApart(Done):
    """Two reports look alike but tell of different things. The first has the lower key, so a pair is one row."""

    first = models.ForeignKey("reports.Report", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("reports.Report", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("par som inte är samma sak")
        verbose_name_plural = _("par som inte är samma sak")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_row_per_pair_kept_apart"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


class Answer(Done):
    """What the coordinator answers the reporter (H06). It is read by the sender's link or account."""

    report = models.ForeignKey("reports.Report", on_delete=models.CASCADE, related_name="answers")
    text = models.CharField(_("svar"), max_length=ANSWER_LENGTH)
    mailed_at = models.DateTimeField(_("skickat med e-post"), null=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("svar till rapportör")
        verbose_name_plural = _("svar till rapportörer")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class Matter(models.TextChoices):
    """What can be mended at once, without waiting for a meeting."""

    LAMP = "lamp", _("Trasig belysning")
    LITTER = "litter", _("Nedskräpning")
    BUSH = "bush", _("Skymmande buskar")
    GRAFFITI = "graffiti", _("Klotter")
    OTHER = "other", _("Annat")


class QuickFixRecipient(models.Model):
    """The named function that mends lamps, takes away litter, cuts bushes."""

    municipality = models.ForeignKey(
        "orgs.Organisation", on_delete=models.CASCADE, related_name="quick_fix_recipients"
    )
    matter = models.CharField(_("vad"), max_length=8, choices=Matter.choices)
    name = models.CharField(_("funktion"), max_length=120)
    email = models.EmailField(_("e-post"))
    is_active = models.BooleanField(_("används"), default=True)

    class Meta:
        ordering = ["matter", "name"]
        verbose_name = _("mottagare")
        verbose_name_plural = _("mottagare")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "matter", "email"],
                name="one_recipient_per_matter_and_address",
            )
        ]

    def __str__(self) -> str:
        return self.name


class QuickFix(Done):
    """A report was passed on to be mended: to whom, with what words, and whether the mail went."""

    report = models.ForeignKey(
        "reports.Report", on_delete=models.CASCADE, related_name="quick_fixes"
    )
    recipient = models.ForeignKey(
        QuickFixRecipient, on_delete=models.PROTECT, related_name="quick_fixes"
    )
    sent_to = models.EmailField(_("skickat till"))
    message = models.CharField(_("meddelande"), max_length=500, blank=True)
    mailed_at = models.DateTimeField(_("skickat"), null=True)
    failure = models.CharField(_("fel"), max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("snabb åtgärd")
        verbose_name_plural = _("snabba åtgärder")

    def __str__(self) -> str:
        return f"{self.recipient} {self.at:%Y-%m-%d}"


class MonthlyFeedback(models.Model):
    """What a month's reports led to, told to those who sent them (H06)."""

    municipality = models.ForeignKey(
        "orgs.Organisation", on_delete=models.CASCADE, related_name="monthly_feedback"
    )
    year = models.PositiveSmallIntegerField(_("år"))
    month = models.PositiveSmallIntegerField(_("månad"))
    text = models.TextField(_("vad rapporterna ledde till"), max_length=5000)
    published_at = models.DateTimeField(_("publicerad"), null=True)
    published_by_label = models.CharField(_("av"), max_length=160, blank=True)

    class Meta:
        ordering = ["-year", "-month"]
        verbose_name = _("månadens återkoppling")
        verbose_name_plural = _("månadens återkoppling")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "month"], name="one_feedback_a_month"
            ),
            models.CheckConstraint(
                condition=Q(month__range=(1, 12)), name="feedback_has_a_real_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, self.month, 1)
