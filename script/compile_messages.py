"""Compile the translations (.po → .mo) with Babel: no gettext tools are needed on the machine."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_all(root: Path) -> None:
    for source in root.glob("src/samsyn/**/locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file)
        with target.open("wb") as file:
            write_mo(file, catalog)


if __name__ == "__main__":
    compile_all(Path(__file__).resolve().parents[1])
