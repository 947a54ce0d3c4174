"""The form that describes an agreement: basics, and rows of parties, bodies and commitments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.domains.agreements.file import WORDS

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
RHYTHMS = (
    ("", gettext_lazy("Välj hur ofta")),
    ("ongoing", gettext_lazy("Löpande, utan bestämd tid")),
    ("when_needed", gettext_lazy("Vid behov")),
    ("at_event", gettext_lazy("Vid särskild händelse")),
    ("weekly", gettext_lazy("Varje vecka")),
    ("weekly_summer", gettext_lazy("Varje vecka utom under sommaren")),
    ("monthly", gettext_lazy("Varje månad")),
    ("per_year_2", gettext_lazy("Två gånger om året")),
    ("per_year_4", gettext_lazy("Fyra gånger om året")),
    ("per_year_6", gettext_lazy("Sex gånger om året")),
    ("per_term_2", gettext_lazy("Två gånger per termin")),
    ("yearly", gettext_lazy("Varje år, senast 31 december")),
    ("every_2_years", gettext_lazy("Minst vartannat år")),
    ("holidays", gettext_lazy("Inför Valborg, sommarlov och jullov")),
)
RHYTHM_DATA: dict[str, Any] = {
    "ongoing": "ongoing",
    "when_needed": "when_needed",
    "at_event": "at_event",
    "weekly": {"weekly": {}},
    "weekly_summer": {"weekly": {"pauses": ["summer"]}},
    "monthly": {"every_months": 1},
    "per_year_2": {"per_year": 2},
    "per_year_4": {"per_year": 4},
    "per_year_6": {"per_year": 6},
    "per_term_2": {"per_term": 2},
    "yearly": {"yearly_by": "12-31"},
    "every_2_years": {"every_years": 2},
    "holidays": {"before": ["valborg", "last_school_day", "christmas_break"], "days": 1},
}


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


class BodyForm(forms.Form):
    """One body, and how often it meets."""

    role = forms.ChoiceField(label=gettext_lazy("Slag"), choices=[])
    name = forms.CharField(label=gettext_lazy("Namn i avtalet"), max_length=200)
    rhythm = forms.ChoiceField(label=gettext_lazy("Möts"), choices=RHYTHMS)
    clause = forms.CharField(
        label=gettext_lazy("Klausul"), max_length=20, help_text=gettext_lazy("Till exempel § 4.")
    )
    members = forms.CharField(
        label=gettext_lazy("Funktioner"),
        max_length=600,
        required=False,
        help_text=gettext_lazy(
            "En per komma, med part: Säkerhetschef (Kommunen), Kommunpolis (Polisen)."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["role"], "body.role")


class CommitmentForm(forms.Form):
    """One commitment."""

    clause = forms.CharField(label=gettext_lazy("Klausul"), max_length=20)
    text = forms.CharField(label=gettext_lazy("Vad ska göras?"), max_length=500)
    subject = forms.CharField(
        label=gettext_lazy("Kort, i bestämd form"),
        max_length=120,
        help_text=gettext_lazy("Till exempel Den årliga lägesbilden."),
    )
    responsible = forms.CharField(
        label=gettext_lazy("Ansvarig"),
        max_length=300,
        help_text=gettext_lazy(
            "Namnet på en part, ett organ eller en funktion ovan. Flera med komma."
        ),
    )
    rhythm = forms.ChoiceField(label=gettext_lazy("Hur ofta"), choices=RHYTHMS)
    hardness = forms.ChoiceField(label=gettext_lazy("Skärpa"), choices=[])
    evidence = forms.ChoiceField(label=gettext_lazy("Det här visar att det är gjort"), choices=[])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["hardness"], "commitment.hardness")
        offer(self.fields["evidence"], "commitment.evidence")


class Rows(BaseFormSet):
    """Rows of which the empty ones are passed over."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        # The rows that are filled in beforehand stand also where nobody has touched them.
        form.empty_permitted = index is None or index >= self.initial_form_count()
        form.use_required_attribute = False


PartyRows = formset_factory(PartyForm, formset=Rows, extra=2, max_num=12)
BodyRows = formset_factory(BodyForm, formset=Rows, extra=4, max_num=20)
CommitmentRows = formset_factory(CommitmentForm, formset=Rows, extra=8, max_num=80)
