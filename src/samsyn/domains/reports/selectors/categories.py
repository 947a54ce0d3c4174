"""The categories in force. They are no secret: the form shows them to anybody with a link."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from samsyn.base import clock
from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.models import Category, CategorySet
from samsyn.domains.reports.rules import NOTHING, CategoryChoice, FormCategories, buttons_for
from samsyn.formats.crime_codes import DEFAULT_CATEGORIES

# Names that fit a thumb's button, with soft hyphens; the decided name stands in tables.
SHORT_NAMES = {
    "SKAD": "Skade\u00adgörelse",
    "BRAND": "Brand",
    "SPRANG": "Pyroteknik, vapen",
    "ALK": "Alkohol, langning",
    "TOBAK": "Tobak, vejp",
    "SAML": "Otrygg samling",
    "UNGD": "Ungdoms\u00adstörning",
    "STOR": "Störning, grannar",
    "OLINT": "Obehöriga inne",
    "VALD": "Våld",
    "HOT": "Hot, ofredande",
    "SEX": "Sexuellt ofredande",
    "PERS": "Hot mot personal",
    "BOINB": "Bostads\u00adinbrott",
    "STOLD": "Stöld",
    "TRAF": "Trafik, buskörning",
    "OTRYG": "Otrygg plats",
    "SKRAP": "Ned\u00adskräpning",
    "DIGI": "Digital oro",
    "REKR": "Unga dras in",
    "UTSATT": "Social utsatthet",
    "EVENT": "Något planerat",
    "POS": "Något bra",
}


@lru_cache(maxsize=1)
def default_categories() -> tuple[CategoryChoice, ...]:
    """Return the default set, used until a body has decided its own."""
    return tuple(
        CategoryChoice(
            one.key,
            one.name,
            one.description,
            f"kat-{one.key.lower()}",
            one.key != NOTHING,
            None,
            one.codes,
        )
        for one in DEFAULT_CATEGORIES
    )


def categories_of(
    municipality: Organisation | int, on: dt.date | None = None
) -> tuple[CategoryChoice, ...]:
    """Return the categories in force on a day (today), in order; the default set where none is decided."""
    in_force = CategorySet.objects.filter(
        municipality=municipality, valid_from__lte=on or clock.today()
    )
    newest = in_force.order_by("-valid_from", "-version").values_list("pk", "created_at")[:1]
    return next((categories_in(*one) for one in newest), default_categories())


@lru_cache(maxsize=512)
def categories_in(category_set: int, _created_at: dt.datetime) -> tuple[CategoryChoice, ...]:
    """Return the categories of a set, remembered: a decided set is never changed."""
    decided = Category.objects.filter(category_set=category_set).order_by("order", "name")
    return tuple(
        CategoryChoice(one.key, one.name, one.help, one.icon, one.on_form, one.pk, tuple(one.codes))
        for one in decided
    )


def category_names(municipality: Organisation | int) -> dict[str, str]:
    """Return key → name, also of keys that only older versions knew; the newest name wins."""
    names = {one.key: one.name for one in default_categories()}
    rows = Category.objects.filter(category_set__municipality=municipality)
    names.update(rows.order_by("category_set__version").values_list("key", "name"))
    return names


def form_categories(municipality: Organisation, organisation: Organisation) -> FormCategories:
    """Return the buttons of the form for that organisation."""
    return buttons_for(categories_of(municipality), organisation.kind)


def button_name(category: CategoryChoice) -> str:
    """Return the name that fits a button."""
    return SHORT_NAMES.get(category.key, category.name) if category.pk is None else category.name
