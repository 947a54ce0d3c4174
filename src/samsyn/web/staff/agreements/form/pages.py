"""One page of the form: the fields of one part of the file, what stands there, and what is wrong with it."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.utils import ErrorDict, ErrorList
from django.utils.translation import gettext as _

from samsyn.domains.agreements.file import Problem
from samsyn.web.staff.agreements.form import rhythm
from samsyn.web.staff.agreements.form.fields import (
    Boxes,
    Tick,
    Ticks,
    box_of,
    read,
    rhythm_boxes,
    shown,
)
from samsyn.web.staff.agreements.form.labels import label_of
from samsyn.web.staff.agreements.form.options import Options
from samsyn.web.staff.agreements.form.shapes import Shape, shapes_of

# Where a thing stands in the agreement: folded away below the rest.
PLACE = ("also", "source", "id")
# What few agreements say: folded away while it is empty.
RARE = frozenset(
    {
        "covers", "joined", "one_in_each", "consists_of", "template", "planned", "secretaries",
        "places", "assigns_to", "in_each", "rhythm_set_by", "condition", "starts", "ends",
        "appointed_by", "supported_by",
    }
)  # fmt: skip
RARE_PACE = frozenset({"first", "days", "before", "pauses", "places"})
PRESENT = "_finns"


@dataclass
class Group:
    """Fields under one heading; ``folded`` ones, and all of a ``closed`` one, are unfolded at need."""

    heading: Any
    names: list[str] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)
    present: str = ""
    closed: bool = False


class PartForm(forms.Form):
    """Boxes made of the schema. Its errors are what the file's check says of them."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.problems: dict[str, list[str]] = {}
        super().__init__(*args, **kwargs)

    @property
    def errors(self) -> ErrorDict:
        return ErrorDict({name: ErrorList(said) for name, said in self.problems.items()})

    def posted(self, name: str) -> Any:
        bound = self[name]
        return bound.field.widget.value_from_datadict(self.data, self.files, bound.html_name)


