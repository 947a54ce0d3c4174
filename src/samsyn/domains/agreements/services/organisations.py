"""Which organisation a party of the file is: found by code, number or name, and made where it is missing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samsyn.base.access import Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import UserError
from samsyn.base.orgs.models import Kind, Organisation
from samsyn.base.orgs.services import free_slug
from samsyn.domains.agreements.file import Agreement as File
from samsyn.domains.agreements.file.schema import Organisation as FileOrganisation
from samsyn.domains.agreements.file.schema import Party as FileParty
from samsyn.formats.places import municipalities

KINDS = {
    "municipality": Kind.MUNICIPALITY,
    "police_area": Kind.POLICE_AREA,
    "police_region": Kind.AUTHORITY,
    "probation": Kind.KRIMINALVARDEN,
    "state_agency": Kind.AUTHORITY,
    "region": Kind.AUTHORITY,
    "school": Kind.SCHOOL,
    "municipal_company": Kind.COMPANY,
    "company": Kind.COMPANY,
    "association": Kind.ASSOCIATION,
    "other": Kind.OTHER,
}
# Many offices share one number with their whole agency, so for these the name decides.
SHARE_A_NUMBER = frozenset({Kind.POLICE_AREA, Kind.AUTHORITY, Kind.KRIMINALVARDEN})


def find_organisations(*, actor: Viewer, file: File) -> dict[str, Organisation]:
    """Return file id → organisation for every party, made where missing, and for those others that are known.

    A police area works in the municipalities it covers. One who is not the system extends an
    organisation's reach only to municipalities where she may set up agreements.
    """
    known = {
        party.id: match(party) or make(actor, party)
        for party in file.parties
        if file.kind == "agreement"
    }
    places = {ref: one for ref, one in known.items() if one.is_municipality}
    for party in file.parties:
        if party.id in known and party.id not in places:
            let_work(actor, known[party.id], covered(party, places))
    others = ((other.id, match(other)) for other in file.others)
    return known | {ref: found for ref, found in others if found is not None}


def covered(party: FileParty, places: dict[str, Organisation]) -> list[Organisation]:
    """The municipalities a party works in: those it covers, else all of the agreement's."""
    return [places[ref] for ref in party.covers if ref in places] or list(places.values())


def let_work(actor: Viewer, organisation: Organisation, places: list[Organisation]) -> None:
    allowed = [place for place in places if actor.can("agreements.set_up", place)]
    organisation.municipalities.add(*allowed)


def match(party: FileOrganisation) -> Organisation | None:
    """Return the organisation that the party is, if Samsyn knows it."""
    kind = KINDS[party.kind]
    if kind == Kind.MUNICIPALITY and party.municipality:
        return Organisation.objects.filter(municipality_code=party.municipality).first()
    candidates = list(Organisation.objects.filter(kind=kind))
    number = getattr(party, "organisation_number", None)
    if number and kind not in SHARE_A_NUMBER:
        for one in candidates:
            if one.org_number == number:
                return one
    wanted = plain_name(party.name)
    return next((one for one in candidates if plain_name(one.name) == wanted), None)


def plain_name(name: str) -> str:
    """Reduce a name to what tells it apart: a police area's is what stands after the word for it."""
    words = name.casefold().replace("-", " ").replace("/", " ").split()
    for index, word in enumerate(words):
        if word.startswith("lokalpolisområde"):
            return " ".join(words[index + 1 :])
    return " ".join(words)


def make(actor: Viewer, party: FileParty) -> Organisation:
    kind, code, short = KINDS[party.kind], "", ""
    if kind == Kind.MUNICIPALITY:
        code = party.municipality or ""
        if code not in municipalities():
            raise UserError(
                _("%(name)s har ingen känd kommunkod. Skriv municipality med fyra siffror.")
                % {"name": party.name}
            )
        short = municipalities()[code].name
    made = Organisation.objects.create(
        kind=kind,
        name=party.name[:160],
        short_name=short,
        slug=free_slug(short or party.name),
        org_number=party.organisation_number or "",
        municipality_code=code,
    )
    record(actor, "agreement.organisation_found", made, name=made.name, kind=made.kind)
    return made
