"""Working with agreements in the browser: evidence, exports, calendars, setting up, starting."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samsyn.base.access import SYSTEM
from samsyn.domains.agreements.file import shipped_agreements
from samsyn.domains.agreements.models import Agreement, CalendarFeed, Evidence, Holder, SetUp
from samsyn.domains.agreements.services.loading import load_agreement
from samsyn.domains.agreements.services.running import start_agreement
from tests.web.staff.form_boxes import boxes_of


@pytest.fixture
def lomma(cast):
    text = shipped_agreements()["lomma-2023"].read_text(encoding="utf-8")
    agreement = load_agreement(actor=SYSTEM, text=text).agreement
    start_agreement(actor=SYSTEM, agreement=agreement, in_use_from=dt.date(2025, 1, 1))
    return agreement


@pytest.fixture
def browser(cast):
    """The coordinator of Lomma, who is the stranger in the other tests."""
    return cast.framlingen.client


def add_rows(agreement, number):
    one = agreement.commitments.get(ref="veckolagesbild")
    Evidence.objects.bulk_create(
        Evidence(
            commitment=one,
            kind="meeting_held",
            occurred_on=dt.date(2025, 1, 8) + dt.timedelta(days=n % 600),
            note="Möte.",
        )
        for n in range(number)
    )


@pytest.mark.parametrize(
    "page",
    ["avtal_laget", "avtal_arshjul", "avtal_sida", "avtal", "organ", "lagmatare"],
)
def test_a_page_asks_the_same_number_of_questions_with_ten_rows_and_a_thousand(
    lomma, browser, page
):
    address = reverse(page, args=[lomma.code] if page.startswith("avtal_") else [])
    browser.get(address)
    add_rows(lomma, 10)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert browser.get(address).status_code == 200
    add_rows(lomma, 1000)
    with CaptureQueriesContext(connection) as many:
        assert browser.get(address).status_code == 200

    assert len(many) == len(few)


@pytest.mark.clause("C03")
def test_evidence_with_a_file_is_added_and_taken_out_as_a_download(lomma, browser):
    one = lomma.commitments.get(ref="andts-samverkan")
    answer = browser.post(
        reverse("nytt_underlag", args=[one.pk]),
        {
            "kind": "note",
            "on": "2026-03-04",
            "note": "Mötet om ANDT-S hölls.",
            "file": SimpleUploadedFile("protokoll.html", b"<script>alert(1)</script>", "text/html"),
        },
    )
    assert answer.status_code == 302

    row = one.evidence.get()
    given = browser.get(reverse("underlag_fil", args=[row.pk]))
    assert given["Content-Disposition"].startswith("attachment")
    assert given["Content-Type"] == "application/octet-stream"


def test_evidence_that_cannot_be_right_is_said_at_the_form_and_not_kept(lomma, browser):
    one = lomma.commitments.get(ref="andts-samverkan")
    page = browser.post(
        reverse("nytt_underlag", args=[one.pk]), {"kind": "note", "on": "2019-01-01", "note": "Hej"}
    )

    assert "utanför avtalets tid" in page.content.decode()
    assert not one.evidence.exists()


@pytest.mark.clause("H02")
def test_the_export_says_the_same_as_the_page(lomma, browser):
    address = reverse("avtal_laget", args=[lomma.code]) + "?dag=2026-11-20"
    page = browser.get(address)
    word = browser.get(
        reverse("avtal_laget_dokument", args=[lomma.code, "docx"]) + "?dag=2026-11-20"
    )
    pdf = browser.get(reverse("avtal_laget_dokument", args=[lomma.code, "pdf"]) + "?dag=2026-11-20")

    text = zipfile.ZipFile(io.BytesIO(word.content)).read("word/document.xml").decode()
    for each in page.context["clauses"][:5]:
        assert each["lines"][0]["status"].state.why in text
    assert page.context["lead"] in text
    assert pdf.content.startswith(b"%PDF")


def test_an_unknown_form_of_document_does_not_exist(lomma, browser):
    assert browser.get(reverse("avtal_laget_dokument", args=[lomma.code, "exe"])).status_code == 404


def make_feed(browser, what):
    page = browser.post(reverse("kalendrar"), {"vad": what})
    return page.context["made"].split("://", 1)[1].split("/", 1)[1]


@pytest.mark.clause("C02")
def test_a_calendar_address_works_without_account_until_it_is_revoked(lomma, browser):
    from icalendar import Calendar

    address = "/" + make_feed(browser, f"avtal:{lomma.code}")
    anyone = Client()
    fetched = anyone.get(address)

    events = list(Calendar.from_ical(fetched.content).walk("VEVENT"))
    assert fetched["Content-Type"].startswith("text/calendar")
    assert len(events) > 100
    again = list(Calendar.from_ical(anyone.get(address).content).walk("VEVENT"))
    assert [str(one["uid"]) for one in events] == [str(one["uid"]) for one in again]

    feed = CalendarFeed.objects.get()
    assert feed.secret_hash not in address
    browser.post(reverse("kalender_aterkalla", args=[feed.pk]))
    assert anyone.get(address).status_code == 404


def test_a_calendar_follows_what_its_owner_may_see(cast, lomma, browser):
    from icalendar import Calendar

    address = "/" + make_feed(browser, f"avtal:{lomma.code}")
    cast.framlingen.user.memberships.update(until=dt.date(2020, 1, 1))

    events = list(Calendar.from_ical(Client().get(address).content).walk("VEVENT"))
    assert events == []


@pytest.mark.clause("L06")
def test_ones_own_calendar_holds_what_one_answers_for(cast, lomma, browser):
    from icalendar import Calendar

    Holder.objects.create(
        function=lomma.functions.get(ref="sakerhetschef"),
        user=cast.framlingen.user,
        since=dt.date(2025, 1, 1),
    )
    address = "/" + make_feed(browser, "jag")

    found = {
        str(event["uid"]).split("-2025")[0]
        for event in Calendar.from_ical(Client().get(address).content).walk("VEVENT")
    }
    assert any("veckolagesbild" in uid for uid in found)
    assert not any("polisanmalningar" in uid for uid in found)


def test_a_calendar_of_what_one_may_not_see_cannot_be_made(cast, lomma):
    answer = cast.samordnaren.client.post(reverse("kalendrar"), {"vad": f"avtal:{lomma.code}"})

    assert answer.status_code == 404
    assert not CalendarFeed.objects.exists()


FORM = {
    "title": "Samverkansöverenskommelse 2026–2028, Lomma",
    "code": "lomma-2026",
    "starts": "2026-01-01",
    "ends": "2028-12-31",
    "signed": "2025-12-10",
    "part-TOTAL_FORMS": "2",
    "part-INITIAL_FORMS": "2",
    "part-0-kind": "municipality",
    "part-0-name": "Lomma kommun",
    "part-0-code": "1262",
    "part-1-kind": "police_area",
    "part-1-name": "Lokalpolisområde Kävlinge",
}
FUNCTION = {"name": "Säkerhetschef", "party": "kommunen", "role": "security_chief"}
BODY = {"name": "Trygghetsrådet", "role": "strategic_council", "clause": "§ 4"}
SEAT = {"party": "kommunen", "any_of": ["sakerhetschef", "", ""]}
COMMITMENT = {
    "clause": "§ 5",
    "text": "Parterna tar varje år fram en gemensam lägesbild.",
    "subject": "Den årliga lägesbilden",
    "responsible": ["sakerhetschef", ""],
    "rhythm__form": "yearly_by",
    "rhythm__by": "12-31",
    "evidence": ["picture_finished"],
}


def fill_in(browser, made, address, boxes):
    """Fill in one page of the form as it stands now."""
    url = reverse("upplaggning_del", args=[made.pk, address])
    sett = browser.get(url).context["stamp"]
    return browser.post(url, boxes | {"sett": sett}, follow=True).content.decode()


@pytest.mark.clause("C02")
def test_an_agreement_is_set_up_from_the_form_checked_by_eye_and_started(cast, browser):
    browser.post(reverse("avtal_formular"), FORM)
    made = SetUp.objects.get()
    fill_in(browser, made, "functions/ny", FUNCTION)
    fill_in(browser, made, "bodies/ny", BODY)
    fill_in(browser, made, "bodies/1/seats/ny", SEAT)
    fill_in(browser, made, "commitments/ny", COMMITMENT)
    assert not Agreement.objects.filter(code="lomma-2026").exists()

    granskad = browser.get(reverse("upplaggning_granska", args=[made.pk])).content.decode()
    assert "Granska innan du läser in" in granskad
    drawn = browser.post(reverse("upplaggning_granska", args=[made.pk]), follow=True)
    assert "Starta avtalet" in drawn.content.decode()
    browser.post(reverse("avtal_starta", args=["lomma-2026"]), {"in_use_from": "2026-01-01"})

    agreement = Agreement.objects.get(code="lomma-2026")
    assert agreement.is_started
    council = agreement.bodies.get(name="Trygghetsrådet")
    assert council.seats.count() == 1
    picture = agreement.commitments.get(subject="Den årliga lägesbilden")
    assert [who["name"] for who in picture.responsible] == ["Säkerhetschef"]


@pytest.mark.clause("C02")
def test_that_a_body_meets_is_begun_from_the_body(cast, browser):
    browser.post(reverse("avtal_formular"), FORM)
    made = SetUp.objects.get()
    fill_in(browser, made, "bodies/ny", BODY)
    page = browser.get(reverse("upplaggning_del", args=[made.pk, "bodies/1"]))

    begun = browser.get(page.context["meets"])
    assert begun.context["form"].initial["subject"] == "Trygghetsrådets möte"
    assert begun.context["form"].initial["body"] == "trygghetsradet"


def test_a_responsible_that_is_nowhere_is_shown_where_it_is_chosen(cast, browser):
    browser.post(reverse("avtal_formular"), FORM)
    made = SetUp.objects.get()
    page = fill_in(browser, made, "commitments/ny", COMMITMENT | {"responsible": ["borgmastaren"]})

    assert "borgmastaren" in page
    assert "finns inte i filen" in page
    assert "kolumn" in page
    made.refresh_from_db()
    assert "borgmastaren" in made.text


@pytest.mark.clause("C02")
def test_the_text_is_kept_with_its_faults_and_each_is_said_with_what_to_write(cast, browser):
    made = SetUp.objects.create(municipality=cast.framlingen.organisation, name="Prov")
    page = browser.post(
        reverse("upplaggning", args=[made.pk]), {"text": "format: 1\nid: lomma-2030\nkind: avtal\n"}
    ).content.decode()

    made.refresh_from_db()
    assert made.text.startswith("format: 1")
    assert "fel att rätta" in page
    assert "kolumn" in page


@pytest.mark.clause("C02")
def test_the_prose_of_an_agreement_becomes_proposals_to_confirm_one_by_one(cast, browser, shared):
    prose = (shared / "seeds" / "lomma-2023-2027.txt").read_bytes()
    browser.post(
        reverse("avtal_nytt"), {"file": SimpleUploadedFile("avtal.txt", prose, "text/plain")}
    )
    set_up = SetUp.objects.get()
    page = browser.get(reverse("upplaggning_forslag", args=[set_up.pk])).content.decode()
    assert set_up.proposals
    assert "Kävlinge" in page

    answers = {f"svar-{number}": "ja" for number in range(len(set_up.proposals))}
    answers["svar-0"] = "nej"
    browser.post(reverse("upplaggning_forslag", args=[set_up.pk]), answers | {"skriv": "1"})

    set_up.refresh_from_db()
    assert set_up.proposals[0]["accepted"] is False
    assert set_up.proposals[1]["accepted"] is True
    assert "parties:" in set_up.text


@pytest.fixture
def read(browser, shared):
    """Lomma's agreement read from its prose."""
    prose = (shared / "seeds" / "lomma-2023-2027.txt").read_bytes()
    browser.post(
        reverse("avtal_nytt"), {"file": SimpleUploadedFile("avtal.txt", prose, "text/plain")}
    )
    return SetUp.objects.get()


