"""The form that an agreement begins with: its name and time, and the parties."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.domains.agreements.file import WORDS

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def offer(field: Any, key: str) -> None:
    """Offer the file's words for `key`. The first is chosen beforehand, so that an untouched row is empty."""
    field.choices = words(key)
    field.initial = field.choices[0][0]


def words(key: str) -> list[tuple[str, str]]:
    return [(code, word.capitalize()) for code, word in WORDS[key].items()]


class BasicsForm(forms.Form):
    """The agreement's name and time."""

    title = forms.CharField(
        label=gettext_lazy("Avtalets namn"),
        max_length=200,
        help_text=gettext_lazy("Till exempel Samverkansöverenskommelse 2026–2028, Laholm."),
    )
    code = forms.RegexField(
        label=gettext_lazy("Kort id"),
        regex=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        max_length=60,
        help_text=gettext_lazy("Små bokstäver, siffror och bindestreck, till exempel laholm-2027."),
        error_messages={
            "invalid": gettext_lazy("Använd små bokstäver a–z, siffror och bindestreck.")
        },
    )
    starts = forms.DateField(label=gettext_lazy("Gäller från"), widget=DATE)
    ends = forms.DateField(
        label=gettext_lazy("Gäller till och med"),
        widget=DATE,
        required=False,
        help_text=gettext_lazy("Lämna tomt om avtalet gäller tills vidare."),
    )
    signed = forms.DateField(label=gettext_lazy("Undertecknat"), widget=DATE, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts, ends = given.get("starts"), given.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("Sista dagen ligger före den första. Byt plats på dagarna."))
        return given


class PartyForm(forms.Form):
    """One party."""

    kind = forms.ChoiceField(label=gettext_lazy("Slag"), choices=[])
    name = forms.CharField(label=gettext_lazy("Namn"), max_length=200)
    code = forms.RegexField(
        label=gettext_lazy("Kommunkod"), regex=r"^\d{4}$", required=False,
        error_messages={"invalid": gettext_lazy("Skriv fyra siffror, till exempel 1381.")},
    )  # fmt: skip
    number = forms.CharField(
        label=gettext_lazy("Organisationsnummer"), max_length=13, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["kind"], "organisation.kind")

    def clean_number(self) -> str:
        from samsyn.base.orgs.models import checked_org_number

        value = self.cleaned_data["number"]
        return checked_org_number(value) if value else ""


class Rows(BaseFormSet):
    """Rows of which the empty ones are passed over."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        # The rows that are filled in beforehand stand also where nobody has touched them.
        form.empty_permitted = index is None or index >= self.initial_form_count()
        form.use_required_attribute = False


PartyRows = formset_factory(PartyForm, formset=Rows, extra=2, max_num=12)
