"""The pages of the documents: who gets in, what is given out, and the folder for the registry."""

import csv
import datetime as dt
import hashlib
import io
import json
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samsyn.base import clock
from samsyn.domains.agreements.documents.rules import State
from samsyn.domains.agreements.documents.services import answers, versions
from samsyn.domains.agreements.models import (
    Agreement,
    Document,
    DocumentVersion,
    SetUp,
    Signature,
    SignatureLink,
)
from tests.domains.agreements import documents_story as story
from tests.domains.agreements.documents_story import decided_annex, load, pdf, signatory

laholm, november = story.laholm, story.november
where_approval_is_enough = story.where_approval_is_enough
LIST = "/avtal/laholm-2024/dokument/"


def words(answer):
    """The page as it reads, its hard spaces soft."""
    return answer.content.decode().replace("\xa0", " ")


def page_of(version):
    return f"{LIST}{version.document_id}/"


def upload(content=b"", name="bilaga.pdf"):
    return SimpleUploadedFile(name, content or pdf())


def link_for(people, version, ref, **more):
    return answers.make_link(
        actor=people.samordnaren.viewer, version=version, party=people.party[ref],
        function=signatory(people, ref), **more,
    )  # fmt: skip


@pytest.mark.clause("L04", "L12")
def test_the_coordinator_takes_an_annex_all_the_way_in_the_browser(laholm):
    client = laholm.samordnaren.client
    assert client.get(LIST).status_code == 200
    page = client.post(f"{LIST}bilaga/bilaga-2/").url
    assert "har ingen version än" in client.get(page).content.decode()
    client.post(f"{page}version/", {"file": upload(), "dated": "2026-10"})
    version = DocumentVersion.objects.get()
    step = f"/avtal/dokument/version/{version.pk}/steg/"
    assert client.post(f"{step}beslutad/", {"on": "2026-11-10", "by": "Rådet", "diary_number": "KS 1"}).status_code == 422  # fmt: skip
    assert client.post(f"{step}foredragen/", {"on": "2026-11-10", "to": "Rådet"}).status_code == 302
    assert client.post(f"{step}beslutad/", {"on": "2026-11-10", "by": "Rådet"}).status_code == 422
    client.post(f"{step}beslutad/", {"on": "2026-11-10", "by": "Rådet", "diary_number": "KS 1"})
    html = words(client.get(page))
    assert "gäller inte än" in html
    assert "oktober 2026" in html
    party = laholm.party["polisen"]
    given = {
        "who": f"{party.pk}:{signatory(laholm, 'polisen')}", "signed_on": "2026", "place": "Halmstad",
        "file": upload(pdf("signerad")),
    }  # fmt: skip
    client.post(f"/avtal/dokument/version/{version.pk}/svar/kopia/", given)
    assert "Dagen är inte känd." in client.get(page).content.decode()
    assert Signature.objects.get().doubts == ["imprecise"]


def test_a_bad_form_is_answered_in_words_beside_it(laholm):
    version = decided_annex(laholm)
    client, base = laholm.samordnaren.client, f"/avtal/dokument/version/{version.pk}/"
    party = laholm.party["polisen"]
    who = f"{party.pk}:{signatory(laholm, 'polisen')}"
    for path, data in (
        ("svar/kopia/", {}),
        ("svar/kopia/", {"who": "9999:x", "signed_on": "2026", "file": upload()}),
        ("svar/kopia/", {"who": who, "signed_on": "igår", "file": upload(pdf("s"))}),
        ("svar/kopia/", {"who": who, "signed_on": "2026", "file": upload(b"MZ")}),
        ("svar/e-underskrift/", {"who": who, "file": upload()}),
        ("svar/godkann/", {"who": who}),
        ("steg/foredragen/", {"on": "2026-11-10", "to": "Rådet"}),
        ("lank/", {"who": who, "days": "9999"}),
    ):
        answer = client.post(base + path, data)
        assert answer.status_code == 422, path
        assert "Traceback" not in answer.content.decode()
    assert not Signature.objects.exists()
    assert client.post(base + "svar/annat/", {}).status_code == 404
    assert client.get(base + "svar/kopia/").status_code == 405


