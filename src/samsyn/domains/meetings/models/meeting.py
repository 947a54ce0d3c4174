"""The meeting, its agenda with papers, what was asked for beforehand, who came, and who approved."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock
from samsyn.base.links import Link
from samsyn.domains.meetings.rules.stages import OPEN_FOR_MINUTES, OVER, Form, Stage
from samsyn.formats import swedish


class Meeting(models.Model):
    """A meeting of a body, planned from its rhythm or called for a sudden event (L06, L07, K08, K18).

    A light one has agenda, notes and actions and nothing more; of a trace only that the body met.
    """

    class Origin(models.TextChoices):
        PLANNED = "planned", _("Planerat")
        EXTRA = "extra", _("Extra")

    class Kept(models.TextChoices):
        FULL = Form.FULL.value, _("Möte med protokoll")
        LIGHT = Form.LIGHT.value, _("Lätt möte")
        TRACE = Form.TRACE.value, _("Bara att mötet har hållits")

    class State(models.TextChoices):
        PLANNED = Stage.PLANNED.value, _("Planerat")
        CALLED = Stage.CALLED.value, _("Kallat")
        HELD = Stage.HELD.value, _("Hållet")
        ADJUSTED = Stage.ADJUSTED.value, _("Hos justeraren")
        APPROVED = Stage.APPROVED.value, _("Justerat")
        CANCELLED = Stage.CANCELLED.value, _("Inställt")

    body = models.ForeignKey("agreements.Body", on_delete=models.PROTECT, related_name="meetings")
    municipality = models.ForeignKey(
        "orgs.Organisation",
        verbose_name=_("kommun"),
        on_delete=models.PROTECT,
        related_name="meetings",
    )
    occurrence = models.CharField(
        max_length=80,
        blank=True,
        help_text=_("Åtagandet och tillfället som mötet är planerat för."),
    )
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.PLANNED)
    form = models.CharField(_("form"), max_length=10, choices=Kept.choices, default=Kept.FULL)
    occasion = models.CharField(_("varför mötet kallas"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("börjar"))
    ends_at = models.DateTimeField(_("slutar"), null=True, blank=True)
    place = models.CharField(_("plats"), max_length=200, blank=True)
    locality = models.CharField(
        _("ort"), max_length=80, blank=True, help_text=_("När organet möts på flera orter.")
    )
    extended = models.BooleanField(_("utökat möte"), default=False)
    state = models.CharField(_("läge"), max_length=10, choices=State.choices, default=State.PLANNED)
    called_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    cancelled_why = models.CharField(_("varför mötet ställdes in"), max_length=300, blank=True)
    secretary = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sekreterare"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ordförande"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    adjuster = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("justerare"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    notes = models.TextField(_("anteckningar"), blank=True)
    diary_number = models.CharField(_("diarienummer"), max_length=60, blank=True)
    proves = models.JSONField(
        _("visar också"),
        default=list,
        blank=True,
        help_text=_("Åtaganden som mötet uppfyller utöver dem som varje möte uppfyller."),
    )
    version = models.PositiveIntegerField(default=1)
    frozen = models.JSONField(null=True, blank=True)
    checksum = models.CharField(max_length=64, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("möte")
        verbose_name_plural = _("möten")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "municipality", "occurrence"],
                condition=~Q(occurrence="") & ~Q(state="cancelled"),
                name="one_meeting_per_occurrence",
            )
        ]
        indexes = [models.Index(fields=["municipality", "starts_at"])]

    def __str__(self) -> str:
        return f"{self.body.name}, {swedish.date(self.day)}"

    @property
    def day(self) -> dt.date:
        """The Swedish date."""
        return self.starts_at.astimezone(clock.SWEDEN).date()

    @property
    def local_start(self) -> dt.datetime:
        return self.starts_at.astimezone(clock.SWEDEN)

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def is_frozen(self) -> bool:
        return self.state == Stage.APPROVED

    @property
    def may_be_written_in(self) -> bool:
        return self.state in OPEN_FOR_MINUTES

    @property
    def is_light(self) -> bool:
        return self.form == Form.LIGHT

    @property
    def is_trace(self) -> bool:
        return self.form == Form.TRACE


class AgendaItem(models.Model):
    """One thing on the agenda, and what is written of it in the minutes; its order is its paragraph."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=15)
    source = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=30, blank=True)
    clause = models.CharField(_("klausul"), max_length=20, blank=True)
    title = models.CharField(_("rubrik"), max_length=200)
    text = models.TextField(_("bakgrund"), max_length=2000, blank=True)
    presenter = models.CharField(_("föredragande"), max_length=120, blank=True)
    proposal = models.TextField(_("förslag till beslut"), max_length=2000, blank=True)
    assignment = models.ForeignKey(
        "meetings.Assignment", null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    notes = models.TextField(_("vad som sades"), max_length=8000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("ärende")
        verbose_name_plural = _("ärenden")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "source"],
                condition=~Q(source=""),
                name="one_item_per_source",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Paper(models.Model):
    """A paper of an item: an uploaded file, or something in the system that opens with one tap."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(_("handling"), max_length=200)
    file = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    link_kind = models.CharField(max_length=40, blank=True)
    link_key = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("handling")
        verbose_name_plural = _("handlingar")

    def __str__(self) -> str:
        return self.title

    @property
    def link(self) -> Link | None:
        """The thing in the system that it points at."""
        return Link(self.link_kind, self.link_key) if self.link_kind else None


class Invitation(models.Model):
    """Who is wanted at this meeting beside the seats that always come (L06).

    A seat at need, or somebody who presents or is adjoined: a function of the agreement, who is then
    summoned and asked like a seat, or in words somebody outside, whom the coordinator calls herself.
    """

    class Capacity(models.TextChoices):
        AT_NEED = "at_need", _("Plats vid behov")
        PRESENTER = "presenter", _("Föredragande")
        ADJOINED = "adjoined", _("Adjungerad")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    capacity = models.CharField(_("som"), max_length=10, choices=Capacity.choices)
    seat = models.ForeignKey(
        "agreements.Seat", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    function = models.ForeignKey(
        "agreements.Function", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    label = models.CharField(_("vem"), max_length=120, blank=True)
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="presenters"
    )
    why = models.CharField(_("varför"), max_length=300, blank=True)
    wanted_at = models.DateTimeField(default=clock.now)
    wanted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["capacity", "pk"]
        verbose_name = _("kallad vid behov")
        verbose_name_plural = _("kallade vid behov")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "seat"],
                condition=Q(seat__isnull=False),
                name="one_invitation_per_seat",
            ),
            models.UniqueConstraint(
                fields=["meeting", "function"],
                condition=Q(function__isnull=False),
                name="one_invitation_per_function",
            ),
            models.CheckConstraint(
                condition=Q(capacity="at_need", seat__isnull=False, function__isnull=True)
                | (~Q(capacity="at_need") & Q(seat__isnull=True)),
                name="an_invitation_is_of_a_seat_or_a_guest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.called}, {self.meeting}"

    @property
    def called(self) -> str:
        """The seat by its functions, the function, or the words written."""
        if self.seat is not None:
            return self.seat.called
        return self.function.name if self.function is not None else self.label

    @property
    def party_name(self) -> str:
        own = self.seat or self.function
        return own.party.called if own is not None else ""


class Contribution(models.Model):
    """What a seat, or somebody invited, is asked to bring to the meeting, and what it gave (L07)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="contributions")
    seat = models.ForeignKey(
        "agreements.Seat", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    invitation = models.OneToOneField(
        Invitation, null=True, blank=True, on_delete=models.CASCADE, related_name="contribution"
    )
    text = models.TextField(_("bidrag"), max_length=4000, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_by_label = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["seat__order", "pk"]
        verbose_name = _("bidrag till möte")
        verbose_name_plural = _("bidrag till möten")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="one_contribution_per_seat"),
            models.CheckConstraint(
                condition=Q(seat__isnull=False) | Q(invitation__isnull=False),
                name="a_contribution_is_asked_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.called}, {self.meeting}"

    @property
    def called(self) -> str:
        """Who was asked: the seat by its functions, or who was invited."""
        asked = self.seat or self.invitation
        return asked.called if asked is not None else ""

    @property
    def party_name(self) -> str:
        if self.seat is not None:
            return self.seat.party.called
        return self.invitation.party_name if self.invitation is not None else ""


class Attendance(models.Model):
    """Who sat in a seat, or came without one."""

    class Capacity(models.TextChoices):
        HOLDER = "holder", _("Ordinarie")
        SUBSTITUTE = "substitute", _("Ersättare")
        PRESENTER = "presenter", _("Föredragande")
        ADJOINED = "adjoined", _("Adjungerad")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    seat = models.ForeignKey(
        "agreements.Seat", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    label = models.CharField(_("vem"), max_length=120, blank=True)
    capacity = models.CharField(
        _("som"), max_length=10, choices=Capacity.choices, default=Capacity.HOLDER
    )
    is_present = models.BooleanField(_("på plats"), default=True)

    class Meta:
        ordering = ["seat__order", "pk"]
        verbose_name = _("närvaro")
        verbose_name_plural = _("närvaro")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "seat"],
                condition=Q(seat__isnull=False),
                name="one_attendance_per_seat",
            )
        ]

    def __str__(self) -> str:
        return self.label or str(self.user or self.seat)


class Approval(models.Model):
    """That the chair or the adjuster has read the minutes and stands by them."""

    class As(models.TextChoices):
        CHAIR = "chair", _("Ordförande")
        ADJUSTER = "adjuster", _("Justerare")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="approvals")
    given_as = models.CharField(max_length=10, choices=As.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["given_as"]
        verbose_name = _("justering")
        verbose_name_plural = _("justeringar")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "given_as"], name="one_approval_per_role")
        ]

    def __str__(self) -> str:
        return f"{self.get_given_as_display()}, {self.meeting}"
