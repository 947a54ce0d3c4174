"""What is to be done, and what proves that it was done."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock
from samsyn.base.links import Link
from samsyn.domains.agreements.models.agreement import Agreement
from samsyn.domains.agreements.models.bodies import Body


class Commitment(models.Model):
    """A duty: what, who answers for it, how often, and what proves it (H07).

    One that holds in each of several municipalities is one row per municipality. `responsible` and
    `participants` are lists of `{ref, name, kind, party, party_name}`; `rhythm` is what stands in the file.
    """

    class Hardness(models.TextChoices):
        MUST = "must", _("ska")
        SHOULD = "should", _("bör")
        WHEN_POSSIBLE = "when_possible", _("när det är möjligt")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="commitments")
    ref = models.CharField(_("åtagandets id"), max_length=60)
    municipality = models.ForeignKey(
        "orgs.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="commitments",
    )
    clause = models.CharField(_("klausul"), max_length=20)
    clauses = models.JSONField(default=list, help_text=_("Alla klausuler, den viktigaste först."))
    clause_title = models.CharField(max_length=300, blank=True)
    source = models.CharField(_("stället i avtalet"), max_length=300, blank=True)
    text = models.TextField(_("med egna ord"))
    subject = models.CharField(max_length=300)
    responsible = models.JSONField(_("ansvariga"), default=list)
    participants = models.JSONField(_("deltar"), default=list)
    parties = models.JSONField(default=list, help_text=_("Parternas id, för urval."))
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    rhythm = models.JSONField(_("rytm"))
    rhythm_words = models.CharField(max_length=300)
    rhythm_set_by_program = models.BooleanField(default=False)
    hardness = models.CharField(max_length=15, choices=Hardness.choices, default=Hardness.MUST)
    condition = models.CharField(_("villkor"), max_length=300, blank=True)
    evidence_kinds = models.JSONField(_("vad som visar det"), default=list)
    document = models.CharField(max_length=60, blank=True)
    document_kind = models.CharField(max_length=30, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["order", "municipality_id"]
        verbose_name = _("åtagande")
        verbose_name_plural = _("åtaganden")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "ref", "municipality"],
                nulls_distinct=False,
                name="one_commitment_per_ref",
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def places(self) -> list[str]:
        """The places that are judged one by one, where the rhythm has any (K15)."""
        return list(self.rhythm.get("places", ())) if isinstance(self.rhythm, dict) else []

    @property
    def responsible_names(self) -> list[str]:
        return [who["name"] for who in self.responsible]


class Evidence(models.Model):
    """What shows that a commitment was kept: by itself from the system, or by hand with note or file.

    It can be doubted (counts, and the state says so) and withdrawn (counts no more); it is never deleted.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(_("slag"), max_length=30)
    occurred_on = models.DateField(_("datum"))
    place = models.CharField(_("ort"), max_length=80, blank=True)
    occurrence = models.CharField(_("tillfälle"), max_length=80, blank=True)
    note = models.CharField(_("anteckning"), max_length=500, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    link_kind = models.CharField(max_length=40, blank=True)
    link_key = models.CharField(max_length=80, blank=True)
    automatic = models.BooleanField(_("kom av sig självt"), default=False)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_by_label = models.CharField(max_length=120, blank=True)
    doubted_at = models.DateTimeField(null=True, blank=True)
    doubted_why = models.CharField(_("varför det är ifrågasatt"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(_("varför det är tillbakadraget"), max_length=300, blank=True)

    class Meta:
        ordering = ["-occurred_on", "-pk"]
        verbose_name = _("underlag")
        verbose_name_plural = _("underlag")
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "kind", "link_kind", "link_key"],
                condition=~Q(link_key=""),
                name="one_evidence_per_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment}, {self.occurred_on}"

    @property
    def link(self) -> Link | None:
        """The thing in the system that it points at."""
        return Link(self.link_kind, self.link_key) if self.link_kind else None

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_doubted(self) -> bool:
        return self.doubted_at is not None

    def counts_on(self, day: dt.date) -> bool:
        """Tell whether it counts on `day`."""
        return not self.is_withdrawn and self.occurred_on <= day