def test_a_file_is_a_download_and_never_shown_inline(laholm):
    version = decided_annex(laholm)
    answer = laholm.lasaren.client.get(f"/avtal/dokument/version/{version.pk}/fil")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    assert hashlib.sha256(b"".join(answer.streaming_content)).hexdigest() == version.checksum


def test_strangers_get_the_same_answer_as_for_what_is_not_there(laholm):
    version = decided_annex(laholm)
    link, _secret = link_for(laholm, version, "polisen")
    paths = [
        LIST, page_of(version), f"{LIST}nytt/", f"{LIST}diariet.zip", f"{LIST}fornya/",
        f"/avtal/dokument/{version.document_id}/", f"/avtal/dokument/version/{version.pk}/fil",
    ]  # fmt: skip
    posts = [
        f"/avtal/dokument/version/{version.pk}/steg/dra-tillbaka/",
        f"/avtal/dokument/version/{version.pk}/svar/godkann/",
        f"/avtal/dokument/version/{version.pk}/lank/",
        f"/avtal/dokument/lank/{link.pk}/aterkalla/",
    ]
    for stranger in (laholm.framlingen, laholm.fastighetsbolaget):
        for path in paths:
            assert stranger.client.get(path).status_code == 404, path
        for path in posts:
            assert stranger.client.post(path, {"why": "x"}).status_code == 404, path
    for path in paths:
        assert "/konto/" in Client().get(path).url, "a resident is asked to sign in"
    for path in (f"{LIST}nytt/", f"{LIST}diariet.zip", f"{LIST}fornya/"):
        assert laholm.lasaren.client.get(path).status_code == 404
    assert laholm.lasaren.client.post(posts[0], {"why": "x"}).status_code == 403
    version.refresh_from_db()
    assert version.state == State.DECIDED


@pytest.mark.clause("L12")
def test_a_link_is_looked_at_many_times_and_used_once(where_approval_is_enough):
    people = where_approval_is_enough
    version = decided_annex(people)
    link, secret = link_for(people, version, "polisen")
    assert secret not in str(SignatureLink.objects.values().get())
    address, resident = f"/godkann/{secret}/", Client()
    for _look in range(3):
        page = resident.get(address)
        assert page.status_code == 200
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]
    file = resident.get(f"{address}fil")
    assert file["Content-Disposition"].startswith("attachment;")
    assert b"".join(file.streaming_content)
    assert resident.post(address, {"seen": "annat"}).status_code == 422
    assert not Signature.objects.exists()
    assert "godkänd av" in resident.post(address, {"seen": version.checksum}).content.decode()
    made = Signature.objects.get()
    assert (made.means, made.checksum, made.function) == ("link", version.checksum, link.function)
    for again in (resident.get(address), resident.post(address, {"seen": version.checksum}), resident.get(f"{address}fil")):  # fmt: skip
        assert again.status_code == 404
    assert Signature.objects.count() == 1


