"""The boxes of the form: which one each kind of field has, and the way from what is posted to the file.

The boxes refuse nothing: what does not fit is kept as it was written, and the file's own check says
so beside the box, in the same words as in the text editor and the command.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from samsyn.web.staff.agreements.form import rhythm
from samsyn.web.staff.agreements.form.labels import label_of
from samsyn.web.staff.agreements.form.options import Options
from samsyn.web.staff.agreements.form.shapes import Shape

# Up to so many references are ticked; more are chosen in boxes one below the other.
TICKED = 8
SPARE = 2


class Loose:
    """A field that takes whatever was posted."""

    def clean(self, value: Any) -> Any:
        return value


class Line(Loose, forms.CharField): ...


class Tick(Loose, forms.BooleanField): ...


class One(Loose, forms.ChoiceField): ...


class Many(Loose, forms.MultipleChoiceField): ...


class Boxes(forms.SelectMultiple):
    """Several choices in order: one select below the other, and some to spare."""

    template_name = "staff/agreements/form/boxes.html"
    use_fieldset = True
    boxes = 0

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = [one for one in (value or []) if one]
        single = forms.Select(choices=[("", "–"), *self.choices])
        context["rows"] = [
            single.get_context(
                name,
                one,
                {
                    "id": f"{attrs['id']}_{number}",
                    "aria-label": _("%(number)s av dem som väljs") % {"number": number + 1},
                },
            )["widget"]
            for number, one in enumerate([*chosen, *[""] * max(SPARE, self.boxes)])
        ]
        return context

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return ""


class Ticks(forms.CheckboxSelectMultiple):
    """Several choices as boxes to tick, in columns where there is room."""

    template_name = "staff/agreements/form/ticks.html"


def box_of(shape: Shape, value: Any, options: Options) -> forms.Field:
    """The Django field for one field of the file."""
    label, text = label_of(shape.names)
    given: dict[str, Any] = {"label": label, "help_text": text, "required": shape.required}
    if shape.kind == "flag" and shape.default is not None:
        return Tick(**given)
    if shape.kind == "flag":
        choices = [("", _("Sägs inte")), ("ja", _("Ja")), ("nej", _("Nej"))]
        return One(**given, choices=choices)
    if shape.kind == "choice":
        blank = [] if shape.default else [("", _("Välj") if shape.required else "–")]
        return One(**given, choices=with_unknown([*blank, *upper(shape.choices)], value))
    if shape.kind == "choices":
        return Many(**given, choices=with_unknown(upper(shape.choices), *listed(value)), widget=Ticks)  # fmt: skip
    if shape.kind == "ref":
        blank = [("", _("Välj") if shape.required else "–")]
        return One(**given, choices=with_unknown([*blank, *options.of(shape.sort)], value))
    if shape.kind == "refs":
        choices = with_unknown(options.of(shape.sort), *listed(value))
        flat = all(isinstance(name, str) for _ref, name in choices)
        return Many(**given, choices=choices, widget=Ticks if flat and len(choices) <= TICKED and shape.key != "any_of" else Boxes)  # fmt: skip
    return Line(**given, widget=writing(shape, options))


def writing(shape: Shape, options: Options) -> forms.Widget:
    """Where one writes: one line or several."""
    if shape.kind == "text":
        return forms.Textarea(attrs={"rows": 3, "maxlength": shape.longest})
    if shape.kind == "lines":
        return forms.Textarea(attrs={"rows": 3})
    attrs: dict[str, Any] = {"autocomplete": "off"}
    if shape.kind == "number":
        attrs["inputmode"] = "decimal"
    if shape.kind == "clause" and options.clauses():
        attrs["list"] = "clauses"
    return forms.TextInput(attrs=attrs)


def upper(choices: Any) -> list[tuple[str, str]]:
    return [(code, word[:1].upper() + word[1:]) for code, word in choices]


def with_unknown(choices: list[Any], *values: Any) -> list[Any]:
    """The choices, and what the file has that is none of them: it is shown, not thrown away."""
    known = {
        code
        for pair in choices
        for code in ([one for one, _n in pair[1]] if isinstance(pair[1], list) else [pair[0]])
    }
    odd = [str(one) for one in values if one not in known and one not in (None, "")]
    return [*choices, *((one, _("%(word)s (okänt)") % {"word": one}) for one in odd)]


def listed(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    return [as_text(one) for one in value] if isinstance(value, list | tuple) else [as_text(value)]


def as_text(value: Any) -> str:
    return "" if value is None else str(value)


def shown(shape: Shape, value: Any) -> Any:
    """What stands in the box for a value of the file."""
    if shape.kind == "flag":
        if shape.default is not None:
            return bool(shape.default if value is None else value)
        return {True: "ja", False: "nej"}.get(value, "") if isinstance(value, bool) else ""
    if shape.kind in ("choices", "refs"):
        default = shape.default if value is None and shape.kind == "choices" else None
        return listed(default or value)
    if shape.kind == "lines":
        return "\n".join(listed(value))
    if shape.kind == "also":
        return ", ".join(listed(value))
    if shape.kind == "number" and isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return as_text(shape.default if value is None and shape.kind in ("choice", "number") else value)


def read(shape: Shape, posted: Any) -> Any:
    """The file's value for what was posted; None where nothing stands there."""
    if shape.kind == "flag":
        value = (
            bool(posted) if shape.default is not None else {"ja": True, "nej": False}.get(posted)
        )
        return None if value == shape.default else value
    if shape.kind in ("choices", "refs"):
        chosen = list(dict.fromkeys(one for one in posted if one))
        return chosen or None
    text = as_text(posted).replace("\r\n", "\n").strip()
    if shape.kind == "lines":
        return [line.strip() for line in text.split("\n") if line.strip()] or None
    if shape.kind == "also":
        return [part.strip() for part in text.split(",") if part.strip()] or None
    if shape.kind == "number":
        return as_number(text) if text and text != as_text(shape.default) else None
    if shape.kind == "date":
        return int(text) if re.fullmatch(r"\d{4}", text) else text or None
    if shape.kind == "choice" and text == shape.default:
        return None
    return (text if shape.kind == "text" else " ".join(text.split())) or None


def as_number(text: str) -> int | float | str:
    if re.fullmatch(r"\d{1,12}", text):
        return int(text)
    plain = text.replace(",", ".")
    return float(plain) if re.fullmatch(r"\d{1,9}\.\d{1,6}", plain) else text


def rhythm_boxes() -> dict[str, forms.Field]:
    """The boxes for how often."""
    choices = {"form": rhythm.FORMS, "before": rhythm.MOVING, "pauses": rhythm.PAUSES, "also": rhythm.ALSO}  # fmt: skip
    found: dict[str, forms.Field] = {}
    for name, (label, text) in rhythm.BOXES.items():
        given: dict[str, Any] = {"label": label, "help_text": text, "required": name == "form"}
        if name == "form":
            found[name] = One(**given, choices=choices[name])
        elif name in choices:
            found[name] = Many(**given, choices=choices[name], widget=Ticks)
        elif name == "places":
            found[name] = Line(**given, widget=forms.Textarea(attrs={"rows": 2}))
        else:
            found[name] = Line(**given, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    return found
