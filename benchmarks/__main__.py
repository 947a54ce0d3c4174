"""Run every benchmark and write the tables: `python -m benchmarks [NAME …]` → docs/benchmarks.md.

Names choose among the parts below; parts that are not run keep their latest table.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
SEEDS = ROOT.parent / "shared" / "seeds"
PARTS = {
    "imports": ("Import of the police's archive", ["benchmarks.imports"]),
    "picture": ("The weekly picture with 200,000 reports", ["benchmarks.picture"]),
    "pages": ("The desk and the picture over HTTP with 200,000 reports", ["benchmarks.pages"]),
    "intake-sqlite": (
        "Report intake, SQLite with synchronous=FULL",
        ["benchmarks.intake", "--clients", "8"],
    ),
    "intake-postgresql": (
        "Report intake, PostgreSQL with fsync",
        ["benchmarks.intake", "--clients", "8", "--database", "postgresql"],
    ),
    "kill": ("kill -9 in the middle of intake", ["benchmarks.intake", "--kill"]),
    "agreements": ("The agreements", ["benchmarks.agreements"]),
    "draft": ("Reading an agreement", ["benchmarks.draft", str(SEEDS)]),
    "analysis": ("The analyses", ["benchmarks.analysis"]),
    "batch": ("290 municipalities", ["benchmarks.batch"]),
}


def main(wanted: list[str]) -> int:
    unknown = sorted(set(wanted) - set(PARTS))
    if unknown:
        print(
            f"No such part: {', '.join(unknown)}. There are: {', '.join(PARTS)}.", file=sys.stderr
        )
        return 2
    known = read_sections()
    for name, (title, command) in PARTS.items():
        if wanted and name not in wanted:
            continue
        print(f"== {title}", file=sys.stderr)
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True
        )
        if done.returncode != 0:
            print(done.stderr, file=sys.stderr)
            return 1
        print(done.stdout)
        known[name] = (
            f"## {title}\n\n`python -m {' '.join(shown(command))}`, {machine()}.\n\n{fenced(done.stdout)}\n"
        )
    write_page(known)
    return 0


def shown(command: list[str]) -> list[str]:
    """Leave out where things lie on this machine."""
    return ["FOLDER" if word.startswith(str(ROOT.parent)) else word for word in command]


def fenced(text: str) -> str:
    """Return the output: tables as they are, anything else as preformatted text."""
    text = text.strip().replace(str(ROOT.parent), "…")
    return text if text.startswith("|") or "\n|" in text else f"```\n{text}\n```"


def machine() -> str:
    """Describe the machine and the day, and how busy it was when the part began."""
    cores, load = os.cpu_count(), os.getloadavg()[0]
    return f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {cores} cores ({processor()}), Python {platform.python_version()}, load {load:.1f}"


def processor() -> str:
    try:
        names = re.findall(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    except OSError:
        names = []
    return names[0].strip() if names else platform.machine()


def read_sections() -> dict[str, str]:
    """Return part → its section as the page has it."""
    if not PAGE.exists():
        return {}
    found = re.split(r"<!-- part (\S+) -->\n", PAGE.read_text())[1:]
    return {name: text.strip() + "\n" for name, text in zip(found[::2], found[1::2], strict=True)}


def write_page(sections: dict[str, str]) -> None:
    head = (
        "# Benchmarks\n\nMeasured, never estimated. `python -m benchmarks` runs them all and writes this page; "
        "`python -m benchmarks NAME` one of them.\n\n"
    )
    body = "\n".join(
        f"<!-- part {name} -->\n{sections[name]}" for name in PARTS if name in sections
    )
    PAGE.write_text(head + body)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
