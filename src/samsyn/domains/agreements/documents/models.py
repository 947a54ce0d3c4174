"""Documents, their versions, who has approved or signed them, and the one-time links to do so."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock
from samsyn.base.files.models import StoredFile
from samsyn.domains.agreements.documents.rules import (
    DECIDED_STATES,
    Mark,
    Requirement,
    State,
    Way,
)
from samsyn.domains.agreements.models.agreement import Agreement, AgreementParty
from samsyn.domains.agreements.models.bodies import Body


class Document(models.Model):
    """An annex to an agreement, or another document kept with it (L04).

    `annex` is the annex's id in the agreement's file, empty for a free document. What an annex needs
    to be valid stands in the file; what a free one needs is set here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="documents")
    municipality = models.ForeignKey(
        "orgs.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    annex = models.CharField(max_length=60, blank=True)
    number = models.PositiveSmallIntegerField(_("bilagans nummer"), null=True, blank=True)
    title = models.CharField(_("namn"), max_length=300)
    kinds = models.JSONField(
        _("slag"), default=list, help_text=_("Slag av dokument i avtalets fil, ett eller flera.")
    )
    presented_to = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    required = models.JSONField(
        _("krävs av"), default=dict, help_text=_("Antal underskrifter per part, efter partens id.")
    )
    approval_is_enough = models.BooleanField(_("godkännande räcker"), default=False)
    first_valid_with_agreement = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["number", "title", "pk"]
        verbose_name = _("dokument")
        verbose_name_plural = _("dokument")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "annex"],
                condition=~Q(annex=""),
                name="one_document_per_annex",
            )
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """`Bilaga 2` for a numbered annex, else its title."""
        return _("Bilaga %(n)d") % {"n": self.number} if self.number else self.title

    @property
    def requirement(self) -> Requirement:
        return Requirement(dict(self.required), self.approval_is_enough)


class DocumentVersion(models.Model):
    """One version: a file, or a frozen version of something living in the system. Its content never changes."""

    class Source(models.TextChoices):
        UPLOAD = "upload", _("Uppladdad fil")
        LIVE = "live", _("Fryst version ur systemet")

    class Stage(models.TextChoices):
        DRAFT = State.DRAFT.value, _("Utkast")
        PRESENTED = State.PRESENTED.value, _("Föredragen")
        DECIDED = State.DECIDED.value, _("Beslutad")
        SIGNED = State.SIGNED.value, _("Klar, gäller från senare dag")
        VALID = State.VALID.value, _("Giltig")
        REPLACED = State.REPLACED.value, _("Ersatt")
        WITHDRAWN = State.WITHDRAWN.value, _("Tillbakadragen")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    source = models.CharField(max_length=6, choices=Source.choices)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    live_kind = models.CharField(max_length=40, blank=True)
    live_key = models.CharField(max_length=80, blank=True)
    live_title = models.CharField(max_length=200, blank=True)
    checksum = models.CharField(_("kontrollsumma"), max_length=64)
    dated = models.CharField(_("dokumentets datum"), max_length=10, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_by_label = models.CharField(max_length=160, blank=True)
    presented_on = models.DateField(_("föredragen"), null=True, blank=True)
    presented_to = models.CharField(_("föredragen för"), max_length=300, blank=True)
    decided_on = models.DateField(_("beslutad"), null=True, blank=True)
    decided_by = models.CharField(_("beslutad av"), max_length=300, blank=True)
    decision = models.CharField(_("paragraf"), max_length=120, blank=True)
    diary_number = models.CharField(_("diarienummer"), max_length=60, blank=True)
    # What the version needs, as it stood when it was decided.
    required = models.JSONField(default=dict)
    approval_is_enough = models.BooleanField(default=False)
    valid_from = models.DateField(_("gäller från"), null=True, blank=True)
    became_valid_on = models.DateField(null=True, blank=True)
    through_agreement = models.BooleanField(_("gäller genom avtalet"), default=False)
    ended_on = models.DateField(_("upphörde"), null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version av dokument")
        verbose_name_plural = _("versioner av dokument")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="one_document_version_per_number"
            ),
            models.UniqueConstraint(
                fields=["document"], condition=Q(stage="valid"), name="one_valid_version"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[state.value for state in sorted(DECIDED_STATES)])
                | ~Q(diary_number=""),
                name="decided_versions_have_a_diary_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.number})"

    @property
    def state(self) -> State:
        return State(self.stage)

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED_STATES

    @property
    def requirement(self) -> Requirement:
        """What it needs: frozen at the decision, until then as the document says."""
        if self.is_decided:
            return Requirement(dict(self.required), self.approval_is_enough)
        return self.document.requirement


class Signature(models.Model):
    """One approval or signature of a version, by function and never by name (L13, U15).

    `checksum` is the SHA-256 of what was approved or signed. `signed_on` has the precision that is
    known: year, month or day. One that is withdrawn counts no more, and stays to be read.
    """

    class Means(models.TextChoices):
        PROGRAM = "program", _("Godkänd i programmet")
        LINK = "link", _("Godkänd med engångslänk")
        COPY = "copy", _("Undertecknad, uppladdad kopia")
        E_SIGN = "e_sign", _("Undertecknad med e-underskrift")

    version = models.ForeignKey(
        DocumentVersion, on_delete=models.CASCADE, related_name="signatures"
    )
    party = models.ForeignKey(AgreementParty, on_delete=models.PROTECT, related_name="+")
    function = models.CharField(_("funktion"), max_length=200)
    means = models.CharField(_("sätt"), max_length=8, choices=Means.choices)
    place = models.CharField(_("ort"), max_length=100, blank=True)
    signed_on = models.CharField(_("datum"), max_length=10)
    doubts = models.JSONField(_("tveksamt"), default=list)
    checksum = models.CharField(_("kontrollsumma"), max_length=64)
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proof = models.JSONField(
        default=dict, help_text=_("Vad tjänsten för e-underskrift visar; aldrig namn.")
    )
    proof_key = models.CharField(
        max_length=64, blank=True, help_text=_("Certifikatets fingeravtryck.")
    )
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_by_label = models.CharField(max_length=160, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["recorded_at", "pk"]
        verbose_name = _("underskrift")
        verbose_name_plural = _("underskrifter")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "proof_key"],
                condition=~Q(proof_key="") & Q(withdrawn_at=None),
                name="one_signature_per_certificate",
            )
        ]

    def __str__(self) -> str:
        return f"{self.function}, {self.party}"

    @property
    def way(self) -> Way:
        signed = self.means in (self.Means.COPY, self.Means.E_SIGN)
        return Way.SIGNED if signed else Way.APPROVED

    @property
    def mark(self) -> Mark:
        return Mark(self.party.ref, self.function, self.way, self.checksum)


class SignatureLink(models.Model):
    """A one-time link with which a named function approves one version. Only a hash of its secret is kept."""

    version = models.ForeignKey(DocumentVersion, on_delete=models.CASCADE, related_name="links")
    party = models.ForeignKey(AgreementParty, on_delete=models.PROTECT, related_name="+")
    function = models.CharField(_("funktion"), max_length=200)
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    expires_at = models.DateTimeField(_("gäller till"))
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("engångslänk")
        verbose_name_plural = _("engångslänkar")

    def __str__(self) -> str:
        return f"{self.function}, {self.version}"

    @property
    def is_open(self) -> bool:
        return self.used_at is None and self.revoked_at is None and clock.now() < self.expires_at
