"""A document goes from draft to valid, one step at a time, and every change is written down."""

import datetime as dt
import hashlib

import pytest

from samsyn.base import clock
from samsyn.base.access import visible
from samsyn.base.audit.models import AuditEntry
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.files.models import StoredFile
from samsyn.base.links import Link
from samsyn.domains.agreements.documents.rules import State
from samsyn.domains.agreements.documents.selectors import documents_of
from samsyn.domains.agreements.documents.services import answers, versions
from samsyn.domains.agreements.documents.slots import LiveVersion
from samsyn.domains.agreements.models import Document, DocumentVersion, Evidence, Signature
from tests.domains.agreements import documents_story as story
from tests.domains.agreements.documents_story import decided_annex, docx, pdf, signatory

laholm, november = story.laholm, story.november

DAY = dt.date(2026, 11, 10)


def sign(people, version, ref, function=None, signed_on="2026-11-12"):
    return answers.record_copy(
        actor=people.samordnaren.viewer,
        version=version,
        party=people.party[ref],
        function=function or signatory(people, ref),
        signed_on=signed_on,
        place="Laholm",
        name="undertecknad.pdf",
        content=pdf(f"Undertecknad {ref}"),
    )


def annex(people, key="bilaga-2"):
    return versions.open_annex(
        actor=people.samordnaren.viewer, agreement=people.agreement, annex=key
    )


@pytest.mark.clause("L04")
def test_an_annex_is_bound_to_the_living_documents_of_the_file(laholm):
    one, two = annex(laholm, "bilaga-1"), annex(laholm)
    assert one.kinds == ["situation_picture", "cause_analysis"]
    assert (two.called, two.number) == ("Bilaga 2", 2)
    assert two.required == {"kommunen": 1, "polisen": 1, "kriminalvarden": 1}
    assert annex(laholm) == two, "opened once"


@pytest.mark.clause("L12")
def test_it_becomes_valid_only_at_the_third_signature(laholm):
    version = decided_annex(laholm)
    for ref, left in (("kommunen", 2), ("polisen", 1)):
        sign(laholm, version, ref)
        version.refresh_from_db()
        assert version.state == State.DECIDED, f"{left} are missing"
    [now] = documents_of(laholm.agreement, viewer=laholm.samordnaren.viewer)
    name = laholm.party["kriminalvarden"].called
    assert now.sentence == f"Bilaga 2 gäller inte än: {name} har inte skrivit under."
    sign(laholm, version, "kriminalvarden")
    version.refresh_from_db()
    assert version.state == State.VALID
    assert version.became_valid_on == clock.today()
    assert {one.checksum for one in version.signatures.all()} == {hashlib.sha256(pdf()).hexdigest()}


@pytest.mark.clause("L12", "L13")
def test_approvals_are_no_signatures_here(laholm):
    version = decided_annex(laholm)
    for who, ref in (("radsledamoten", "kommunen"), ("polischefen", "polisen"), ("frivarden", "kriminalvarden")):  # fmt: skip
        made = answers.approve_in_program(
            actor=getattr(laholm, who).viewer,
            version=version,
            party=laholm.party[ref],
            function=signatory(laholm, ref),
        )
        assert made.way == "approved"
    version.refresh_from_db()
    assert version.state == State.DECIDED


@pytest.mark.parametrize(
    "deeds",
    [["decide"], ["sign"], ["present", "sign"], ["present", "present"]],
)
def test_no_step_is_skipped(laholm, deeds):
    actor, document = laholm.samordnaren.viewer, annex(laholm)
    version = versions.upload_version(actor=actor, document=document, name="b.pdf", content=pdf())
    do = {
        "present": lambda: versions.present_version(actor=actor, version=version, on=DAY),
        "decide": lambda: versions.decide_version(
            actor=actor, version=version, on=DAY, diary_number="KS 1"
        ),
        "sign": lambda: sign(laholm, version, "polisen"),
    }
    for deed in deeds[:-1]:
        do[deed]()
    before = DocumentVersion.objects.get(pk=version.pk).stage
    with pytest.raises(UserError):
        do[deeds[-1]]()
    assert DocumentVersion.objects.get(pk=version.pk).stage == before
    assert not Signature.objects.exists()


def test_a_decision_needs_a_diary_number(laholm):
    actor, document = laholm.samordnaren.viewer, annex(laholm)
    version = versions.upload_version(actor=actor, document=document, name="b.pdf", content=pdf())
    versions.present_version(actor=actor, version=version, on=DAY)
    with pytest.raises(UserError, match="diarienumret"):
        versions.decide_version(actor=actor, version=version, on=DAY, diary_number="  ")


