"""Data against the schema; what the schema refuses is said in plain Swedish at its line and column."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from samsyn.domains.agreements.file.problems import (
    AgreementFileError,
    Problem,
    did_you_mean,
    dotted,
)
from samsyn.domains.agreements.file.schema import Agreement
from samsyn.domains.agreements.file.yaml_source import Path, YamlSource
from samsyn.rhythm.parsing import READERS
from samsyn.rhythm.parsing import WORDS as RHYTHM_WORDS

MAX_PROBLEMS = 200

_PATTERN_HELP = {
    "id": "Använd små bokstäver a–z, siffror och bindestreck, till exempel ”strategiska-radet”.",
    "municipality": 'Skriv kommunkoden med fyra siffror inom citattecken, till exempel "1381".',
    "postcode": 'Skriv postnumret som "312 23".',
    "from": 'Skriv klockslaget som "08:00", inom citattecken.',
    "to": 'Skriv klockslaget som "16:30", inom citattecken.',
    "clause": "Skriv klausulens beteckning, till exempel L06 eller § 6.",
}


def validate(source: YamlSource) -> Agreement:
    """The agreement that ``source`` describes.

    Raises AgreementFileError with one problem per value that the schema refuses.
    """
    if not isinstance(source.data, dict):
        raise AgreementFileError(
            [
                Problem(
                    1,
                    1,
                    "",
                    "Filen beskriver inget avtal.",
                    "Den ska börja med fält som ”format: 1”, ”id: …” och ”title: …”.",
                )
            ]
        )
    try:
        return Agreement.model_validate_json(json.dumps(source.data))
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        raise AgreementFileError(
            {_problem(detail, source) for detail in details[:MAX_PROBLEMS]}
        ) from None


def _problem(detail: ErrorDetails, source: YamlSource) -> Problem:
    kind = detail["type"]
    path = _path_in_data(detail["loc"], source.data, missing=kind == "missing")
    what, instead = _words(kind, path, detail)
    if kind == "extra_forbidden":
        place = source.key_place(path)
    elif kind == "missing":
        place = source.place(path[:-1])
    else:
        place = source.place(path)
    return Problem(place.line, place.column, dotted(path), what, instead)


def _path_in_data(loc: tuple[int | str, ...], data: Any, *, missing: bool) -> Path:
    """The part of pydantic's location that is a path in the file: names of union arms drop out."""
    path: list[int | str] = []
    here = data
    for position, step in enumerate(loc):
        last = position == len(loc) - 1
        inside = (isinstance(here, dict) and step in here) or (
            isinstance(here, list) and isinstance(step, int) and step < len(here)
        )
        if inside:
            here = here[step]
            path.append(step)
        elif last and missing:
            path.append(step)
    return tuple(path)


def _words(kind: str, path: Path, detail: ErrorDetails) -> tuple[str, str]:
    """What is wrong and what to write instead, by pydantic's kind of error."""
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "filen")
    value = detail.get("input")
    context = detail.get("ctx") or {}
    if kind == "missing":
        return f"Fältet ”{name}” saknas.", f"Lägg till ”{name}: …”. {_description(path)}".rstrip()
    if kind == "extra_forbidden":
        known = _known_fields(path[:-1])
        return f"Fältet ”{name[:60]}” finns inte här.", did_you_mean(name, known)
    if kind == "literal_error":
        known = _allowed(path) or [str(context.get("expected", ""))]
        return f"”{_shown(value)}” är inget giltigt värde för ”{name}”.", did_you_mean(
            str(value), known
        )
    if kind == "rhythm":
        return _rhythm_words(str(context.get("why", "")), value)
    if value is None:
        return f"”{name}” är tomt.", f"Skriv ett värde eller ta bort raden. {_description(path)}"
    if kind in _FIXED:
        what, instead = _FIXED[kind]
        return what.format(name=name, value=_shown(value), **context), instead.format(
            name=name, value=_shown(value), **context
        )
    if kind == "string_pattern_mismatch":
        if isinstance(value, str) and ("\n" in value or value != value.strip()):
            return (
                f"”{name}” ska rymmas på en rad utan mellanslag i början och slutet.",
                "Skriv texten på en rad.",
            )
        hint = _PATTERN_HELP.get(name, _description(path))
        return f"”{_shown(value)}” har fel form för ”{name}”.", hint
    return f"”{_shown(value)}” går inte att använda för ”{name}”.", _description(path)


def _rhythm_words(why: str, value: Any) -> tuple[str, str]:
    """The rhythm library's own sentences, with the nearest key where one is misspelt."""
    what, _, instead = why.partition(". ")
    keys = [str(key) for key in value] if isinstance(value, dict) else [str(value)]
    misspelt = [key for key in keys if key not in READERS and key not in RHYTHM_WORDS]
    if misspelt and (isinstance(value, str) or not set(keys) & set(READERS)):
        instead = did_you_mean(misspelt[0], [*READERS, *RHYTHM_WORDS])
    return what.rstrip(".") + ".", instead or "Skriv till exempel ”per_year: 4” eller ongoing."


