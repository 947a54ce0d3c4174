"""The coordinator reads the week: as a list, a table, a map and a file."""

import csv
import datetime as dt
import io

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samsyn.base.audit.models import AuditEntry
from tests.web.staff.conftest import EVENING, text_of

pytestmark = [pytest.mark.django_db]
LAST_WEEK = EVENING - dt.timedelta(days=7)


def file_of(response):
    text = b"".join(response.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:]), delimiter=";"))


def test_the_week_has_a_number_and_each_report_a_line(cast, report):
    report()
    report(category_key="KLOT", at=LAST_WEEK)
    report(kind="nothing")
    page = text_of(cast.samordnaren.client.get("/rapporter/"))
    assert "Rapporter, vecka 20" in page
    assert "11–17 maj 2026" in page
    assert "1 rapport om något som har hänt, vecka 20" in page
    assert "Dessutom 1 ”inget att rapportera”." in page
    assert "Trafik, buskörning, A-traktor, moped , Badplatsen" in page
    assert "Klotter , Badplatsen" not in page


def test_the_week_before_is_one_press_away(cast, report):
    report(category_key="KLOT", at=LAST_WEEK)
    page = cast.samordnaren.client.get("/rapporter/")
    assert 'href="?vecka=2026-W19" rel="prev"' in page.content.decode()
    assert "Klotter , Badplatsen" in text_of(
        cast.samordnaren.client.get("/rapporter/?vecka=2026-W19")
    )


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("kategori=KLOT", {"KLOT"}),
        ("kalla=form", {"SKAD"}),
        ("slag=incident", {"TRAF", "KLOT", "SKAD"}),
        ("lage=ny", {"TRAF", "KLOT", "SKAD"}),
        ("lage=seen", set()),
        ("lage=ihopslagen", set()),
        ("vecka=alla", {"TRAF", "KLOT", "SKAD", "BRAND"}),
        ("punkt=22.16,65.59", {"KLOT"}),
    ],
)
def test_a_filter_takes_what_it_says(cast, town, report, spots, query, shown):
    report()
    report(category_key="KLOT", place_id=spots.square.pk)
    report(category_key="SKAD", actor=cast.samordnaren.viewer, organisation=town.lulea)
    report(category_key="BRAND", at=LAST_WEEK)
    answer = cast.samordnaren.client.get(f"/rapporter/rapporter.csv?{query}")
    names = {"Trafik": "TRAF", "Klotter": "KLOT", "Skadegörelse": "SKAD", "Brand": "BRAND"}
    assert {names[row["Kategori"].split(",")[0]] for row in file_of(answer)} == shown


def test_area_organisation_and_step_filter_too(cast, town, report, spots):
    from samsyn.base.geo.models import Area, Edition
    from samsyn.domains.reports.models import Report
    from samsyn.domains.reports.services import mark_seen

    edition = Edition.objects.create(
        municipality=town.lulea, kind="district", valid_from="2026-01-01"
    )
    area = Area.objects.create(
        edition=edition, code="1", name="Hamnen", longitude=22, latitude=65, geometry=b""
    )
    seen = report()
    Report.objects.filter(pk=seen.pk).update(area=area)
    report(category_key="KLOT", actor=cast.samordnaren.viewer, organisation=town.lulea)
    mark_seen(actor=cast.samordnaren.viewer, reports=[seen])
    client = cast.samordnaren.client
    for query in (f"omrade={area.pk}", f"organisation={town.youth.pk}", "lage=seen"):
        rows = file_of(client.get(f"/rapporter/rapporter.csv?{query}"))
        assert [row["Nummer"] for row in rows] == [seen.number], query
    assert "Hamnen" in text_of(client.get("/rapporter/"))


