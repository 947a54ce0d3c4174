"""Long work: taken once, told of, stopped, undone once."""

import pytest

from samsyn.base.access import SYSTEM
from samsyn.base.errors import UserError
from samsyn.base.jobs import work
from samsyn.base.jobs.models import Job, JobState

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind(monkeypatch):
    """A kind of work that counts how often it runs and is undone."""
    calls = []

    def run(job, progress):
        calls.append("run")
        progress.tell(1, 2)
        if job.parameters.get("fail"):
            raise UserError("Filen är tom.")
        progress.tell(2, 2)
        return {"rows": 2}

    monkeypatch.setitem(
        work._kinds, "test", work.Kind("test", "Prov", run, lambda job, actor: {"removed": 2})
    )
    return calls


def test_a_job_runs_once_and_keeps_its_result(kind):
    job = work.create_job(actor=SYSTEM, kind="test")
    work.run_job(job)
    work.run_job(Job.objects.get())
    job.refresh_from_db()
    assert (kind, job.state, job.done, job.total, job.summary) == (
        ["run"],
        JobState.DONE,
        2,
        2,
        {"rows": 2},
    )


def test_a_user_error_is_kept_as_the_jobs_message(kind):
    job = work.create_job(actor=SYSTEM, kind="test", parameters={"fail": True})
    with pytest.raises(UserError):
        work.run_job(job)
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.FAILED, "Filen är tom.")


def test_a_job_that_waits_can_be_cancelled_and_never_runs(kind):
    job = work.create_job(actor=SYSTEM, kind="test")
    work.cancel_job(actor=SYSTEM, job=job)
    work.run_job(job)
    assert kind == []
    assert Job.objects.get().state == JobState.CANCELLED


def test_a_running_job_stops_at_its_next_step(kind):
    job = work.create_job(actor=SYSTEM, kind="test")
    Job.objects.update(cancel_wanted=True)
    work.run_job(job)
    assert Job.objects.get().state == JobState.CANCELLED


def test_undoing_works_once(kind):
    job = work.run_job(work.create_job(actor=SYSTEM, kind="test"))
    assert work.undo_job(actor=SYSTEM, job=job).summary["undone"] == {"removed": 2}
    with pytest.raises(UserError):
        work.undo_job(actor=SYSTEM, job=job)


def test_a_dry_run_has_nothing_to_undo(kind):
    job = work.run_job(work.create_job(actor=SYSTEM, kind="test", dry_run=True))
    with pytest.raises(UserError):
        work.undo_job(actor=SYSTEM, job=job)


def test_the_queue_runs_what_waits(kind, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        work.enqueue_job(work.create_job(actor=SYSTEM, kind="test"))
    assert Job.objects.get().state == JobState.DONE
