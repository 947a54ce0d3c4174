"""Invented districts around each centre, marked as such, so that maps and tables by area have something to show."""

from __future__ import annotations

import datetime as dt
import random
from math import cos, radians, sin
from typing import Any

from django.db import transaction

from samsyn.base.access import SYSTEM
from samsyn.base.audit.log import record, register_verbs
from samsyn.base.geo.locate import area_at, municipality_shapes
from samsyn.base.geo.models import Area, AreaKind, Edition, Place
from samsyn.base.orgs.models import Organisation
from samsyn.cli.demo.cast import TOWNS, Cast, Town

# name, direction in degrees counter-clockwise from the east
PARTS = (("Östra delen", 10), ("Norra delen", 85), ("Västra delen", 175), ("Södra delen", 265))
EDGE = 0.03

register_verbs({"demo.areas": "Påhittade områden tillagda"})


@transaction.atomic
def make_areas(cast: Cast) -> str:
    """Make one edition per town and put its places in it; returns what was made."""
    made = 0
    for town in TOWNS:
        municipality = cast.towns[town.code]
        edition = Edition.objects.create(
            municipality=municipality,
            kind=AreaKind.DISTRICT,
            valid_from=dt.date(2023, 1, 1),
            source="Påhittade områden för visning",
        )
        shapes = districts(town)
        Area.objects.bulk_create(area(edition, town, *one) for one in enumerate(shapes.items(), 1))
        record(SYSTEM, "demo.areas", edition, organisation=municipality, areas=len(shapes))
        place_all(cast.places[town.code], municipality)
        made += len(shapes)
    return f"Områden (påhittade): {made}."


def area(edition: Edition, town: Town, number: int, named: tuple[str, Any]) -> Area:
    name, shape = named
    middle = shape.representative_point()
    return Area(
        edition=edition,
        code=f"{town.code}-{number}",
        name=name,
        longitude=round(middle.x, 6),
        latitude=round(middle.y, 6),
        geometry=shape.wkb,
    )


def districts(town: Town) -> dict[str, Any]:
    """Return a centre, four parts around it, and the rest of the municipality."""
    import shapely

    chance = random.Random(f"areas-{town.code}")  # noqa: S311 - invented content, no secret
    whole = municipality_shapes()[town.code]
    edge = shapely.Polygon(
        [spot(town, angle, EDGE * chance.uniform(0.8, 1.15)) for angle in range(0, 360, 24)]
    )
    middles = {"Centrum": spot(town, 0, 0.001)} | {
        name: spot(town, angle + chance.uniform(-15, 15), chance.uniform(0.013, 0.018))
        for name, angle in PARTS
    }
    cells = shapely.voronoi_polygons(shapely.MultiPoint([*middles.values()]), extend_to=whole)
    found = {
        name: next(cell for cell in cells.geoms if cell.covers(shapely.Point(middle)))
        for name, middle in middles.items()
    }
    cut = {name: shape.intersection(edge).intersection(whole) for name, shape in found.items()}
    cut["Ytterområdet"] = whole.difference(edge)
    return {
        name: shapely.set_precision(shape, 1e-6)
        for name, shape in cut.items()
        if not shape.is_empty
    }


def spot(town: Town, angle: float, radius: float) -> tuple[float, float]:
    squeeze = cos(radians(town.latitude))
    turn = radians(angle)
    return town.longitude + radius * cos(turn) / squeeze, town.latitude + radius * sin(turn)


def place_all(places: list[Place], municipality: Organisation) -> None:
    """Give each place the district that it lies in."""
    for place in places:
        if place.longitude is not None and place.latitude is not None:
            place.area = area_at(municipality, place.longitude, place.latitude)
    Place.objects.bulk_update(places, ["area"])