@pytest.mark.clause("C02")
def test_nothing_that_was_read_is_answered_beforehand_or_written_unconfirmed(read, browser):
    address = reverse("upplaggning_forslag", args=[read.pk])
    page = browser.get(address).content.decode()
    assert " checked" not in page
    assert "av 100" in page

    parties = [n for n, row in enumerate(read.proposals) if row["path"].startswith("parties.")]
    browser.post(address, {f"svar-{n}": "ja" for n in parties} | {"skriv": "1"})

    read.refresh_from_db()
    assert "Lomma kommun" in read.text
    assert "commitments:" not in read.text
    assert "bodies:" not in read.text


@pytest.mark.clause("C02")
def test_a_proposal_that_is_nearly_right_is_changed_in_a_box_of_its_kind(read, browser):
    number, row = next(
        (n, one) for n, one in enumerate(read.proposals)
        if one["kind"] == "commitment" and one["value"]["rhythm"] == "ongoing"
    )  # fmt: skip
    address = reverse("upplaggning_forslag", args=[read.pk])
    kept = browser.post(address, {"svar-0": "ja", "andra": str(number)})
    changing = reverse("upplaggning_forslag_ett", args=[read.pk, number])
    assert kept["Location"] == changing
    boxes = boxes_of(browser.get(changing).content.decode())
    assert boxes["rhythm__form"] == ["ongoing"]
    browser.post(
        changing,
        boxes | {"rhythm__form": "per_year", "rhythm__number": "2", "text": "Möts två gånger."},
    )

    read.refresh_from_db()
    changed = read.proposals[number]
    assert changed["value"]["rhythm"] == {"per_year": 2}
    assert changed["value"]["text"] == "Möts två gånger."
    assert changed["read"] == row["value"]
    assert changed["accepted"] is True
    assert read.proposals[0]["accepted"] is True
    assert "ändrat av dig" in browser.get(address).content.decode()


