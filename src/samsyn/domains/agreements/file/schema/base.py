"""The building blocks of the schema: strict frozen models, ids, references and partial dates."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

Precision = Literal["year", "month", "day"]

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Strict(BaseModel):
    """Unknown fields are errors, types are not guessed, and what is read never changes."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        populate_by_name=True,
        use_attribute_docstrings=True,
    )


class PartialDate(str):
    """A date with the precision the agreement gives: ``2020``, ``2020-05`` or ``2020-05-14``."""

    __slots__ = ()

    @property
    def precision(self) -> Precision:
        return {4: "year", 7: "month"}.get(len(self), "day")  # type: ignore[return-value]

    @property
    def first_day(self) -> dt.date:
        """The earliest day it can mean."""
        return dt.date.fromisoformat(str(self) + "-01-01"[len(self) - 4 :])

    @property
    def last_day(self) -> dt.date:
        """The latest day it can mean."""
        year = int(self[:4])
        if self.precision == "year":
            return dt.date(year, 12, 31)
        if self.precision == "month":
            month = int(self[5:7])
            return dt.date(year, month, calendar.monthrange(year, month)[1])
        return self.first_day

    @classmethod
    def parse(cls, value: Any) -> PartialDate:
        """Read a year given as a number, or a string in one of the three precisions."""
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        match = _PARTIAL.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            raise PydanticCustomError("partial_date_form", "not a partial date")
        year, month, day = (int(part) if part else 1 for part in match.groups())
        if not 1900 <= year <= 2199:
            raise PydanticCustomError("partial_date_year", "year out of range")
        try:
            dt.date(year, month, day)
        except ValueError:
            raise PydanticCustomError("partial_date_none", "no such day") from None
        return cls(text)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "anyOf": [
                {"type": "integer", "minimum": 1900, "maximum": 2199},
                {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
            ],
            "description": "År, månad eller dag: 2020, 2020-05 eller 2020-05-14.",
        }


Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=2, max_length=60)]
"""A stable id: small letters a–z, digits and hyphens."""

Ref = Annotated[str, Field(min_length=1, max_length=60)]
"""The id of a party, another organisation, a function or a body of the same file."""

Text = Annotated[str, Field(min_length=1, max_length=2000)]
Line = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^\S(.*\S)?$")]
ClauseId = Annotated[str, Field(pattern=r"^\S(.*\S)?$", max_length=20)]
ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
MunicipalityCode = Annotated[str, Field(pattern=r"^\d{4}$")]


class Item(Strict):
    """Something the agreement says: where it stands, and the clause it belongs to."""

    clause: ClauseId | None = None
    """Klausulen som uppgiften hör till, till exempel L06 eller § 6."""
    also: tuple[ClauseId, ...] = ()
    """Andra klausuler som uppgiften också uppfyller."""
    source: Line | None = None
    """Stället i avtalstexten: rubrik och stycke."""

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause the item belongs to, the main one first."""
        return ((self.clause,) if self.clause else ()) + self.also


class Named(Item):
    """An item with a stable id."""

    id: Slug
    """Fast namn med små bokstäver, siffror och bindestreck. Ändra det aldrig när avtalet är i drift."""
