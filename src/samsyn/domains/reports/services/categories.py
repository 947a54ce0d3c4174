"""Deciding the categories: a body's decision makes a new version, the old ones are kept (K05)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base.access import Viewer, require
from samsyn.base.audit.log import record
from samsyn.base.errors import UserError
from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.models import Category, CategorySet
from samsyn.domains.reports.rules import NOTHING, CategoryChoice
from samsyn.domains.reports.selectors.categories import default_categories


def decide_categories(
    *,
    actor: Viewer,
    municipality: Organisation,
    categories: Sequence[CategoryChoice],
    decided_by: str,
    decided_on: dt.date,
    valid_from: dt.date | None = None,
) -> CategorySet:
    """Put a decided set in force from a day; reports keep the version they were sent under.

    Raises NotAllowed, or UserError where the body, a name or *nothing to report* is missing.
    """
    require(actor, "reports.decide_categories", municipality)
    check_set(categories, decided_by)
    with transaction.atomic():
        earlier = CategorySet.objects.select_for_update().filter(municipality=municipality).first()
        made = CategorySet.objects.create(
            municipality=municipality,
            version=earlier.version + 1 if earlier is not None else 1,
            decided_by=decided_by.strip(),
            decided_on=decided_on,
            valid_from=valid_from or decided_on,
        )
        Category.objects.bulk_create(
            Category(
                category_set=made,
                key=one.key,
                name=one.name,
                help=one.help,
                icon=one.icon,
                order=order,
                on_form=one.on_form,
                codes=list(one.codes),
            )
            for order, one in enumerate(categories, start=1)
        )
        record(
            actor,
            "categories.decided",
            made,
            organisation=municipality,
            version=made.version,
            by=decided_by,
        )
    return made


def check_set(categories: Sequence[CategoryChoice], decided_by: str) -> None:
    keys = [one.key for one in categories]
    if not decided_by.strip():
        raise UserError(_("Ange vilket organ som har beslutat kategorierna."))
    if len(set(keys)) != len(keys) or not all(one.key and one.name.strip() for one in categories):
        raise UserError(_("Varje kategori behöver ett namn och en egen nyckel."))
    if NOTHING not in keys:
        raise UserError(
            _("Kategorin ”Inget att rapportera” måste finnas kvar: den skiljer lugnt från tyst.")
        )


def adopt_default_categories(
    *, actor: Viewer, municipality: Organisation, decided_by: str, decided_on: dt.date
) -> CategorySet:
    """Decide the default set as the municipality's own."""
    return decide_categories(
        actor=actor,
        municipality=municipality,
        categories=default_categories(),
        decided_by=decided_by,
        decided_on=decided_on,
    )
