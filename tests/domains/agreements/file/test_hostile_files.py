"""No file makes the reader crash or dwell, and a broken one always says why."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.domains.agreements.file import check_agreement
from samsyn.domains.agreements.file.yaml_source import MAX_BYTES


def refused(content: str | bytes | Path, *, within: float = 1.0) -> str:
    """Check that the content is refused with a place and a way out; return what was said."""
    started = time.process_time()
    checked = check_agreement(content)
    assert time.process_time() - started < within
    assert checked.agreement is None
    assert checked.errors
    for problem in checked.errors:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.what.endswith((".", "?"))
    return "\n".join(str(problem) for problem in checked.errors)


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join(['*' + old] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

HOSTILE = {
    "empty": ("", "inget avtal"),
    "only a comment": ("# tomt\n", "inget avtal"),
    "a list": ("- ett\n- två\n", "inget avtal"),
    "a word": ("hej", "inget avtal"),
    "billion laughs": (LAUGHS, "alias"),
    "alias as key": ("a: &x b\n*x : c\n", "alias"),
    "merge key": ("a: &x {b: c}\nd:\n  <<: *x\n", "alias"),
    "deep lists": ("a: " + "[" * 5000, "nivåer"),
    "deep groups": ("{a: " * 3000, "nivåer"),
    "deep blocks": ("".join(" " * n + "a:\n" for n in range(400)), "nivåer"),
    "tab": ("validity:\n\tfrom: 2024\n", "tabb"),
    "unclosed double quote": ('title: "Överenskommelse\nid: x\n', "citattecken"),
    "unclosed single quote": ("title: 'Överenskommelse\nid: x\n", "citattecken"),
    "unclosed list": ("bodies: [a, b\nid: x\n", "]"),
    "python tag": ("a: !!python/object/apply:os.system ['echo hej']\n", "Taggen"),
    "set tag": ("a: !!set {x, y}\n", "Taggen"),
    "own tag": ("a: !x y\n", "Taggen"),
    "duplicate key": ("id: a\nid: b\n", "två gånger"),
    "list as key": ("? [a, b]\n: c\n", "fältnamn"),
    "two documents": ("id: a\n---\nid: b\n", "mer än ett dokument"),
    "nul": ("id: a\0b\n", "inte syns"),
    "escaped nul": ('id: "a\\0b"\n', "inte syns"),
    "bell": ("id: a\x07b\n", "inte syns"),
    "colon": ("title: Avtal: ett\n", "kolon"),
    "percent first": ("%a\n", ""),
    "at sign": ("title: @avtal\n", "citattecken"),
    "huge number": ("format: " + "9" * 5000 + "\n", ""),
    "many values": ("a:\n" + "- b\n" * 60_000, "för många uppgifter"),
    "many keys": ("".join(f"k{n}: v\n" for n in range(30_000)), ""),
    "one long line": ("title: " + "x" * 400_000, ""),
    "latin-1": ("title: Överenskommelse för Laxå\n".encode("latin-1"), "UTF-8"),
    "utf-16": ("title: Överenskommelse\n".encode("utf-16"), "UTF-8"),
    "zip": (b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(range(256)), "UTF-8"),
    "surrogate": ("id: a\ud800b\n", "inte syns"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_with_a_reason(name):
    content, reason = HOSTILE[name]
    assert reason in refused(content)


def test_fifty_megabytes_are_refused_without_being_read(tmp_path):
    path = tmp_path / "stor.yaml"
    with path.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    assert "för stor" in refused(path, within=0.5)
    assert "för stor" in refused("x" * (MAX_BYTES + 1), within=0.5)


def test_a_byte_order_mark_and_windows_line_ends_are_no_hindrance(small):
    assert check_agreement(b"\xef\xbb\xbf" + small.encode()).agreement is not None
    assert check_agreement(small.replace("\n", "\r\n")).agreement is not None


REPLACEMENTS = [
    ("format: 1", "format: ett"),
    ("kind: agreement", "kind: avtal"),
    ("kind: act", "kind: 7"),
    ("title: ", "title: [a, b] #"),
    ("- id: ", "- di: "),
    ("clauses:\n", "clauses: nej\n#"),
    ("  clause: ", "  klausul: "),
    ("  name: ", "  name: {a: b}\n  namn: "),
    ("rhythm: ongoing", "rhythm: ibland"),
    ("rhythm: ongoing", "rhythm: {per_year: 0}"),
    ("rhythm: yearly", "rhythm: {yearly_by: '13-45'}"),
    ("rhythm: {every_years: 2}", "rhythm: {every_years: -2}"),
    ("rhythm: ", "rhythm: [1, 2] #"),
    ("responsible: [", "responsible: [okand-funktion, "),
    ("evidence: [", "evidence: [hittepa, "),
    ("  party: ", "  party: 17 #"),
    ("party: kommunen", "party: kommunenn"),
    ("body: ", "body: okant-"),
    ("document: ", "document: okant-"),
    ("validity: {", "validity: {till: 2026, "),
    ("  date: ", "  date: sjätte maj #"),
    ("signatories:", "undertecknare:"),
    ("before: ", "before: inget-"),
    ("requires: ", "requires: inget-"),
    ("role: coordinator", "role: samordnare"),
    ("chair: ", "chair: okand-"),
    ("text: ", "text: 'en öppen "),
    ("\n- id: ", "\n-id: "),
    ("\n  source: ", "\n source: "),
]


def mutations(text: str, seed: int) -> Iterator[tuple[str, str]]:
    """Broken versions of a real file: planted mistakes first, then blind damage."""
    for before, after in REPLACEMENTS:
        if before in text:
            yield f"{before!r} → {after!r}", text.replace(before, after, 1)
    chance = random.Random(seed)
    lines = text.splitlines(keepends=True)
    for number in range(12):
        at = chance.randrange(5, len(lines) - 1)
        damaged = lines.copy()
        kind = number % 4
        if kind == 0:
            damaged[at] = "\t" + damaged[at]
        elif kind == 1:
            damaged[at] = damaged[at].replace(":", "", 1)
        elif kind == 2:
            damaged[at] = '"' + damaged[at]
        else:
            damaged[at] = " " + damaged[at].rstrip("\n") + " {\n"
        yield f"damage {number} on line {at + 1}", "".join(damaged)


def test_mutated_agreements_are_refused_or_still_whole(agreements, paths):
    tried = refusals = 0
    for seed, (name, path) in enumerate(paths.items()):
        text = path.read_text()
        for what, broken in mutations(text, seed):
            started = time.process_time()
            checked = check_agreement(broken)
            assert time.process_time() - started < 1, what
            tried += 1
            if checked.agreement is None:
                refusals += 1
                assert checked.errors, what
                assert all(p.line >= 1 and p.what and p.instead for p in checked.errors), what
            elif "→" in what:
                pytest.fail(f"{name}: {what} was accepted")
    assert tried >= 100
    assert refusals >= 80


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300))
def test_noise_never_crashes_the_reader(content):
    checked = check_agreement(content)
    assert checked.agreement is None
    assert checked.errors


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_real_file_cut_anywhere_never_crashes_the_reader(data, paths):
    text = paths["lag-2023-196"].read_text()
    start = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(1, 40))
    extra = data.draw(st.text(max_size=5))
    checked = check_agreement(text[:start] + extra + text[start + length :])
    assert checked.agreement is not None or checked.errors


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_any_value_in_any_place_gives_problems_and_no_crash(data, small_data):
    import copy
    import json

    broken = copy.deepcopy(small_data)
    node = broken
    while isinstance(node, (dict, list)) and node:
        key = data.draw(
            st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node)))
        )
        if not isinstance(node[key], (dict, list)) or data.draw(st.booleans()):
            node[key] = data.draw(values)
            break
        node = node[key]
    checked = check_agreement(json.dumps(broken))  # JSON is YAML
    assert checked.agreement is not None or checked.errors


@pytest.fixture(scope="session")
def small_data(paths):
    from samsyn.domains.agreements.file.yaml_source import read_yaml

    return read_yaml(paths["lag-2023-196"].read_bytes()).data
