"""The network is cut in the middle of reporting: nothing is lost, and nothing comes twice."""

import json

import pytest

from samsyn.domains.reports.models import Report
from tests.e2e.conftest import PHONE
from tests.e2e.reporting import open_form, press, report_mopeds

pytestmark = [pytest.mark.django_db(transaction=True)]

QUEUE = """async () => {
  const base = await new Promise((resolve) => { const r = indexedDB.open("samsyn-rapporter", 1); r.onsuccess = () => resolve(r.result); });
  const all = await new Promise((resolve) => { const r = base.transaction("vantar").objectStore("vantar").getAll(); r.onsuccess = () => resolve(r.result); });
  base.close();
  return all.map((one) => one.key);
}"""


@pytest.fixture
def plain_queue(new_context):
    """A phone whose browser has no background sync: the page alone sends what waits."""
    return new_context(PHONE, service_workers="block").new_page()


def wait_until_installed(page):
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


@pytest.mark.clause("K04")
def test_a_report_waits_on_the_phone_and_goes_when_there_is_network(phone, link, axe, shot):
    open_form(phone, link)
    phone.context.set_offline(True)
    report_mopeds(phone)
    phone.wait_for_selector("text=/Sparat \\d\\d\\.\\d\\d/")
    assert phone.get_by_text("Sparat, skickas när du har täckning (1 väntar)").is_visible()
    press(phone, "Ny rapport")
    report_mopeds(phone)
    phone.wait_for_selector("text=/skickas när du har täckning \\(2 väntar\\)/")
    shot(phone, "rapportera-utan-tackning")
    axe(phone)
    assert Report.objects.count() == 0
    phone.context.set_offline(False)
    phone.wait_for_selector("text=/Skickat \\d\\d\\.\\d\\d/")
    phone.wait_for_function("() => document.querySelector('[data-waiting]').textContent === ''")
    assert Report.objects.count() == 2
    assert phone.evaluate(QUEUE) == []


def test_the_form_opens_without_network_and_sends_when_it_is_back(phone, link):
    """Cut after the first visit: closed, opened again, reported, closed again, and sent at last."""
    open_form(phone, link)
    wait_until_installed(phone)
    phone.reload()
    phone.wait_for_selector("html[data-ready]", state="attached")
    phone.context.set_offline(True)
    phone.goto(link.address)
    phone.wait_for_selector("html[data-ready]", state="attached")
    assert phone.get_by_role("heading", name="Vad har hänt?").is_visible()
    report_mopeds(phone)
    phone.wait_for_selector("text=/1 väntar/")
    context = phone.context
    phone.close()
    context.set_offline(False)
    page = open_form(context.new_page(), link)
    page.wait_for_function("() => document.querySelector('[data-waiting]').textContent === ''")
    assert Report.objects.count() == 1


def test_it_arrives_once_though_the_answer_was_lost(plain_queue, link):
    """The server has stored it, but the phone never heard: it sends again, and there is still one."""
    open_form(plain_queue, link)
    lost = []

    def lose_the_answer(route):
        route.fetch()
        lost.append(json.loads(route.request.post_data)["nyckel"])
        route.abort("connectionreset")

    plain_queue.route("**/skicka", lose_the_answer)
    report_mopeds(plain_queue)
    plain_queue.wait_for_selector("text=/1 väntar/")
    stored = Report.objects.get()
    assert plain_queue.evaluate(QUEUE) == [str(stored.idempotency_key)] == lost
    plain_queue.unroute("**/skicka")
    plain_queue.evaluate("() => dispatchEvent(new Event('online'))")
    plain_queue.wait_for_selector("text=/Skickat/")
    assert Report.objects.get().pk == stored.pk
    assert plain_queue.evaluate(QUEUE) == []


