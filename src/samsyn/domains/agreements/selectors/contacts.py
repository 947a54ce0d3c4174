"""Who to call now, by hour and weekday (K22), and how the parties alert each other (K24). No case data.

`ways.py` adds what holds in every municipality, with or without agreement.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from samsyn.base.clock import SWEDEN
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.contents import read_text
from samsyn.domains.agreements.file.schema import ContactStep, Hours
from samsyn.domains.agreements.models import Agreement, Function
from samsyn.rhythm import Calendar

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Contact:
    """One function to call: its name and organisation, and its own number where it is known."""

    name: str
    party: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a route. `now` tells whether it is the one to take at the moment asked about.

    `hours` are the office hours in words, `opening` the same for a page that is kept and shown at another hour.
    """

    contacts: tuple[Contact, ...]
    when: str
    hours: str
    text: str
    now: bool
    opening: Hours | None = None


@dataclass(frozen=True)
class Route:
    """Whom a matter goes to. Redirects are never stored as reports."""

    ref: str
    matter: str
    kind: str
    text: str
    clause: str
    steps: tuple[Step, ...]
    hours_assumed: bool

    @property
    def now(self) -> list[Step]:
        """The steps to take now, in order."""
        return [step for step in self.steps if step.now]


def routes_for(
    municipality: Organisation, at: dt.datetime, *, kind: str = "", started: bool = False
) -> list[Route]:
    """Return the contact routes of the agreements that hold in the municipality at the moment `at`.

    With `started`, only those that the municipality lives: what is being prepared is no answer to a resident.
    Functions only: it is for everyone who may report, so it takes no viewer and holds nothing secret.
    """
    return [
        route
        for agreement in agreements_holding(municipality, at, started=started)
        for route in routes_of(agreement, at)
        if not kind or route.kind == kind
    ]


def agreements_holding(
    municipality: Organisation, at: dt.datetime, *, started: bool
) -> list[Agreement]:
    """Return the agreements, with their files, that have not gone out by the moment `at`."""
    day = at.astimezone(SWEDEN).date()
    rows = Agreement.objects.filter(
        municipalities=municipality, kind=Agreement.Kind.AGREEMENT
    ).exclude(state=Agreement.State.ENDED)
    if started:
        rows = rows.filter(state=Agreement.State.STARTED, starts_on__lte=day)
    return [one for one in rows.select_related("current_version") if not one.is_expired(day)]


def routes_of(agreement: Agreement, at: dt.datetime) -> list[Route]:
    """Return the agreement's contact routes as they are at `at`."""
    version = agreement.current_version
    if version is None:
        return []
    file = read_text(version.text)
    if not file.contact_routes:
        return []
    functions = {
        one.ref: one for one in agreement.functions.filter(is_current=True).select_related("party")
    }
    names = {actor.id: file.name_of(actor.id) for actor in file.actors()}
    routes = []
    for route in file.contact_routes:
        steps = tuple(
            step_of(step, step.hours or file.office_hours, functions, names, at)
            for step in route.steps
        )
        assumed = any(
            step.when != "always" and (hours := step.hours or file.office_hours) and hours.assumed
            for step in route.steps
        )
        routes.append(
            Route(
                route.id, route.matter, route.kind, route.text, route.clause or "", steps, assumed
            )
        )
    return routes


def step_of(
    step: ContactStep,
    hours: Hours | None,
    functions: dict[str, Function],
    names: dict[str, str],
    at: dt.datetime,
) -> Step:
    contacts = tuple(contact_of(ref, functions, names) for ref in step.to)
    return Step(
        contacts,
        step.when,
        hours_in_words(hours),
        step.text or "",
        is_now(step.when, hours, at),
        hours,
    )


def contact_of(ref: str, functions: dict[str, Function], names: dict[str, str]) -> Contact:
    function = functions.get(ref)
    if function is None:
        return Contact(names.get(ref, ref), "")
    return Contact(function.name, function.party.called, function.phone, function.email)


def is_now(when: str, hours: Hours | None, at: dt.datetime) -> bool:
    """Whether a step is to be taken at `at`; without hours in the file, always rather than never."""
    if when == "always" or hours is None:
        return True
    return open_at(hours, at) == (when == "office_hours")


def open_at(hours: Hours, at: dt.datetime) -> bool:
    """Whether it is office hours at `at`, in Swedish local time; a public holiday is none."""
    local = at.astimezone(SWEDEN)
    if WEEKDAYS[local.weekday()] not in hours.weekdays:
        return False
    if local.weekday() < 5 and Calendar().is_public_holiday(local.date()):
        return False
    start, end = (dt.time.fromisoformat(clock) for clock in (hours.start, hours.to))
    now = local.time()
    return start <= now < end if start < end else now >= start or now < end


def hours_in_words(hours: Hours | None) -> str:
    """The hours as they are read: `vardagar 08.00–16.30`."""
    if hours is None:
        return ""
    names = dict(zip(WEEKDAYS, ("mån", "tis", "ons", "tor", "fre", "lör", "sön"), strict=True))
    days = (
        "vardagar"
        if tuple(hours.weekdays) == WEEKDAYS[:5]
        else ", ".join(names[day] for day in hours.weekdays)
    )
    return f"{days} {hours.start.replace(':', '.')}–{hours.to.replace(':', '.')}"


def public_functions(municipality: Organisation) -> list[Function]:
    """Return the functions that have an open contact page in the municipality, the coordination first (L08)."""
    rows: Iterable[Function] = Function.objects.filter(
        agreement__municipalities=municipality,
        agreement__kind=Agreement.Kind.AGREEMENT,
        is_current=True,
        public_contact=True,
        party__organisation=municipality,
    ).select_related("party", "agreement")
    return sorted(rows, key=lambda one: (one.role != "coordinator", one.order))
