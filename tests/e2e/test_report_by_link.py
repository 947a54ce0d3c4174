"""The caretaker reports from the phone, by a link and without account."""

import re

import pytest

from samsyn.domains.reports.models import Report, ReporterIdentity
from tests.e2e.reporting import open_form, press, report_mopeds

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.mark.clause("K04", "H05")
def test_a_report_in_four_presses(phone, link, town):
    open_form(phone, link)
    report_mopeds(phone)
    phone.wait_for_selector("text=/Skickat \\d\\d\\.\\d\\d/")
    report = Report.objects.get()
    assert (report.category_key, report.place.name) == ("TRAF", "Badplatsen")
    assert (report.organisation, report.source) == (town.youth, "link")
    assert abs((report.received_at - report.starts_at).total_seconds()) < 60


def test_the_first_screen_needs_no_scrolling(phone, link, shot):
    open_form(phone, link)
    height = phone.evaluate("() => document.documentElement.scrollHeight")
    assert height <= 740
    last = phone.get_by_text("Inget att rapportera den här veckan", exact=True).bounding_box()
    assert last["y"] + last["height"] <= 740
    buttons = phone.locator(".choices.tall").first.locator(".choice")
    assert buttons.count() == 12
    for index in range(12):
        box = buttons.nth(index).bounding_box()
        assert box["width"] >= 44
        assert box["height"] >= 44
    shot(phone, "rapportera-1-vad")


def test_nothing_to_report_is_one_press_and_a_confirmation(phone, link, axe):
    open_form(phone, link)
    press(phone, "Inget att rapportera den här veckan")
    axe(phone)
    press(phone, "Ja, skicka")
    phone.wait_for_selector("text=/Skickat/")
    assert Report.objects.get().kind == "nothing"


def test_every_step_passes_axe(phone, link, axe, shot):
    open_form(phone, link)
    axe(phone)
    press(phone, "Fler")
    axe(phone)
    press(phone, "Trafik, buskörning")
    axe(phone)
    shot(phone, "rapportera-2-var")
    press(phone, "Badplatsen")
    axe(phone)
    shot(phone, "rapportera-3-nar")
    press(phone, "Annan tid")
    axe(phone)
    press(phone, "Nu")
    axe(phone)
    shot(phone, "rapportera-4-skicka", full=True)
    press(phone, "Skicka")
    phone.wait_for_selector("text=/Skickat/")
    axe(phone)
    shot(phone, "rapportera-5-skickat")


def test_the_guard_answers_while_one_writes(phone, link, axe, shot):
    open_form(phone, link)
    press(phone, "Trafik, buskörning")
    press(phone, "Badplatsen")
    press(phone, "Nu")
    phone.get_by_label("Anteckning").fill("Det var 19121212-1212")
    phone.wait_for_selector("text=/ser ut att innehålla ett personnummer/")
    axe(phone)
    shot(phone, "rapportera-vakten", full=True)
    press(phone, "Skicka")
    assert Report.objects.count() == 0
    press(phone, "Skicka utan anteckning")
    phone.wait_for_selector("text=/Skickat/")
    assert Report.objects.get().note == ""


def test_a_concern_for_one_person_is_shown_the_way(phone, link):
    open_form(phone, link)
    press(phone, "Trafik, buskörning")
    press(phone, "Badplatsen")
    press(phone, "Nu")
    phone.get_by_label("Anteckning").type("Jag är orolig för en elev")
    phone.wait_for_selector("text=/orosanmälan/")
    assert Report.objects.count() == 0


def test_a_place_in_ones_own_words_and_another_time(phone, link):
    open_form(phone, link)
    press(phone, "Otrygg plats")
    phone.get_by_label("Sök en plats, eller beskriv den").fill("Trappan vid ån")
    press(phone, "Använd ”Trappan vid ån” som beskrivning")
    press(phone, "Annan tid")
    phone.get_by_label("Från").fill("2026-11-01T21:00")
    phone.get_by_label(re.compile("^Till")).fill("2026-11-01T23:30")
    press(phone, "Fortsätt")
    press(phone, "Skicka")
    phone.wait_for_selector("text=/Skickat/")
    report = Report.objects.get()
    assert (report.kind, report.place_text, report.place) == (
        "unsafe_place",
        "Trappan vid ån",
        None,
    )
    assert (report.ends_at - report.starts_at).total_seconds() == 9000


def test_the_phones_own_position(new_context, link):
    from tests.e2e.conftest import PHONE

    context = new_context(
        PHONE, geolocation={"longitude": 22.1547, "latitude": 65.5848}, permissions=["geolocation"]
    )
    page = open_form(context.new_page(), link)
    press(page, "Trafik, buskörning")
    press(page, "Här")
    press(page, "Nu")
    press(page, "Skicka")
    page.wait_for_selector("text=/Skickat/")
    assert round(Report.objects.get().longitude, 3) == 22.155


