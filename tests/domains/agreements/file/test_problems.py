"""Each mistake is said in Swedish with its line, its column and what to write instead."""

from __future__ import annotations

import pytest

from samsyn.domains.agreements.file import AgreementFileError, check_agreement, read_agreement


def only_problem(text: str):
    checked = check_agreement(text)
    assert checked.agreement is None
    (problem,) = checked.errors
    return problem


def test_the_small_agreement_passes_without_a_word(small):
    checked = check_agreement(small)
    assert checked.agreement is not None
    assert (checked.errors, checked.warnings) == ((), ())


MISTAKES = [
    # what is broken, how, line, column, what is said, what to write
    ("  chair: kommunen", "  chiar: kommunen", 15, 3, "”chiar” finns inte", "”chair”"),
    ("rule: consensus", "rule: konsensus", 16, 20, "”konsensus” är inget", "”consensus”"),
    ("any_of: [kommunpolisen]", "any_of: [kommunpolsen]", 19, 50, "Funktionen ”kommunpolsen”", "”kommunpolisen”"),
    ("party: polisen, any_of", "party: polsen, any_of", 19, 32, "”polsen” finns inte", "”polisen”"),
    ("212000-1223", "212000-1224", 6, 82, "kontrollsiffran stämmer inte", "tio siffror"),
    ("to: 2027", "to: 2024", 4, 28, "slutar (2024) innan det börjar (2025)", "Byt plats"),
    ("per_year: 4", "per_year: 400", 27, 11, "per_year ska vara", ""),
    ("per_year: 4", "per_yaer: 4", 27, 11, "En rytm har precis en av nycklarna", "”per_year”"),
    ("  responsible: [samordnaren]\n", "", 21, 3, "”responsible” saknas", "Lägg till"),
    ("responsible: [samordnaren]", "responsible: []", 25, 16, "”responsible” är tom", ""),
    ("responsible: [samordnaren]", "responsible: samordnaren", 25, 16, "ska vara en lista", "- "),
    ("chair: kommunen", "chair: radet", 15, 10, "har ingen plats", "samordnaren"),
    ("- {id: polisen, kind", "- {id: kommunen, kind", 7, 8, "används redan", "eget id"),
    ("id: exempel-2025", "id: Exempel 2025", 2, 5, "fel form", "små bokstäver"),
    ("format: 1", "format: 3", 1, 9, "”3” är inget giltigt", "1"),
    ("kind: police_area", "kind: polisomrade", 7, 23, "inget giltigt värde", ""),
    ("title: Exempel", "title:", 3, 7, "”title” är tomt", "Skriv ett värde"),
    ("from: 2025", "from: 2025-13", 4, 18, "finns inte i almanackan", "2024-05-14"),
    ("date: 2025-01-15", "date: 15 januari 2025", 30, 9, "är inget datum", "2024-05-14"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "line", "column", "what", "instead"), MISTAKES)
def test_a_mistake_is_named_where_it_stands(small, before, after, line, column, what, instead):
    broken = small.replace(before, after, 1)
    assert broken != small
    problems = check_agreement(broken).errors
    problem = next(p for p in problems if what in p.what)
    assert instead in problem.instead
    assert (problem.line, problem.column) == (line, column)
    assert problem.what.endswith(".")


def test_a_party_without_a_seat_cannot_agree_in_consensus(small):
    broken = small.replace("  - {id: kommunpolisen, party: polisen, any_of: [kommunpolisen]}\n", "")
    problem = only_problem(broken)
    assert "konsensus" in problem.what
    assert "”polisen” har ingen plats" in problem.what
    assert "Lägg till en plats" in problem.instead


def test_bodies_in_a_circle_are_shown_as_the_circle(small):
    broken = small.replace(
        "commitments:\n",
        "- {id: grupp-a, name: A, role: forum, consists_of: [grupp-b]}\n"
        "- {id: grupp-b, name: B, role: forum, consists_of: [grupp-a]}\n"
        "commitments:\n",
    )
    problems = check_agreement(broken).errors
    assert any("grupp-a → grupp-b → grupp-a" in problem.what for problem in problems)


def test_several_mistakes_are_told_at_once_in_file_order(small):
    broken = small.replace("title:", "titel:").replace("chair:", "chiar:")
    problems = check_agreement(broken).errors
    assert [p.path for p in problems] == ["title", "titel", "bodies[0].chiar"]


def test_an_extended_group_cannot_be_extended_more_often_than_the_body_meets(small):
    broken = small.replace(
        "any_of: [samordnaren]}", "any_of: [samordnaren], extended: {meetings: 5}}"
    )
    assert "utökad vid 5 möten" in only_problem(broken).what


def test_a_rhythm_that_outlives_the_agreement_is_only_doubtful(small):
    checked = check_agreement(small.replace("{per_year: 4}", "{every_years: 4}"))
    assert checked.agreement is not None
    assert "kanske aldrig förfaller" in checked.warnings[0].instead


def test_office_hours_are_asked_for_when_a_route_depends_on_them(small):
    route = (
        "contact_routes:\n- {id: vagen, matter: Avhoppare, kind: redirect, text: Ring., "
        "steps: [{to: [samordnaren], when: office_hours}]}\n"
    )
    problem = only_problem(small + route)
    assert "kontorstiden" in problem.what
    assert "assumed: true" in problem.instead


def test_a_commune_code_without_quotes_is_explained(small):
    broken = small.replace("name: Exempels kommun,", "name: Exempels kommun, municipality: 1381,")
    problem = only_problem(broken)
    assert "ska vara text" in problem.what
    assert "citattecken" in problem.instead


def test_the_error_carries_the_problems_and_reads_as_lines(small):
    with pytest.raises(AgreementFileError) as caught:
        read_agreement(small.replace("chair:", "chiar:"))
    assert str(caught.value).startswith("Rad 15, kolumn 3 (bodies[0].chiar): Fältet ”chiar”")


@pytest.mark.clause("K18")
def test_a_body_of_which_only_a_trace_is_kept_cannot_be_asked_for_minutes(small):
    broken = small.replace("  chair: kommunen", "  keeps: trace\n  chair: kommunen")
    assert broken != small
    said = "\n".join(str(problem) for problem in check_agreement(broken).errors)
    assert "kräver protokoll. Skriv ”evidence: [meeting_held]”" in said
