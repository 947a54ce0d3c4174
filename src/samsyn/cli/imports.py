"""`samsyn import …`: files in, with a dry run, row errors as CSV, undo and a summary as JSON."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samsyn.cli import start_django

if TYPE_CHECKING:
    from samsyn.base.jobs.models import Job
    from samsyn.base.orgs.models import Organisation
    from samsyn.domains.registered.models import ImportProfile

FILE = click.argument("file", type=click.Path(path_type=Path))


def require_folder(
    _context: click.Context, _option: click.Parameter, path: Path | None
) -> Path | None:
    """Refuse a file that cannot be made, before anything is read in; exit code 2."""
    if path is not None and not os.access(path.parent, os.W_OK):
        raise click.BadParameter(f"Filen {path} går inte att skriva. Välj en annan plats.")
    return path


def import_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add what every import takes."""
    for option in (
        click.option(
            "--errors",
            type=click.Path(dir_okay=False, writable=True, path_type=Path),
            callback=require_folder,
            help="Skriv radfelen till en CSV-fil.",
        ),
        click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON."),
        click.option("--dry-run", is_flag=True, help="Räkna, men ändra ingenting."),
    ):
        command = option(command)
    return command


@click.group(name="import")
def import_() -> None:
    """Läs in filer: polisens händelser, Brås siffror, polisens lista, områden, äldre rapporter."""
    start_django()


@import_.command("police-events")
@FILE
@import_options
def police_events(file: Path, dry_run: bool, as_json: bool, errors: Path | None) -> None:
    """Polisens händelser (polisen.se, JSON, också gzippad)."""
    finish(run("import.police-events", file, dry_run=dry_run), as_json, errors)


@import_.command("bra")
@FILE
@click.option("--year", type=int, help="Årtal, där filen själv inte säger det.")
@click.option("--offence", help="Brott, där filen själv inte säger det.")
@import_options
def bra(
    file: Path,
    year: int | None,
    offence: str | None,
    dry_run: bool,
    as_json: bool,
    errors: Path | None,
) -> None:
    """Brås siffror: alla tre formaten och den månatliga filen."""
    parameters = {"year": year, "offence": offence}
    finish(run("import.bra", file, parameters=parameters, dry_run=dry_run), as_json, errors)


@import_.command("police-list")
@FILE
@click.option(
    "--profile", "name", required=True, help="Namnet på tolkningen. Ett nytt namn sparas."
)
@click.option("--police-area", help="Polisområdets kortform eller namn.")
@click.option("--municipality", help="Kommunkod, där listan inte har någon kommun.")
@click.option("--month", type=click.IntRange(199001, 209912), help="Anmäld månad, som 202610.")
@import_options
def police_list(
    file: Path, name: str, police_area: str | None, municipality: str | None, month: int | None,
    dry_run: bool, as_json: bool, errors: Path | None,
) -> None:  # fmt: skip
    """Polisens månadslista. Gatunummer och ärendenummer tas bort innan något sparas."""
    area = find_police_area(police_area, municipality)
    profile = find_profile(file, area, name)
    parameters = {
        "profile": profile.profile,
        "categories": profile.categories,
        "police_area": area.pk,
        "municipality_code": municipality,
        "month": month,
    }
    place = find_municipality(municipality) if municipality else area
    job = run(
        "import.police-list", file, organisation=place, parameters=parameters, dry_run=dry_run
    )
    if profile.pk is None and not dry_run:
        remember(profile)
    finish(job, as_json, errors)


@import_.command("areas")
@FILE
@click.option("--municipality", required=True, help="Kommunkod.")
@click.option(
    "--edition",
    "valid_from",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    help="Utgåvans datum.",
)
@click.option("--name-field", help="Fältet med områdets namn.")
@click.option("--code-field", help="Fältet med områdets kod.")
@import_options
def areas(
    file: Path, municipality: str, valid_from: Any, name_field: str | None, code_field: str | None,
    dry_run: bool, as_json: bool, errors: Path | None,
) -> None:  # fmt: skip
    """Områden (GeoJSON eller GeoPackage): DeSO, RegSO, egna områden, namngivna platser."""
    parameters = {
        "valid_from": valid_from.date().isoformat(),
        "name_field": name_field,
        "code_field": code_field,
    }
    place = find_municipality(municipality)
    job = run("import.areas", file, organisation=place, parameters=parameters, dry_run=dry_run)
    finish(job, as_json, errors)


@import_.command("earlier-reports")
@FILE
@click.option("--municipality", required=True, help="Kommunkod.")
@import_options
def earlier_reports(
    file: Path, municipality: str, dry_run: bool, as_json: bool, errors: Path | None
) -> None:
    """Äldre rapporter från Excel, när en kommun börjar använda Samsyn."""
    place = find_municipality(municipality)
    job = run(
        "import.earlier-reports",
        file,
        organisation=place,
        parameters={"municipality": place.pk},
        dry_run=dry_run,
    )
    finish(job, as_json, errors)


