"""The style page in a real browser: every part, narrow and wide, light and dark, by eye, key and ear."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.e2e
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def opened(browser, served):
    """Open the style page; whatever the console complains of is gathered in `page.complaints`."""
    contexts = []

    def open_page(width=1280, scheme="light", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on(
            "console",
            lambda m: page.complaints.append(m.text) if m.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(f"{served}/stil")
        return page

    yield open_page
    for context in contexts:
        context.close()


def findings(page) -> list[str]:
    return [
        f"{v['id']}: {v['nodes'][0]['html']}"
        for v in Axe().run(page, options=RULES).response["violations"]
    ]


@pytest.mark.parametrize("width", [360, 1920])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_out_of_reach_for_anyone(opened, width, scheme):
    page = opened(width, scheme)

    assert findings(page) == []
    assert page.complaints == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_form_sent_empty_puts_one_before_the_list_of_errors(opened, scheme):
    page = opened(360, scheme)
    page.click("main button:has-text('Skicka')")
    page.wait_for_selector(".error-summary:focus")
    assert findings(page) == []

    page.click(".error-summary a:has-text('Vad har hänt?')")
    assert page.evaluate("() => document.activeElement.name") == "kategori"


def test_the_open_menu_and_dialog_can_be_read_too(opened):
    page = opened()
    page.click("summary:has-text('Samordnaren')")
    assert findings(page) == []
    page.keyboard.press("Escape")

    page.click("[data-dialog='ta-bort']")
    assert findings(page) == []
    page.click("dialog [data-close]")
    assert not page.is_visible("dialog")


def test_everything_one_presses_is_large_enough(opened):
    page = opened(360)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, summary, select, input:not([type=hidden])')]
            .filter(e => e.checkVisibility() && !e.closest('.skip, p:not(.big), li:not(.lines li)') && !e.matches('.choice input, .chip input, .skip'))
            .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"""
    )
    assert small == []


def test_slash_goes_to_the_search_box_and_skip_to_the_content(opened):
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "innehall"

    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.name") == "q"
    page.keyboard.type("a/b")
    assert page.input_value("#find") == "a/b"


def test_escape_closes_the_menu_and_gives_back_the_focus(opened):
    page = opened()
    page.click("summary:has-text('Samordnaren')")
    page.keyboard.press("Escape")

    assert page.locator("details[data-menu][open]").count() == 0
    assert "Samordnaren" in page.evaluate("() => document.activeElement.textContent")


def test_the_chosen_colours_come_with_the_next_page(opened):
    page = opened(scheme="light")
    page.click("summary:has-text('Samordnaren')")
    page.click("[data-scheme] button[value='dark']")
    assert page.evaluate("() => document.documentElement.dataset.colorScheme") == "dark"

    page.reload()
    assert page.evaluate("() => document.documentElement.dataset.colorScheme") == "dark"
    assert (
        page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(16, 22, 23)"
    )


def test_without_javascript_menu_and_table_still_open(opened):
    page = opened(java_script_enabled=False)
    page.click("summary:has-text('Samordnaren')")
    assert page.is_visible("text=Arkiv")
    page.keyboard.press("Tab")

    page.click("text=Samma sak som tabell")
    assert page.is_visible("th:has-text('Vecka')")
    assert page.is_visible("[data-plain]")


def test_on_paper_there_is_nothing_to_press(opened):
    page = opened(scheme="dark")
    page.emulate_media(media="print")

    assert not page.is_visible("header.top")
    assert not page.is_visible(".ds-button >> nth=0")
    assert page.evaluate("() => getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