@pytest.mark.clause("C02")
def test_every_kind_of_proposal_opens_in_boxes_and_is_the_same_when_saved_untouched(read, browser):
    kinds = {row["kind"]: number for number, row in enumerate(read.proposals)}
    for number in kinds.values():
        address = reverse("upplaggning_forslag_ett", args=[read.pk, number])
        page = browser.get(address)
        assert page.status_code == 200, read.proposals[number]["path"]
        browser.post(address, boxes_of(page.content.decode()))
    after = SetUp.objects.get().proposals
    assert [row["value"] for row in after] == [row["value"] for row in read.proposals]


def test_a_picture_is_no_agreement(cast, browser):
    page = browser.post(
        reverse("avtal_nytt"), {"file": SimpleUploadedFile("bild.png", b"\x89PNG", "image/png")}
    )

    assert "varken .txt eller .docx" in page.content.decode()
    assert not SetUp.objects.exists()


def test_only_those_who_set_up_agreements_find_the_way_there(cast):
    for actor in (cast.kommunpolisen, cast.lasaren, cast.radsledamoten):
        assert actor.client.get(reverse("avtal_nytt")).status_code == 404


@pytest.mark.clause("L05", "K28")
def test_the_next_agreement_begins_from_this_one(lomma, browser):
    browser.post(reverse("avtal_andra", args=[lomma.code]), {"fornya": "1"})

    text = SetUp.objects.get().text
    assert "id: lomma-2028" in text
    assert "relation: replaces" in text
    assert "signatures" not in text


