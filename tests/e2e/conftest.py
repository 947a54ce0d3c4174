"""A real browser against a real server: phone and desktop, axe on each page, screenshots when asked for.

`SAMSYN_SHOTS=1` writes screenshots to test-artifacts/.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ARTIFACTS = Path(__file__).resolve().parents[2] / "test-artifacts"
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
COMMON = {"locale": "sv-SE", "timezone_id": "Europe/Stockholm"}


def pytest_collection_modifyitems(items):
    for item in items:
        if "/e2e/" in str(item.path):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture
def server(live_server, settings):
    """The server with its address set everywhere, so that made links open it."""
    settings.BASE_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    return live_server


@pytest.fixture
def new_context(browser):
    """Make browser contexts; any error in a page's script or a blocked one by CSP fails the test."""
    contexts, errors = [], []

    def make(size, **more):
        context = browser.new_context(**COMMON, **size, **more)
        context.set_default_timeout(30_000)
        context.on("weberror", lambda one: errors.append(str(one.error)))
        context.on("console", lambda one: errors.append(one.text) if is_fault(one) else None)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert errors == []


def is_fault(message):
    """Tell whether a message of the console is a fault of the page; a cut network is not."""
    text = message.text
    return message.type == "error" and "Content Security Policy" in text


@pytest.fixture
def phone(new_context):
    """A page on a phone, 360 × 740."""
    return new_context(PHONE).new_page()


@pytest.fixture
def desktop(new_context):
    """A page on a laptop, 1440 × 900."""
    return new_context(DESKTOP).new_page()


@pytest.fixture
def plain_phone(new_context):
    """A phone whose browser runs no script."""
    return new_context(PHONE, java_script_enabled=False).new_page()


@pytest.fixture
def sign_in(server):
    """Sign a page in as one of the cast, second step done."""
    from django.conf import settings

    def signer(page, actor):
        cookie = actor.client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": server.url}]
        )
        return page

    return signer


@pytest.fixture
def axe():
    """Assert that axe finds nothing to complain of in the page (WCAG 2.0–2.2 A and AA, and best practice)."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page):
        violations = Axe().run(page).response["violations"]
        told = [
            f"{one['id']}: {one['help']} – {[node['html'][:160] for node in one['nodes'][:4]]}"
            for one in violations
        ]
        assert told == [], "\n".join(told)

    return check


@pytest.fixture
def shot():
    """Save a screenshot where they are wanted."""

    def take(page, name, *, full=False):
        if os.environ.get("SAMSYN_SHOTS"):
            ARTIFACTS.mkdir(exist_ok=True)
            # Hiding the caret would put a style in the page, which its policy rightly stops.
            page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=full, caret="initial")

    return take


@pytest.fixture
def link(cast, town, server):
    """The link on the caretaker's phone, and the places of Luleå."""
    from samsyn.base.geo.models import Place
    from samsyn.domains.reports.services import create_link

    for name in ("Badplatsen", "Björkskolan", "Busstationen", "Centrumtorget", "Gångtunneln"):
        Place.objects.create(municipality=town.lulea, name=name, longitude=22.15, latitude=65.58)
    made, token = create_link(
        actor=cast.samordnaren.viewer,
        municipality=town.lulea,
        organisation=town.youth,
        label="Vaktmästare",
    )
    made.address = f"{server.url}/r/{token}"
    return made
