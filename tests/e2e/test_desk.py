"""The coordinator's desk in a real browser: narrow and wide, by mouse and key, with and without script and WebGL."""

import datetime as dt
import shutil
import uuid

import pytest

from samsyn.base import clock
from samsyn.domains.reports.models import Report, ReportStatus

pytestmark = [pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 360, "height": 740}}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
# A browser in which WebGL works without a graphics card.
WITH_WEBGL = ["--headless", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
              "--disable-component-update", "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader",
              "--enable-unsafe-swiftshader"]  # fmt: skip


@pytest.fixture
def week(town, cast):
    """Five reports of this week in Luleå, two of which look alike, and a recipient of lamps."""
    from samsyn.base.geo.models import Place
    from samsyn.domains.reports.services import create_link, save_recipient

    spots = [
        Place.objects.create(municipality=town.lulea, name=name, longitude=x, latitude=y)
        for name, x, y in (
            ("Badplatsen", 22.15, 65.58),
            ("Torget", 22.16, 65.585),
            ("Stationen", 22.17, 65.59),
        )
    ]
    # Monday noon at the latest: always past, always this week.
    today = clock.today()
    noon = dt.datetime.combine(
        today - dt.timedelta(days=today.weekday()), dt.time(), tzinfo=clock.SWEDEN
    )
    plan = ((0, "TRAF", 0), (0, "TRAF", 1), (1, "OTRYG", 9), (2, "SKAD", 20), (1, "KLOT", 30))
    for place, key, minutes in plan:
        at = noon + dt.timedelta(minutes=minutes)
        spot, (year, number, _day) = spots[place], at.isocalendar()
        Report.objects.create(
            municipality=town.lulea, organisation=town.youth, kind="incident", category_key=key, place=spot,
            longitude=spot.longitude, latitude=spot.latitude, starts_at=at, ends_at=at, iso_year=year,
            iso_week=number, note=f"Anteckning {minutes}.", source="link", idempotency_key=uuid.uuid4(),
        )  # fmt: skip
    actor = cast.samordnaren.viewer
    save_recipient(
        actor=actor,
        municipality_id=town.lulea.pk,
        matter="lamp",
        name="Gatukontoret",
        email="gata@exempel.se",
    )
    create_link(actor=actor, municipality=town.lulea, organisation=town.youth, label="Vaktmästare")
    return spots


PAGES = [
    "/rapporter/", "/rapporter/tabell/", "/rapporter/karta/", "/rapporter/att-titta-pa/", "/rapporter/lankar/",
    "/rapporter/lankar/ny/", "/rapporter/mottagare/", "/rapporter/mottagare/ny/", "/rapporter/aterkoppling/",
    "/rapporter/kategorier/", "/rapporter/kategorier/ny/", "/underlag/platser/", "/underlag/platser/ny/", "/underlag/omraden/",
]  # fmt: skip


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360", "1440"])
def test_every_page_is_within_reach_for_everyone(
    new_context, sign_in, server, cast, week, axe, shot, size
):
    page = sign_in(new_context(size, reduced_motion="reduce").new_page(), cast.samordnaren)
    report = Report.objects.first()
    month = clock.today().replace(day=1)
    for path in [
        *PAGES,
        f"/rapporter/{report.pk}/",
        f"/rapporter/aterkoppling/{month.year}/{month.month}/",
        f"/underlag/platser/{week[0].pk}/",
    ]:
        assert page.goto(f"{server.url}{path}").status == 200, path
        page.wait_for_load_state("networkidle")
        width = size["viewport"]["width"]
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, path
        axe(page)
        shot(page, f"desk{path.replace('/', '-')[:30]}{width}", full=True)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360", "1440"])
def test_the_folded_parts_are_too(new_context, sign_in, server, cast, week, axe, size):
    page = sign_in(new_context(size, reduced_motion="reduce").new_page(), cast.samordnaren)
    report = Report.objects.first()
    page.goto(f"{server.url}/rapporter/{report.pk}/")
    page.evaluate(
        "() => document.querySelectorAll('details.action').forEach((one) => { one.open = true; })"
    )
    axe(page)
    page.get_by_role("button", name="Rätta", exact=True).click()
    page.wait_for_selector(".error-summary")
    axe(page)
    page.goto(f"{server.url}/rapporter/lankar/")
    page.get_by_role("button", name="Spärra Vaktmästare").click()
    axe(page)
    page.get_by_role("button", name="Spärra länken").click()
    page.wait_for_selector("text=är spärrad")


