"""From crime codes to the council's categories, with the dates between which each code holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from samsyn.base import clock
from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.models import CategorySet
from samsyn.domains.reports.selectors import category_names
from samsyn.formats.crime_codes import category_for, normalise_code


@dataclass(frozen=True)
class CategoryMap:
    """How one municipality's categories are found: by heading where the list has no codes, else by code.

    A heading that nobody has decided on, and has no code, is taken for the category whose name it is.
    """

    by_label: dict[str, str]
    by_code: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)

    def key_for(self, code: str | None, label: str, month: int) -> str:
        """Return the category's key, empty where the code belongs to none."""
        if label in self.by_label:
            return self.by_label[label]
        normal = normalise_code(code) if code else None
        if normal is None:
            return self.by_name.get(label.strip().casefold(), "")
        return (
            self.by_code.get(normal)
            or category_for(normal, dt.date(month // 100, month % 100, 1))
            or ""
        )


def category_map(municipality: Organisation, by_label: dict[str, str]) -> CategoryMap:
    """Return the map of the category set that is in force in the municipality, else the default one."""
    in_force = (
        CategorySet.objects.filter(municipality=municipality, valid_from__lte=clock.today())
        .prefetch_related("categories")
        .order_by("-version")
        .first()
    )
    categories = in_force.categories.all() if in_force is not None else ()
    by_code = {code: category.key for category in categories for code in codes_of(category.codes)}
    by_name = {name.casefold(): key for key, name in category_names(municipality).items()}
    return CategoryMap(by_label=dict(by_label), by_code=by_code, by_name=by_name)


def codes_of(kept: list[Any]) -> list[str]:
    """Return the crime codes of a category, kept as plain codes or with their dates."""
    return [str(one["code"] if isinstance(one, dict) else one) for one in kept]