def test_a_link_that_is_old_revoked_or_guessed_opens_nothing(where_approval_is_enough, monkeypatch):
    people = where_approval_is_enough
    version = decided_annex(people)
    revoked, one = link_for(people, version, "polisen")
    _expired, two = link_for(people, version, "kommunen", days=1)
    people.samordnaren.client.post(f"/avtal/dokument/lank/{revoked.pk}/aterkalla/")
    later = story.NOW + dt.timedelta(days=1, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    told = set()
    for secret in (one, two, "x" * 43, "å", "%00"):
        answer = Client().get(f"/godkann/{secret}/")
        assert answer.status_code == 404
        told.add(re.sub(r"\s+", " ", answer.content.decode().split("<h1>")[1].split("</p>")[0]))
        assert Client().post(f"/godkann/{secret}/", {"seen": version.checksum}).status_code == 404
    assert len(told) == 1, "the answer does not tell which it was"
    assert not Signature.objects.exists()


def test_the_secret_of_a_link_is_in_no_log(where_approval_is_enough, caplog):
    people = where_approval_is_enough
    version = decided_annex(people)
    _link, secret = link_for(people, version, "polisen")
    Client(enforce_csrf_checks=True).post(f"/godkann/{secret}/", {"seen": version.checksum})
    Client().get(f"/godkann/{secret}x/")
    logged = " ".join(record.getMessage() for record in caplog.records)
    assert "/godkann/…" in logged
    assert secret not in logged


def test_the_link_is_shown_once_and_kept_by_no_cache(laholm):
    version = decided_annex(laholm)
    party = laholm.party["polisen"]
    data = {"who": f"{party.pk}:{signatory(laholm, 'polisen')}", "days": 7}
    answer = laholm.samordnaren.client.post(f"/avtal/dokument/version/{version.pk}/lank/", data)
    [address] = set(re.findall(r"/godkann/[\w-]{43}/", answer.content.decode()))
    assert "no-store" in answer["Cache-Control"]
    assert Client().get(address).status_code == 200
    assert address not in laholm.samordnaren.client.get(page_of(version)).content.decode()


def test_the_registry_gets_every_decided_document_with_its_metadata(laholm):
    version = decided_annex(laholm, diary_number="KS 2026/117")
    answers.record_copy(
        actor=laholm.samordnaren.viewer, version=version, party=laholm.party["polisen"], function="=Chef",
        signed_on="2026-11", place="Laholm", name="kopia.pdf", content=pdf("signerad"),
    )  # fmt: skip
    document = versions.open_document(
        actor=laholm.samordnaren.viewer,
        agreement=laholm.agreement,
        title="Utkast",
        kind="",
        required={},
    )
    versions.upload_version(
        actor=laholm.samordnaren.viewer, document=document, name="u.pdf", content=pdf("utkast")
    )

    def fetch():
        answer = laholm.arkivarien.client.get(f"{LIST}diariet.zip")
        assert answer["Content-Disposition"] == 'attachment; filename="laholm-2024-diariet.zip"'
        return b"".join(answer.streaming_content)

    content = fetch()
    assert fetch() == content, "the same content gives the same folder"
    folder = zipfile.ZipFile(io.BytesIO(content))
    [row] = json.loads(folder.read("metadata.json"))["handlingar"]
    assert (row["diarienummer"], row["beslutad"], row["filen oförändrad"]) == (
        "KS 2026/117", "2026-11-10", True,
    )  # fmt: skip
    assert hashlib.sha256(folder.read(row["fil"])).hexdigest() == version.checksum
    assert folder.read(row["svar"][0]["fil"]) == pdf("signerad")
    table = folder.read("metadata.csv").decode("utf-8-sig")
    [line] = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    assert line["diarienummer"] == "KS 2026/117"
    assert all(".." not in name and not name.startswith("/") for name in folder.namelist())


@pytest.mark.clause("L05", "K28")
def test_the_next_agreement_begins_as_a_copy_of_this_one(laholm):
    client = laholm.samordnaren.client
    assert "Börja på nästa avtal" in client.get(LIST).content.decode()
    html = client.get(f"{LIST}fornya/").content.decode()
    assert 'value="laholm-2027"' in html
    assert 'value="2029-12-31"' in html
    data = {"code": "laholm-2027", "first": "2027-03-01", "last": "2029-12-31"}
    asked = words(client.post(f"{LIST}fornya/", data))
    assert "1 januari 2027 till 28 februari 2027" in asked
    assert not SetUp.objects.exists()
    data["first"] = "2027-01-01"
    assert client.post(f"{LIST}fornya/", data).status_code == 302
    made = load(SetUp.objects.get().text)
    assert (made.code, made.title) == (
        "laholm-2027", "Samverkansöverenskommelse 2027–2029, Laholm",
    )  # fmt: skip
    assert (made.starts_on, made.ends_on) == (dt.date(2027, 1, 1), dt.date(2029, 12, 31))
    assert made.signed_on == ""
    assert "relation: replaces" in made.current_version.text
    assert made.commitments.count() == laholm.agreement.commitments.count()
    assert "inget nytt avtal tar vid" not in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("code", "begins"),
    [
        ("hallsberg-2024", dt.date(2027, 1, 1)),
        ("lomma-2023", dt.date(2028, 1, 1)),
        ("lulea-2020", dt.date(2026, 12, 1)),
    ],
)
def test_each_of_the_agreements_can_be_renewed(november, code, begins):
    from samsyn.domains.agreements.contents import read_text
    from samsyn.domains.agreements.documents.renewal import next_file, suggested
    from samsyn.domains.agreements.file import check_agreement, shipped_agreements, write_agreement

    agreement = load(shipped_agreements()[code].read_text(encoding="utf-8"))
    name, first, last = suggested(agreement)
    file = next_file(read_text(agreement.current_version.text), code=name, first=first, last=last)
    checked = check_agreement(write_agreement(file))
    assert checked.errors == ()
    assert first == begins