@pytest.mark.clause("K04", "H06")
def test_a_morning_at_the_desk(desktop, sign_in, server, cast, week, mailoutbox):
    """From the start page through the queue: merge two, pass a lamp on, answer, and all is looked at."""
    page = sign_in(desktop, cast.samordnaren)
    page.goto(server.url)
    page.get_by_role("link", name="Rapporter", exact=True).click()
    page.wait_for_selector("h1:has-text('Rapporter, vecka')")
    page.get_by_role("link", name="Att titta på").click()
    page.get_by_role("button", name="Slå ihop till en").click()
    page.wait_for_selector("text=Rapporterna är ihopslagna")
    assert Report.objects.filter(merged_into=None).count() == 4

    page.get_by_role("link", name="Otrygg plats").first.click()
    page.click("summary:has-text('Skicka vidare')")
    page.get_by_label("Mottagare").select_option(label="Trasig belysning: Gatukontoret")
    page.get_by_role("button", name="Skicka mejlet").click()
    page.wait_for_selector("text=Rapporten är skickad vidare.")
    assert mailoutbox[0].to == ["gata@exempel.se"]

    page.click("summary:has-text('Svara rapportören')")
    page.get_by_label("Svar", exact=True).fill("Tack. Lampan lagas i veckan.")
    page.get_by_role("button", name="Skicka svaret").click()
    page.wait_for_selector("text=Rapportören fick svar")

    page.goto(f"{server.url}/rapporter/att-titta-pa/")
    page.keyboard.press("j")
    for _number in range(3):
        page.wait_for_selector(".steps-bar")
        before = page.url
        page.keyboard.press("t")
        page.wait_for_url(lambda url, before=before: url != before)
    page.wait_for_selector("text=Allt är tittat på")
    assert ReportStatus.objects.filter(status="seen").count() == 3


def test_keys_walk_but_never_while_one_writes(desktop, sign_in, server, cast, week):
    page = sign_in(desktop, cast.samordnaren)
    page.goto(f"{server.url}/rapporter/att-titta-pa/?ko=1")
    page.keyboard.press("j")
    page.wait_for_selector(".steps-bar")
    first = page.url
    page.keyboard.press("j")
    page.wait_for_url(lambda url: url != first)
    page.keyboard.press("k")
    page.wait_for_url(first)
    page.click("summary:has-text('Svara rapportören')")
    page.get_by_label("Svar", exact=True).fill("")
    page.keyboard.type("tjk")
    assert page.url == first
    assert page.get_by_label("Svar", exact=True).input_value() == "tjk"
    assert not ReportStatus.objects.exists()


def test_a_chosen_filter_is_asked_for_at_once(desktop, sign_in, server, cast, week):
    page = sign_in(desktop, cast.samordnaren)
    page.goto(f"{server.url}/rapporter/")
    assert not page.is_visible("[data-plain]")
    page.get_by_label("Kategori").select_option("KLOT")
    page.wait_for_url("**kategori=KLOT**")
    assert page.locator(".report-lines li").count() == 1
    page.get_by_role("link", name="Rensa").click()
    page.wait_for_function("() => document.querySelectorAll('.report-lines li').length === 5")


def test_without_script_all_still_works(new_context, sign_in, server, cast, week):
    page = sign_in(new_context(PHONE, java_script_enabled=False).new_page(), cast.samordnaren)
    page.goto(f"{server.url}/rapporter/karta/")
    assert page.is_visible("svg.map-drawing circle >> nth=0")
    page.get_by_label("Kategori").select_option("TRAF")
    page.get_by_role("button", name="Visa", exact=True).click()
    assert page.is_visible("text=2 rapporter på kartan, flest vid Badplatsen (2)")
    page.goto(f"{server.url}/rapporter/att-titta-pa/")
    page.get_by_role("button", name="Tittad på").first.click()
    assert page.is_visible("text=är markerad som tittad på")
    page.goto(f"{server.url}/rapporter/lankar/")
    page.get_by_role("button", name="Spärra för gott").click()
    assert page.is_visible("text=är spärrad")


def test_without_webgl_the_drawing_stays(desktop, sign_in, server, cast, week):
    page = sign_in(desktop, cast.samordnaren)
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(f"{server.url}/rapporter/karta/")
    page.wait_for_selector(".map.is-still")
    assert page.is_visible("svg.map-drawing")


def test_with_webgl_the_map_is_live_under_the_strict_policy(
    browser, sign_in, server, cast, week, axe
):
    kind = browser.browser_type
    drawing = kind.launch(executable_path=shutil.which("chromium"), args=WITH_WEBGL)
    try:
        page = drawing.new_page(viewport=DESKTOP["viewport"], locale="sv-SE")
        said = []
        page.on(
            "console", lambda one: said.append(one.text) if one.type in {"error", "info"} else None
        )
        sign_in(page, cast.samordnaren).goto(f"{server.url}/rapporter/karta/")
        page.wait_for_selector(".map.is-live", timeout=20_000)
        page.wait_for_selector(".map-name:has-text('Badplatsen')")
        assert said == []
        axe(page)
        page.goto(f"{server.url}/underlag/platser/ny/")
        page.wait_for_selector(".map.is-live", timeout=20_000)
        page.locator(".map canvas").click(position={"x": 200, "y": 200})
        assert page.get_by_label("Latitud").input_value().startswith("65,")
        assert page.get_by_label("Longitud").input_value().startswith("22,")
        assert said == []
    finally:
        drawing.close()
