"""A document on the agenda: presented with the summons, decided with the decision and its diary number, never twice."""

from __future__ import annotations

import datetime as dt

import pytest

pytestmark = pytest.mark.clause("L12", "L04")

PDF = b"%PDF-1.7 bilaga"


@pytest.fixture
def draft(council, settings, tmp_path):
    """A new version of annex 1, which the council is to have presented."""
    from samsyn.domains.agreements.contents import read_text
    from samsyn.domains.agreements.documents.services.versions import open_annex, upload_version

    settings.MEDIA_ROOT = tmp_path
    actor = council.cast.samordnaren.viewer
    annexes = read_text(council.agreement.current_version.text).annexes
    annex = next(one for one in annexes if one.number == 1)
    document = open_annex(actor=actor, agreement=council.agreement, annex=annex.id)
    return upload_version(actor=actor, document=document, name="bilaga.pdf", content=PDF)


@pytest.fixture
def meeting(council, draft):
    from samsyn.domains.meetings.services.planning import plan_meeting

    return plan_meeting(
        actor=council.cast.samordnaren.viewer, body=council.council, day=dt.date(2026, 3, 12)
    )


@pytest.fixture
def on_agenda(meeting, draft):
    return meeting.items.get(source=f"document_version:{draft.pk}")


@pytest.fixture
def call(council):
    from samsyn.domains.meetings.services.summons import call_meeting

    return lambda meeting: call_meeting(actor=council.cast.samordnaren.viewer, meeting=meeting)


@pytest.fixture
def agree(council, come, set_clock):
    """Let the three parties come and say yes to the decision on the item."""
    from samsyn.domains.meetings.services.decisions import record_stand

    def agreeing(meeting, item, said="agrees"):
        set_clock(dt.datetime(2026, 3, 12, 9, 30))
        come(meeting, "ledningsgruppen", "polischefen", "kriminalvarden")
        decision = item.decisions.get()
        for party in ("kommunen", "polisen", "kriminalvarden"):
            decision = record_stand(
                actor=council.cast.samordnaren.viewer,
                decision=decision,
                party=council.party[party],
                said=said,
            )
        return decision

    return agreeing


def stage(version):
    version.refresh_from_db()
    return version.stage


def test_a_draft_that_the_council_is_to_see_puts_itself_on_the_agenda(on_agenda, draft):
    assert on_agenda.kind == "decision"
    assert on_agenda.title.endswith("version 1")
    assert on_agenda.papers.get().link.key == str(draft.pk)
    assert stage(draft) == "draft"


def test_with_the_summons_it_is_presented_and_the_members_may_read_it(
    meeting, on_agenda, draft, call, council
):
    from samsyn.base.access import visible
    from samsyn.domains.agreements.models import DocumentVersion

    member = council.cast.polischefen.viewer
    assert not visible(member, DocumentVersion).filter(pk=draft.pk).exists()
    call(meeting)

    assert stage(draft) == "presented"
    assert draft.presented_on == dt.date(2026, 2, 2)
    assert draft.presented_to == "Strategiska rådet"
    assert visible(member, DocumentVersion).filter(pk=draft.pk).exists()


def test_a_taken_decision_with_diary_number_decides_it_and_evidence_follows(
    meeting, on_agenda, draft, call, agree, council
):
    from samsyn.base.audit.models import AuditEntry
    from samsyn.domains.meetings.services.registering import register_decision

    call(meeting)
    decision = agree(meeting, on_agenda)
    assert decision.outcome == "taken"
    assert stage(draft) == "presented", "no decided document without a diary number"

    actor = council.cast.samordnaren.viewer
    register_decision(actor=actor, decision=decision, diary_number="KS 2026/114")
    assert stage(draft) == "decided"
    assert draft.decided_on == dt.date(2026, 3, 12)
    assert draft.diary_number == "KS 2026/114"
    assert draft.decision == f"§ {on_agenda.order}, beslut {decision.called}"
    traced = list(AuditEntry.objects.filter(verb="document.decided"))
    assert len(traced) == 1

    register_decision(actor=actor, decision=decision, diary_number="KS 2026/114")
    assert stage(draft) == "decided"
    assert AuditEntry.objects.filter(verb="document.decided").count() == 1


