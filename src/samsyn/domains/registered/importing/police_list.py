"""The police's monthly list: rows cleaned at the door, mapped to the council's categories (K05)."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.base import clock
from samsyn.base.access import SYSTEM, Viewer
from samsyn.base.audit.log import record
from samsyn.base.errors import UserError
from samsyn.base.geo.locate import AreaFinder, area_finder
from samsyn.base.jobs.imports import STEP, Importer
from samsyn.base.jobs.models import Job
from samsyn.base.jobs.work import Progress
from samsyn.base.links import Link
from samsyn.base.orgs.models import Organisation
from samsyn.domains.agreements.services.evidence import record_evidence, withdraw_of
from samsyn.domains.registered.mapping import CategoryMap, category_map
from samsyn.domains.registered.models import PoliceListMonth, RegisteredCrime
from samsyn.domains.registered.rules import compare_lists
from samsyn.formats.base import ReadResult, RowError
from samsyn.formats.police_list import PivotRow, PoliceListRow, Profile, read_police_list

Row = PoliceListRow | PivotRow


def row_secret() -> bytes:
    """Return the key of the row hashes: of this installation, so that no other can match them."""
    return hmac.new(settings.SECRET_KEY.encode(), b"police-list-rows", hashlib.sha256).digest()


def read(source: Path | bytes, parameters: dict[str, Any]) -> ReadResult[Row]:
    """Read the list by the profile in the parameters."""
    profile = Profile.from_json(parameters["profile"])
    return read_police_list(source, profile, secret=row_secret())


def write(result: ReadResult[Row], job: Job, progress: Progress) -> dict[str, Any]:
    """Write each municipality's months; a month that comes again replaces the one that stood."""
    police_area = Organisation.objects.get(pk=job.parameters["police_area"])
    sorted_rows, faults = sort_rows(result.rows, police_area, job.parameters)
    result.errors.extend(faults)
    result.errors.sort(key=lambda fault: fault.row)
    figures: dict[str, Any] = {"new": 0, "replaced": 0, "unmapped": 0, "months": []}
    for number, ((place, month), rows) in enumerate(sorted(sorted_rows.items())):
        progress.tell(number, len(sorted_rows))
        with transaction.atomic():
            told = write_month(place, police_area, month, rows, result, job)
            record(progress.actor, "registered.imported", job, organisation=place, month=month)
        figures["new"] += told.pop("new")
        figures["replaced"] += told.pop("replaced")
        figures["unmapped"] += told.pop("unmapped")
        figures["months"].append(told)
    progress.tell(len(sorted_rows), len(sorted_rows))
    return figures


def sort_rows(
    rows: Iterable[Row], police_area: Organisation, parameters: dict[str, Any]
) -> tuple[dict[tuple[int, int], list[Row]], list[RowError]]:
    """Sort the rows by municipality and month; rows that lack either are errors with their reason."""
    by_code = {place.municipality_code: place.pk for place in police_area.municipalities.all()}
    given = parameters.get("municipality_code") or (
        next(iter(by_code)) if len(by_code) == 1 else None
    )
    found: dict[tuple[int, int], list[Row]] = defaultdict(list)
    faults: list[RowError] = []
    for row in rows:
        place = by_code.get(row.municipality_code or given or "")
        month = month_of(row) or parameters.get("month")
        if place is None:
            reason = (
                _("Kommunen hör inte till polisområdet.")
                if row.municipality_code
                else _("Raden säger inte vilken kommun den gäller. Välj kommun och läs in igen.")
            )
            faults.append(RowError(row.row, None, row.municipality_code or "", reason))
        elif month is None:
            faults.append(
                RowError(row.row, None, "", _("Raden saknar månad. Ange månad och läs in igen."))
            )
        else:
            found[place, int(month)].append(row)
    return found, faults


def month_of(row: Row) -> int | None:
    """Return the month of registration as yyyymm, else that of the crime's end, else None."""
    if isinstance(row, PivotRow):
        return row.month
    if row.month_registered is not None:
        return row.month_registered
    moment = row.end or row.start
    return moment.year * 100 + moment.month if moment is not None else None


