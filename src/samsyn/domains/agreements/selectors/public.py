"""What residents may read of the agreements: what is promised and whom to turn to, never who or how it went."""

from __future__ import annotations

import datetime as dt

from samsyn.base.orgs.models import Kind, Organisation
from samsyn.domains.agreements.models import Agreement, Commitment


def municipalities_with_agreements() -> list[Organisation]:
    """Return the municipalities that live an agreement in Samsyn, by name."""
    started = Agreement.objects.filter(state=Agreement.State.STARTED, kind=Agreement.Kind.AGREEMENT)
    return list(
        Organisation.objects.filter(kind=Kind.MUNICIPALITY, agreements__in=started)
        .distinct()
        .order_by("name")
    )


def municipality_called(slug: str) -> Organisation | None:
    """Return the municipality behind the slug, whether it lives an agreement or not."""
    return Organisation.objects.filter(kind=Kind.MUNICIPALITY, slug=slug).first()


def public_municipality(slug: str) -> Organisation | None:
    """Return the municipality behind the slug, if it lives an agreement."""
    return next((one for one in municipalities_with_agreements() if one.slug == slug), None)


def public_agreements(municipality: Organisation, on: dt.date) -> list[Agreement]:
    """Return the started agreements that hold on `on`."""
    rows = Agreement.objects.filter(
        municipalities=municipality,
        state=Agreement.State.STARTED,
        kind=Agreement.Kind.AGREEMENT,
        starts_on__lte=on,
    ).select_related("current_version")
    return [one for one in rows if not one.is_expired(on)]


def promised(agreement: Agreement, municipality: Organisation) -> list[Commitment]:
    """Return what the parties have undertaken, in own words, in the municipality or jointly."""
    rows = agreement.commitments.filter(is_current=True)
    return list(rows.filter(municipality=municipality) | rows.filter(municipality=None))
