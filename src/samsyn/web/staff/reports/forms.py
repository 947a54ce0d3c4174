"""Forms of the reports room."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samsyn.base import clock
from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.models import Matter, QuickFixRecipient
from samsyn.domains.reports.models.desk import ANSWER_LENGTH
from samsyn.domains.reports.rules import NOTHING, CategoryChoice


class CorrectionForm(forms.Form):
    """Another category, and why."""

    category_key = forms.ChoiceField(label=_("Rätt kategori"))
    reason = forms.CharField(
        label=_("Varför"),
        max_length=200,
        help_text=_("Till exempel: det var klotter, inte skadegörelse. Skriv inget om personer."),
    )

    def __init__(self, *args: Any, categories: Sequence[CategoryChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pairs = [(one.key, one.name) for one in categories if one.key != NOTHING]
        self.fields["category_key"].choices = [("", _("Välj …")), *pairs]  # type: ignore[attr-defined]


class QuickFixForm(forms.Form):
    """To whom, and with what words."""

    recipient = forms.ModelChoiceField(
        QuickFixRecipient.objects.none(), label=_("Mottagare"), empty_label=_("Välj …")
    )
    message = forms.CharField(
        label=_("Meddelande"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
        help_text=_(
            "Rapportens vad, var, när och anteckning följer med. Aldrig vem som skickade den."
        ),
    )

    def __init__(self, *args: Any, recipients: QuerySet[QuickFixRecipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["recipient"]
        field.queryset = recipients  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: f"{one.get_matter_display()}: {one.name}"  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """An answer to the reporter."""

    text = forms.CharField(
        label=_("Svar"),
        max_length=ANSWER_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": ANSWER_LENGTH}),
        help_text=_(
            "Läses med länken eller kontot som rapporten kom från, och skickas med e-post om adress lämnats."
        ),
    )


class LinkForm(forms.Form):
    """A new way in without account."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), empty_label=_("Välj …")
    )
    label = forms.CharField(
        label=_("För vem"),
        max_length=120,
        help_text=_("Funktionen, till exempel Vaktmästare eller Nattpersonal. Inga namn behövs."),
    )
    is_personal = forms.BooleanField(
        label=_("Personlig länk"),
        required=False,
        help_text=_("För en enda person. Annars delas länken av alla med samma funktion."),
    )
    per_hour = forms.IntegerField(
        label=_("Högst så många rapporter per timme"), min_value=1, max_value=1000, initial=60
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class RecipientForm(forms.Form):
    """The function that mends."""

    matter = forms.ChoiceField(label=_("Vad"), choices=Matter.choices)
    name = forms.CharField(
        label=_("Funktion"), max_length=120, help_text=_("Till exempel Gatukontoret, belysning.")
    )
    email = forms.EmailField(label=_("E-post"), help_text=_("Helst en funktionsbrevlåda."))
    is_active = forms.BooleanField(label=_("Används"), required=False, initial=True)


class FeedbackForm(forms.Form):
    """The month's account."""

    text = forms.CharField(
        label=_("Vad rapporterna ledde till"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 14, "maxlength": 5000}),
        help_text=_("Skriv vad ni har sett och gjort, och vad ni väntar med. Inget om personer."),
    )


def date_field(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


class DecisionForm(forms.Form):
    """Which body decided the categories, when, and from when they hold."""

    decided_by = forms.CharField(
        label=_("Beslutad av"), max_length=160, help_text=_("Organet, till exempel Styrgruppen.")
    )
    decided_on = date_field(_("Beslutad den"))
    valid_from = date_field(
        _("Gäller från"), help_text=_("Rapporter som redan har kommit behåller sin kategori.")
    )

    def clean_decided_on(self) -> Any:
        day = self.cleaned_data["decided_on"]
        if day > clock.today():
            raise forms.ValidationError(_("Dagen har inte varit än. Ange när beslutet togs."))
        return day


class CategoryForm(forms.Form):
    """One category of the set. The key of one that exists is never changed: counts are made by it."""

    key = forms.CharField(max_length=10, required=False, label=_("Nyckel"))
    name = forms.CharField(max_length=80, required=False, label=_("Namn"))
    help = forms.CharField(max_length=200, required=False, label=_("Exempel"))
    codes = forms.CharField(max_length=600, required=False, label=_("Brottskoder"))
    order = forms.IntegerField(min_value=1, max_value=999, required=False, label=_("Ordning"))
    on_form = forms.BooleanField(required=False, label=_("I formuläret"))
    remove = forms.BooleanField(required=False, label=_("Ta bort"))

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"]).strip().upper()
        if key and not re.fullmatch(r"[A-ZÅÄÖ0-9]{2,10}", key):
            raise forms.ValidationError(
                _("Nyckeln är 2–10 bokstäver eller siffror, till exempel KLOT.")
            )
        return key

    def clean_codes(self) -> tuple[str, ...]:
        codes = tuple(re.split(r"[\s,;]+", str(self.cleaned_data["codes"]).strip()))
        codes = tuple(dict.fromkeys(code for code in codes if code))
        wrong = [code for code in codes if not re.fullmatch(r"[0-9]{4}", code)]
        if wrong:
            raise forms.ValidationError(
                _(
                    "%(codes)s är ingen brottskod. En kod har fyra siffror; skilj koderna med mellanslag."
                ),
                params={"codes": ", ".join(wrong[:5])[:80]},
            )
        return codes

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        given = values.get("key"), values.get("name")
        if any(given) and not all(given) and not values.get("remove"):
            raise forms.ValidationError(_("Ange både nyckel och namn."))
        return values

    @property
    def choice(self) -> CategoryChoice | None:
        """The category as decided; None for an empty or removed row."""
        values = self.cleaned_data
        if values.get("remove") or not values.get("key"):
            return None
        key = values["key"]
        return CategoryChoice(
            key=key,
            name=values["name"].strip(),
            help=values["help"].strip(),
            icon=str(self.initial.get("icon") or f"kat-{key.lower()}"),
            on_form=values["on_form"] and key != NOTHING,
            codes=values["codes"],
        )


CategoryRows = forms.formset_factory(CategoryForm, extra=3, max_num=80, absolute_max=100)
