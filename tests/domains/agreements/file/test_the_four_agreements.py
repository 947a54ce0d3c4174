"""The four agreements and the act say in the file what they say on paper."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from samsyn.domains.agreements.file import check_agreement
from samsyn.rhythm import (
    AtEvent,
    BeforeDay,
    EveryMonths,
    EveryYears,
    MovingDay,
    Once,
    Ongoing,
    PerTerm,
    PerYear,
    Weekly,
    WhenNeeded,
    YearlyBy,
)

LETTERS = {"L": "laholm-2024", "H": "hallsberg-2024", "K": "lomma-2023", "U": "lulea-2020"}


def test_the_id_is_the_name_of_the_file(agreements):
    assert {name: agreement.id for name, agreement in agreements.items()} == {
        name: name for name in [*LETTERS.values(), "lag-2023-196"]
    }


def test_every_clause_of_the_requirements_is_carried_by_something_in_its_file(agreements, shared):
    rows = re.findall(r"^\| ([LHKU])(\d\d) \|", (shared / "requirements.md").read_text(), re.M)
    assert len(rows) == 15 + 14 + 29 + 15
    for letter, number in rows:
        agreement = agreements[LETTERS[letter]]
        clause = letter + number
        assert clause in agreement.clause_ids()
        carriers = [path for path, item in agreement.items() if clause in item.clauses]
        assert carriers, f"{clause} stands only in the list of clauses"


def test_no_file_leaves_a_clause_empty_or_an_error(paths):
    for path in paths.values():
        checked = check_agreement(path)
        assert checked.errors == ()
        assert not [w for w in checked.warnings if "klausulen" in w.what]


def test_every_commitment_says_where_it_stands_in_the_text(agreements):
    for agreement in agreements.values():
        for commitment in agreement.commitments:
            assert commitment.source, commitment.id
            heading = commitment.source.split(",")[0].split(";")[0]
            assert len(heading) > 1


def test_the_named_places_are_headings_of_the_text(agreements, shared):
    texts = {
        "laholm-2024": "laholm-2024-2026.txt",
        "hallsberg-2024": "hallsberg-2024-2026.txt",
        "lomma-2023": "lomma-2023-2027.txt",
        "lulea-2020": "lulea-2020-2023.txt",
    }
    own = {"ingressen", "inledningen", "rubriken", "underskrifterna", "giltighetstid", "bilagor"}
    for name, file in texts.items():
        text = (shared / "seeds" / file).read_text().casefold()
        for path, item in agreements[name].items():
            for place in (item.source or "").split("; "):
                heading = place.split(",")[0].casefold()
                assert not heading or heading in own or heading in text, (path, place)


def test_no_person_is_named(paths, shared):
    title = r"(?:Kommun|Lokal|Chef|Kriminal|ordförande)"
    signers = set()
    for seed in (shared / "seeds").glob("*.txt"):
        signers |= set(
            re.findall(
                rf"^((?:[A-ZÅÄÖ][a-zéåäö]+ ){{1,2}}[A-ZÅÄÖ][a-zéåäö]+)\n\s*{title}",
                seed.read_text(),
                re.M,
            )
        )
    assert len(signers) >= 12
    words = set(re.findall(r"\w+", "".join(path.read_text() for path in paths.values())))
    assert not words & {part for signer in signers for part in signer.split()}


def test_lomma_and_laholm_together_use_every_kind_of_rhythm(laholm, lomma):
    used = {type(c.rhythm) for agreement in (laholm, lomma) for c in agreement.commitments}
    assert used == {
        PerYear, EveryMonths, Weekly, PerTerm, YearlyBy, EveryYears, BeforeDay, Once,
        WhenNeeded, AtEvent, Ongoing,
    }  # fmt: skip


# Laholm


@pytest.mark.clause("L03")
def test_laholm_has_three_equal_parties_with_checked_numbers(laholm):
    assert [(p.id, p.organisation_number) for p in laholm.parties] == [
        ("kommunen", "212000-1223"),
        ("polisen", "202100-0076"),
        ("kriminalvarden", "202100-0225"),
    ]
    assert laholm.parties[2].address.street == "Norra Källegatan 4a"
    assert laholm.equal_parties is not None


@pytest.mark.clause("L04")
def test_laholm_has_three_annexes_bound_to_living_documents(laholm):
    assert [(a.number, a.documents) for a in laholm.annexes] == [
        (1, ("lagesbild", "orsaksanalys")),
        (2, ("medborgarlofte",)),
        (3, ("atgardsplan",)),
    ]
    kinds = {d.id: d.kind for d in laholm.documents}
    assert kinds["medborgarlofte"] == "citizen_promise"


@pytest.mark.clause("L05")
def test_laholm_is_valid_for_three_years_to_the_day(laholm):
    assert laholm.validity.start.first_day == dt.date(2024, 1, 1)
    assert laholm.validity.to.last_day == dt.date(2026, 12, 31)


@pytest.mark.clause("L06")
def test_laholms_council_has_its_seats_chair_rule_and_agenda(laholm, body, commitment):
    council = body(laholm, "strategiska-radet")
    assert council.role == "strategic_council"
    assert council.chair == "kommunen"
    assert council.decision.rule == "consensus"
    assert council.assigns_to == ("operativa-gruppen",)
    assert council.substitutes
    seats = {seat.id: seat for seat in council.seats}
    assert len(seats) == 8
    assert seats["ledningsgruppen"].extended.meetings == 2
    assert seats["polischefen"].any_of == (
        "lokalpolisomradeschef",
        "bitradande-lokalpolisomradeschef",
    )
    assert seats["lokal-polis"].at_need
    assert [item.subject for item in council.agenda] == [
        "situation_picture",
        "measures",
        "citizen_promise",
        "follow_up",
    ]
    assert council.presenters.who == ("operativa-gruppen",)
    assert council.adjoined is not None
    assert commitment(laholm, "radet-mots").rhythm.to_data() == {
        "per_year": 4,
        "also": ["when_needed"],
    }


@pytest.mark.clause("L07")
def test_laholms_operational_group_meets_six_times_and_at_sudden_events(laholm, body, commitment):
    assert commitment(laholm, "operativa-gruppen-mots").rhythm.to_data() == {
        "per_year": 6,
        "also": ["at_event"],
    }
    group = body(laholm, "operativa-gruppen")
    assert group.decision.proposes_to == "strategiska-radet"
    assert laholm.party_of("bostadsbolagets-representant") == "laholmshem"


@pytest.mark.clause("L08")
def test_laholms_coordinator_is_a_public_contact_and_convenes_both_bodies(laholm):
    function = laholm.actor("samordnare")
    assert function.public_contact
    assert function.supported_by == ("kommunpolis",)
    assert [b.id for b in laholm.bodies if "samordnare" in b.conveners] == [
        "strategiska-radet",
        "operativa-gruppen",
    ]


@pytest.mark.clause("L11")
def test_the_turn_of_the_year_is_an_aim_and_the_renewal_a_duty(laholm, commitment):
    aim = commitment(laholm, "medborgarlofte-till-arsskiftet")
    assert aim.hardness == "when_possible"
    assert aim.rhythm.to_data() == {"every_years": 2, "by": "turn_of_year", "first": 2025}
    assert commitment(laholm, "medborgarlofte-fornyas").hardness == "must"
    promise = next(d for d in laholm.documents if d.id == "medborgarlofte")
    assert promise.issued_by == ("kommunen", "polisen", "kriminalvarden")
    assert promise.signed_by == ("kommunen", "polisen")


@pytest.mark.clause("L12")
def test_an_updated_annex_is_presented_dated_and_signed_by_all(laholm):
    for annex in laholm.annexes:
        assert annex.presented_to == "strategiska-radet"
        assert annex.signature.rule == "all_sign"
        assert annex.dated
        assert annex.first_valid_with_agreement


@pytest.mark.clause("L13")
def test_a_signature_a_year_before_validity_is_accepted_and_flagged(paths):
    checked = check_agreement(paths["laholm-2024"])
    assert checked.agreement is not None
    (warning,) = [w for w in checked.warnings if w.path == "signatures.date"]
    assert "2023-01-12" in warning.what
    assert "tveksam" in warning.instead


@pytest.mark.clause("L14", "L15")
def test_resources_are_promised_and_money_is_left_out(laholm):
    assert {r.id for r in laholm.resources} == {
        "resurser-for-syftet",
        "tid-for-operativa-gruppen",
    }
    assert [e.matter for e in laholm.exclusions] == ["money"]


# Hallsberg


@pytest.mark.clause("H01")
def test_hallsbergs_police_area_covers_four_municipalities(hallsberg):
    police = hallsberg.parties[0]
    assert police.covers == ("askersund", "hallsberg", "kumla", "laxa")
    codes = {p.id: p.municipality for p in hallsberg.parties if p.municipality}
    assert codes == {"askersund": "1882", "hallsberg": "1861", "kumla": "1881", "laxa": "1860"}


@pytest.mark.clause("H08")
def test_hallsberg_has_three_joint_focus_areas_and_no_case_data_on_defectors(hallsberg):
    areas = {area.id: area for area in hallsberg.focus.areas}
    assert set(areas) == {"vald-i-nara-relation", "barn-och-unga", "avhoppare"}
    assert areas["avhoppare"].no_case_data
    assert len(areas["avhoppare"].responsibilities) == 5


@pytest.mark.clause("H09")
def test_a_forum_has_a_member_that_is_no_party_and_another_is_to_be_set_up(hallsberg, body):
    assert "lekeberg" in {seat.party for seat in body(hallsberg, "andts").seats}
    assert "lekeberg" not in {party.id for party in hallsberg.parties}
    assert body(hallsberg, "kommunoverskridande-forum").planned


@pytest.mark.clause("H09")
def test_one_template_gives_each_municipality_its_own_seats(hallsberg, body):
    forum = body(hallsberg, "skola-socialtjanst-polis-fritid")
    assert len(forum.one_in_each) == 4
    assert [seat.id for seat in hallsberg.seats_in("kumla", forum)] == [
        "polisen",
        "skola-kumla",
        "socialtjanst-kumla",
        "fritid-kumla",
    ]


@pytest.mark.clause("H14")
def test_retroactive_validity_is_accepted_without_a_word(hallsberg, paths):
    assert hallsberg.validity.start == "2024"
    assert hallsberg.signatures.date == "2024-09-11"
    assert len(hallsberg.signatures.signatories) == 5
    assert "signatures.date" not in [w.path for w in check_agreement(paths[hallsberg.id]).warnings]


# Lomma


@pytest.mark.clause("K06")
def test_lommas_council_is_made_of_two_bodies_with_seats_that_must_be_filled(lomma, body):
    assert body(lomma, "trygghetsradet").consists_of == ("samverkansgruppen", "styrgruppen")
    for name, function in (
        ("samverkansgruppen", "kommunpolis"),
        ("styrgruppen", "lokalpolisomradeschef"),
    ):
        (seat,) = body(lomma, name).seats
        assert seat.required
        assert seat.any_of == (function,)


@pytest.mark.clause("K03", "K05", "K08", "K15", "K16", "K18", "K23")
def test_lommas_rhythms(lomma, commitment):
    expected = {
        "utveckling-och-planering": "ongoing",
        "polisanmalningar-varje-manad": {"every_months": 1},
        "veckolagesbild": {"weekly": {"pauses": ["summer"]}},
        "interaktionsmoten": {"per_term": 2, "places": ["Lomma", "Bjärred"]},
        "sspf-vid-behov": "when_needed",
    }
    for name, data in expected.items():
        assert commitment(lomma, name).rhythm.to_data() == data
    assert commitment(lomma, "veckomote-om-unga").hardness == "when_possible"
    mailing = commitment(lomma, "informationsutskick").rhythm
    assert mailing.moving == (
        MovingDay.VALBORG,
        MovingDay.LAST_SCHOOL_DAY,
        MovingDay.CHRISTMAS_BREAK,
    )


@pytest.mark.clause("K07")
def test_no_decision_on_measures_without_a_child_impact_assessment(lomma):
    gate = next(g for g in lomma.gates if g.clause == "K07")
    assert (gate.before, gate.requires) == ("decision_on_measures", "child_impact_assessment")


@pytest.mark.clause("K11")
def test_children_and_youth_are_always_among_the_focus_areas(lomma):
    rules = lomma.focus.rules
    assert "children_and_youth" in rules.always_include
    assert (rules.proposed_by, rules.decided_by) == ("samverkansgruppen", "styrgruppen")


@pytest.mark.clause("K09")
def test_half_the_cost_of_the_survey_is_the_municipalitys(lomma):
    (share,) = lomma.cost_shares
    assert (share.party, share.percent) == ("kommunen", 50)


@pytest.mark.clause("K22", "K24")
def test_who_to_call_depends_on_the_hour(lomma):
    defectors, alert = lomma.contact_routes
    assert defectors.kind == "redirect"
    assert [(step.to, step.when) for step in defectors.steps] == [
        (("socialtjanstens-mottagning",), "office_hours"),
        (("sociala-jouren",), "out_of_hours"),
        (("las", "kommunpolis"), "always"),
    ]
    assert lomma.office_hours.assumed, "the agreement names no hours"
    assert alert.kind == "alert"
    assert alert.steps[0].to == ("sakerhetschef", "tib")


@pytest.mark.clause("K27", "K28", "K29")
def test_lommas_other_agreements_and_dates(lomma, commitment):
    (service,) = lomma.related
    assert service.since == "2007-02-01"
    assert service.revision_text == "hösten 2023"
    (link,) = lomma.chain
    assert (link.relation, link.date, link.was_prolonged) == ("replaces", "2019-01-23", True)
    assert lomma.validity.renew_in == "2027"
    assert lomma.signatures.originals == 2
    assert lomma.signatures.date == "2024-03-04"
    assert commitment(lomma, "ny-overenskommelse").rhythm.to_data() == {"once_by": "2027-12-31"}


# Luleå


@pytest.mark.clause("U07", "U08")
def test_luleas_steering_group_decides_and_the_preparatory_group_has_appointed_seats(lulea, body):
    steering = body(lulea, "styrgruppen")
    assert steering.decision.rule == "decides"
    assert steering.presenters.who == ("kommunpolis", "samordnare")
    seats = {seat.id: seat for seat in body(lulea, "beredningsgruppen").seats}
    assert seats["gruppchefen"].appointed_by == ("lokalpolisomradeschef",)
    assert seats["forvaltningarna"].appointed_by == ("forvaltningschefer",)


@pytest.mark.clause("U09")
def test_a_working_group_needs_mandate_and_a_written_assignment(lulea, body):
    mandate = body(lulea, "arbetsgrupper").mandate
    assert mandate.mandate_from == "styrgruppen"
    assert mandate.assignment_from == "beredningsgruppen"
    assert mandate.time_limited == "usually"
    assert any(g.requires == "mandate_and_assignment" for g in lulea.gates)


@pytest.mark.clause("U11", "U14", "U15")
def test_lulea_has_expired_and_is_signed_in_a_year_twice_for_one_party(lulea):
    assert lulea.validity.to.last_day == dt.date(2023, 12, 31)
    assert lulea.signatures.date.precision == "year"
    signed = [signatory.party for signatory in lulea.signatures.signatories]
    assert signed == ["kommunen", "kommunen", "polisen"]
    assert [r.id for r in lulea.related] == ["underliggande-avtal"]


# The act


@pytest.mark.clause("H02")
def test_the_act_has_a_commitment_for_each_paragraph_and_two_clocks(act, commitment):
    assert act.kind == "act"
    assert list(act.clause_ids()) == [f"§ {n}" for n in range(4, 15)]
    assert {c.clause for c in act.commitments} == set(act.clause_ids())
    clocks = [c for c in act.commitments if c.clause == "§ 6"]
    assert [(c.id, c.rhythm.to_data()) for c in clocks] == [
        ("lagesbild-uppdateras", {"every_years": 2}),
        ("atgardsplan-foljs-upp", {"every_years": 2}),
    ]
    assert not set(clocks[0].evidence) & set(clocks[1].evidence), "one clock never moves the other"
    assert commitment(act, "kamerabevakning").starts == "2025"
