"""Luleå's agreement: a year with its plan, one without, and the day after its last.

What each clause should come to is read from the agreement's text and written here by hand.
"""

from __future__ import annotations

import datetime as dt

import pytest

from tests.years.living import Given, Matter, Town

pytestmark = pytest.mark.django_db

FIRST, LAST, AFTER = dt.date(2021, 1, 1), dt.date(2021, 12, 31), dt.date(2022, 1, 3)

FOLLOWED = {
    "U01 tydliggora-roller": "soft",
    "U02 synliggora-arbetet": "soft",
    "U03 folja-upplevd-trygghet": "soft",
    "U04 enhetliga-strukturer": "soft",
    "U05 sarskilda-satsningar": "soft",
    "U06 forebyggande-arbete": "soft",
    "U07 kommunikationsplan-beslutas": "soft",
    "U07 ge-forutsattningar-och-mandat": "soft",
    "U07 initiera-och-folja-uppdrag": "soft",
    "U07 mal-och-delmal": "soft",
    "U07 stod-till-styrgruppen": "soft",
    "U08 strategisk-beredning": "soft",
    "U08 samordna-lagesbilder": "soft",
    "U08 utvardera-lagesbilder-och-atgarder": "soft",
    "U08 ta-emot-behov": "soft",
    "U09 tillsatta-arbetsgrupper": "soft",
    "U10 kunskapsbaserade-insatser": "soft",
    "U11 underliggande-avtal": "soft",
    "U12 samlad-lagesbild-2020": "not_applicable",  # in 2020, before Samsyn was in use
}
YEARLY = ("U07 verksamhetsplan-beslutas", "U12 lagesbild-uppdateras", "U13 prioritera-arsvis")
BY_ITSELF = {
    ("kommunikationsplan-beslutas", "document_decided"),
    ("ge-forutsattningar-och-mandat", "meeting_minuted"),
    ("initiera-och-folja-uppdrag", "meeting_minuted"),
    ("initiera-och-folja-uppdrag", "assignment_given"),
    ("verksamhetsplan-beslutas", "plan_decided"),
    ("mal-och-delmal", "plan_decided"),
    ("prioritera-arsvis", "plan_decided"),
    ("stod-till-styrgruppen", "function_appointed"),
    ("strategisk-beredning", "meeting_minuted"),
    ("samordna-lagesbilder", "meeting_minuted"),
    ("samordna-lagesbilder", "picture_finished"),
    ("samlad-lagesbild-2020", "picture_finished"),  # the same picture; it was asked for before
    ("lagesbild-uppdateras", "picture_finished"),
    ("lagesbild-uppdateras", "picture_renewed"),
    ("synliggora-arbetet", "information_sent"),
}


def begin(settings):
    """Luleå on New Year's Day 2021; the steering group meets in spring and autumn, the preparatory one before."""
    town = Town(settings, "lulea-2020", began=FIRST)
    for body, days in (
        ("beredningsgruppen", (dt.date(2021, 4, 8), dt.date(2021, 10, 7))),
        ("styrgruppen", (dt.date(2021, 5, 6), dt.date(2021, 11, 11))),
    ):
        for day in days:
            town.plan_one(body, day)
    return town


@pytest.mark.clause("U02", "U04", "U07", "U08", "U12", "U13", "U14", "C03", "C06")
def test_a_year_that_is_kept_ends_with_every_clause_in_its_state(settings):
    town = begin(settings)
    town.matters["styrgruppen", 1] = [Given("Se över uppföljningen", to="beredningsgruppen")]
    town.matters["styrgruppen", 2] = [
        Matter("Verksamhetsplan 2022", "plans", {"plan-pa-lagesbild": "Lägesbilden i oktober"})
    ]
    for day, title, kind in (
        (dt.date(2021, 3, 2), "Kommunikationsplan", "communication_plan"),
        (dt.date(2021, 10, 5), "Samlad lägesbild", "situation_picture"),
    ):
        town.on(day, lambda t=title, k=kind: town.decide_document(town.open_document(t, k)))
    town.on(dt.date(2021, 6, 1), town.publish_feedback)

    town.walk(FIRST, LAST)

    assert town.states(LAST) == FOLLOWED | dict.fromkeys(YEARLY, "done")
    assert town.arrived_by_itself() == BY_ITSELF
    # The day after its last: everything readable, nothing due (U14).
    town.set_clock(dt.date(2024, 1, 1))
    assert set(town.states(dt.date(2024, 1, 1)).values()) == {"not_applicable"}
    assert town.arrived_by_itself() == BY_ITSELF


@pytest.mark.clause("U07", "U12", "U13", "C03", "C06")
def test_a_year_without_plan_and_picture_turns_just_those_late(settings):
    town = begin(settings)
    # The groups meet, but nobody decides a plan or brings a picture.
    town.walk(FIRST, AFTER)

    assert town.states(LAST) == FOLLOWED | dict.fromkeys(YEARLY, "due")
    assert town.states(AFTER) == FOLLOWED | dict.fromkeys(YEARLY, "late")
    assert town.why("verksamhetsplan-beslutas", AFTER) == (
        "Beslutet om verksamhetsplan skulle fattas varje år, senast 31 december. "
        "Underlag saknas för 2021. Sista dag var 31 december 2021."
    )


def story(settings, *, every_day):
    """A spring in Luleå: its evidence at the end, where each clause stood, and the law meter."""
    from samsyn.domains.agreements.models import Evidence

    town, last = begin(settings), dt.date(2021, 4, 20)
    town.on(
        dt.date(2021, 3, 2),
        lambda: town.decide_document(town.open_document("Lägesbild", "situation_picture")),
    )
    town.walk(FIRST, last, every_day=every_day)
    rows = Evidence.objects.order_by("commitment__clause", "commitment__ref", "kind", "occurred_on")
    told = rows.values_list("commitment__ref", "kind", "occurred_on", "recorded_at", "note")
    return list(told), town.states(last), town.law(last)


@pytest.mark.clause("C03")
def test_the_same_days_give_the_same_states_whether_each_is_walked_or_only_the_busy_ones(
    settings, in_its_own_world
):
    every_day = in_its_own_world(lambda: story(settings, every_day=True))
    by_event = in_its_own_world(lambda: story(settings, every_day=False))
    again = in_its_own_world(lambda: story(settings, every_day=False))

    assert every_day[0]
    assert every_day == by_event == again


@pytest.fixture
def in_its_own_world():
    """Run a story in a world of its own, and forget it."""
    from django.db import transaction

    class Over(Exception):
        pass

    def run(tell):
        from django.core.cache import cache

        told = []
        cache.clear()
        try:
            with transaction.atomic():
                told.append(tell())
                raise Over
        except Over:
            return told[0]

    return run