def test_the_last_places_stand_first_on_the_device(phone, link):
    open_form(phone, link)
    press(phone, "Trafik, buskörning")
    press(phone, "Gångtunneln")
    press(phone, "Nu")
    press(phone, "Skicka")
    phone.wait_for_selector("text=/Skickat/")
    press(phone, "Ny rapport")
    press(phone, "Trafik, buskörning")
    assert phone.locator("[data-places] button").first.inner_text().strip() == "Gångtunneln"


def test_the_phones_back_button_goes_one_step_back(phone, link):
    open_form(phone, link)
    press(phone, "Trafik, buskörning")
    press(phone, "Badplatsen")
    phone.go_back()
    assert phone.get_by_role("heading", name="Var?").is_visible()
    phone.go_back()
    assert phone.get_by_role("heading", name="Vad har hänt?").is_visible()


def test_the_keyboard_alone_is_enough(desktop, link):
    open_form(desktop, link)
    desktop.get_by_role("radio", name="Trafik").focus()
    desktop.keyboard.press("Enter")
    desktop.get_by_label("Sök en plats, eller beskriv den").fill("Badplatsen")
    desktop.keyboard.press("Enter")
    desktop.get_by_role("radio", name="Nu").focus()
    desktop.keyboard.press("Enter")
    desktop.get_by_role("button", name="Skicka", exact=True).focus()
    desktop.keyboard.press("Enter")
    desktop.wait_for_selector("text=/Skickat/")
    assert Report.objects.get().place.name == "Badplatsen"


def test_the_answer_reaches_the_sender(phone, link, cast, axe, shot):
    from samsyn.domains.reports.services import answer_reporter, publish_feedback, write_feedback

    open_form(phone, link)
    report_mopeds(phone)
    phone.wait_for_selector("text=/Skickat/")
    actor = cast.samordnaren.viewer
    answer_reporter(actor=actor, report=Report.objects.get(), text="Bommen är lagad.")
    publish_feedback(
        actor=actor,
        feedback=write_feedback(
            actor=actor,
            municipality=link.municipality,
            year=2026,
            month=5,
            text="Fler vuxna vid badet.",
        ),
    )
    press(phone, "Svar")
    phone.wait_for_selector("text=Bommen är lagad.")
    assert phone.get_by_text("Fler vuxna vid badet.").is_visible()
    axe(phone)
    shot(phone, "rapportera-svar", full=True)


def test_no_cookie_is_set_and_the_secret_stays_here(phone, link):
    open_form(phone, link)
    report_mopeds(phone)
    phone.wait_for_selector("text=/Skickat/")
    assert phone.context.cookies() == []
    assert phone.evaluate("() => document.referrer") == ""
    assert ReporterIdentity.objects.get().link_id == link.pk


def test_the_map_is_there_for_who_wants_it(phone, link):
    """Without WebGL the form says so and goes on; with it a press on the map is a place."""
    open_form(phone, link)
    press(phone, "Trafik, buskörning")
    press(phone, "Karta")
    phone.wait_for_function(
        "() => document.querySelector('[data-map-box] canvas') || /Kartan kan inte/.test(document.body.innerText)"
    )
    assert phone.get_by_label("Sök en plats, eller beskriv den").is_visible()


@pytest.mark.clause("K04")
def test_a_press_on_the_map_is_the_place(phone, link, axe, shot):
    """It opens around the named places, in sight; the point that was pressed is the one that is kept."""
    open_form(phone, link)
    press(phone, "Trafik, buskörning")
    phone.locator("[data-map]").click()
    canvas = phone.locator("[data-map-box] canvas.maplibregl-canvas")
    canvas.wait_for()
    phone.get_by_role("button", name="Zooma in").wait_for()
    phone.wait_for_timeout(500)
    shot(phone, "rapportera-karta")
    axe(phone)
    box = canvas.bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 740
    canvas.click(position={"x": box["width"] / 2 + 60, "y": box["height"] / 2})
    press(phone, "Nu")
    assert phone.locator("[data-summary]").inner_text().count("Punkt på kartan") == 1
    press(phone, "Skicka")
    phone.wait_for_selector("text=/Skickat/")
    kept = Report.objects.get()
    # All named places of the test lie at 22.15, 65.58; the press was a little east of them.
    assert 22.15 < kept.longitude < 22.17
    assert kept.latitude == pytest.approx(65.58, abs=0.002)


def test_a_press_from_far_away_goes_nearer_first(phone, link):
    """From the whole municipality a thumb covers a part of town: the second press chooses."""
    from samsyn.base.geo.models import Place

    Place.objects.update(longitude=None, latitude=None)
    open_form(phone, link)
    press(phone, "Trafik, buskörning")
    phone.locator("[data-map]").click()
    canvas = phone.locator("[data-map-box] canvas.maplibregl-canvas")
    canvas.wait_for()
    phone.wait_for_timeout(500)
    canvas.click()
    phone.get_by_text("Tryck en gång till, där det hände.").wait_for()
    phone.wait_for_timeout(1500)
    canvas.click()
    phone.get_by_role("heading", name="När?").wait_for()
