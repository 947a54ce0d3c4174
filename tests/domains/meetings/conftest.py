"""Laholm's council as its agreement describes it, on a Monday in February 2026."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.cast import add_actor

ROOT = Path(__file__).resolve().parents[3]
NOW = dt.datetime(2026, 2, 2, 9, 0)


@pytest.fixture
def set_clock(settings):
    """Move the demo clock; it begins on 2 February 2026 at nine."""
    settings.DEMO = True

    def move(moment):
        settings.DEMO_CLOCK = moment.isoformat()

    move(NOW)
    return move


def load(code):
    from samsyn.base.access import SYSTEM
    from samsyn.domains.agreements.models import Agreement
    from samsyn.domains.agreements.services.loading import load_agreement

    text = (ROOT / "agreements" / f"{code}.yaml").read_text(encoding="utf-8")
    load_agreement(actor=SYSTEM, text=text)
    agreement = Agreement.objects.get(code=code)
    agreement.state = Agreement.State.STARTED
    agreement.save()
    return agreement


def hold(agreement, function, actor, *, standing="holder", since=dt.date(2024, 1, 1)):
    from samsyn.domains.agreements.models import Function, Holder

    return Holder.objects.create(
        function=Function.objects.get(agreement=agreement, ref=function),
        user=actor.user,
        standing=standing,
        since=since,
    )


@pytest.fixture
def council(db, set_clock):
    """Laholm: agreement, bodies, and the people who sit in the council."""
    from samsyn.base.orgs.models import Kind, Organisation, Role
    from samsyn.domains.agreements.models import Body

    laholm = Organisation.objects.create(
        kind=Kind.MUNICIPALITY, name="Laholms kommun", slug="laholm", municipality_code="1381",
        in_use_from=dt.date(2024, 1, 1),
    )  # fmt: skip
    elsewhere = Organisation.objects.create(
        kind=Kind.MUNICIPALITY, name="Lomma kommun", slug="lomma", municipality_code="1262"
    )
    agreement = load("laholm-2024")
    party = {row.ref: row for row in agreement.parties.all()}
    police = party["polisen"].organisation
    probation = party["kriminalvarden"].organisation
    cast = SimpleNamespace(
        samordnaren=add_actor("Samordnaren", laholm, Role.COORDINATOR),
        sakerhetschefen=add_actor("Säkerhetschefen", laholm, Role.CONTRIBUTOR),
        ledningen=add_actor("Ledningsgruppen", laholm, Role.COUNCIL_MEMBER),
        polischefen=add_actor("Polischefen", police, Role.COUNCIL_MEMBER),
        kommunpolisen=add_actor("Kommunpolisen", police, Role.KOMMUNPOLIS),
        frivardschefen=add_actor("Frivårdschefen", probation, Role.COUNCIL_MEMBER),
        frivardaren=add_actor("Frivårdaren", probation, Role.CONTRIBUTOR),
        arkivarien=add_actor("Arkivarien", laholm, Role.RECORDS_OFFICER),
        utomstaende=add_actor("Läsaren", laholm, Role.READER),
        framlingen=add_actor("Främlingen", elsewhere, Role.COORDINATOR),
    )
    for function, actor in (
        ("samordnare", cast.samordnaren),
        ("sakerhetschef", cast.sakerhetschefen),
        ("ledningsgrupp", cast.ledningen),
        ("lokalpolisomradeschef", cast.polischefen),
        ("kommunpolis", cast.kommunpolisen),
        ("frivardschef", cast.frivardschefen),
        ("frivardens-tjansteman", cast.frivardaren),
    ):
        hold(agreement, function, actor)
    bodies = {body.ref: body for body in Body.objects.filter(agreement=agreement)}
    return SimpleNamespace(
        agreement=agreement,
        municipality=laholm,
        party=party,
        cast=cast,
        council=bodies["strategiska-radet"],
        operative=bodies["operativa-gruppen"],
    )


@pytest.fixture
def called(council):
    """A council meeting on 12 March, called, with one question to decide."""
    from samsyn.domains.meetings.services.agenda import add_item
    from samsyn.domains.meetings.services.planning import plan_meeting
    from samsyn.domains.meetings.services.summons import call_meeting

    actor = council.cast.samordnaren.viewer
    meeting = plan_meeting(
        actor=actor, body=council.council, day=dt.date(2026, 3, 12), place="Kommunhuset"
    )
    add_item(
        actor=actor,
        meeting=meeting,
        title="Belysning vid gångtunneln",
        proposal="Rådet ger den operativa gruppen i uppdrag att se över belysningen vid gångtunneln.",
    )
    return call_meeting(actor=actor, meeting=meeting)


@pytest.fixture
def seat_of(council):
    """Find a seat of the council by its id in the file."""
    return lambda ref: council.council.seats.get(ref=ref)


@pytest.fixture
def come(council, seat_of):
    """Note that seats are filled."""
    from samsyn.domains.meetings.services.minutes import note_attendance

    def noter(meeting, *refs, is_present=True):
        for ref in refs:
            note_attendance(
                actor=council.cast.samordnaren.viewer,
                meeting=meeting,
                seat=seat_of(ref),
                is_present=is_present,
            )

    return noter


@pytest.fixture
def question(called):
    """The question that is to be decided."""
    from samsyn.domains.meetings.models import Decision

    return Decision.objects.get(item__meeting=called)
