"""Pure decisions about reports: what a report must hold, when it was, what looks alike, who is silent."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from samsyn.base.orgs.models import Kind, Role
from samsyn.domains.reports.models import PeopleBand, ReportKind
from samsyn.domains.reports.models.report import NOTE_LENGTH

DESK = {Role.COORDINATOR, Role.SECURITY_CHIEF}

FIRST_CHOICES = 12
NOTHING, EVENT, UNSAFE = "NOLL", "EVENT", "OTRYG"
OLDEST, FARTHEST = dt.timedelta(days=366), dt.timedelta(days=550)
LONGEST = dt.timedelta(days=92)

MERGE_METRES = 150.0
MERGE_TIME = dt.timedelta(hours=2)

# Fewer than this in an area say nothing about one area against another.
FEWEST_IN_AREA = 5

USUAL_OF, USUAL_AT_LEAST, SILENT_AFTER = 8, 6, 2

# Which categories stand first in the form of each kind of organisation: what it meets most.
# Something planned, an unsafe place and nothing at all have buttons of their own.
_COMMON = "SKAD TRAF NARK SAML UNGD STOR ALK SKRAP KLOT BRAND STOLD POS"
FIRST_BY_KIND: dict[str, str] = {
    Kind.SCHOOL: "UNGD SKAD TOBAK NARK HOT VALD OLINT DIGI SAML BRAND REKR POS",
    Kind.YOUTH: "UNGD SAML NARK ALK TOBAK VALD TRAF DIGI REKR SKAD HOT POS",
    Kind.SOCIAL: "NARK ALK UTSATT SAML UNGD REKR DIGI VALD HOT STOR SKAD POS",
    Kind.HOUSING: "SKAD STOR OLINT KLOT SKRAP NARK BOINB BRAND SAML TRAF ALK POS",
    Kind.COMPANY: "STOLD SKAD LOKINB KLOT STOR SAML NARK OLINT BRAND SKRAP ALK POS",
    Kind.RESCUE: "BRAND SPRANG PERS SAML SKAD NARK ALK TRAF SKRAP VALD UNGD POS",
    Kind.POLICE_AREA: "SAML NARK VALD TRAF UNGD ALK SKAD STOLD SPRANG REKR HAT POS",
}
KIND_BY_CATEGORY: dict[str, str] = {
    NOTHING: ReportKind.NOTHING,
    EVENT: ReportKind.PLANNED_EVENT,
    UNSAFE: ReportKind.UNSAFE_PLACE,
}


def sees_all(role: str, organisation_kind: str) -> bool:
    """Tell whether the role in such an organisation sees every report of the municipality.

    Sending a report is what makes it joint between municipality and police (K04, H05): both read it at
    once. What either party makes of it in a picture is its own until it is released.
    """
    if role == Role.KOMMUNPOLIS:
        return organisation_kind == Kind.POLICE_AREA
    return organisation_kind == Kind.MUNICIPALITY and role in DESK | {Role.CONTRIBUTOR}


def kind_of(category_key: str) -> str:
    """Return what kind of report a category makes."""
    return KIND_BY_CATEGORY.get(category_key, ReportKind.INCIDENT)


@dataclass(frozen=True)
class CategoryChoice:
    """A category as the form shows it; `pk` is None in the default set, which lies in no table."""

    key: str
    name: str
    help: str
    icon: str
    on_form: bool = True
    pk: int | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportDraft:
    """What the sender has filled in, not yet checked. Times are aware."""

    kind: str = ReportKind.INCIDENT
    category_key: str = ""
    place_id: int | None = None
    place_text: str = ""
    longitude: float | None = None
    latitude: float | None = None
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    note: str = ""
    people_band: str = ""
    reported_to_police: bool | None = None
    contact_email: str = ""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a field, in words that say what to do."""

    field: Literal["kind", "category", "place", "when", "note", "people", "contact", "sender"]
    message: str


