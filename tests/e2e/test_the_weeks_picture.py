"""The whole main job in a real browser: reports, files, the drafted picture, releases, meeting mode, Word and PDF."""

import datetime as dt
import io
import json
import zipfile

import pytest

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.base.jobs.imports import import_now
from samsyn.domains.situation.models import Picture, PictureVersion
from tests.e2e.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def last_week(town, cast):
    """Twelve reports and two police events last week, a few reports each week before."""
    from samsyn.domains.reports.models import Report, ReportKind, Source

    monday = clock.today() - dt.timedelta(days=clock.today().weekday() + 7)
    rows = []
    for back in range(9):
        for number in range(12 if back == 0 else 5):
            at = dt.datetime.combine(
                monday - dt.timedelta(weeks=back, days=-(number % 6)), dt.time(18), clock.SWEDEN
            )
            year, week, _day = at.isocalendar()
            rows.append(
                Report(
                    municipality=town.lulea, organisation=town.youth, kind=ReportKind.INCIDENT,
                    category_key="TRAF", place_text="Badplatsen", starts_at=at,
                    ends_at=at + dt.timedelta(hours=2), iso_year=year, iso_week=week,
                    note="[Påhittad] Mopeder på gångbanan.", source=Source.FORM,
                    idempotency_key=f"00000000-0000-4000-8000-{back:06d}{number:06d}",
                )
            )  # fmt: skip
    Report.objects.bulk_create(rows)
    events = [
        {
            "id": 500 + number, "datetime": f"{monday} 12:00:00 +01:00",
            "name": f"{monday.day} {MONTHS[monday.month - 1]} 10.0{number}, Brand, Luleå",
            "summary": "[Påhittad] Brand i container.", "url": "/x", "type": "Brand",
            "location": {"name": "Luleå", "gps": "65.58,22.15"},
        }
        for number in range(2)
    ]  # fmt: skip
    import_now(actor=SYSTEM, kind="import.police-events", source=json.dumps(events).encode())
    return monday


MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
          "oktober", "november", "december")  # fmt: skip


@pytest.mark.clause("C01", "C04", "H05", "K01")
def test_from_draft_to_a_released_frozen_document(
    last_week, cast, server, new_context, sign_in, axe, shot
):
    coordinator = sign_in(new_context(DESKTOP, accept_downloads=True).new_page(), cast.samordnaren)
    police = sign_in(new_context(DESKTOP).new_page(), cast.kommunpolisen)

    # The coordinator opens Lägesbild and gets last week's draft.
    coordinator.goto(f"{server.url}/lagesbild/")
    axe(coordinator)
    week = last_week.isocalendar().week
    coordinator.get_by_role("button", name=f"Skriv utkast för Luleå kommun, vecka {week}").click()
    coordinator.get_by_role("heading", level=1, name=f"vecka {week}").wait_for()
    page_text = coordinator.inner_text("main")
    assert "kom tolv rapporter" in page_text or "kom 12 rapporter" in page_text
    axe(coordinator)
    shot(coordinator, "lagesbild-utkast", full=True)

    # She rewrites two sentences.
    for number, words in enumerate(
        ("Mopederna vid badplatsen är veckans fråga.", "De flesta sågs i skymningen.")
    ):
        sentence = coordinator.locator(".picture-sentence").nth(number)
        sentence.locator("summary", has_text="Ändra").click()
        sentence.locator("textarea").fill(words)
        sentence.get_by_role("button", name="Spara").click()
        coordinator.get_by_text(words).first.wait_for()

    # A sentence leads to its rows.
    coordinator.locator(".picture-sentence .source").first.click()
    coordinator.get_by_role("heading", level=2, name="Rapporter").wait_for()
    assert coordinator.locator("ul.lines li").count() == 12
    axe(coordinator)
    coordinator.go_back()

    # The kommunpolis releases the police part; the coordinator hers; then it is frozen.
    picture = Picture.objects.get()
    police.goto(f"{server.url}/lagesbild/{picture.pk}/")
    police.get_by_role("button", name="Släpp delen från").click()
    police.get_by_text("Delen är släppt och gemensam.").wait_for()
    coordinator.reload()
    coordinator.get_by_role("button", name="Släpp delen från").click()
    coordinator.get_by_role("button", name="Gör färdig och frys").click()
    coordinator.get_by_text("Lägesbilden är färdig och fryst.").wait_for()
    version = PictureVersion.objects.get()
    assert len(version.checksum) == 64
    axe(coordinator)

    # Meeting mode: arrows move, an action is noted.
    coordinator.get_by_role("link", name="Visa på mötet").click()
    coordinator.get_by_text("1 av").wait_for()
    axe(coordinator)
    shot(coordinator, "motesvisning")
    coordinator.keyboard.press("ArrowRight")
    coordinator.get_by_text("2 av").wait_for()
    coordinator.locator("summary", has_text="Anteckna").click()
    coordinator.get_by_label("Anteckning eller vad som ska göras").fill(
        "Sätt upp bommen vid badplatsen."
    )
    coordinator.get_by_label("Ansvarig funktion").fill("Gatuchefen")
    coordinator.get_by_role("button", name="Spara som att göra").click()
    coordinator.get_by_text("Sätt upp bommen vid badplatsen.").wait_for()
    coordinator.keyboard.press("Escape")

    # It leaves as Word and PDF with the same words.
    coordinator.get_by_role("heading", level=1, name=f"vecka {week}").wait_for()
    files = {}
    for name in ("Word", "PDF"):
        with coordinator.expect_download() as waiting:
            coordinator.get_by_role("link", name=name, exact=True).click()
        files[name] = waiting.value.path().read_bytes()
    assert files["PDF"].startswith(b"%PDF-")
    with zipfile.ZipFile(io.BytesIO(files["Word"])) as word:
        assert "Mopederna vid badplatsen" in word.read("word/document.xml").decode()


