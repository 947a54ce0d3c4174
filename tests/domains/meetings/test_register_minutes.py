"""Approved minutes get their diary number and go to the registry together with the annexes."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile

import pytest
from django.urls import reverse

pytestmark = pytest.mark.clause("L06", "L13")


@pytest.fixture
def approved(called, come, council, set_clock):
    """The council's meeting with frozen minutes."""
    from samsyn.domains.meetings.services.minutes import (
        approve_minutes,
        choose_people,
        end_meeting,
        hand_to_adjuster,
    )

    set_clock(dt.datetime(2026, 3, 12, 11))
    actor, cast = council.cast.samordnaren.viewer, council.cast
    come(called, "ledningsgruppen", "polischefen", "kriminalvarden")
    choose_people(
        actor=actor, meeting=called, secretary=cast.samordnaren.user, chair=cast.ledningen.user,
        adjuster=cast.polischefen.user,
    )  # fmt: skip
    end_meeting(actor=actor, meeting=called)
    meeting = hand_to_adjuster(actor=actor, meeting=called)
    for each in (cast.ledningen, cast.polischefen):
        meeting = approve_minutes(actor=each.viewer, meeting=meeting)
    return meeting


def fetch(actor, council, language="sv"):
    from django.conf import settings

    client = actor.client
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(reverse("dokument_mapp", args=[council.agreement.code]))
    return b"".join(answer.streaming_content)


def test_minutes_are_registered_when_they_are_approved_and_not_before(called, council):
    from samsyn.base.errors import UserError
    from samsyn.domains.meetings.services.registering import register_minutes

    with pytest.raises(UserError, match="inte justerat"):
        register_minutes(
            actor=council.cast.samordnaren.viewer, meeting=called, diary_number="KS 2026/88"
        )


def test_the_records_officer_registers_and_the_number_stands_beside_what_is_frozen(
    approved, council
):
    before = (approved.checksum, approved.frozen)
    client = council.cast.arkivarien.client
    page = client.get(reverse("mote", args=[approved.pk])).content.decode()
    assert "Protokollets diarienummer" in page

    address = reverse("mote_diarium", args=[approved.pk])
    page = client.post(address, {"diary_number": "KS 2026/88"}, follow=True).content.decode()
    assert "KS 2026/88" in page
    approved.refresh_from_db()
    assert (approved.checksum, approved.frozen) == before
    for actor in (council.cast.utomstaende, council.cast.polischefen):
        actor.client.post(address, {"diary_number": "Annat"})
    assert council.cast.framlingen.client.post(address, {"diary_number": "X"}).status_code == 404
    approved.refresh_from_db()
    assert approved.diary_number == "KS 2026/88"

    from samsyn.base.search import find

    (hit,) = find(council.cast.arkivarien.viewer, "KS 2026/88")["meetings"].hits
    assert hit.kind == "Möte"
    assert "meetings" not in find(council.cast.framlingen.viewer, "KS 2026/88")


def test_word_and_pdf_of_the_minutes_carry_the_number_and_say_what_they_are(approved, council):
    import docx
    import pikepdf

    from samsyn.domains.meetings.services.registering import register_minutes

    actor = council.cast.samordnaren
    register_minutes(actor=actor.viewer, meeting=approved, diary_number="KS 2026/88")

    def made(what, form):
        return actor.client.get(reverse("mote_dokument", args=[approved.pk, what, form])).content

    word = docx.Document(io.BytesIO(made("protokoll", "docx")))
    assert "KS 2026/88" in "\n".join(one.text for one in word.paragraphs)
    assert word.core_properties.keywords == "protokoll"
    footer = word.sections[0].footer.paragraphs[0].text
    assert footer.startswith("Justerat protokoll")
    with pikepdf.open(io.BytesIO(made("protokoll", "pdf"))) as read:
        assert "lägesbild" not in str(read.docinfo.get("/Keywords"))
        assert "protokoll" in str(read.docinfo.get("/Keywords"))
    summons = docx.Document(io.BytesIO(made("kallelse", "docx")))
    assert summons.core_properties.keywords == "kallelse"


def test_the_folder_for_the_registry_holds_the_minutes_told_like_the_annexes(approved, council):
    from samsyn.domains.meetings.services.registering import register_minutes

    assert (
        json.loads(unzip(fetch(council.cast.arkivarien, council))["metadata.json"])["handlingar"]
        == []
    )
    register_minutes(
        actor=council.cast.samordnaren.viewer, meeting=approved, diary_number="KS 2026/88"
    )
    content = fetch(council.cast.arkivarien, council)
    assert fetch(council.cast.arkivarien, council) == content, "the same content, the same folder"
    files = unzip(content)
    [row] = json.loads(files["metadata.json"])["handlingar"]
    assert (row["diarienummer"], row["slag"], row["beslutad"], row["filen oförändrad"]) == (
        "KS 2026/88", "protokoll", "2026-03-12", True,
    )  # fmt: skip
    assert hashlib.sha256(files[row["fil"]]).hexdigest() == approved.checksum == row["sha256"]
    assert files[row["att läsa"]].startswith(b"%PDF")
    assert {one["funktion"] for one in row["svar"]} == {"Ordförande", "Justerare"}
    told = json.dumps(row, ensure_ascii=False)
    assert "Polischefen" not in told, "by function, never by name"
    [line] = csv.DictReader(io.StringIO(files["metadata.csv"].decode("utf-8-sig")), delimiter=";")
    assert line["diarienummer"] == "KS 2026/88"


def test_who_reads_english_gets_english_columns(approved, council):
    from django.utils import translation

    from samsyn.web.staff.documents.folder import columns

    with translation.override("sv"):
        swedish = columns()
    with translation.override("en"):
        english = columns()
    assert swedish[0] == "diarienummer"
    assert len(english) == len(swedish)


def test_a_member_without_that_task_gets_no_folder(approved, council):
    for actor in (council.cast.polischefen, council.cast.framlingen, council.cast.utomstaende):
        address = reverse("dokument_mapp", args=[council.agreement.code])
        assert actor.client.get(address).status_code == 404


def test_minutes_and_the_status_may_be_bound_as_versions_of_a_document(
    approved, council, settings, tmp_path
):
    from samsyn.domains.agreements.documents.services.versions import attach_live, open_document
    from samsyn.domains.agreements.documents.slots import live_versions

    settings.MEDIA_ROOT = tmp_path
    actor = council.cast.samordnaren.viewer
    document = open_document(
        actor=actor, agreement=council.agreement, title="Redovisning", kind="other", required={}
    )
    offered = {one.link.kind: one for one in live_versions(actor, council.agreement, ["other"])}
    assert set(offered) == {"meeting", "agreement_status"}
    version = attach_live(actor=actor, document=document, live=offered["meeting"])
    assert version.live_title == "Protokoll: Strategiska rådet, 12\u00a0mars 2026"
    assert version.file.path.read_bytes().startswith(b"%PDF")
    name, _type, content = offered["agreement_status"].content()
    assert name == "laget-laholm-2024-2026-03-12.pdf"
    assert content.startswith(b"%PDF")

    outside = council.cast.framlingen.viewer
    assert "meeting" not in {
        one.link.kind for one in live_versions(outside, council.agreement, ["other"])
    }
    assert not [
        one for one in live_versions(actor, council.agreement, ["situation_picture"])
        if one.link.kind == "meeting"
    ]  # fmt: skip


def unzip(content):
    folder = zipfile.ZipFile(io.BytesIO(content))
    return {name: folder.read(name) for name in folder.namelist()}
