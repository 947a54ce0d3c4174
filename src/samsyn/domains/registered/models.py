"""Police events with their versions, Brå figures with their revisions, the police's monthly list."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock


class PoliceEvent(models.Model):
    """An event that the police published: context and early notice, never statistics.

    The coordinates are the centre of a municipality or county, never the scene.
    """

    police_id = models.PositiveBigIntegerField(_("polisens nummer"), unique=True)
    event_at = models.DateTimeField(_("hände"))
    event_at_is_published = models.BooleanField(
        default=False, help_text=_("Tiden för händelsen saknas: tiden för publiceringen används.")
    )
    published_at = models.DateTimeField(_("publicerad"))
    type = models.CharField(_("typ"), max_length=120)
    title = models.CharField(_("rubrik"), max_length=300)
    summary = models.TextField(_("text"), blank=True)
    url = models.CharField(_("adress"), max_length=400, blank=True)
    location_name = models.CharField(_("plats"), max_length=120)
    municipality_code = models.CharField(_("kommunkod"), max_length=4, blank=True)
    county_code = models.CharField(_("länskod"), max_length=2, blank=True)
    is_summary = models.BooleanField(_("sammanfattning"), default=False)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    content_hash = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField(default=1)
    iso_year = models.PositiveSmallIntegerField()
    iso_week = models.PositiveSmallIntegerField()
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-event_at", "-police_id"]
        verbose_name = _("polishändelse")
        verbose_name_plural = _("polishändelser")
        indexes = [
            models.Index(
                fields=["municipality_code", "iso_year", "iso_week", "is_summary"],
                name="police_events_of_a_week",
            ),
            models.Index(fields=["event_at"], name="police_events_by_time"),
            models.Index(fields=["job"], name="police_events_of_a_job"),
        ]

    def __str__(self) -> str:
        return self.title


class PoliceEventVersion(models.Model):
    """What an event said before the police changed it."""

    event = models.ForeignKey(PoliceEvent, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    replaced_at = models.DateTimeField(default=clock.now)
    replaced_by_job = models.ForeignKey(
        "jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["event", "version"], name="one_row_per_event_version")
        ]

    def __str__(self) -> str:
        return f"{self.event_id} v{self.version}"


class BraFigure(models.Model):
    """A count or a survey share from Brå. A newer revision replaces an older, which is kept."""

    class Source(models.TextChoices):
        REGISTERED = "registered", _("Anmälda brott")
        SURVEY = "survey", _("Nationella trygghetsundersökningen")

    class PeriodKind(models.TextChoices):
        YEAR = "year", _("År")
        QUARTER = "quarter", _("Kvartal")
        MONTH = "month", _("Månad")

    source = models.CharField(max_length=10, choices=Source.choices, default=Source.REGISTERED)
    municipality_code = models.CharField(_("kommunkod"), max_length=4, blank=True)
    region = models.CharField(_("område"), max_length=120)
    offence = models.CharField(_("brott"), max_length=250)
    offence_id = models.CharField(max_length=20, blank=True)
    level = models.PositiveSmallIntegerField(_("nivå"), null=True)
    parent = models.CharField(_("hör till"), max_length=250, blank=True)
    period_kind = models.CharField(max_length=7, choices=PeriodKind.choices)
    year = models.PositiveSmallIntegerField(_("år"))
    period = models.PositiveSmallIntegerField(_("period"), default=0)
    preliminary = models.BooleanField(_("preliminär"), default=False)
    count = models.PositiveIntegerField(_("antal"), null=True)
    per_100k = models.FloatField(_("per 100 000 invånare"), null=True)
    share = models.FloatField(_("andel"), null=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    missing = models.CharField(max_length=60, blank=True)
    revision = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    read_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["region", "offence", "year", "period"]
        verbose_name = _("uppgift från Brå")
        verbose_name_plural = _("uppgifter från Brå")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "source",
                    "region",
                    "offence",
                    "offence_id",
                    "period_kind",
                    "year",
                    "period",
                ],
                condition=Q(is_current=True),
                name="one_current_figure",
            )
        ]
        indexes = [
            models.Index(
                fields=["municipality_code", "year", "period", "is_current"],
                name="bra_figures_of_a_month",
            )
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.offence} {self.year}/{self.period}"


class ImportProfile(models.Model):
    """How one police area's monthly list is read; remembered from the wizard (K05)."""

    police_area = models.ForeignKey(
        "orgs.Organisation", on_delete=models.CASCADE, related_name="import_profiles"
    )
    name = models.SlugField(_("namn"), max_length=60)
    profile = models.JSONField(_("tolkning"))
    categories = models.JSONField(
        _("rubriker till kategorier"), default=dict, help_text=_("För listor utan brottskoder.")
    )
    due_day = models.PositiveSmallIntegerField(_("brukar komma före dag"), default=10)
    changed_at = models.DateTimeField(default=clock.now)
    changed_by_label = models.CharField(max_length=160)

    class Meta:
        ordering = ["name"]
        verbose_name = _("tolkning av polisens lista")
        verbose_name_plural = _("tolkningar av polisens lista")
        constraints = [
            models.UniqueConstraint(fields=["police_area", "name"], name="one_profile_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class PoliceListMonth(models.Model):
    """One month's list, taken in: what it held and how it differs from the one before (K05)."""

    municipality = models.ForeignKey(
        "orgs.Organisation", on_delete=models.CASCADE, related_name="+"
    )
    police_area = models.ForeignKey("orgs.Organisation", on_delete=models.CASCADE, related_name="+")
    month = models.PositiveIntegerField(_("månad"), help_text=_("Som 202610."))
    job = models.ForeignKey("jobs.Job", on_delete=models.CASCADE, related_name="police_list_months")
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    difference = models.JSONField(default=dict)
    read_at = models.DateTimeField(default=clock.now)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["-month", "-read_at"]
        verbose_name = _("månadens lista")
        verbose_name_plural = _("månadens listor")

    def __str__(self) -> str:
        return f"{self.month}"


class RegisteredCrime(models.Model):
    """One row of the police's list, without street number, case number or identity.

    The position is a 250 m cell or an area; `row_key` is a keyed hash that only shows what changed.
    """

    municipality = models.ForeignKey(
        "orgs.Organisation", on_delete=models.CASCADE, related_name="+"
    )
    police_area = models.ForeignKey("orgs.Organisation", on_delete=models.CASCADE, related_name="+")
    list_month = models.ForeignKey(PoliceListMonth, on_delete=models.CASCADE, related_name="crimes")
    job = models.ForeignKey("jobs.Job", on_delete=models.CASCADE, related_name="+")
    month_registered = models.PositiveIntegerField(_("anmäld månad"), db_index=True)
    category_key = models.CharField(_("kategori"), max_length=10, blank=True)
    crime_code = models.CharField(_("brottskod"), max_length=10, blank=True)
    starts_at = models.DateTimeField(_("tidigast"), null=True)
    ends_at = models.DateTimeField(_("senast"), null=True)
    street = models.CharField(_("gata"), max_length=120, blank=True)
    area_name = models.CharField(_("område"), max_length=120, blank=True)
    area = models.ForeignKey("geo.Area", null=True, on_delete=models.SET_NULL, related_name="+")
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    count = models.PositiveIntegerField(_("antal"), default=1)
    row_key = models.CharField(max_length=64)
    is_current = models.BooleanField(default=True)
    read_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-month_registered", "pk"]
        verbose_name = _("anmält brott")
        verbose_name_plural = _("anmälda brott")
        indexes = [
            models.Index(
                fields=["municipality", "month_registered", "is_current"], name="crimes_of_a_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month_registered} {self.category_key or self.crime_code}"
