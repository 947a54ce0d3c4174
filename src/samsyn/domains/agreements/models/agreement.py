"""The agreement, every version of its file, and its parties."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock


class Agreement(models.Model):
    """One signed agreement, or an act laid over every municipality (L05, H01, K28, U14).

    What the file says whole stands in its version; the columns here are what lists and rules ask for.
    """

    class Kind(models.TextChoices):
        AGREEMENT = "agreement", _("Överenskommelse")
        ACT = "act", _("Lag")

    class State(models.TextChoices):
        PREPARED = "prepared", _("Förberett")
        STARTED = "started", _("Startat")
        ENDED = "ended", _("Avslutat")

    code = models.SlugField(_("avtalets id"), max_length=60, unique=True)
    kind = models.CharField(_("slag"), max_length=10, choices=Kind.choices, default=Kind.AGREEMENT)
    title = models.CharField(_("namn"), max_length=300)
    starts_on = models.DateField(_("gäller från"))
    ends_on = models.DateField(_("gäller till"), null=True, blank=True)
    signed_on = models.CharField(
        _("undertecknat"), max_length=10, blank=True, help_text=_("År, månad eller dag.")
    )
    state = models.CharField(
        _("läge"), max_length=10, choices=State.choices, default=State.PREPARED
    )
    in_use_from = models.DateField(
        _("följs från"),
        null=True,
        blank=True,
        help_text=_("Inget som skulle ha gjorts före den dagen räknas som försenat."),
    )
    municipalities = models.ManyToManyField(
        "orgs.Organisation", related_name="agreements", verbose_name=_("kommuner")
    )
    agreed_in = models.ManyToManyField(
        "orgs.Organisation",
        related_name="+",
        blank=True,
        verbose_name=_("kommuner som har sagt ja till att följa avtalet"),
    )
    current_version = models.ForeignKey(
        "agreements.AgreementVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["kind", "-starts_on", "title"]
        verbose_name = _("avtal")
        verbose_name_plural = _("avtal")

    def __str__(self) -> str:
        return self.title

    @property
    def is_act(self) -> bool:
        return self.kind == self.Kind.ACT

    @property
    def is_started(self) -> bool:
        return self.state == self.State.STARTED

    def is_expired(self, on: dt.date) -> bool:
        """Tell whether the last day has passed: everything readable, nothing due (U14)."""
        return self.ends_on is not None and self.ends_on < on


class AgreementVersion(models.Model):
    """The file as it was loaded, whole, and what it changed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    checksum = models.CharField(max_length=64)
    changes = models.JSONField(
        default=list, help_text=_("Vad som ändrades mot förra versionen, med egna ord.")
    )
    loaded_at = models.DateTimeField(default=clock.now)
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    loaded_by_label = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version av avtalets fil")
        verbose_name_plural = _("versioner av avtalets fil")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="one_agreement_version_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement} ({self.number})"


class AgreementParty(models.Model):
    """A party, or another organisation that the agreement names (L03, H09).

    `ref` is its id in the file. Rows that a later version drops are kept with `is_current` false.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    ref = models.CharField(max_length=60)
    name = models.CharField(_("namn"), max_length=300)
    local_name = models.CharField(_("kallas"), max_length=300, blank=True)
    kind = models.CharField(max_length=20)
    org_number = models.CharField(_("organisationsnummer"), max_length=13, blank=True)
    organisation = models.ForeignKey(
        "orgs.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_party = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["order"]
        verbose_name = _("part")
        verbose_name_plural = _("parter")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "ref"], name="one_party_per_ref"),
            models.UniqueConstraint(
                fields=["agreement", "organisation"],
                condition=Q(is_current=True, is_party=True),
                name="one_party_per_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The agreement's own word for it where there is one."""
        return self.local_name or self.name