@pytest.mark.clause("L06")
def test_a_function_is_handed_over_in_the_browser(cast, lomma, browser):
    function = lomma.functions.get(ref="sakerhetschef")
    browser.post(
        reverse("funktion_gor", args=[function.pk, "tillsatt"]),
        {"user": cast.framlingen.user.pk, "standing": "holder", "since": "2026-01-01"},
    )
    assert function.holders.get().user == cast.framlingen.user


def test_an_agreement_ended_before_its_time_asks_for_nothing_and_can_be_read(lomma, browser):
    browser.post(
        reverse("avtal_avsluta", args=[lomma.code]), {"varfor": "Ersatt av ett nytt avtal."}
    )

    page = browser.get(reverse("avtal_laget", args=[lomma.code]) + "?dag=2026-11-20")
    states = {line["status"].name for group in page.context["clauses"] for line in group["lines"]}
    assert states == {"not_applicable"}


@pytest.mark.clause("H01")
def test_a_municipality_sees_what_is_joint_and_its_own_and_not_its_neighbours(db):
    from samsyn.base.orgs.models import Organisation, Role
    from samsyn.domains.agreements.selectors.status import status_of
    from tests.cast import add_actor

    text = shipped_agreements()["hallsberg-2024"].read_text(encoding="utf-8")
    agreement = load_agreement(actor=SYSTEM, text=text).agreement
    kumla = Organisation.objects.get(municipality_code="1881")
    police = agreement.parties.get(ref="polisen").organisation
    in_kumla = add_actor("Samordnaren", kumla, Role.COORDINATOR)
    kommunpolis = add_actor("Kommunpolisen", police, Role.KOMMUNPOLIS)
    at = dt.date(2026, 11, 20)

    def places(viewer):
        found = status_of(agreement, at, viewer=viewer)
        return {one.commitment.municipality_code for one in found}

    assert places(in_kumla.viewer) == {"", "1881"}
    assert places(kommunpolis.viewer) == {"", "1881", "1882", "1861", "1860"}
    other = agreement.commitments.filter(municipality__municipality_code="1860").first()
    assert in_kumla.client.get(reverse("atagande", args=[other.pk])).status_code == 404
