"""Reading areas in from GeoJSON or GeoPackage: an edition with a date; points become named places."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.base import clock
from samsyn.base.access.viewer import Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import UserError
from samsyn.base.geo.models import Area, AreaKind, Edition, Place
from samsyn.base.jobs.imports import STEP, Importer, Parameters
from samsyn.base.jobs.models import Job
from samsyn.base.jobs.work import Progress
from samsyn.base.orgs.models import Organisation
from samsyn.formats.areas import AreaRow, read_areas
from samsyn.formats.base import ReadResult


def read(source: Path | bytes, parameters: Parameters) -> ReadResult[AreaRow]:
    """Read the areas of the file; the name and code fields may be given."""
    return read_areas(
        source, name_field=parameters.get("name_field"), code_field=parameters.get("code_field")
    )


def write(result: ReadResult[AreaRow], job: Job, progress: Progress) -> dict[str, Any]:
    """Write the municipality's areas as editions, and its points as named places, in one step."""
    if job.organisation is None:
        raise UserError(_("Säg vilken kommun områdena hör till."))
    municipality = job.organisation
    rows = [
        row
        for row in result.rows
        if row.municipality_code in {None, municipality.municipality_code}
    ]
    progress.tell(0, len(rows))
    figures: dict[str, Any] = {"elsewhere": len(result.rows) - len(rows), "areas": 0, "places": 0}
    with transaction.atomic():
        for kind in AreaKind:
            wanted = [row for row in rows if kind_of(row) == kind]
            figures["areas"] += len(wanted)
            if wanted and not job.dry_run:
                write_edition(municipality, kind, wanted, result.facts.name, job)
        points = [row for row in rows if kind_of(row) is None]
        figures["places"] = len(points)
        if not job.dry_run:
            write_places(municipality, points)
        record(progress.actor, "areas.imported", job, organisation=municipality, **figures)
    progress.tell(len(rows), len(rows))
    return figures


def kind_of(row: AreaRow) -> AreaKind | None:
    """Return the kind of area; None for a point, which is a named place."""
    if row.kind == "place":
        return None
    return AreaKind(row.kind) if row.kind in set(AreaKind) else AreaKind.DISTRICT


def write_edition(
    municipality: Organisation, kind: AreaKind, rows: list[AreaRow], source: str, job: Job
) -> None:
    """Write one edition; the same kind and date again is a mistake that the user must sort out."""
    day = dt.date.fromisoformat(job.parameters.get("valid_from") or clock.today().isoformat())
    if Edition.objects.filter(municipality=municipality, kind=kind, valid_from=day).exists():
        raise UserError(
            _(
                "Det finns redan en utgåva av %(kind)s från %(day)s. Ångra den först, eller ange ett annat datum."
            )
            % {"kind": kind.label, "day": day.isoformat()}
        )
    edition = Edition.objects.create(
        municipality=municipality, kind=kind, valid_from=day, source=source[:200], job=job
    )
    Area.objects.bulk_create(
        (
            Area(
                edition=edition,
                code=row.code[:40],
                name=row.name[:120],
                longitude=row.lon,
                latitude=row.lat,
                geometry=row.geometry.wkb,
            )
            for row in rows
        ),
        batch_size=STEP,
    )


def write_places(municipality: Organisation, rows: list[AreaRow]) -> None:
    """Add the named places; one that exists gets the new position."""
    for row in rows:
        Place.objects.update_or_create(
            municipality=municipality,
            name=row.name[:120],
            defaults={"longitude": row.lon, "latitude": row.lat},
        )


def undo(job: Job, actor: Viewer) -> dict[str, Any]:
    """Take the editions back. Named places stay: reports may already point at them."""
    editions = Edition.objects.filter(job=job)
    removed = Area.objects.filter(edition__in=editions).count()
    editions.delete()
    record(actor, "areas.removed", job, organisation=job.organisation_id, removed=removed)
    return {"removed": removed}


IMPORTER = Importer("import.areas", gettext_lazy("Områden och platser"), read, write, undo)
