"""Bulk import of earlier reports, for a municipality that starts with a list behind it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.base import clock
from samsyn.base.access import SYSTEM, Viewer, require
from samsyn.base.audit.log import record
from samsyn.base.errors import UserError
from samsyn.base.geo.models import Place
from samsyn.base.jobs.imports import Importer
from samsyn.base.jobs.models import Job
from samsyn.base.jobs.work import Progress
from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.guarding import read_text
from samsyn.domains.reports.models import Report, Source
from samsyn.domains.reports.models.report import NOTE_LENGTH
from samsyn.domains.reports.rules import CategoryChoice, kind_of
from samsyn.domains.reports.selectors.categories import categories_of
from samsyn.domains.reports.services.intake import tidy
from samsyn.formats.base import ReadResult, RowError
from samsyn.formats.earlier_reports import EarlierReportRow, read_earlier_reports

BATCH = 500
# The namespace of the keys: the same row of the same municipality is always the same report.
KEYS = uuid.UUID("5f1cf4b4-7f0f-4c64-9d0c-4a0d5e4f6d11")


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


def read(source: Path | bytes, parameters: dict[str, Any]) -> ReadResult[EarlierReportRow]:
    """Read the list with the category names of the municipality (key `municipality`).

    The list is read where it comes in and never stored: its notes are not checked yet.
    """
    place = Organisation.objects.filter(pk=parameters.get("municipality") or 0).first()
    names = {one.name: key for key, one in categories_by_key(place).items()} if place else None
    return read_earlier_reports(source, categories=names)


def categories_by_key(municipality: Organisation) -> dict[str, CategoryChoice]:
    """Return the municipality's categories by their keys."""
    return {one.key: one for one in categories_of(municipality)}


def write(result: ReadResult[EarlierReportRow], job: Job, progress: Progress) -> dict[str, Any]:
    """Store the rows; a dry run stores nothing.

    The parameter `organisation` (key) says whose reports they were; default the municipality's own.
    A note or place that the guard stops is left out and listed, the rest of the row is kept. A row
    with the same content as one that was read before is not stored again.

    Raises NotAllowed, or UserError where the municipality or organisation is missing.
    """
    run = begin(job, progress.actor)
    for start in range(0, len(result.rows), BATCH):
        store_batch(run, result.rows[start : start + BATCH])
        progress.tell(min(start + BATCH, len(result.rows)), len(result.rows))
    result.errors.extend(run.faults)
    return {
        "new": run.stored,
        "unchanged": run.known,
        "texts_left_out": len(run.faults),
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
        categories=categories_by_key(municipality),
        places={
            one.name.casefold(): one for one in Place.objects.filter(municipality=municipality)
        },
    )


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
        kind=kind_of(row.category),
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


def undo(job: Job, actor: Viewer) -> dict[str, Any]:
    """Take back the reports of one import, with all that was done to them."""
    assert job.organisation is not None
    require(actor, "reports.import", job.organisation)
    rows = Report.objects.filter(import_job=job)
    count = rows.count()
    rows.delete()
    record(actor, "reports.import_undone", job, organisation=job.organisation_id, rows=count)
    return {"removed": count}


IMPORTER = Importer("import.earlier-reports", gettext_lazy("Tidigare rapporter"), read, write, undo)
