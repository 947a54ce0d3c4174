"""The categories that a body has decided, in versions. A municipality without any uses the default set."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock


class CategorySet(models.Model):
    """One decided version of a municipality's categories (K05). An old version is kept, never changed."""

    municipality = models.ForeignKey(
        "orgs.Organisation", on_delete=models.CASCADE, related_name="category_sets"
    )
    version = models.PositiveSmallIntegerField(_("version"))
    decided_by = models.CharField(_("beslutad av"), max_length=160)
    decided_on = models.DateField(_("beslutad den"))
    valid_from = models.DateField(_("gäller från"))
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-version"]
        verbose_name = _("kategoriuppsättning")
        verbose_name_plural = _("kategoriuppsättningar")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "version"], name="one_category_set_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality.called}, version {self.version}"


class Category(models.Model):
    """One category of a set: its stable key, name, example text, and the crime codes that map to it."""

    category_set = models.ForeignKey(
        CategorySet, on_delete=models.CASCADE, related_name="categories"
    )
    key = models.CharField(_("nyckel"), max_length=10)
    name = models.CharField(_("namn"), max_length=80)
    icon = models.CharField(_("symbol"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(_("ordning"), default=100)
    help = models.CharField(_("exempel"), max_length=200, blank=True)
    on_form = models.BooleanField(_("visas i formuläret"), default=True)
    codes = models.JSONField(_("brottskoder"), default=list, blank=True)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("kategori")
        verbose_name_plural = _("kategorier")
        constraints = [
            models.UniqueConstraint(fields=["category_set", "key"], name="one_category_per_key")
        ]

    def __str__(self) -> str:
        return self.name
