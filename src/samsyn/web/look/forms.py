"""How forms are drawn: label, help, error, and an error summary that leads to the fields."""

from __future__ import annotations

from typing import Any

from django.forms import CheckboxSelectMultiple, RadioSelect
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """`{{ form }}` and `{{ field.as_field_group }}` in the look of Samsyn."""

    form_template_name = "look/forms/form.html"
    formset_template_name = "look/forms/formset.html"
    field_template_name = "look/forms/field.html"


class IconChoices:
    """Gives each option its icon: `icons` maps the option's value to a name in the sprite."""

    template_name = "look/widgets/choices.html"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        icons: dict[str, str] | None = None,
        tall: bool = False,
    ) -> None:
        super().__init__(attrs, choices)  # type: ignore[call-arg]
        self.icons = icons or {}
        self.tall = tall

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        return {**option, "icon": self.icons.get(str(value), "")}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)  # type: ignore[misc]
        context["widget"]["tall"] = self.tall
        return context


class BigButtons(IconChoices, RadioSelect):
    """One choice among large buttons, each with its icon: `BigButtons(icons={…}, tall=True)`."""


class BigChecks(IconChoices, CheckboxSelectMultiple):
    """Several choices among large buttons."""


class ChipRadios(RadioSelect):
    """One choice among chips, such as *Nyss · I dag · I går*."""

    template_name = "look/widgets/chips.html"


class ChipChecks(CheckboxSelectMultiple):
    """Several choices among chips."""

    template_name = "look/widgets/chips.html"