@pytest.mark.clause("C01")
def test_the_picture_reads_well_on_a_phone(
    last_week, cast, town, server, new_context, sign_in, axe, shot
):
    from samsyn.domains.situation.services import draft_picture

    year, week, _day = last_week.isocalendar()
    picture = draft_picture(actor=SYSTEM, scope=town.lulea, iso_year=year, iso_week=week)
    page = sign_in(new_context(PHONE).new_page(), cast.samordnaren)
    for path in (
        "/",
        "/lagesbild/",
        f"/lagesbild/{picture.pk}/",
        f"/lagesbild/{picture.pk}/visa/1/",
    ):
        page.goto(f"{server.url}{path}")
        axe(page)
        assert page.evaluate(
            "() => document.documentElement.scrollWidth <= window.innerWidth + 1"
        ), path
    shot(page, "lagesbild-telefon", full=True)


WALLS = ((1280, 720), (1440, 900), (1920, 1080))


@pytest.mark.clause("C01")
def test_no_slide_scrolls_on_any_wall(last_week, cast, town, server, new_context, sign_in):
    """One thing at a time, whole on the screen, with the way on always in sight."""
    from samsyn.domains.situation.services import draft_picture

    year, week, _day = last_week.isocalendar()
    picture = draft_picture(actor=SYSTEM, scope=town.lulea, iso_year=year, iso_week=week)
    page = sign_in(new_context(DESKTOP).new_page(), cast.samordnaren)
    page.goto(f"{server.url}/lagesbild/{picture.pk}/visa/1/")
    slides = int(page.locator(".wayfinder .num").inner_text().split()[-1])
    for number in range(1, slides + 1):
        page.goto(f"{server.url}/lagesbild/{picture.pk}/visa/{number}/")
        for width, height in WALLS:
            page.set_viewport_size({"width": width, "height": height})
            over = page.evaluate("() => document.documentElement.scrollHeight - innerHeight")
            assert over <= 0, (number, page.locator("h1").inner_text(), width, height)


@pytest.mark.clause("K01")
def test_a_party_without_log_in_releases_by_a_link_that_works_once(
    last_week, cast, town, server, new_context, sign_in, axe
):
    from samsyn.domains.situation.services import draft_picture

    year, week, _day = last_week.isocalendar()
    picture = draft_picture(actor=SYSTEM, scope=town.lulea, iso_year=year, iso_week=week)
    coordinator = sign_in(new_context(DESKTOP).new_page(), cast.samordnaren)
    coordinator.goto(f"{server.url}/lagesbild/{picture.pk}/")
    coordinator.locator("summary", has_text="Parten kan inte logga in").click()
    coordinator.get_by_label("Vilken funktion ska få en engångslänk?").fill("Lokalpolisområdeschef")
    coordinator.get_by_role("button", name="Skapa länk").click()
    address = coordinator.locator(".picture-link").inner_text()
    axe(coordinator)

    chief = new_context(PHONE).new_page()
    chief.goto(address)
    chief.get_by_text("Lokalpolisområdeschef").first.wait_for()
    axe(chief)
    chief.get_by_role("button", name="Släpp delen").click()
    chief.get_by_text("Tack. Delen är släppt.").wait_for()
    assert chief.goto(address).status == 404
    release = picture.parts.get(organisation=town.police).releases.get()
    assert (release.way, release.function) == ("link", "Lokalpolisområdeschef")
