"""Forms for places."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class Coordinate(forms.FloatField):
    """Degrees, with comma or point."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value).replace(",", ".") if value else None)


class PlaceForm(forms.Form):
    """A named place. The point may be picked in the map or typed."""

    name = forms.CharField(
        label=_("Namn"), max_length=120, help_text=_("Så som folk säger, till exempel Badplatsen.")
    )
    aliases = forms.CharField(
        label=_("Kallas också"),
        max_length=200,
        required=False,
        help_text=_("Andra namn, med komma mellan. De hittas i formulärets sökruta."),
    )
    latitude = Coordinate(
        label=_("Latitud"),
        min_value=54,
        max_value=70,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_("Till exempel 65,58480. Norr."),
    )
    longitude = Coordinate(
        label=_("Longitud"),
        min_value=10,
        max_value=25,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_("Till exempel 22,15460. Öster."),
    )
    is_public = forms.BooleanField(
        label=_("Allmän plats"),
        required=False,
        initial=True,
        help_text=_(
            "Får nämnas i det som publiceras. Ta bort kryssrutan för till exempel ett skyddat boende."
        ),
    )
    closed_on = forms.DateField(
        label=_("Används till och med"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Lämna tomt om platsen används. En stängd plats finns kvar i historiken."),
    )


class NewPlaceForm(PlaceForm):
    """A place is open when it is new."""

    closed_on = None  # type: ignore[assignment]
