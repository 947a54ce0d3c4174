"""The log: who did what, when. Rows are added, never changed or deleted through the application."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock


class CannotChangeLog(Exception):
    """Somebody tried to change or delete a row of the log."""


class AppendOnly(models.QuerySet["AuditEntry"]):
    def update(self, **changes: Any) -> NoReturn:
        raise CannotChangeLog("The log can only be added to.")

    def delete(self) -> NoReturn:
        raise CannotChangeLog("The log can only be added to.")


class AuditEntry(models.Model):
    """One thing done: verb, actor, the thing, and facts that explain it (never content about people)."""

    at = models.DateTimeField(_("tid"), default=clock.now, db_index=True)
    verb = models.CharField(_("händelse"), max_length=60, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_constraint=False,
    )
    actor_label = models.CharField(_("vem"), max_length=160)
    organisation = models.ForeignKey(
        "orgs.Organisation",
        null=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
    )
    thing = models.CharField(_("sak"), max_length=60, blank=True)
    thing_key = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("loggrad")
        verbose_name_plural = _("logg")
        indexes = [
            models.Index(fields=["thing", "thing_key"], name="audit_of_one_thing"),
            models.Index(fields=["organisation", "-at"], name="audit_of_an_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label}: {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise CannotChangeLog("The log can only be added to.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise CannotChangeLog("The log can only be added to.")
