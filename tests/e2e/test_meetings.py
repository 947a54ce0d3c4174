"""A council meeting in a real browser, from summons to frozen minutes, with an objection that blocks."""
# ruff: noqa: F811 - fixtures are brought by name from the council's story

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.domains.meetings.conftest import council, set_clock  # noqa: F401

PROPOSAL = "Rådet ger den operativa gruppen i uppdrag att se över belysningen vid gångtunneln."


@pytest.fixture(params=["desktop", "phone"])
def size(request):
    return request.param


@pytest.fixture
def open_as(server, size, request, sign_in, new_context):
    """Open a page of its own for one of the cast."""
    from tests.e2e.conftest import DESKTOP, PHONE

    def opener(actor):
        page = new_context(DESKTOP if size == "desktop" else PHONE).new_page()
        return sign_in(page, actor)

    return opener


def choose(page, label, *, exact=False):
    page.get_by_role("button", name=label, exact=exact).first.click()


@pytest.mark.clause("L06")
def test_a_council_meeting_from_summons_to_approved_minutes(
    council, server, open_as, axe, shot, size, set_clock, mailoutbox
):
    cast = council.cast
    page = open_as(cast.samordnaren)

    def look(name):
        axe(page)
        shot(page, f"mote-{name}-{size}", full=True)

    # Planning one meeting, and an item to decide.
    page.goto(f"{server.url}/moten/planera/")
    look("planera")
    page.get_by_label("Dag", exact=True).first.fill("2026-03-12")
    page.get_by_label(re.compile("^Plats")).fill("Kommunhuset, Laholm")
    choose(page, "Planera", exact=True)
    look("lista")
    page.get_by_role("link", name="Strategiska rådet").first.click()
    page.get_by_role("link", name="Dagordningen").click()
    page.get_by_label("Rubrik").fill("Belysning vid gångtunneln")
    page.get_by_label(re.compile("^Förslag till beslut")).fill(PROPOSAL)
    choose(page, "Lägg till")
    look("dagordning")
    page.get_by_role("link", name="Till mötet").click()
    choose(page, "Skicka kallelsen")
    assert page.get_by_text("Kallelsen är skickad.").is_visible()
    look("kallat")
    assert len(mailoutbox) == 6

    # A member opens the meeting from the mail, gives her contribution and says no.
    address = re.search(r"http\S+/moten/\d+/", mailoutbox[0].body)[0]
    page = open_as(cast.polischefen)
    page.goto(address)
    look("ledamot")
    page.locator("#bidrag textarea").fill("Fler cykelstölder vid stationen på kvällar.")
    choose(page, "Lämna bidrag")
    stand = page.locator(".own-stand")
    stand.get_by_label("Nej", exact=True).check()
    stand.get_by_label(re.compile("Skäl")).fill("Det saknas uppgift om vad stolparna kostar")
    stand.get_by_role("button", name="Lämna besked").click()
    assert page.get_by_text("Beslutet är stoppat").first.is_visible()
    look("ledamot-nej")

    # In the meeting: attendance, notes that save by themselves, the block, a new wording, three yes.
    set_clock(dt.datetime(2026, 3, 12, 9, 30))
    page = open_as(cast.samordnaren)
    page.goto(f"{address}protokoll/")
    for holder in ("Ledningsgruppen", "Polischefen", "Frivårdschefen"):
        row = page.locator("#narvaro tr", has=page.locator("option", has_text=holder))
        row.locator("select").select_option(label=holder)
    choose(page, "Spara närvaron")
    assert page.get_by_text("Alla 3 parter är på plats.").first.is_visible()
    look("protokoll")
    question = page.locator(".agenda > li", has_text="Belysning vid gångtunneln")
    question.get_by_label(re.compile("Vad som sades")).fill("Kostnaden togs upp. Underlag kommer.")
    question.get_by_text("Sparat").wait_for()
    assert question.get_by_text("Beslutet är stoppat").is_visible()
    question.get_by_text("Ändra lydelsen").click()
    question.get_by_label("Ny lydelse").fill(f"{PROPOSAL} Kostnaden redovisas först.")
    question.get_by_role("button", name="Spara lydelsen").click()
    for party in ("Kommunen", "Polisen", "Kriminalvården"):
        page.get_by_role("button", name=f"Ja, {party}").click()
    assert page.get_by_text("Parterna är eniga.").first.is_visible()
    assert page.get_by_text("Beslut 1/2026").is_visible()
    look("protokoll-beslut")

    # An assignment, in meeting mode.
    number = question.locator(".agenda-number").inner_text().strip("§ \n")
    page.goto(f"{address}visa/{number}/")
    page.get_by_text("Nytt uppdrag").click()
    page.get_by_label("Vad ska göras?").fill("Se över belysningen vid gångtunneln")
    page.get_by_label("Av vem?").select_option(label="Operativa samverkansgruppen")
    page.get_by_label(re.compile("^Senast")).fill("2026-05-01")
    choose(page, "Ge uppdraget")
    assert page.get_by_role("link", name="Se över belysningen vid gångtunneln").is_visible()
    look("motesläge")
    page.keyboard.press("Escape")
    page.wait_for_url("**/protokoll/")

    # Chair and adjuster, the end, adjusting, two approvals.
    page.get_by_text("Ordförande, sekreterare och justerare").click()
    page.get_by_label("Ordförande", exact=True).select_option(label="Ledningsgruppen")
    page.get_by_label("Justerare", exact=True).select_option(label="Polischefen")
    page.locator("form", has=page.locator("#chair")).get_by_role("button", name="Spara").click()
    choose(page, "Mötet är slut")
    choose(page, "Lämna till justering")
    look("justeras")
    for approver in (cast.ledningen, cast.polischefen):
        page = open_as(approver)
        page.goto(address)
        look(f"godkann-{approver.user.name}")
        choose(page, "Godkänn protokollet")
    assert page.get_by_text("Fryst med kontrollsumma").is_visible()
    look("fryst")
    assert sum(letter.subject.startswith("Protokollet är klart") for letter in mailoutbox) == 6
    with page.expect_download() as got:
        page.get_by_role("link", name="Protokoll, PDF").click()
    assert got.value.suggested_filename == "protokoll-strategiska-radet-2026-03-12.pdf"


