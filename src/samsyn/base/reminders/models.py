"""What each person wants to be reminded of, and the digests that have gone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock
from samsyn.base.reminders import rules


class Pace(models.TextChoices):
    NEVER = rules.NEVER, _("Aldrig")
    DAILY = rules.DAILY, _("Varje vardag, om något är nytt")
    WEEKLY = rules.WEEKLY, _("En gång i veckan")
    MONTHLY = rules.MONTHLY, _("Den första i varje månad")


class Wish(models.Model):
    """How often and about what a person wants letters. Without a row: Mondays, about what is hers.

    `topics` is None until she has chosen; after that a topic that comes later is not hers by itself.
    `serial` is part of the address in each letter that stops them: raising it revokes the old ones.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminder_wish"
    )
    pace = models.CharField(_("hur ofta"), max_length=8, choices=Pace.choices, default=Pace.WEEKLY)
    weekday = models.PositiveSmallIntegerField(_("veckodag"), default=0)
    topics = models.JSONField(_("om vad"), null=True, blank=True)
    chosen_on = models.DateField(default=clock.today)
    serial = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("önskemål om påminnelser")
        verbose_name_plural = _("önskemål om påminnelser")

    def __str__(self) -> str:
        return f"{self.person}: {self.get_pace_display()}"


class Digest(models.Model):
    """One letter to one person for one period: the unique row is what keeps it from going twice.

    Its text is not kept: it is written when it is sent, from what she may see then.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Väntar")
        SENDING = "sending", _("Skickas")
        SENT = "sent", _("Skickat")
        EMPTY = "empty", _("Inget att skicka")
        STOPPED = "stopped", _("Avbeställt")
        FAILED = "failed", _("Gick inte fram")
        CUT_OFF = "cut_off", _("Avbröts, kan ha gått fram")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests"
    )
    municipality = models.ForeignKey(
        "orgs.Organisation", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    period = models.DateField(_("period"))
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    count = models.PositiveIntegerField(_("antal saker"), default=0)
    fingerprint = models.CharField(max_length=64, blank=True)
    written_at = models.DateTimeField(default=clock.now)
    next_try_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(_("varför det inte gick"), max_length=200, blank=True)

    class Meta:
        ordering = ["-period", "-pk"]
        verbose_name = _("påminnelsebrev")
        verbose_name_plural = _("påminnelsebrev")
        constraints = [
            models.UniqueConstraint(fields=["person", "period"], name="one_digest_per_period")
        ]
        indexes = [models.Index(fields=["state", "next_try_at"], name="digests_that_wait")]

    def __str__(self) -> str:
        return f"{self.person}, {self.period}"
