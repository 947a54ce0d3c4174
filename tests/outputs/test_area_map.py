"""Sub-areas as polygons: shaded by how many reports, hatched where there are too few, with an equal table."""

import datetime as dt

import pytest
import shapely
from django.urls import reverse

from samsyn.base.access import SYSTEM
from samsyn.base.geo.models import Area, Edition
from samsyn.domains.situation.selectors import shown_picture
from samsyn.domains.situation.services import draft_picture
from samsyn.outputs.picture_document import document_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def districts(town):
    """Luleå in three strips of 0.02 degrees: Väst, Mitt and Öst; and an older edition with the same codes."""
    made = {}
    for year, shift in ((2018, 0.005), (2025, 0.0)):
        edition = Edition.objects.create(
            municipality=town.lulea, kind="district", valid_from=dt.date(year, 1, 1), source="Egna områden"
        )  # fmt: skip
        for number, name in enumerate(("Väst", "Mitt", "Öst")):
            west = 22.10 + 0.02 * number + shift
            made[name] = Area.objects.create(
                edition=edition, code=f"D{number}", name=name, longitude=west + 0.01, latitude=65.58,
                geometry=shapely.box(west, 65.57, west + 0.02, 65.59).wkb,
            )  # fmt: skip
    return made


@pytest.fixture
def picture(districts, report, town):
    for area, count in (("Mitt", 7), ("Öst", 2)):
        for _ in range(count):
            report(area=districts[area], longitude=22.13, latitude=65.58)
    report(place_text="Vet inte var")
    return draft_picture(actor=SYSTEM, scope=town.lulea, iso_year=2026, iso_week=20)


def areas_of(picture):
    document = document_of(shown_picture(SYSTEM, picture))
    where = next(section for section in document.sections if section.key == "where")
    return next(block for block in where.blocks if block.key == "areas")


@pytest.mark.clause("C01", "H05")
def test_areas_are_drawn_shaded_by_count_and_few_are_only_hatched(picture):
    figure = areas_of(picture)
    assert "Mitt 7" in figure.svg
    assert "Öst 2" not in figure.svg
    assert figure.svg.count('fill="url(#area-hatch)" stroke') == 2  # the area, and its sign below
    assert 'fill-opacity="0.25"' in figure.svg
    assert (
        figure.svg.count('fill="none" stroke="#7e7a72" stroke-width="0.75"') == 1
    )  # Väst, with none
    assert "Streckade områden har färre än fem rapporter." in figure.svg
    assert figure.credit == "Kommungräns: SCB. Områden: Egna områden"


def test_the_table_says_the_same_as_the_map_and_adds_up(picture):
    table = areas_of(picture).table
    assert table.rows == (("Mitt", "7"), ("Öst", "färre än 5"), ("Utan område", "1"))
    assert "för få att jämföra" in table.note


def test_no_area_is_said_to_have_most_where_all_have_few(report, districts, town):
    report(area=districts["Öst"])
    report(area=districts["Öst"])
    made = draft_picture(actor=SYSTEM, scope=town.lulea, iso_year=2026, iso_week=20)
    assert not made.sentences.filter(section="where", key="area").exists()
    assert "Inget område har så många rapporter att områden kan jämföras." in areas_of(made).svg


def test_the_live_map_holds_the_same_and_no_more(picture, cast):
    address = reverse("bild_karta", args=[picture.pk, "areas"])
    found = cast.samordnaren.client.get(address).json()
    areas = {
        one["properties"]["label"]: one["properties"]
        for one in found["features"]
        if one["properties"]["kind"] == "area"
    }
    assert areas["Mitt"]["n"] == 7
    assert (areas["Öst"]["n"], areas["Öst"]["few"]) == (0, True)
    assert areas["Väst"]["n"] == 0
    assert "few" not in areas["Väst"]
    assert found["bbox"] == [22.12, 65.57, 22.14, 65.59]


def test_the_live_map_of_places_holds_squares_and_never_a_report(picture, cast):
    address = reverse("bild_karta", args=[picture.pk, "map"])
    found = cast.samordnaren.client.get(address).json()
    cells = [one for one in found["features"] if one["properties"]["kind"] == "cell"]
    assert [one["properties"]["n"] for one in cells] == [9]
    assert cast.framlingen.client.get(address).status_code == 404
