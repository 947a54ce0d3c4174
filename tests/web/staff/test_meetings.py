"""The room of meetings: who opens what, what works without script, and the number of queries."""

# ruff: noqa: F811 - fixtures are brought by name from the council's story

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.domains.meetings.conftest import (  # noqa: F401
    called,
    come,
    council,
    question,
    seat_of,
    set_clock,
)
from tests.domains.meetings.test_plan_by_rhythm import lomma  # noqa: F401


@pytest.fixture
def client(council):
    return council.cast.samordnaren.client


def page_of(client, name, *keys, **query):
    response = client.get(reverse(name, args=keys), query)
    return response.status_code, response.content.decode()


def test_the_room_lists_what_comes_and_what_waits_for_me(client, called, council):
    status, html = page_of(client, "moten")
    assert status == 200
    assert "Strategiska rådet" in html
    assert "Torsdag 12\u00a0mars 2026" in html
    assert "7 bidrag av 7 saknas" in html

    status, html = page_of(council.cast.polischefen.client, "moten")
    assert "Väntar på ditt besked" in html
    assert "Lägg in extra möte" not in html


def test_strangers_get_404_everywhere(called, question, council):
    keys = {"beslut": question.pk, "arende": question.item_id}
    for actor in (council.cast.framlingen, council.cast.frivardaren):
        for name in (
            "mote",
            "mote_protokoll",
            "mote_dagordning",
            "mote_visa",
            "mote_andra",
            "beslut",
            "arende",
        ):
            status, _html = page_of(actor.client, name, keys.get(name, called.pk))
            assert status == 404, name


def test_a_member_reads_papers_gives_her_contribution_and_her_partys_word(
    called, question, council, seat_of
):
    client = council.cast.frivardschefen.client
    status, html = page_of(client, "mote", called.pk)
    assert status == 200
    assert "Vad säger Kriminalvården?" in html
    assert "Skicka kallelsen" not in html

    client.post(
        reverse("mote_bidrag", args=[called.pk]),
        {
            "contribution": called.contributions.get(seat=seat_of("kriminalvarden")).pk,
            "text": "Lugnt.",
        },
    )
    assert called.contributions.get(seat=seat_of("kriminalvarden")).text == "Lugnt."

    said = {
        "party": council.party["kriminalvarden"].pk,
        "said": "objects",
        "reason": "Saknar kostnad",
    }
    response = client.post(reverse("beslut_besked", args=[question.pk]), said, follow=True)
    question.refresh_from_db()
    assert question.outcome == "blocked"
    assert "Beslutet är stoppat" in response.content.decode()


def test_minutes_save_by_themselves_and_without_script(called, client):
    item = called.items.get(title="Uppföljning")
    address = reverse("arende_anteckning", args=[item.pk])
    saved = client.post(
        address, {"notes": "Planen följs.", "version": 1}, headers={"HX-Request": "true"}
    )
    assert "Sparat 09.00" in saved.content.decode()
    assert 'name="version" value="2"' in saved.content.decode()
    stale = client.post(address, {"notes": "Annat", "version": 1}, headers={"HX-Request": "true"})
    assert "Någon annan hann skriva här" in stale.content.decode()
    assert "Spara min text i stället" in stale.content.decode()
    plain = client.post(address, {"notes": "Planen följs noga.", "version": 2})
    assert plain["Location"].endswith(f"#arende-{item.pk}")
    item.refresh_from_db()
    assert item.notes == "Planen följs noga."


