"""An agreement as YAML that people read: stable order, short things on one line, nothing empty."""

from __future__ import annotations

from typing import Any

import yaml
from pydantic import BaseModel

from samsyn.domains.agreements.file.schema import Agreement, PartialDate
from samsyn.domains.agreements.file.schema.base import Strict

_WIDTH = 100
_ROOM = 90
_MAX_KEYS = 4
_MAX_PARTS = 12
_MAP, _SEQ = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"
_ALWAYS = {"kind"}


def write_agreement(agreement: Agreement, *, schema: str = "agreement.schema.json") -> str:
    """The YAML text of ``agreement``: ``read_agreement(write_agreement(a)) == a``.

    ``schema`` is where the file's JSON Schema lies, seen from the file, for editors.

    Fields with their default value are left out, and ids come first. The same agreement always
    gives the same text, so that a change shows as a small difference between two files.
    """
    return write_data(_plain(agreement), schema=schema)


def write_data(data: dict[str, Any], *, schema: str = "agreement.schema.json") -> str:
    """The YAML text of a file's data, also of one that does not pass the check yet."""
    sections = [section_text(key, value) for key, value in data.items()]
    text = f"# yaml-language-server: $schema={schema}\n"
    for position, section in enumerate(sections):
        spaced = position and ("\n" in section.strip() or "\n" in sections[position - 1].strip())
        text += ("\n" if spaced else "") + section
    return text


def entry_text(key: str | None, value: Any) -> str:
    """The YAML of one field, or of one part of a list where ``key`` is None."""
    return _text(_Parts([value])) if key is None else _text(_Section({key: value}))


def _plain(node: Strict) -> dict[str, Any]:
    """Fields that are not at their default, by the file's names, id first."""
    data: dict[str, Any] = {}
    for name, info in type(node).model_fields.items():
        value = getattr(node, name)
        if value == info.get_default(call_default_factory=True) and name not in _ALWAYS:
            continue
        data[info.alias or name] = plain_value(value)
    if "id" in data and not isinstance(node, Agreement):
        data = {"id": data.pop("id"), **data}
    return data


def plain_value(value: Any) -> Any:
    if isinstance(value, Strict):
        return _plain(value)
    if isinstance(value, BaseModel):
        raise TypeError(f"not a part of the file: {value!r}")
    if isinstance(value, tuple):
        return [plain_value(part) for part in value]
    if isinstance(value, PartialDate):
        return int(value) if value.precision == "year" else str(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if hasattr(value, "to_data"):
        return value.to_data()
    return value


class _Section(dict[str, Any]):
    """The top level, which is always written as a block."""


class _Parts(list[Any]):
    """A list that is always written with each part on lines of its own."""


class _Dumper(yaml.SafeDumper):
    """Short groups on one line. Dates unquoted: the reader keeps them as text."""

    yaml_implicit_resolvers = {
        first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
        for first, pairs in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_group(self, group: dict[str, Any]) -> yaml.Node:
        flow = not isinstance(group, _Section) and _fits(list(group.values()), _MAX_KEYS)
        return self.represent_mapping(_MAP, group.items(), flow_style=flow)

    def represent_parts(self, parts: list[Any]) -> yaml.Node:
        grouped = isinstance(parts, _Parts) or any(isinstance(part, dict) for part in parts)
        flow = not grouped and _fits(parts, _MAX_PARTS)
        return self.represent_sequence(_SEQ, parts, flow_style=flow)


_Dumper.add_representer(dict, _Dumper.represent_group)
_Dumper.add_representer(_Section, _Dumper.represent_group)
_Dumper.add_representer(list, _Dumper.represent_parts)
_Dumper.add_representer(_Parts, _Dumper.represent_parts)


def _fits(parts: list[Any], most: int) -> bool:
    """True for what goes on one line: few and short parts, none of them a list of groups."""
    nested = any(
        isinstance(part, list) and any(isinstance(inner, dict) for inner in part) for part in parts
    )
    return not nested and len(parts) <= most and len(str(parts)) <= _ROOM


def section_text(key: str, value: Any) -> str:
    """One top-level field, with air between the groups of a list."""
    if not isinstance(value, list) or not any(isinstance(part, dict) for part in value):
        return _text(_Section({key: value}))
    text = f"{key}:\n"
    roomy = False
    for position, part in enumerate(value):
        item = _text(_Parts([part]))
        long = item.count("\n") > 1
        text += ("\n" if position and (long or roomy) else "") + item
        roomy = long
    return text


def _text(value: Any) -> str:
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
