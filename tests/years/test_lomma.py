"""Lomma's agreement: a year of weeks, months, terms and moving days that is kept, and one that is neglected.

What each clause should come to is read from the agreement's text and written here by hand.
"""

from __future__ import annotations

import datetime as dt

import pytest

from tests.years.living import DAY, Matter, Town, school_years

pytestmark = pytest.mark.django_db

FIRST, LAST, AFTER = dt.date(2025, 1, 1), dt.date(2025, 12, 31), dt.date(2026, 1, 2)
PLAN_GATES = {
    "orsaksanalys-i-plan": "Orsaksanalysen 2025",
    "ansvarig-i-plan": "Står i planens tredje avsnitt",
}

FOLLOWED = {
    "K02 lagesbild-vid-akut-handelse": "soft",
    "K03 utveckling-och-planering": "soft",
    "K04 kontakt-med-samordnare": "soft",
    "K04 handelser-rapporteras": "soft",
    "K04 lagesbild-i-radet": "soft",
    "K05 radet-bestammer-kategorier": "soft",
    "K06 kommunpolis-i-samverkansgruppen": "soft",
    "K06 polischef-i-styrgruppen": "soft",
    "K07 barnkonsekvensanalys-fore-beslut": "soft",
    "K09 delta-i-trygghetsmatningen": "soft",
    "K09 arbeta-med-matningens-resultat": "soft",
    "K10 medborgardialog": "soft",
    "K10 kommunen-deltar-i-dialog": "soft",
    "K12 uppfoljning-och-utvardering": "soft",
    "K16 veckomote-om-unga": "soft",  # "när det är möjligt"
    "K17 utveckla-samverkan-om-unga": "soft",
    "K18 sspf-vid-behov": "soft",
    "K19 gemensam-tillsyn": "soft",
    "K20 fler-grannsamverkansomraden": "soft",
    "K22 samverkan-om-avhoppare": "soft",
    "K23 generell-kommunikationsplan": "soft",
    "K23 sarskilda-kommunikationsplaner": "soft",
    "K24 underrattelse": "soft",
    "K25 information-om-pdv": "soft",
    "K26 folja-samhallsutvecklingen": "soft",
    "K27 samtjanstavtalet-revideras": "not_applicable",  # autumn 2023, before Samsyn was in use
    "K28 ny-overenskommelse": "upcoming",  # during 2027
}
KEPT = FOLLOWED | {
    "K01 arlig-lagesbild": "done",
    "K05 polisanmalningar-varje-manad": "done",
    "K07 lagesbild-till-forslag": "done",
    "K08 veckolagesbild": "due",  # the week that runs over New Year
    "K11 fokusomraden-tas-fram": "done",
    "K11 fokusomraden-beslutas": "done",
    "K12 handlingsplaner": "done",
    "K12 orsaksanalyser": "done",
    "K13 andts-samverkan": "done",
    "K14 unga-i-veckolagesbilden": "due",
    "K15 interaktionsmoten": "upcoming",  # the spring term
    "K20 mote-med-kontaktombud": "done",
    "K21 trygghetsdagar": "done",
    "K21 polisen-medverkar-i-trygghetsdagar": "done",
    "K23 informationsutskick": "upcoming",  # before Valborg
}
NEGLECTED = FOLLOWED | {
    "K01 arlig-lagesbild": "late",
    "K05 polisanmalningar-varje-manad": "late",
    "K07 lagesbild-till-forslag": "late",
    "K08 veckolagesbild": "late",
    "K11 fokusomraden-tas-fram": "upcoming",  # done in 2025; the new year's lies ahead
    "K11 fokusomraden-beslutas": "upcoming",
    "K12 handlingsplaner": "late",
    "K12 orsaksanalyser": "late",
    "K13 andts-samverkan": "upcoming",
    "K14 unga-i-veckolagesbilden": "late",
    "K15 interaktionsmoten": "late",
    "K20 mote-med-kontaktombud": "upcoming",
    "K21 trygghetsdagar": "upcoming",
    "K21 polisen-medverkar-i-trygghetsdagar": "upcoming",
    "K23 informationsutskick": "late",
}
IN_SUMMER = {
    "K08 veckolagesbild": "paused",
    "K14 unga-i-veckolagesbilden": "paused",
    "K05 polisanmalningar-varje-manad": "done",
    "K15 interaktionsmoten": "upcoming",
    "K01 arlig-lagesbild": "upcoming",
}
WHY_LATE = {
    "polisanmalningar-varje-manad": "Polisens månadslista skulle göras varje månad. "
    "Underlag saknas för december 2025. Sista dag var 31 december 2025.",
    "veckolagesbild": "Veckolägesbildsmötet skulle hållas varje vecka utom under sommaren. "
    "Underlag saknas för vecka 52. Sista dag var 28 december 2025.",
    "interaktionsmoten": "Interaktionsmötet skulle hållas två gånger per termin i både Lomma och "
    "Bjärred. Höstterminen 2025: i Bjärred inget av två och i Lomma inget av två möten har hållits. "
    "Sista dag var 19 december 2025.",
    "informationsutskick": "Det gemensamma utskicket skulle skickas varje år, senast dagen före "
    "valborg, skolavslutningen och jullovet. Underlag saknas inför jullovet 2025. "
    "Sista dag var 19 december 2025.",
    "arlig-lagesbild": "Den gemensamma årliga lägesbilden skulle göras varje år, senast 31 december. "
    "Underlag saknas för 2025. Sista dag var 31 december 2025.",
}
# What came without anybody's hand in the kept year.
BY_ITSELF = {
    ("arlig-lagesbild", "picture_finished"),
    ("handelser-rapporteras", "report_received"),
    ("kontakt-med-samordnare", "report_received"),
    ("lagesbild-i-radet", "picture_presented"),
    ("polisanmalningar-varje-manad", "file_imported"),
    ("radet-bestammer-kategorier", "document_decided"),
    ("kommunpolis-i-samverkansgruppen", "function_appointed"),
    ("polischef-i-styrgruppen", "function_appointed"),
    ("samverkan-om-avhoppare", "function_appointed"),
    ("lagesbild-till-forslag", "picture_presented"),
    ("barnkonsekvensanalys-fore-beslut", "assessment_made"),
    ("veckolagesbild", "meeting_held"),
    ("veckolagesbild", "picture_finished"),
    ("unga-i-veckolagesbilden", "meeting_held"),
    ("arbeta-med-matningens-resultat", "meeting_minuted"),
    ("fokusomraden-tas-fram", "proposal_made"),
    ("fokusomraden-beslutas", "focus_areas_decided"),
    ("handlingsplaner", "plan_decided"),
    ("orsaksanalyser", "analysis_finished"),
    ("interaktionsmoten", "meeting_held"),
    ("sspf-vid-behov", "meeting_held"),
    ("generell-kommunikationsplan", "document_decided"),
    ("sarskilda-kommunikationsplaner", "document_decided"),  # a communication plan as well
}


