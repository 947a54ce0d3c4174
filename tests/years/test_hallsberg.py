"""Hallsberg's agreement: four municipalities, each followed for itself, and the act over each of them.

The agreement gives no intervals, so nothing in it can be late; the act's clocks can. What each clause
should come to is read from the texts and written here by hand.
"""

from __future__ import annotations

import datetime as dt

import pytest

from tests.years.living import Town

pytestmark = pytest.mark.django_db

FIRST, LAST, AFTER = dt.date(2024, 1, 1), dt.date(2024, 12, 31), dt.date(2026, 1, 2)
ASKERSUND, HALLSBERG, KUMLA, LAXA = "1882", "1861", "1881", "1860"
ALL = (ASKERSUND, HALLSBERG, KUMLA, LAXA)

IN_EACH = (
    "H02 lagesbild-per-kommun",
    "H04 atgarder-ur-lopande-lagesbild",
    "H05 avstamningar-i-est",
    "H06 aterkoppling",
    "H08 samverkan-barn-och-unga",
    "H08 stod-till-avhoppare",
    "H09 brottsforebyggande-rad-finns",
    "H11 atgardsplan-per-kommun",
    "H12 uppfoljning-i-est",
    "H12 uppfoljning-i-planerna",
)
JOINT = (
    "H03 gemensam-syn-pa-prioriteringar",
    "H07 tydliggora-roller",
    "H08 vald-i-nara-relation",
    "H08 polisens-stod-till-avhoppare",
    "H09 andts-forum",
    "H09 inratta-gemensamt-forum",
    "H10 motverka-forflyttning",
    "H13 gemensam-kommunikation",
)
FOLLOWED = {f"{ref} {code}": "soft" for ref in IN_EACH for code in ALL} | dict.fromkeys(
    JOINT, "soft"
)
MET = {"avstamningar-i-est", "uppfoljning-i-est", "stod-till-avhoppare"}
# Kumla did everything, the others met in EST only; what is joint belongs to all.
BY_ITSELF = {
    KUMLA: {
        "lagesbild-per-kommun",
        "avstamningar-i-est",
        "aterkoppling",
        "samverkan-barn-och-unga",
        "stod-till-avhoppare",
        "brottsforebyggande-rad-finns",
        "atgardsplan-per-kommun",
        "uppfoljning-i-est",
    },
    ASKERSUND: MET,
    HALLSBERG: MET,
    LAXA: MET,
    "": {
        "gemensam-syn-pa-prioriteringar",
        "andts-forum",
        "inratta-gemensamt-forum",
        "motverka-forflyttning",
        "gemensam-kommunikation",
    },
}


def begin(settings):
    """The four municipalities on New Year's Day 2024, each with its EST in every second month."""
    town = Town(settings, "hallsberg-2024", began=FIRST)
    town.weekly = False  # nothing in the agreement goes by the week
    for code in ALL:
        for month in (2, 4, 6, 9, 11):
            town.plan_one("est", dt.date(2024, month, 13), code)
    return town


def place(town, code):
    return next(one for one in town.places if one.municipality_code == code)


def evidence_by_place(town):
    from samsyn.domains.agreements.models import Evidence

    rows = Evidence.objects.filter(commitment__agreement=town.agreement, automatic=True)
    found = {}
    for one in rows.select_related("commitment__municipality"):
        where = one.commitment.municipality
        found.setdefault(where.municipality_code if where else "", set()).add(one.commitment.ref)
    return found


@pytest.mark.clause("H01", "H02", "H05", "H06", "H09", "H10", "H11", "H12", "L14", "C03", "C06")
def test_a_year_in_which_kumla_does_everything_is_kumlas_alone(settings):
    town = begin(settings)
    kumla = place(town, KUMLA)
    town.plan_one("brottsforebyggande-rad", dt.date(2024, 5, 16), KUMLA)
    town.plan_one("skola-socialtjanst-polis-fritid", dt.date(2024, 3, 14), KUMLA)
    town.plan_one("andts", dt.date(2024, 10, 10))
    town.on(dt.date(2024, 8, 20), lambda: start_forum(town))
    town.on(dt.date(2024, 5, 2), lambda: town.publish_feedback(kumla))
    town.on(dt.date(2024, 12, 5), lambda: town.by_hand("tid-och-resurser", "note"))
    for day, title, kind in (
        (dt.date(2024, 9, 3), "Kumlas lägesbild", "situation_picture"),
        (dt.date(2024, 10, 1), "Kumlas åtgärdsplan", "action_plan"),
    ):
        town.on(
            day,
            lambda t=title, k=kind: town.decide_document(town.open_document(t, k, place=kumla)),
        )

    town.walk(FIRST, LAST)

    assert town.states(LAST) == FOLLOWED | {"L14 tid-och-resurser": "done"}
    assert evidence_by_place(town) == BY_ITSELF
    # The act runs over each municipality: two years on, Kumla's picture still holds and Laxå's does not.
    picture = "§ 6 lagesbild-uppdateras"
    assert town.law(AFTER, kumla)[picture] == ("done", True)
    assert town.law(AFTER, place(town, LAXA))[picture] == ("late", False)
    assert town.law(AFTER, kumla)["§ 5 atgardsplan-beslutas"] == ("soft", True)
    assert town.law(AFTER, place(town, LAXA))["§ 5 atgardsplan-beslutas"] == ("soft", False)


def start_forum(town):
    """The forum of all four is planned in the agreement; it is started, and then it may meet."""
    from samsyn.base import clock
    from samsyn.domains.agreements.services.bodies import start_body

    body = town.body("kommunoverskridande-forum")
    start_body(actor=town.coordinator().viewer, body=body, on=clock.today())
    town.plan_one("kommunoverskridande-forum", dt.date(2024, 11, 21))


@pytest.mark.clause("H05", "H09", "C06")
def test_a_year_without_a_single_meeting_is_seen_and_never_late(settings):
    town = begin(settings)
    town.neglected = {"est"}
    town.walk(FIRST, LAST)

    assert town.states(LAST) == FOLLOWED | {"L14 tid-och-resurser": "soft"}
    assert "Inget är noterat än." in town.why("avstamningar-i-est", LAST)
    for code in ALL:
        law = town.law(AFTER, place(town, code))
        assert {key for key, (state, _) in law.items() if state == "late"} == {
            "§ 6 lagesbild-uppdateras",
            "§ 6 atgardsplan-foljs-upp",
        }
