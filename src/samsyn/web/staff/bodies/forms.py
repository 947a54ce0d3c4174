"""Forms for bodies and functions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.base.accounts.models import User
from samsyn.domains.agreements.models import Holder

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PersonField(forms.ModelChoiceField):
    """One of the people who work in the agreement's municipalities."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), **kwargs)


class AppointForm(forms.Form):
    """Who, from when, and whether she holds it or stands in."""

    user = PersonField(label=_("Person"))
    standing = forms.ChoiceField(label=_("Uppgift"), choices=Holder.Standing.choices)
    since = forms.DateField(label=_("Från och med"), widget=DATE)
    until = forms.DateField(
        label=_("Till och med"),
        widget=DATE,
        required=False,
        help_text=_("Lämna tomt om det inte är bestämt."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """To whom the function passes, and when."""

    to = PersonField(label=_("Ny innehavare"))
    on = forms.DateField(label=_("Tar över"), widget=DATE)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class ContactForm(forms.Form):
    """The function's own address and telephone."""

    email = forms.EmailField(label=_("Funktionens e-post"), required=False)
    phone = forms.CharField(label=_("Funktionens telefon"), max_length=40, required=False)


class GroupForm(forms.Form):
    """A working group."""

    name = forms.CharField(label=_("Gruppens namn"), max_length=200)
    ends_on = forms.DateField(label=_("Sista dag"), widget=DATE, required=False)
    text = forms.CharField(
        label=_("Vad den ska göra"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MandateForm(forms.Form):
    """The mandate and the written assignment."""

    mandate_on = forms.DateField(label=_("Mandatet gavs"), widget=DATE, required=False)
    mandate_note = forms.CharField(
        label=_("Beslut"),
        max_length=300,
        required=False,
        help_text=_("Möte, paragraf eller diarienummer."),
    )
    assignment_on = forms.DateField(label=_("Uppdraget lämnades"), widget=DATE, required=False)
    assignment_text = forms.CharField(
        label=_("Det skriftliga uppdraget"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ReportForm(forms.Form):
    """What the group did."""

    report = forms.CharField(
        label=_("Slutrapport"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
