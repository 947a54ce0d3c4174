"""Pictures, the parties' parts in them, releases, frozen versions and what was said about them."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock


class PictureKind(models.TextChoices):
    WEEKLY = "weekly", _("Veckans lägesbild")
    MONTHLY = "monthly", _("Månadens lägesbild")
    YEARLY = "yearly", _("Årets lägesbild")
    ACUTE = "acute", _("Akut lägesbild")
    NEEDS = "needs", _("Behovsanalys")


class PictureState(models.TextChoices):
    DRAFT = "draft", _("Utkast")
    FINISHED = "finished", _("Färdig")


class Picture(models.Model):
    """A situation picture of a municipality, or joint for a police area (C01, H05, K08).

    `numbers` is the result object that every rendering shows. `version` counts the changes of the
    draft; `edition` is the number of the latest frozen version, 0 before the first.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(
        _("slag"), max_length=10, choices=PictureKind.choices, default=PictureKind.WEEKLY
    )
    scope = models.ForeignKey(
        "orgs.Organisation",
        verbose_name=_("gäller"),
        on_delete=models.PROTECT,
        related_name="pictures",
    )
    iso_year = models.PositiveSmallIntegerField(_("år"))
    iso_week = models.PositiveSmallIntegerField(_("vecka"))
    starts_on = models.DateField(_("första dag"))
    state = models.CharField(
        _("läge"), max_length=10, choices=PictureState.choices, default=PictureState.DRAFT
    )
    numbers = models.JSONField(default=dict)
    numbers_checksum = models.CharField(max_length=64)
    drafted_at = models.DateTimeField(_("skriven"), default=clock.now)
    drafted_by_label = models.CharField(max_length=160)
    refreshed_at = models.DateTimeField(_("siffror från"), default=clock.now)
    code_version = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveSmallIntegerField(_("utgåva"), default=0)
    checksum = models.CharField(_("kontrollsumma"), max_length=64, blank=True)
    frozen_at = models.DateTimeField(_("fryst"), null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-iso_year", "-iso_week", "scope__name"]
        verbose_name = _("lägesbild")
        verbose_name_plural = _("lägesbilder")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "scope", "iso_year", "iso_week"],
                name="one_picture_per_scope_and_week",
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.iso_year}-W{self.iso_week:02d}"

    @property
    def is_finished(self) -> bool:
        return self.state == PictureState.FINISHED

    @property
    def week_text(self) -> str:
        """The week as 2026-W20."""
        return f"{self.iso_year}-W{self.iso_week:02d}"


class Part(models.Model):
    """One party's room in a picture: its sentences and its contribution, its own until it releases it."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="parts")
    organisation = models.ForeignKey(
        "orgs.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    is_left_out = models.BooleanField(_("utelämnad"), default=False)
    left_out_note = models.CharField(_("varför den utelämnas"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("del av lägesbild")
        verbose_name_plural = _("delar av lägesbilder")
        constraints = [
            models.UniqueConstraint(fields=["picture", "organisation"], name="one_part_per_party")
        ]

    def __str__(self) -> str:
        return f"{self.picture}: {self.organisation}"


class Sentence(models.Model):
    """One sentence: what the program drafted, and what a person made of it. Edits are never overwritten.

    `basis` is the drafted text at the time of the edit; where it differs from `generated_text` the
    numbers have changed since (*underlaget har ändrats*).
    """

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="sentences")
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="sentences")
    section = models.CharField(_("avsnitt"), max_length=40)
    key = models.CharField(max_length=120)
    order = models.PositiveIntegerField(default=0)
    generated_text = models.TextField(blank=True)
    sources = models.JSONField(default=list)
    edited_text = models.TextField(null=True, blank=True)  # noqa: DJ001 - None: nobody has edited it
    basis = models.TextField(blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    edited_by_label = models.CharField(max_length=160, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    is_hidden = models.BooleanField(_("dold"), default=False)
    is_added = models.BooleanField(_("tillagd för hand"), default=False)
    is_current = models.BooleanField(_("skrivs fortfarande av siffrorna"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("mening")
        verbose_name_plural = _("meningar")
        constraints = [
            models.UniqueConstraint(
                fields=["picture", "section", "key"], name="one_sentence_per_section_and_key"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The sentence as it stands: the person's words where there are any."""
        return self.generated_text if self.edited_text is None else self.edited_text

    @property
    def is_edited(self) -> bool:
        return self.edited_text is not None and not self.is_added

    @property
    def basis_changed(self) -> bool:
        """Whether the numbers have changed after the edit."""
        return self.is_edited and (not self.is_current or self.basis != self.generated_text)


class SentenceChange(models.Model):
    """One change of a sentence, kept beside the log so that the editor can see and undo it."""

    class What(models.TextChoices):
        EDITED = "edited", _("Ändrad")
        RESTORED = "restored", _("Återställd")
        HIDDEN = "hidden", _("Dold")
        SHOWN = "shown", _("Visad igen")
        ADDED = "added", _("Tillagd")
        REDRAFTED = "redrafted", _("Ny text från siffrorna")

    sentence = models.ForeignKey(Sentence, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=10, choices=What.choices)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    by_label = models.CharField(max_length=160)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("ändring av en mening")
        verbose_name_plural = _("ändringar av meningar")

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.at:%Y-%m-%d %H:%M}"


