"""Laholm's agreement: two years that are kept, two that are neglected, and what comes after its last day.

Two years and not one, because the picture, the plan and the promise are renewed every second year. What
each clause should come to is read from the agreement's text and written here by hand.
"""

from __future__ import annotations

import datetime as dt

import pytest

from tests.years.living import Given, Town

pytestmark = pytest.mark.django_db

FIRST, LAST, AFTER = dt.date(2024, 1, 1), dt.date(2025, 12, 31), dt.date(2026, 1, 2)
AUTUMN = dt.date(2025, 10, 15)

# What has no interval in the agreement ("löpande", "när det behövs") is followed and never red.
FOLLOWED = {
    "L01 kunskapsbaserat-arbete": "soft",
    "L07 bidra-till-lagesbilden": "soft",
    "L07 information-fran-deltagarna": "soft",
    "L07 delta-i-uppfoljningen": "soft",
    "L07 forslag-pa-uppdrag": "soft",
    "L07 planens-status": "soft",
    "L08 samordningsfunktion-finns": "soft",
    "L08 samordna-och-stodja": "soft",
    "L08 kontaktpunkt": "soft",
    "L08 informera-invanarna": "soft",
    "L08 orsaksanalyser": "soft",
    "L09 lagesbild-aktuell": "soft",
    "L10 atgardsplan-beslutas": "soft",
    "L12 bilagor-uppdateras": "soft",
}
AFTER_TWO_KEPT_YEARS = FOLLOWED | {
    "L06 radet-mots": "done",
    "L06 radet-utokat": "done",
    "L07 operativa-gruppen-mots": "done",
    "L08 forslag-till-medborgarlofte": "done",
    "L09 lagesbild-fornyas": "done",
    "L10 atgardsplan-foljs-upp": "done",
    "L11 dialoger": "done",
    "L11 medborgarlofte-fornyas": "done",
    "L11 medborgarlofte-till-arsskiftet": "done",
    "L14 resurser-foljs-upp": "done",
}
# At the first turn of the year the clocks of two years have not run out.
AFTER_ONE_KEPT_YEAR = FOLLOWED | {
    "L06 radet-mots": "done",
    "L06 radet-utokat": "done",
    "L07 operativa-gruppen-mots": "done",
    "L08 forslag-till-medborgarlofte": "upcoming",
    "L09 lagesbild-fornyas": "upcoming",
    "L10 atgardsplan-foljs-upp": "upcoming",
    "L11 dialoger": "upcoming",
    "L11 medborgarlofte-fornyas": "upcoming",
    "L11 medborgarlofte-till-arsskiftet": "upcoming",
    "L14 resurser-foljs-upp": "done",
}
AFTER_TWO_NEGLECTED_YEARS = (
    FOLLOWED
    | {
        "L06 radet-mots": "late",
        "L06 radet-utokat": "late",
        "L07 operativa-gruppen-mots": "due",  # six were held; the first of the new year's six is asked for
        "L08 forslag-till-medborgarlofte": "done",
        "L09 lagesbild-fornyas": "late",
        "L10 atgardsplan-foljs-upp": "done",
        "L11 dialoger": "soft",
        "L11 medborgarlofte-fornyas": "late",
        "L11 medborgarlofte-till-arsskiftet": "soft",
        "L14 resurser-foljs-upp": "soft",
    }
)
WHY_LATE = {
    "radet-mots": "Strategiska rådet skulle mötas fyra gånger 2025. Inget möte har hållits. "
    "Sista dag var 31 december 2025.",
    "radet-utokat": "Rådets möte med utökad ledningsgrupp skulle hållas två gånger 2025. "
    "Inget möte har hållits. Sista dag var 31 december 2025.",
    "lagesbild-fornyas": "Den förnyade lägesbilden ska göras minst vartannat år. "
    "Inget underlag finns. Sista dag var 1 januari 2026.",
    "medborgarlofte-fornyas": "Det förnyade medborgarlöftet ska göras minst vartannat år. "
    "Inget underlag finns. Sista dag var 1 januari 2026.",
}
# What came without anybody's hand in the kept years.
BY_ITSELF = {
    ("kunskapsbaserat-arbete", "analysis_finished"),
    ("radet-mots", "meeting_minuted"),
    ("radet-utokat", "meeting_minuted"),
    ("operativa-gruppen-mots", "meeting_minuted"),
    ("bidra-till-lagesbilden", "contribution_given"),
    ("bidra-till-lagesbilden", "meeting_minuted"),
    ("information-fran-deltagarna", "contribution_given"),
    ("delta-i-uppfoljningen", "meeting_minuted"),
    ("forslag-pa-uppdrag", "proposal_made"),
    ("planens-status", "meeting_minuted"),
    ("samordningsfunktion-finns", "function_appointed"),
    ("kontaktpunkt", "function_appointed"),
    ("informera-invanarna", "information_sent"),
    ("orsaksanalyser", "analysis_finished"),
    ("forslag-till-medborgarlofte", "proposal_made"),
    ("lagesbild-fornyas", "picture_renewed"),
    ("lagesbild-aktuell", "picture_finished"),
    ("atgardsplan-beslutas", "plan_decided"),
    ("medborgarlofte-fornyas", "promise_signed"),
    ("medborgarlofte-till-arsskiftet", "promise_signed"),
    ("bilagor-uppdateras", "document_signed"),
    ("resurser-foljs-upp", "meeting_minuted"),
}
# The act: what has a clock is done or late, the rest is followed; and whether there is evidence.
LAW_KEPT = {
    "§ 4 lagesbild-finns": ("soft", True),
    "§ 5 atgardsplan-beslutas": ("soft", True),
    "§ 6 lagesbild-uppdateras": ("done", True),
    "§ 6 atgardsplan-foljs-upp": ("done", True),
    "§ 7 stammer-med-andra-planer": ("soft", False),
    "§ 8 samordna-i-kommunen": ("soft", True),
    "§ 9 skriftliga-overenskommelser": ("soft", True),
    "§ 10 strategiskt-rad-finns": ("soft", True),
    "§ 10 ledande-stallning": ("soft", True),
    "§ 11 samordningsfunktion-finns": ("soft", True),
    "§ 12 samordna-och-stodja": ("soft", False),
    "§ 12 kontaktpunkt": ("soft", True),
    "§ 12 informera-invanarna": ("soft", True),
    "§ 13 styrelsen-leder": ("soft", False),
    "§ 13 rapport-till-fullmaktige": ("soft", False),
    "§ 14 kamerabevakning": ("soft", True),
}


