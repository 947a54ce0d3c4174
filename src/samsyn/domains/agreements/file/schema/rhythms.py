"""How often: the file's rhythm field, read by ``samsyn.rhythm``."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from samsyn import rhythm as rhythms
from samsyn.rhythm import Extra, MovingDay, Pause, RhythmError, parse_rhythm
from samsyn.rhythm.parsing import WORDS


def _read(data: Any) -> rhythms.Rhythm:
    try:
        return parse_rhythm(data)
    except RhythmError as error:
        raise PydanticCustomError("rhythm", "{why}", {"why": str(error)}) from None
    except (TypeError, ValueError, OverflowError):
        raise PydanticCustomError(
            "rhythm", "{why}", {"why": "Rytmen går inte att tolka."}
        ) from None


def _whole(low: int, high: int, description: str) -> dict[str, Any]:
    return {"type": "integer", "minimum": low, "maximum": high, "description": description}


def _names(kind: Any, description: str) -> dict[str, Any]:
    one = {"enum": [member.value for member in kind]}
    return {
        "anyOf": [one, {"type": "array", "items": one, "uniqueItems": True}],
        "description": description,
    }


_DAY = {"type": "string", "pattern": r"^\d{2}-\d{2}$"}
_ALSO = _names(Extra, "Utöver takten: vid behov (when_needed) eller vid händelse (at_event).")
_PAUSES = _names(Pause, "Uppehåll enligt kommunens kalender.")


def _form(key: str, value: dict[str, Any], **more: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {key: value, **more, "also": _ALSO},
        "required": [key],
        "additionalProperties": False,
    }


_WEEKLY = {
    "description": "Varje vecka, med eller utan uppehåll.",
    "anyOf": [
        {"type": "object", "properties": {"pauses": _PAUSES}, "additionalProperties": False},
        {"enum": [True, None]},
    ],
}

JSON_SCHEMA: dict[str, Any] = {
    "title": "Rhythm",
    "description": "Hur ofta: ett ord, eller en nyckel med ett värde.",
    "anyOf": [
        {"enum": list(WORDS)},
        {
            "type": "object",
            "properties": {word: {"enum": [True, None]} for word in WORDS},
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": False,
        },
        _form("per_year", _whole(1, 366, "Gånger per år.")),
        _form(
            "every_months",
            _whole(1, 60, "Var n:te månad."),
            by_day=_whole(1, 31, "Senast den dagen i månaden efter."),
        ),
        _form("weekly", _WEEKLY),
        _form("every_weeks", _whole(1, 26, "Var n:te vecka."), pauses=_PAUSES),
        _form(
            "per_term",
            _whole(1, 60, "Gånger per termin."),
            places={
                "type": "array",
                "items": {"type": "string", "minLength": 1},
                "description": "På var och en av orterna.",
            },
        ),
        _form("yearly_by", {**_DAY, "description": 'Varje år, senast dagen: "12-31".'}),
        _form(
            "every_years",
            _whole(1, 20, "Vart n:te år."),
            by={
                "anyOf": [{"enum": ["turn_of_year"]}, _DAY],
                "description": "Senast dagen; turn_of_year är årsskiftet. Utan by räknas tiden från förra gången.",
            },
            first=_whole(1990, 2200, "Första året."),
        ),
        _form(
            "before",
            _names(MovingDay, "Inför rörliga dagar."),
            days=_whole(0, 180, "Så många dagar före."),
        ),
        _form("once_by", {"type": "string", "format": "date", "description": "En gång, senast."}),
    ],
}

Rhythm = Annotated[
    rhythms.Rhythm,
    PlainValidator(_read),
    PlainSerializer(lambda value: value.to_data()),
    WithJsonSchema(JSON_SCHEMA),
]
