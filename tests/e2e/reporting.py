"""How the stories about reporting open the form and press in it."""


def open_form(page, link):
    page.goto(link.address)
    page.wait_for_selector("html[data-ready]", state="attached")
    return page


def press(page, text):
    """Press where the words stand, as a thumb does; the field itself lies over them."""
    words = page.get_by_text(text, exact=True).locator("visible=true").first
    words.wait_for()
    words.click(force=True)


def report_mopeds(page):
    """Four presses."""
    press(page, "Trafik, buskörning")
    press(page, "Badplatsen")
    press(page, "Nu")
    press(page, "Skicka")
