"""A coordinator sets up her municipality's agreement from the form, sees its year, and starts it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)


def save(page):
    page.get_by_role("button", name="Spara", exact=True).click()
    # Back in the section's list, or on the part's own page where it has parts of its own.
    expect(page.get_by_role("status").or_(page.locator(".message")).first).to_contain_text("Sparat")


def add(page, server, made, section, fill):
    """Add a part to a section: open the section, press add, fill in, save."""
    page.goto(f"{server.url}/avtal/nytt/{made}/formular/{section}/")
    page.locator("main .actions a").first.click()
    fill(page)
    save(page)


def open_the_form(page, server):
    page.goto(f"{server.url}/avtal/")
    page.get_by_role("link", name="Lägg upp ett avtal").first.click()
    page.get_by_role("link", name="Öppna formuläret").click()
    page.get_by_label("Avtalets namn").fill("Samverkansöverenskommelse 2026–2028, Lomma")
    page.get_by_label("Kort id").fill("lomma-2026")
    page.get_by_label("Gäller från").fill("2026-01-01")
    page.get_by_label("Gäller till och med").fill("2028-12-31")
    page.locator("#id_part-1-name").fill("Lokalpolisområde Kävlinge")
    page.get_by_role("button", name="Fortsätt").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lomma")
    return re.search(r"nytt/([0-9a-f-]+)/", page.url)[1]


def a_function(name, party, role):
    def fill(page):
        page.get_by_label("Funktionens namn i avtalet").fill(name)
        page.get_by_label("Part eller organisation").select_option(party)
        page.get_by_label("Motsvarar").select_option(role)

    return fill


def the_council(page):
    page.get_by_label("Klausul").first.fill("§ 4")
    page.get_by_label("Organets namn i avtalet").fill("Trygghetsrådet")
    page.get_by_label("Motsvarar").select_option("strategic_council")
    page.get_by_label("Ordförande").select_option("kommunen")
    page.locator("summary", has_text="Beslut").first.click()
    page.get_by_label("Så beslutar organet").select_option("consensus")


def a_seat(party, function):
    def fill(page):
        page.get_by_label("Part eller organisation").select_option(party)
        page.locator("select[name=any_of]").first.select_option(function)

    return fill


def the_meeting(page):
    """The council's page leads to how often it meets, begun with what is known."""
    page.get_by_role("link", name="Lägg till hur ofta organet möts").click()
    expect(page.get_by_label("Kort, i bestämd form")).to_have_value("Trygghetsrådets möte")
    page.get_by_label("Takt", exact=True).select_option("per_year")
    page.get_by_label("Antal").first.fill("4")
    page.locator("input[name=rhythm__also][value=when_needed]").check()
    save(page)


def the_picture(page):
    page.get_by_label("Klausul").first.fill("§ 5")
    page.get_by_label("Vad ska göras?").fill("Parterna tar varje år fram en lägesbild.")
    page.get_by_label("Kort, i bestämd form").fill("Den årliga lägesbilden")
    page.locator("select[name=responsible]").first.select_option("sakerhetschef")
    page.locator("select[name=responsible]").nth(1).select_option("kommunpolis")
    page.get_by_label("Takt", exact=True).select_option("yearly_by")
    page.get_by_label("Senast").first.fill("12-31")
    page.get_by_label("Färdig lägesbild").check()


def the_document(page):
    page.get_by_label("Slag").select_option("citizen_promise")
    page.get_by_label("Dokumentets namn i avtalet").fill("Medborgarlöfte")


def the_annex(page):
    page.get_by_label("Rubrik").fill("Medborgarlöfte")
    page.get_by_label("Nummer").fill("1")
    page.locator("select[name=documents]").or_(page.locator("input[name=documents]")).first.check()
    page.get_by_label("Krav").select_option("all_sign")


def the_gate(page):
    page.get_by_label("Klausul").first.fill("§ 6")
    page.get_by_label("Med egna ord").fill("Barnkonsekvensanalysen är gjord.")
    page.get_by_label("Innan").select_option("decision_on_measures")
    page.get_by_label("Ska finnas").select_option("child_impact_assessment")


def the_route(page):
    page.get_by_label("Det gäller").fill("avhopparfrågor")
    page.get_by_label("Slag").select_option("redirect")
    page.get_by_label("Med egna ord").fill("Frågan hänvisas dit.")


def the_step(page):
    page.locator("select[name=to]").first.select_option("kommunpolis")


def the_cost(page):
    page.get_by_label("Det gäller").fill("trygghetsmätningen")
    page.get_by_label("Part eller organisation").select_option("kommunen")
    page.get_by_label("Andel i procent").fill("50")


def a_signatory(party, title):
    def fill(page):
        page.get_by_label("Part eller organisation").select_option(party)
        page.get_by_label("Titel").fill(title)

    return fill


