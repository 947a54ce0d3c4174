"""What a picture is of, as values: a municipality also where only its code is known here."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samsyn.base.errors import UserError
from samsyn.base.orgs.models import Kind, Organisation
from samsyn.domains.situation.result import MunicipalityRef, Scope


def scope_of(organisation: Organisation) -> Scope:
    """Return the scope of a municipality or a police area."""
    if organisation.kind == Kind.POLICE_AREA:
        places = organisation.municipalities.order_by("name")
        return Scope(
            kind="police_area",
            name=organisation.called,
            slug=organisation.slug,
            municipalities=tuple(reference(place) for place in places),
            key=organisation.pk,
        )
    return Scope(
        kind="municipality",
        name=organisation.called,
        slug=organisation.slug,
        municipalities=(reference(organisation),),
        key=organisation.pk,
    )


def scope_of_code(code: str) -> Scope:
    """Return the scope of a municipality code, with or without an organisation here.

    Raises UserError where no Swedish municipality has the code.
    """
    from samsyn.formats.places import municipalities

    organisation = Organisation.objects.filter(municipality_code=code).first()
    if organisation is not None:
        return scope_of(organisation)
    known = municipalities().get(code)
    if known is None:
        raise UserError(
            _(
                "Ingen kommun har koden %(code)s. Koden har fyra siffror, till exempel 2580 för Luleå."
            )
            % {"code": code[:20]}
        )
    return Scope("municipality", known.name, code, (MunicipalityRef(code, known.name),))


def reference(municipality: Organisation) -> MunicipalityRef:
    return MunicipalityRef(municipality.municipality_code, municipality.called, municipality.pk)
