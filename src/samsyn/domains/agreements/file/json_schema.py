"""The file format as JSON Schema, so that editors complete, explain and check while one writes."""

from __future__ import annotations

import json
from typing import Any

from samsyn.domains.agreements.file.schema import Agreement

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def agreement_json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the agreement file, with Swedish descriptions.

    It is as strict as the reader on names, types and values; what hangs together across sections
    (unknown bodies, circles, dates) is for ``check_agreement``.
    """
    schema = Agreement.model_json_schema(by_alias=True, mode="validation")
    definitions = schema.pop("$defs")
    for definition in definitions.values():
        definition.pop("description", None)  # the models' docstrings are for developers
        _tidy(definition)
    _tidy(schema)
    return {
        "$schema": _DIALECT,
        "title": "Samsyn: samverkansöverenskommelse",
        **{key: value for key, value in schema.items() if key != "title"},
        "$defs": definitions,
    }


def json_schema_text() -> str:
    """The text of ``docs/agreement.schema.json``."""
    return json.dumps(agreement_json_schema(), ensure_ascii=False, indent=2) + "\n"


def _tidy(node: Any) -> None:
    """Drop generated titles and the null arm of optional fields: an empty line is better left out."""
    if isinstance(node, list):
        for part in node:
            _tidy(part)
        return
    if not isinstance(node, dict):
        return
    if isinstance(node.get("title"), str):
        del node["title"]
    if node.get("default", 0) is None or node.get("default", 0) == []:
        del node["default"]
    arms = node.get("anyOf")
    if isinstance(arms, list) and {"type": "null"} in arms:
        rest = [arm for arm in arms if arm != {"type": "null"}]
        del node["anyOf"]
        if len(rest) == 1:
            inner = dict(rest[0])
            inner.pop("description", None) if "description" in node else None
            node.update({key: value for key, value in inner.items() if key not in node})
        else:
            node["anyOf"] = rest
    for key, value in node.items():
        if key == "properties":
            for part in value.values():
                _tidy(part)
        elif key not in ("enum", "default", "examples"):
            _tidy(value)
