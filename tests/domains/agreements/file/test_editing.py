"""A file's text is changed where something changes, and nowhere else."""

from __future__ import annotations

import copy
import random

import pytest

from samsyn.domains.agreements.file.editing import change_text
from samsyn.domains.agreements.file.yaml_source import read_yaml

TEXT = """\
# Vårt avtal, skrivet för hand.
format: 1
id: exempel-2025   # ändra aldrig
title: Exempel

parties:
# Kommunen står först.
- {id: kommunen, kind: municipality, name: Exempels kommun}
- id: polisen
  kind: police_area
  name: Lokalpolisområde Exempel   # hela namnet

# Åtaganden i den ordning avtalet har dem.
commitments:
- id: radet-mots
  clause: '2'
  text: >-
    Rådet möts
    fyra gånger.
  rhythm: {per_year: 4}

- id: bilden
  clause: '3'
  text: En lägesbild.   # varje år
  rhythm: yearly
"""


def changed(change):
    data = copy.deepcopy(read_yaml(TEXT).data)
    change(data)
    text = change_text(TEXT, data)
    assert read_yaml(text).data == data
    return text


def lines_that_differ(text):
    before, after = TEXT.splitlines(), text.splitlines()
    return [one for one in before if one not in after], [one for one in after if one not in before]


def test_nothing_new_changes_not_a_sign():
    assert change_text(TEXT, read_yaml(TEXT).data) == TEXT


def test_a_value_is_changed_in_its_place_and_the_comment_behind_it_stays():
    text = changed(lambda data: data["parties"][1].update(name="Lokalpolisområde Norr"))
    gone, new = lines_that_differ(text)
    assert gone == ["  name: Lokalpolisområde Exempel   # hela namnet"]
    assert new == ["  name: Lokalpolisområde Norr   # hela namnet"]


def test_a_field_is_added_below_the_one_it_follows():
    text = changed(lambda data: data["commitments"][1].update(hardness="should"))
    assert text == TEXT + "  hardness: should\n"


def test_a_field_is_taken_away_with_its_line():
    gone, new = lines_that_differ(changed(lambda data: data["commitments"][0].pop("text")))
    assert gone == ["  text: >-", "    Rådet möts", "    fyra gånger."]
    assert new == []


def test_a_part_that_is_moved_takes_its_comment_with_it():
    text = changed(lambda data: data["parties"].reverse())
    assert text.index("- id: polisen") < text.index("# Kommunen står först.")
    assert "# Kommunen står först.\n- {id: kommunen" in text
    assert lines_that_differ(text) == ([], [])


def test_a_new_part_stands_apart_as_the_others_do():
    text = changed(lambda data: data["commitments"].append({"id": "ny", "clause": "4"}))
    assert text.endswith("  rhythm: yearly\n\n- {id: ny, clause: '4'}\n")


def test_a_section_comes_where_the_schema_has_it():
    text = changed(lambda data: data.update(validity={"from": 2025}))
    assert "title: Exempel\nvalidity: {from: 2025}\n\nparties:" in text


def test_an_empty_file_is_written_from_the_start():
    assert change_text("", {"title": "Prov", "format": 1}).endswith("format: 1\ntitle: Prov\n")


def paths(data, here=()):
    if here:
        yield here
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()  # fmt: skip
    for key, value in parts:
        yield from paths(value, (*here, key))


def disturb(data, chance):
    """Set, remove, add or move something anywhere."""
    path = chance.choice(list(paths(data)))
    holder = data
    for step in path[:-1]:
        holder = holder[step]
    key, deed = path[-1], chance.choice(["set", "remove", "add", "move"])
    if deed == "set":
        holder[key] = chance.choice(["kolon: och # tecken", "lång " * 60, 7, True, ["a", {"b": 1}]])
    elif deed == "remove":
        del holder[key]
    elif isinstance(holder, list) and deed == "add":
        holder.insert(
            key, {"id": f"ny-{chance.random()}", "lista": ["x"], "djup": {"y": [{"z": 1}]}}
        )
    elif isinstance(holder, list):
        holder.append(holder.pop(key))
    else:
        holder["nytt"] = chance.choice(["ord", {"a": {"b": ["c" * 200]}}])


@pytest.mark.parametrize("seed", range(30))
def test_whatever_is_changed_the_text_says_it_and_keeps_its_other_lines(paths_of_the_four, seed):
    chance = random.Random(seed)
    for text in paths_of_the_four:
        data = read_yaml(text).data
        new = copy.deepcopy(data)
        disturb(new, chance)
        written = change_text(text, new)
        assert read_yaml(written).data == new
        # The first line is a comment that a file written anew would have too; those below it not.
        kept = sum(line in set(written.splitlines()) for line in text.splitlines())
        assert kept > len(text.splitlines()) * 0.3


@pytest.fixture(scope="session")
def paths_of_the_four(paths):
    return [path.read_text(encoding="utf-8") for path in paths.values()]