def test_the_rest_of_the_room_is_clean(council, server, open_as, axe, shot, size):
    page = open_as(council.cast.samordnaren)
    for name in ("", "brev/", "uppdrag/", "behov/", "behov/nytt/", "grupper/"):
        page.goto(f"{server.url}/moten/{name}")
        axe(page)
        shot(page, f"moten-{name.strip('/').replace('/', '-') or 'tomt'}-{size}", full=True)


@pytest.mark.clause("L06", "L10")
def test_guests_conditions_and_handovers_are_clean(
    council, server, open_as, axe, shot, size, set_clock, mailoutbox
):
    cast = council.cast
    page = open_as(cast.samordnaren)

    def look(name):
        axe(page)
        shot(page, f"mote-{name}-{size}", full=True)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, name

    # A plan to decide, and somebody from outside the council to present it.
    page.goto(f"{server.url}/moten/planera/")
    page.get_by_label("Dag", exact=True).first.fill("2026-02-02")
    choose(page, "Planera", exact=True)
    page.get_by_role("link", name="Strategiska rådet").first.click()
    address = page.url
    page.get_by_role("link", name="Dagordningen").click()
    page.get_by_label("Rubrik").fill("Åtgärdsplanen")
    page.get_by_label(re.compile("^Förslag till beslut")).fill("Åtgärdsplanen beslutas.")
    choose(page, "Lägg till")
    page.goto(address)
    page.get_by_text("Kalla någon mer").click()
    look("kalla")
    page.locator("#invite-who").select_option(label="Tjänsteman i Kriminalvården")
    page.locator("#invite-item").select_option(index=3)
    page.locator("#kallas").get_by_role("button", name="Lägg till").click()
    assert page.locator("#kallas").get_by_text("Tjänsteman i Kriminalvården").first.is_visible()
    choose(page, "Skicka kallelsen")
    look("kallat-med-gast")

    # What must be in place before the plan is decided.
    page.goto(f"{address}protokoll/")
    plan = page.locator(".agenda > li", has_text="Åtgärdsplanen beslutas.")
    assert plan.get_by_text("Det som saknas: lägesbild och ansvarig part.").is_visible()
    look("villkor")
    plan.get_by_label(re.compile("^Vilken lägesbild")).fill(
        "Lägesbilden för 2025, från 10 januari."
    )
    plan.get_by_role("button", name="Spara svaret").first.click()
    plan.get_by_label(re.compile("^Vem ansvarar")).fill("Kommunen för båda åtgärderna.")
    plan.get_by_role("button", name="Spara svaret").click()
    assert plan.get_by_text("Det som saknas").count() == 0
    look("villkor-svar")

    # A function and what passes with it.
    chief = council.agreement.functions.get(ref="lokalpolisomradeschef")
    page.goto(f"{server.url}/organ/funktion/{chief.pk}/lamna-over/")
    assert page.get_by_text("Besked för parten").is_visible()
    look("lamna-over")
    page.locator("#id_to").select_option(label="Kommunpolisen")
    choose(page, "Bekräfta överlämningen")
    assert page.get_by_text("Det här följde med").is_visible()
    look("overlamnat")

    # The guest sees her item and nothing else.
    page = open_as(cast.frivardaren)
    page.goto(address)
    assert page.get_by_text("Du är kallad som föredragande").is_visible()
    look("gast")
    page.locator("#bidrag textarea").fill("Fem insatser pågår.")
    choose(page, "Lämna bidrag")
    assert page.get_by_text("Tack, bidraget är lämnat.").is_visible()
