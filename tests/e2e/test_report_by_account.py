"""The youth leader reports from her account, on the phone and on a laptop, also without network."""

import pytest

from samsyn.domains.reports.models import Report
from tests.e2e.reporting import press, report_mopeds

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def places(town):
    from samsyn.base.geo.models import Place

    return Place.objects.create(
        municipality=town.lulea, name="Badplatsen", longitude=22.15, latitude=65.58
    )


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_youth_leader_reports(request, size, server, cast, places, sign_in, axe, shot):
    page = sign_in(request.getfixturevalue(size), cast.fritidsledaren)
    page.goto(f"{server.url}/rapportera/")
    page.wait_for_selector("html[data-ready]", state="attached")
    axe(page)
    shot(page, f"rapportera-inloggad-{size}")
    report_mopeds(page)
    page.wait_for_selector("text=/Skickat \\d\\d\\.\\d\\d/")
    assert Report.objects.get().source == "form"


def test_what_waited_over_the_night_is_sent_after_signing_in_again(
    phone, server, cast, places, sign_in
):
    page = sign_in(phone, cast.fritidsledaren)
    page.goto(f"{server.url}/rapportera/")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.context.set_offline(True)
    report_mopeds(page)
    page.wait_for_selector("text=/1 väntar/")
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.locator("[data-waiting]", has_text="Logga in igen").wait_for()
    assert Report.objects.count() == 0
    sign_in(page, cast.fritidsledaren)
    page.evaluate("() => dispatchEvent(new Event('online'))")
    page.wait_for_function("() => document.querySelector('[data-waiting]').textContent === ''")
    assert Report.objects.count() == 1


def test_the_form_opens_for_the_signed_in_without_network(phone, server, cast, places, sign_in):
    page = sign_in(phone, cast.fritidsledaren)
    page.goto(f"{server.url}/rapportera/")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    page.context.set_offline(True)
    page.goto(f"{server.url}/rapportera/")
    page.wait_for_selector("html[data-ready]", state="attached")
    press(page, "Inget att rapportera den här veckan")
    press(page, "Ja, skicka")
    page.wait_for_selector("text=/1 väntar/")
