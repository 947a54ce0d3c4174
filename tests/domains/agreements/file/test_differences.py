"""Two versions of an agreement are told apart in sentences."""

from __future__ import annotations

import pytest

from samsyn.domains.agreements.file import diff_agreements, read_agreement


def sentences(old: str, new: str) -> list[str]:
    changes = diff_agreements(read_agreement(old), read_agreement(new))
    return [change.sentence for change in changes]


def test_the_same_agreement_has_no_differences(agreements):
    for agreement in agreements.values():
        assert diff_agreements(agreement, agreement) == []


def test_a_moved_end_and_a_new_pace_are_said_with_both_values(small):
    new = small.replace("to: 2027", "to: 2028").replace("per_year: 4", "per_year: 6")
    assert sentences(small, new) == [
        "Giltighetstiden: sista dagen ändras från ”2027” till ”2028”.",
        "Åtagandet ”Rådets möte”: takten ändras från fyra gånger per år till sex gånger per år.",
    ]


def test_a_seat_taken_away_is_named_with_its_body(small):
    new = small.replace("  decision: {rule: consensus}\n", "").replace(
        "  - {id: kommunpolisen, party: polisen, any_of: [kommunpolisen]}\n", ""
    )
    assert sentences(small, new) == [
        "Organet ”Rådet”: beslutsregeln finns inte längre (var rule: consensus).",
        "Platsen ”kommunpolisen” för organet ”Rådet” finns inte längre.",
    ]


def test_another_order_is_no_change(small):
    one = "- {id: samordnaren, name: Samordnare, party: kommunen, role: coordinator}\n"
    two = "- {id: kommunpolisen, name: Kommunpolis, party: polisen, role: kommunpolis}\n"
    assert sentences(small, small.replace(one + two, two + one)) == []


@pytest.mark.clause("K28")
def test_a_renewed_agreement_is_compared_with_the_old(laholm, paths):
    text = paths["laholm-2024"].read_text()
    renewed = read_agreement(
        text.replace("id: laholm-2024", "id: laholm-2027")
        .replace("from: 2024-01-01, to: 2026-12-31", "from: 2027-01-01, to: 2029-12-31")
        .replace("2023-01-12", "2026-12-10")
    )
    changes = diff_agreements(laholm, renewed)
    assert [change.path for change in changes] == [
        "id",
        "validity.from",
        "validity.to",
        "signatures.date",
    ]
    assert changes[1].clauses == ("L05",)


def test_an_added_commitment_carries_its_clause(small):
    new = small.replace(
        "signatures:",
        """\
- id: planen
  clause: "2"
  text: Planen följs upp varje år.
  subject: Uppföljningen
  responsible: [samordnaren]
  rhythm: yearly
  evidence: [plan_followed_up]
signatures:""",
    )
    (change,) = diff_agreements(read_agreement(small), read_agreement(new))
    assert (change.kind, change.clauses) == ("added", ("2",))
    assert change.sentence == "Nytt i filen: åtagandet ”Uppföljningen”."
