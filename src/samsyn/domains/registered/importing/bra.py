"""Figures from Brå: final ones replace preliminary ones, and what was replaced is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samsyn.base.access import Viewer
from samsyn.base.audit.log import record
from samsyn.base.jobs.imports import STEP, Importer
from samsyn.base.jobs.models import Job
from samsyn.base.jobs.work import Progress
from samsyn.domains.registered.models import BraFigure
from samsyn.formats.base import ReadResult
from samsyn.formats.bra import BraRow, read_bra

VALUES = ("preliminary", "count", "per_100k", "share", "lower", "upper", "missing")
Key = tuple[Any, ...]


def read(source: Path | bytes, parameters: dict[str, Any]) -> ReadResult[BraRow]:
    return read_bra(source, year=parameters.get("year"), offence=parameters.get("offence"))


def write(result: ReadResult[BraRow], job: Job, progress: Progress) -> dict[str, Any]:
    """Write the figures step by step; a preliminary figure never replaces a final one."""
    figures = {"new": 0, "revised": 0, "unchanged": 0, "final_kept": 0}
    rows = list(
        {key_of(figure): figure for figure in (figure_of(row, job) for row in result.rows)}.values()
    )
    for start in range(0, len(rows), STEP):
        progress.tell(start, len(rows))
        with transaction.atomic():
            write_step(rows[start : start + STEP], job, figures)
    with transaction.atomic():
        record(
            progress.actor, "registered.imported", job, organisation=job.organisation_id, **figures
        )
    progress.tell(len(rows), len(rows))
    return figures


def write_step(rows: list[BraFigure], job: Job, figures: dict[str, int]) -> None:
    """Write some figures in one transaction, and add to the counts."""
    current = BraFigure.objects.filter(
        is_current=True,
        region__in={row.region for row in rows},
        year__in={row.year for row in rows},
    )
    known = {key_of(figure): figure for figure in current}
    new: list[BraFigure] = []
    replaced: list[int] = []
    for row in rows:
        before = known.get(key_of(row))
        outcome = compare(before, row)
        figures[outcome] += 1
        if outcome == "revised" and before is not None:
            replaced.append(before.pk)
            row.revision = before.revision + 1
        if outcome in {"new", "revised"}:
            new.append(row)
    if not job.dry_run:
        BraFigure.objects.filter(pk__in=replaced).update(is_current=False)
        BraFigure.objects.bulk_create(new, batch_size=STEP)


def compare(before: BraFigure | None, row: BraFigure) -> str:
    """Tell what the row is beside the figure that stands: new, revised, unchanged or final_kept."""
    if before is None:
        return "new"
    if all(getattr(before, name) == getattr(row, name) for name in VALUES):
        return "unchanged"
    return "final_kept" if row.preliminary and not before.preliminary else "revised"


def key_of(figure: BraFigure) -> Key:
    """Return what makes two figures the same figure."""
    return (
        figure.source, figure.region, figure.offence, figure.offence_id,
        figure.period_kind, figure.year, figure.period,
    )  # fmt: skip


def figure_of(row: BraRow, job: Job) -> BraFigure:
    """Return the figure that the row describes, not saved."""
    return BraFigure(
        source=row.source,
        municipality_code=row.municipality_code or "",
        region=row.region[:120],
        offence=row.offence[:250],
        offence_id=row.offence_id or "",
        level=row.level,
        parent=(row.parent or "")[:250],
        period_kind=row.period_kind,
        year=row.year,
        period=row.period,
        preliminary=row.preliminary,
        count=row.count,
        per_100k=row.per_100k,
        share=row.share,
        lower=row.lower,
        upper=row.upper,
        missing=(row.missing or "")[:60],
        job=job,
    )


def undo(job: Job, actor: Viewer) -> dict[str, Any]:
    """Take back: the job's figures go, and those they replaced stand again."""
    restored = 0
    figures = list(BraFigure.objects.filter(job=job))
    BraFigure.objects.filter(job=job).delete()
    for figure in figures:
        if figure.is_current and figure.revision > 1:
            same = dict(zip(KEY_FIELDS, key_of(figure), strict=True))
            before = BraFigure.objects.filter(**same).order_by("-revision").first()
            if before is not None:
                BraFigure.objects.filter(pk=before.pk).update(is_current=True)
                restored += 1
    record(actor, "registered.undone", job, organisation=job.organisation_id, removed=len(figures))
    return {"removed": len(figures), "restored": restored}


KEY_FIELDS = ("source", "region", "offence", "offence_id", "period_kind", "year", "period")

IMPORTER = Importer("import.bra", _("Siffror från Brå"), read, write, undo)
