"""What a finished picture proves, and what a picture says it does not know."""

import datetime as dt

import pytest

from samsyn.domains.situation.numbers import gather, scope_of
from samsyn.domains.situation.weeks import Week

WEEK = Week(2026, 20)


def gaps_of(organisation, week=WEEK):
    return gather(scope_of(organisation), week).gaps


def test_an_organisation_that_usually_reports_and_has_not_is_silent(report, town):
    for week in range(5, 18):
        report("UNGD", sender=town.youth, week=week)
        report("SKAD", sender=town.housing, week=week)
    for week in range(18, 21):
        report("SKAD", sender=town.housing, week=week)
    silent = [gap for gap in gaps_of(town.lulea) if gap.kind == "silent"]
    assert [(gap.who, gap.weeks) for gap in silent] == [("Fritidsgården Björken", 3)]


def test_nothing_to_report_is_not_silence(report, town):
    for week in range(5, 21):
        report("NOLL", sender=town.youth, week=week, kind="nothing")
    assert not [gap for gap in gaps_of(town.lulea) if gap.kind == "silent"]


@pytest.mark.clause("K05")
def test_a_police_list_that_should_have_come_is_missed(db, town, settings):
    from samsyn.base.jobs.models import Job
    from samsyn.domains.registered.models import ImportProfile, PoliceListMonth

    settings.DEMO, settings.DEMO_CLOCK = True, "2026-05-18T08:00:00+02:00"
    ImportProfile.objects.create(police_area=town.police, name="lista", profile={}, due_day=10)
    PoliceListMonth.objects.create(
        municipality=town.lulea, police_area=town.police, month=202603, sha256="", rows=1,
        job=Job.objects.create(kind="x"),
    )  # fmt: skip
    missing = [gap for gap in gaps_of(town.lulea) if gap.kind == "missing_list"]
    assert [(gap.month, gap.day) for gap in missing] == [((2026, 4), 10)]


def test_a_week_that_is_not_over_says_so(report, town, settings):
    settings.DEMO, settings.DEMO_CLOCK = True, "2026-05-14T08:00:00+02:00"
    report("SKAD")
    assert gaps_of(town.lulea)[0].kind == "week_not_over"
    settings.DEMO_CLOCK = "2026-05-18T00:00:00+02:00"
    assert "week_not_over" not in {gap.kind for gap in gaps_of(town.lulea)}


def test_half_a_week_is_never_fewer_than_usual(unwritten, busy_town, town, settings):
    from samsyn.domains.reports.models import Report
    from samsyn.domains.situation.draft import write_sentences

    Report.objects.filter(iso_week=20).exclude(starts_at__iso_week_day=1).delete()
    settings.DEMO, settings.DEMO_CLOCK = True, "2026-05-11T23:00:00+02:00"
    numbers = gather(scope_of(town.lulea), WEEK)
    told = {(one.section, one.key): one.text for one in write_sentences(numbers)}
    assert (
        told["level", "normal"]
        == "Veckan är inte slut än. Därför jämförs den inte med andra veckor."
    )
    assert ("new", "change") not in told
    assert not [text for text in told.values() if "färre" in text]


def test_old_police_events_are_no_calm(police_event, town):
    police_event(1, "2026-05-03T10:00")
    gap = next(gap for gap in gaps_of(town.lulea) if gap.kind == "old_events")
    assert gap.who == "2026-05-03"


def test_the_municipalitys_open_assignments_are_in_its_own_picture_only(finished, cast, town):
    assert gather(scope_of(town.lulea), WEEK).assignments is None
    assert gather(scope_of(town.police), WEEK).assignments is None


@pytest.mark.clause("K08", "H05")
def test_a_finished_picture_is_told_to_the_agreements(finished, cast, monkeypatch):
    from samsyn.domains.situation.services import finishing, record_delivery

    told = []
    monkeypatch.setattr(finishing, "record_evidence", lambda **facts: told.append(facts))
    record_delivery(actor=cast.samordnaren.viewer, version=finished.versions.get(), form="shown")
    finishing.tell_that_finished(cast.samordnaren.viewer, finished)
    presented, done = told
    assert (presented["kind"], done["kind"]) == ("picture_presented", "picture_finished")
    assert done["on"] == dt.date(2026, 5, 17)
    assert done["document_kind"] == "weekly_picture"
    assert done["link"].key == str(finished.pk)