@import_.command("undo")
@click.argument("job_id")
@click.option("--json", "as_json", is_flag=True)
def undo(job_id: str, as_json: bool) -> None:
    """Ångra en inläsning, med det nummer som den fick."""
    from django.core.exceptions import ValidationError

    from samsyn.base.access import SYSTEM
    from samsyn.base.errors import UserError
    from samsyn.base.jobs.models import Job
    from samsyn.base.jobs.work import undo_job

    try:
        job = Job.objects.get(pk=job_id)
    except (Job.DoesNotExist, ValidationError):
        raise UserError(f"Det finns ingen inläsning med numret {job_id}.") from None
    finish(undo_job(actor=SYSTEM, job=job), as_json, None)


@click.group(name="fetch")
def fetch() -> None:
    """Hämta från nätet. Avstängt tills SAMSYN_FETCH_POLICE_EVENTS=1."""
    start_django()


@fetch.command("police-events")
@click.option("--json", "as_json", is_flag=True)
def fetch_police_events(as_json: bool) -> None:
    """Hämta de senaste händelserna från polisen.se."""
    from samsyn.domains.registered.fetching import fetch_police_events as fetch_now

    job = fetch_now()
    if job is None:
        click.echo("Inget nytt sedan förra hämtningen.", err=True)
        return
    finish(job, as_json, None)


def run(
    kind: str,
    file: Path,
    *,
    organisation: Organisation | None = None,
    parameters: dict[str, Any] | None = None,
    dry_run: bool,
) -> Job:
    """Read the file in on the system's behalf, showing the progress where somebody watches."""
    from samsyn.base.access import SYSTEM
    from samsyn.base.jobs.imports import import_now

    return import_now(
        actor=SYSTEM,
        kind=kind,
        source=file,
        organisation=organisation,
        parameters=parameters,
        dry_run=dry_run,
        listener=show_progress if sys.stderr.isatty() else None,
    )


def show_progress(done: int, total: int) -> None:
    """Write how far it is on one line."""
    click.echo(f"\r{done} / {total}", nl=done >= total, err=True)


def finish(job: Job, as_json: bool, errors: Path | None) -> None:
    """Tell how it went, and write the row errors where they are wanted."""
    if errors is not None:
        write_errors(job, errors)
    told = {
        "job": str(job.pk),
        "kind": job.kind,
        "state": job.state,
        "dry_run": job.dry_run,
        **job.summary,
    }
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2, default=str))
        return
    for key, value in told.items():
        click.echo(f"{key}: {value}")


def write_errors(job: Job, path: Path) -> None:
    """Write the row errors as CSV."""
    from samsyn.formats.csv_out import harmless

    with path.open("w", newline="", encoding="utf-8-sig") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerow(["rad", "kolumn", "värde", "orsak"])
        for row in job.errors.values_list("row", "column", "value", "reason"):
            writer.writerow([harmless(str(cell)) for cell in row])


def find_municipality(code: str) -> Organisation:
    """Return the municipality with the code; UserError where it is not set up."""
    from samsyn.base.errors import UserError
    from samsyn.base.orgs.models import Organisation

    place = Organisation.objects.filter(municipality_code=code).first()
    if place is None:
        raise UserError(
            f"Kommunen {code} är inte upplagd här. Lägg upp den, eller kontrollera koden."
        )
    return place


def find_police_area(wanted: str | None, municipality: str | None) -> Organisation:
    """Return the police area: named, or the one of the municipality, or the only one there is."""
    from django.db.models import Q

    from samsyn.base.errors import UserError
    from samsyn.base.orgs.models import Kind, Organisation

    areas = Organisation.objects.filter(kind=Kind.POLICE_AREA)
    if wanted:
        areas = areas.filter(Q(slug=wanted) | Q(name__iexact=wanted) | Q(short_name__iexact=wanted))
    elif municipality:
        areas = areas.filter(municipalities__municipality_code=municipality)
    found = list(areas[:2])
    if len(found) != 1:
        raise UserError("Säg vilket polisområde listan kommer från, med --police-area KORTFORM.")
    return found[0]


def find_profile(file: Path, area: Organisation, name: str) -> ImportProfile:
    """Return the remembered profile; for a new name one guessed from the file, not remembered yet."""
    from samsyn.domains.registered.models import ImportProfile

    known = ImportProfile.objects.filter(police_area=area, name=name).first()
    return known if known is not None else guess_new_profile(file, area, name)


def guess_new_profile(file: Path, area: Organisation, name: str) -> ImportProfile:
    """Guess how the file is read, and say so."""
    from samsyn.domains.registered.models import ImportProfile
    from samsyn.formats.police_list import guess_profile, inspect_police_list

    guessed = guess_profile(inspect_police_list(file)).to_json()
    click.echo(
        f"Ny tolkning {name}: {json.dumps(guessed['columns'], ensure_ascii=False)}", err=True
    )
    return ImportProfile(police_area=area, name=name, profile=guessed)


def remember(profile: ImportProfile) -> None:
    """Remember a new profile: only after the list has been read with it."""
    from samsyn.base.access import SYSTEM
    from samsyn.domains.registered.services import save_profile

    save_profile(
        actor=SYSTEM,
        police_area=profile.police_area,
        name=profile.name,
        profile=profile.profile,
        categories=profile.categories,
    )
