"""Read the whole archive of police events into an empty database: seconds, rows per second, memory.

`python -m benchmarks.imports FILE` with a file from polisen.se; by default the archive beside the
repository. A second reading shows what it costs to find that nothing is new.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ARCHIVE = Path(__file__).resolve().parents[2] / "shared" / "data" / "polisen_events.json.gz"
SAMSYN = Path(sys.executable).with_name("samsyn")


def main() -> int:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else ARCHIVE
    if not source.exists():
        print(f"{source} is not here: give a file from polisen.se.")
        return 0
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "SAMSYN_DATA": data, "SAMSYN_DEMO": "0"}
        subprocess.run([SAMSYN, "migrate"], env=environment, check=True, capture_output=True)
        print("| Reading | rows | seconds | rows/s | peak memory, MB |\n|---|---:|---:|---:|---:|")
        for what in ("first", "again, nothing new"):
            rows, seconds, memory = read(source, environment)
            print(f"| {what} | {rows} | {seconds:.1f} | {rows / seconds:.0f} | {memory:.0f} |")
    return 0


def read(source: Path, environment: dict[str, str]) -> tuple[int, float, float]:
    """Return rows, seconds and the largest memory of a child so far, as the system counts it."""
    start = time.perf_counter()
    done = subprocess.run(
        [SAMSYN, "import", "police-events", str(source), "--json"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return json.loads(done.stdout)["rows"], seconds, peak


if __name__ == "__main__":
    sys.exit(main())
