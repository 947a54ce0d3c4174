"""The draft reader against agreements that it was tried on, and against those it never was."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from benchmarks.draft import facts_drafted
from benchmarks.draft_facts import facts_in
from benchmarks.draft_measure import Count, measure
from samsyn.domains.agreements.file import check_agreement
from samsyn.domains.agreements.file.draft import draft_agreement, draft_from_file
from samsyn.domains.agreements.file.draft.clauses import parts_of
from samsyn.domains.agreements.file.draft.cleaning import tidy
from samsyn.domains.agreements.file.draft.documents import read_text
from samsyn.domains.agreements.file.draft.rhythm_words import find_rhythm

DRAFTS = Path(__file__).parent / "drafts"
LISTED = sorted(DRAFTS.glob("*/*.yaml"))


def text_beside(listed: Path) -> Path:
    return next(p for p in (listed.with_suffix(".txt"), listed.with_suffix(".docx")) if p.exists())


def measured(folder: str) -> dict[str, Count]:
    total: dict[str, Count] = {}
    for listed in sorted((DRAFTS / folder).glob("*.yaml")):
        draft = facts_drafted(draft_from_file(text_beside(listed)), 0.5)
        for kind, count in measure(facts_in(listed), draft).items():
            total.setdefault(kind, Count()).add(count)
    return total


@pytest.fixture(scope="module")
def tried_on() -> dict[str, Count]:
    return measured("dev")


@pytest.fixture(scope="module")
def unseen() -> dict[str, Count]:
    return measured("unseen")


@pytest.mark.parametrize(
    ("kind", "recall", "precision"),
    [
        ("Parties", 0.95, 0.95),
        ("Organisation numbers", 0.95, 0.95),
        ("Validity and notice", 0.9, 0.9),
        ("Bodies and forums", 0.9, 0.9),
        ("Seats", 0.9, 0.9),
        ("Commitments", 0.9, 0.9),
        ("– right rhythm, of those found", 0.9, 0.9),
        ("– right party or body responsible", 0.9, 0.9),
        ("Signatures", 0.9, 0.9),
    ],
)
def test_agreements_it_was_tried_on(tried_on, kind, recall, precision):
    count = tried_on[kind]
    assert count.found >= recall * count.wanted
    assert count.right >= precision * count.drafted


@pytest.mark.parametrize(
    ("kind", "recall", "precision"),
    [
        ("Parties", 0.9, 0.9),
        ("Organisation numbers", 0.9, 0.9),
        ("Validity and notice", 0.8, 0.8),
        ("Bodies and forums", 0.7, 0.8),
        ("Seats", 0.7, 0.9),
        ("Commitments", 0.85, 0.85),
        ("– right rhythm, of those found", 0.85, 0.85),
        ("– right party or body responsible", 0.8, 0.8),
        ("Signatures", 0.9, 0.9),
    ],
)
def test_agreements_it_was_never_tried_on(unseen, kind, recall, precision):
    count = unseen[kind]
    assert count.found >= recall * count.wanted
    assert count.right >= precision * count.drafted


@pytest.mark.parametrize("listed", LISTED, ids=lambda path: path.stem)
def test_each_becomes_a_file_that_passes_the_check(listed):
    started = time.process_time()
    draft = draft_from_file(text_beside(listed))
    assert time.process_time() - started < 2
    assert check_agreement(draft.to_yaml()).errors == ()
    for proposal in draft.proposals:
        words = proposal.words
        assert draft.text[words.start : words.end] == words.words


@pytest.mark.parametrize("listed", LISTED, ids=lambda path: path.stem)
def test_a_tidied_text_is_tidy(listed):
    once = tidy(read_text(text_beside(listed)))
    assert tidy(once) == once


# What Word and PDF leave


def test_page_furniture_and_broken_words_are_taken_out():
    text = tidy(
        "Granviks kommun   Dnr 2024/1\n\nKommunen ska samver-\nka med polisen i Luleå-\nBoden.\n\n1 (2)\n"
        "\fGranviks kommun   Dnr 2024/1\n\nPolisen ska brotts- och\nskadeförebygga.\n\n2 (2)\n"
    )
    assert text.count("Granviks kommun") == 1
    assert "samverka\nmed polisen" in text
    assert "Luleå-\nBoden" in text
    assert "(2)" not in text


def test_clauses_keep_the_documents_own_numbers():
    draft = draft_from_file(DRAFTS / "dev" / "amyra.txt")
    clauses = {p.value["clause"] for p in draft.proposals if p.kind == "commitment"}
    assert {"5.1", "5.2", "5.3", "6.1", "6.2", "7"} <= clauses


def test_members_who_are_no_parties_are_others_with_seats():
    draft = draft_from_file(DRAFTS / "dev" / "amyra.txt")
    assert {p.path for p in draft.proposals if p.kind == "party"} == {
        "parties.kommunen",
        "parties.polisen",
    }
    seats = {p.value["party"] for p in draft.proposals if p.kind == "seat"}
    assert {"raddningstjansten", "bostadsbolaget-ab", "svenska-kyrkan"} <= seats


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Rådet beslutar om en handlingsplan inför varje kalenderår och följer upp den i augusti.", 2),
        ("Polisen skall löpande dela sin lägesbild samt närvara vid ledningsgruppens möten.", 2),
        ("Kommunen ska samordna och stödja genomförandet av arbetet enligt lagen.", 1),
        ("Rådet ska fastställa lägesbilden och ansvarar för att den hålls aktuell.", 2),
    ],
)  # fmt: skip
def test_two_duties_in_a_sentence(sentence, parts):
    assert len(parts_of(sentence)) == parts


@pytest.mark.parametrize(
    ("words", "data"),
    [
        ("två gånger per år, vår och höst", {"per_year": 2}),
        ("varannan vecka", {"every_weeks": 2}),
        ("varje måndag kl. 09.00, utom veckorna 26–32", {"weekly": {"pauses": ["summer"]}}),
        ("varje helg under terminstid", {"weekly": {"pauses": ["school_holidays"]}}),
        ("en gång i kvartalet", {"every_months": 3}),
        ("var sjätte vecka", {"every_weeks": 6}),
        ("halvårsvis", {"every_months": 6}),
        ("tertialvis", {"every_months": 4}),
        ("kvartalsvis", {"every_months": 3}),
        ("vart annat år", {"every_years": 2}),
        ("vart tredje år", {"every_years": 3}),
        ("varje hösttermin", {"yearly_by": "12-31"}),
        ("varje år, senast i november", {"yearly_by": "11-30"}),
        ("inför sommaren", {"before": ["summer_break"]}),
        ("minst en gång per år i varje kommundel", {"yearly_by": "12-31"}),
        ("senast två veckor efter mötet", "at_event"),
        ("senast den 30 juni 2026", {"once_by": "2026-06-30"}),
        ("senast den 31 februari 2026", "ongoing"),
        ("löpande", "ongoing"),
        ("vid behov", "when_needed"),
    ],
)
def test_how_often(words, data):
    found = find_rhythm(f"Parterna ska träffas {words}.")
    assert (found.data if found else "ongoing") == data


@pytest.mark.parametrize(
    "sentence",
    [
        "Sedan den 1 juli 2023 har kommunerna ett lagstadgat ansvar för brottsförebyggande arbete.",
        "Med lägesbild avses i detta avtal en sammanställning av brottslighet.",
        "Information som omfattas av sekretess får inte lämnas ut inom ramen för samverkan.",
        "Vardera parten står för sina egna kostnader.",
        "Avtalet kan sägas upp av part med sex månaders varsel.",
        "Syftet är att minska brottsligheten och öka tryggheten.",
        "Kommunen och polisen har samverkat sedan 2009.",
    ],
)
def test_what_is_no_duty(sentence):
    draft = draft_agreement(
        f"Åmyra kommun och lokalpolisområde Fjäll ingår denna överenskommelse.\n\n{sentence}\n"
    )
    duties = [p for p in draft.proposals if p.kind == "commitment" and p.confidence >= 0.5]
    assert duties == []


def test_activities_with_labels_on_lines_of_their_own():
    draft = draft_agreement(
        "Medborgarlöfte 2019\nÖverenskommelse mellan Sandviks kommun och lokalpolisområde Skärgården\n\n"
        "Fokusområde 1: Ungas trygghet\nÅtgärd: Vuxenvandringar i centrum\nAnsvarig: Kommunen\n"
        "När: Varje fredag under terminstid\n\nÅtgärd: Besök på högstadieskolorna\nAnsvarig: Polisen\n"
        "Tidplan: En gång per termin\n\nUppföljning\n"
        "Löftet följs upp i december av kommunens säkerhetschef och kommunpolisen.\n"
    )
    duties = [p.value for p in draft.proposals if p.kind == "commitment"]
    assert [(d["text"].split()[0], d["responsible"], d["rhythm"]) for d in duties] == [
        ("Vuxenvandringar", ["kommunen"], {"weekly": {"pauses": ["school_holidays"]}}),
        ("Besök", ["polisen"], {"per_term": 1}),
        ("Löftet", ["sakerhetschef", "kommunpolis"], {"yearly_by": "12-31"}),
    ]
    assert "focus.areas.ungas-trygghet" in {p.path for p in draft.proposals}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman"])  # fmt: skip
def test_any_common_encoding_is_read(tmp_path, encoding):
    path = tmp_path / "avtal.txt"
    path.write_bytes("Överenskommelse för Åmyra kommun.\nRådet träffas två gånger per år.\n".encode(encoding))  # fmt: skip
    assert "Åmyra kommun" in read_text(path)
