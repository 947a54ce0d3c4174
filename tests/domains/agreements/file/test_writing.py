"""What is written can be read back, and the same agreement is always the same text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.domains.agreements.file import read_agreement, write_agreement
from samsyn.domains.agreements.file.schema import Agreement

SHIPPED_SCHEMA = "../docs/agreement.schema.json"


@pytest.mark.clause("C02")
def test_the_shipped_files_are_written_as_the_program_writes(agreements, paths):
    for name, agreement in agreements.items():
        written = write_agreement(agreement, schema=SHIPPED_SCHEMA)
        assert written == paths[name].read_text(), name
        assert read_agreement(written) == agreement


def test_defaults_are_left_out_and_ids_come_first(small):
    written = write_agreement(read_agreement(small))
    assert "at_need" not in written
    assert "- id: radet\n" in written
    assert "validity: {from: 2025, to: 2027}" in written


# Anything that a person can type into a form: YAML's own signs, numbers, other alphabets.
lines = (
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40)
    | st.sampled_from(
        ["no", "null", "~", "1381", "22:30", "2024-01-01", "- a", "a: b", "# x", "*a", "&a", "!b"]
    )
    | st.sampled_from(["{a", "[a", "'a", '"a', "%a", "@a", "`a", "a #b", "|", ">", "= ", "<<", "1_0"]).map(str.strip)
)  # fmt: skip
texts = st.lists(lines, min_size=1, max_size=6).map("\n".join) | lines


@settings(max_examples=150, deadline=None)
@given(title=lines, summary=texts, name=lines, duty=texts)
def test_any_text_comes_back_as_it_was(title, summary, name, duty):
    agreement = Agreement.model_validate_json(
        _as_json(title=title, summary=summary, name=name, duty=duty)
    )
    written = write_agreement(agreement)
    assert read_agreement(written) == agreement
    assert write_agreement(read_agreement(written)) == written


def _as_json(*, title: str, summary: str, name: str, duty: str) -> str:
    import json

    return json.dumps(
        {
            "format": 1,
            "id": "exempel",
            "title": title,
            "summary": summary,
            "validity": {"from": "2024-05", "to": 2026},
            "parties": [{"id": "kommunen", "kind": "municipality", "name": name}],
            "commitments": [
                {
                    "id": "en-sak",
                    "clause": "1",
                    "text": duty,
                    "subject": name,
                    "responsible": ["kommunen"],
                    "rhythm": {"weekly": {"pauses": ["summer"]}},
                    "evidence": ["note"],
                }
            ],
        }
    )
