"""Wordings and layouts of agreements that the draft reader must not stumble on, one by one."""

from __future__ import annotations

from typing import Any

import pytest

from samsyn.domains.agreements.file import check_agreement, read_agreement
from samsyn.domains.agreements.file.draft import Draft, draft_agreement
from samsyn.domains.agreements.file.draft.clauses import parts_of
from samsyn.domains.agreements.file.draft.functions import functions_in, plain_title
from samsyn.domains.agreements.file.draft.rhythm_words import find_rhythm

START = "Överenskommelse 2024-2026\n\nÅmyra kommun och lokalpolisområde Fjäll ingår denna överenskommelse.\n\n"


def drafted(text: str) -> Draft:
    return draft_agreement(START + text)


def of_kind(draft: Draft, kind: str) -> dict[str, Any]:
    return {p.path: p.value for p in draft.proposals if p.kind == kind}


def duties(draft: Draft) -> list[dict[str, Any]]:
    return [p.value for p in draft.proposals if p.kind == "commitment" and p.confidence >= 0.5]


def seats_of(draft: Draft, body: str) -> dict[str, Any]:
    found = of_kind(draft, "seat")
    head = f"bodies.{body}.seats."
    return {path.removeprefix(head): seat for path, seat in found.items() if path.startswith(head)}


# Headings and clauses

NUMBERED = (
    "SAMVERKANSAVTAL\nPOLISEN OCH KOMMUNEN\nHedlunda kommun 2023-2026\n\nInnehåll\n1 Bakgrund ......... 2\n"
    "2 Samverkan ........ 2\n3 Insatser ......... 3\n\n1 (3)\n\n1    Bakgrund\nHedlunda kommun och lokalpolisområde Myren "
    "samverkar sedan länge.\n\n2    Samverkan\nTrygghetsrådet\nTrygghetsrådet sammanträder tre gånger per år.\n\n"
    "Lokala arbetsgruppen\nArbetsgruppen träffas varje månad.\n\n2 (3)\n\n3    Insatser\n"
    "Polisen ska patrullera centrum varje vecka.\n"
)


def test_numbers_with_wide_gaps_are_headings_and_sub_headings_keep_them():
    agreement = read_agreement(draft_agreement(NUMBERED).to_yaml())
    assert [(clause.id, clause.title) for clause in agreement.clauses] == [
        ("2", "Samverkan"),
        ("3", "Insatser"),
    ]
    assert [duty.clause for duty in agreement.commitments] == ["2", "2", "3"]
    assert [duty.source for duty in agreement.commitments][:2] == ["Trygghetsrådet", "Lokala arbetsgruppen"]  # fmt: skip


def test_lines_right_under_a_title_in_capitals_belong_to_it():
    draft = draft_agreement(NUMBERED)
    assert draft.title == "SAMVERKANSAVTAL, POLISEN OCH KOMMUNEN, Hedlunda kommun 2023-2026"
    assert "........" not in draft.text


def test_a_heading_without_number_takes_no_number_from_one_that_has_it():
    draft = drafted(
        "Avtalets längd\nAvtalet ska ses över vart tredje år.\n\n§ 1 Kommunen\nKommunen ska erbjuda "
        "föräldrastöd varje termin.\n\n§ 2 Polisen\nPolisen ska delta i föräldramöten varje termin.\n"
    )
    clauses = {c.id: c.title for c in read_agreement(draft.to_yaml()).clauses}
    assert clauses["1"] == "Kommunen"
    assert clauses["avtalets-langd"] == "Avtalets längd"


# Parties


def test_parties_with_numbers_in_an_introduction_of_stacked_police_areas():
    draft = draft_agreement(
        "Samverkan 2024-2026\n\nHedlunda kommun (212000-1355) och Polisregion Öst, polisområde Södra skogen, "
        "lokalpolisområde Myren (202100-0077), har en lång tradition av gemensamt arbete och samverkan.\n"
    )
    parties = of_kind(draft, "party")
    assert parties["parties.kommunen"]["name"] == "Hedlunda kommun"
    assert parties["parties.polisen"]["name"].endswith("lokalpolisområde Myren")
    numbers = {p.value: p.rule for p in draft.proposals if p.kind == "organisation_number"}
    assert numbers == {"212000-1355": "checked_number", "202100-0077": "wrong_check_digit"}


