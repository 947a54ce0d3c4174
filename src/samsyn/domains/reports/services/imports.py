"""Bulk import of earlier reports, for a municipality that starts with a list behind it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import SYSTEM, Viewer, require
from samsyn.base.audit.log import record
from samsyn.base.errors import UserError
from samsyn.base.files.store import remove_file
from samsyn.base.geo.models import Place
from samsyn.base.jobs.models import Job
from samsyn.base.jobs.work import Progress
from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.guarding import read_text
from samsyn.domains.reports.models import Report, ReportKind, Source
from samsyn.domains.reports.models.report import NOTE_LENGTH
from samsyn.domains.reports.rules import EVENT, NOTHING, UNSAFE, CategoryChoice
from samsyn.domains.reports.selectors.categories import categories_of
from samsyn.domains.reports.services.intake import tidy
from samsyn.formats.base import FormatError, ReadResult, RowError
from samsyn.formats.earlier_reports import EarlierReportRow, read_earlier_reports

KIND = "import.earlier-reports"
BATCH = 500
# The namespace of the keys: the same row of the same municipality is always the same report.
KEYS = uuid.UUID("5f1cf4b4-7f0f-4c64-9d0c-4a0d5e4f6d11")
KIND_BY_CATEGORY = {
    NOTHING: ReportKind.NOTHING,
    EVENT: ReportKind.PLANNED_EVENT,
    UNSAFE: ReportKind.UNSAFE_PLACE,
}


@dataclass
class EarlierImport:
    """One run: whose reports they were, the categories and places to match, and what has been found."""

    job: Job
    municipality: Organisation
    organisation: Organisation
    categories: dict[str, CategoryChoice]
    places: dict[str, Place]
    faults: list[RowError] = field(default_factory=list)
    stored: int = 0
    known: int = 0


def import_earlier_reports(job: Job, progress: Progress) -> dict[str, Any]:
    """Read the job's file and store its rows; a dry run stores nothing.

    The parameter `organisation` (key) says whose reports they were; default the municipality's own.
    A note or place that the guard stops is left out and listed, the rest of the row is kept. A row
    with the same content as one that was read before is not stored again. The file itself is removed
    after a real run: its notes were never checked.

    Raises NotAllowed, UserError for a missing or unreadable file.
    """
    run = begin(job, progress.actor)
    result = read_rows(run)
    try:
        for start in range(0, len(result.rows), BATCH):
            store_batch(run, result.rows[start : start + BATCH])
            progress.tell(min(start + BATCH, len(result.rows)), len(result.rows))
    finally:
        if not job.dry_run:
            forget_file(job, progress.actor)
    progress.keep_errors([*result.errors, *run.faults])
    return {
        "rows": len(result.rows),
        "stored": run.stored,
        "already_known": run.known,
        "errors": len(result.errors),
        "texts_left_out": len(run.faults),
        "notes": list(result.notes),
    }


def begin(job: Job, actor: Viewer) -> EarlierImport:
    """Return the run with what it needs; NotAllowed or UserError where it may not or cannot start."""
    municipality = job.organisation
    if municipality is None or not municipality.is_municipality:
        raise UserError(_("Välj vilken kommun rapporterna gäller."))
    require(actor, "reports.import", municipality)
    key = job.parameters.get("organisation") or municipality.pk
    organisation = Organisation.objects.filter(pk=key).first()
    if organisation is None:
        raise UserError(_("Organisationen finns inte. Välj en i listan."))
    return EarlierImport(
        job=job,
        municipality=municipality,
        organisation=organisation,
        categories={one.key: one for one in categories_of(municipality)},
        places={
            one.name.casefold(): one for one in Place.objects.filter(municipality=municipality)
        },
    )


def read_rows(run: EarlierImport) -> ReadResult[EarlierReportRow]:
    """Return the rows of the file."""
    if run.job.file is None:
        raise UserError(_("Filen finns inte kvar. Ladda upp listan igen."))
    names = {one.name: key for key, one in run.categories.items()}
    try:
        return read_earlier_reports(run.job.file.path, categories=names)
    except FormatError as error:
        raise UserError(str(error)) from error


def store_batch(run: EarlierImport, rows: Iterable[EarlierReportRow]) -> None:
    """Store the rows that are new, in one transaction."""
    reports = {one.idempotency_key: one for one in (build_earlier(run, row) for row in rows)}
    known = set(
        Report.objects.filter(idempotency_key__in=reports).values_list("idempotency_key", flat=True)
    )
    fresh = [one for key, one in reports.items() if key not in known]
    run.stored, run.known = run.stored + len(fresh), run.known + len(known)
    if run.job.dry_run or not fresh:
        return
    with transaction.atomic():
        Report.objects.bulk_create(fresh)
        record(SYSTEM, "reports.imported", run.job, organisation=run.municipality, rows=len(fresh))


def build_earlier(run: EarlierImport, row: EarlierReportRow) -> Report:
    """Return the unsaved report of a row, its place matched by name and its texts guarded."""
    place = run.places.get(row.place.casefold())
    year, week, _day = row.start.astimezone(clock.SWEDEN).isocalendar()
    category = run.categories[row.category]
    content = "|".join(
        (
            str(run.organisation.pk),
            row.start.isoformat(),
            row.end.isoformat(),
            row.category,
            row.place,
            row.note,
        )
    )
    return Report(
        municipality=run.municipality,
        organisation=run.organisation,
        kind=KIND_BY_CATEGORY.get(row.category, ReportKind.INCIDENT),
        category_key=row.category,
        category_id=category.pk,
        place=place,
        place_text="" if place is not None else guarded(run, row, _("Plats"), row.place)[:120],
        longitude=place.longitude if place is not None else None,
        latitude=place.latitude if place is not None else None,
        area_id=place.area_id if place is not None else None,
        starts_at=row.start,
        ends_at=row.end,
        iso_year=year,
        iso_week=week,
        note=guarded(run, row, _("Notering"), row.note)[:NOTE_LENGTH],
        source=Source.IMPORT,
        received_at=row.start,
        idempotency_key=uuid.uuid5(KEYS, f"{run.municipality.pk}|{content}"),
        import_job=run.job,
        is_demo=run.municipality.is_demo,
    )


def guarded(run: EarlierImport, row: EarlierReportRow, column: str, text: str) -> str:
    """Return the text, or nothing and a listed reason where the guard stops it; the text is not kept."""
    verdict = read_text(text, private=run.organisation.is_private)
    if verdict.may_be_stored:
        return tidy(text)
    reason = " ".join(one.why for one in verdict.blocking[:2])
    run.faults.append(RowError(row.row, column, "", _("Texten togs inte in. %s") % reason))
    return ""


def forget_file(job: Job, actor: Viewer) -> None:
    """Remove the uploaded list: it may hold what the guard would have stopped."""
    if job.file is not None:
        stored, job.file = job.file, None
        remove_file(actor=actor, stored=stored)


def forget_old_lists() -> str:
    """Remove lists that were only tried (dry runs) a day ago; regular work, safe to run twice."""
    limit = clock.now() - dt.timedelta(days=1)
    jobs = Job.objects.filter(kind=KIND, file__isnull=False, created_at__lt=limit).select_related(
        "file"
    )
    removed = 0
    for job in jobs:
        forget_file(job, SYSTEM)
        removed += 1
    return str(removed)


def undo_earlier_import(job: Job, actor: Viewer) -> dict[str, Any]:
    """Take back the reports of one import, with all that was done to them."""
    assert job.organisation is not None
    require(actor, "reports.import", job.organisation)
    rows = Report.objects.filter(import_job=job)
    count = rows.count()
    rows.delete()
    record(actor, "reports.import_undone", job, organisation=job.organisation_id, rows=count)
    return {"removed": count}
