"""For each of the four agreements: a year that is kept ends right, a year that is neglected turns late."""

from __future__ import annotations

import datetime as dt

import pytest

from samsyn.domains.agreements.judging import summarize
from samsyn.domains.agreements.selectors.status import status_of
from tests.domains.agreements.walks import keep_year, prove, start, states

# What each agreement expects with a date that can be missed, and must be done: read from its text.
DATED = {
    "laholm-2024": {
        "radet-mots",
        "radet-utokat",
        "operativa-gruppen-mots",
        "forslag-till-medborgarlofte",
        "lagesbild-fornyas",
        "atgardsplan-foljs-upp",
        "medborgarlofte-fornyas",
    },
    "lomma-2023": {
        "arlig-lagesbild",
        "polisanmalningar-varje-manad",
        "lagesbild-till-forslag",
        "veckolagesbild",
        "fokusomraden-tas-fram",
        "fokusomraden-beslutas",
        "handlingsplaner",
        "orsaksanalyser",
        "andts-samverkan",
        "unga-i-veckolagesbilden",
        "interaktionsmoten",
        "mote-med-kontaktombud",
        "trygghetsdagar",
        "polisen-medverkar-i-trygghetsdagar",
        "informationsutskick",
    },
}
# The clocks of Laholm run for two years, so they are late first in 2026.
TWO_YEARS = {
    "forslag-till-medborgarlofte",
    "lagesbild-fornyas",
    "atgardsplan-foljs-upp",
    "medborgarlofte-fornyas",
}


@pytest.mark.clause("L05", "L06", "L07", "L09", "L10", "L11", "L14")
def test_laholm_keeps_its_two_years(loaded):
    laholm = start(loaded("laholm-2024"), dt.date(2024, 1, 1))
    keep_year(laholm, 2024, until=dt.date(2024, 12, 31))
    keep_year(laholm, 2025, until=dt.date(2025, 12, 31))
    for ref in TWO_YEARS:
        prove(laholm.commitments.get(ref=ref), dt.date(2025, 10, 15))

    found = status_of(laholm, dt.date(2025, 12, 31))

    assert {ref for (ref, _place), name in states(found).items() if name == "done"} >= DATED[
        "laholm-2024"
    ]
    assert summarize(found, dt.date(2025, 12, 31)).late == 0


@pytest.mark.clause("L06", "L07", "L09", "L10", "L11")
def test_laholm_neglected_turns_late_where_it_must_and_nowhere_else(loaded):
    laholm = start(loaded("laholm-2024"), dt.date(2024, 1, 1))

    after_one_year = states(status_of(laholm, dt.date(2025, 1, 2)))
    after_two = states(status_of(laholm, dt.date(2026, 1, 2)))

    late = {ref for (ref, _place), name in after_one_year.items() if name == "late"}
    assert late == DATED["laholm-2024"] - TWO_YEARS
    assert {ref for (ref, _place), name in after_two.items() if name == "late"} == DATED[
        "laholm-2024"
    ]
    # The aim for the turn of the year is soft: it is followed and never red.
    assert after_two["medborgarlofte-till-arsskiftet", None] == "soft"


@pytest.mark.clause("K01", "K05", "K08", "K11", "K13", "K14", "K15", "K16", "K20", "K21", "K23")
def test_lomma_keeps_a_year(loaded):
    lomma = start(loaded("lomma-2023"), dt.date(2025, 1, 1))
    keep_year(lomma, 2025, until=dt.date(2025, 12, 31))

    found = status_of(lomma, dt.date(2025, 12, 31))

    by_ref = {ref: name for (ref, _place), name in states(found).items()}
    # A new week, a new term and the next mailing lie ahead; all else is done for the year.
    assert {ref: by_ref[ref] for ref in DATED["lomma-2023"] if by_ref[ref] != "done"} == {
        "veckolagesbild": "due",
        "unga-i-veckolagesbilden": "due",
        "interaktionsmoten": "upcoming",
        "informationsutskick": "upcoming",
    }
    assert summarize(found, dt.date(2025, 12, 31)).late == 0


