"""Police events from polisen.se: idempotent by the police's number, changes kept as versions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from samsyn.base.access import Viewer
from samsyn.base.audit.log import record
from samsyn.base.clock import SWEDEN
from samsyn.base.jobs.imports import STEP, Importer
from samsyn.base.jobs.models import Job
from samsyn.base.jobs.work import Progress
from samsyn.domains.registered.models import PoliceEvent, PoliceEventVersion
from samsyn.formats.base import ReadResult
from samsyn.formats.police_events import PoliceEventRow, read_police_events

# What the police may change; kept in the version that a change replaces.
CONTENT = (
    "event_at", "event_at_is_published", "published_at", "type", "title", "summary", "url",
    "location_name", "municipality_code", "county_code", "is_summary", "longitude", "latitude",
    "content_hash", "iso_year", "iso_week",
)  # fmt: skip


def read(source: Path | bytes, parameters: dict[str, Any]) -> ReadResult[PoliceEventRow]:
    return read_police_events(source)


def write(result: ReadResult[PoliceEventRow], job: Job, progress: Progress) -> dict[str, Any]:
    """Write the events step by step; returns how many were new, changed and unchanged."""
    figures = {"new": 0, "changed": 0, "unchanged": 0}
    total = len(result.rows)
    for start in range(0, total, STEP):
        progress.tell(start, total)
        with transaction.atomic():
            write_step(result.rows[start : start + STEP], job, figures)
    with transaction.atomic():
        record(
            progress.actor, "registered.imported", job, organisation=job.organisation_id, **figures
        )
    progress.tell(total, total)
    return figures


def write_step(rows: list[PoliceEventRow], job: Job, figures: dict[str, int]) -> None:
    """Write some events in one transaction, and add to the figures."""
    known = {
        event.police_id: event
        for event in PoliceEvent.objects.filter(police_id__in=[row.id for row in rows])
    }
    new = [event_of(row, job) for row in rows if row.id not in known]
    changed = [
        (known[row.id], row)
        for row in rows
        if row.id in known and known[row.id].content_hash != row.content_hash
    ]
    figures["new"] += len(new)
    figures["changed"] += len(changed)
    figures["unchanged"] += len(rows) - len(new) - len(changed)
    if not job.dry_run:
        PoliceEvent.objects.bulk_create(new, batch_size=STEP)
        replace_content(changed, job)


def event_of(row: PoliceEventRow, job: Job | None) -> PoliceEvent:
    """Return the event that the row describes, not saved."""
    year, week, _day = row.event_at.astimezone(SWEDEN).isocalendar()
    return PoliceEvent(
        police_id=row.id,
        event_at=row.event_at,
        event_at_is_published=row.event_at_source == "published",
        published_at=row.published_at,
        type=row.type[:120],
        title=row.title[:300],
        summary=row.summary,
        url=row.url[:400],
        location_name=row.location_name[:120],
        municipality_code=row.municipality_code or "",
        county_code=row.county_code or "",
        is_summary=row.is_summary,
        longitude=row.lon,
        latitude=row.lat,
        content_hash=row.content_hash,
        iso_year=year,
        iso_week=week,
        job=job,
    )


def replace_content(changed: list[tuple[PoliceEvent, PoliceEventRow]], job: Job) -> None:
    """Keep what the events said as versions, and write what they say now."""
    PoliceEventVersion.objects.bulk_create(
        PoliceEventVersion(
            event=event, version=event.version, content=content_of(event), replaced_by_job=job
        )
        for event, _row in changed
    )
    for event, row in changed:
        newer = event_of(row, job)
        for name in CONTENT:
            setattr(event, name, getattr(newer, name))
        event.version += 1
    PoliceEvent.objects.bulk_update([event for event, _row in changed], [*CONTENT, "version"], 200)


def content_of(event: PoliceEvent) -> dict[str, Any]:
    """Return what the event says, as JSON keeps it."""
    content = {name: getattr(event, name) for name in CONTENT}
    return content | {name: content[name].isoformat() for name in ("event_at", "published_at")}


def undo(job: Job, actor: Viewer) -> dict[str, Any]:
    """Take back: events that were new go, changed ones say again what they said.

    What a later reading has changed since stays as it is, and is counted as kept.
    """
    restored = kept = 0
    for version in PoliceEventVersion.objects.filter(replaced_by_job=job).select_related("event"):
        if version.event.version == version.version + 1:
            PoliceEvent.objects.filter(pk=version.event_id).update(
                **version.content, version=F("version") - 1
            )
            version.delete()
            restored += 1
        else:
            kept += 1
    new = PoliceEvent.objects.filter(job=job, version=1)
    removed = new.count()
    new.delete()
    kept += PoliceEvent.objects.filter(job=job).count()
    record(actor, "registered.undone", job, organisation=job.organisation_id, removed=removed)
    return {"removed": removed, "restored": restored, "kept": kept}


IMPORTER = Importer("import.police-events", _("Polisens händelser"), read, write, undo)
