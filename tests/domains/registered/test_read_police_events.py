"""The police's events are read in: once each, with their own time and place, changes kept as versions."""

import pytest

from samsyn.base.access import SYSTEM
from samsyn.base.audit.models import AuditEntry
from samsyn.base.jobs.imports import import_now
from samsyn.base.jobs.models import Job
from samsyn.base.jobs.work import undo_job
from samsyn.domains.registered.models import PoliceEvent
from samsyn.formats.base import FormatError

pytestmark = pytest.mark.django_db


def read(path, **how):
    return import_now(actor=SYSTEM, kind="import.police-events", source=path, **how)


@pytest.mark.clause("H05")
def test_an_event_stands_at_its_own_time_and_in_its_municipality(events_file):
    read(
        events_file(
            {"name": "31 december 23.50, Brand, Boden", "datetime": "2027-01-01 01:10:00 +01:00"}
        )
    )
    event = PoliceEvent.objects.get()
    assert event.event_at.isoformat().startswith("2026-12-31T22:50")
    assert (event.iso_year, event.iso_week) == (2026, 53)
    assert event.municipality_code == "2580"  # the location is a municipality, so it decides


def test_the_same_file_twice_changes_nothing(events_file):
    path = events_file({"id": 1}, {"id": 2})
    assert read(path).summary["new"] == 2
    again = read(path).summary
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 2)


@pytest.mark.clause("C04")
def test_what_the_police_change_is_kept_as_a_version_and_can_be_undone(events_file):
    read(events_file({"summary": "[Påhittad] Först."}))
    job = read(events_file({"summary": "[Påhittad] Sedan."}))
    event = PoliceEvent.objects.get()
    assert (event.version, event.summary) == (2, "[Påhittad] Sedan.")
    assert event.versions.get().content["summary"] == "[Påhittad] Först."

    undo_job(actor=SYSTEM, job=job)
    event.refresh_from_db()
    assert (event.version, event.summary) == (1, "[Påhittad] Först.")
    assert not event.versions.exists()


def test_summaries_are_marked(events_file):
    read(
        events_file(
            {"type": "Sammanfattning natt", "name": "14 maj 07.00, Sammanfattning natt, Luleå"}
        )
    )
    assert PoliceEvent.objects.get().is_summary


def test_a_dry_run_counts_and_writes_nothing(events_file):
    assert read(events_file({}), dry_run=True).summary["new"] == 1
    assert not PoliceEvent.objects.exists()


def test_undoing_takes_the_new_events_away_again(events_file):
    read(events_file({"id": 1}))
    job = read(events_file({"id": 1}, {"id": 2}))
    undo_job(actor=SYSTEM, job=job)
    assert list(PoliceEvent.objects.values_list("police_id", flat=True)) == [1]


def test_a_bad_row_is_told_and_the_rest_is_read(events_file):
    job = read(events_file({"id": 1}, {"id": "x"}, {"id": 3}))
    assert job.summary["new"] == 2
    assert job.errors.get().reason


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2", b"\x00\x01\x02", b'{"a": 1}', b"hej"])
def test_a_file_of_another_kind_changes_nothing(content):
    logged = AuditEntry.objects.count()
    with pytest.raises(FormatError):
        read(content)
    assert not Job.objects.exists()
    assert AuditEntry.objects.count() == logged


@pytest.mark.slow
def test_the_whole_archive_goes_through(shared):
    job = read(shared / "data" / "polisen_events.json.gz")
    assert job.summary["new"] == 84_927
    assert job.summary["errors"] == 0
    assert PoliceEvent.objects.exclude(municipality_code="").count() > 60_000
