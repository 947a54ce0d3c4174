"""The `samsyn` command. Each group lies in a file of its own and is read when it is asked for."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

COMMANDS = {
    "agreement": "samsyn.cli.agreement:agreement",
    "demo": "samsyn.cli.demo:demo",
    "fetch": "samsyn.cli.imports:fetch",
    "import": "samsyn.cli.imports:import_",
    "law": "samsyn.cli.agreement:law",
    "migrate": "samsyn.cli.server:migrate",
    "picture": "samsyn.cli.picture:picture",
    "serve": "samsyn.cli.server:serve",
    "tick": "samsyn.cli.server:tick",
    "warm": "samsyn.cli.server:warm",
    "worker": "samsyn.cli.server:worker",
}


class Rooms(click.Group):
    """Finds a command in its own file, so that one command does not load what another needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=Rooms)
@click.version_option(package_name="samsyn")
def samsyn() -> None:
    """Samsyn: lev samverkansöverenskommelsen."""


def main() -> None:
    """Run the command; a mistake of the user's is a message and exit code 2, never a stack trace."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.project.settings")
    try:
        samsyn(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except Exception as error:
        if not is_for_the_user(error):
            raise
        click.echo(f"Fel: {error}", err=True)
        sys.exit(2)


def is_for_the_user(error: Exception) -> bool:
    """Tell whether the message was written for the user: it can be mended by her."""
    from django.core.exceptions import ImproperlyConfigured

    from samsyn.base.errors import UserError
    from samsyn.formats.base import FormatError

    return isinstance(error, (UserError, FormatError, ImproperlyConfigured))


def start_django() -> None:
    """Load Django; every command that touches the database calls it first."""
    import django

    django.setup()
