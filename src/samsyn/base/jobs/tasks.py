"""The one task that the queue knows: run a job that waits."""

from __future__ import annotations

import logging

from django_tasks import task

from samsyn.base.errors import UserError
from samsyn.base.jobs.models import Job
from samsyn.base.jobs.work import run_job

log = logging.getLogger(__name__)


@task()
def run_waiting_job(job_id: str) -> None:
    """Run the job; a user error is kept in the job and is no failure of the queue."""
    job = Job.objects.filter(pk=job_id).first()
    if job is None:
        return
    try:
        run_job(job)
    except UserError as error:
        log.info("Job %s ended: %s", job_id, error)