def begin(settings):
    """Lomma on New Year's Day 2025, with its school years and the year's meetings planned."""
    town = Town(settings, "lomma-2023", began=FIRST)
    school_years(town.places[0], 2024, 2025)
    for body in ("veckolagesbild", "interaktionsmotet"):
        town.plan(body, FIRST, LAST)
    town.matters["samverkansgruppen", 1] = [Matter("Fokusområden 2026", "focus_areas")]
    town.matters["styrgruppen", 1] = [Matter("Fokusområden 2026", "focus_areas")]
    town.plan_one("samverkansgruppen", dt.date(2025, 10, 2))
    town.plan_one("styrgruppen", dt.date(2025, 11, 6))
    for day, ref, kind in (
        (dt.date(2025, 3, 4), "andts-samverkan", "note"),
        (dt.date(2025, 4, 28), "informationsutskick", "information_sent"),
        (dt.date(2025, 9, 3), "mote-med-kontaktombud", "event_held"),
        (dt.date(2025, 10, 8), "trygghetsdagar", "event_held"),
        (dt.date(2025, 10, 8), "polisen-medverkar-i-trygghetsdagar", "event_held"),
    ):
        town.on(day, lambda ref=ref, kind=kind: town.by_hand(ref, kind))
    return town


def send_lists(town, folder, until):
    """On the eighth of each month the police's list for the month before is read in."""
    for month in range(1, until + 1):
        before = dt.date(2025, month, 1) - DAY
        town.on(
            dt.date(2025, month, 8),
            lambda at=before: town.import_list(folder, at.year, at.month),
        )