def test_a_title_before_a_companys_name_makes_no_second_company():
    draft = draft_agreement(
        "SAMVERKANSAVTAL\n\nParter:\nHedlunda kommun   212000-1355\nLokalpolisområde Myren   202100-0076\n"
        "Myrhem AB   556012-3456\n\nPolisen ska lämna statistik varje månad.\n\nHedlunda 2024-03-01\n"
        "Kommunstyrelsens ordförande      VD Myrhem AB\n\nMyren 2024-03-02\nLokalpolisområdeschef\n"
    )
    assert set(of_kind(draft, "party")) == {"parties.kommunen", "parties.polisen", "parties.myrhem-ab"}  # fmt: skip
    signed = [value["party"] for value in of_kind(draft, "signatory").values()]
    assert signed == ["kommunen", "myrhem-ab", "polisen"]


def test_a_date_left_to_write_still_marks_the_signatures():
    draft = drafted(
        "Polisen ska lämna statistik varje månad.\n\nÅmyra den      /       2024\n\n..........      ..........\n"
        "Kommunstyrelsens ordförande      Chef lokalpolisområde Fjäll\n"
    )
    signed = [value["party"] for value in of_kind(draft, "signatory").values()]
    assert signed == ["kommunen", "polisen"]


# Bodies


def test_each_body_has_its_own_chair():
    draft = drafted(
        "Trygghetsrådet\nOrdförande i trygghetsrådet är kommunstyrelsens ordförande. I rådet ingår dessutom:\n"
        "- kommunchef\n- kommunpolis\n\nArbetsgruppen Vardag\nI gruppen deltar trygghetssamordnaren, kommunpolisen och "
        "fritidschefen. Samordnaren leder gruppen.\n"
    )
    agreement = read_agreement(draft.to_yaml())
    council, group = agreement.bodies
    assert (council.chair, group.chair) == ("kommunstyrelsens-ordforande", "trygghetssamordnare")
    assert [seat.id for seat in council.seats] == ["kommunstyrelsens-ordforande", "kommunchef", "kommunpolis"]  # fmt: skip
    assert len(group.seats) == 3


def test_a_chair_outside_the_list_of_members_is_left_to_a_person():
    draft = drafted(
        "Trygghetsrådet\nOrdförande är kommunalrådet. I rådet ingår:\n- kommunchef\n- kommunpolis\n"
    )
    (council,) = read_agreement(draft.to_yaml()).bodies
    assert council.chair is None
    assert len(council.seats) == 2
    assert any("”Kommunalråd”" in missing for missing in draft.to_fill_in())


def test_an_alternating_chair_is_no_duty_and_is_left_to_a_person():
    draft = drafted(
        "Styrgruppen\nStyrgruppen består av kommunchefen och lokalpolischefen. Ordförandeskapet växlar årsvis "
        "mellan kommunen och polisen.\n"
    )
    assert duties(draft) == []
    assert any("växlar årsvis" in missing for missing in draft.to_fill_in())


def test_substitutes_appointed_members_and_several_seats_of_one_kind():
    draft = draft_agreement(
        "SAMVERKANSAVTAL 2024-2026\n\nMellan Hedlunda kommun, lokalpolisområde Myren, Myrhem AB och Region Öst\n\n"
        "Styrgruppen\nStyrgruppen består av tre representanter från kommunledningen, lokalpolisområdeschefen eller "
        "dennes ersättare, VD för Myrhem AB samt en representant utsedd av Region Öst.\n"
    )
    seats = seats_of(draft, "styrgruppen")
    assert [seat["party"] for seat in seats.values()] == ["kommunen"] * 3 + ["polisen", "myrhem-ab", "region-ost"]  # fmt: skip
    assert [name for name, seat in seats.items() if seat.get("substitutes")] == ["lokalpolisomradeschef"]  # fmt: skip
    assert check_agreement(draft.to_yaml()).errors == ()


