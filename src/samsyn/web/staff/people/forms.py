"""Forms for people and organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.base.orgs.models import Kind, Organisation, Role


class PersonForm(forms.Form):
    """A person, her role, and for whom."""

    name = forms.CharField(label=_("Namn"), max_length=120)
    email = forms.EmailField(label=_("E-post"))
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    role = forms.ChoiceField(label=_("Roll"), choices=Role.choices)
    function = forms.CharField(label=_("Funktion"), max_length=120, required=False)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class OrganisationForm(forms.ModelForm[Organisation]):
    """An organisation that works in the municipality."""

    class Meta:
        model = Organisation
        fields = ["name", "short_name", "email", "org_number", "in_use_from"]
        widgets = {"in_use_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class NewOrganisationForm(forms.Form):
    """A new organisation: a school, a housing company, an association."""

    kind = forms.ChoiceField(
        label=_("Slag"),
        choices=[(v, n) for v, n in Kind.choices if v not in {Kind.MUNICIPALITY, Kind.POLICE_AREA}],
    )
    name = forms.CharField(label=_("Namn"), max_length=160)
    short_name = forms.CharField(label=_("Kort namn"), max_length=60, required=False)
    email = forms.EmailField(label=_("E-post"), required=False)