@pytest.mark.clause("C02", "C03")
@pytest.mark.parametrize("size", ["desktop", "plain_phone"])
def test_from_an_empty_form_to_a_running_year_with_evidence(
    server, cast, request, sign_in, axe, shot, size
):
    """Every part of the agreement, from the form alone; also on a phone without a script."""
    page = sign_in(request.getfixturevalue(size), cast.framlingen)
    made = open_the_form(page, server)
    parts = [
        ("functions", a_function("Säkerhetschef", "kommunen", "security_chief")),
        ("functions", a_function("Kommunpolis", "polisen", "kommunpolis")),
        ("bodies", the_council),
        ("bodies/1/seats", a_seat("kommunen", "sakerhetschef")),
        ("bodies/1/seats", a_seat("polisen", "kommunpolis")),
        ("commitments", the_picture),
        ("documents", the_document),
        ("annexes", the_annex),
        ("gates", the_gate),
        ("contact_routes", the_route),
        ("contact_routes/1/steps", the_step),
        ("cost_shares", the_cost),
        ("signatures/signatories", a_signatory("kommunen", "Kommunstyrelsens ordförande")),
        ("signatures/signatories", a_signatory("polisen", "Lokalpolisområdeschef")),
    ]
    for section, fill in parts:
        add(page, server, made, section, fill)
    page.goto(f"{server.url}/avtal/nytt/{made}/formular/bodies/1/")
    shot(page, f"organ-i-formularet-{size}", full=True)
    the_meeting(page)

    page.goto(f"{server.url}/avtal/nytt/{made}/formular/")
    expect(page.locator("main")).to_contain_text("Inget är fel")
    if size == "desktop":
        axe(page)
    page.get_by_role("link", name="Granska", exact=True).click()
    expect(page.locator("svg.bodies-drawing")).to_be_visible()
    expect(page.locator("svg.wheel")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Den årliga lägesbilden"))).to_contain_text("december")  # fmt: skip
    shot(page, f"granska-{size}", full=True)
    if size == "desktop":
        axe(page)
    page.get_by_role("button", name="Läs in avtalet").first.click()

    page.get_by_label("Följ avtalet från och med").fill("2026-01-01")
    page.get_by_role("button", name="Starta avtalet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Läget i avtalet")
    if size == "plain_phone":
        return
    shot(page, "laget-i-avtalet", full=True)
    axe(page)
    page.get_by_role("link", name="Den årliga lägesbilden", exact=True).first.click()
    page.get_by_label("Anteckning").fill("Lägesbilden är färdig och presenterad i rådet.")
    page.get_by_role("button", name="Lägg till").click()
    expect(page.locator("#underlag")).to_contain_text("presenterad i rådet")
    axe(page)

    page.goto(f"{server.url}/avtal/o/lomma-2026/arshjul/")
    mark = page.locator("a.wheel-mark[data-state=done]").first
    expect(mark).to_have_attribute("aria-label", re.compile("Den årliga lägesbilden.*klart"))
    shot(page, "arshjul", full=True)
    axe(page)
    mark.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Den årliga lägesbilden")


@pytest.fixture
def half_made(cast):
    """Laholm's text with a fault in it, on its way."""
    from samsyn.domains.agreements.file import shipped_agreements
    from samsyn.domains.agreements.models import SetUp

    text = shipped_agreements()["laholm-2024"].read_text(encoding="utf-8")
    return SetUp.objects.create(
        municipality=cast.framlingen.organisation,
        name="Prov",
        text=text.replace("per_year: 4", "per_year: 400", 1),
    )


@pytest.mark.clause("C02")
def test_the_forms_pages_fit_a_phone_and_say_their_faults_to_everyone(
    server, cast, half_made, desktop, plain_phone, sign_in, axe
):
    page, small = sign_in(desktop, cast.framlingen), sign_in(plain_phone, cast.framlingen)
    for where in (
        "", "om/", "validity/", "parties/1/", "bodies/", "bodies/1/", "bodies/1/seats/1/",
        "commitments/2/", "commitments/ny/", "signatures/", "focus/", "contact_routes/ny/",
    ):  # fmt: skip
        for one in (page, small):
            one.goto(f"{server.url}/avtal/nytt/{half_made.pk}/formular/{where}")
            wide = one.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, where
        axe(page)
    page.goto(f"{server.url}/avtal/nytt/{half_made.pk}/formular/commitments/2/")
    expect(page.locator("[aria-invalid=true]")).to_have_attribute("name", "rhythm__form")


def test_every_agreement_page_is_free_of_faults_for_assistive_technology(
    server, cast, loaded_lomma, desktop, sign_in, axe
):
    page = sign_in(desktop, cast.framlingen)
    one = loaded_lomma.commitments.first()
    body = loaded_lomma.bodies.first()
    function = loaded_lomma.functions.first()
    for address in (
        "avtal/",
        "avtal/o/lomma-2023/",
        "avtal/o/lomma-2023/laget/?dag=2026-11-20",
        "avtal/o/lomma-2023/laget/?visa=mote",
        "avtal/o/lomma-2023/arshjul/?ar=2025&visa=lista",
        "avtal/o/lomma-2023/arshjul/?ar=2025&visa=manad",
        f"avtal/atagande/{one.pk}/",
        "avtal/lagen/",
        "avtal/lagen/enkat/",
        "avtal/kontakt/",
        "avtal/kalender/",
        "organ/",
        f"organ/{body.pk}/",
        f"organ/funktion/{function.pk}/",
        "offentligt/",
        "offentligt/lomma/",
        "offentligt/lomma/vem-ringer-jag/",
        "offentligt/lomma/avtal/lomma-2023/",
    ):
        page.goto(f"{server.url}/{address}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        axe(page)


@pytest.fixture
def loaded_lomma(cast):
    """Lomma's agreement, started."""
    import datetime as dt

    from samsyn.base.access import SYSTEM
    from samsyn.domains.agreements.file import shipped_agreements
    from samsyn.domains.agreements.services.loading import load_agreement
    from samsyn.domains.agreements.services.running import start_agreement

    text = shipped_agreements()["lomma-2023"].read_text(encoding="utf-8")
    agreement = load_agreement(actor=SYSTEM, text=text).agreement
    start_agreement(actor=SYSTEM, agreement=agreement, in_use_from=dt.date(2025, 1, 1))
    return agreement
