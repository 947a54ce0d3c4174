"""An agreement has expired and nothing has taken over: Idag says so, the pages say so, the way on is one click."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.base.today import cards_for
from samsyn.domains.agreements.documents.renewal import suggested
from samsyn.domains.agreements.documents.services import versions
from tests.domains.agreements import documents_story as story

laholm, november = story.laholm, story.november


@pytest.fixture
def at(monkeypatch):
    def move(day):
        moment = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(9), clock.SWEDEN)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return move


def lapsed(person, town):
    return [
        card for card in cards_for(person.viewer, town) if card.key.startswith("agreements.lapsed")
    ]


@pytest.mark.clause("L05", "U14")
def test_idag_tells_the_coordinator_when_no_agreement_is_in_force(laholm, at):
    assert lapsed(laholm.samordnaren, laholm.town) == [], "in force until the year's last day"

    at("2027-01-01")

    [card] = lapsed(laholm.samordnaren, laholm.town)
    assert "31\xa0december 2026" in card.text
    assert card.link.key == "laholm-2024"
    assert lapsed(laholm.lasaren, laholm.town) == [], "she can't begin the next one"


@pytest.mark.clause("L05")
def test_idag_is_quiet_when_the_next_agreement_has_taken_over(laholm, at):
    text = story.laholm_text(code="laholm-2027")
    story.load(text.replace("2024-01-01, to: 2026-12-31", "2027-01-01, to: 2029-12-31"))

    at("2027-01-01")

    assert lapsed(laholm.samordnaren, laholm.town) == []


@pytest.mark.clause("L05")
def test_the_list_of_agreements_offers_to_begin_from_the_expired_one(laholm, at):
    at("2027-02-15")

    page = laholm.samordnaren.client.get(reverse("avtal")).content.decode()

    assert reverse("avtal_fornya", args=["laholm-2024"]) in page


@pytest.mark.clause("L12", "U14")
def test_an_annex_ended_with_its_agreement(laholm, at):
    document = versions.open_annex(actor=SYSTEM, agreement=laholm.agreement, annex="bilaga-1")
    first = versions.upload_version(
        actor=SYSTEM, document=document, name="b.pdf", content=story.pdf()
    )
    versions.accept_with_agreement(actor=SYSTEM, version=first, diary_number="KS 2024/1")
    address = reverse("dokument_lista", args=["laholm-2024"])
    assert "Giltig" in laholm.samordnaren.client.get(address).content.decode()

    at("2027-02-15")

    page = laholm.samordnaren.client.get(address).content.decode().replace("\xa0", " ")
    assert "gällde till och med 31 december 2026. Då gick avtalet ut." in page
    assert "Giltig" not in page


@pytest.mark.clause("L05")
def test_a_next_agreement_long_after_begins_next_month_and_the_gap_is_told(laholm, at):
    at("2026-12-15")
    assert suggested(laholm.agreement)[1:] == (dt.date(2027, 1, 1), dt.date(2029, 12, 31))

    at("2028-03-10")

    assert suggested(laholm.agreement)[:2] == ("laholm-2028", dt.date(2028, 4, 1))


@pytest.mark.clause("L13", "U15")
def test_a_doubtful_date_is_written_as_people_write_dates(laholm):
    page = laholm.samordnaren.client.get(reverse("avtal")).content.decode()

    assert "12\xa0januari 2023" in page
    assert "2023-01-12" not in page