@pytest.mark.parametrize(
    "query",
    ["vecka=2024-W53", "vecka=x", "omrade=abc", "organisation=99999999999999999999", "punkt=nan,1",
     "punkt=1", "kategori=%00", "lage=x", "ordning=x", "sida=x", "sida=99999", "plats=-1", "ordning=-"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["", "tabell/", "karta/", "karta.json"])
def test_nonsense_in_the_address_is_left_out(cast, report, evening, path, query):
    assert cast.samordnaren.client.get(f"/rapporter/{path}?{query}").status_code == 200


def test_a_week_that_is_not_is_told_of(cast, evening):
    page = text_of(cast.samordnaren.client.get("/rapporter/?vecka=2024-W53"))
    assert "Veckan i adressen finns inte. Här visas den här veckan." in page


@pytest.mark.parametrize(
    "order", ["tid", "-tid", "kategori", "-plats", "omrade", "organisation", "mottagen", "-lage"]
)
def test_the_table_sorts_by_every_column(cast, report, order):
    report()
    report(category_key="KLOT", place_id=None, place_text="Bakom hallen")
    page = cast.samordnaren.client.get(f"/rapporter/tabell/?ordning={order}")
    assert page.status_code == 200
    assert "Bakom hallen" in text_of(page)


def test_an_empty_week_says_that_it_is_silent(cast, evening):
    page = text_of(cast.samordnaren.client.get("/rapporter/"))
    assert "Det är tyst, det betyder inte att det är lugnt." in page


def test_the_map_and_its_table_say_the_same(cast, report, spots):
    report()
    report(place_id=spots.square.pk)
    report(place_id=spots.square.pk, category_key="KLOT")
    report(place_id=None, place_text="Bakom hallen")
    client = cast.samordnaren.client
    page = text_of(client.get("/rapporter/karta/"))
    assert "3 rapporter på kartan, flest vid Torget (2)" in page
    assert "Torget 2" in page
    assert "Bakom hallen 1" in page
    assert "En rapport har ingen punkt" in page
    features = client.get("/rapporter/karta.json").json()["features"]
    points = {
        one["properties"]["label"]: one["properties"]["n"]
        for one in features
        if one["properties"]["kind"] == "point"
    }
    assert points == {"Badplatsen": 1, "Torget": 2}
    assert [
        one["properties"]["label"] for one in features if one["properties"]["kind"] == "outline"
    ] == ["Luleå kommun"]


def test_a_spot_leads_to_its_rows(cast, report, spots):
    report()
    report(place_id=spots.square.pk, category_key="KLOT")
    client = cast.samordnaren.client
    features = client.get("/rapporter/karta.json").json()["features"]
    address = next(
        one["properties"]["url"] for one in features if one["properties"].get("label") == "Torget"
    )
    page = text_of(client.get(address))
    assert "Klotter , Torget" in page
    assert "1 rapport om något som har hänt" in page


def test_without_webgl_the_server_has_drawn_the_map(cast, report):
    report()
    page = cast.samordnaren.client.get("/rapporter/karta/").content.decode()
    assert '<circle cx="' in page
    assert ">Badplatsen</text>" in page


def test_many_spots_become_squares_of_250_metres(town):
    from samsyn.web.staff.places.shapes import Mark, cell_features

    near, far = Mark(22.15, 65.58, 2, "a"), Mark(22.1501, 65.58001, 3, "b")
    [cell] = cell_features([near, far])
    assert cell["properties"] == {"kind": "cell", "n": 5}
    west, south = cell["geometry"]["coordinates"][0][0]
    assert west <= 22.15 < west + 0.006
    assert south <= 65.58 < south + 0.0023
    assert len(cell_features([near, Mark(22.2, 65.6, 1, "c")])) == 2


def test_the_file_is_logged_and_cannot_run_anything(cast, report):
    report(note="=HYPERLINK(1)", place_id=None, place_text="+torget")
    report(note="@SUM(1)")
    rows = file_of(cast.samordnaren.client.get("/rapporter/rapporter.csv?kategori=TRAF"))
    assert {row["Anteckning"] for row in rows} == {"'=HYPERLINK(1)", "'@SUM(1)"}
    assert "'+torget" in {row["Plats"] for row in rows}
    line = AuditEntry.objects.get(verb="reports.exported")
    assert line.facts == {"rows": 2, "filter": "?kategori=TRAF"}
    assert line.actor_id == cast.samordnaren.user.pk


def test_a_file_of_nothing_is_only_headings(cast, evening):
    assert file_of(cast.samordnaren.client.get("/rapporter/rapporter.csv")) == []


def test_each_sees_what_the_rules_allow(cast, town, report):
    own = report()
    report(category_key="KLOT", actor=cast.fastighetsbolaget.viewer, organisation=town.housing)
    for actor in (cast.samordnaren, cast.kommunpolisen, cast.sakerhetschefen, cast.socialtjansten):
        client = actor.client
        client.post(reverse("byt_kommun"), {"municipality": town.lulea.pk})
        assert len(file_of(client.get("/rapporter/rapporter.csv"))) == 2
    rows = file_of(cast.fritidsledaren.client.get("/rapporter/rapporter.csv"))
    assert [row["Nummer"] for row in rows] == [own.number]
    assert (
        "Klotter"
        not in text_of(cast.fritidsledaren.client.get("/rapporter/karta/")).split(
            "Samma sak som tabell"
        )[1]
    )
    assert file_of(cast.framlingen.client.get("/rapporter/rapporter.csv")) == []


@pytest.mark.parametrize("who", ["radsledamoten", "lasaren", "arkivarien", "administratoren"])
@pytest.mark.parametrize(
    "path", ["", "tabell/", "karta/", "karta.json", "rapporter.csv", "att-titta-pa/"]
)
def test_for_the_others_the_room_does_not_exist(cast, evening, who, path):
    client = getattr(cast, who).client
    assert client.get(f"/rapporter/{path}").status_code == 404


def test_the_word_stands_in_the_navigation_for_those_who_see_something(cast, evening):
    assert 'href="/rapporter/"' in cast.fritidsledaren.client.get("/rapporter/").content.decode()
    assert (
        'href="/rapporter/"' not in cast.lasaren.client.get("/underlag/platser/").content.decode()
    )


def test_who_is_not_signed_in_is_asked_to(client, evening):
    assert client.get("/rapporter/").status_code == 302


@pytest.mark.parametrize(
    "path",
    ["/rapporter/", "/rapporter/tabell/", "/rapporter/karta/", "/rapporter/karta.json", "/rapporter/att-titta-pa/", "/rapporter/rapporter.csv"],
)  # fmt: skip
def test_a_thousand_reports_cost_as_many_queries_as_ten(cast, many_reports, path):
    from django.db import connection

    client = cast.samordnaren.client

    def queries():
        with CaptureQueriesContext(connection) as found:
            answer = client.get(f"{path}?vecka=alla")
            assert answer.status_code == 200
            if answer.streaming:
                b"".join(answer.streaming_content)
        return len(found)

    client.get(path)
    many_reports(10)
    few = queries()
    many_reports(990)
    assert queries() == few
    assert few <= 30
