"""How often, on which day, about what, in which language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samsyn.base import words
from samsyn.base.reminders.models import Pace
from samsyn.base.reminders.slots import topics


class WishForm(forms.Form):
    """One's own wishes."""

    pace = forms.ChoiceField(label=_("Hur ofta"), choices=Pace.choices, widget=forms.RadioSelect)
    weekday = forms.TypedChoiceField(
        label=_("Veckodag"), coerce=int, help_text=_("Gäller bara brev en gång i veckan.")
    )
    topics = forms.MultipleChoiceField(
        label=_("Om vad"), required=False, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=_("Språk i breven"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [(day, words.weekday(day).capitalize()) for day in range(7)]
        self.fields["weekday"].choices = days  # type: ignore[attr-defined]
        self.fields["topics"].choices = [  # type: ignore[attr-defined]
            (one.key, f"{one.label}. {one.help}" if one.help else one.label) for one in topics()
        ]