@pytest.mark.clause("L13", "H14")
def test_who_signed_the_agreement_is_told_with_its_doubts(laholm):
    html = words(laholm.lasaren.client.get(LIST))
    assert "12 januari 2023" in html
    assert "ett halvår eller mer" in html


def test_the_list_asks_the_database_as_often_for_ten_as_for_a_thousand(laholm):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    version, client = decided_annex(laholm), laholm.lasaren.client

    def questions(many):
        rows = [
            Document(agreement=laholm.agreement, title=f"Dokument {n}", required={"polisen": 1})
            for n in range(many)
        ]
        Document.objects.bulk_create(rows)
        DocumentVersion.objects.bulk_create(
            DocumentVersion(
                document=row, number=1, stage="decided", source="upload", file=version.file,
                checksum="a" * 64, presented_on=dt.date(2026, 1, 1), diary_number="KS",
                required={"polisen": 1},
            )
            for row in rows
        )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            assert client.get(LIST).status_code == 200
        return len(asked)

    client.get(LIST)
    few = questions(10)
    assert questions(990) == few <= 30


@pytest.mark.clause("L12")
def test_idag_says_what_waits_for_whom(where_approval_is_enough):
    from samsyn.base.today import cards_for

    people = where_approval_is_enough
    decided_annex(people)
    texts = [one.text for one in cards_for(people.polischefen.viewer, people.town)]
    assert any("väntar på ditt godkännande" in text for text in texts)
    texts = [one.text for one in cards_for(people.samordnaren.viewer, people.town)]
    assert any("Bilaga 2 gäller inte än" in text for text in texts)
    assert Agreement.objects.filter(code="laholm-2024").exists()


def test_the_search_box_finds_a_document_by_its_diary_number(laholm):
    from samsyn.domains.agreements.documents.today import find_documents

    decided_annex(laholm, diary_number="KS 2026/117")
    [hit] = find_documents(laholm.lasaren.viewer, "2026/117", 5)
    assert (hit.title, hit.text) == ("Bilaga 2", "Medborgarlöfte 2024")
    assert find_documents(laholm.framlingen.viewer, "2026/117", 5) == []


@pytest.mark.clause("K28")
def test_in_the_stated_year_idag_says_that_it_is_time(november, monkeypatch):
    from samsyn.domains.agreements.documents.today import renewal_card
    from samsyn.domains.agreements.file import shipped_agreements

    lomma = load(shipped_agreements()["lomma-2023"].read_text(encoding="utf-8"))
    assert renewal_card(lomma) == [], "2026 is too early"
    lomma.ends_on = dt.date(2028, 12, 31)
    for year, cards in ((2027, 1), (2028, 0)):
        at = dt.datetime(year, 2, 1, 9, tzinfo=clock.SWEDEN)
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        assert len(renewal_card(lomma)) == cards, "from the year's beginning another card warns"