def begin(settings):
    """Laholm on New Year's Day 2024: annexes as they came with the agreement, two years of meetings planned."""
    town = Town(settings, "laholm-2024", began=FIRST)
    town.weekly = False  # nothing in the agreement goes by the week
    for annex in ("bilaga-1", "bilaga-2", "bilaga-3"):
        town.decide_document(town.open_annex(annex), accepted=True)
    for body in ("strategiska-radet", "operativa-gruppen"):
        town.plan(body, FIRST, dt.date(2024, 12, 31))
        town.on(dt.date(2025, 1, 2), lambda ref=body: town.plan(ref, dt.date(2025, 1, 1), LAST))
    return town


def renew(town, annex):
    town.sign(town.decide_document(town.open_annex(annex)))


@pytest.fixture
def kept(settings):
    """Two years in which all is done that the agreement asks for."""
    town = begin(settings)
    town.matters["strategiska-radet", 1] = [Given("Se över belysningen", to="operativa-gruppen")]
    town.matters["operativa-gruppen", 6] = ["resurser-foljs-upp"]
    town.matters["operativa-gruppen", 12] = ["resurser-foljs-upp"]
    town.on(dt.date(2024, 5, 20), lambda: town.report_back("operativa-gruppen"))
    town.on(dt.date(2024, 6, 3), town.publish_feedback)
    town.on(dt.date(2025, 9, 10), lambda: town.by_hand("dialoger", "dialogue_held"))
    town.on(dt.date(2025, 9, 30), lambda: town.by_hand("atgardsplan-foljs-upp", "plan_followed_up"))
    town.on(dt.date(2025, 9, 30), lambda: follow_up_by_the_act(town))
    for annex in ("bilaga-1", "bilaga-2", "bilaga-3"):
        town.on(AUTUMN, lambda ref=annex: renew(town, ref))
    return town


def follow_up_by_the_act(town):
    """The act's own clock is wound by hand too, where the plan's follow-up is not known to the system."""
    from samsyn.base import clock
    from samsyn.domains.agreements.models import Commitment
    from samsyn.domains.agreements.services.evidence import add_evidence

    one = Commitment.objects.get(agreement__code="lag-2023-196", ref="atgardsplan-foljs-upp")
    add_evidence(
        actor=town.coordinator().viewer, commitment=one, kind="plan_followed_up",
        on=clock.today(), note="Planen följdes upp.",
    )  # fmt: skip


@pytest.mark.clause(
    "L01", "L05", "L06", "L07", "L08", "L09", "L10", "L11", "L12", "L14", "H02", "C03"
)
def test_two_years_that_are_kept_end_with_every_clause_in_its_state(kept):
    kept.walk(FIRST, dt.date(2024, 12, 31))
    assert kept.states(dt.date(2024, 12, 31)) == AFTER_ONE_KEPT_YEAR

    kept.walk(dt.date(2025, 1, 1), LAST)
    assert kept.states(LAST) == AFTER_TWO_KEPT_YEARS
    assert kept.law(LAST) == LAW_KEPT
    assert kept.arrived_by_itself() == BY_ITSELF


@pytest.mark.clause("L06", "L07", "L09", "L11", "C03", "C06")
def test_two_years_that_are_neglected_turn_late_where_they_must_and_nowhere_else(settings):
    town = begin(settings)
    town.neglected = {"strategiska-radet"}
    town.on(dt.date(2025, 9, 30), lambda: town.by_hand("atgardsplan-foljs-upp", "plan_followed_up"))
    # The promise is proposed, presented and decided, but one of the three never signs.
    town.on(AUTUMN, lambda: town.decide_document(town.open_annex("bilaga-2")))

    town.walk(FIRST, dt.date(2025, 1, 2))
    late = {key for key, state in town.states(dt.date(2025, 1, 2)).items() if state == "late"}
    assert late == {"L06 radet-mots", "L06 radet-utokat"}

    town.walk(dt.date(2025, 1, 3), AFTER)
    assert town.states(AFTER) == AFTER_TWO_NEGLECTED_YEARS
    assert {ref: town.why(ref, AFTER) for ref in WHY_LATE} == WHY_LATE
    law = town.law(AFTER)
    assert {key for key, (state, _) in law.items() if state == "late"} == {
        "§ 6 lagesbild-uppdateras",
        "§ 6 atgardsplan-foljs-upp",
    }
    assert law["§ 10 strategiskt-rad-finns"] == ("soft", False)
