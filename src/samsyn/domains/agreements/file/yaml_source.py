"""YAML text → plain data with the line and column of every value. Hardened against hostile input.

Only what an agreement needs is accepted: mappings, lists, strings, whole and decimal numbers,
true/false and null. Anchors, aliases, tags, several documents and duplicate keys are refused, and
size, depth and number of values are bounded, so that no file is slow to refuse. Scalars follow
YAML 1.2 (``no`` and ``22:30`` are strings), and dates stay strings until the schema reads them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from samsyn.domains.agreements.file.problems import AgreementFileError, Problem, dotted

MAX_BYTES = 512 * 1024
MAX_DEPTH = 24
MAX_VALUES = 12_000

Path = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_INT = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_FLOAT = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,15}")


@dataclass(frozen=True)
class Place:
    line: int
    column: int


@dataclass(frozen=True)
class YamlSource:
    """Data read from YAML, and where each value and each key stands."""

    data: Any
    values: dict[Path, Place]
    keys: dict[Path, Place]

    def place(self, path: Path) -> Place:
        """The place of a value, or of the nearest thing around it that exists."""
        while path not in self.values and path:
            path = path[:-1]
        return self.values.get(path, Place(1, 1))

    def key_place(self, path: Path) -> Place:
        """The place of the key that leads to ``path``; of the value where there is no key."""
        return self.keys.get(path) or self.place(path)


@dataclass
class _Open:
    """A mapping or a list under construction."""

    content: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None
    seen: dict[str, Place] = field(default_factory=dict)


def read_yaml(content: str | bytes) -> YamlSource:
    """Read ``content`` into plain data with places.

    Raises AgreementFileError with every structural problem found, or the first one that makes
    the rest unreadable.
    """
    text = _decode(content)
    reader = _Reader()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            reader.take(event)
    except yaml.YAMLError as error:
        raise AgreementFileError([*reader.problems, _syntax_problem(error, text)]) from None
    if reader.problems:
        raise AgreementFileError(reader.problems)
    return YamlSource(reader.root, reader.values, reader.keys)


def _decode(content: str | bytes) -> str:
    if len(content) > MAX_BYTES:
        raise _fatal(
            1,
            1,
            f"Filen är för stor: högst {MAX_BYTES // 1024} kB går att läsa.",
            "Ett avtal ryms på några tiotal kB. Kontrollera att du valde rätt fil.",
        )
    if isinstance(content, bytes):
        raw = content
        try:
            content = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            column = error.start - raw.rfind(b"\n", 0, error.start)
            raise _fatal(
                line,
                column,
                "Filen är inte sparad som UTF-8.",
                "Öppna filen i en textredigerare och spara den med teckenkodningen UTF-8.",
            ) from None
    content = content.removeprefix("\ufeff")
    odd = _UNPRINTABLE.search(content)
    if odd:
        line = content.count("\n", 0, odd.start()) + 1
        column = odd.start() - content.rfind("\n", 0, odd.start())
        raise _fatal(
            line,
            column,
            f"Filen innehåller ett tecken som inte syns (nummer {ord(odd.group()):#06x}).",
            "Ta bort tecknet. Är filen verkligen en textfil?",
        )
    return content


def _fatal(line: int, column: int, what: str, instead: str) -> AgreementFileError:
    return AgreementFileError([Problem(line, column, "", what, instead)])


class _Reader:
    """Builds data from parse events with an explicit stack: deep nesting cannot overflow it."""

    def __init__(self) -> None:
        self.root: Any = None
        self.values: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.problems: list[Problem] = []
        self._stack: list[_Open] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        mark = event.start_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        self._refuse_specials(event, place)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, place)
        elif isinstance(event, yaml.AliasEvent):
            self._value(None, place)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open({}, place)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open([], place)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._stack.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise _fatal(
                    place.line,
                    place.column,
                    "Filen innehåller mer än ett dokument (en rad med ”---”).",
                    "Skriv ett avtal per fil.",
                )

    def _refuse_specials(self, event: yaml.Event, place: Place) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._add(
                place,
                "Ankare (&) och alias (*) går inte att använda här.",
                "Skriv ut texten på varje ställe. En text som börjar med & eller * ska stå inom citattecken.",
            )
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            self._add(
                place,
                f"Taggen ”{tag[:40]}” går inte att använda här.",
                "Ta bort taggen. En text som börjar med ! ska stå inom citattecken.",
            )

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> None:
        if _UNPRINTABLE.search(event.value):  # written as an escape such as \\0
            self._add(place, "Texten innehåller ett tecken som inte syns.", "Ta bort tecknet.")
        top = self._stack[-1] if self._stack else None
        if top and isinstance(top.content, dict) and top.key is None:
            self._key(top, event.value, place)
            return
        self._value(_resolve(event), place)

    def _key(self, top: _Open, key: str, place: Place) -> None:
        if key in top.seen:
            self._add(
                place,
                f"”{key[:60]}” står två gånger här (första gången på rad {top.seen[key].line}).",
                "Behåll den ena.",
            )
        top.seen.setdefault(key, place)
        self.keys.setdefault((*top.path, key), place)
        top.key = key

    def _open(self, content: dict[str, Any] | list[Any], place: Place) -> None:
        top = self._stack[-1] if self._stack else None
        if top and isinstance(top.content, dict) and top.key is None:
            raise _fatal(
                place.line,
                place.column,
                "Här står en lista eller en grupp där ett fältnamn ska stå.",
                "Skriv ett fältnamn följt av kolon, till exempel ”name: …”. En text som börjar med { eller [ ska stå inom citattecken.",
            )
        path = self._value(content, place)
        self._stack.append(_Open(content, path))
        if len(self._stack) > MAX_DEPTH:
            raise _fatal(
                place.line,
                place.column,
                f"Filen har för många nivåer (fler än {MAX_DEPTH}).",
                "Kontrollera indragen: varje nivå dras in två mellanslag.",
            )

    def _value(self, value: Any, place: Place) -> Path:
        path: Path = ()
        if not self._stack:
            self.root = value
        else:
            top = self._stack[-1]
            if isinstance(top.content, list):
                path = (*top.path, len(top.content))
                top.content.append(value)
            elif top.key is None:  # an alias used as a key, already reported
                return top.path
            else:
                path = (*top.path, top.key)
                top.content.setdefault(top.key, value)
                top.key = None
        self.values.setdefault(path, place)
        if len(self.values) > MAX_VALUES:
            raise _fatal(
                place.line,
                place.column,
                f"Filen har för många uppgifter (fler än {MAX_VALUES}).",
                "Ett avtal har några hundra. Kontrollera att du valde rätt fil.",
            )
        return path

    def _add(self, place: Place, what: str, instead: str) -> None:
        if len(self.problems) < 50:
            path = self._stack[-1].path if self._stack else ()
            self.problems.append(Problem(place.line, place.column, dotted(path), what, instead))


def _resolve(event: yaml.ScalarEvent) -> Any:
    text: str = event.value
    if not event.implicit[0]:  # quoted or block text
        return text
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


_EXPLANATIONS = (
    (
        "mapping values are not allowed",
        "Här står ett kolon som inte går att tolka.",
        "Sätt hela texten inom citattecken om den innehåller kolon, eller kontrollera indraget på raden.",
    ),
    (
        "did not find expected key",
        "Raden passar inte in i det som står runt omkring.",
        "Kontrollera indraget (två mellanslag per nivå) och att citattecken är slutna.",
    ),
    (
        "could not find expected ':'",
        "Här saknas ett kolon efter fältnamnet.",
        "Skriv ”fältnamn: värde”.",
    ),
    (
        "expected ',' or",
        "En lista eller grupp som börjar med [ eller { är inte avslutad.",
        "Skriv ] eller } sist, och komma mellan delarna.",
    ),
    (
        "did not find expected '-'",
        "Raden passar inte in i listan.",
        "Låt varje del i listan börja med ”- ” på samma indrag.",
    ),
)


def _syntax_problem(error: yaml.YAMLError, text: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    context_mark = getattr(error, "context_mark", None)
    reason = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    if "quoted scalar" in context and context_mark is not None:
        return Problem(
            context_mark.line + 1,
            context_mark.column + 1,
            "",
            "Ett citattecken som börjar här avslutas aldrig.",
            "Sätt ett likadant citattecken där texten slutar.",
        )
    line = mark.line + 1 if mark else 1
    column = mark.column + 1 if mark else 1
    rows = text.split("\n")
    row = rows[line - 1] if line <= len(rows) else ""
    if "\t" in row[: len(row) - len(row.lstrip())] or row[column - 1 : column] == "\t":
        return Problem(
            line,
            row.index("\t") + 1,
            "",
            "Raden är indragen med tabb.",
            "Dra in med mellanslag, två per nivå.",
        )
    for sign, what, instead in _EXPLANATIONS:
        if sign in reason:
            return Problem(line, column, "", what, instead)
    if "cannot start any token" in reason:
        return Problem(
            line,
            column,
            "",
            f"Texten får inte börja med tecknet ”{row[column - 1 : column]}” utan citattecken.",
            "Sätt hela texten inom citattecken.",
        )
    return Problem(
        line,
        column,
        "",
        "Filen går inte att läsa som YAML här.",
        "Kontrollera indrag, kolon och citattecken på raden och på raden före.",
    )
