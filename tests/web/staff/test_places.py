"""The coordinator gives names to places, and everybody who works here reads them."""

import datetime as dt

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samsyn.base.audit.models import AuditEntry
from samsyn.base.geo import services
from samsyn.base.geo.models import Area, Edition, Place
from samsyn.domains.reports.selectors import places_for_form
from tests.web.staff.conftest import text_of

pytestmark = [pytest.mark.django_db]
SQUARE = {"name": "Torget", "latitude": "65,58480", "longitude": "22.15460", "is_public": "on"}


@pytest.fixture
def desk(cast, evening):
    return cast.samordnaren.client


@pytest.fixture
def district(town):
    import shapely

    edition = Edition.objects.create(
        municipality=town.lulea,
        kind="district",
        valid_from=dt.date(2026, 1, 1),
        source="Kommunens egna",
    )
    box = shapely.box(22.1, 65.5, 22.2, 65.65)
    return Area.objects.create(
        edition=edition, code="1", name="Centrum", longitude=22.15, latitude=65.58, geometry=box.wkb
    )


def test_a_place_is_added_with_comma_or_point_and_finds_its_area(desk, district):
    desk.post(reverse("ny_plats"), SQUARE)
    place = Place.objects.get()
    assert (place.name, place.latitude, place.longitude, place.area) == (
        "Torget",
        65.5848,
        22.1546,
        district,
    )
    assert AuditEntry.objects.get(verb="place.created").facts == {"name": "Torget"}
    assert "Torget Centrum Används" in text_of(desk.get(reverse("platser")))


def test_a_place_may_lack_a_point(desk):
    desk.post(reverse("ny_plats"), {"name": "Någonstans"})
    assert Place.objects.get().longitude is None
    assert "Utan punkt" in text_of(desk.get(reverse("platser")))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"latitude": "59,33", "longitude": "18,06"}, "Punkten ligger utanför Luleå kommun."),
        ({"longitude": ""}, "Ange både latitud och longitud"),
        ({"latitude": "norr"}, "Latitud"),
        ({"latitude": "nan"}, "Latitud"),
        ({"name": " "}, "Namn"),
    ],
)
def test_a_wrong_place_says_what_to_mend(desk, changes, said):
    answer = desk.post(reverse("ny_plats"), {**SQUARE, **changes})
    assert said in text_of(answer)
    assert not Place.objects.exists()


def test_two_places_cannot_have_one_name(desk):
    desk.post(reverse("ny_plats"), SQUARE)
    assert "Det finns redan en plats som heter Torget." in text_of(
        desk.post(reverse("ny_plats"), SQUARE)
    )
    assert Place.objects.count() == 1


def test_a_change_is_logged_with_what_stood_before(desk):
    desk.post(reverse("ny_plats"), SQUARE)
    place = Place.objects.get()
    desk.post(reverse("plats", args=[place.pk]), {**SQUARE, "name": "Stora torget"})
    line = AuditEntry.objects.get(verb="place.changed")
    assert line.facts == {"before": {"name": "Torget"}, "after": {"name": "Stora torget"}}
    desk.post(reverse("plats", args=[place.pk]), {**SQUARE, "name": "Stora torget"})
    assert AuditEntry.objects.filter(verb="place.changed").count() == 1


def test_a_closed_place_is_kept_but_not_offered_and_can_be_opened_again(
    desk, cast, town, spots, evening, monkeypatch
):
    from samsyn.base import clock

    desk.post(reverse("stang_plats", args=[spots.beach.pk]))
    monkeypatch.setattr(clock, "now", lambda: evening + dt.timedelta(days=1))
    offered = places_for_form(cast.samordnaren.viewer, town.lulea)
    assert [one.name for one in offered] == ["Torget"]
    desk.get(reverse("platser"))  # the message of the change is read
    assert "Badplatsen" not in text_of(desk.get(reverse("platser")))
    assert "Badplatsen – Stängd" in text_of(desk.get(reverse("platser") + "?stangda=1"))
    desk.post(reverse("stang_plats", args=[spots.beach.pk]), {"oppna": "1"})
    assert places_for_form(cast.samordnaren.viewer, town.lulea).count() == 2