@pytest.mark.clause("K05", "K08", "K15", "K16", "K23")
def test_lomma_neglected_turns_late_clause_by_clause(loaded):
    lomma = start(loaded("lomma-2023"), dt.date(2025, 1, 1))

    in_march = states(status_of(lomma, dt.date(2025, 3, 5)))
    in_july = states(status_of(lomma, dt.date(2025, 7, 10)))
    in_january = states(status_of(lomma, dt.date(2026, 1, 14)))

    # Weeks and months first, then the mailing before Valborg and the term, last the year.
    assert in_march["veckolagesbild", None] == "late"
    assert in_march["polisanmalningar-varje-manad", None] == "late"
    assert in_march["interaktionsmoten", None] == "due"
    assert in_march["arlig-lagesbild", None] == "upcoming"
    assert in_march["veckomote-om-unga", None] == "soft"
    # In the summer the weekly meeting rests and drags nothing along.
    assert in_july["veckolagesbild", None] == "paused"
    assert in_july["interaktionsmoten", None] == "late"
    assert in_july["informationsutskick", None] == "late"
    assert {ref for (ref, _place), name in in_january.items() if name == "late"} == DATED[
        "lomma-2023"
    ]


@pytest.mark.clause("K15")
def test_two_meetings_in_lomma_and_none_in_bjarred_is_late(loaded):
    lomma = start(loaded("lomma-2023"), dt.date(2025, 1, 1))
    one = lomma.commitments.get(ref="interaktionsmoten")
    for day in (
        dt.date(2025, 2, 4),
        dt.date(2025, 4, 8),
        dt.date(2025, 5, 6),
        dt.date(2025, 5, 20),
    ):
        prove(one, day, "Lomma")

    (found,) = [
        each
        for each in status_of(lomma, dt.date(2025, 7, 1))
        if each.commitment.ref == "interaktionsmoten"
    ]
    assert found.name == "late"
    assert "Bjärred" in found.state.why


@pytest.mark.clause("H01", "H05", "H09", "C06")
def test_hallsberg_is_followed_in_each_municipality_and_nothing_without_interval_is_ever_late(
    loaded,
):
    hallsberg = start(loaded("hallsberg-2024"), dt.date(2024, 1, 1))
    keep_year(hallsberg, 2024, until=dt.date(2024, 12, 31))

    kept = status_of(hallsberg, dt.date(2024, 12, 31))
    neglected = status_of(hallsberg, dt.date(2026, 12, 30))

    places = {
        one.commitment.municipality_code
        for one in kept
        if one.commitment.ref == "avstamningar-i-est"
    }
    assert places == {"1882", "1861", "1881", "1860"}
    assert {one.name for one in kept} <= {"soft", "done"}
    assert {one.name for one in neglected} == {"soft"}


@pytest.mark.clause("H05", "H09")
def test_a_check_in_in_kumla_proves_nothing_in_laxa(loaded):
    from samsyn.base.access import SYSTEM
    from samsyn.domains.agreements.services.evidence import record_evidence

    hallsberg = start(loaded("hallsberg-2024"), dt.date(2024, 1, 1))
    in_kumla = hallsberg.bodies.get(ref="est", municipality__municipality_code="1881")

    record_evidence(actor=SYSTEM, kind="meeting_held", on=dt.date(2026, 3, 4), body=in_kumla)

    proved = {
        one.commitment.municipality_code: len(one.evidence)
        for one in status_of(hallsberg, dt.date(2026, 3, 5))
        if one.commitment.ref == "avstamningar-i-est"
    }
    assert proved == {"1881": 1, "1860": 0, "1861": 0, "1882": 0}


@pytest.mark.clause("U07", "U12", "U14")
def test_lulea_kept_its_years_and_has_expired(loaded):
    lulea = start(loaded("lulea-2020"), dt.date(2021, 1, 1))
    keep_year(lulea, 2021, until=dt.date(2021, 12, 31))

    then = status_of(lulea, dt.date(2021, 12, 31))
    now = status_of(lulea, dt.date(2026, 11, 20))

    assert summarize(then, dt.date(2021, 12, 31)).late == 0
    assert {one.commitment.ref for one in then if one.name == "done"} >= {
        "verksamhetsplan-beslutas"
    }
    # Expired: shown as such, everything readable, nothing due.
    assert {one.name for one in now} == {"not_applicable"}
    assert all(one.state.due is None for one in now)
    assert any(one.evidence for one in now)


@pytest.mark.clause("U07", "U12")
def test_lulea_neglected_is_late_when_the_year_is_over(loaded):
    lulea = start(loaded("lulea-2020"), dt.date(2021, 1, 1))

    late = {
        one.commitment.ref for one in status_of(lulea, dt.date(2022, 1, 10)) if one.name == "late"
    }

    assert "verksamhetsplan-beslutas" in late
    assert "lagesbild-uppdateras" in late


@pytest.mark.clause("L05")
def test_nothing_is_late_before_the_municipality_began_to_use_samsyn(loaded):
    laholm = start(loaded("laholm-2024"), dt.date(2026, 11, 1))

    found = status_of(laholm, dt.date(2026, 11, 20))

    assert summarize(found, dt.date(2026, 11, 20)).late == 0
