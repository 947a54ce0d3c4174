"""Making a situation picture from what is in the database, without changing anything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samsyn.cli import start_django

if TYPE_CHECKING:
    from samsyn.domains.situation.result import Scope
    from samsyn.domains.situation.shown import ShownPicture

OUT = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.group()
def picture() -> None:
    """Lägesbilder."""


@picture.command()
@click.option("--municipality", metavar="KOD", help="Kommunkod, fyra siffror: 2580.")
@click.option("--police-area", metavar="NAMN", help="Polisområdets kortform eller namn.")
@click.option("--week", required=True, metavar="VECKA", help="ISO-vecka: 2026-W20.")
@click.option(
    "--json", "json_file", type=OUT, help="Skriv siffror och meningar som JSON ('-' = skärmen)."
)
@click.option("--pdf", "pdf_file", type=OUT, help="Skriv dokumentet som PDF.")
@click.option("--docx", "docx_file", type=OUT, help="Skriv dokumentet som Word.")
@click.option("--csv", "csv_file", type=OUT, help="Skriv siffrorna som CSV.")
def weekly(
    municipality: str | None,
    police_area: str | None,
    week: str,
    json_file: Path | None,
    pdf_file: Path | None,
    docx_file: Path | None,
    csv_file: Path | None,
) -> None:
    """Gör veckans lägesbild av det som finns i databasen. Ändrar ingenting där."""
    if bool(municipality) == bool(police_area):
        raise click.UsageError("Ange antingen --municipality eller --police-area.")
    start_django()
    from samsyn.domains.situation.weeks import Week

    chosen = Week.parse(week)
    require_built_database()
    scope = scope_named(municipality, police_area)
    click.echo(
        f"Körs som systemet självt, som ser alla källor. Ändrar ingenting. {scope.name}, {chosen}.",
        err=True,
    )
    shown = picture_of(scope, chosen)
    files = {"json": json_file, "pdf": pdf_file, "docx": docx_file, "csv": csv_file}
    for form, path in files.items():
        if path is not None:
            write(path, made_as(form, shown))
    if not any(files.values()):
        click.echo("\n".join(lines_of(shown)))


def require_built_database() -> None:
    """Raise UserError where the tables are not there yet."""
    from django.db import connection

    from samsyn.base.errors import UserError

    if "orgs_organisation" not in connection.introspection.table_names():
        raise UserError("Databasen är inte byggd. Kör först: samsyn migrate")


def scope_named(municipality: str | None, police_area: str | None) -> Scope:
    """Return the scope of a municipality code, or of a police area by slug or name; UserError if unknown."""
    from samsyn.base.errors import UserError
    from samsyn.base.orgs.models import Kind, Organisation
    from samsyn.domains.situation.numbers import scope_of, scope_of_code

    if municipality is not None:
        return scope_of_code(municipality)
    wanted = (police_area or "").strip().casefold()
    areas = Organisation.objects.filter(kind=Kind.POLICE_AREA).order_by("pk")
    for area in areas:
        if wanted in {area.slug.casefold(), area.name.casefold(), area.called.casefold()}:
            return scope_of(area)
    known = ", ".join(area.slug for area in areas) or "inga"
    raise UserError(f"Inget polisområde heter ”{police_area}”. De som finns: {known}.")


def picture_of(scope: Scope, week: Any) -> ShownPicture:
    """Return the picture of today's rows, kept nowhere."""
    from samsyn.domains.situation.numbers import gather
    from samsyn.domains.situation.selectors import unsaved_picture

    return unsaved_picture(gather(scope, week))


def made_as(form: str, shown: ShownPicture) -> bytes:
    """Return the picture in one form."""
    from samsyn.outputs import csv_, json_, pdf, word
    from samsyn.outputs.picture_document import document_of

    if form == "json":
        data = json.dumps(json_.picture_json(shown), ensure_ascii=False, indent=2)
        return (data + "\n").encode()
    if form == "csv":
        return csv_.render_csv(shown.numbers)
    document = document_of(shown)
    return pdf.render_pdf(document) if form == "pdf" else word.render_word(document)


def write(path: Path, content: bytes) -> None:
    """Write the file, or to the screen for `-`; UserError where the folder refuses."""
    from samsyn.base.errors import UserError

    if str(path) == "-":
        click.echo(content, nl=False)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise UserError(
            f"Filen {path} gick inte att skriva: {error.strerror}. Välj en annan plats."
        ) from error
    click.echo(f"Skrev {path}", err=True)


def lines_of(shown: ShownPicture) -> list[str]:
    """Return the picture as plain text, for the screen."""
    lines = [shown.title]
    for section in shown.sections:
        lines += ["", str(section.title), " ".join(one.text for one in section.sentences)]
    return lines