@pytest.mark.clause("L12")
def test_the_first_version_comes_with_the_agreement_and_the_next_does_not(laholm):
    actor, document = laholm.samordnaren.viewer, annex(laholm, "bilaga-1")
    first = versions.upload_version(actor=actor, document=document, name="b.pdf", content=pdf("1"))
    first = versions.accept_with_agreement(actor=actor, version=first, diary_number="KS 2024/1")
    assert (first.state, first.valid_from) == (State.VALID, dt.date(2024, 1, 1))
    second = versions.upload_version(actor=actor, document=document, name="b.pdf", content=pdf("2"))
    with pytest.raises(UserError, match="första version"):
        versions.accept_with_agreement(actor=actor, version=second, diary_number="KS 2024/1")


def test_a_new_valid_version_replaces_the_old_one_only_when_it_is_valid(laholm):
    first = decided_annex(laholm, content=pdf("1"))
    for ref in laholm.party:
        sign(laholm, first, ref)
    second = decided_annex(laholm, content=pdf("2"))
    first.refresh_from_db()
    assert first.state == State.VALID
    for ref in laholm.party:
        answers.record_copy(
            actor=laholm.samordnaren.viewer, version=second, party=laholm.party[ref], function="Chef",
            signed_on="2026-11-19", place="Laholm", name="k.pdf", content=pdf(f"2 {ref}"),
        )  # fmt: skip
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.REPLACED, State.VALID)
    assert first.ended_on == clock.today()


def test_one_that_is_signed_ahead_takes_effect_on_its_day(laholm, monkeypatch):
    version = decided_annex(laholm, valid_from=dt.date(2027, 1, 1))
    for ref in laholm.party:
        sign(laholm, version, ref)
    version.refresh_from_db()
    assert version.state == State.SIGNED
    versions.let_versions_take_effect()
    version.refresh_from_db()
    assert version.state == State.SIGNED
    new_year = dt.datetime(2027, 1, 1, 6, tzinfo=clock.SWEDEN)
    monkeypatch.setattr(clock, "now", lambda: new_year)
    versions.let_versions_take_effect()
    versions.let_versions_take_effect()
    version.refresh_from_db()
    assert version.state == State.VALID


def test_a_document_that_needs_no_signature_is_valid_when_decided(laholm):
    actor = laholm.samordnaren.viewer
    document = versions.open_document(
        actor=actor, agreement=laholm.agreement, title="ANDTS-policy", kind="policy", required={}
    )
    version = versions.upload_version(actor=actor, document=document, name="p.docx", content=docx())
    versions.present_version(actor=actor, version=version, on=DAY, to="Kommunstyrelsen")
    version = versions.decide_version(
        actor=actor, version=version, on=DAY, diary_number="KS 2026/9", by="Kommunstyrelsen"
    )
    version.refresh_from_db()
    assert (version.state, version.decided_by) == (State.VALID, "Kommunstyrelsen")


@pytest.mark.clause("L13", "U15")
def test_odd_dates_are_kept_and_flagged(laholm):
    version = decided_annex(laholm)
    assert sign(laholm, version, "polisen", signed_on="2020").doubts == [
        "imprecise", "before_decision", "long_before",
    ]  # fmt: skip
    assert sign(laholm, version, "kommunen", signed_on="2026-12-24").doubts == ["future"]
    with pytest.raises(UserError, match="år, månad eller dag"):
        sign(laholm, version, "kriminalvarden", signed_on="i våras")


@pytest.mark.clause("U15")
def test_two_signatories_for_one_party(laholm):
    actor = laholm.samordnaren.viewer
    document = versions.open_document(
        actor=actor, agreement=laholm.agreement, title="Avsiktsförklaring", kind="other",
        required={"kommunen": 2, "polisen": 1},
    )  # fmt: skip
    version = versions.upload_version(actor=actor, document=document, name="a.pdf", content=pdf())
    versions.present_version(actor=actor, version=version, on=DAY)
    version = versions.decide_version(actor=actor, version=version, on=DAY, diary_number="KS 3")
    sign(laholm, version, "polisen")
    sign(laholm, version, "kommunen", "Kommunalråd")
    with pytest.raises(UserError, match="redan svarat"):
        sign(laholm, version, "kommunen", "kommunalråd")
    [now] = documents_of(laholm.agreement, viewer=actor)
    assert now.sentence.endswith(f"Från {laholm.party['kommunen'].called} saknas 1 av 2.")
    sign(laholm, version, "kommunen", "Kommundirektör")
    version.refresh_from_db()
    assert version.state == State.VALID


