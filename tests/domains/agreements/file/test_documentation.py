"""The examples in the documentation are right."""

from __future__ import annotations

import re
from pathlib import Path

from samsyn.domains.agreements.file import check_agreement
from samsyn.domains.agreements.file.draft.rhythm_words import find_rhythm
from samsyn.domains.agreements.file.yaml_source import read_yaml
from samsyn.rhythm import parse_rhythm

PAGE = (Path(__file__).parents[4] / "docs" / "agreement-file.md").read_text()


def test_the_small_file_passes_without_a_word():
    (example,) = re.findall(r"<!-- example: small -->\n```yaml\n(.*?)```", PAGE, re.S)
    checked = check_agreement(example)
    assert checked.agreement is not None
    assert checked.warnings == ()


def test_every_rhythm_in_the_table_is_one_and_is_read_from_its_words():
    table = PAGE.partition("<!-- example: rhythms -->")[2].partition("\n\n`hardness`")[0]
    rows = re.findall(r"^\| (.+?) \| `(.+?)` \|$", table, re.M)
    assert len(rows) == 13
    for words, form in rows:
        rhythm = parse_rhythm(read_yaml(form).data)
        found = find_rhythm(words)
        assert found is not None, words
        assert {**_data(parse_rhythm(found.data)), "first": None} == {
            **_data(rhythm),
            "first": None,
        }


def _data(rhythm) -> dict:
    data = rhythm.to_data()
    return data if isinstance(data, dict) else {"word": data}


def test_the_measured_figures_stand_in_the_page():
    assert re.search(r"\| Commitments \| \d+ \| \d+ % \| \d+ % \| \d+ \|", PAGE)
