"""Who to call now, for those who work with the agreement: never an empty page, also without an agreement (K22)."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db
PAGE = "/avtal/kontakt/"


@pytest.mark.clause("K22")
def test_the_page_tells_who_to_call_before_any_agreement_is_started(cast):
    page = cast.samordnaren.client.get(PAGE, {"tid": "2026-11-21T23:00"}).content.decode()

    assert 'href="tel:112"' in page
    assert 'href="tel:11414"' in page
    assert "Sociala jouren" in page


@pytest.mark.clause("K22")
def test_an_hour_that_is_no_hour_is_now(cast):
    assert cast.samordnaren.client.get(PAGE, {"tid": "i natt"}).status_code == 200
