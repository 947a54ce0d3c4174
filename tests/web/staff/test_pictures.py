"""The picture's pages: rows behind each sentence, edits that are never lost, documents, access, few questions."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.domains.reports.models import Report, ReportKind, Source
from samsyn.domains.situation.models import Picture, Sentence
from samsyn.domains.situation.selectors import shown_picture
from samsyn.domains.situation.services import draft_picture
from samsyn.web.staff.pictures.source_rows import group_of

pytestmark = pytest.mark.django_db

YEAR, WEEK = 2026, 20
WEDNESDAY = dt.datetime(2026, 5, 13, 18, tzinfo=clock.SWEDEN)


@pytest.fixture
def picture(town):
    """Seven reports in the week, three of them reported to the police, and one that says nothing happened."""
    for number in range(8):
        Report.objects.create(
            municipality=town.lulea, organisation=town.youth, source=Source.FORM, idempotency_key=uuid.uuid4(),
            kind=ReportKind.NOTHING if number == 7 else ReportKind.INCIDENT,
            category_key="NOLL" if number == 7 else "TRAF", place_text="" if number == 7 else "Badplatsen",
            starts_at=WEDNESDAY, ends_at=WEDNESDAY, iso_year=YEAR, iso_week=WEEK,
            reported_to_police=number < 3, received_at=WEDNESDAY,
        )  # fmt: skip
    return draft_picture(actor=SYSTEM, scope=town.lulea, iso_year=YEAR, iso_week=WEEK)


@pytest.mark.clause("C04")
def test_each_number_leads_to_as_many_rows(picture):
    told = {
        one.key: one for part in shown_picture(SYSTEM, picture).sections for one in part.sentences
    }
    assert told["to_police"].text == "Tre av dem uppges vara polisanmälda."
    totals = {
        key: group_of(SYSTEM, told[key].sources[0]).total
        for key in ("count", "to_police", "nothing")
        if key in told
    }
    assert totals["to_police"] == 3
    assert totals["nothing"] == 1
    assert 7 in {group_of(SYSTEM, source).total for one in told.values() for source in one.sources}


def test_the_rows_page_shows_only_what_the_viewer_may_see(picture, cast):
    address = reverse("bild_underlag", args=[picture.pk, "level", "to_police"])
    page = cast.samordnaren.client.get(address)
    assert page.content.decode().count("/rapporter/") >= 3
    assert cast.framlingen.client.get(address).status_code == 404


@pytest.mark.clause("C01")
def test_an_edit_is_kept_when_the_numbers_are_fetched_anew(picture, cast):
    client, sentence = cast.samordnaren.client, Sentence.objects.filter(section="level").first()
    client.post(
        reverse("mening", args=[sentence.pk, "andra"]),
        {"text": "Våra ord.", "version": sentence.version},
    )
    client.post(reverse("bild_siffror", args=[picture.pk]))
    sentence.refresh_from_db()
    assert sentence.text == "Våra ord."


def test_an_edit_of_an_old_page_is_not_saved_over_anothers_and_both_texts_are_shown(picture, cast):
    client, sentence = cast.samordnaren.client, Sentence.objects.filter(section="level").first()
    address = reverse("mening", args=[sentence.pk, "andra"])
    client.post(address, {"text": "Den första.", "version": sentence.version})
    page = client.post(address, {"text": "Den andra.", "version": sentence.version}, follow=True)
    sentence.refresh_from_db()
    assert sentence.text == "Den första."
    assert "Den andra." in page.content.decode()


@pytest.mark.clause("C05")
def test_a_personal_number_is_refused_with_what_to_do(picture, cast):
    sentence = Sentence.objects.filter(section="level").first()
    page = cast.samordnaren.client.post(
        reverse("mening", args=[sentence.pk, "andra"]),
        {"text": "Det var 19811218-9876.", "version": sentence.version},
        follow=True,
    )
    assert "9876" not in str(list(Sentence.objects.values("edited_text")))
    assert "personnummer" in page.content.decode()


@pytest.mark.parametrize(
    ("form", "begins"),
    [("pdf", b"%PDF-"), ("docx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("json", b"{")],
)
def test_it_leaves_in_four_forms(picture, cast, form, begins):
    answer = cast.samordnaren.client.get(reverse("bild_dokument", args=[picture.pk, form]))
    assert answer.content.startswith(begins)
    assert answer["Content-Disposition"].startswith("attachment")
    assert cast.samordnaren.client.get(f"/lagesbild/{picture.pk}/lagesbild.exe").status_code == 404


def test_a_week_opens_its_picture_and_one_that_does_not_exist_is_404(picture, cast):
    client = cast.samordnaren.client
    assert client.get("/lagesbild/vecka/2026-W20/").url == reverse("bild", args=[picture.pk])
    assert client.get("/lagesbild/vecka/2026-W21/").url == reverse("lagesbild")
    assert client.get("/lagesbild/vecka/2024-W53/").status_code == 404


def test_the_list_takes_as_many_questions_with_ten_pictures_as_with_a_thousand(town, cast):
    client = cast.samordnaren.client
    fill(town, 10, year=2020)
    client.get(reverse("lagesbild"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("lagesbild"))
    fill(town, 1000, year=1000)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("lagesbild"))
    assert len(many) <= len(few) + 1  # the links to further pages ask for the number once


def fill(town, number, *, year):
    Picture.objects.bulk_create(
        Picture(
            scope=town.lulea, iso_year=year + n, iso_week=1, starts_on=dt.date(2020, 1, 1), numbers_checksum="x",
            code_version="0", drafted_by_label="Systemet",
        )
        for n in range(number)
    )  # fmt: skip
