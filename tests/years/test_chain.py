"""What comes after Laholm's last day, 31 December 2026: the next agreement in time, or days without any."""

from __future__ import annotations

import datetime as dt

import pytest

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.base.today import cards_for
from tests.years.living import DAY, Town

pytestmark = pytest.mark.django_db

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
AFTER = dt.date(2027, 1, 4)


@pytest.fixture
def town(settings):
    return Town(settings, "laholm-2024", began=FIRST)


def warned(town, day):
    from samsyn.domains.agreements.selectors.agreements import Term

    return Term(town.agreement, day).warning_months


def renew(town, first, *, signed, code="laholm-2027"):
    """The coordinator starts the next agreement from this one, writes in when it was signed, and starts it."""
    from samsyn.domains.agreements.documents.renewal import start_next
    from samsyn.domains.agreements.services.running import start_agreement
    from samsyn.domains.agreements.services.set_up import change_set_up, finish_set_up

    actor = town.coordinator().viewer
    set_up = start_next(
        actor=actor, municipality=town.places[0], agreement=town.agreement,
        code=code, first=first, last=first.replace(year=first.year + 2),
    )  # fmt: skip
    text = set_up.text.replace("signatures:\n", f"signatures:\n  date: {signed}\n", 1)
    change_set_up(actor=actor, set_up=set_up, text=text)
    following = finish_set_up(actor=actor, set_up=set_up).agreement
    start_agreement(actor=actor, agreement=following, in_use_from=first)
    following.refresh_from_db()
    return following


def gaps(town):
    from samsyn.domains.agreements.selectors.agreements import agreements_in, gaps_between

    return [
        (one.first, one.last) for one in gaps_between(agreements_in(town.places[0], viewer=SYSTEM))
    ]


def shown_on_today(town):
    return {one.key for one in cards_for(town.coordinator().viewer, town.places[0])}


@pytest.mark.clause("L05", "C02", "H02")
def test_renewed_in_time_the_next_one_takes_over_without_a_day_between(town):
    from samsyn.domains.agreements.documents.renewal import has_next
    from samsyn.domains.agreements.selectors.status import status_of
    from tests.years.living import named

    assert [warned(town, dt.date(2026, month, 15)) for month in (1, 5, 8, 11)] == [12, 12, 6, 3]
    made = []
    town.on(dt.date(2026, 10, 1), lambda: made.append(renew(town, LAST + DAY, signed="2026-09-28")))
    town.walk(FIRST, AFTER)

    (following,) = made
    assert has_next(town.agreement)
    assert gaps(town) == []
    # The old one asks for nothing more; in the new one the first meetings are asked for.
    assert set(town.states(AFTER).values()) == {"not_applicable"}
    states = named(status_of(following, AFTER))
    assert states["L06 radet-mots"] == "due"
    assert states["L07 operativa-gruppen-mots"] == "due"
    assert states["L09 lagesbild-fornyas"] == "upcoming"
    assert "late" not in states.values()
    assert not [key for key in shown_on_today(town) if "lapsed" in key]


@pytest.mark.clause("L05", "C02")
def test_neglected_it_is_seen_all_the_year_and_the_days_without_agreement_are_shown(town):
    from samsyn.domains.agreements.documents.renewal import gap_before, has_next

    town.walk(FIRST, dt.date(2026, 11, 20))
    assert not has_next(town.agreement)
    assert any("agreement-expires" in key for key in shown_on_today(town))

    town.walk(dt.date(2026, 11, 21), AFTER)
    assert set(town.states(AFTER).values()) == {"not_applicable"}
    assert any("lapsed" in key for key in shown_on_today(town))

    first = dt.date(2027, 3, 1)
    told = gap_before(town.agreement, first)
    assert (told.first, told.last) == (dt.date(2027, 1, 1), dt.date(2027, 2, 28))
    town.on(dt.date(2027, 2, 15), lambda: renew(town, first, signed="2027-02-15"))
    town.walk(AFTER + DAY, dt.date(2027, 3, 2))
    assert gaps(town) == [(dt.date(2027, 1, 1), dt.date(2027, 2, 28))]
    assert clock.today() == dt.date(2027, 3, 2)


@pytest.mark.clause("K28")
def test_lommas_next_agreement_proves_that_one_was_made(settings):
    lomma = Town(settings, "lomma-2023", began=dt.date(2027, 1, 1))
    assert lomma.states(dt.date(2027, 6, 1))["K28 ny-overenskommelse"] == "upcoming"
    first = dt.date(2028, 1, 1)
    lomma.on(
        dt.date(2027, 11, 10),
        lambda: renew(lomma, first, signed="2027-11-08", code="lomma-2028"),
    )
    lomma.walk(dt.date(2027, 11, 8), dt.date(2027, 11, 15))

    assert lomma.states(dt.date(2027, 12, 31))["K28 ny-overenskommelse"] == "done"
    assert ("ny-overenskommelse", "agreement_signed") in lomma.arrived_by_itself()
