"""The data room in the browser: uploads as jobs, the wizard for the police's list, row errors, undo, access."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samsyn.base.files.models import StoredFile
from samsyn.base.jobs.models import Job
from samsyn.domains.registered.models import ImportProfile, PoliceEvent, RegisteredCrime

pytestmark = pytest.mark.django_db

EVENT = {
    "id": 7,
    "datetime": "2026-05-14 23:10:00 +02:00",
    "name": "14 maj 22.30, Brand, Luleå",
    "summary": "[Påhittad] Brand.",
    "url": "/x",
    "type": "Brand",
    "location": {"name": "Luleå", "gps": "65.58,22.15"},
}
LIST = (
    "Inskrivningsdatum;Näpo;Basområde;Gata;Brottskod;Antal;Brottsdag start;Brottsdag slut;"
    "Brottstid start;Brottstid slut\n"
    "10/3/26;Centrum;Norr;Storgatan 12 B;1201;1;10/1/26;10/2/26;2200;0600\n"
    "10/4/26;Centrum;Norr;Storgatan 9;9x9;1;10/1/26;10/2/26;2200;0600\n"
)


def upload(content, name="fil.json"):
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def send_events(client, *events, **more):
    return client.post(
        reverse("las_in", args=["polishandelser"]),
        {"file": upload(json.dumps(events)), **more},
        follow=True,
    )


@pytest.fixture
def run_now(django_capture_on_commit_callbacks):
    """Let the worker do its work at the end of the request."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_the_coordinator_reads_police_events_in(cast, run_now):
    with run_now():
        send_events(cast.samordnaren.client, EVENT)
    assert PoliceEvent.objects.get().police_id == 7
    job = Job.objects.get()
    page = cast.samordnaren.client.get(reverse("arbete", args=[job.pk])).content.decode()
    assert "nya" in page
    assert "Ångra inläsningen" in page


def test_she_undoes_it(cast, run_now):
    client = cast.samordnaren.client
    with run_now():
        send_events(client, EVENT)
    client.post(reverse("angra_arbete", args=[Job.objects.get().pk]))
    assert not PoliceEvent.objects.exists()


def test_a_file_of_another_kind_is_answered_with_what_to_do(cast, run_now):
    with run_now():
        answer = cast.samordnaren.client.post(
            reverse("las_in", args=["polishandelser"]), {"file": upload("{")}, follow=True
        )
    assert answer.status_code == 200
    page = cast.samordnaren.client.get(
        reverse("arbete", args=[Job.objects.get().pk])
    ).content.decode()
    assert "Rätta filen" in page
    assert not PoliceEvent.objects.exists()


@pytest.mark.clause("K05")
def test_the_wizard_shows_what_it_understood_and_stores_nothing(cast):
    page = cast.kommunpolisen.client.post(
        reverse("polisens_lista"),
        {"file": upload(LIST, "lista.csv"), "name": "manadslista", "step": "look"},
    ).content.decode()
    assert "Så här förstås filen" in page
    assert "Brottskod" in page
    assert "12 B" not in page
    assert not Job.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.clause("K05")
def test_the_wizard_reads_the_list_in_and_remembers_how(cast, town):
    client = cast.kommunpolisen.client
    answer = client.post(
        reverse("polisens_lista"),
        {"file": upload(LIST, "lista.csv"), "name": "manadslista", "step": "read"},
        follow=True,
    )
    page = answer.content.decode()
    assert RegisteredCrime.objects.get().category_key == "SKAD"
    assert "Rader med fel" in page
    assert ImportProfile.objects.get().police_area == town.police
    assert not StoredFile.objects.exists()

    job = Job.objects.get()
    rows = b"".join(client.get(reverse("radfel", args=[job.pk])).streaming_content).decode()
    assert rows.startswith("\ufeffrad;kolumn;värde;orsak")
    assert len(io.StringIO(rows).readlines()) == 2


@pytest.mark.parametrize("name", ["underlag", "polisens_lista"])
def test_readers_and_reporters_do_not_come_into_the_data_room(cast, name):
    for who in (cast.fritidsledaren, cast.fastighetsbolaget, cast.lasaren, cast.radsledamoten):
        assert who.client.get(reverse(name)).status_code == 404


def test_a_stranger_finds_no_job(cast, run_now):
    with run_now():
        send_events(cast.samordnaren.client, EVENT)
    job = Job.objects.get()
    for name in ("arbete", "radfel"):
        assert cast.framlingen.client.get(reverse(name, args=[job.pk])).status_code == 404
    for name in ("angra_arbete", "avbryt_arbete"):
        assert cast.framlingen.client.post(reverse(name, args=[job.pk])).status_code == 404
    assert PoliceEvent.objects.exists()


@pytest.mark.parametrize(
    "address", ["/underlag/", "/underlag/polishandelser/?vecka=2026-W20", "/underlag/bra/"]
)
def test_the_lists_take_as_many_questions_with_ten_rows_as_with_a_thousand(cast, town, address):
    client = cast.samordnaren.client
    fill(town, 10)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    fill(town, 1000)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) <= len(few) + 1  # the links to further pages ask for the number once


def fill(town, number):
    from samsyn.base import clock
    from samsyn.domains.registered.models import BraFigure

    start = PoliceEvent.objects.count()
    PoliceEvent.objects.bulk_create(
        PoliceEvent(
            police_id=start + n, event_at=clock.now(), published_at=clock.now(), type="Brand", title="Brand",
            location_name="Luleå", municipality_code="2580", content_hash="x", iso_year=2026, iso_week=20,
        )
        for n in range(number)
    )  # fmt: skip
    BraFigure.objects.bulk_create(
        BraFigure(municipality_code="2580", region="Luleå", offence=f"Brott {start + n}", period_kind="year", year=2025)
        for n in range(number)
    )  # fmt: skip
    Job.objects.bulk_create(
        Job(kind="import.bra", organisation=town.lulea, started_by_label="Samordnaren")
        for _ in range(number)
    )


def test_a_list_that_cannot_be_read_is_told_where_the_page_is_changed(cast):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = cast.samordnaren.client.post(
        "/underlag/polisens-lista/",
        {
            "file": SimpleUploadedFile("lista.xlsx", b"PK\x03\x04 trasig"),
            "name": "x",
            "step": "look",
        },
        headers={"HX-Request": "true"},
    )
    assert "Spara den som Excel" in answer.content.decode().split('id="trial"')[1]
