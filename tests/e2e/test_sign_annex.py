"""An annex is signed by three parties in three ways, and becomes valid only at the third."""

import re

import pytest

from samsyn.base import clock
from samsyn.domains.agreements.models import DocumentVersion
from tests.domains.agreements import documents_story as story
from tests.domains.agreements.documents_story import decided_annex, pdf, signatory

pytestmark = [pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 360, "height": 740}}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
LIST = "/avtal/laholm-2024/dokument/"


@pytest.fixture
def november(monkeypatch, transactional_db):
    monkeypatch.setattr(clock, "now", lambda: story.NOW)


where_approval_is_enough = story.where_approval_is_enough


def said(page):
    return page.locator(".head .lead").inner_text().replace("\xa0", " ")


def no_wider_than_the_screen(page):
    width = page.viewport_size["width"]
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width, page.url


@pytest.mark.clause("L04", "L12", "L13")
def test_three_parties_in_three_ways(
    new_context, sign_in, server, where_approval_is_enough, axe, shot, tmp_path
):
    people = where_approval_is_enough
    paper = tmp_path / "bilaga.pdf"
    paper.write_bytes(pdf("Medborgarlofte 2026"))
    copy = tmp_path / "undertecknad.pdf"
    copy.write_bytes(pdf("Medborgarlofte 2026, undertecknat"))
    prison = people.party["kriminalvarden"].called

    # The coordinator puts the annex in, and notes that the council has seen and decided it.
    desk = sign_in(new_context(DESKTOP).new_page(), people.samordnaren)
    desk.goto(f"{server.url}{LIST}")
    axe(desk)
    desk.get_by_role("button", name="Lägg in Medborgarlöfte 2024").click()
    axe(desk)
    desk.get_by_label("Fil", exact=True).set_input_files(paper)
    desk.get_by_label("Dokumentets datum").fill("2026-11")
    desk.get_by_role("button", name="Lägg in", exact=True).click()
    desk.wait_for_selector("text=Versionen är inlagd")
    assert "ska föredras för" in said(desk)
    desk.get_by_role("button", name="Spara föredragningen").click()
    desk.wait_for_selector("text=har inte beslutat den")
    desk.get_by_label("Diarienummer").fill("KS 2026/117")
    desk.get_by_role("button", name="Spara beslutet").click()
    desk.wait_for_selector("text=har inte godkänt")
    axe(desk)
    shot(desk, "document-decided", full=True)
    address = desk.url

    # The municipality approves in the program.
    council = sign_in(new_context(PHONE).new_page(), people.radsledamoten)
    council.goto(address)
    no_wider_than_the_screen(council)
    axe(council)
    council.get_by_role("button", name="Godkänn dokumentet").click()
    council.wait_for_selector("text=Svaret är sparat")
    assert said(council).startswith("Bilaga 2 gäller inte än:")
    assert DocumentVersion.objects.get().stage == "decided"

    # The police, who have no account, get a link that works once.
    desk.reload()
    opened = desk.locator("#lank")
    opened.locator("summary").click()
    police = people.party["polisen"]
    opened.get_by_label("Part och funktion").select_option(
        f"{police.pk}:{signatory(people, 'polisen')}"
    )
    opened.get_by_role("button", name="Skapa länken").click()
    link = desk.locator(".link-address").inner_text().strip()
    axe(desk)
    chief = new_context(PHONE).new_page()
    chief.goto(link)
    no_wider_than_the_screen(chief)
    axe(chief)
    shot(chief, "document-linked", full=True)
    with chief.expect_download() as download:
        chief.get_by_role("link", name="Läs dokumentet").click()
    assert download.value.path().read_bytes() == paper.read_bytes()
    chief.get_by_label("Ort").fill("Halmstad")
    chief.get_by_role("button", name="Godkänn dokumentet").click()
    chief.wait_for_selector("text=är godkänd av")
    assert chief.goto(link).status == 404

    # Two have answered, and it is not valid.
    desk.goto(address)
    assert said(desk) == f"Bilaga 2 gäller inte än: {prison} har inte godkänt."
    assert DocumentVersion.objects.get().stage == "decided"

    # The probation service has signed on paper; with the third it is valid.
    opened = desk.locator("#kopia")
    if opened.get_attribute("open") is None:
        opened.locator("summary").click()
    ref = people.party["kriminalvarden"]
    opened.get_by_label("Part och funktion").select_option(
        f"{ref.pk}:{signatory(people, 'kriminalvarden')}"
    )
    opened.get_by_label("Undertecknad", exact=True).fill("2026-11")
    opened.get_by_label("Undertecknad kopia").set_input_files(copy)
    opened.get_by_role("button", name="Spara underskriften").click()
    desk.wait_for_selector("text=Svaret är sparat")
    assert said(desk) == "Bilaga 2 gäller sedan 20 november 2026."
    assert desk.get_by_text("Dagen är inte känd.").is_visible()
    axe(desk)
    shot(desk, "document-valid", full=True)
    version = DocumentVersion.objects.get()
    assert version.stage == "valid"
    assert [one.means for one in version.signatures.all()] == ["program", "link", "copy"]
    assert {one.checksum for one in version.signatures.all()} == {version.checksum}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360", "1440"])
def test_every_page_is_within_reach_for_everyone(
    new_context, sign_in, server, where_approval_is_enough, axe, shot, size
):
    people = where_approval_is_enough
    version = decided_annex(people)
    page = sign_in(new_context(size, reduced_motion="reduce").new_page(), people.samordnaren)
    for path in (LIST, f"{LIST}nytt/", f"{LIST}fornya/", f"{LIST}{version.document_id}/"):
        assert page.goto(f"{server.url}{path}").status == 200, path
        page.evaluate(
            "() => document.querySelectorAll('main details').forEach(one => one.open = true)"
        )
        no_wider_than_the_screen(page)
        axe(page)
        shot(
            page,
            f"documents{re.sub(r'[^a-z]+', '-', path)[-20:]}{size['viewport']['width']}",
            full=True,
        )
