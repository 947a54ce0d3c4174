"""How fast the pages answer over HTTP with many reports in the database.

    python -m benchmarks.pages [--reports 200000] [--keep DIR]

Fills a temporary database as `benchmarks.picture` does, starts the real server (granian, one worker),
signs in through the demo's door and asks for each page again and again over one connection. Printed are
the first answer, the median and the 95th percentile of the following, in ms, and the size of the page.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.picture import filled_town, start_django

REPEATS = 25
AIM = 150.0


class Client:
    """One browser: one connection, its cookies."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, bytes, str]:
        headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("POST" if body else "GET", path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            key, _, rest = line.partition("=")
            self.cookies[key] = rest.split(";", 1)[0]
        return answer.status, content, answer.headers.get("Location", "")

    def sign_in(self) -> None:
        """Choose the coordinator on the demo's sign-in page."""
        page = self.ask("/konto/login/")[1].decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        user = re.search(r'name="user" value="(\d+)"', page)
        address = re.search(r'action="(/[^"]*demo[^"]*)"', page)
        if not (token and user and address):
            raise ValueError("The sign-in page of the demo has changed.")
        status, _content, _to = self.ask(
            address[1], {"csrfmiddlewaretoken": token[1], "user": user[1]}
        )
        assert status == 302, status


def add_coordinator(lulea: Any) -> None:
    """Give the town somebody to sign in as."""
    from samsyn.base.accounts.models import User
    from samsyn.base.orgs.models import Membership, Role

    user, is_new = User.objects.get_or_create(
        email="samordnare@lulea.exempel.se", defaults={"name": "Samordnare"}
    )
    if is_new:
        Membership.objects.create(user=user, organisation=lulea, role=Role.COORDINATOR)


def pages_of(lulea: Any) -> list[tuple[str, str]]:
    """Return what is asked for: the name shown and the address."""
    from samsyn.base.access import SYSTEM
    from samsyn.base.geo.models import Place
    from samsyn.domains.reports.models import Report
    from samsyn.domains.situation.services import draft_picture

    picture = draft_picture(actor=SYSTEM, scope=lulea, iso_year=2026, iso_week=20)
    place = Place.objects.filter(municipality=lulea).first()
    report = Report.objects.filter(municipality=lulea, iso_year=2026, iso_week=20).first()
    assert place is not None
    assert report is not None
    week = "vecka=2026-W20"
    return [
        ("picture, the whole page", f"/lagesbild/{picture.pk}/"),
        ("picture, its live map", f"/lagesbild/{picture.pk}/karta/map.json"),
        ("list of pictures", "/lagesbild/"),
        ("list, one week", f"/rapporter/?{week}"),
        ("list, all weeks", "/rapporter/?vecka=alla"),
        ("list, all weeks, page 2000", "/rapporter/?vecka=alla&sida=2000"),
        ("list, one category, all weeks", "/rapporter/?vecka=alla&kategori=TRAF"),
        ("list, one place, all weeks", f"/rapporter/?vecka=alla&plats={place.pk}"),
        ("list, not looked at, all weeks", "/rapporter/?vecka=alla&lage=ny"),
        ("list, by source and kind, all weeks", "/rapporter/?vecka=alla&kalla=link&slag=incident"),
        ("table, one week", f"/rapporter/tabell/?{week}"),
        ("table, all weeks, by place", "/rapporter/tabell/?vecka=alla&ordning=plats"),
        ("table, all weeks, by step", "/rapporter/tabell/?vecka=alla&ordning=lage"),
        ("map, one week", f"/rapporter/karta/?{week}"),
        ("map, one week, its points", f"/rapporter/karta.json?{week}"),
        ("map, all weeks", "/rapporter/karta/?vecka=alla"),
        ("map, all weeks, its points", "/rapporter/karta.json?vecka=alla"),
        ("to look at", "/rapporter/att-titta-pa/"),
        ("one report", f"/rapporter/{report.pk}/"),
        ("Idag", "/"),
        ("search", "/sok/?q=badplatsen"),
    ]


def timed(client: Client, path: str) -> tuple[float, list[float], int]:
    """Return the first answer's time, those of the following, in ms, and the size."""
    times, size = [], 0
    for _ in range(REPEATS + 1):
        start = time.perf_counter()
        status, content, _to = client.ask(path)
        times.append((time.perf_counter() - start) * 1000)
        assert status == 200, (path, status)
        size = len(content)
    return times[0], times[1:], size


def serve(folder: str, port: int) -> subprocess.Popen[bytes]:
    """Start the server with its clock on the Monday after the last reports."""
    environment = {**os.environ, "SAMSYN_DATA": folder, "SAMSYN_DEMO": "1", "SAMSYN_LOG": "ERROR"}
    environment["SAMSYN_CLOCK"] = "2026-05-18T08:00"
    command = [sys.executable, "-m", "samsyn.cli", "serve", "--port", str(port), "--workers", "1"]
    return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            status = Client(port).ask("/konto/login/")[0]
        except OSError:
            time.sleep(0.2)
            continue
        assert status == 200, status
        return
    raise TimeoutError("The server did not start.")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def measure(folder: str, number: int) -> None:
    lulea, _police = filled_town(number)
    add_coordinator(lulea)
    wanted = pages_of(lulea)
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    port = free_port()
    server = serve(folder, port)
    try:
        wait_for(port)
        client = Client(port)
        client.sign_in()
        print(f"{number} reports, over HTTP, {REPEATS} times each\n")
        print(f"{'':<38}{'first':>10}{'median':>10}{'p95':>10}{'size':>10}")
        for name, path in wanted:
            first, times, size = timed(client, path)
            p95 = sorted(times)[int(0.95 * len(times))]
            over = "" if p95 <= AIM else "  over the aim of 150 ms"
            print(
                f"{name:<38}{first:>7.0f} ms{statistics.median(times):>7.0f} ms{p95:>7.0f} ms{size // 1024:>7} kB{over}"
            )
    finally:
        server.terminate()
        server.wait(20)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=200_000)
    parser.add_argument("--keep", help="a folder in which the database is kept")
    chosen = parser.parse_args(arguments)
    os.environ["SAMSYN_CLOCK"] = "2026-05-18T08:00"
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or temporary
        Path(folder).mkdir(parents=True, exist_ok=True)
        start_django(folder)
        measure(folder, chosen.reports)


if __name__ == "__main__":
    main()
