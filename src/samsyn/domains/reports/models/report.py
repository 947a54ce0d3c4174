"""A report, who sent it (kept apart), and the links by which one reports without an account."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock

NOTE_LENGTH = 300


class ReportKind(models.TextChoices):
    INCIDENT = "incident", _("Händelse")
    PLANNED_EVENT = "planned_event", _("Planerat evenemang")
    UNSAFE_PLACE = "unsafe_place", _("Otrygg plats")
    NOTHING = "nothing", _("Inget att rapportera")


class Source(models.TextChoices):
    FORM = "form", _("Inloggad")
    LINK = "link", _("Länk")
    IMPORT = "import", _("Inläst")
    API = "api", _("Annat system")


class PeopleBand(models.TextChoices):
    """How many people, roughly; never who."""

    ONE = "1", "1"
    FEW = "2-4", "2–4"
    SOME = "5-9", "5–9"
    MANY = "10-19", "10–19"
    CROWD = "20+", _("20 eller fler")


class Report(models.Model):
    """What an actor saw: what, where, when and a short note that the text guard has read (K04, H05).

    `category_key` is what counts are made by; `category` points at the decided version where the
    municipality has one. Area and ISO week are set when the row is written.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(
        "orgs.Organisation", on_delete=models.CASCADE, related_name="reports", db_index=False
    )
    organisation = models.ForeignKey(
        "orgs.Organisation", on_delete=models.CASCADE, related_name="sent_reports", db_index=False
    )
    kind = models.CharField(_("slag"), max_length=13, choices=ReportKind.choices)
    category_key = models.CharField(_("kategori"), max_length=10)
    category = models.ForeignKey(
        "reports.Category", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    place = models.ForeignKey("geo.Place", null=True, on_delete=models.SET_NULL, related_name="+")
    place_text = models.CharField(_("plats i ord"), max_length=120, blank=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    area = models.ForeignKey("geo.Area", null=True, on_delete=models.SET_NULL, related_name="+")
    starts_at = models.DateTimeField(_("från"))
    ends_at = models.DateTimeField(_("till"))
    iso_year = models.PositiveSmallIntegerField()
    iso_week = models.PositiveSmallIntegerField()
    note = models.CharField(_("anteckning"), max_length=NOTE_LENGTH, blank=True)
    people_band = models.CharField(
        _("antal personer"), max_length=5, choices=PeopleBand.choices, blank=True
    )
    reported_to_police = models.BooleanField(_("polisanmält"), null=True)
    source = models.CharField(_("väg in"), max_length=6, choices=Source.choices)
    received_at = models.DateTimeField(_("mottagen"), default=clock.now)
    idempotency_key = models.UUIDField(unique=True)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="duplicates", db_index=False
    )
    import_job = models.ForeignKey(
        "jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-starts_at", "-received_at"]
        verbose_name = _("rapport")
        verbose_name_plural = _("rapporter")
        indexes = [
            # Holds all that lists and pictures count by, so that counting never opens the rows.
            models.Index(
                fields=[
                    "municipality",
                    "starts_at",
                    "merged_into",
                    "kind",
                    "category_key",
                    "organisation",
                    "source",
                    "area",
                    "iso_year",
                    "iso_week",
                ],
                name="reports_counted",
            ),
            models.Index(fields=["municipality", "iso_year", "iso_week"], name="reports_by_week"),
            models.Index(fields=["organisation", "starts_at"], name="reports_by_organisation"),
            models.Index(fields=["municipality", "received_at"], name="reports_by_arrival"),
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="reports_merged",
            ),
            models.Index(
                fields=["import_job"],
                condition=Q(import_job__isnull=False),
                name="reports_imported",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")), name="report_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="report_has_both_coordinates_or_none",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="report_is_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category_key} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def number(self) -> str:
        """The short number that the sender and the coordinator can say to each other."""
        return self.id.hex[:8].upper()

    @property
    def where(self) -> str:
        """The named place, else the described one."""
        return self.place.name if self.place is not None else self.place_text


class ReportLink(models.Model):
    """A personal or shared way in without account. Only a hash of its token is kept."""

    municipality = models.ForeignKey(
        "orgs.Organisation", on_delete=models.CASCADE, related_name="report_links"
    )
    organisation = models.ForeignKey(
        "orgs.Organisation", on_delete=models.CASCADE, related_name="+"
    )
    label = models.CharField(
        _("för vem"), max_length=120, help_text=_("Funktion, till exempel Vaktmästare.")
    )
    is_personal = models.BooleanField(_("personlig"), default=False)
    token_hash = models.CharField(max_length=64, unique=True)
    per_hour = models.PositiveIntegerField(_("rapporter per timme"), default=60)
    created_at = models.DateTimeField(_("skapad"), default=clock.now)
    last_used_on = models.DateField(_("senast använd"), null=True)
    revoked_at = models.DateTimeField(_("spärrad"), null=True)

    class Meta:
        ordering = ["organisation__name", "label"]
        verbose_name = _("rapportlänk")
        verbose_name_plural = _("rapportlänkar")

    def __str__(self) -> str:
        return self.label

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None


class ReporterIdentity(models.Model):
    """Who sent a report: apart from it, seen by the coordinator only, disposed of sooner (data rule 5)."""

    report = models.OneToOneField(
        Report, primary_key=True, on_delete=models.CASCADE, related_name="identity"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    link = models.ForeignKey(
        ReportLink, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    contact_email = models.EmailField(_("e-post för svar"), blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("rapportör")
        verbose_name_plural = _("rapportörer")
        indexes = [models.Index(fields=["link", "created_at"], name="identities_by_link")]

    def __str__(self) -> str:
        return f"#{self.report_id}"
