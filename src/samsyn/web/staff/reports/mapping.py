"""The reports on the map and in the table beside it: the same rows, counted once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.base import words
from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.models import Report, ReportKind
from samsyn.domains.reports.rules import FEWEST_IN_AREA
from samsyn.web.staff.places import shapes
from samsyn.web.staff.places.shapes import Mark

# Beyond this many spots single ones cannot be told apart: squares of 250 metres are drawn under them.
MOST_MARKS = 400
ROWS_SHOWN = 30


@dataclass(frozen=True)
class PlaceRow:
    """A row of the table beside the map: a place or an area, how many, and where its rows are."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Spots:
    """Where the reports are: marks with a point, areas, and how many lie nowhere on the map."""

    marks: list[Mark]
    places: list[PlaceRow]
    areas: list[tuple[int, PlaceRow]]
    without_point: int
    total: int


def spots_of(rows: QuerySet[Report], query: QueryDict) -> Spots:
    """Count the rows by spot and by area (two queries, whatever their number)."""
    rows = rows.exclude(kind=ReportKind.NOTHING).order_by()
    by_spot = rows.values_list("longitude", "latitude", "place", "place__name", "place_text")
    grouped = list(by_spot.annotate(n=Count("*")).order_by("-n", "place__name", "place_text"))
    marks = merge_marks(grouped, query)
    places = place_rows(grouped, query)
    by_area = rows.exclude(area=None).values_list("area", "area__name").annotate(n=Count("*"))
    areas = [
        (pk, PlaceRow(name, count, address(query, omrade=str(pk))))
        for pk, name, count in by_area.order_by("-n", "area__name")
    ]
    without = sum(one[5] for one in grouped if one[0] is None)
    return Spots(marks, places, areas, without, sum(one[5] for one in grouped))


def merge_marks(grouped: list[Any], query: QueryDict) -> list[Mark]:
    """Return one mark per point; reports that describe the same point in other words are one mark."""
    found: dict[tuple[float, float], Mark] = {}
    # Where the spots are too many to be shown one by one, none is opened by itself.
    few = len(grouped) <= MOST_MARKS
    for longitude, latitude, _place, name, described, count in grouped:
        if longitude is None:
            continue
        key = (longitude, latitude)
        known = found.get(key)
        url = address(query, punkt=f"{longitude},{latitude}") if few else ""
        label = known.label if known else name or described or _("Punkt på kartan")
        found[key] = Mark(longitude, latitude, count + (known.count if known else 0), label, url)
    return list(found.values())


def place_rows(grouped: list[Any], query: QueryDict) -> list[PlaceRow]:
    """Return the table's rows: named places first counted together, then described ones and bare points.

    Only those that are shown are given an address.
    """
    found: dict[tuple[Any, str], tuple[str, int, dict[str, str]]] = {}
    for longitude, latitude, place, name, described, count in grouped:
        if place is not None:
            key, label, chosen = (place, ""), name, {"plats": str(place)}
        elif longitude is not None:
            label = described or point_words(longitude, latitude)
            key, chosen = ((longitude, latitude), ""), {"punkt": f"{longitude},{latitude}"}
        else:
            key, label, chosen = (None, described), described or _("Utan plats"), {}
        known = found.get(key, (label, 0, chosen))
        found[key] = (known[0], known[1] + count, known[2])
    ranked = sorted(found.values(), key=lambda row: (-row[1], row[0]))
    return [
        PlaceRow(label, count, address(query, **chosen) if chosen and at < ROWS_SHOWN else "")
        for at, (label, count, chosen) in enumerate(ranked)
    ]


def point_words(longitude: float, latitude: float) -> str:
    """Return `65,5848° N 22,1546° Ö`."""
    return f"{words.number(latitude, 4)}° N {words.number(longitude, 4)}° Ö"


def address(query: QueryDict, **chosen: str) -> str:
    """Return the list's address with the filter and this choice."""
    kept = {key: value for key, value in query.items() if key not in {"sida", "ordning", *chosen}}
    return f"{reverse('rapporter')}?{urlencode({**kept, **chosen})}"


def geojson(spots: Spots, municipality: Organisation, places: list[Mark]) -> dict[str, Any]:
    """Return outline, areas, named places, and squares (where the spots are many) or spots as GeoJSON."""
    features = shapes.outline_feature(municipality)
    features += shapes.around_features(shapes.without(places, spots.marks))
    features += [shapes.area_feature(pk, row.label, row.count, row.url) for pk, row in spots.areas]
    for one in features:
        # The number stands in the table beside; the shade would say that areas can be compared.
        if one["properties"]["kind"] == "area" and one["properties"]["n"] < FEWEST_IN_AREA:
            one["properties"]["few"] = True
    if len(spots.marks) > MOST_MARKS:
        features += shapes.cell_features(spots.marks)
    else:
        features += [shapes.mark_feature(mark) for mark in spots.marks]
    return shapes.collection(features, shapes.bounds_of(spots.marks, municipality))


def drawing(spots: Spots, municipality: Organisation, title: str, places: list[Mark]) -> str:
    """Return the marks as SVG, for who has no WebGL or no script."""
    around = shapes.without(places, spots.marks)
    return shapes.draw_svg(municipality, spots.marks[:MOST_MARKS], title, around=around)


def map_title(request: HttpRequest, spots: Spots) -> str:
    """Return what the map says, in words."""
    if not spots.places:
        return _("Inga rapporter på kartan")
    first = spots.places[0]
    return _("%(count)s rapporter på kartan, flest vid %(place)s (%(most)s)") % {
        "count": words.number(spots.total - spots.without_point),
        "place": first.label,
        "most": words.number(first.count),
    }