def test_a_version_that_was_noted_by_hand_is_left_as_it_is(
    meeting, on_agenda, draft, call, agree, council
):
    from samsyn.domains.agreements.documents.services.versions import present_version
    from samsyn.domains.meetings.services.registering import register_decision

    actor = council.cast.samordnaren.viewer
    present_version(actor=actor, version=draft, on=dt.date(2026, 1, 15), to="Rådet i januari")
    call(meeting)
    assert stage(draft) == "presented"
    assert draft.presented_to == "Rådet i januari"
    decision = agree(meeting, on_agenda)
    register_decision(actor=actor, decision=decision, diary_number="KS 2026/114")
    assert stage(draft) == "decided"


def test_a_document_taken_up_late_is_presented_before_it_is_decided(council, call, agree, draft):
    from samsyn.base.audit.models import AuditEntry
    from samsyn.domains.agreements.models import DocumentVersion
    from samsyn.domains.meetings.services.decisions import put_decision
    from samsyn.domains.meetings.services.planning import plan_meeting
    from samsyn.domains.meetings.services.registering import add_document, register_decision

    actor = council.cast.samordnaren.viewer
    DocumentVersion.objects.filter(pk=draft.pk).update(stage="withdrawn")
    meeting = call(plan_meeting(actor=actor, body=council.council, day=dt.date(2026, 3, 12)))
    DocumentVersion.objects.filter(pk=draft.pk).update(stage="draft")
    draft.refresh_from_db()
    item = add_document(actor=actor, meeting=meeting, version=draft)
    assert add_document(actor=actor, meeting=meeting, version=draft) == item
    put_decision(actor=actor, item=item, wording=item.proposal)
    decision = agree(meeting, item)
    register_decision(actor=actor, decision=decision, diary_number="KS 2026/115")

    steps = AuditEntry.objects.filter(verb__in=("document.presented", "document.decided"))
    assert list(steps.order_by("pk").values_list("verb", flat=True)) == [
        "document.presented",
        "document.decided",
    ]


def test_what_falls_is_not_decided(meeting, on_agenda, draft, call, agree, council):
    from samsyn.base.errors import UserError
    from samsyn.domains.meetings.services.registering import register_decision

    call(meeting)
    decision = agree(meeting, on_agenda, said="abstains")
    assert decision.outcome == "rejected"
    with pytest.raises(UserError, match="inte fattat"):
        register_decision(
            actor=council.cast.samordnaren.viewer, decision=decision, diary_number="KS 1"
        )
    assert stage(draft) == "presented"


def test_another_body_s_decision_only_presents_it(meeting, on_agenda, draft, call, agree, council):
    from samsyn.domains.agreements.models import Document
    from samsyn.domains.meetings.services.registering import register_decision

    Document.objects.filter(pk=draft.document_id).update(decided_by=council.operative)
    call(meeting)
    decision = agree(meeting, on_agenda)
    register_decision(
        actor=council.cast.samordnaren.viewer, decision=decision, diary_number="KS 2026/114"
    )
    assert stage(draft) == "presented"


def test_only_the_coordinator_and_the_records_officer_give_diary_numbers(
    meeting, on_agenda, call, agree, council
):
    from samsyn.base.errors import NotAllowed
    from samsyn.domains.meetings.services.registering import register_decision

    call(meeting)
    decision = agree(meeting, on_agenda)
    for actor in (council.cast.polischefen, council.cast.utomstaende, council.cast.framlingen):
        with pytest.raises(NotAllowed):
            register_decision(actor=actor.viewer, decision=decision, diary_number="KS 1")
    register_decision(actor=council.cast.arkivarien.viewer, decision=decision, diary_number="KS 1")


def test_what_somebody_has_taken_up_stays_on_the_agenda_until_it_is_decided(
    council, draft, call, agree
):
    from samsyn.domains.agreements.models import Document, DocumentVersion
    from samsyn.domains.meetings.services.agenda import rebuild_agenda
    from samsyn.domains.meetings.services.planning import plan_meeting
    from samsyn.domains.meetings.services.registering import add_document

    actor = council.cast.samordnaren.viewer
    Document.objects.filter(pk=draft.document_id).update(presented_to=None)
    draft.refresh_from_db()
    meeting = plan_meeting(actor=actor, body=council.council, day=dt.date(2026, 3, 12))
    assert not meeting.items.filter(source__startswith="document_version:").exists()
    add_document(actor=actor, meeting=meeting, version=draft)
    rebuild_agenda(actor=actor, meeting=meeting)
    assert meeting.items.filter(source=f"document_version:{draft.pk}").exists()

    DocumentVersion.objects.filter(pk=draft.pk).update(stage="withdrawn")
    rebuild_agenda(actor=actor, meeting=meeting)
    assert not meeting.items.filter(source=f"document_version:{draft.pk}").exists()