def check_draft(
    draft: ReportDraft, now: dt.datetime, known_keys: Iterable[str], *, private: bool
) -> list[Problem]:
    """Return what must be mended before the report can be taken in; the text guard is asked apart.

    A private company's report may not carry data about people (data rule 3).
    """
    problems: list[Problem] = []
    if draft.kind not in ReportKind.values:
        problems.append(Problem("kind", _("Välj vad du vill rapportera.")))
    if draft.kind != ReportKind.NOTHING:
        if draft.category_key not in set(known_keys) - {NOTHING}:
            problems.append(Problem("category", _("Välj vad som har hänt.")))
        problems += check_place(draft)
        problems += check_times(draft, now)
    if len(draft.note) > NOTE_LENGTH:
        problems.append(Problem("note", _("Texten är för lång. Korta den till högst 300 tecken.")))
    if draft.people_band and (draft.people_band not in PeopleBand.values or private):
        problems.append(Problem("people", _("Antal personer kan inte anges så. Lämna det tomt.")))
    if draft.contact_email and not is_address(draft.contact_email):
        problems.append(
            Problem("contact", _("E-postadressen går inte att läsa. Rätta den eller lämna tomt."))
        )
    return problems


def is_address(text: str) -> bool:
    """Tell whether the text is an e-mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def check_place(draft: ReportDraft) -> list[Problem]:
    """Return what is wrong with the place: there must be one, and coordinates come in pairs."""
    if (draft.longitude is None) != (draft.latitude is None):
        return [Problem("place", _("Platsens koordinater är inte hela. Välj plats igen."))]
    if len(draft.place_text) > 120:
        return [Problem("place", _("Platsen är för lång. Beskriv den med högst 120 tecken."))]
    if draft.longitude is not None and draft.latitude is not None:
        if not (math.isfinite(draft.longitude) and math.isfinite(draft.latitude)):
            return [Problem("place", _("Platsens koordinater går inte att läsa. Välj plats igen."))]
        return []
    if draft.place_id is None and not draft.place_text:
        return [Problem("place", _("Välj en plats, eller beskriv den med egna ord."))]
    return []


def check_times(draft: ReportDraft, now: dt.datetime) -> list[Problem]:
    """Return what is wrong with the time: past for what has happened, ahead for what is planned."""
    start, end = draft.starts_at, draft.ends_at
    if start is None or end is None:
        return [Problem("when", _("Ange när det var."))]
    if end < start:
        return [Problem("when", _("Sluttiden ligger före starttiden. Byt plats på dem."))]
    if end - start > LONGEST:
        return [Problem("when", _("Tiden är för lång. Ange högst tre månader."))]
    if start < now - OLDEST:
        return [
            Problem("when", _("Det är mer än ett år sedan. Hör av dig till samordnaren i stället."))
        ]
    if draft.kind == ReportKind.PLANNED_EVENT:
        return check_planned(start, end, now)
    if start > now + dt.timedelta(minutes=10):
        message = _("Tiden har inte varit än. Välj ”Något planerat” om det ska hända.")
        return [Problem("when", message)]
    return []


def check_planned(start: dt.datetime, end: dt.datetime, now: dt.datetime) -> list[Problem]:
    if end < now:
        return [Problem("when", _("Det planerade har redan varit. Ange en tid som kommer."))]
    if start > now + FARTHEST:
        return [Problem("when", _("Det är mer än ett och ett halvt år dit. Ange en tidigare dag."))]
    return []


def span_of_chip(chip: str, now: dt.datetime) -> tuple[dt.datetime, dt.datetime] | None:
    """Return the from–to that a chip means at `now` (local time); None for an unknown chip.

    `nu` is this moment; `i-natt` the latest night 22–06, up to now; `i-gar-kvall` yesterday 18–24.
    For what is planned: `i-kvall` this evening 18–24 (the rest of it), `i-morgon` tomorrow 18–24.
    """
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    yesterday, tomorrow = today - dt.timedelta(days=1), today + dt.timedelta(days=1)
    # Late in the evening the night that has begun is meant.
    night = today if now.hour >= 22 else yesterday
    spans = {
        "nu": (now, now),
        "i-natt": (
            night.replace(hour=22),
            min(now, (night + dt.timedelta(days=1)).replace(hour=6)),
        ),
        "i-gar-kvall": (yesterday.replace(hour=18), today),
        "i-kvall": (max(now, today.replace(hour=18)), tomorrow),
        "i-morgon": (tomorrow.replace(hour=18), tomorrow + dt.timedelta(days=1)),
    }
    return spans.get(chip)


def not_ahead(
    starts: dt.datetime, ends: dt.datetime, now: dt.datetime
) -> tuple[dt.datetime, dt.datetime]:
    """Return a span that a device's fast clock has put ahead, moved back so that it ends now."""
    ahead = max(ends - now, dt.timedelta(0))
    return (starts - ahead, ends - ahead) if ahead <= dt.timedelta(days=1) else (starts, ends)


