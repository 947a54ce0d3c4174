"""How fast the readers are: rows per second and memory.

    python benchmarks/formats.py [EVENTS.json.gz]

Without an archive 20,000 invented events are read instead.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from samsyn.formats.bra import read_bra
from samsyn.formats.places import find_municipality
from samsyn.formats.police_events import read_police_events
from samsyn.formats.police_list import guess_profile, inspect_police_list, read_police_list


def invent_events(count: int) -> bytes:
    """Events in the real format, invented."""
    return json.dumps(
        [
            {
                "id": number,
                "datetime": "2026-05-12 23:15:00 +02:00",
                "name": "12 maj 22.30, Skadegörelse, Luleå",
                "summary": "Påhittad händelse.",
                "url": f"/aktuellt/handelser/{number}/",
                "type": "Skadegörelse",
                "location": {"name": "Luleå", "gps": "65.584819,22.156703"},
            }
            for number in range(1, count + 1)
        ]
    ).encode()


def invent_list(count: int) -> bytes:
    """A police list in format B as CSV, invented."""
    header = "ID;BROTTSKOD;LATITUDE;LONGITUDE;GATA;GATUNR;KOMMUN;BROTTSDATUMTID_START;BROTTSDATUMTID_SLUT"
    line = "{};1201;65.58;22.15;Storgatan;12;Luleå;2026-05-12 22:00;2026-05-13 06:00"
    return "\n".join([header, *(line.format(n) for n in range(count))]).encode()


def invent_bra(count: int) -> bytes:
    """Brå's table export, invented."""
    line = "Luleå kommun;Brott {};2026 prel.;Jan;1 234;1 560"
    lines = ["Region;Brott;År;Period;Antal;/100 000 inv", *(line.format(n) for n in range(count))]
    return "\n".join(lines).encode("iso-8859-1")


def measure(name: str, read: Callable[[], Any]) -> None:
    """Run once and print rows, seconds (also of processor time, for a busy machine), rows/s and the process's peak memory."""
    start, cpu = time.perf_counter(), time.process_time()
    result = read()
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = len(result.rows)
    print(
        f"{name:16} {rows:7d} rows  {seconds:6.2f} s (cpu {cpu:5.2f} s)  "
        f"{rows / seconds:8.0f} rows/s  peak {peak:4.0f} MB"
    )


def main() -> None:
    """Measure every reader of many rows."""
    find_municipality("Luleå")  # the lookup table is loaded once per process
    archive = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    events = archive or invent_events(20_000)
    measure("police events", lambda: read_police_events(events))
    content = invent_list(20_000)
    profile = guess_profile(inspect_police_list(content))
    measure("police list B", lambda: read_police_list(content, profile, secret=b"x" * 32))
    measure("Brå table", lambda: read_bra(invent_bra(50_000)))


if __name__ == "__main__":
    main()
