"""Functions, the bodies they meet in, their seats, and who holds them over time."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock
from samsyn.domains.agreements.models.agreement import Agreement, AgreementParty

# Positions that lead their organisation: what the act asks for in the strategic council (§ 10).
LEADING_ROLES = frozenset(
    {
        "police_area_chief",
        "deputy_police_area_chief",
        "municipal_director",
        "political_leader",
        "executive_board",
        "management_group",
        "department_head",
        "probation_chief",
        "security_chief",
    }
)


class Function(models.Model):
    """A function that the agreement names: never a person. Contact details are the function's own.

    E-mail and telephone are set in the program, so a new version of the file leaves them as they are.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="functions")
    ref = models.CharField(max_length=60)
    name = models.CharField(_("funktion"), max_length=300)
    party = models.ForeignKey(AgreementParty, on_delete=models.PROTECT, related_name="functions")
    role = models.CharField(max_length=30, default="other")
    holders_kind = models.CharField(max_length=10, default="one")
    public_contact = models.BooleanField(_("öppen kontaktsida"), default=False)
    email = models.EmailField(_("funktionens e-post"), blank=True)
    phone = models.CharField(_("funktionens telefon"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["order"]
        verbose_name = _("funktion")
        verbose_name_plural = _("funktioner")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "ref"], name="one_function_per_ref")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_leading(self) -> bool:
        """Whether the function leads its organisation (§ 10)."""
        return self.role in LEADING_ROLES


class Body(models.Model):
    """A council, group or forum: its own name beside the role it has (L06, L07, K06, H09, U09).

    A body that each municipality has one of is one row per municipality. A working group set up from
    a template points at it with `set_up_from` and starts only with mandate and written assignment.
    """

    class State(models.TextChoices):
        STANDING = "standing", _("Stående")
        PLANNED = "planned", _("Ska inrättas")
        TEMPLATE = "template", _("Mall för arbetsgrupper")
        PROPOSED = "proposed", _("Väntar på mandat och uppdrag")
        ACTIVE = "active", _("Arbetar")
        CLOSED = "closed", _("Avslutat")

    class Keeps(models.TextChoices):
        MINUTES = "minutes", _("Protokoll")
        NOTES = "notes", _("Anteckningar och åtgärder")
        TRACE = "trace", _("Bara att det möttes")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="bodies")
    ref = models.CharField(max_length=60)
    municipality = models.ForeignKey(
        "orgs.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="bodies"
    )
    name = models.CharField(_("namn"), max_length=300)
    role = models.CharField(max_length=20)
    clause = models.CharField(_("klausul"), max_length=20, blank=True)
    text = models.TextField(_("uppgift"), blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.STANDING)
    parties = models.ManyToManyField(AgreementParty, related_name="bodies", blank=True)
    parts = models.ManyToManyField(
        "self", symmetrical=False, related_name="wholes", blank=True, verbose_name=_("består av")
    )
    chair_party = models.ForeignKey(
        AgreementParty, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    chair_function = models.ForeignKey(
        Function, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    conveners = models.ManyToManyField(Function, related_name="convenes", blank=True)
    decision_rule = models.CharField(_("beslutsregel"), max_length=12, blank=True)
    decision_text = models.CharField(max_length=300, blank=True)
    proposes_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="receives_from"
    )
    assigns_to = models.ManyToManyField(
        "self", symmetrical=False, related_name="assigned_by", blank=True
    )
    agenda = models.JSONField(
        _("stående punkter"), default=list, help_text=_("id, text, subject, clause per punkt.")
    )
    places = models.JSONField(_("orter"), default=list)
    # Empty: follows from the role and from what the commitments ask for.
    keeps = models.CharField(
        _("det som sparas av mötena"), max_length=10, choices=Keeps.choices, blank=True
    )
    guests = models.JSONField(
        _("föredragande och adjungerade"),
        default=dict,
        help_text=_("presenters och adjoined: who, at_need, text."),
    )
    # What a working group needs (U09).
    set_up_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="groups"
    )
    mandate_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assignment_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    needs_mandate = models.BooleanField(default=False)
    time_limited = models.CharField(max_length=10, blank=True)
    mandate_on = models.DateField(_("mandat gavs"), null=True, blank=True)
    mandate_note = models.CharField(_("beslut om mandat"), max_length=300, blank=True)
    assignment_on = models.DateField(_("uppdrag lämnades"), null=True, blank=True)
    assignment_text = models.TextField(_("skriftligt uppdrag"), blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(_("upphör"), null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    report_text = models.TextField(_("slutrapport"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("organ")
        verbose_name_plural = _("organ")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "ref", "municipality"],
                nulls_distinct=False,
                name="one_body_per_ref",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def may_start(self) -> bool:
        """Whether mandate and written assignment are in place, where the agreement asks for them."""
        return not self.needs_mandate or bool(
            self.mandate_on and self.assignment_on and self.assignment_text
        )


class Seat(models.Model):
    """A place in a body, filled by function. `functions` are those of whom any one is enough."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="seats")
    ref = models.CharField(max_length=60)
    party = models.ForeignKey(AgreementParty, on_delete=models.PROTECT, related_name="seats")
    functions = models.ManyToManyField(Function, related_name="seats")
    at_need = models.BooleanField(_("vid behov"), default=False)
    required = models.BooleanField(_("måste vara tillsatt"), default=False)
    is_group = models.BooleanField(_("en hel grupp"), default=False)
    substitutes = models.BooleanField(_("får ha ersättare"), default=False)
    extended_meetings = models.PositiveSmallIntegerField(
        _("utökad vid så många möten om året"), null=True, blank=True
    )
    appointed_by = models.CharField(max_length=300, blank=True)
    text = models.CharField(max_length=300, blank=True)
    must_lead = models.BooleanField(
        _("ska ha ledande ställning"), default=False, help_text=_("I ett strategiskt råd, § 10.")
    )
    order = models.PositiveSmallIntegerField(default=0)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["order"]
        verbose_name = _("plats")
        verbose_name_plural = _("platser")
        constraints = [models.UniqueConstraint(fields=["body", "ref"], name="one_seat_per_ref")]

    def __str__(self) -> str:
        return f"{self.ref}, {self.body}"

    @property
    def called(self) -> str:
        """The seat by the functions that may fill it: `Polischef eller biträdande polischef`."""
        names = [function.name for function in self.functions.all()]
        return gettext(" eller ").join(names) or self.ref


class Holder(models.Model):
    """A person holds a function, or stands in for it, from one day to another.

    Without `seat` it holds for every seat of the function; with it, for that seat alone.
    """

    class Standing(models.TextChoices):
        HOLDER = "holder", _("Innehavare")
        SUBSTITUTE = "substitute", _("Ersättare")

    function = models.ForeignKey(Function, on_delete=models.CASCADE, related_name="holders")
    seat = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.CASCADE, related_name="holders"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="functions_held"
    )
    standing = models.CharField(
        _("uppgift"), max_length=10, choices=Standing.choices, default=Standing.HOLDER
    )
    since = models.DateField(_("från och med"), default=clock.today)
    until = models.DateField(_("till och med"), null=True, blank=True)
    took_over_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="handed_to"
    )
    took_along = models.JSONField(
        _("följde med"),
        default=list,
        blank=True,
        help_text=_(
            "Vad som var öppet när funktionen lämnades över: slag, vad, när, var det finns."
        ),
    )
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["standing", "since", "pk"]
        verbose_name = _("innehavare")
        verbose_name_plural = _("innehavare")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="a_holder_ends_after_she_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.function}"

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether she holds it on `day`."""
        return self.since <= day and (self.until is None or day <= self.until)
