"""The maps of the picture as GeoJSON for the browser: the same numbers as the drawings, as far as she may see them."""

from __future__ import annotations

import math
from typing import Any

from django.http import HttpRequest, JsonResponse

from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.rules import FEWEST_IN_AREA
from samsyn.domains.situation import selectors
from samsyn.domains.situation.models import Picture, PictureVersion
from samsyn.domains.situation.numbers.report_rows import CELL_METRES, METRES_PER_DEGREE
from samsyn.domains.situation.result import WeeklyNumbers
from samsyn.formats import swedish
from samsyn.outputs.area_map import outlines_of
from samsyn.web.doors import get_visible, staff_where, viewer_of
from samsyn.web.staff.places import shapes

Feature = dict[str, Any]


@staff_where("pictures.read")
def map_json(request: HttpRequest, pk: Any, figure: str) -> JsonResponse:
    """Return the figure `map` (squares of 250 m, or the municipalities of a joint picture) or `areas`.

    `?utgava=2` is that frozen edition.
    """
    numbers = numbers_of(request, pk)
    places = Organisation.objects.filter(
        municipality_code__in=[place.code for place in numbers.scope.municipalities]
    )
    ground = [one for place in places for one in shapes.outline_feature(place)]
    if numbers.scope.is_joint:
        return answer([*ground, *municipality_features(numbers, places)])
    return answer(
        ground + (area_features(numbers) if figure == "areas" else spot_features(numbers))
    )


def numbers_of(request: HttpRequest, pk: Any) -> WeeklyNumbers:
    """Return the numbers of the picture, or of one of its editions, as the viewer may see them."""
    viewer = viewer_of(request)
    number = request.GET.get("utgava", "")
    if number.isdecimal():
        version = get_visible(viewer, PictureVersion, picture=pk, number=int(number[:6]))
        return selectors.frozen_picture(viewer, version).numbers
    return selectors.shown_picture(viewer, get_visible(viewer, Picture, pk=pk)).numbers


def answer(features: list[Feature]) -> JsonResponse:
    """Return the features, opened at those that carry a count; nobody keeps them."""
    busy = [one for one in features if one["properties"].get("n") or "few" in one["properties"]]
    shown = [one for one in busy if "few" not in one["properties"]] or busy or features
    points = [corner for one in shown for corner in corners_of(one["geometry"])]
    bounds = None
    if points:
        longitudes, latitudes = zip(*points, strict=True)
        bounds = (min(longitudes), min(latitudes), max(longitudes), max(latitudes))
    response = JsonResponse(shapes.collection(features, bounds))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def corners_of(geometry: dict[str, Any]) -> list[tuple[float, float]]:
    """Return two corners of what holds the geometry."""
    from shapely.geometry import shape

    west, south, east, north = shape(geometry).bounds
    return [(west, south), (east, north)]


def spot_features(numbers: WeeklyNumbers) -> list[Feature]:
    """Return the squares with their counts, and the names of the places with most."""
    if numbers.reports is None:
        return []
    squares = [
        shapes.feature("cell", square_at(one.longitude, one.latitude), n=one.count)
        for one in numbers.reports.cells
    ]
    named = [
        shapes.Mark(
            one.longitude, one.latitude, one.count, f"{one.name} {swedish.number(one.count)}"
        )
        for one in numbers.reports.places
        if one.longitude is not None and one.latitude is not None
    ]
    return squares + shapes.around_features(named)


def square_at(longitude: float, latitude: float) -> dict[str, Any]:
    """Return the square of 250 m around its centre."""
    high = CELL_METRES / METRES_PER_DEGREE
    wide = high / math.cos(math.radians(latitude))
    return shapes.square(longitude - wide / 2, latitude - high / 2, wide, high)


def area_features(numbers: WeeklyNumbers) -> list[Feature]:
    """Return all areas of the edition; one with few reports carries no number."""
    if numbers.reports is None or not numbers.reports.areas:
        return []
    codes = [place.code for place in numbers.scope.municipalities]
    counts = {area.code: area.count for area in numbers.reports.areas}
    outlines = outlines_of(codes, numbers.reports.areas)
    named = [
        shapes.Mark(
            one.longitude,
            one.latitude,
            counts[one.code],
            f"{one.name} {swedish.number(counts[one.code])}",
        )
        for one in outlines
        if counts.get(one.code, 0) >= FEWEST_IN_AREA
    ]
    polygons = [
        counted(shapes.area_feature(one.pk, one.name, counts.get(one.code, 0))) for one in outlines
    ]
    return polygons + shapes.around_features(named)


def counted(feature: Feature) -> Feature:
    """Take the number from an area that has too few to be compared."""
    properties = feature["properties"]
    if 0 < properties["n"] < FEWEST_IN_AREA:
        properties |= {"n": 0, "few": True, "text": "färre än 5"}
    return feature


def municipality_features(numbers: WeeklyNumbers, places: Any) -> list[Feature]:
    """Return the municipalities of a joint picture with their counts."""
    counts = {one.code: one.count for one in numbers.municipalities}
    return [
        counted(
            shapes.feature(
                "area", one["geometry"], label=place.called, n=counts[place.municipality_code]
            )
        )
        for place in places
        if place.municipality_code in counts
        for one in shapes.outline_feature(place)
    ]
