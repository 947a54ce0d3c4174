"""Organisations, where they work, and who acts for them in which role."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock


class Kind(models.TextChoices):
    """What sort of organisation it is."""

    MUNICIPALITY = "municipality", _("Kommun")
    POLICE_AREA = "police_area", _("Lokalpolisområde")
    KRIMINALVARDEN = "kriminalvarden", _("Kriminalvården")
    HOUSING = "housing", _("Bostadsbolag")
    SCHOOL = "school", _("Skola")
    YOUTH = "youth", _("Fritidsgård")
    SOCIAL = "social", _("Socialtjänst")
    RESCUE = "rescue", _("Räddningstjänst")
    COMPANY = "company", _("Företag")
    ASSOCIATION = "association", _("Förening")
    AUTHORITY = "authority", _("Myndighet")
    OTHER = "other", _("Annan")


# Private actors never see raw police points and may not process data on offences tied to persons.
PRIVATE_KINDS = frozenset({Kind.HOUSING, Kind.COMPANY, Kind.ASSOCIATION})


class Role(models.TextChoices):
    """What a person does for her organisation."""

    COORDINATOR = "coordinator", _("Samordnare")
    KOMMUNPOLIS = "kommunpolis", _("Kommunpolis")
    SECURITY_CHIEF = "security_chief", _("Säkerhetschef")
    CONTRIBUTOR = "contributor", _("Bidragslämnare")
    REPORTER = "reporter", _("Rapportör")
    COUNCIL_MEMBER = "council_member", _("Rådsledamot")
    RECORDS_OFFICER = "records_officer", _("Arkivarie")
    READER = "reader", _("Läsare")
    ADMINISTRATOR = "administrator", _("Administratör")


# Those who see what is not released yet must sign in with a second step.
ROLES_WITH_SECOND_STEP = frozenset(set(Role) - {Role.REPORTER})


class Organisation(models.Model):
    """A party, or another organisation that takes part (L03, H01, H09)."""

    kind = models.CharField(_("slag"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("namn"), max_length=160)
    short_name = models.CharField(_("kort namn"), max_length=60, blank=True)
    slug = models.SlugField(_("kortform i adresser"), max_length=80, unique=True)
    org_number = models.CharField(_("organisationsnummer"), max_length=13, blank=True)
    municipality_code = models.CharField(_("kommunkod"), max_length=4, blank=True)
    email = models.EmailField(_("e-post"), blank=True)
    municipalities = models.ManyToManyField(
        "self",
        verbose_name=_("arbetar i"),
        symmetrical=False,
        related_name="present",
        blank=True,
        help_text=_("De kommuner där organisationen arbetar. Ett polisområde kan ha flera."),
    )
    in_use_from = models.DateField(
        _("i bruk från"),
        null=True,
        blank=True,
        help_text=_("Inget som skulle ha gjorts före den dagen räknas som försenat."),
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisationer")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality_code"],
                condition=~Q(municipality_code=""),
                name="one_organisation_per_municipality",
            ),
            models.CheckConstraint(
                condition=Q(kind="municipality", municipality_code__regex=r"^[0-9]{4}$")
                | (~Q(kind="municipality") & Q(municipality_code="")),
                name="only_municipalities_have_a_code",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_municipality(self) -> bool:
        return self.kind == Kind.MUNICIPALITY

    @property
    def is_private(self) -> bool:
        return self.kind in PRIVATE_KINDS

    @property
    def called(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    def clean(self) -> None:
        if self.org_number:
            self.org_number = checked_org_number(self.org_number)


def checked_org_number(value: str) -> str:
    """Return the Swedish organisation number as NNNNNN-NNNN; ValidationError where its check digit is wrong."""
    from stdnum.exceptions import ValidationError as NumberError
    from stdnum.se import orgnr

    try:
        return str(orgnr.format(orgnr.validate(value)))
    except NumberError:
        raise ValidationError(
            _(
                "Organisationsnumret %(value)s stämmer inte. Kontrollera siffrorna, till exempel 212000-1223."
            ),
            params={"value": value},
        ) from None


class Membership(models.Model):
    """A person acts for an organisation in a role, from one day to another."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("roll"), max_length=20, choices=Role.choices)
    municipality = models.ForeignKey(
        Organisation,
        verbose_name=_("bara i"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Tomt: alla kommuner där organisationen arbetar."),
    )
    function = models.CharField(_("funktion"), max_length=120, blank=True)
    since = models.DateField(_("från och med"), default=clock.today)
    until = models.DateField(_("till och med"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("uppgift i en organisation")
        verbose_name_plural = _("uppgifter i organisationer")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "municipality"],
                nulls_distinct=False,
                name="one_membership_per_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether the membership is in force on `day`."""
        return self.since <= day and (self.until is None or day <= self.until)


class SchoolYear(models.Model):
    """A municipality's own calendar: its terms and breaks, which rhythms pause for (K08, K15, K23)."""

    municipality = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="school_years"
    )
    year = models.PositiveSmallIntegerField(_("läsår som börjar hösten"))
    autumn_starts = models.DateField(_("höstterminen börjar"))
    autumn_ends = models.DateField(_("höstterminen slutar"))
    spring_starts = models.DateField(_("vårterminen börjar"))
    spring_ends = models.DateField(_("sista skoldagen"))
    breaks = models.JSONField(
        _("lov"), default=list, blank=True, help_text=_("Namn, första och sista dag för varje lov.")
    )
    summer_pause_starts = models.DateField(_("sommaruppehåll från"), null=True, blank=True)
    summer_pause_ends = models.DateField(_("sommaruppehåll till"), null=True, blank=True)

    class Meta:
        ordering = ["-year"]
        verbose_name = _("läsår")
        verbose_name_plural = _("läsår")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year"], name="one_school_year_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.municipality.called} {self.year}/{(self.year + 1) % 100:02d}"