@dataclass(frozen=True)
class FormCategories:
    """The buttons of the form: twelve first, the rest behind *Fler*, and those of their own."""

    first: list[CategoryChoice]
    more: list[CategoryChoice]
    own: list[CategoryChoice]


def buttons_for(categories: Sequence[CategoryChoice], organisation_kind: str) -> FormCategories:
    """Return the buttons for that kind of organisation."""
    wanted = FIRST_BY_KIND.get(organisation_kind, _COMMON).split()
    offered = {one.key: one for one in categories if one.on_form and one.key != NOTHING}
    own = [offered.pop(key) for key in (EVENT, UNSAFE) if key in offered]
    first = [offered.pop(key) for key in wanted if key in offered]
    rest = list(offered.values())
    missing = max(0, FIRST_CHOICES - len(first))
    return FormCategories(first + rest[:missing], rest[missing:], own)


@dataclass(frozen=True)
class Silence:
    """An organisation that usually reports every week has not, for `weeks` whole weeks."""

    organisation: str
    weeks: int
    key: int = 0

    @property
    def sentence(self) -> str:
        """Silence is shown apart from calm."""
        how_long = _("på %(weeks)s veckor") % {"weeks": in_words(self.weeks)}
        return _(
            "%(name)s brukar rapportera varje vecka men har inte gjort det %(how_long)s. "
            "Det är tyst, vi vet inte om det är lugnt."
        ) % {"name": self.organisation, "how_long": how_long}


def in_words(count: int) -> str:
    """Return small counts as Swedish words."""
    words = (
        _("noll"),
        _("en"),
        _("två"),
        _("tre"),
        _("fyra"),
        _("fem"),
        _("sex"),
        _("sju"),
        _("åtta"),
    )
    return words[count] if 0 <= count < len(words) else str(count)


def silent_weeks(reported: Sequence[bool]) -> int:
    """Return for how many whole weeks an organisation has been unusually silent; 0 when it is not.

    `reported` holds one truth value per whole week, oldest first, weeks of pause left out. Silent is
    one with at least two weeks without any report (also *nothing to report* is a report), after eight
    weeks of which at least six had one. Further back than that is another habit.
    """
    silent = 0
    while silent < len(reported) and not reported[-1 - silent]:
        silent += 1
    before = reported[: len(reported) - silent][-USUAL_OF:]
    is_usual = len(before) == USUAL_OF and sum(before) >= USUAL_AT_LEAST
    return silent if is_usual and silent >= SILENT_AFTER else 0


@dataclass(frozen=True)
class Sighting:
    """What of a report tells whether another one is about the same thing."""

    key: str
    category: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    place_id: int | None
    longitude: float | None
    latitude: float | None


def metres_between(one: Sighting, other: Sighting) -> float | None:
    """Return the distance in metres (0 at the same named place); None where one has no point."""
    if one.place_id is not None and one.place_id == other.place_id:
        return 0.0
    if (
        one.longitude is None
        or other.longitude is None
        or one.latitude is None
        or other.latitude is None
    ):
        return None
    # A plane is exact enough for a distance that matters only up to 150 metres.
    middle = math.radians((one.latitude + other.latitude) / 2)
    east = math.radians(other.longitude - one.longitude) * math.cos(middle)
    north = math.radians(other.latitude - one.latitude)
    return 6_371_000.0 * math.hypot(east, north)


def tells_of_the_same(one: Sighting, other: Sighting) -> bool:
    """Tell whether two reports look like the same thing: category, time (two hours' slack), place (150 m)."""
    if one.category != other.category or one.key == other.key:
        return False
    if one.starts_at - MERGE_TIME > other.ends_at or other.starts_at - MERGE_TIME > one.ends_at:
        return False
    distance = metres_between(one, other)
    return distance is not None and distance <= MERGE_METRES


def look_alikes(sightings: Iterable[Sighting]) -> list[tuple[Sighting, Sighting]]:
    """Return the pairs that tell of the same, the earlier first.

    Sorted by category and start, each is compared only with those that begin before it has ended.
    """
    ordered = sorted(sightings, key=lambda one: (one.category, one.starts_at, one.key))
    pairs: list[tuple[Sighting, Sighting]] = []
    for index, one in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.category != one.category or other.starts_at - MERGE_TIME > one.ends_at:
                break
            if tells_of_the_same(one, other):
                pairs.append((one, other))
    return pairs
