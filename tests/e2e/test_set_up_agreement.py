"""A coordinator sets up her municipality's agreement from the form, sees its year, and starts it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.clause("C02", "C03")
def test_from_an_empty_form_to_a_running_year_with_evidence(
    server, cast, desktop, sign_in, axe, shot
):
    page = sign_in(desktop, cast.framlingen)
    page.goto(f"{server.url}/avtal/")
    page.get_by_role("link", name="Lägg upp ett avtal").first.click()
    axe(page)
    page.get_by_role("link", name="Öppna formuläret").click()

    page.get_by_label("Avtalets namn").fill("Samverkansöverenskommelse 2026–2028, Lomma")
    page.get_by_label("Kort id").fill("lomma-2026")
    page.get_by_label("Gäller från").fill("2026-01-01")
    page.get_by_label("Gäller till och med").fill("2028-12-31")
    page.locator("#id_part-1-name").fill("Lokalpolisområde Kävlinge")
    page.locator("#id_organ-0-name").fill("Trygghetsrådet")
    page.locator("#id_organ-0-rhythm").select_option("per_year_4")
    page.locator("#id_organ-0-clause").fill("§ 4")
    page.locator("#id_organ-0-members").fill("Säkerhetschef (Kommunen), Kommunpolis (Polisen)")
    page.locator("#id_atagande-0-clause").fill("§ 5")
    page.locator("#id_atagande-0-text").fill("Parterna tar varje år fram en lägesbild.")
    page.locator("#id_atagande-0-subject").fill("Den årliga lägesbilden")
    page.locator("#id_atagande-0-responsible").fill("Säkerhetschef, Kommunpolis")
    page.locator("#id_atagande-0-rhythm").select_option("yearly")
    page.locator("#id_atagande-0-evidence").select_option("picture_finished")
    axe(page)
    page.get_by_role("button", name="Skriv filen och granska").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Lomma")
    expect(page.get_by_role("row", name=re.compile("lägesbild"))).to_contain_text("Varje år")
    axe(page)
    page.get_by_role("button", name="Läs in avtalet").click()

    expect(page.locator("svg.wheel")).to_be_visible()
    page.get_by_label("Följ avtalet från och med").fill("2026-01-01")
    axe(page)
    page.get_by_role("button", name="Starta avtalet").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Läget i avtalet")
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