def test_many_losses_in_a_row_still_make_one_of_each(plain_queue, link):
    open_form(plain_queue, link)
    turns = iter(range(1000))

    def unsteady(route):
        turn = next(turns)
        if turn % 3 == 0:
            return route.abort("internetdisconnected")
        response = route.fetch()
        if turn % 3 == 1:
            return route.abort("connectionreset")
        return route.fulfill(response=response)

    plain_queue.route("**/skicka", unsteady)
    for _ in range(4):
        report_mopeds(plain_queue)
        plain_queue.wait_for_selector("text=/Skickat|Sparat/")
        press(plain_queue, "Ny rapport")
    for _ in range(20):
        plain_queue.evaluate("() => dispatchEvent(new Event('online'))")
        plain_queue.wait_for_timeout(150)
    assert plain_queue.evaluate(QUEUE) == []
    assert Report.objects.count() == 4


def test_what_the_guard_stops_later_can_be_sent_without_the_note(phone, link, axe):
    """Without network only the simple rules read the note; the server's refusal loses nothing."""
    open_form(phone, link)
    press(phone, "Trafik, buskörning")
    press(phone, "Badplatsen")
    press(phone, "Nu")
    phone.context.set_offline(True)
    phone.get_by_label("Anteckning").fill("Bråk utanför lgh 1203")
    press(phone, "Skicka")
    phone.wait_for_selector("text=/1 väntar/")
    phone.context.set_offline(False)
    phone.wait_for_selector("text=/En rapport kunde inte skickas/")
    assert Report.objects.count() == 0
    axe(phone)
    phone.locator("[data-stuck] button", has_text="Skicka utan anteckning").click()
    phone.wait_for_function("() => document.querySelector('[data-stuck]').hidden")
    phone.wait_for_function("() => document.querySelector('[data-waiting]').textContent === ''")
    assert Report.objects.get().note == ""


def test_a_link_that_was_revoked_meanwhile_keeps_what_waits(phone, link, cast):
    from samsyn.domains.reports.services import revoke_link

    open_form(phone, link)
    phone.context.set_offline(True)
    report_mopeds(phone)
    phone.wait_for_selector("text=/1 väntar/")
    revoke_link(actor=cast.samordnaren.viewer, link=link)
    phone.context.set_offline(False)
    told = phone.locator("[data-waiting]", has_text="Länken gäller inte längre")
    told.wait_for()
    assert Report.objects.count() == 0
    assert len(phone.evaluate(QUEUE)) == 1


ASKED_FOR = """async () => (await navigator.serviceWorker.ready).sync.getTags()"""


def sync_with(page, origin):
    """Let the browser raise its sync event, as it does when the network is back."""
    session = page.context.new_cdp_session(page)
    found = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"])
    )
    session.send("ServiceWorker.enable")
    until(lambda: bool(found), page)
    registration = next(one for one in found if one["scopeURL"] == f"{origin}/r/")
    session.send(
        "ServiceWorker.dispatchSyncEvent",
        {
            "origin": origin,
            "registrationId": registration["registrationId"],
            "tag": "samsyn-rapporter",
            "lastChance": False,
        },
    )


def until(holds, page):
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("It did not happen in ten seconds.")


@pytest.mark.clause("K04")
def test_what_waits_is_sent_with_the_form_closed_and_told_when_it_is_opened(phone, link, server):
    """The browser's background sync: the service worker sends the queue, once, though no form is open."""
    context = phone.context
    open_form(phone, link)
    wait_until_installed(phone)
    context.set_offline(True)
    report_mopeds(phone)
    phone.wait_for_selector("text=/1 väntar/")
    until(lambda: phone.evaluate(ASKED_FOR) == ["samsyn-rapporter"], phone)
    phone.close()
    context.set_offline(False)
    answers = context.new_page()
    answers.goto(f"{link.address}/svar")
    sync_with(answers, server.url)
    until(lambda: Report.objects.count() == 1, answers)
    sync_with(answers, server.url)
    page = open_form(context.new_page(), link)
    stored = Report.objects.get()
    page.get_by_text(f"Den har nummer {stored.number}.").wait_for()
    assert page.evaluate(QUEUE) == []