@pytest.mark.clause("L04")
def test_a_frozen_version_in_the_system_is_signed_by_its_own_bytes(laholm):
    live = LiveVersion(
        Link("picture", "7"), "Lägesbild 2026", "situation_picture", DAY,
        lambda: ("lagesbild.json", "application/json", b'{"antal": 3}'),
    )  # fmt: skip
    version = versions.attach_live(
        actor=laholm.samordnaren.viewer, document=annex(laholm, "bilaga-1"), live=live
    )
    assert version.checksum == hashlib.sha256(b'{"antal": 3}').hexdigest()
    assert (version.live_kind, version.dated) == ("picture", "2026-11-10")


@pytest.mark.parametrize(
    "content", [b"", b"hej", b"MZ\x90", b"PK\x03\x04trasig", docx("word/vbaProject.bin"), b"<html>"]
)
def test_only_pdf_and_word_without_macros_are_taken(laholm, content):
    with pytest.raises(UserError):
        versions.upload_version(
            actor=laholm.samordnaren.viewer, document=annex(laholm), name="b.pdf", content=content
        )
    assert not DocumentVersion.objects.exists()


def test_decisions_and_signatures_are_evidence(laholm):
    version = decided_annex(laholm, "bilaga-1")
    kinds = set(Evidence.objects.filter(link_key=str(version.pk)).values_list("kind", flat=True))
    for ref in laholm.party:
        sign(laholm, version, ref)
    kinds |= set(Evidence.objects.filter(link_key=str(version.pk)).values_list("kind", flat=True))
    assert kinds == {
        "document_signed",
        "picture_finished",
        "picture_renewed",
        "analysis_finished",
    }


def test_every_change_is_in_the_log(laholm):
    version = decided_annex(laholm)
    for ref in laholm.party:
        sign(laholm, version, ref)
    verbs = set(
        AuditEntry.objects.filter(verb__startswith="document.").values_list("verb", flat=True)
    )
    assert verbs >= {
        "document.opened", "document.version_added", "document.presented", "document.decided",
        "document.signed", "document.valid",
    }  # fmt: skip


def test_who_may_and_who_may_not(laholm):
    actor = laholm.samordnaren.viewer
    version = decided_annex(laholm)
    draft = versions.open_document(
        actor=actor, agreement=laholm.agreement, title="Utkast", kind="", required={}
    )
    versions.upload_version(actor=actor, document=draft, name="u.pdf", content=pdf())
    for seen in (laholm.radsledamoten, laholm.polischefen, laholm.frivarden, laholm.lasaren):
        assert set(visible(seen.viewer, Document)) == {version.document}, "no drafts"
        assert set(visible(seen.viewer, DocumentVersion)) == {version}
    assert visible(actor, Document).count() == 2
    for stranger in (laholm.framlingen, laholm.fastighetsbolaget):
        assert not visible(stranger.viewer, Document).exists()
        assert not visible(stranger.viewer, DocumentVersion).exists()
        assert not visible(stranger.viewer, Signature).exists()
    for who in (laholm.lasaren, laholm.framlingen, laholm.polischefen):
        with pytest.raises(NotAllowed):
            versions.withdraw_version(actor=who.viewer, version=version, why="Fel fil")
    with pytest.raises(NotAllowed):
        answers.approve_in_program(
            actor=laholm.polischefen.viewer, version=version, party=laholm.party["kommunen"],
            function=signatory(laholm, "kommunen"),
        )  # fmt: skip


def test_a_withdrawn_version_is_kept_and_makes_room(laholm):
    version = decided_annex(laholm)
    versions.withdraw_version(actor=laholm.samordnaren.viewer, version=version, why="Fel bilaga.")
    with pytest.raises(UserError):
        sign(laholm, version, "polisen")
    again = decided_annex(laholm, content=pdf("rätt"))
    assert (again.number, DocumentVersion.objects.count()) == (2, 2)


def test_what_is_refused_leaves_no_file_behind(laholm):
    version = decided_annex(laholm)
    sign(laholm, version, "polisen")
    before = StoredFile.objects.count()
    for given in ({"ref": "polisen"}, {"ref": "kommunen", "signed_on": "nyss"}, {"ref": "kommunen", "function": " "}):  # fmt: skip
        with pytest.raises(UserError):
            sign(laholm, version, **{"function": None, **given})
    with pytest.raises(UserError, match="år, månad"):
        versions.upload_version(
            actor=laholm.samordnaren.viewer, document=version.document, name="b.pdf", content=pdf(),
            dated="nyss",
        )  # fmt: skip
    assert StoredFile.objects.count() == before
