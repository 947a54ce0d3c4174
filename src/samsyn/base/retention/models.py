"""What has been disposed of. The record tells that something was deleted and why, never what it said."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock


class RetentionTerm(models.Model):
    """How long a municipality keeps one type of data, by its decided plan; else the default of the rule."""

    municipality = models.ForeignKey(
        "orgs.Organisation", on_delete=models.CASCADE, related_name="+"
    )
    rule = models.CharField(_("regel"), max_length=60)
    months = models.PositiveSmallIntegerField(_("månader"))
    decision = models.CharField(
        _("beslut"), max_length=200, help_text=_("Organ, datum och paragraf.")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "rule"], name="one_term_per_rule")
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.months}"


class DisposalRecord(models.Model):
    """The proof of one disposal: id, type, rule, when, by whom; no content."""

    thing = models.CharField(_("typ"), max_length=60)
    thing_key = models.CharField(_("id"), max_length=64)
    organisation = models.ForeignKey(
        "orgs.Organisation",
        null=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
    )
    rule = models.CharField(_("regel"), max_length=60)
    disposed_at = models.DateTimeField(_("gallrad"), default=clock.now, db_index=True)
    disposed_by = models.CharField(_("av"), max_length=160)

    class Meta:
        ordering = ["-disposed_at", "-pk"]
        verbose_name = _("gallringsbevis")
        verbose_name_plural = _("gallringsbevis")

    def __str__(self) -> str:
        return f"{self.thing} {self.thing_key}"
