"""The link: opens the form and nothing else, can be revoked, is limited, and its secret is told to nobody."""

import logging
import uuid

import pytest
from django.test import Client

from samsyn.base.audit.models import AuditEntry
from samsyn.domains.reports.models import Report, ReportLink
from samsyn.domains.reports.services import revoke_link
from samsyn.web.report.silence import hidden

pytestmark = [pytest.mark.django_db]
ENDS = ("", "/skicka", "/kontrollera", "/tack", "/svar", "/karta.json", "/manifest.webmanifest")


@pytest.mark.clause("K04")
def test_a_report_is_acknowledged_and_stored(phone, filled):
    response = phone.post("skicka", filled())
    assert response.status_code == 201
    assert response.json()["number"] == Report.objects.get().number
    assert not response.cookies


def test_the_second_time_gives_the_same_receipt(phone, filled):
    fields = filled()
    first, again = phone.post("skicka", fields), phone.post("skicka", fields)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Report.objects.count() == 1


@pytest.mark.parametrize("end", ENDS)
def test_an_unknown_or_revoked_link_is_a_plain_404(phone, cast, end):
    unknown = phone.client.get(f"/r/{'x' * 24}{end}")
    revoke_link(actor=cast.samordnaren.viewer, link=phone.link)
    revoked = phone.client.get(f"{phone.address}{end}")
    for response in (unknown, revoked):
        assert response.status_code == 404
        assert "Be samordnaren i din kommun om en ny länk" in response.content.decode()


def test_a_link_revoked_a_moment_ago_takes_nothing_more(phone, filled, cast):
    """Also when the worker remembers it from the report before."""
    assert phone.post("skicka", filled()).status_code == 201
    revoke_link(actor=cast.samordnaren.viewer, link=phone.link)
    assert phone.post("skicka", filled()).status_code == 404
    assert Report.objects.count() == 1


def test_the_limit_of_the_hour_is_a_plain_429_and_loses_nothing(phone, filled):
    ReportLink.objects.update(per_hour=2)
    assert [phone.post("skicka", filled()).status_code for _ in range(3)] == [201, 201, 429]
    page = phone.client.post(phone.address, filled())
    assert page.status_code == 429
    assert "Vänta en stund" in page.content.decode()
    assert Report.objects.count() == 2


def test_the_secret_never_leaves_the_phone(phone, filled, caplog):
    caplog.set_level(logging.DEBUG)
    for end in ENDS:
        response = phone.client.get(f"{phone.address}{end}")
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response.headers["Cache-Control"]
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert not response.cookies
    phone.post("skicka", filled(text="19121212-1212"))
    phone.post("skicka", {})
    phone.client.get(f"{phone.address}/finns-inte")
    logged = " ".join(
        record.getMessage() for record in caplog.records if record.name.startswith("django.request")
    )
    assert "/r/…" in logged
    assert phone.token not in logged
    assert not any(
        phone.token in str(one.facts) + one.thing_key for one in AuditEntry.objects.all()
    )


@pytest.mark.parametrize("room", ["/r", "/lagesbild/slapp", "/godkann", "/kalender"])
def test_no_secret_address_is_logged(room):
    assert hidden(f"Not Found: {room}/Hemligt-123/fil") == f"Not Found: {room}/…/fil"


def test_the_check_stores_and_logs_nothing(phone, caplog, django_assert_num_queries):
    caplog.set_level(logging.DEBUG)
    rows = AuditEntry.objects.count()
    verdict = phone.post("kontrollera", {"text": "Det var 19121212-1212"}).json()
    assert verdict["ok"] is False
    assert "personnummer" in verdict["messages"][0]
    assert "1212" not in str(verdict)
    assert phone.post("kontrollera", {"text": "Mopeder på gångvägen"}).json() == {
        "ok": True,
        "messages": [],
        "redirect": "",
    }
    assert (AuditEntry.objects.count(), Report.objects.count()) == (rows, 0)
    assert "1212" not in " ".join(
        one.getMessage() for one in caplog.records if not one.name.startswith("django.db")
    )


@pytest.mark.parametrize(
    "body",
    [
        "{}",
        "[]",
        "null",
        "{",
        '{"nyckel": 7}',
        '{"nyckel": "x"}',
        '"text"',
        "\x00",
        "[" * 19_000,
        '{"nyckel": ' + '"' + "9" * 30_000 + '"}',
    ],
)
def test_what_is_no_report_is_a_plain_422(phone, body):
    response = phone.client.post(f"{phone.address}/skicka", body, content_type="application/json")
    assert response.status_code == 422
    assert response.json()["message"]
    page = phone.client.post(phone.address, body, content_type="application/json")
    assert page.status_code == 422
    assert Report.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"kategori": "<script>"},
        {"plats": "999999999999999999999999"},
        {"plats": "-1"},
        {"plats": "", "longitud": "nan", "latitud": "inf"},
        {"plats": "", "longitud": "22", "latitud": "91"},
        {"nar": "igår"},
        {"nar": "eget", "fran": "2026-02-30T10:00"},
        {"nar": "eget", "fran": "9999-12-31T23:59"},
        {"nar": "eget", "fran": "2026-05-14T22:00", "till": "2026-05-14T21:00"},
        {"antal": "3"},
        {"epost": "inte en adress"},
        {"text": "x" * 301},
        {"text": "19121212-1212"},
    ],
)
def test_odd_fields_are_answered_with_words(phone, filled, changes):
    for response in (
        phone.post("skicka", filled(**changes)),
        phone.client.post(phone.address, filled(**changes)),
    ):
        assert response.status_code == 422
        assert b"Traceback" not in response.content
    assert Report.objects.count() == 0


