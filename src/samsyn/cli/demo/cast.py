"""The organisations, places and people of the demo. Municipalities and police areas exist; the rest is invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.base.accounts.models import User
from samsyn.base.audit.log import record
from samsyn.base.geo.models import Place
from samsyn.base.orgs.models import Kind, Membership, Organisation, Role, SchoolYear

PASSWORD = "visa-samsyn-2026"  # noqa: S105 - the demo's own, shown on its sign-in page


@dataclass(frozen=True)
class Town:
    """A municipality of the demo: its code, centre and how many reports a usual week brings."""

    code: str
    name: str
    short_name: str
    slug: str
    longitude: float
    latitude: float
    reports_a_week: float
    places: tuple[str, ...] = ()


COMMON_PLACES = (
    "Torget", "Stationen", "Badplatsen", "Björkskolan", "Centralskolan", "Idrottsplatsen",
    "Parken", "Gångtunneln", "Biblioteket", "Köpcentrumet", "Skateparken", "Miljöstationen",
)  # fmt: skip

TOWNS = (
    Town("2580", "Luleå kommun", "Luleå", "lulea", 22.1546, 65.5848, 30, ("Gammelstads torg", "Porsö centrum", "Norra hamn", "Hertsö centrum")),
    Town("1381", "Laholms kommun", "Laholm", "laholm", 13.0434, 56.5120, 14, ("Mellbystrand", "Glänninge")),
    Town("1262", "Lomma kommun", "Lomma", "lomma", 13.0690, 55.6720, 12, ("Bjärred centrum", "Lomma hamn")),
    Town("1861", "Hallsbergs kommun", "Hallsberg", "hallsberg", 15.1100, 59.0660, 9),
    Town("1882", "Askersunds kommun", "Askersund", "askersund", 14.9020, 58.8800, 6),
    Town("1881", "Kumla kommun", "Kumla", "kumla", 15.1430, 59.1270, 10),
    Town("1860", "Laxå kommun", "Laxå", "laxa", 14.6180, 58.9860, 4),
)  # fmt: skip

POLICE_AREAS = (
    ("Lokalpolisområde Luleå-Boden", "Polisen Luleå-Boden", "lpo-lulea-boden", ("2580",)),
    ("Lokalpolisområde Halmstad/Laholm", "Polisen Halmstad/Laholm", "lpo-halmstad-laholm", ("1381",)),
    ("Lokalpolisområde Kävlinge", "Polisen Kävlinge", "lpo-kavlinge", ("1262",)),
    ("Lokalpolisområde Hallsberg", "Polisen Hallsberg", "lpo-hallsberg", ("1861", "1882", "1881", "1860")),
)  # fmt: skip

# kind, name, slug, how much of the reporting it does
REPORTERS = (
    (Kind.YOUTH, "Fritidsgården", "fritidsgarden", 3),
    (Kind.SCHOOL, "Björkskolan", "bjorkskolan", 2),
    (Kind.SCHOOL, "Centralskolan", "centralskolan", 2),
    (Kind.HOUSING, "Bostadsbolaget", "bostadsbolaget", 4),
    (Kind.COMPANY, "Väktarbolaget", "vaktarbolaget", 3),
    (Kind.SOCIAL, "Fältgruppen", "faltgruppen", 3),
    (Kind.RESCUE, "Räddningstjänsten", "raddningstjansten", 1),
)


@dataclass
class Cast:
    """What was made, for those who fill the demo further."""

    towns: dict[str, Organisation] = field(default_factory=dict)
    police: dict[str, Organisation] = field(default_factory=dict)
    reporters: dict[str, list[tuple[Organisation, int]]] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)


@transaction.atomic
def make_cast() -> Cast:
    """Make organisations, places, calendars and people."""
    cast = Cast()
    for town in TOWNS:
        make_town(cast, town)
    for name, short_name, slug, codes in POLICE_AREAS:
        police = add_organisation(Kind.POLICE_AREA, name, slug, short_name=short_name)
        police.municipalities.set([cast.towns[code] for code in codes])
        for code in codes:
            cast.police[code] = police
    probation = add_organisation(
        Kind.KRIMINALVARDEN,
        "Kriminalvården Frivården Halmstad",
        "frivarden-halmstad",
        short_name="Kriminalvården",
    )
    probation.municipalities.set([cast.towns["1381"]])
    make_people(cast, probation)
    return cast


def make_town(cast: Cast, town: Town) -> None:
    """Make one municipality with its reporters, places and school year."""
    place = add_organisation(
        Kind.MUNICIPALITY, town.name, town.slug, code=town.code, short_name=town.short_name
    )
    cast.towns[town.code] = place
    cast.reporters[town.code] = []
    for kind, name, slug, share in REPORTERS:
        reporter = add_organisation(kind, name, f"{slug}-{town.slug}", short_name=name)
        reporter.municipalities.set([place])
        cast.reporters[town.code].append((reporter, share))
    cast.places[town.code] = Place.objects.bulk_create(places_of(town, place))
    today = clock.today()
    for year in range(today.year - 3, today.year + 2):
        SchoolYear.objects.create(municipality=place, year=year, **school_dates(year))


def add_organisation(
    kind: str, name: str, slug: str, *, code: str = "", short_name: str = ""
) -> Organisation:
    """Make one organisation of the demo, with its line in the log."""
    made = Organisation.objects.create(
        kind=kind, name=name, slug=slug, municipality_code=code, short_name=short_name, is_demo=True,
        in_use_from=dt.date(clock.today().year - 2, 1, 1) if code else None,
    )  # fmt: skip
    record(SYSTEM, "organisation.created", made, organisation=made)
    return made


def places_of(town: Town, municipality: Organisation) -> list[Place]:
    """Return named places in rings around the centre; the names are invented unless well known."""
    names = [*COMMON_PLACES, *town.places]
    found = []
    for number, name in enumerate(names):
        ring, step = 0.006 + 0.004 * (number % 4), number * 2.399963
        found.append(
            Place(
                municipality=municipality,
                name=name,
                longitude=round(town.longitude + 1.9 * ring * unit_circle(step)[0], 5),
                latitude=round(town.latitude + ring * unit_circle(step)[1], 5),
            )
        )
    return found


def unit_circle(angle: float) -> tuple[float, float]:
    """Return the point at `angle` radians."""
    from math import cos, sin

    return cos(angle), sin(angle)


def school_dates(year: int) -> dict[str, object]:
    """Return invented but usual dates of the school year that begins in the autumn of `year`."""
    return {
        "autumn_starts": dt.date(year, 8, 19),
        "autumn_ends": dt.date(year, 12, 20),
        "spring_starts": dt.date(year + 1, 1, 9),
        "spring_ends": dt.date(year + 1, 6, 12),
        "breaks": [
            {"name": "Höstlov", "start": str(dt.date.fromisocalendar(year, 44, 1)), "end": str(dt.date.fromisocalendar(year, 44, 5))},
            {"name": "Jullov", "start": str(dt.date(year, 12, 21)), "end": str(dt.date(year + 1, 1, 8))},
            {"name": "Sportlov", "start": str(dt.date.fromisocalendar(year + 1, 9, 1)), "end": str(dt.date.fromisocalendar(year + 1, 9, 5))},
        ],
        "summer_pause_starts": dt.date(year + 1, 6, 22),
        "summer_pause_ends": dt.date(year + 1, 8, 9),
    }  # fmt: skip


def make_people(cast: Cast, probation: Organisation) -> None:
    """Make an account per role: all of them in Luleå, the ones that matter elsewhere."""
    lulea = cast.towns["2580"]
    for role, title in (
        (Role.COORDINATOR, "Brottsförebyggande samordnare"),
        (Role.SECURITY_CHIEF, "Säkerhetschef"),
        (Role.CONTRIBUTOR, "Socialtjänsten"),
        (Role.COUNCIL_MEMBER, "Rådsledamot"),
        (Role.RECORDS_OFFICER, "Arkivarie"),
        (Role.READER, "Läsare"),
        (Role.ADMINISTRATOR, "Administratör"),
    ):
        add_person(title, lulea, role)
    add_person("Kommunpolis", cast.police["2580"], Role.KOMMUNPOLIS)
    add_person("Fritidsledare", cast.reporters["2580"][0][0], Role.REPORTER)
    add_person("Fastighetsskötare", cast.reporters["2580"][3][0], Role.REPORTER)
    for town in TOWNS[1:]:
        add_person("Brottsförebyggande samordnare", cast.towns[town.code], Role.COORDINATOR)
    for police in {police.pk: police for police in cast.police.values()}.values():
        if police != cast.police["2580"]:
            add_person("Kommunpolis", police, Role.KOMMUNPOLIS)
    add_person("Frivårdschef", probation, Role.CONTRIBUTOR)


def add_person(title: str, organisation: Organisation, role: str) -> None:
    """Make an account that is called by its function."""
    slug = title.lower().translate(str.maketrans("åäö ", "aao-"))
    user = User.objects.create_user(
        f"{slug}@{organisation.slug}.exempel.se", PASSWORD, name=f"{title}, {organisation.called}"
    )
    member = Membership.objects.create(
        user=user, organisation=organisation, role=role, function=title, since=dt.date(clock.today().year - 2, 1, 1)
    )  # fmt: skip
    record(SYSTEM, "membership.given", member, organisation=organisation, role=role)