def test_one_finds_a_place_by_its_other_name(desk, cast, town):
    services.create_place(
        actor=cast.samordnaren.viewer,
        municipality=town.lulea,
        name="Badplatsen",
        aliases="Lillstranden",
    )
    services.create_place(actor=cast.samordnaren.viewer, municipality=town.lulea, name="Torget")
    page = text_of(desk.get(reverse("platser") + "?q=lillstr"))
    assert "Badplatsen" in page
    assert "Torget" not in page
    assert "Ingen plats heter så" in text_of(desk.get(reverse("platser") + "?q=%00xyz"))


@pytest.mark.parametrize("who", ["kommunpolisen", "fritidsledaren", "lasaren"])
def test_others_read_and_do_not_change(cast, town, spots, who):
    client = getattr(cast, who).client
    client.post(reverse("byt_kommun"), {"municipality": town.lulea.pk})
    page = client.get(reverse("plats", args=[spots.beach.pk]))
    assert "Badplatsen" in text_of(page)
    assert b'<form class="form"' not in page.content
    assert client.post(reverse("plats", args=[spots.beach.pk]), SQUARE).status_code == 200
    assert client.get(reverse("ny_plats")).status_code == 404
    assert client.post(reverse("stang_plats", args=[spots.beach.pk])).status_code == 404
    assert not AuditEntry.objects.filter(verb="place.changed").exists()


def test_another_towns_place_is_not_there(cast, spots):
    assert cast.framlingen.client.get(reverse("plats", args=[spots.beach.pk])).status_code == 404
    assert (
        cast.framlingen.client.post(reverse("stang_plats", args=[spots.beach.pk])).status_code
        == 404
    )


def test_a_service_refuses_fields_that_are_not_to_be_changed(cast, spots):
    with pytest.raises(TypeError):
        services.change_place(actor=cast.samordnaren.viewer, place=spots.beach, municipality_id=1)


def test_areas_are_listed_by_edition_and_drawn(desk, district):
    page = text_of(desk.get(reverse("omraden")))
    assert "Eget område 1 januari 2026 Kommunens egna 1" in page
    assert "Centrum" in page
    features = desk.get(reverse("omraden_karta")).json()["features"]
    assert [
        one["properties"]["label"] for one in features if one["properties"]["kind"] == "area"
    ] == ["Centrum"]


def test_without_areas_the_page_teaches(desk):
    assert "Utan områden fungerar allt annat." in text_of(desk.get(reverse("omraden")))


@pytest.mark.parametrize("name", ["platser_karta", "omraden_karta", "kommun_karta"])
def test_the_maps_are_geojson_with_the_outline_and_private(desk, spots, name):
    answer = desk.get(reverse(name))
    assert answer.headers["Cache-Control"] == "private, no-store"
    outline = next(
        one for one in answer.json()["features"] if one["properties"]["kind"] == "outline"
    )
    assert outline["properties"]["label"] == "Luleå kommun"
    assert outline["geometry"]["type"] in {"Polygon", "MultiPolygon"}
    west, south, east, north = answer.json()["bbox"]
    assert 20 < west < east < 24
    assert 64 < south < north < 67


@pytest.mark.parametrize("name", ["platser", "omraden"])
def test_a_thousand_rows_cost_as_many_queries_as_ten(desk, town, district, name):
    from django.db import connection

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert desk.get(reverse(name)).status_code == 200
        return len(found)

    def store(count):
        Place.objects.bulk_create(
            Place(municipality=town.lulea, name=f"P{count}-{n}", area=district)
            for n in range(count)
        )
        Area.objects.bulk_create(
            Area(
                edition=district.edition,
                code=f"{count}-{n}",
                name="A",
                longitude=22,
                latitude=65,
                geometry=b"",
            )
            for n in range(count)
        )

    desk.get(reverse(name))
    store(10)
    few = queries()
    store(990)
    assert queries() == few
