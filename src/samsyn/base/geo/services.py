"""Writes about named places."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samsyn.base.access.viewer import Viewer, require
from samsyn.base.audit.log import record
from samsyn.base.errors import UserError
from samsyn.base.geo.locate import area_at, is_near
from samsyn.base.geo.models import Place
from samsyn.base.orgs.models import Organisation

# About one metre: a place is a spot that people know, not a survey point.
DECIMALS = 5
CHANGEABLE = frozenset({"name", "aliases", "longitude", "latitude", "is_public", "closed_on"})


def create_place(
    *,
    actor: Viewer,
    municipality: Organisation,
    name: str,
    aliases: str = "",
    longitude: float | None = None,
    latitude: float | None = None,
    is_public: bool = True,
) -> Place:
    """Add a named place; its area is looked up in the newest editions, now.

    Args:
        actor: holds `geo.change` in the municipality.
        municipality: where the place is.
        name: what people call it, unique in the municipality.
        aliases: other names, free text.
        longitude, latitude: WGS84 degrees, both or none.
        is_public: whether it may be named in what is published.

    Raises:
        NotAllowed, or UserError for an empty or taken name and for a point outside the municipality.
    """
    require(actor, "geo.change", municipality)
    place = Place(municipality=municipality, aliases=tidy(aliases)[:200], is_public=is_public)
    place.name = checked_name(name)
    set_position(place, municipality, longitude, latitude)
    with transaction.atomic():
        save_named(place)
        record(actor, "place.created", place, organisation=municipality, name=place.name)
    return place


def change_place(*, actor: Viewer, place: Place, **changes: Any) -> Place:
    """Change a place's name, other names, position, publicity or last day; what stood before is logged.

    Reports keep the point and the area they were given when they came. A closed place
    (`closed_on`) stays in the history but is no longer offered in the form.

    Args:
        actor: holds `geo.change` in the place's municipality.
        place: the place.
        **changes: any of `name`, `aliases`, `longitude`, `latitude`, `is_public`, `closed_on`.

    Raises:
        NotAllowed, UserError as in `create_place`, TypeError for another field.
    """
    if unknown := set(changes) - CHANGEABLE:
        raise TypeError(f"A place has no changeable {sorted(unknown)}.")
    require(actor, "geo.change", place.municipality_id)
    before = {name: getattr(place, name) for name in sorted(CHANGEABLE)}
    wanted = {**before, **changes}
    place.name = checked_name(wanted["name"])
    place.aliases = tidy(wanted["aliases"])[:200]
    place.is_public, place.closed_on = bool(wanted["is_public"]), wanted["closed_on"]
    if {"longitude", "latitude"} & set(changes):
        set_position(place, place.municipality, wanted["longitude"], wanted["latitude"])
    changed = {name: old for name, old in before.items() if getattr(place, name) != old}
    if not changed:
        return place
    with transaction.atomic():
        save_named(place)
        record(
            actor,
            "place.changed",
            place,
            organisation=place.municipality_id,
            before=in_words(changed),
            after=in_words({name: getattr(place, name) for name in changed}),
        )
    return place


def close_place(*, actor: Viewer, place: Place, on: dt.date | None) -> Place:
    """Let the place be used until and including a day; None opens it again."""
    return change_place(actor=actor, place=place, closed_on=on)


def set_position(
    place: Place, municipality: Organisation, longitude: float | None, latitude: float | None
) -> None:
    """Give the place its point and the area that holds it, or neither."""
    if (longitude is None) != (latitude is None):
        raise UserError(_("Ange både latitud och longitud, eller lämna båda tomma."))
    if longitude is None or latitude is None:
        place.longitude = place.latitude = place.area = None
        return
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        raise UserError(_("Koordinaterna går inte att läsa. Skriv dem som 65,58480 och 22,15460."))
    longitude, latitude = round(longitude, DECIMALS), round(latitude, DECIMALS)
    if not is_near(municipality, longitude, latitude):
        raise UserError(
            _(
                "Punkten ligger utanför %(name)s. Kontrollera att latitud och longitud inte har bytt plats."
            )
            % {"name": municipality.called}
        )
    place.longitude, place.latitude = longitude, latitude
    place.area = area_at(municipality, longitude, latitude)


def checked_name(name: str) -> str:
    """Return the tidy name; UserError where nothing is left of it."""
    name = tidy(name)
    if not name or len(name) > 120:
        raise UserError(_("Skriv platsens namn, med högst 120 tecken."))
    return name


def save_named(place: Place) -> None:
    """Save inside the caller's transaction; UserError where the name is taken."""
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError:
        raise UserError(
            _(
                "Det finns redan en plats som heter %(name)s. Välj ett annat namn, eller ändra den platsen."
            )
            % {"name": place.name}
        ) from None


def tidy(text: str) -> str:
    """Return the text without control characters and doubled blanks."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def in_words(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the values as the log keeps them."""
    return {name: "" if value is None else str(value) for name, value in values.items()}