def write_month(
    place: int,
    police_area: Organisation,
    month: int,
    rows: list[Row],
    result: ReadResult[Row],
    job: Job,
) -> dict[str, Any]:
    """Write one month of one municipality; returns its figures and the difference to the last list."""
    municipality = Organisation.objects.get(pk=place)
    mapping = category_map(municipality, job.parameters.get("categories") or {})
    finder = area_finder(municipality)
    listed = PoliceListMonth(
        municipality=municipality, police_area=police_area, month=month, job=job,
        sha256=result.facts.sha256, rows=len(rows),
    )  # fmt: skip
    crimes = [crime_of(row, listed, mapping, finder) for row in rows]
    before = RegisteredCrime.objects.filter(
        municipality=municipality, month_registered=month, is_current=True
    )
    replaced = before.count()
    listed.difference = difference_to_last(listed, crimes, before)
    if not job.dry_run:
        PoliceListMonth.objects.filter(municipality=municipality, month=month).update(
            is_current=False
        )
        before.update(is_current=False)
        listed.save()
        RegisteredCrime.objects.bulk_create(crimes, batch_size=STEP)
        # The agreement may ask for the list every month (K05).
        record_evidence(
            actor=SYSTEM,
            kind="file_imported",
            on=clock.today(),
            municipality=municipality,
            link=Link("police_list_month", str(listed.pk)),
        )
    return {
        "municipality": municipality.municipality_code,
        "month": month,
        "new": len(crimes),
        "replaced": replaced,
        "unmapped": sum(1 for crime in crimes if not crime.category_key),
        "difference": listed.difference,
    }


def crime_of(
    row: Row, listed: PoliceListMonth, mapping: CategoryMap, finder: AreaFinder
) -> RegisteredCrime:
    """Return the stored form of one row, not saved."""
    crime = RegisteredCrime(
        municipality=listed.municipality,
        police_area=listed.police_area,
        list_month=listed,
        job=listed.job,
        month_registered=listed.month,
        crime_code=row.crime_code or "",
        category_key=mapping.key_for(row.crime_code, row_label(row), listed.month),
        count=row.count,
        row_key=row.row_key,
    )
    if isinstance(row, PivotRow):
        crime.area_name = row.area[:120]
        return crime
    crime.starts_at, crime.ends_at = row.start, row.end
    crime.street, crime.area_name = row.street[:120], (row.base_area or row.district)[:120]
    crime.longitude, crime.latitude = row.lon, row.lat
    if row.lon is not None and row.lat is not None:
        crime.area = finder.find(row.lon, row.lat)
    return crime


def row_label(row: Row) -> str:
    """Return the heading that the row has instead of a code."""
    return row.label if isinstance(row, PivotRow) else row.crime_label or ""


def difference_to_last(
    listed: PoliceListMonth, crimes: list[RegisteredCrime], before: Any
) -> dict[str, Any]:
    """Compare with the same month's earlier list where there is one, else with the month before."""
    against = listed.month if before.exists() else None
    rows = before
    if against is None:
        last = (
            PoliceListMonth.objects.filter(
                municipality=listed.municipality, month__lt=listed.month, is_current=True
            )
            .order_by("-month")
            .first()
        )
        if last is None:
            return {}
        against, rows = last.month, last.crimes.filter(is_current=True)
    then = Counter[tuple[str, str]]()
    for key, row_key, count in rows.values_list("category_key", "row_key", "count"):
        then[key, row_key] += count
    now = Counter[tuple[str, str]]()
    for crime in crimes:
        now[crime.category_key, crime.row_key] += crime.count
    return {"against": against, **compare_lists(then, now, same_month=against == listed.month)}


def undo(job: Job, actor: Viewer) -> dict[str, Any]:
    """Take back: the job's months go, and the lists they replaced stand again."""
    months = list(PoliceListMonth.objects.filter(job=job))
    removed = RegisteredCrime.objects.filter(job=job).count()
    for month in months:
        link = Link("police_list_month", str(month.pk))
        withdraw_of(actor=actor, link=link, why=_("Inläsningen ångrades."))
    PoliceListMonth.objects.filter(job=job).delete()
    restored = 0
    for gone in months:
        if gone.is_current:
            restored += restore_month(gone)
    record(actor, "registered.undone", job, organisation=job.organisation_id, removed=removed)
    return {"removed": removed, "restored": restored}


def restore_month(gone: PoliceListMonth) -> int:
    """Let the list before `gone` stand again; returns how many rows it has."""
    last = PoliceListMonth.objects.filter(municipality=gone.municipality, month=gone.month).first()
    if last is None:
        return 0
    PoliceListMonth.objects.filter(pk=last.pk).update(is_current=True)
    return last.crimes.update(is_current=True)


def check_police_area(police_area: Organisation | None) -> Organisation:
    """Return it; UserError where none was given."""
    if police_area is None:
        raise UserError(_("Det finns flera polisområden. Säg vilket listan kommer från."))
    return police_area


IMPORTER = Importer("import.police-list", gettext_lazy("Polisens månadslista"), read, write, undo)
