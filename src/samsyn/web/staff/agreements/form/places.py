"""Where in the file a page of the form is, and how what stands there is changed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from samsyn.domains.agreements.file import Agreement
from samsyn.domains.agreements.file.draft.notes import slug
from samsyn.web.staff.agreements.form.labels import ABOUT
from samsyn.web.staff.agreements.form.options import title_of
from samsyn.web.staff.agreements.form.shapes import Shape, about, sections, shapes_of

NEW = "ny"
ACTORS = ("parties", "others", "functions", "bodies")
# Section → what a reference to one of its parts may be called in the schema.
SORTS = {
    "parties": {"party", "organisation", "municipality", "actor"},
    "others": {"organisation", "municipality", "actor"},
    "functions": {"function", "actor"},
    "bodies": {"body", "actor"},
    "documents": {"document"},
    "commitments": {"commitment"},
    "clauses": {"clause"},
}


@dataclass(frozen=True)
class Place:
    """A list of parts, or one part, in a file's data.

    ``path`` leads there (``("bodies", 1, "seats")``), ``address`` is the same as the page's address has
    it, ``shape`` the list or group it belongs to (None for what stands directly in the file).
    """

    path: tuple[str | int, ...]
    address: str
    shape: Shape | None
    is_list: bool
    value: Any
    is_new: bool = False

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """The fields of the part."""
        if self.shape is None or self.shape.model is None:
            return about()
        return shapes_of(self.shape.model, self.shape.names)

    @property
    def prefix(self) -> str:
        """The path as problems have it: ``bodies[1].seats``."""
        text = ""
        for step in self.path:
            text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
        return text

    @property
    def parts(self) -> list[Any]:
        """The parts of a list; empty where something else stands there."""
        return self.value if isinstance(self.value, list) else []


def find_place(data: dict[str, Any], address: str) -> Place:
    """The place at an address such as ``bodies/2/seats/ny``; KeyError where there is none."""
    if address == ABOUT:
        return Place((), ABOUT, None, False, data)
    steps = address.strip("/").split("/")
    shape = sections()[steps[0]]
    path: tuple[str | int, ...] = (shape.key,)
    here: Any = data.get(shape.key)
    is_list, is_new = shape.kind == "list", False
    for step in steps[1:]:
        if is_new:
            raise KeyError(address)
        if is_list:
            parts = here if isinstance(here, list) else []
            is_new = step == NEW
            index = len(parts) if is_new else int(step) - 1 if step.isdecimal() else -1
            if not is_new and not 0 <= index < len(parts):
                raise KeyError(address)
            here = None if is_new else parts[index]
            path, is_list = (*path, index), False
        else:
            assert shape.model is not None
            inner = {one.key: one for one in shapes_of(shape.model, shape.names)}
            shape = inner[step]
            if shape.kind != "list":
                raise KeyError(address)
            here = here.get(step) if isinstance(here, dict) else None
            path, is_list = (*path, step), True
    return Place(path, address.strip("/"), shape, is_list, here, is_new)


def put(data: dict[str, Any], path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """The data with ``value`` at ``path``; None or empty takes away what is there, and what held only it."""
    if not path:
        return dict(value)
    changed = copy.deepcopy(data)
    here: Any = changed
    for step, following in pairwise(path):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(here, dict) and not isinstance(here.get(step), type(empty)):
            here[step] = empty
        here = here[step]
    last = path[-1]
    if value is not None and value != [] and value != {}:
        if isinstance(here, list) and last == len(here):
            here.append(value)
        else:
            here[last] = value
        return changed
    if isinstance(here, list):
        del here[last]  # type: ignore[arg-type]
    else:
        here.pop(last, None)
    return changed if here or len(path) == 1 else put(changed, path[:-1], None)


def name_part(data: dict[str, Any], place: Place, part: dict[str, Any]) -> dict[str, Any]:
    """Give a part without an id one of its own, made of what it is called."""
    wants = any(one.key == "id" and one.required for one in place.shapes)
    if not wants or part.get("id") or (place.shape and place.shape.key == "clauses"):
        return part
    functions = part.get("any_of")
    words = functions[0] if isinstance(functions, list) and functions else title_of(part)
    return {"id": free_id(slug(str(words)), taken_ids(data, place)), **part}


def taken_ids(data: dict[str, Any], place: Place) -> set[str]:
    """The ids that a new part may not have: its neighbours', and every actor's for an actor."""
    section = str(place.path[0])
    lists = [data.get(one) for one in ACTORS] if section in ACTORS and len(place.path) == 2 else []
    here: Any = data
    for step in place.path[:-1]:
        here = (here or {}).get(step) if isinstance(step, str) else here[step]
    return {
        str(one.get("id"))
        for parts in [*lists, here]
        for one in (parts if isinstance(parts, list) else ())
        if isinstance(one, dict)
    }


def free_id(wanted: str, taken: set[str]) -> str:
    numbered = (wanted, *(f"{wanted}-{number}" for number in range(2, 1000)))
    return next(one for one in numbered if one not in taken)


def rename(data: dict[str, Any], section: str, old: str, new: str) -> dict[str, Any]:
    """The data with every reference to a part of the section changed to its new id."""
    changed = copy.deepcopy(data)
    for holder, shape in _references(changed, shapes_of(Agreement)):
        sort = shape.sort or ("clause" if shape.kind in ("clause", "also") else "")
        if sort not in SORTS.get(section, ()):
            continue
        value = holder[shape.key]
        if isinstance(value, list):
            holder[shape.key] = [new if one == old else one for one in value]
        elif value == old:
            holder[shape.key] = new
    return changed


def _references(holder: Any, shapes: tuple[Shape, ...]) -> Iterator[tuple[dict[str, Any], Shape]]:
    """Every field that can point at something, with the group it stands in."""
    if not isinstance(holder, dict):
        return
    for shape in shapes:
        if shape.key not in holder:
            continue
        if shape.model is None:
            yield holder, shape
            continue
        inner = shapes_of(shape.model, shape.names)
        value = holder[shape.key]
        for part in value if isinstance(value, list) else [value]:
            yield from _references(part, inner)
