"""The schema as the form sees it: each field with its kind, its choices and what it may point at."""

from __future__ import annotations

import types
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from samsyn.domains.agreements.file import WORDS, Agreement
from samsyn.domains.agreements.file.check.references import reference_sort
from samsyn.domains.agreements.file.schema import PartialDate

# Written by the form itself: there is one format, and an act is not entered in a browser.
NOT_ENTERED = frozenset({"format", "kind"})
LONG = 1000

Model = type[BaseModel]


@dataclass(frozen=True)
class Shape:
    """One field of the file.

    ``names`` is its path in the schema (``("bodies", "seats", "any_of")``). ``kind`` is line, text,
    number, date, flag, choice, choices, ref, refs, lines, also, rhythm, group (fields of its own) or
    list (parts of its own); ``sort`` what a reference points at, ``model`` what a group or list holds.
    """

    names: tuple[str, ...]
    kind: str
    required: bool
    default: Any
    choices: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    model: Model | None = None
    longest: int | None = None

    @property
    def key(self) -> str:
        return self.names[-1]


@cache
def shapes_of(model: Model, names: tuple[str, ...] = ()) -> tuple[Shape, ...]:
    """The fields of a part of the file, in the schema's order."""
    found = []
    for name, info in model.model_fields.items():
        key = info.alias or name
        if not names and key in NOT_ENTERED:
            continue
        found.append(_shape(info, (*names, key)))
    return tuple(found)


@cache
def sections() -> dict[str, Shape]:
    """The file's sections: what of it has fields or parts of its own."""
    return {one.key: one for one in shapes_of(Agreement) if one.model is not None}


def about() -> tuple[Shape, ...]:
    """What stands directly in the file: name, id, summary."""
    return tuple(one for one in shapes_of(Agreement) if one.model is None)


def _shape(info: FieldInfo, names: tuple[str, ...]) -> Shape:
    base, many, longest = _base(info)
    default = None if info.default is PydanticUndefined else info.default
    common = {"required": info.is_required(), "default": default}
    if isinstance(base, type) and issubclass(base, BaseModel):
        return Shape(names, "list" if many else "group", model=base, **common)
    if get_origin(base) is Literal:
        choices = _choices(get_args(base))
        return Shape(names, "choices" if many else "choice", choices=choices, **common)
    sort = reference_sort(names)
    if sort:
        return Shape(names, "refs" if many else "ref", sort=sort, **common)
    if names[-1] in ("rhythm", "clause", "also"):
        return Shape(names, names[-1], **common)
    if many:
        return Shape(names, "lines", **common)
    kind = {bool: "flag", int: "number", float: "number", PartialDate: "date"}.get(base)
    return Shape(
        names, kind or ("text" if (longest or 0) >= LONG else "line"), longest=longest, **common
    )


def _base(info: FieldInfo) -> tuple[Any, bool, int | None]:
    """The type without None, tuple and annotations; whether there are many; the longest text."""
    longest = next((one.max_length for one in info.metadata if isinstance(one, MaxLen)), None)
    here, many = info.annotation, False
    while True:
        origin, arguments = get_origin(here), get_args(here)
        if origin in (Union, types.UnionType) and type(None) in arguments:
            here = next(one for one in arguments if one is not type(None))
        elif origin is Annotated:
            for one in arguments[1:]:
                metadata = one.metadata if isinstance(one, FieldInfo) else [one]
                longest = next((m.max_length for m in metadata if isinstance(m, MaxLen)), longest)
            here = arguments[0]
        elif origin is tuple:
            here, many = arguments[0], True
        else:
            return here, many, longest


def _choices(values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The code words with their Swedish words, in the schema's order."""
    words = next((words for words in WORDS.values() if set(words) == set(values)), {})
    return tuple((value, words.get(value, value)) for value in values)
