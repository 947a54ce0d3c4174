"""Who takes part: parties, other organisations, and the functions that people hold in them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError
from stdnum.exceptions import ValidationError as NumberError
from stdnum.se import orgnr

from samsyn.domains.agreements.file.schema.base import (
    Line,
    MunicipalityCode,
    Named,
    PartialDate,
    Ref,
    Strict,
    Text,
)

OrganisationKind = Literal[
    "municipality",
    "police_area",
    "police_region",
    "probation",
    "state_agency",
    "region",
    "school",
    "municipal_company",
    "company",
    "association",
    "other",
]

FunctionRole = Literal[
    "coordinator",
    "kommunpolis",
    "police_area_chief",
    "deputy_police_area_chief",
    "police_group_chief",
    "police_representative",
    "youth_investigator",
    "defector_coordinator",
    "security_chief",
    "duty_officer",
    "municipal_director",
    "political_leader",
    "executive_board",
    "management_group",
    "department_head",
    "department",
    "social_services",
    "social_emergency",
    "school",
    "student_health",
    "leisure",
    "housing_company",
    "inspection",
    "probation_chief",
    "probation_officer",
    "contact_person",
    "other",
]


def _checked_number(value: str) -> str:
    try:
        orgnr.validate(value)
    except NumberError:
        raise PydanticCustomError("organisation_number", "wrong check digit") from None
    return orgnr.format(orgnr.compact(value))


OrganisationNumber = Annotated[
    str, Field(examples=["212000-1223"]), AfterValidator(_checked_number)
]
"""Ten digits whose check digit is right; kept as ``NNNNNN-NNNN``."""


class Address(Strict):
    street: Line | None = None
    """Gatuadress."""
    postcode: Annotated[str, Field(pattern=r"^\d{3} ?\d{2}$")] | None = None
    """Postnummer, till exempel 312 23."""
    city: Line | None = None
    """Postort."""


class Organisation(Named):
    """An organisation that takes part without being a party to the agreement."""

    kind: OrganisationKind
    """Slag av organisation."""
    name: Line
    """Fullständigt namn."""
    local_name: Line | None = None
    """Så kallas den i avtalet, till exempel Kommunen."""
    municipality: MunicipalityCode | None = None
    """Kommunkod med fyra siffror inom citattecken, för en kommun: "1381"."""


class Party(Organisation):
    """One who has entered into the agreement (L03)."""

    organisation_number: OrganisationNumber | None = None
    """Organisationsnummer med tio siffror. Kontrollsiffran prövas."""
    address: Address | None = None
    """Adress enligt avtalet."""
    covers: tuple[Ref, ...] = ()
    """Kommuner (deras id) som ett polisområde omfattar, när avtalet har flera."""
    joined: PartialDate | None = None
    """När parten kom med, om det inte var från början."""


class Function(Named):
    """A function that someone holds: never the name of a person."""

    name: Line
    """Funktionens namn i avtalet, till exempel Kommunpolis."""
    party: Ref
    """Parten eller organisationen som funktionen hör till."""
    role: FunctionRole = "other"
    """Vad funktionen motsvarar i programmet."""
    holders: Literal["one", "group", "several"] = "one"
    """one: en person. group: en hel grupp, till exempel en ledningsgrupp. several: flera personer, till exempel en per förvaltning."""
    appointed_by: tuple[Ref, ...] = ()
    """Funktioner som utser den som har funktionen."""
    supported_by: tuple[Ref, ...] = ()
    """Funktioner som stödjer den."""
    public_contact: bool = False
    """true när funktionen ska ha en öppen kontaktsida."""
    text: Text | None = None
    """Vad funktionen gör, med egna ord."""