class Contribution(models.Model):
    """A party's own text, written in its own room."""

    part = models.OneToOneField(Part, on_delete=models.CASCADE, related_name="contribution")
    text = models.TextField(_("text"), blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_by_label = models.CharField(max_length=160)
    written_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("bidrag")
        verbose_name_plural = _("bidrag")

    def __str__(self) -> str:
        return self.text[:60]


class Release(models.Model):
    """The act that makes a part joint: who, when, in which way. Withdrawn ones stay as a trace."""

    class Way(models.TextChoices):
        SIGNED_IN = "signed_in", _("inloggad")
        LINK = "link", _("med engångslänk")
        CONSENT = "consent", _("samtycke noterat av samordnaren")

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="releases")
    way = models.CharField(_("sätt"), max_length=10, choices=Way.choices)
    function = models.CharField(_("funktion"), max_length=120, blank=True)
    note = models.CharField(_("anteckning"), max_length=500, blank=True)
    content_checksum = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_label = models.CharField(_("av"), max_length=160)
    at = models.DateTimeField(_("släppt"), default=clock.now)
    edition = models.PositiveSmallIntegerField(_("utgåva"), default=1)
    withdrawn_at = models.DateTimeField(_("återtagen"), null=True, blank=True)
    withdrawn_by_label = models.CharField(max_length=160, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("släpp")
        verbose_name_plural = _("släpp")
        constraints = [
            models.UniqueConstraint(
                fields=["part"],
                condition=Q(withdrawn_at=None),
                name="one_standing_release_per_part",
            )
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.get_way_display()}"


class ReleaseLink(models.Model):
    """A link that lets one named function release one part once. Only a hash of it is kept."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="links")
    function = models.CharField(_("funktion"), max_length=120)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by_label = models.CharField(max_length=160)
    expires_at = models.DateTimeField(_("gäller till"))
    used_at = models.DateTimeField(_("använd"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("återkallad"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("engångslänk")
        verbose_name_plural = _("engångslänkar")

    def __str__(self) -> str:
        return f"{self.part}: {self.function}"

    def works_at(self, moment: Any) -> bool:
        """Tell whether the link can still be used at `moment`."""
        return self.used_at is None and self.revoked_at is None and moment < self.expires_at


class FrozenError(Exception):
    """Somebody tried to change or delete a frozen version."""


class PictureVersion(models.Model):
    """A finished version: its numbers, its words and its releases, with a checksum. Never changed."""

    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("utgåva"))
    numbers = models.JSONField()
    words = models.JSONField(help_text=_("Avsnitt, bidrag och släpp som de stod."))
    checksum = models.CharField(_("kontrollsumma"), max_length=64)
    frozen_at = models.DateTimeField(_("fryst"), default=clock.now)
    frozen_by_label = models.CharField(max_length=160)
    code_version = models.CharField(max_length=20)
    reason = models.CharField(_("varför en ny utgåva"), max_length=300, blank=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("fryst lägesbild")
        verbose_name_plural = _("frysta lägesbilder")
        constraints = [
            models.UniqueConstraint(fields=["picture", "number"], name="one_version_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.picture} ({self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FrozenError("A frozen version cannot be changed. Make a new version.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise FrozenError("A frozen version cannot be deleted.")


class AnalysisRun(models.Model):
    """One analysis behind a picture's numbers: method, parameters, seed, code version, hash of input."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="analysis_runs")
    key = models.CharField(max_length=80)
    method = models.CharField(max_length=60)
    parameters = models.JSONField(default=dict)
    seed = models.BigIntegerField(null=True)
    input_hash = models.CharField(max_length=64)
    code_version = models.CharField(max_length=20)
    run_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["key"]
        verbose_name = _("analyskörning")
        verbose_name_plural = _("analyskörningar")
        constraints = [models.UniqueConstraint(fields=["picture", "key"], name="one_run_per_key")]

    def __str__(self) -> str:
        return f"{self.key}: {self.method}"


class PresentationNote(models.Model):
    """What was noted, or agreed to be done, while the picture was shown."""

    class Kind(models.TextChoices):
        NOTE = "note", _("Anteckning")
        ACTION = "action", _("Att göra")

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(_("slag"), max_length=8, choices=Kind.choices, default=Kind.NOTE)
    section = models.CharField(_("avsnitt"), max_length=40, blank=True)
    text = models.CharField(_("text"), max_length=500)
    responsible = models.CharField(_("ansvarig funktion"), max_length=120, blank=True)
    due_on = models.DateField(_("senast"), null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_by_label = models.CharField(max_length=160)
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["written_at", "pk"]
        verbose_name = _("anteckning från mötet")
        verbose_name_plural = _("anteckningar från mötet")

    def __str__(self) -> str:
        return self.text


class Delivery(models.Model):
    """A finished version left the house: in which form, to which function."""

    picture_version = models.ForeignKey(
        PictureVersion, on_delete=models.PROTECT, related_name="deliveries"
    )
    form = models.CharField(_("form"), max_length=10)
    recipient = models.CharField(_("mottagare"), max_length=160, blank=True)
    by_label = models.CharField(max_length=160)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("utskick av lägesbild")
        verbose_name_plural = _("utskick av lägesbilder")

    def __str__(self) -> str:
        return f"{self.picture_version} {self.form}"
