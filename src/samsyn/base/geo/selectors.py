"""Reading areas and places, each through the one door."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from samsyn.base import clock
from samsyn.base.access import Viewer, visible
from samsyn.base.geo.models import Area, Edition, Place
from samsyn.base.orgs.models import Organisation


def newest_editions(viewer: Viewer, municipality: Organisation) -> list[Edition]:
    """Return the newest edition of each kind of area, in the order of `AreaKind`."""
    rows = visible(viewer, Edition).filter(municipality=municipality)
    newest: dict[str, Edition] = {}
    for edition in rows.order_by("kind", "-valid_from", "-pk"):
        newest.setdefault(edition.kind, edition)
    return list(newest.values())


def current_areas(viewer: Viewer, municipality: Organisation) -> QuerySet[Area]:
    """Return the areas of the newest editions by name, without their polygons."""
    editions = newest_editions(viewer, municipality)
    rows = visible(viewer, Area).filter(edition__in=editions)
    return rows.select_related("edition").defer("geometry").order_by("name", "code")


def places_of(viewer: Viewer, municipality: Organisation) -> QuerySet[Place]:
    """Return the municipality's named places by name, also the closed ones."""
    rows = visible(viewer, Place).filter(municipality=municipality)
    return rows.select_related("area").defer("area__geometry").order_by("name")


def open_on(rows: QuerySet[Place]) -> QuerySet[Place]:
    """Return those places that are still used today."""
    return rows.filter(Q(closed_on=None) | Q(closed_on__gte=clock.today()))
