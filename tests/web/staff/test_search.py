"""The search box: what was found by kind, and that there is more where not all is shown."""

import uuid

import pytest

from samsyn.base.search import HITS_PER_SOURCE
from samsyn.domains.reports.models import Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def mopeds(town, evening):
    def make(count):
        Report.objects.bulk_create(
            Report(
                municipality=town.lulea, organisation=town.youth, kind="incident", category_key="TRAF",
                place_text="Skateparken", starts_at=evening, ends_at=evening, iso_year=2026, iso_week=20,
                source="link", idempotency_key=uuid.uuid4(),
            )
            for _ in range(count)
        )  # fmt: skip

    return make


def text_of(client):
    return " ".join(client.get("/sok/?q=skateparken").content.decode().split())


def test_all_hits_are_counted_where_all_are_shown(cast, mopeds):
    mopeds(3)
    page = text_of(cast.samordnaren.client)
    assert "3 träffar" in page
    assert "Fler än" not in page


def test_where_there_are_more_it_says_so_and_not_a_false_number(cast, mopeds):
    mopeds(HITS_PER_SOURCE + 5)
    page = text_of(cast.samordnaren.client)
    assert f"Fler än {HITS_PER_SOURCE} träffar. Skriv fler ord för att hitta rätt." in page
    assert f"De första {HITS_PER_SOURCE} visas." in page
    assert page.count('class="line-title"') == HITS_PER_SOURCE


def test_nobody_finds_what_she_may_not_see(cast, mopeds):
    mopeds(3)
    assert "Inget hittades" in text_of(cast.framlingen.client)


def test_the_browser_finds_an_icon_also_beside_a_file(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer.url.endswith(".png")
