"""Running the program: the web server, the worker, the regular tick and the warming of kernels."""

from __future__ import annotations

import os
import sys

import click

from samsyn.cli import start_django


@click.command()
def migrate() -> None:
    """Bygg eller uppdatera databasen."""
    start_django()
    migrate_database()


def migrate_database(*, verbosity: int = 1) -> None:
    """Bring the database to this version of the program."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=0)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Starta webbservern."""
    start_django()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    run_granian(host, port, workers, threads)


def run_granian(host: str, port: int, workers: int, threads: int) -> None:
    """Become the web server; returns only by its end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.project.settings")
    arguments = [
        sys.executable, "-m", "granian", "--interface", "wsgi",
        "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", str(threads),
        "--respawn-failed-workers", "--no-access-log", "--log-level", "warning",
        "samsyn.project.wsgi:application",
    ]  # fmt: skip
    os.execv(sys.executable, arguments)  # noqa: S606 - our own interpreter, no shell


@click.command()
def worker() -> None:
    """Kör arbeten som väntar: inläsningar, utskick."""
    start_django()
    from django.core.management import call_command

    call_command("db_worker", interval=1, verbosity=0)


@click.command()
def tick() -> None:
    """Gör det som ska göras regelbundet. Körs av cron eller systemd varje kvart; tål att köras två gånger."""
    start_django()
    from samsyn.base.ticks import run_ticks

    for name, told in run_ticks().items():
        click.echo(f"{name}: {told}")


@click.command()
def warm() -> None:
    """Förbered analyserna, så att det första klicket inte behöver vänta."""
    from samsyn.analysis import warm as warm_kernels

    warm_kernels()
