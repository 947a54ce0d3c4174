"""Areas with an edition date, and named places. Plain columns: polygons are used at write time only."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AreaKind(models.TextChoices):
    DESO = "deso", "DeSO"
    REGSO = "regso", "RegSO"
    DISTRICT = "district", _("Eget område")


class Edition(models.Model):
    """One imported set of areas: the same kind may come again with a newer date, and the old stays."""

    municipality = models.ForeignKey(
        "orgs.Organisation", on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(_("slag"), max_length=10, choices=AreaKind.choices)
    valid_from = models.DateField(_("gäller från"))
    source = models.CharField(_("källa"), max_length=200)
    imported_at = models.DateTimeField(auto_now_add=True)
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "valid_from"], name="one_edition_per_kind_and_date"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.valid_from}"


class Area(models.Model):
    """A part of a municipality: DeSO, RegSO or a district of its own."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="areas")
    code = models.CharField(_("kod"), max_length=40)
    name = models.CharField(_("namn"), max_length=120)
    longitude = models.FloatField()
    latitude = models.FloatField()
    geometry = models.BinaryField(help_text="WKB, WGS84.")

    class Meta:
        ordering = ["name"]
        verbose_name = _("område")
        verbose_name_plural = _("områden")
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="one_area_per_code")
        ]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A named place that people know: the square, the beach, a school yard."""

    municipality = models.ForeignKey(
        "orgs.Organisation", on_delete=models.CASCADE, related_name="places"
    )
    name = models.CharField(_("namn"), max_length=120)
    aliases = models.CharField(_("kallas också"), max_length=200, blank=True)
    longitude = models.FloatField(_("longitud"), null=True, blank=True)
    latitude = models.FloatField(_("latitud"), null=True, blank=True)
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_public = models.BooleanField(
        _("allmän plats"), default=True, help_text=_("Får nämnas i det som publiceras.")
    )
    closed_on = models.DateField(_("används inte efter"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("plats")
        verbose_name_plural = _("platser")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="one_place_per_name"),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="place_has_both_coordinates_or_none",
            ),
        ]

    def __str__(self) -> str:
        return self.name
