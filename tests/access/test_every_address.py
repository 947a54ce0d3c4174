"""Every address × every one of the cast. An address without a line in the matrix fails; so does a door too wide."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.access.arguments import BODIES, arguments_of
from tests.access.world import build

pytestmark = pytest.mark.django_db

MATRIX = Path(__file__).parent / "matrix.json"
# allauth's own pages are tested by allauth; ours around them by tests/web/test_sign_in.py.


def walk(patterns, prefix="", space=""):
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from walk(one.url_patterns, prefix + str(one.pattern), inner)
        elif not prefix.startswith("konto/"):
            yield f"{space}{one.name}", prefix + str(one.pattern)


ADDRESSES = dict(walk(get_resolver().url_patterns))


def matrix():
    return json.loads(MATRIX.read_text())


def outcome(answer):
    """Say what the door did: open, closed, sign-in, or only-post."""
    if answer.status_code in {403, 404}:
        return "closed"
    if answer.status_code == 405:
        return "only-post"
    if answer.status_code == 302 and answer.url.startswith(reverse("account_login")):
        return "sign-in"
    return "open"


def try_all(world, cast):
    """Try every address as everybody, by GET and where that is not enough by POST."""
    people = {"nobody": Client()} | {name: actor.client for name, actor in vars(cast).items()}
    seen = {}
    for name in ADDRESSES:
        address = reverse(name, args=arguments_of(name, world))
        line = {who: outcome(client.get(address)) for who, client in people.items()}
        if "only-post" in line.values():
            body = BODIES[name](world) if name in BODIES else {}
            line = {who: f"post {undone_post(one, address, body)}" for who, one in people.items()}
        seen[name] = compact(line)
    return seen


def undone_post(client, address, body):
    """Say what the door did to a POST. What it changed is taken back before the next one tries."""
    with transaction.atomic():
        found = outcome(client.post(address, body))
        transaction.set_rollback(True)
    return found


def compact(line):
    """Turn who → outcome into outcome → who, which is easier to read."""
    turned = {}
    for who, what in line.items():
        turned.setdefault(what, []).append(who)
    return {what: sorted(who) for what, who in sorted(turned.items())}


@pytest.fixture
def world(town, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return build(town, cast)


def test_every_address_has_a_line():
    assert set(ADDRESSES) == set(matrix())


@pytest.mark.clause("C05")
def test_every_door_opens_for_those_in_the_matrix_and_no_others(world, cast):
    seen = try_all(world, cast)
    if os.environ.get("SAMSYN_WRITE_MATRIX"):
        MATRIX.write_text(json.dumps(seen, indent=1, ensure_ascii=False) + "\n")
    expected = matrix()
    different = {
        name: {"matrix": expected.get(name), "now": line}
        for name, line in seen.items()
        if expected.get(name) != line
    }
    assert different == {}


@pytest.mark.clause("C05", "K01")
def test_no_thing_of_lulea_is_opened_by_a_stranger():
    """Holds over the matrix itself, so that a new line cannot let the stranger in by mistake."""
    from tests.access.arguments import TAKES_A_THING

    for name in TAKES_A_THING:
        line = matrix()[name]
        opened = {*line.get("open", []), *line.get("post open", [])}
        assert "framlingen" not in opened, name
        assert "nobody" not in opened, name