@pytest.fixture
def kept(settings, tmp_path):
    """A year in which all is done that the agreement asks for."""
    town = begin(settings)
    send_lists(town, tmp_path, until=12)
    for day in (dt.date(2025, 1, 20), dt.date(2025, 2, 17), dt.date(2025, 9, 15)):
        town.on(day, town.report_event)
        town.on(day, town.finish_pictures)
    town.plan_one("trygghetsradet", dt.date(2025, 3, 20))
    town.matters["trygghetsradet", 1] = [Matter("Kategorier för månadslistan", "categories")]
    town.matters["samverkansgruppen", 1].append(Matter("Handlingsplaner", "plans", PLAN_GATES))
    town.matters["styrgruppen", 1] += [
        Matter("Handlingsplaner", "plans", PLAN_GATES),
        Matter("Belysning", "measures", {"barnkonsekvensanalys-fore-beslut": "Analysen i oktober"}),
    ]
    town.on(dt.date(2025, 3, 11), lambda: note_sspf(town))
    for day, title, kind in (
        (dt.date(2025, 5, 6), "Generell kommunikationsplan", "communication_plan"),
        (dt.date(2025, 9, 24), "Orsaksanalys", "cause_analysis"),
        (dt.date(2025, 9, 24), "Gemensam årlig lägesbild", "situation_picture"),
    ):
        town.on(day, lambda t=title, k=kind: town.decide_document(town.open_document(t, k)))
    for day in (dt.date(2025, 6, 5), dt.date(2025, 12, 10)):
        town.on(day, lambda: town.by_hand("informationsutskick", "information_sent"))
    return town


def note_sspf(town):
    """Of SSPF only that it met is kept (K18)."""
    from samsyn.base import clock
    from samsyn.domains.meetings.services.planning import note_that_met

    note_that_met(actor=town.coordinator().viewer, body=town.body("sspf"), day=clock.today())


@pytest.mark.clause(
    "K01", "K04", "K05", "K06", "K07", "K08", "K09", "K11", "K12", "K13", "K14", "K15", "K16",
    "K18", "K20", "K21", "K22", "K23", "K27", "K28", "C03", "C06",
)  # fmt: skip
def test_a_year_that_is_kept_ends_with_every_clause_in_its_state(kept):
    kept.walk(FIRST, dt.date(2025, 7, 10))
    in_summer = kept.states(dt.date(2025, 7, 10))
    assert {key: in_summer[key] for key in IN_SUMMER} == IN_SUMMER

    kept.walk(dt.date(2025, 7, 11), LAST)
    assert kept.states(LAST) == KEPT
    assert kept.arrived_by_itself() == BY_ITSELF


@pytest.mark.clause("K01", "K05", "K07", "K08", "K12", "K14", "K15", "K23", "C03", "C06")
def test_a_year_that_is_neglected_turns_late_where_it_must_and_nowhere_else(settings, tmp_path):
    town = begin(settings)
    send_lists(town, tmp_path, until=6)
    # From the autumn term on nobody meets, and no mailing goes out after Valborg.
    town.on(
        dt.date(2025, 8, 11), lambda: town.neglected.update({"veckolagesbild", "interaktionsmotet"})
    )
    town.walk(FIRST, dt.date(2025, 7, 10))
    in_july = town.states(dt.date(2025, 7, 10))
    assert {key for key, state in in_july.items() if state == "late"} == {"K23 informationsutskick"}
    assert in_july["K08 veckolagesbild"] == "paused"

    town.walk(dt.date(2025, 7, 11), AFTER)
    assert town.states(AFTER) == NEGLECTED
    assert {ref: town.why(ref, AFTER) for ref in WHY_LATE} == WHY_LATE
