"""Check that every text of the interface is in the English catalogue and translated.

Extracts with Django's makemessages into a temporary copy; skipped with a reason where xgettext is
missing outside CI. `--write` updates the catalogue in place.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src/samsyn"
CATALOGUE = PACKAGE / "locale/en/LC_MESSAGES/django.po"


def extract() -> None:
    """Run makemessages on the package."""
    command = [
        str(Path(sys.executable).with_name("django-admin")), "makemessages", "-l", "en",
        "--no-location", "--no-obsolete", "--no-wrap",
        "--ignore", "static/*", "--ignore", "*/migrations/*",
    ]  # fmt: skip
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=PACKAGE, check=True, capture_output=True, env=environment)  # noqa: S603


def faults_of(path: Path) -> list[str]:
    """Return the texts without a finished translation."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    return [
        str(message.id) for message in catalogue
        if message.id and (message.fuzzy or not all(message.string if isinstance(message.string, tuple) else (message.string,)))
    ]  # fmt: skip


def ids_of(path: Path) -> set[str]:
    with path.open("rb") as file:
        return {str(message.id) for message in read_po(file) if message.id}


def main() -> int:
    if shutil.which("xgettext") is None:
        if os.environ.get("CI") == "true":
            print("xgettext must be there in CI.", file=sys.stderr)  # noqa: T201
            return 1
        print("xgettext is not here: translations are not checked.", file=sys.stderr)  # noqa: T201
        return 0
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    before = CATALOGUE.read_bytes() if CATALOGUE.exists() else b""
    known = ids_of(CATALOGUE) if before else set()
    extract()
    missing = sorted(ids_of(CATALOGUE) - known)
    faults = faults_of(CATALOGUE)
    if "--write" not in sys.argv:
        CATALOGUE.write_bytes(before)
    for text in {*missing, *faults}:
        print(f"Not translated: {text!r}", file=sys.stderr)  # noqa: T201
    return 1 if missing or faults else 0


if __name__ == "__main__":
    sys.exit(main())
