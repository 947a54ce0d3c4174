"""Reading a file in: first read whole, then written in steps, as one job that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samsyn.base.access.viewer import Viewer
from samsyn.base.errors import UserError
from samsyn.base.jobs.models import Job
from samsyn.base.jobs.work import Kind, Progress, create_job, register_kind, run_job
from samsyn.base.orgs.models import Organisation
from samsyn.formats.base import FormatError, ReadResult

STEP = 2_000

Parameters = dict[str, Any]


@dataclass(frozen=True)
class Importer:
    """One kind of file: how it is read (nothing stored), written (in steps) and taken back.

    `write` returns figures for the summary; in a dry run it counts and writes nothing.
    """

    kind: str
    label: str | Promise
    read: Callable[[Path | bytes, Parameters], ReadResult[Any]]
    write: Callable[[ReadResult[Any], Job, Progress], dict[str, Any]]
    undo: Callable[[Job, Viewer], dict[str, Any]]


_importers: dict[str, Importer] = {}


def register_importer(importer: Importer) -> None:
    """Register the kind of file, and the kind of job that reads it."""
    _importers[importer.kind] = importer
    register_kind(
        Kind(importer.kind, importer.label, partial(read_stored_file, importer), importer.undo)
    )


def importer_of(kind: str) -> Importer:
    """Return the importer called `kind`; LookupError where there is none."""
    return _importers[kind]


def read_stored_file(importer: Importer, job: Job, progress: Progress) -> dict[str, Any]:
    """Read the job's stored file and write its rows. An unreadable file is the user's to mend."""
    if job.file is None:
        raise UserError(_("Filen finns inte kvar. Läs in den igen."))
    try:
        result = importer.read(job.file.path, job.parameters)
    except FormatError as error:
        raise UserError(str(error)) from error
    return write_result(importer, result, job, progress)


def write_result(
    importer: Importer, result: ReadResult[Any], job: Job, progress: Progress
) -> dict[str, Any]:
    """Write what was read, keep the row errors, and return the summary of both."""
    figures = importer.write(result, job, progress)
    errors = progress.keep_errors(result.errors)
    return {
        "file": {
            "name": result.facts.name,
            "sha256": result.facts.sha256,
            "size": result.facts.size,
        },
        "rows": len(result.rows),
        "errors": errors,
        "warnings": len(result.warnings),
        "notes": list(result.notes),
        **{f"read_{key}": value for key, value in result.counts.items() if key != "rows"},
        **figures,
    }


def import_now(
    *,
    actor: Viewer,
    kind: str,
    source: Path | bytes,
    organisation: Organisation | None = None,
    parameters: Parameters | None = None,
    dry_run: bool = False,
    listener: Callable[[int, int], None] | None = None,
) -> Job:
    """Read `source` here and now, without keeping the file. Nothing is changed where it cannot be read.

    Raises FormatError for a file that is not of this kind, UserError for what the user can mend.
    """
    importer = importer_of(kind)
    result = importer.read(source, parameters or {})
    job = create_job(
        actor=actor, kind=kind, organisation=organisation, parameters=parameters, dry_run=dry_run
    )
    return run_job(
        job,
        listener=listener,
        run=lambda job, progress: write_result(importer, result, job, progress),
    )
