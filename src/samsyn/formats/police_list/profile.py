"""A profile: how one police area writes its list. Remembered, so that next month needs no wizard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from samsyn.formats.base import FormatError
from samsyn.formats.moments import DATE_FORMATS
from samsyn.formats.police_list.roles import Role

if TYPE_CHECKING:
    from samsyn.formats.police_list.understanding import Understanding

LAYOUTS = ("A", "B", "C", "unknown")


@dataclass(frozen=True, slots=True)
class Profile:
    """How to read a list.

    `columns`: role → header text as it stands in the file (several headers of one role: the
    first). `layout`: A, B, C (pivot of categories × months) or unknown. `header_row` counts from 1
    and is a hint: the header is looked for when it has moved. `date_format` is one of
    `moments.DATE_FORMATS`. `year` serves pivots whose months have none, `month_registered`
    (yyyymm) lists without a date of registration, `municipality_code` lists without municipality.
    """

    columns: Mapping[str, str]
    layout: str = "unknown"
    sheet: str | None = None
    header_row: int = 1
    date_format: str | None = None
    year: int | None = None
    month_registered: int | None = None
    municipality_code: str | None = None
    ignored: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        unknown = sorted(set(self.columns) - {role.value for role in Role})
        if unknown or self.layout not in LAYOUTS or self.date_format not in (None, *DATE_FORMATS):
            raise FormatError(
                "Profilen är ogiltig.",
                f"Okänt: {', '.join(unknown)}." if unknown else "Format eller datumform är okänt.",
                "Gör om profilen i guiden.",
            )
        object.__setattr__(self, "columns", MappingProxyType(dict(self.columns)))

    def to_json(self) -> dict[str, Any]:
        """The profile as plain JSON values."""
        return {
            "columns": dict(self.columns),
            "layout": self.layout,
            "sheet": self.sheet,
            "header_row": self.header_row,
            "date_format": self.date_format,
            "year": self.year,
            "month_registered": self.month_registered,
            "municipality_code": self.municipality_code,
            "ignored": list(self.ignored),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Profile:
        """The profile from `to_json`. Raises FormatError when the data are not a profile."""
        try:
            columns = {str(role): str(header) for role, header in dict(data["columns"]).items()}
            return cls(
                columns=columns,
                layout=str(data.get("layout", "unknown")),
                sheet=None if data.get("sheet") is None else str(data["sheet"]),
                header_row=int(data.get("header_row") or 1),
                date_format=data.get("date_format"),
                year=None if data.get("year") is None else int(data["year"]),
                month_registered=_optional_int(data.get("month_registered")),
                municipality_code=data.get("municipality_code"),
                ignored=tuple(str(name) for name in data.get("ignored", ())),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise FormatError(
                "Profilen går inte att läsa.",
                "Den saknar fält eller har fel form.",
                "Gör om profilen i guiden.",
            ) from error


def _optional_int(value: Any) -> int | None:
    return None if value is None else int(value)


def guess_profile(understanding: Understanding, **overrides: Any) -> Profile:
    """A profile from what `inspect_police_list` understood; `overrides` are fields of Profile."""
    columns: dict[str, str] = {}
    for guess in sorted(understanding.columns, key=lambda g: -g.confidence):
        if guess.role is not Role.DROPPED:
            columns.setdefault(guess.role.value, guess.header)
    fields: dict[str, Any] = {
        "columns": columns,
        "layout": understanding.layout,
        "sheet": understanding.sheet,
        "header_row": understanding.header_row,
        "date_format": understanding.date_format,
        "year": understanding.year,
        "month_registered": understanding.month_registered,
        "ignored": tuple(g.header for g in understanding.columns if g.role is Role.DROPPED),
    }
    return Profile(**{**fields, **overrides})
