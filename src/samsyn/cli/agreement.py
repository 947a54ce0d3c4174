"""`samsyn agreement …` and `samsyn law`: check, load, year, status, diff and draft, from the command line."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from samsyn.cli import start_django

if TYPE_CHECKING:
    from samsyn.domains.agreements.file import Agreement as File
    from samsyn.domains.agreements.judging import CommitmentStatus
    from samsyn.domains.agreements.models import Agreement
    from samsyn.domains.agreements.selectors.wheel import WheelMark

FILE = click.argument("file", type=click.Path(path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Skriv JSON.")
STATES = {
    "done": "klart",
    "due": "förfaller",
    "late": "försenat",
    "upcoming": "kommer",
    "paused": "uppehåll",
    "soft": "följs",
    "not_applicable": "gäller inte",
}


class Day(click.ParamType):
    """A date as 2026-11-20."""

    name = "datum"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"”{value}” är inget datum. Skriv till exempel 2026-11-20.", param, ctx)


@click.group()
def agreement() -> None:
    """Avtal: pröva och läs in filen, visa året och läget, jämför och föreslå."""


@agreement.command()
@FILE
def check(file: Path) -> None:
    """Pröva avtalets fil. Fel skrivs med rad och kolumn och ger slutkod 2."""
    from samsyn.domains.agreements.file import check_agreement

    checked = check_agreement(content_of(file))
    for problem in (*checked.errors, *checked.warnings):
        word = "Fel" if problem.severity == "error" else "Obs"
        click.echo(f"{file}: {word}: {problem}", err=True)
    if checked.agreement is None:
        click.echo(f"{file}: {len(checked.errors)} fel. Ingenting har ändrats.", err=True)
        sys.exit(2)
    one = checked.agreement
    click.echo(
        f"{file}: {one.title}. {len(one.parties)} parter, {len(one.bodies)} organ, "
        f"{len(one.commitments)} åtaganden. Inga fel."
    )


@agreement.command()
@FILE
def load(file: Path) -> None:
    """Läs in avtalets fil. Samma fil igen ändrar ingenting; en ändrad fil blir en ny version."""
    start_django()
    from django.db import OperationalError, ProgrammingError

    from samsyn.base.access import SYSTEM
    from samsyn.domains.agreements.file import AgreementFileError
    from samsyn.domains.agreements.services.loading import load_agreement

    try:
        loaded = load_agreement(actor=SYSTEM, text=content_of(file))
    except AgreementFileError as error:
        stop_at(file, error)
    except (OperationalError, ProgrammingError):
        raise click.UsageError(
            "Databasen är inte klar för den här versionen. Kör ”samsyn migrate” först. "
            "Ingenting har ändrats."
        ) from None
    for warning in loaded.warnings:
        click.echo(f"{file}: Obs: {warning}", err=True)
    code = loaded.agreement.code
    if not loaded.changed:
        click.echo(f"{code}: oförändrat.")
        return
    version = loaded.agreement.current_version
    click.echo(f"{code}: inläst, version {version.number if version else 1}.")
    for sentence in loaded.changes:
        click.echo(f"  {sentence}")


@agreement.command()
@click.argument("code")
@click.option("--year", type=click.IntRange(1900, 2199), required=True, help="Året.")
@JSON
@click.option("--ics", type=click.Path(path_type=Path), help="Skriv en kalenderfil.")
@click.option("--at", type=Day(), help="Läget den dagen; annars i dag.")
def year(code: str, year: int, as_json: bool, ics: Path | None, at: dt.date | None) -> None:
    """Visa avtalets år: vad som ska göras när."""
    start_django()
    from samsyn.base import clock
    from samsyn.domains.agreements.selectors.wheel import year_of, year_of_shipped

    day = at or clock.today()
    known = loaded_agreement(code)
    marks: Sequence[WheelMark]
    if known is not None:
        marks = year_of(known, year, day).marks
    else:
        tell_not_loaded(code)
        marks = year_of_shipped(code, year, day)
    if ics is not None:
        write_calendar(ics, code, marks)
    if as_json:
        echo_json([mark.to_json() for mark in marks])
    elif ics is None:
        for mark in marks:
            click.echo(
                f"{mark.due}  {mark.commitment.clause:5} {STATES[mark.state]:12} {mark.title}"
            )


@agreement.command()
@click.argument("code")
@click.option("--at", type=Day(), help="Läget den dagen; annars i dag.")
@JSON
def status(code: str, at: dt.date | None, as_json: bool) -> None:
    """Visa läget i avtalet: vad som är gjort, förfaller och är försenat, och varför."""
    start_django()
    from samsyn.base import clock
    from samsyn.domains.agreements.selectors.status import status_of, status_of_shipped

    day = at or clock.today()
    known = loaded_agreement(code)
    if known is not None:
        statuses = status_of(known, day)
    else:
        tell_not_loaded(code)
        statuses = status_of_shipped(code, day)
    show_status(statuses, as_json)


@click.command()
@click.argument("municipality")
@click.option("--at", type=Day(), help="Läget den dagen; annars i dag.")
@JSON
def law(municipality: str, at: dt.date | None, as_json: bool) -> None:
    """Lagmätaren: lag (2023:196) paragraf för paragraf över en kommun (kommunkod)."""
    start_django()
    from samsyn.base import clock
    from samsyn.base.orgs.models import Organisation
    from samsyn.domains.agreements.file import ACT_ID
    from samsyn.domains.agreements.selectors.status import law_of, status_of_shipped
    from samsyn.formats.places import municipalities

    day = at or clock.today()
    if municipality not in municipalities():
        raise click.UsageError(
            f"”{municipality}” är ingen kommunkod. Skriv fyra siffror, till exempel 1381."
        )
    known = first_of(Organisation.objects.filter(municipality_code=municipality))
    statuses = law_of(known, day) if known is not None else []
    if not statuses:
        click.echo(
            f"Kommunen {municipality} har inget underlag i Samsyn. Läget räknas ur lagen ensam.",
            err=True,
        )
        statuses = status_of_shipped(ACT_ID, day, municipality)
    show_status(statuses, as_json)


@agreement.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@JSON
def diff(old: Path, new: Path, as_json: bool) -> None:
    """Visa vad som skiljer två versioner av ett avtals fil."""
    from samsyn.domains.agreements.file import diff_agreements

    changes = diff_agreements(read(old), read(new))
    if as_json:
        echo_json(
            [
                {
                    "kind": change.kind,
                    "path": change.path,
                    "sentence": change.sentence,
                    "clauses": list(change.clauses),
                    "before": change.before,
                    "after": change.after,
                }
                for change in changes
            ]
        )
        return
    for change in changes:
        click.echo(change.sentence)
    if not changes:
        click.echo("Ingen skillnad.")


@agreement.command()
@FILE
@click.option("--json", "as_json", is_flag=True, help="Skriv förslagen som JSON.")
def draft(file: Path, as_json: bool) -> None:
    """Föreslå en fil ur avtalets text (.txt eller .docx). Varje förslag visar meningen det lästes ur."""
    from samsyn.domains.agreements.file.draft import DocumentError, draft_from_file

    try:
        drafted = draft_from_file(file)
    except (OSError, DocumentError) as error:
        raise click.UsageError(f"{file} går inte att läsa: {error}") from None
    if as_json:
        echo_json(
            [
                {
                    "kind": one.kind,
                    "path": one.path,
                    "value": one.value,
                    "words": one.words.words,
                    "sentence": one.sentence.words,
                    "confidence": one.confidence,
                    "rule": one.rule,
                }
                for one in drafted.proposals
            ]
        )
    else:
        click.echo(drafted.to_yaml(), nl=False)


def content_of(file: Path) -> bytes:
    """The file's bytes, no more than the reader takes; a plain message where it cannot be opened."""
    from samsyn.domains.agreements.file.yaml_source import MAX_BYTES

    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise click.UsageError(
            f"{file} går inte att öppna: {error.strerror}. Kontrollera sökvägen."
        ) from None


