"""The published JSON Schema is current and agrees with the reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from samsyn.domains.agreements.file import agreement_json_schema, check_agreement, json_schema_text
from samsyn.domains.agreements.file.words import WORDS
from samsyn.domains.agreements.file.yaml_source import read_yaml

PUBLISHED = Path(__file__).parents[4] / "docs" / "agreement.schema.json"


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = agreement_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_published_schema_is_current():
    assert PUBLISHED.read_text() == json_schema_text(), (
        "docs/agreement.schema.json is old: write json_schema_text() to it"
    )


def test_the_shipped_files_pass_the_schema(validator, paths):
    for path in paths.values():
        assert list(validator.iter_errors(read_yaml(path.read_bytes()).data)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("role: strategic_council", "role: council"),
        ("title: Exempel", "titel: Exempel"),
        ("per_year: 4", "per_year: four"),
        ("rhythm: {per_year: 4}", "rhythm: ofta"),
        ("id: radet\n", "id: Rådet\n"),
        ("evidence: [meeting_minuted]", "evidence: []"),
        ("format: 1", "format: 2"),
        ("from: 2025", "from: våren"),
    ],
)
def test_schema_and_reader_refuse_the_same(validator, small, before, after):
    broken = small.replace(before, after)
    assert broken != small
    assert list(validator.iter_errors(read_yaml(broken).data))
    assert check_agreement(broken).errors


def test_every_field_is_explained_in_the_editor():
    schema = agreement_json_schema()
    for name, definition in {"": schema, **schema["$defs"]}.items():
        for field, part in definition["properties"].items():
            assert part.get("description"), f"{name}.{field}"


def test_every_code_word_has_a_swedish_word():
    spoken = {word for words in WORDS.values() for word in words}
    text = json.dumps([_enums(agreement_json_schema())])
    used = {word for word in json.loads(text)[0] if isinstance(word, str)}
    of_rhythm = set(_enums(agreement_json_schema()["$defs"]["Commitment"]["properties"]["rhythm"]))
    assert used - spoken - of_rhythm == set()


def _enums(node: Any) -> list[Any]:
    if isinstance(node, dict):
        own = list(node.get("enum", [])) if isinstance(node.get("enum"), list) else []
        return own + [word for part in node.values() for word in _enums(part)]
    if isinstance(node, list):
        return [word for part in node for word in _enums(part)]
    return []
