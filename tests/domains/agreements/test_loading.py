"""Loading an agreement's file: once, again, changed, and when it is wrong."""

from __future__ import annotations

import pytest

from samsyn.base.access import SYSTEM
from samsyn.base.errors import NotAllowed
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.file import AgreementFileError, shipped_agreements
from samsyn.domains.agreements.models import Agreement, Body, Commitment, Evidence, Seat
from samsyn.domains.agreements.services.loading import lay_act_over, load_agreement
from tests.domains.agreements.walks import prove


def text_of(code):
    return shipped_agreements()[code].read_text(encoding="utf-8")


@pytest.mark.clause("C02", "L03")
def test_a_newcomers_agreement_becomes_bodies_seats_and_commitments(loaded):
    laholm = loaded("laholm-2024")

    council = laholm.bodies.get(ref="strategiska-radet")
    assert council.decision_rule == "consensus"
    assert council.chair_party.ref == "kommunen"
    assert council.seats.get(ref="polischefen").functions.count() == 2
    assert council.seats.get(ref="ledningsgruppen").extended_meetings == 2
    assert laholm.commitments.get(ref="radet-mots").body == council
    assert [party.organisation.org_number for party in laholm.parties.filter(is_party=True)] == [
        "212000-1223",
        "202100-0076",
        "202100-0225",
    ]


@pytest.mark.clause("C02")
def test_the_same_file_again_changes_nothing(loaded):
    first = loaded("laholm-2024")
    before = (Body.objects.count(), Seat.objects.count(), Commitment.objects.count())

    again = load_agreement(actor=SYSTEM, text=text_of("laholm-2024"))

    assert not again.changed
    assert first.versions.count() == 1
    assert (Body.objects.count(), Seat.objects.count(), Commitment.objects.count()) == before


def test_a_changed_file_is_a_new_version_that_says_what_changed_and_keeps_the_evidence(loaded):
    laholm = loaded("laholm-2024")
    one = laholm.commitments.get(ref="radet-mots")
    import datetime as dt

    prove(one, dt.date(2025, 3, 4))

    changed = text_of("laholm-2024").replace("{per_year: 4, also: [when_needed]}", "{per_year: 5}")
    result = load_agreement(actor=SYSTEM, text=changed)

    one.refresh_from_db()
    assert result.agreement.current_version.number == 2
    assert any("takten" in sentence for sentence in result.changes)
    assert one.rhythm == {"per_year": 5}
    assert one.evidence.count() == 1


def test_what_a_new_version_drops_is_kept_and_no_longer_asked_for(loaded):
    laholm = loaded("laholm-2024")
    text = text_of("laholm-2024")
    start = text.index("- id: orsaksanalyser")
    end = text.index("- id: forslag-till-medborgarlofte", start)

    load_agreement(actor=SYSTEM, text=text[:start] + text[end:])

    assert not laholm.commitments.get(ref="orsaksanalyser").is_current


@pytest.mark.parametrize(
    "broken",
    [
        "format: 1\nid: [oj",
        "inte ens en fil",
        "",
        "format: 1\nid: x-2024\nkind: agreement\ntitle: T\nvalidity: {from: 2024}\nparties: []\n",
    ],
)
def test_a_file_that_fails_the_check_changes_nothing(db, broken):
    with pytest.raises(AgreementFileError):
        load_agreement(actor=SYSTEM, text=broken)

    assert not Agreement.objects.exists()
    assert not Organisation.objects.exists()


@pytest.mark.clause("H01")
def test_one_police_area_works_in_all_its_municipalities(loaded):
    hallsberg = loaded("hallsberg-2024")

    police = hallsberg.parties.get(ref="polisen").organisation
    assert {one.municipality_code for one in police.municipalities.all()} == {
        "1882", "1861", "1881", "1860",
    }  # fmt: skip
    assert hallsberg.bodies.filter(ref="est").count() == 4
    in_kumla = hallsberg.bodies.get(ref="est", municipality__municipality_code="1881")
    assert {seat.party.ref for seat in in_kumla.seats.all()} == {"polisen", "kumla"}


def test_organisations_that_are_there_are_found_by_code_and_by_name(town, loaded):
    lulea = loaded("lulea-2020")

    assert lulea.municipalities.get() == town.lulea
    assert lulea.parties.get(ref="polisen").organisation == town.police


def test_a_coordinator_loads_her_own_agreement_and_no_other(cast, town):
    with pytest.raises(NotAllowed):
        load_agreement(actor=cast.samordnaren.viewer, text=text_of("lomma-2023"))

    loaded = load_agreement(actor=cast.samordnaren.viewer, text=text_of("lulea-2020"))

    assert loaded.created
    assert not Agreement.objects.filter(code="lomma-2023").exists()


def test_loading_gives_nobody_a_reach_into_a_municipality_that_is_not_hers(cast, town):
    """A file that names a neighbour as party must not let the police area into the neighbour's data."""
    text = text_of("lulea-2020").replace(
        "- id: polisen\n",
        "- id: grannen\n  clause: U14\n  kind: municipality\n  name: Lomma kommun\n"
        "  municipality: '1262'\n\n- id: polisen\n",
        1,
    )

    load_agreement(actor=cast.samordnaren.viewer, text=text)

    assert town.lomma not in town.police.municipalities.all()


@pytest.mark.clause("H02")
def test_the_act_is_laid_over_each_municipality_once(town):
    act = lay_act_over(town.lulea)
    lay_act_over(town.lulea)
    lay_act_over(town.boden)

    assert act.commitments.filter(municipality=town.lulea).count() == 16
    assert act.commitments.filter(municipality=town.boden).count() == 16
    assert not Evidence.objects.exists()


@pytest.mark.clause("K18")
def test_a_body_says_itself_that_only_a_trace_is_kept_of_its_meetings(loaded):
    bodies = loaded("lomma-2023").bodies

    assert bodies.get(ref="sspf").keeps == "trace"
    assert set(bodies.exclude(ref="sspf").values_list("keeps", flat=True)) == {""}
