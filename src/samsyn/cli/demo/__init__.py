"""`samsyn demo`: invented content in a real installation, marked as invented."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from samsyn.cli import start_django


@click.command()
@click.option(
    "--events", type=click.Path(path_type=Path), help="En riktig fil från polisen.se att läsa in."
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-serve", is_flag=True, help="Fyll databasen och sluta.")
def demo(events: Path | None, host: str, port: int, no_serve: bool) -> None:
    """Fyll en databas med påhittade uppgifter och starta. Att köra den två gånger ändrar ingenting."""
    os.environ["SAMSYN_DEMO"] = "1"
    if not no_serve:
        os.environ.setdefault("SAMSYN_URL", f"http://{host}:{port}")
    start_django()
    from samsyn.cli.demo.filling import fill
    from samsyn.cli.server import migrate_database

    migrate_database(verbosity=0)
    for line in fill(events):
        click.echo(line, err=True)
    if not no_serve:
        serve_demo(host, port)


def serve_demo(host: str, port: int) -> None:
    """Start the worker and the warming beside the web server, and become the web server."""
    from django.core.management import call_command

    from samsyn.cli.server import run_granian

    call_command("collectstatic", interactive=False, verbosity=0)
    command = [sys.executable, "-m", "samsyn.cli"]
    for side in ("worker", "warm"):
        subprocess.Popen([*command, side], stdin=subprocess.DEVNULL)  # noqa: S603 - our own command
    click.echo(f"\nSamsyn är igång: http://{host}:{port}\nSluta med Ctrl-C.", err=True)
    run_granian(host, port, workers=2, threads=4)
