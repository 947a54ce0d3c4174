"""A worry for a child written without network: stopped on the phone, and the way shown for the hour it is."""

import pytest

from samsyn.domains.reports.models import Report
from tests.e2e.reporting import open_form, press

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.mark.clause("K22")
@pytest.mark.parametrize(
    ("hour", "who"),
    [
        ("2026-11-20T10:00:00+01:00", "Socialtjänsten"),
        ("2026-12-25T10:00:00+01:00", "Sociala jouren"),
    ],
)
def test_a_worry_without_network_is_stopped_and_shown_the_way(phone, link, axe, shot, hour, who):
    open_form(phone, link)
    phone.context.set_offline(True)
    phone.clock.set_fixed_time(hour)
    for words in ("Trafik, buskörning", "Badplatsen", "Nu"):
        press(phone, words)
    phone.fill("#text", "Jag är orolig för en elev")
    press(phone, "Skicka")

    phone.wait_for_selector("[data-who][open]")
    now = phone.locator("[data-when][aria-current]")
    assert now.count() == 1
    assert who in now.inner_text()
    assert "orosanmälan" in phone.locator("[data-guard]").inner_text()
    assert Report.objects.count() == 0
    axe(phone)
    shot(phone, f"rapportera-vem-{hour[:10]}")