def read(file: Path) -> File:
    """The checked file, or the problems on stderr and exit code 2."""
    from samsyn.domains.agreements.file import AgreementFileError, read_agreement

    try:
        return read_agreement(content_of(file))
    except AgreementFileError as error:
        stop_at(file, error)


def stop_at(file: Path, error: Any) -> NoReturn:
    for problem in error.problems:
        click.echo(f"{file}: Fel: {problem}", err=True)
    click.echo(f"{file}: {len(error.problems)} fel. Ingenting har ändrats.", err=True)
    sys.exit(2)


def loaded_agreement(code: str) -> Agreement | None:
    """The agreement as it is loaded; None for one that only comes with Samsyn."""
    from samsyn.domains.agreements.file import shipped_agreements
    from samsyn.domains.agreements.models import Agreement

    known: Agreement | None = first_of(Agreement.objects.filter(code=code))
    if known is None and code not in shipped_agreements():
        codes = ", ".join(sorted(shipped_agreements()))
        raise click.UsageError(
            f"Avtalet ”{code}” är inte inläst. Läs in filen med ”samsyn agreement load”, "
            f"eller välj ett som följer med: {codes}."
        )
    return known


def first_of(rows: Any) -> Any:
    """The first row; None also where the tables are not made yet, as in a fresh installation."""
    from django.db import OperationalError, ProgrammingError

    try:
        return rows.first()
    except (OperationalError, ProgrammingError):
        return None


def tell_not_loaded(code: str) -> None:
    click.echo(
        f"{code} är inte inläst. Läget räknas ur filen som följer med Samsyn, utan underlag.",
        err=True,
    )


def show_status(statuses: Sequence[CommitmentStatus], as_json: bool) -> None:
    if as_json:
        echo_json([each.to_json() for each in statuses])
        return
    for each in statuses:
        due = each.state.due.isoformat() if each.state.due else ""
        one = each.commitment
        click.echo(f"{one.clause:5} {STATES[each.name]:12} {due:10}  {one.subject}")
        click.echo(f"{'':30}{each.state.why}")


def write_calendar(path: Path, code: str, marks: Sequence[WheelMark]) -> None:
    """Write the year as a calendar file; a plain message where it cannot be written."""
    from samsyn.base import clock
    from samsyn.outputs.ics import calendar_bytes
    from samsyn.outputs.year_calendar import entry_of_mark

    entries = [entry_of_mark(code, mark) for mark in marks]
    try:
        path.write_bytes(calendar_bytes(code, entries, now=clock.now()))
    except OSError as error:
        raise click.UsageError(f"{path} går inte att skriva: {error.strerror}.") from None


def echo_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))