def test_the_paper_of_an_item_opens_for_members_only(called, client, council, settings, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from samsyn.domains.meetings.models import Paper

    settings.MEDIA_ROOT = tmp_path
    item = called.items.get(title="Uppföljning")
    upload = SimpleUploadedFile("underlag.pdf", b"%PDF-1.7 test", "application/pdf")
    client.post(
        reverse("arende", args=[item.pk]),
        {"action": "paper", "file": upload, "paper_title": "Underlag"},
    )
    paper = Paper.objects.get(item=item, title="Underlag")

    member = council.cast.polischefen.client.get(reverse("moteshandling", args=[paper.pk]))
    assert b"".join(member.streaming_content) == b"%PDF-1.7 test"
    assert member["Content-Disposition"].startswith("attachment")
    for actor in (council.cast.framlingen, council.cast.utomstaende):
        assert actor.client.get(reverse("moteshandling", args=[paper.pk])).status_code == 404
    bad = SimpleUploadedFile("skript.exe", b"MZ", "application/octet-stream")
    answer = client.post(
        reverse("arende", args=[item.pk]), {"action": "paper", "file": bad}, follow=True
    )
    assert "inte ett dokument" in answer.content.decode()


@pytest.mark.clause("L06")
@pytest.mark.parametrize("what", ["kallelse", "protokoll"])
def test_summons_and_minutes_as_word_and_pdf_say_the_same(called, client, question, what):
    import docx
    import pikepdf

    word = client.get(reverse("mote_dokument", args=[called.pk, what, "docx"]))
    document = docx.Document(io.BytesIO(word.content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Strategiska rådet" in text
    assert "gångtunneln" in text
    pdf = client.get(reverse("mote_dokument", args=[called.pk, what, "pdf"]))
    with pikepdf.open(io.BytesIO(pdf.content)) as read:
        assert read.Root.MarkInfo.Marked
        assert str(read.Root.Lang).startswith("sv")


def test_every_page_of_the_room_opens(called, client, council):
    for name in (
        "moten",
        "moten_planera",
        "moten_brev",
        "uppdrag_lista",
        "behov_lista",
        "behov_nytt",
        "grupper",
    ):
        assert page_of(client, name)[0] == 200, name
    for name in ("mote", "mote_andra", "mote_dagordning", "mote_protokoll", "mote_visa"):
        assert page_of(client, name, called.pk)[0] == 200, name
    for part in ("protokoll", "genomforda"):
        assert page_of(client, "moten", visa=part)[0] == 200
    assert page_of(client, "mote_visa_punkt", called.pk, 2)[0] == 200
    assert page_of(client, "arende", called.items.first().pk)[0] == 200


def test_one_field_and_one_press_for_an_extra_meeting(client, council):
    answer = client.post(
        reverse("moten_extra"),
        {"body": council.operative.pk, "occasion": "Anlagda bränder i natt"},
        follow=True,
    )
    html = answer.content.decode()
    assert "extra möte" in html
    assert "Anlagda bränder i natt" in html


def test_idag_and_the_search_box_know_of_meetings(called, council):
    from samsyn.base.search import find
    from samsyn.base.today import cards_for

    keys = {card.key for card in cards_for(council.cast.polischefen.viewer, council.municipality)}
    assert {"meetings.decisions", "meetings.next"} <= keys
    hits = find(council.cast.polischefen.viewer, "gångtunneln")["meetings"].hits
    assert {hit.kind for hit in hits} == {"Ärende", "Beslut"}
    assert "meetings" not in find(council.cast.framlingen.viewer, "gångtunneln")


def many_meetings(council, count):
    from samsyn.domains.meetings.models import Meeting

    start = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
    Meeting.objects.bulk_create(
        Meeting(
            body=council.council,
            municipality=council.municipality,
            starts_at=start + dt.timedelta(hours=n),
        )
        for n in range(count)
    )


def many_assignments(council, count):
    from samsyn.domains.meetings.models import Assignment

    Assignment.objects.bulk_create(
        Assignment(
            municipality=council.municipality, giver=council.council, receiver_body=council.operative,
            title=f"Uppdrag {n}", due_on=dt.date(2026, 3, 1),
        )
        for n in range(count)
    )  # fmt: skip


def many_needs(council, count):
    from samsyn.domains.meetings.models import Need

    Need.objects.bulk_create(
        Need(
            municipality=council.municipality,
            body=council.operative,
            title=f"Behov {n}",
            text="Mörkt",
        )
        for n in range(count)
    )


@pytest.mark.parametrize(
    ("name", "fill"),
    [("moten", many_meetings), ("uppdrag_lista", many_assignments), ("behov_lista", many_needs)],
)
def test_lists_ask_the_same_number_of_questions_for_10_and_1000(name, fill, council):
    client = council.cast.samordnaren.client
    counts = []
    for rows in (10, 990):
        fill(council, rows)
        page_of(client, name)
        with CaptureQueriesContext(connection) as asked:
            assert page_of(client, name)[0] == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_meeting_page_asks_the_same_for_few_and_many_items(called, client, council):
    from samsyn.domains.meetings.models import AgendaItem

    counts = []
    for rows in (2, 40):
        AgendaItem.objects.bulk_create(
            AgendaItem(meeting=called, order=100 + n, kind="information", title=f"Punkt {n}")
            for n in range(rows)
        )
        with CaptureQueriesContext(connection) as asked:
            assert page_of(client, "mote", called.pk)[0] == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.clause("K08")
def test_a_weekly_meeting_is_agenda_notes_and_actions_and_nothing_more(lomma):
    from samsyn.domains.agreements.models import Evidence
    from samsyn.domains.meetings.models import Meeting
    from samsyn.domains.meetings.services.planning import plan_meeting

    client = lomma.actor.client
    meeting = plan_meeting(
        actor=lomma.actor.viewer, body=lomma.bodies["veckolagesbild"], day=dt.date(2026, 2, 2)
    )
    html = page_of(client, "mote_protokoll", meeting.pk)[1]
    assert "Ställ ett förslag" not in html
    assert "Spara närvaron" not in html
    client.post(reverse("mote_anteckningar", args=[meeting.pk]), {"notes": "Lugnt vid badplatsen."})
    function = lomma.agreement.functions.get(ref="kommunpolis")
    item = meeting.items.get()
    client.post(
        reverse("arende_uppdrag", args=[item.pk]),
        {"title": "Besök skolgården", "to": f"funktion:{function.pk}"},
    )
    answer = client.post(reverse("mote", args=[meeting.pk]), {"action": "end"}, follow=True)

    assert "Lämna till justering" not in answer.content.decode()
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert (meeting.state, meeting.notes) == ("held", "Lugnt vid badplatsen.")
    assert item.assignments.get().receiver == function
    assert (
        Evidence.objects.filter(
            commitment__ref__in=("veckolagesbild", "unga-i-veckolagesbilden")
        ).count()
        == 2
    )
    assert page_of(client, "mote_protokoll", meeting.pk)[0] == 200


@pytest.mark.clause("K18")
def test_of_sspf_the_page_takes_a_day_and_nothing_else(lomma):
    from samsyn.domains.meetings.models import Meeting

    client = lomma.actor.client
    client.post(reverse("moten_hallet"), {"body": lomma.bodies["sspf"].pk, "day": "2026-01-30"})
    meeting = Meeting.objects.get(body=lomma.bodies["sspf"])
    html = page_of(client, "mote", meeting.pk)[1]
    assert "noteras bara att mötet har hållits" in html
    for name in ("mote_protokoll", "mote_dagordning", "mote_visa"):
        assert page_of(client, name, meeting.pk)[0] == 404