def test_a_phone_whose_clock_is_fast_still_reports(phone, filled):
    import datetime as dt

    from samsyn.base import clock

    ahead = (clock.now() + dt.timedelta(hours=1)).isoformat()
    assert phone.post("skicka", filled(fran=ahead, till=ahead, enhet="1")).status_code == 201
    assert Report.objects.get().starts_at <= clock.now()


def test_a_report_that_waited_keeps_the_time_when_it_was_written(phone, filled):
    import datetime as dt

    from samsyn.base import clock

    then = clock.now() - dt.timedelta(days=2)
    assert (
        phone.post(
            "skicka", filled(fran=then.isoformat(), till=then.isoformat(), enhet="1")
        ).status_code
        == 201
    )
    assert Report.objects.get().starts_at == then


def test_a_private_companys_form_does_not_ask_about_people(phone, cast, town, filled):
    from samsyn.domains.reports.services import create_link

    _link, token = create_link(
        actor=cast.samordnaren.viewer,
        municipality=town.lulea,
        organisation=town.housing,
        label="Vaktmästare",
    )
    page = Client().get(f"/r/{token}").content.decode()
    assert "Hur många?" not in page
    assert "Ett företag får inte lämna uppgifter om personer" in page
    assert "Hur många?" in phone.client.get(phone.address).content.decode()


def test_every_method_that_is_not_meant_is_refused(phone):
    assert phone.client.get(f"{phone.address}/skicka").status_code == 405
    assert phone.client.post(f"{phone.address}/svar").status_code == 405
    assert phone.client.put(phone.address).status_code == 405


@pytest.mark.parametrize("places", [10, 1000])
def test_the_form_costs_the_same_however_many_places(
    phone, town, places, django_assert_max_num_queries
):
    from samsyn.base.geo.models import Place

    Place.objects.bulk_create(
        Place(municipality=town.lulea, name=f"Plats {number}") for number in range(places)
    )
    with django_assert_max_num_queries(4):
        assert phone.client.get(phone.address).status_code == 200


def test_the_manifest_belongs_to_the_link(phone):
    manifest = phone.client.get(f"{phone.address}/manifest.webmanifest").json()
    assert manifest["start_url"] == manifest["scope"] == phone.address
    assert manifest["display"] == "standalone"


def test_the_service_worker_lies_where_it_rules(phone):
    response = phone.client.get("/r/sw.js")
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["Cache-Control"] == "no-cache"
    assert "report/report.js" in response.content.decode()


def test_all_that_the_worker_keeps_exists():
    from django.contrib.staticfiles import finders

    from samsyn.web.report.offline import ASSETS

    assert [name for name in ASSETS if finders.find(name) is None] == []


def test_the_outline_is_geojson_without_any_report(phone, filled):
    outline = phone.client.get(f"{phone.address}/karta.json").json()
    assert outline["type"] == "FeatureCollection"
    assert outline["features"][0]["geometry"]["type"] in {"Polygon", "MultiPolygon"}


def test_the_receipt_says_only_what_was_signed(phone):
    forged = phone.client.get(f"{phone.address}/tack?k=abc")
    assert forged.status_code == 302
    assert forged.url == phone.address


def test_the_code_on_the_poster_needs_no_style_and_holds_the_address(phone, settings):
    from samsyn.web.report.poster import address_of, qr_svg

    settings.BASE_URL = "https://samsyn.exempel.se"
    drawing = qr_svg(phone.token)
    assert drawing.startswith("<svg")
    assert "style=" not in drawing
    assert address_of(phone.token) == f"https://samsyn.exempel.se/r/{phone.token}"


def test_keys_of_two_organisations_do_not_mix(phone, cast, town, filled):
    """A key that another organisation has used gives no receipt of its report."""
    from samsyn.domains.reports.services import create_link

    fields = filled(nyckel=str(uuid.uuid4()))
    assert phone.post("skicka", fields).status_code == 201
    _link, token = create_link(
        actor=cast.samordnaren.viewer,
        municipality=town.lulea,
        organisation=town.housing,
        label="Annan",
    )
    other = Client().post(f"/r/{token}/skicka", fields, content_type="application/json")
    assert other.status_code == 422
    assert "number" not in other.json()
