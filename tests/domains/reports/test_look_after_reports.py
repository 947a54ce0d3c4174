"""The coordinator's desk: correct a category, merge and take back, pass on, answer, see who sent it."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.core import mail

from samsyn.base.access import visible
from samsyn.base.audit.models import AuditEntry
from samsyn.base.errors import NotAllowed, UserError
from samsyn.domains.reports.guarding import GuardRefused
from samsyn.domains.reports.models import (
    Answer,
    CategoryCorrection,
    KeptApart,
    Merge,
    Report,
    ReporterIdentity,
)
from samsyn.domains.reports.selectors import (
    for_list,
    reports_to_look_at,
    suggest_merges,
    with_history,
)
from samsyn.domains.reports.services import (
    answer_reporter,
    correct_category,
    keep_apart,
    mark_seen,
    merge_reports,
    route_quick_fix,
    save_recipient,
    set_status,
    show_reporter,
    unmerge,
)

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def desk(cast):
    return cast.samordnaren.viewer


@pytest.fixture
def lamps(desk, town):
    return save_recipient(
        actor=desk,
        municipality_id=town.lulea.pk,
        matter="lamp",
        name="Gatukontoret",
        email="gata@exempel.se",
    )


def test_a_corrected_category_keeps_the_old_one(send, desk):
    report = send()
    correct_category(actor=desk, report=report, category_key="UNGD", reason="Det var ingen trafik")
    assert Report.objects.get().category_key == "UNGD"
    kept = CategoryCorrection.objects.get()
    assert (kept.old_key, kept.new_key, kept.by_label) == ("TRAF", "UNGD", "Samordnaren")
    assert AuditEntry.objects.get(verb="report.category_corrected").facts == {
        "old": "TRAF",
        "new": "UNGD",
    }


@pytest.mark.parametrize("key", ["TRAF", "FINNS-INTE"])
def test_a_category_that_changes_nothing_or_is_unknown_is_refused(send, desk, key):
    with pytest.raises(UserError):
        correct_category(actor=desk, report=send(), category_key=key)
    assert CategoryCorrection.objects.count() == 0


def test_two_that_tell_of_the_same_are_counted_once_and_both_kept(send, desk, town, evening):
    first, second = send(), send()
    merge_reports(actor=desk, report=second, into=first)
    assert Report.objects.get(pk=second.pk).merged_into == first
    assert list(reports_to_look_at(desk, town.lulea)) == [first]
    unmerge(actor=desk, report=second)
    assert Report.objects.get(pk=second.pk).merged_into is None
    assert Merge.objects.get().undone_by_label == "Samordnaren"
    assert set(
        AuditEntry.objects.filter(verb__contains="merged").values_list("verb", flat=True)
    ) == {
        "report.merged",
        "report.unmerged",
    }


@pytest.mark.clause("K04")
def test_a_pair_that_is_not_the_same_is_never_suggested_again(send, desk, town, evening):
    """Said once it stays said, whichever of the two it is said of; other pairs are still suggested."""
    first, second, third = send(), send(), send()
    span = (desk, town.lulea, evening - dt.timedelta(days=2), evening + dt.timedelta(days=2))
    assert len(suggest_merges(*span)) == 3
    keep_apart(actor=desk, report=second, other=first)
    keep_apart(actor=desk, report=first, other=second)
    left = {frozenset((one.keep.pk, one.report.pk)) for one in suggest_merges(*span)}
    assert left == {frozenset((first.pk, third.pk)), frozenset((second.pk, third.pk))}
    assert Report.objects.filter(merged_into=None).count() == 3
    kept = KeptApart.objects.get()
    assert ({kept.first, kept.second}, kept.by_label) == ({first, second}, "Samordnaren")
    assert AuditEntry.objects.get(verb="report.kept_apart").facts == {"other": str(first.pk)}
    merge_reports(actor=desk, report=second, into=first)


def test_what_is_not_the_same_must_be_two_of_the_same_municipality(send, desk, cast):
    report = send()
    with pytest.raises(UserError):
        keep_apart(actor=desk, report=report, other=report)
    with pytest.raises(NotAllowed):
        keep_apart(actor=cast.kommunpolisen.viewer, report=report, other=send())
    assert not KeptApart.objects.exists()


def test_merging_what_others_were_merged_into_makes_no_chain(send, desk):
    first, second, third = send(), send(), send()
    merge_reports(actor=desk, report=third, into=second)
    merge_reports(actor=desk, report=second, into=first)
    assert set(Report.objects.exclude(pk=first.pk).values_list("merged_into", flat=True)) == {
        first.pk
    }
    unmerge(actor=desk, report=third)
    assert Report.objects.get(pk=third.pk).merged_into is None


def test_a_report_is_not_merged_with_itself_or_twice_or_with_nothing(send, desk):
    first, second = send(), send()
    nothing = send(kind="nothing", category_key="NOLL")
    merge_reports(actor=desk, report=second, into=first)
    for report, into in ((first, first), (second, first), (first, second), (nothing, first)):
        with pytest.raises(UserError):
            merge_reports(actor=desk, report=report, into=into)


def test_a_broken_lamp_goes_to_the_named_function_without_the_senders_name(
    send, desk, lamps, django_capture_on_commit_callbacks
):
    report = send(
        kind="unsafe_place",
        category_key="OTRYG",
        note="Tre lampor är trasiga",
        contact_email="jag@exempel.se",
    )
    with django_capture_on_commit_callbacks(execute=True):
        fix = route_quick_fix(
            actor=desk, report=report, recipient=lamps, message="Kan ni titta i veckan?"
        )
    (sent,) = mail.outbox
    assert sent.to == ["gata@exempel.se"]
    assert "Tre lampor är trasiga" in sent.body
    assert "Badplatsen" in sent.subject
    assert "jag@exempel.se" not in sent.body
    assert "Vaktmästare" not in sent.body
    fix.refresh_from_db()
    assert fix.mailed_at is not None
    assert for_list(Report.objects).get().current_status == "passed_on"
    assert AuditEntry.objects.get(verb="report.passed_on").facts == {"to": "Gatukontoret"}


def test_a_mail_that_fails_is_seen_and_not_lost(
    send, desk, lamps, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with django_capture_on_commit_callbacks(execute=True):
        fix = route_quick_fix(actor=desk, report=send(), recipient=lamps)
    fix.refresh_from_db()
    assert fix.mailed_at is None
    assert "ConnectionRefused" in fix.failure


def test_another_municipalitys_recipient_is_none_here(send, desk, lamps, town):
    lamps.municipality = town.boden
    lamps.save()
    with pytest.raises(UserError):
        route_quick_fix(actor=desk, report=send(), recipient=lamps)


@pytest.mark.clause("H06")
def test_the_answer_is_read_by_the_sender_and_nobody_elses_link(send, desk, caretaker, cast, town):
    from samsyn.domains.reports.selectors import answers_for
    from samsyn.domains.reports.services import create_link, viewer_of_link

    answer_reporter(actor=desk, report=send(), text="Bommen är lagad.")
    other, _token = create_link(
        actor=desk, municipality=town.lulea, organisation=town.youth, label="En annan"
    )
    assert [one.text for one in answers_for(caretaker.viewer)] == ["Bommen är lagad."]
    assert not answers_for(viewer_of_link(other)).exists()
    assert not visible(caretaker.viewer, Report).exists()


def test_the_answer_is_mailed_where_an_address_was_left(
    send, desk, django_capture_on_commit_callbacks
):
    report = send(contact_email="jag@exempel.se")
    with django_capture_on_commit_callbacks(execute=True):
        answer_reporter(actor=desk, report=report, text="Bommen är lagad.")
    assert [one.to for one in mail.outbox] == [["jag@exempel.se"]]
    assert Answer.objects.get().mailed_at is not None


def test_the_answer_is_guarded_too(send, desk):
    with pytest.raises(GuardRefused):
        answer_reporter(actor=desk, report=send(), text="Det var 19121212-1212")
    with pytest.raises(UserError):
        answer_reporter(actor=desk, report=send(), text="  ")
    assert Answer.objects.count() == 0


@pytest.mark.clause("K04")
def test_who_sent_it_is_seen_by_the_coordinator_only_and_that_is_logged(send, desk, cast):
    report = send(actor=cast.fritidsledaren.viewer)
    identity, link = show_reporter(actor=desk, report=report)
    assert identity.user == cast.fritidsledaren.user
    assert link is None
    assert AuditEntry.objects.filter(verb="report.reporter_seen").count() == 1
    for actor in (cast.kommunpolisen, cast.sakerhetschefen, cast.socialtjansten, cast.framlingen):
        assert not visible(actor.viewer, ReporterIdentity).exists()
        with pytest.raises(NotAllowed):
            show_reporter(actor=actor.viewer, report=report)


def test_what_is_looked_at_no_longer_waits(send, desk, town):
    reports = [send(), send()]
    send(kind="nothing", category_key="NOLL")
    assert reports_to_look_at(desk, town.lulea).count() == 2
    assert mark_seen(actor=desk, reports=reports) == 2
    assert mark_seen(actor=desk, reports=reports) == 0
    assert reports_to_look_at(desk, town.lulea).count() == 0
    with pytest.raises(UserError):
        set_status(actor=desk, report=reports[0], status="lost")


@pytest.mark.parametrize(
    "name", ["fritidsledaren", "fastighetsbolaget", "kommunpolisen", "framlingen", "lasaren"]
)
def test_nobody_else_works_at_the_desk(send, cast, name, lamps):
    first, second = send(), send()
    actor = getattr(cast, name).viewer
    for act in (
        lambda: correct_category(actor=actor, report=first, category_key="UNGD"),
        lambda: merge_reports(actor=actor, report=first, into=second),
        lambda: route_quick_fix(actor=actor, report=first, recipient=lamps),
        lambda: answer_reporter(actor=actor, report=first, text="Hej"),
        lambda: mark_seen(actor=actor, reports=[first]),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize("rows", [10, 1000])
def test_a_list_costs_the_same_however_long(
    desk, town, draft, send, rows, django_assert_max_num_queries
):
    first = send()
    Report.objects.bulk_create(copy_of(first) for _ in range(rows - 1))
    with django_assert_max_num_queries(1):
        found = list(for_list(visible(desk, Report)))
    assert len(found) == rows
    assert {one.where for one in found} == {"Badplatsen"}
    with django_assert_max_num_queries(9):
        list(with_history(visible(desk, Report)))


def copy_of(report):
    fields = {
        one.attname: getattr(report, one.attname)
        for one in Report._meta.concrete_fields
        if not one.primary_key
    }
    return Report(**{**fields, "idempotency_key": uuid.uuid4()})


def test_a_draft_is_not_changed_by_being_sent(draft, send):
    before = replace(draft)
    send()
    assert draft == before
