"""A document that goes its way proves what the agreement asks for: proposed, decided, signed, renewed."""

from __future__ import annotations

import pytest

from samsyn.base import clock
from samsyn.domains.agreements.documents.services import answers, versions
from samsyn.domains.agreements.models import Evidence
from tests.domains.agreements import documents_story as story
from tests.domains.agreements.documents_story import decided_annex, pdf, signatory

laholm, november = story.laholm, story.november


def proved(agreement):
    """Ref of the agreement's commitments → the kinds that prove them."""
    rows = Evidence.objects.filter(commitment__agreement=agreement, withdrawn_at=None)
    return set(rows.values_list("commitment__ref", "kind"))


def sign_by_all(people, version):
    for ref, party in people.party.items():
        answers.record_copy(
            actor=people.samordnaren.viewer,
            version=version,
            party=party,
            function=signatory(people, ref),
            signed_on="2026-11-15",
            place="Laholm",
            name="undertecknad.pdf",
            content=pdf(f"Undertecknad {ref}"),
        )


@pytest.mark.clause("L08", "L11", "L12")
def test_a_new_promise_is_proposed_when_presented_and_renewed_when_all_have_signed(laholm):
    version = decided_annex(laholm, "bilaga-2")

    assert ("forslag-till-medborgarlofte", "proposal_made") in proved(laholm.agreement)
    assert ("medborgarlofte-fornyas", "promise_signed") not in proved(laholm.agreement)

    sign_by_all(laholm, version)
    assert {
        ("medborgarlofte-fornyas", "promise_signed"),
        ("bilagor-uppdateras", "document_signed"),
    } <= proved(laholm.agreement)
    assert not {ref for ref, _kind in proved(laholm.agreement)} & {
        "atgardsplan-beslutas",
        "lagesbild-fornyas",
        "forslag-pa-uppdrag",
    }


@pytest.mark.clause("L09", "L12")
def test_the_picture_is_renewed_first_when_its_annex_is_valid(laholm):
    version = decided_annex(laholm, "bilaga-1")
    assert ("lagesbild-fornyas", "picture_renewed") not in proved(laholm.agreement)
    assert ("orsaksanalyser", "analysis_finished") in proved(laholm.agreement)

    sign_by_all(laholm, version)
    assert ("lagesbild-fornyas", "picture_renewed") in proved(laholm.agreement)


@pytest.mark.clause("L10", "H02")
def test_a_decided_plan_proves_the_plan_in_the_agreement_and_in_the_act(laholm):
    decided_annex(laholm, "bilaga-3")

    assert ("atgardsplan-beslutas", "plan_decided") in proved(laholm.agreement)
    act = Evidence.objects.filter(commitment__agreement__code="lag-2023-196", kind="plan_decided")
    assert {one.commitment.clause for one in act} == {"§ 5", "§ 14"}


@pytest.mark.clause("L12")
def test_a_version_that_is_taken_back_proves_nothing(laholm):
    version = decided_annex(laholm, "bilaga-3")
    versions.withdraw_version(
        actor=laholm.samordnaren.viewer, version=version, why="Fel fil lades upp."
    )

    assert "atgardsplan-beslutas" not in {ref for ref, _kind in proved(laholm.agreement)}


@pytest.mark.clause("L12", "H02")
def test_the_annexes_that_came_with_the_agreement_are_there_from_its_first_day(laholm):
    actor = laholm.samordnaren.viewer
    document = versions.open_annex(actor=actor, agreement=laholm.agreement, annex="bilaga-3")
    version = versions.upload_version(actor=actor, document=document, name="b.pdf", content=pdf())
    versions.accept_with_agreement(actor=actor, version=version, diary_number="KS 2024/1")

    row = Evidence.objects.get(commitment__ref="atgardsplan-beslutas", kind="plan_decided",
                               commitment__agreement=laholm.agreement)  # fmt: skip
    assert row.occurred_on == laholm.agreement.starts_on < clock.today()