class Page:
    """The page for one part of the file.

    ``shapes`` are its fields, ``value`` what the file says there, ``start`` what a new part begins
    with, ``options`` what references can point at.
    """

    def __init__(
        self,
        shapes: Iterable[Shape],
        value: dict[str, Any],
        options: Options,
        *,
        start: dict[str, Any] | None = None,
        data: Any = None,
        spare: int = 0,
    ) -> None:
        self.shapes, self.value, self.options = tuple(shapes), value, options
        self.groups = [Group("")]
        self.lists = [one for one in self.shapes if one.kind == "list"]
        self.form = PartForm(data)
        self.initial: dict[str, Any] = {}
        self._add(self.shapes, start or value, "", self.groups[0])
        self.form.initial = self.initial
        for box in self.form.fields.values():
            box.widget.boxes = spare  # type: ignore[attr-defined]

    def _add(self, shapes: Iterable[Shape], value: Any, prefix: str, group: Group) -> None:
        here = value if isinstance(value, dict) else {}
        for shape in shapes:
            name = f"{prefix}{shape.key}"
            if shape.kind == "group":
                self._add_group(shape, here.get(shape.key), name)
            elif shape.kind == "rhythm":
                self._add_rhythm(shape, here.get(shape.key), name)
            elif shape.kind != "list":
                self.form.fields[name] = box_of(shape, here.get(shape.key), self.options)
                self.initial[name] = shown(shape, here.get(shape.key))
                (group.folded if self._is_folded(shape, here) else group.names).append(name)

    @staticmethod
    def _is_folded(shape: Shape, here: dict[str, Any]) -> bool:
        """Whether a box is unfolded first by whoever needs it."""
        if len(shape.names) < 2 or (shape.names[0] == "clauses" and shape.key in PLACE):
            return False
        return shape.key in PLACE or (shape.key in RARE and not here.get(shape.key))

    def _add_group(self, shape: Shape, value: Any, name: str) -> None:
        group = Group(label_of(shape.names)[0], closed=not shape.required and value is None)
        self.groups.append(group)
        if may_be_bare(shape):
            group.present = f"{name}__{PRESENT}"
            group.names.append(group.present)
            label = _("Avtalet nämner %(what)s") % {"what": str(group.heading).lower()}
            self.form.fields[group.present] = Tick(label=label, required=False)
            self.initial[group.present] = isinstance(value, dict)
        assert shape.model is not None
        self._add(shapes_of(shape.model, shape.names), value, f"{name}__", group)

    def _add_rhythm(self, shape: Shape, value: Any, name: str) -> None:
        group = Group(label_of(shape.names)[0])
        self.groups.append(group)
        boxes = rhythm.shown_rhythm(value)
        for key, box in rhythm_boxes().items():
            self.form.fields[f"{name}__{key}"] = box
            shown_here = "\n".join(boxes[key]) if key == "places" else boxes[key]
            self.initial[f"{name}__{key}"] = shown_here
            more = key in RARE_PACE and not shown_here
            (group.folded if more else group.names).append(f"{name}__{key}")

    def parts(self) -> list[dict[str, Any]]:
        """The groups with their bound fields, for the template."""
        return [
            {
                "heading": group.heading,
                "fields": [self.form[name] for name in group.names],
                "folded": [self.form[name] for name in group.folded],
                "more": self.fold_title(group),
                "closed": group.closed
                and not self.form.is_bound
                and not any(name in self.form.problems for name in (*group.names, *group.folded)),
                "foldable": group.closed,
                "open": any(name in self.form.problems for name in group.folded),
            }
            for group in self.groups
            if group.names or group.folded
        ]

    def fold_title(self, group: Group) -> str:
        """What the folded boxes are about."""
        where = all(name.rpartition("__")[2] in PLACE for name in group.folded)
        return _("Stället i avtalet") if where else _("Fler uppgifter")

    @property
    def has_boxes(self) -> bool:
        """Whether something is chosen in boxes, of which there may be more."""
        return any(isinstance(box.widget, Boxes) for box in self.form.fields.values())

    def read(self) -> dict[str, Any]:
        """The part as the boxes now have it; what was not touched is as it was."""
        return self._read(self.shapes, self.value, "")

    def _read(self, shapes: Iterable[Shape], value: Any, prefix: str) -> dict[str, Any]:
        found: dict[str, Any] = copy.deepcopy(value) if isinstance(value, dict) else {}
        for shape in shapes:
            name, key = f"{prefix}{shape.key}", shape.key
            if shape.kind == "list":
                continue
            if shape.kind == "group":
                new = self._read_group(shape, found.get(key), name)
            elif shape.kind == "rhythm":
                new = self._read_rhythm(found.get(key), name)
            else:
                new = self._read_box(shape, found.get(key), name)
            if new is None:
                found.pop(key, None)
            else:
                found[key] = new
        return found

    def _read_box(self, shape: Shape, value: Any, name: str) -> Any:
        posted, stood = self.form.posted(name), shown(shape, value)
        if isinstance(self.form.fields[name].widget, Ticks):
            # Ticks come in the page's order: what stood in the file keeps its own.
            posted = in_old_order(posted, stood)
        return value if same(posted, stood) else read(shape, posted)

    def _read_group(self, shape: Shape, value: Any, name: str) -> Any:
        if value is not None and not isinstance(value, dict):
            return value  # what the form cannot show, it does not touch
        assert shape.model is not None
        new = self._read(shapes_of(shape.model, shape.names), value, f"{name}__")
        if not may_be_bare(shape):
            return new if new or (value == {} and shape.required) else None
        ticked = bool(self.form.posted(f"{name}__{PRESENT}"))
        if ticked:
            return new
        return new if value is None and new else None

    def _read_rhythm(self, value: Any, name: str) -> Any:
        boxes = {key: self.form.posted(f"{name}__{key}") for key in rhythm.BOXES}
        boxes = {key: "" if box is None else box for key, box in boxes.items()}
        boxes["places"] = [
            line.strip() for line in str(boxes["places"]).splitlines() if line.strip()
        ]
        if same_boxes(boxes, rhythm.shown_rhythm(value)):
            return value
        return rhythm.read_rhythm(boxes)

    def show(self, problems: Iterable[Problem], prefix: str) -> list[str]:
        """Put each problem at its box; return those that belong to no box of the page."""
        rest = []
        for problem in problems:
            name = self._box_at(problem.path.removeprefix(prefix))
            said = words_of(problem)
            if name is None:
                rest.append(said)
            else:
                self.form.problems.setdefault(name, []).append(said)
        return rest

    def _box_at(self, path: str) -> str | None:
        """The box that a path within the part belongs to (``.decision.rule`` → ``decision__rule``)."""
        steps = [step.split("[")[0] for step in path.strip(".").split(".") if step]
        for length in range(len(steps), 0, -1):
            name = "__".join(steps[:length])
            if name in self.form.fields:
                return name
            for first in ("__form", "__rule", "__mandate_from", "__meetings", f"__{PRESENT}"):
                if f"{name}{first}" in self.form.fields:
                    return f"{name}{first}"
        return None


def may_be_bare(shape: Shape) -> bool:
    """Whether the group says something without any field: presenters, adjoined."""
    assert shape.model is not None
    inner = shapes_of(shape.model, shape.names)
    return not shape.required and any(one.kind == "flag" and one.default is True for one in inner)


def same(posted: Any, stood: Any) -> bool:
    """Whether a box was left as it was shown."""
    if isinstance(stood, list):
        return [one for one in posted if one] == stood
    if isinstance(stood, bool):
        return bool(posted) == stood
    return str(posted or "").replace("\r\n", "\n").strip() == str(stood or "").strip()


def same_boxes(boxes: dict[str, Any], stood: dict[str, Any]) -> bool:
    return all(same(boxes[key], stood[key]) for key in stood)


def in_old_order(new: list[str], old: list[Any]) -> list[str]:
    """What was ticked, in the order that the file had it, and what is new last."""
    kept = [one for one in old if one in new]
    return [*kept, *(one for one in new if one not in kept)]


def words_of(problem: Problem) -> str:
    """A problem beside its box: what is wrong, what to write, and where in the file it stands."""
    place = _("rad %(line)s, kolumn %(column)s") % {"line": problem.line, "column": problem.column}
    if problem.what.startswith("Fältet ”") and problem.what.endswith("saknas."):
        return _("Det här saknas. Fyll i det. (%(place)s)") % {"place": place}
    return f"{problem.what} {problem.instead} ({place})"
