"""Starting, running, cancelling and undoing long work. Each kind registers how it is run and undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access.viewer import SYSTEM, Viewer, viewer_for
from samsyn.base.audit.log import record
from samsyn.base.errors import UserError
from samsyn.base.files.models import StoredFile
from samsyn.base.jobs.models import Job, JobError, JobState
from samsyn.base.orgs.models import Organisation

ERRORS_KEPT = 10_000


class Cancelled(Exception):
    """Somebody asked for the work to stop; what was written in whole steps stays until it is undone."""


class RowFault(Protocol):
    """A row error as the readers of `samsyn.formats` give it."""

    @property
    def row(self) -> int: ...
    @property
    def column(self) -> str | None: ...
    @property
    def value(self) -> str: ...
    @property
    def reason(self) -> str: ...


class Progress:
    """What the running work tells: how far it is, which rows failed. Asks whether to stop."""

    def __init__(
        self, job: Job, actor: Viewer, listener: Callable[[int, int], None] | None = None
    ) -> None:
        self.job = job
        self.actor = actor
        self._listener = listener

    def tell(self, done: int, total: int, message: str = "") -> None:
        """Show that `done` of `total` steps are ready; raises Cancelled where a stop is wanted.

        Call it between transactions, so that others can see it.
        """
        if self._listener is not None:
            self._listener(done, total)
        changes: dict[str, Any] = {"done": done, "total": total}
        if message:
            changes["message"] = message[:500]
        Job.objects.filter(pk=self.job.pk).update(**changes)
        if Job.objects.filter(pk=self.job.pk, cancel_wanted=True).exists():
            raise Cancelled

    def keep_errors(self, faults: Iterable[RowFault]) -> int:
        """Keep the row errors (the first 10,000) for download; returns how many there were."""
        rows = [
            JobError(
                job=self.job,
                row=fault.row,
                column=(fault.column or "")[:80],
                value=fault.value[:120],
                reason=fault.reason[:300],
            )
            for fault in faults
        ]
        JobError.objects.bulk_create(rows[:ERRORS_KEPT], batch_size=500)
        return len(rows)


@dataclass(frozen=True)
class Kind:
    """How one kind of work is run and undone. `run` returns the summary that is kept and shown."""

    name: str
    label: str | Promise
    run: Callable[[Job, Progress], dict[str, Any]]
    undo: Callable[[Job, Viewer], dict[str, Any]] | None = None


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Register a kind of work at start-up."""
    _kinds[kind.name] = kind


def kind_of(job: Job) -> Kind:
    """Return the kind of `job`; LookupError where the program no longer knows it."""
    return _kinds[job.kind]


def create_job(
    *,
    actor: Viewer,
    kind: str,
    organisation: Organisation | None = None,
    file: StoredFile | None = None,
    parameters: dict[str, Any] | None = None,
    dry_run: bool = False,
) -> Job:
    """Create the job, with its line in the log, without starting it."""
    if kind not in _kinds:
        raise LookupError(f"No kind of work is called {kind}.")
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind,
            organisation=organisation,
            started_by_id=actor.user,
            started_by_label=actor.label,
            file=file,
            parameters=parameters or {},
            dry_run=dry_run,
        )
        record(actor, "job.created", job, organisation=organisation, kind=kind, dry_run=dry_run)
    return job


def enqueue_job(job: Job) -> None:
    """Hand the job to the workers when the transaction around is committed."""
    from samsyn.base.jobs.tasks import run_waiting_job

    transaction.on_commit(lambda: run_waiting_job.enqueue(str(job.pk)))


def actor_of(job: Job) -> Viewer:
    """Return the viewer on whose behalf the job runs."""
    return viewer_for(job.started_by) if job.started_by is not None else SYSTEM


def run_job(
    job: Job,
    *,
    listener: Callable[[int, int], None] | None = None,
    run: Callable[[Job, Progress], dict[str, Any]] | None = None,
) -> Job:
    """Run the job here and now. A job that somebody has already taken is left alone.

    `run` stands in for the kind's own where the caller has read the file already.

    UserErrors end it as failed with the message kept; other errors too, and are raised again.
    """
    taken = Job.objects.filter(pk=job.pk, state=JobState.WAITING).update(
        state=JobState.RUNNING, began_at=clock.now()
    )
    job.refresh_from_db()
    if not taken:
        return job
    progress = Progress(job, actor_of(job), listener)
    try:
        summary = (run or kind_of(job).run)(job, progress)
    except Cancelled:
        return end_job(job, JobState.CANCELLED, message=_("Arbetet avbröts."))
    except UserError as error:
        end_job(job, JobState.FAILED, message=str(error))
        raise
    except Exception:
        end_job(job, JobState.FAILED, message=_("Något gick fel i programmet. Felet är loggat."))
        raise
    return end_job(job, JobState.DONE, summary=summary)


def end_job(
    job: Job, state: JobState, *, message: str = "", summary: dict[str, Any] | None = None
) -> Job:
    """Write down how the job ended, with its line in the log."""
    with transaction.atomic():
        job.state, job.ended_at = state, clock.now()
        job.message = message[:500] or job.message
        job.summary = summary if summary is not None else job.summary
        job.save(update_fields=["state", "ended_at", "message", "summary"])
        record(actor_of(job), "job.ended", job, organisation=job.organisation_id, state=str(state))
    return job


def cancel_job(*, actor: Viewer, job: Job) -> None:
    """Ask the running job to stop at its next step; one that waits stops at once."""
    with transaction.atomic():
        record(actor, "job.cancelled", job, organisation=job.organisation_id)
        Job.objects.filter(pk=job.pk).update(cancel_wanted=True)
        Job.objects.filter(pk=job.pk, state=JobState.WAITING).update(
            state=JobState.CANCELLED, ended_at=clock.now()
        )


def undo_job(*, actor: Viewer, job: Job) -> Job:
    """Take back what the job wrote. Raises UserError where that cannot be done."""
    undo = kind_of(job).undo
    if undo is None or job.dry_run:
        raise UserError(_("Det här arbetet går inte att ångra: det ändrade ingenting."))
    with transaction.atomic():
        locked = Job.objects.select_for_update().get(pk=job.pk)
        if locked.state not in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}:
            raise UserError(_("Arbetet kan ångras först när det är klart, och bara en gång."))
        locked.summary = {**locked.summary, "undone": undo(locked, actor)}
        locked.state = JobState.UNDONE
        locked.save(update_fields=["summary", "state"])
        record(actor, "job.undone", locked, organisation=locked.organisation_id)
    return locked
