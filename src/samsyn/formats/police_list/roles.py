"""What a column of a police list can mean, and how its header gives it away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from samsyn.formats.base import normalise_header


class Role(StrEnum):
    """The meaning of a column. The last three never leave the reader."""

    REGISTERED_ON = "registered_on"
    DISTRICT = "district"
    BASE_AREA = "base_area"
    STREET = "street"
    CRIME_CODE = "crime_code"
    CRIME_LABEL = "crime_label"
    COUNT = "count"
    START = "start"
    END = "end"
    START_DATE = "start_date"
    START_TIME = "start_time"
    END_DATE = "end_date"
    END_TIME = "end_time"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    MUNICIPALITY = "municipality"
    ROW_ID = "row_id"
    STREET_NUMBER = "street_number"
    CASE_NUMBER = "case_number"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class RoleInfo:
    """A role for the wizard: Swedish label and whether the value is kept, hashed or dropped."""

    role: Role
    label: str
    kept: bool


ROLES: tuple[RoleInfo, ...] = (
    RoleInfo(Role.REGISTERED_ON, "Inskrivningsdatum", True),
    RoleInfo(Role.DISTRICT, "Näpo", True),
    RoleInfo(Role.BASE_AREA, "Basområde", True),
    RoleInfo(Role.STREET, "Gata (utan nummer)", True),
    RoleInfo(Role.CRIME_CODE, "Brottskod", True),
    RoleInfo(Role.CRIME_LABEL, "Brott eller kategori i ord", True),
    RoleInfo(Role.COUNT, "Antal", True),
    RoleInfo(Role.START, "Start, datum och tid", True),
    RoleInfo(Role.END, "Slut, datum och tid", True),
    RoleInfo(Role.START_DATE, "Startdatum", True),
    RoleInfo(Role.START_TIME, "Starttid", True),
    RoleInfo(Role.END_DATE, "Slutdatum", True),
    RoleInfo(Role.END_TIME, "Sluttid", True),
    RoleInfo(Role.LATITUDE, "Latitud (grovhuggs till ruta)", True),
    RoleInfo(Role.LONGITUDE, "Longitud (grovhuggs till ruta)", True),
    RoleInfo(Role.MUNICIPALITY, "Kommun", True),
    RoleInfo(Role.ROW_ID, "Polisens rad-id (blir kontrollsumma)", False),
    RoleInfo(Role.STREET_NUMBER, "Gatunummer (tas bort)", False),
    RoleInfo(Role.CASE_NUMBER, "Ärendenummer (tas bort)", False),
    RoleInfo(Role.DROPPED, "Läses inte", False),
)

KEPT = frozenset(info.role for info in ROLES if info.kept)

# exact headers after normalisation
_EXACT: dict[str, Role] = {
    "inskrivningsdatum": Role.REGISTERED_ON, "inskrivningsdag": Role.REGISTERED_ON,
    "registreringsdatum": Role.REGISTERED_ON, "anmälningsdatum": Role.REGISTERED_ON,
    "anmälningsdag": Role.REGISTERED_ON, "anmäld": Role.REGISTERED_ON, "inskriven": Role.REGISTERED_ON,
    "upprättad": Role.REGISTERED_ON, "upprättandedatum": Role.REGISTERED_ON,
    "näpo": Role.DISTRICT, "lokalpolisområde": Role.DISTRICT, "lpo": Role.DISTRICT,
    "närpolisområde": Role.DISTRICT, "polisområde": Role.DISTRICT,
    "basområde": Role.BASE_AREA, "basomr": Role.BASE_AREA, "område": Role.BASE_AREA, "stadsdel": Role.BASE_AREA,
    "bostadsområde": Role.BASE_AREA, "delområde": Role.BASE_AREA,
    "gata": Role.STREET, "gatunamn": Role.STREET, "adress": Role.STREET, "brottsplats": Role.STREET,
    "gatuadress": Role.STREET, "plats": Role.STREET,
    "gatnr": Role.STREET_NUMBER, "gatunr": Role.STREET_NUMBER, "gatunummer": Role.STREET_NUMBER,
    "nr": Role.STREET_NUMBER, "nummer": Role.STREET_NUMBER, "husnr": Role.STREET_NUMBER,
    "husnummer": Role.STREET_NUMBER, "portnr": Role.STREET_NUMBER,
    "brottskod": Role.CRIME_CODE, "brkod": Role.CRIME_CODE, "kod": Role.CRIME_CODE,
    "brott": Role.CRIME_LABEL, "brottstyp": Role.CRIME_LABEL, "kategori": Role.CRIME_LABEL,
    "brottskategori": Role.CRIME_LABEL, "brottskod text": Role.CRIME_LABEL, "brottskodtext": Role.CRIME_LABEL,
    "brottsrubricering": Role.CRIME_LABEL, "rubricering": Role.CRIME_LABEL,
    "antal": Role.COUNT, "antal brott": Role.COUNT, "st": Role.COUNT,
    "brottsdag start": Role.START_DATE, "brottsdatum start": Role.START_DATE, "startdatum": Role.START_DATE,
    "brottsdatum": Role.START_DATE, "brottsdag": Role.START_DATE, "datum": Role.START_DATE,
    "från datum": Role.START_DATE, "datum från": Role.START_DATE,
    "brottsdag slut": Role.END_DATE, "brottsdatum slut": Role.END_DATE, "slutdatum": Role.END_DATE,
    "till datum": Role.END_DATE, "datum till": Role.END_DATE,
    "brottstid start": Role.START_TIME, "starttid": Role.START_TIME, "brottstid": Role.START_TIME,
    "tid": Role.START_TIME, "klockslag": Role.START_TIME, "tid från": Role.START_TIME, "från tid": Role.START_TIME,
    "brottstid slut": Role.END_TIME, "sluttid": Role.END_TIME, "tid till": Role.END_TIME, "till tid": Role.END_TIME,
    "brottsdatumtid start": Role.START, "datumtid start": Role.START, "start": Role.START, "från": Role.START,
    "brottsdatumtid slut": Role.END, "datumtid slut": Role.END, "slut": Role.END, "till": Role.END,
    "latitude": Role.LATITUDE, "latitud": Role.LATITUDE, "lat": Role.LATITUDE, "y": Role.LATITUDE,
    "n": Role.LATITUDE, "nord": Role.LATITUDE, "sweref n": Role.LATITUDE, "y koordinat": Role.LATITUDE,
    "longitude": Role.LONGITUDE, "longitud": Role.LONGITUDE, "lon": Role.LONGITUDE, "lng": Role.LONGITUDE,
    "long": Role.LONGITUDE, "x": Role.LONGITUDE, "e": Role.LONGITUDE, "öst": Role.LONGITUDE,
    "sweref e": Role.LONGITUDE, "x koordinat": Role.LONGITUDE,
    "kommun": Role.MUNICIPALITY, "kommunnamn": Role.MUNICIPALITY, "kommunkod": Role.MUNICIPALITY,
    "id": Role.ROW_ID, "radid": Role.ROW_ID, "rad id": Role.ROW_ID, "händelseid": Role.ROW_ID, "brottsid": Role.ROW_ID,
    "ärendenummer": Role.CASE_NUMBER, "ärendenr": Role.CASE_NUMBER, "diarienummer": Role.CASE_NUMBER,
    "diarienr": Role.CASE_NUMBER, "dnr": Role.CASE_NUMBER, "k nr": Role.CASE_NUMBER, "k nummer": Role.CASE_NUMBER,
    "anmälningsnummer": Role.CASE_NUMBER, "anmälningsnr": Role.CASE_NUMBER, "knummer": Role.CASE_NUMBER,
}  # fmt: skip

# what may sit inside a longer header; the first that fits wins, the dropped ones first
_INSIDE: tuple[tuple[str, Role], ...] = (
    (r"målsägande|misstänkt|namn på|personn|telefon|fritext|anteckning|notering|kommentar|beskrivning|modus", Role.DROPPED),
    (r"ärende|diarie|anmälningsn|\bk ?(nr|nummer)", Role.CASE_NUMBER),
    (r"gatun(r|ummer)|husn(r|ummer)|portn(r|ummer)|lägenhet", Role.STREET_NUMBER),
    (r"inskriv|registrer|anmälningsda|upprätta", Role.REGISTERED_ON),
    (r"brottskod|kod för brott", Role.CRIME_CODE),
    (r"(start|från|fr o m|from).*(datum ?tid|tidpunkt)|(datum ?tid|tidpunkt).*(start|från)", Role.START),
    (r"(slut|till|t o m|tom).*(datum ?tid|tidpunkt)|(datum ?tid|tidpunkt).*(slut|till)", Role.END),
    (r"(tid|kl).*(slut|till)|(slut|till).*(tid|kl)", Role.END_TIME),
    (r"(tid|kl).*(start|från)|(start|från).*(tid|kl)", Role.START_TIME),
    (r"(dag|datum).*(slut|till)|(slut|till).*(dag|datum)", Role.END_DATE),
    (r"(dag|datum).*(start|från)|(start|från).*(dag|datum)", Role.START_DATE),
    (r"latitud", Role.LATITUDE),
    (r"longitud", Role.LONGITUDE),
    (r"kommun", Role.MUNICIPALITY),
    (r"näpo|lokalpolis|närpolis", Role.DISTRICT),
    (r"basområde|delområde|stadsdel", Role.BASE_AREA),
    (r"gata|gatu|adress", Role.STREET),
    (r"brottstyp|rubricering|kategori|brottsgrupp", Role.CRIME_LABEL),
    (r"^antal", Role.COUNT),
)  # fmt: skip


def guess_role(header: str) -> tuple[Role, float]:
    """(role, confidence 0–1) of a header; unknown headers are dropped with confidence 0."""
    name = normalise_header(header)
    if name in _EXACT:
        return _EXACT[name], 1.0
    for pattern, role in _INSIDE:
        if re.search(pattern, name):
            return role, 0.7
    return Role.DROPPED, 0.0