def test_a_meeting_called_together_with_others_is_a_forum():
    draft = drafted(
        "Vardagen\nSäkerhetssamordnaren sammankallar varje måndag till ett lägesmöte tillsammans med kommunpolisen, "
        "fältsekreterare och fritidspersonal. Under sommarlovet hålls lägesmöten varannan vecka.\n"
    )
    assert of_kind(draft, "body") == {"bodies.lagesmote": {"name": "Lägesmöte", "role": "forum"}}
    assert set(seats_of(draft, "lagesmote")) == {
        "kommunpolis",
        "faltsekreterare",
        "fritidspersonal",
        "sakerhetssamordnare",
    }
    assert [(d["rhythm"], d["body"]) for d in duties(draft)] == [({"weekly": {}}, "lagesmote")]


# Functions


@pytest.mark.parametrize("words", ["Ordförande leder mötet.", "Vice ordförande väljs.", "En ställföreträdare utses."])  # fmt: skip
def test_a_bare_office_is_no_function(words):
    assert functions_in(words) == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("representanter för idrottsföreningarna", "Representant för idrottsföreningarna"),
        ("chefen för lokalpolisområdet", "Chef för lokalpolisområdet"),
        ("rektorerna", "Rektor"),
    ],
)
def test_whose_a_title_is_keeps_its_words(words, name):
    assert plain_title(words) == name


@pytest.mark.parametrize("title", ["Kommunpolisen", "Områdespolisen", "Chefen för lokalpolisområdet"])  # fmt: skip
def test_police_functions_belong_to_the_police(title):
    draft = drafted(f"Samarbete\n{title} ska lämna en rapport varje månad.\n")
    (function,) = of_kind(draft, "function").values()
    assert function["party"] == "polisen"


# Duties


def test_a_label_before_a_colon_is_not_who_does_it():
    draft = drafted(
        "Prioriterade områden\nUnga och droger: Polisen genomför minst tre kontroller av uteserveringar per år "
        "tillsammans med kommunen.\n"
    )
    (duty,) = duties(draft)
    assert duty["responsible"] == ["polisen"]
    assert duty["rhythm"] == {"per_year": 3}
    assert duty["text"].startswith("Polisen genomför")


@pytest.mark.parametrize(
    ("words", "data"),
    [
        ("under april–maj", {"yearly_by": "05-31"}),
        ("under januari till mars", {"yearly_by": "03-31"}),
        ("i november varje år", {"yearly_by": "11-30"}),
        ("före årsskiftet", {"yearly_by": "12-31"}),
        ("vid terminsstart, vår och höst", {"per_term": 1}),
        ("varje vecka, dock ej under juli", {"weekly": {"pauses": ["summer"]}}),
        ("vid minst fem kontroller av krogar per år", {"per_year": 5}),
        ("vid två utbildningar för ny personal per termin", {"per_term": 2}),
    ],
)
def test_how_often_by_month_turn_of_year_and_counted_noun(words, data):
    found = find_rhythm(f"Parterna ska träffas {words}.")
    assert found is not None
    assert found.data == data


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Lägesbilden tas fram av parterna under april.", ["kommunen", "polisen"]),
        ("Planen antas av kommunstyrelsen före årsskiftet.", ["kommunen"]),
        ("Planen antas av socialnämnden varje år.", ["kommunen"]),
    ],
)
def test_the_agent_of_a_passive_answers(sentence, who):
    (duty,) = duties(drafted(f"Uppföljning\n{sentence}\n"))
    assert duty["responsible"] == who


def test_two_passives_with_intervals_of_their_own_are_two_duties():
    assert (
        len(parts_of("Löftena utvärderas halvårsvis och förnyas vart tredje år, senast i maj."))
        == 2
    )
    draft = drafted("Löften\nLöftena utvärderas halvårsvis och förnyas vart tredje år.\n")
    assert [duty["rhythm"] for duty in duties(draft)] == [{"every_months": 6}, {"every_years": 3}]


# Money


def test_a_cost_shared_equally_is_shares_and_no_duty():
    draft = drafted(
        "Ekonomi\nKostnaden för trygghetsvärdarna delas lika mellan kommunen och polisen. "
        "I övrigt svarar vardera part för sina kostnader.\n"
    )
    agreement = read_agreement(draft.to_yaml())
    assert {(s.party, s.percent, s.matter) for s in agreement.cost_shares} == {
        ("kommunen", 50, "trygghetsvärdarna"),
        ("polisen", 50, "trygghetsvärdarna"),
    }
    assert [exclusion.matter for exclusion in agreement.exclusions] == ["money"]
    assert duties(draft) == []
