"""Proposals read from prose as the form sees them: their fields, what they say in words, their section."""

from __future__ import annotations

from typing import Any

from samsyn.rhythm import RhythmError, describe, parse_rhythm
from samsyn.web.staff.agreements.form.fields import as_text, listed
from samsyn.web.staff.agreements.form.labels import ABOUT, SECTIONS, label_of
from samsyn.web.staff.agreements.form.options import Options, title_of
from samsyn.web.staff.agreements.form.pages import Page
from samsyn.web.staff.agreements.form.shapes import Shape, sections, shapes_of

# What the reader says in one word for the whole text, and where it stands in the file.
STANDS_FOR = {"annex_rule": "annexes.alla.signature.rule"}
SURE, RATHER = 0.85, 0.6


def shape_at(path: str) -> Shape | None:
    """The field or part that a proposal's path leads to; None where the schema has none."""
    steps = STANDS_FOR.get(path, path).split(".")
    shape = sections().get(steps[0])
    inside = False
    for step in steps[1:]:
        if shape is None or shape.model is None:
            return None
        if shape.kind == "list" and not inside:
            inside = True
            continue
        inner = {one.key: one for one in shapes_of(shape.model, shape.names)}
        shape, inside = inner.get(step), False
    return shape


def section_of(path: str) -> str:
    first = STANDS_FOR.get(path, path).split(".")[0]
    return first if first in SECTIONS else ABOUT


def named_in(rows: list[dict[str, Any]]) -> Options:
    """What references can point at: what the proposals themselves name."""
    data: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        section, _dot, name = row["path"].partition(".")
        if isinstance(row["value"], dict) and name and "." not in name:
            data.setdefault(section, []).append({**row["value"], "id": name})
    return Options(data)


def title_for(row: dict[str, Any], options: Options) -> str:
    """What a proposal is about: its own name, or the field's name and whose it is."""
    path, value = row["path"], row["value"]
    shape = shape_at(path)
    if isinstance(value, dict) and any(value.get(key) for key in ("name", "title", "subject")):
        return title_of({"rhythm": "", **value})
    steps = STANDS_FOR.get(path, path).split(".")
    names = options.names()
    if shape is None:
        return path
    if shape.kind == "list":
        one = SECTIONS[shape.key].title
        owner = names.get(steps[1], "") if len(steps) > 3 else ""
    else:
        one = label_of(shape.names)[0] if len(shape.names) > 1 else SECTIONS[shape.key].title
        owner = names.get(steps[1], "") if len(steps) > 2 else ""
    return f"{one}: {owner}" if owner else str(one)


def fields_of(shape: Shape | None, value: Any) -> tuple[Shape, ...]:
    """The fields that a proposal fills in: those of its part, or the one it is."""
    if shape is None:
        return ()
    if shape.model is None:
        return (shape,)
    inner = shapes_of(shape.model, shape.names)
    said = value if isinstance(value, dict) else {}
    return tuple(one for one in inner if one.key in said and one.kind != "list")


def page_for(row: dict[str, Any], options: Options, data: Any = None, spare: int = 0) -> Page:
    """The boxes to change a proposal in."""
    shape = shape_at(row["path"])
    fields = fields_of(shape, row["value"])
    value = row["value"] if shape is not None and shape.model is not None else {fields[0].key: row["value"]} if fields else {}  # fmt: skip
    return Page(fields, value, options, data=data, spare=spare)


def read_value(row: dict[str, Any], page: Page) -> Any:
    """The proposal's value as the boxes have it; what the boxes do not show is kept."""
    shape = shape_at(row["path"])
    found = page.read()
    return found if shape is not None and shape.model is not None else found.get(page.shapes[0].key)


def said_by(row: dict[str, Any], options: Options) -> list[tuple[str, str]]:
    """What a proposal says: each field's label with its value in words."""
    shape, names = shape_at(row["path"]), options.names()
    fields = fields_of(shape, row["value"])
    if not fields:
        return [("", as_text(row["value"]))]
    if shape is not None and shape.model is None:
        return [("", in_words(shape, row["value"], names))]
    pairs = [
        (str(label_of(one.names)[0]), in_words(one, row["value"].get(one.key), names))
        for one in fields
    ]
    heading = row["value"].get("heading")
    return [*pairs, (str(label_of(("commitments", "source"))[0]), heading)] if heading else pairs


def in_words(shape: Shape, value: Any, names: dict[str, str]) -> str:
    """A value as one reads it."""
    if shape.kind == "rhythm":
        try:
            return describe(parse_rhythm(value))
        except (RhythmError, TypeError, ValueError, AttributeError):
            return as_text(value)
    if isinstance(value, bool):
        return str({True: "ja", False: "nej"}[value])
    if isinstance(value, dict):
        return ", ".join(as_text(part) for part in value.values()) or title_of(value)
    words = dict(shape.choices) or names
    return ", ".join(words.get(one, one) for one in listed(value))
