"""Without script the form does all the same."""

import re

import pytest

from samsyn.domains.reports.models import Report

pytestmark = [pytest.mark.django_db(transaction=True)]


def choose(page, name):
    radio = page.get_by_role("radio", name=name, exact=True)
    if not radio.is_visible():
        page.get_by_text("Fler", exact=True).click()
    page.locator("label").filter(has=radio).click()


@pytest.mark.clause("K04")
def test_the_whole_report_without_script(plain_phone, link, shot):
    page = plain_phone
    page.goto(link.address)
    shot(page, "rapportera-utan-script", full=True)
    choose(page, "Klotter")
    page.get_by_label("Sök en plats, eller beskriv den").fill("björkskolan")
    choose(page, "I natt")
    page.get_by_label("Anteckning").fill("Stor målning på södra väggen")
    choose(page, "2–4")
    choose(page, "Nej")
    page.get_by_role("button", name="Skicka", exact=True).click()
    assert re.match(r"Skickat \d\d\.\d\d", page.get_by_role("heading", level=1).inner_text())
    report = Report.objects.get()
    assert (report.category_key, report.place.name, report.people_band) == (
        "KLOT",
        "Björkskolan",
        "2-4",
    )
    assert report.reported_to_police is False
    assert report.ends_at > report.starts_at


def test_what_is_missing_is_said_beside_its_field_and_the_rest_is_kept(plain_phone, link):
    page = plain_phone
    page.goto(link.address)
    choose(page, "Klotter")
    page.get_by_label("Anteckning").fill("Stor målning")
    page.get_by_role("button", name="Skicka", exact=True).click()
    assert page.get_by_text("Rapporten är inte skickad").is_visible()
    assert page.locator("#plats_fel").is_visible()
    assert page.get_by_label("Anteckning").input_value() == "Stor målning"
    assert page.locator('input[value="KLOT"]').is_checked()
    page.get_by_label("Sök en plats, eller beskriv den").fill("Tunneln")
    choose(page, "Nu")
    page.get_by_role("button", name="Skicka", exact=True).click()
    assert Report.objects.get().place_text == "Tunneln"


def test_the_guard_stops_the_note_and_the_rest_can_be_sent(plain_phone, link):
    page = plain_phone
    page.goto(link.address)
    choose(page, "Klotter")
    page.get_by_label("Sök en plats, eller beskriv den").fill("Björkskolan")
    choose(page, "Nu")
    page.get_by_label("Anteckning").fill("Ring 070-174 06 35")
    page.get_by_role("button", name="Skicka", exact=True).click()
    assert page.get_by_text("Inget har sparats.").is_visible()
    assert Report.objects.count() == 0
    page.get_by_role("button", name="Skicka utan anteckning").click()
    assert Report.objects.get().note == ""


def test_nothing_to_report_without_script(plain_phone, link):
    page = plain_phone
    page.goto(link.address)
    page.get_by_role("button", name="Inget att rapportera den här veckan").click()
    page.get_by_role("button", name="Ja, skicka").click()
    assert Report.objects.get().kind == "nothing"


def test_sending_twice_makes_one(plain_phone, link):
    """The same page sent again: back, and pressed once more."""
    page = plain_phone
    page.goto(link.address)
    key = page.locator('#report input[name="nyckel"]').get_attribute("value")
    for _ in range(2):
        page.request.post(
            link.address,
            form={"nyckel": key, "kategori": "KLOT", "plats_text": "Björkskolan", "nar": "nu"},
        )
    assert Report.objects.count() == 1