_FIXED: Mapping[str, tuple[str, str]] = {
    "string_type": (
        "”{name}” ska vara text, men här står {value}.",
        "Är det en text av siffror eller true/false, sätt den inom citattecken.",
    ),
    "int_type": ("”{name}” ska vara ett helt tal, men här står {value}.", "Skriv ett helt tal utan citattecken."),
    "int_from_float": ("”{name}” ska vara ett helt tal, men här står {value}.", "Skriv ett helt tal."),
    "float_type": ("”{name}” ska vara ett tal, men här står {value}.", "Skriv till exempel 50 eller 12.5."),
    "bool_type": ("”{name}” ska vara true eller false, men här står {value}.", "Skriv true (ja) eller false (nej)."),
    "tuple_type": (
        "”{name}” ska vara en lista, men här står {value}.",
        "Skriv varje del på en egen rad med ”- ” framför, eller [a, b].",
    ),
    "model_type": (
        "”{name}” ska vara en grupp av fält, men här står {value}.",
        "Skriv fälten indragna under, vart och ett som ”fält: värde”.",
    ),
    "model_attributes_type": (
        "”{name}” ska vara en grupp av fält, men här står {value}.",
        "Skriv fälten indragna under, vart och ett som ”fält: värde”.",
    ),
    "dict_type": (
        "”{name}” ska vara en grupp av fält, men här står {value}.",
        "Skriv fälten indragna under, vart och ett som ”fält: värde”.",
    ),
    "string_too_long": ("”{name}” är för lång.", "Korta till högst {max_length} tecken."),
    "string_too_short": ("”{name}” är för kort eller tom.", "Skriv minst {min_length} tecken."),
    "too_short": ("”{name}” är tom.", "Skriv minst {min_length} i listan."),
    "greater_than_equal": ("”{name}” är för litet: {value}.", "Skriv minst {ge}."),
    "greater_than": ("”{name}” är för litet: {value}.", "Skriv mer än {gt}."),
    "less_than_equal": ("”{name}” är för stort: {value}.", "Skriv högst {le}."),
    "partial_date_form": (
        "”{value}” är inget datum.",
        "Skriv år, månad eller dag: 2024, 2024-05 eller 2024-05-14.",
    ),
    "partial_date_year": ("Året i ”{value}” kan inte stämma.", "Skriv ett år mellan 1900 och 2199."),
    "partial_date_none": (
        "Datumet ”{value}” finns inte i almanackan.",
        "Kontrollera månad och dag; skriv som 2024-05-14.",
    ),
    "organisation_number": (
        "Organisationsnumret ”{value}” är fel: kontrollsiffran stämmer inte.",
        "Kontrollera numret mot avtalet. Det har tio siffror, till exempel 212000-1223.",
    ),
}  # fmt: skip


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "en grupp av fält"
    if isinstance(value, list):
        return "en lista"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value if len(value) <= 60 else value[:57] + "…"
    return str(value)


def _model_at(path: Path) -> type[BaseModel] | None:
    model: type[BaseModel] | None = Agreement
    for step in path:
        if isinstance(step, int):
            continue
        if model is None:
            return None
        info = _field(model, step)
        model = _inner_model(info.annotation) if info is not None else None
    return model


def _field(model: type[BaseModel], key: str) -> Any:
    for name, info in model.model_fields.items():
        if key in (name, info.alias):
            return info
    return None


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        found = _inner_model(argument)
        if found is not None:
            return found
    return None


def _known_fields(path: Path) -> list[str]:
    model = _model_at(path)
    if model is None:
        return []
    return [info.alias or name for name, info in model.model_fields.items()]


def _last_field(path: Path) -> Any:
    names = [position for position, step in enumerate(path) if isinstance(step, str)]
    if not names:
        return None
    model = _model_at(path[: names[-1]])
    return _field(model, str(path[names[-1]])) if model is not None else None


def _description(path: Path) -> str:
    info = _last_field(path)
    return (info.description or "") if info is not None else ""


def _allowed(path: Path) -> list[str]:
    info = _last_field(path)
    return [str(value) for value in _literals(info.annotation)] if info is not None else []


def _literals(annotation: Any) -> list[Any]:
    origin = get_origin(annotation)
    arguments = get_args(annotation)
    if origin in (Union, types.UnionType, tuple) or hasattr(annotation, "__metadata__"):
        return [value for argument in arguments for value in _literals(argument)]
    return list(arguments) if arguments else []
