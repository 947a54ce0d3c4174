"""How many reports a second are taken in, and whether any is lost when the server is killed.

Starts the real server (granian, two workers) on a database of its own, posts reports through many
links from many clients over loopback, and then asks the database about every key that was acknowledged.

    python benchmarks/intake.py                         # SQLite, synchronous=FULL
    python benchmarks/intake.py --database postgresql   # a throw-away cluster, fsync on
    python benchmarks/intake.py --kill                  # kill -9 of workers and server in the middle
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

POSTGRES = Path("/usr/lib/postgresql/15/bin")
SAMSYN = Path(sys.executable).parent / "samsyn"


@dataclass
class Outcome:
    """What the clients saw: keys sent and acknowledged, seconds per acknowledged report, errors."""

    acknowledged: dict[str, int] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    seconds: list[float] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=dict)
    retries: int = 0

    def fail(self, reason: str) -> None:
        self.errors[reason] = self.errors.get(reason, 0) + 1


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Cluster:
    """A throw-away PostgreSQL cluster. fsync stays on: an acknowledged report must survive."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder / "pg", free_port()
        self.as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    def start(self) -> str:
        self.folder.mkdir()
        if self.as_postgres:
            self.folder.parent.chmod(0o755)
            shutil.chown(self.folder, "postgres")
        self.run(
            "initdb", "-D", self.folder, "--auth=trust", "-U", "postgres", "--no-sync", "-E", "UTF8"
        )
        options = (
            f"-p {self.port} -c unix_socket_directories={self.folder} -c listen_addresses=127.0.0.1"
        )
        self.run(
            "pg_ctl", "-D", self.folder, "-w", "-o", options, "-l", self.folder / "log", "start"
        )
        self.run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "postgres", "samsyn")
        return f"postgres://postgres@127.0.0.1:{self.port}/samsyn"

    def stop(self) -> None:
        self.run("pg_ctl", "-D", self.folder, "-m", "immediate", "stop")

    def run(self, program: str, *arguments: object) -> None:
        command = [*self.as_postgres, str(POSTGRES / program), *map(str, arguments)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


class Server:
    """The real server as a user starts it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [SAMSYN, "serve", "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        limit = time.monotonic() + 60
        while time.monotonic() < limit:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise SystemExit("The server did not start within a minute.")

    def workers(self) -> list[int]:
        assert self.process is not None
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(one) for one in listed.split()]

    def cpu_seconds(self) -> float:
        """Processor time that the workers have used: the figure that a busy machine does not change."""
        ticks = os.sysconf("SC_CLK_TCK")
        stats = [
            Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
            for one in self.workers()
        ]
        return sum(int(one[11]) + int(one[12]) for one in stats) / ticks

    def kill_workers(self) -> None:
        for worker in self.workers():
            os.kill(worker, signal.SIGKILL)

    def kill(self) -> None:
        """Kill -9 of all of it, the way a power cut would."""
        assert self.process is not None
        doomed = [*self.workers(), self.process.pid]
        for pid in doomed:
            os.kill(pid, signal.SIGKILL)
        self.process.wait()
        time.sleep(0.2)

    def stop(self) -> None:
        assert self.process is not None
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()


def build_town(links: int) -> list[str]:
    """Make a municipality with links and places; returns the tokens."""
    from samsyn.base.access import SYSTEM
    from samsyn.base.geo.models import Place
    from samsyn.base.orgs.models import Kind, Organisation
    from samsyn.domains.reports.services import create_link

    lulea = Organisation.objects.create(
        kind=Kind.MUNICIPALITY, name="Luleå kommun", slug="lulea", municipality_code="2580"
    )
    for number in range(40):
        Place.objects.create(
            municipality=lulea, name=f"Plats {number}", longitude=22.15, latitude=65.58
        )
    tokens = []
    for number in range(links):
        school = Organisation.objects.create(
            kind=Kind.SCHOOL, name=f"Skola {number}", slug=f"skola-{number}"
        )
        school.municipalities.add(lulea)
        _link, token = create_link(
            actor=SYSTEM,
            municipality=lulea,
            organisation=school,
            label="Vaktmästare",
            per_hour=10_000_000,
        )
        tokens.append(token)
    return tokens


def request_for(token: str, key: str, place: int) -> bytes:
    """Return the bytes of one report, as the page's script sends it."""
    now = dt.datetime.now(dt.UTC).isoformat()
    body = json.dumps(
        {
            "nyckel": key,
            "kategori": "TRAF",
            "plats": str(place),
            "nar": "nu",
            "fran": now,
            "till": now,
            "enhet": "1",
            "text": "Flera mopeder kör fort på gångvägen vid badplatsen.",
            "antal": "2-4",
            "polis": "nej",
        }
    ).encode()
    head = (
        f"POST /r/{token}/skicka HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def answer_of(reader: asyncio.StreamReader) -> int:
    """Read one response and return its status."""
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length")
        ),
        0,
    )
    if length:
        await reader.readexactly(length)
    return status


async def run_client(
    port: int, tokens: list[str], outcome: Outcome, until: float, patient: bool
) -> None:
    """Send reports one after the other; a patient client tries the same key again until it is acknowledged."""
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    turn = 0
    while time.monotonic() < until:
        key, turn = str(uuid.uuid4()), turn + 1
        outcome.sent.add(key)
        message = request_for(tokens[turn % len(tokens)], key, 1 + turn % 40)
        while True:
            began = time.perf_counter()
            try:
                if streams is None:
                    streams = await asyncio.open_connection("127.0.0.1", port)
                streams[1].write(message)
                status = await asyncio.wait_for(answer_of(streams[0]), 30)
            except (OSError, EOFError, TimeoutError) as error:
                streams = None
                if not patient:
                    outcome.fail(type(error).__name__)
                    break
                outcome.retries += 1
                await asyncio.sleep(0.2)
                continue
            if status in {200, 201}:
                outcome.acknowledged[key] = status
                outcome.seconds.append(time.perf_counter() - began)
            elif patient and status >= 500:
                outcome.retries += 1
                await asyncio.sleep(0.2)
                continue
            else:
                outcome.fail(str(status))
            break


async def drive(
    server: Server, tokens: list[str], clients: int, seconds: float, kill: bool
) -> Outcome:
    """Let the clients loose, and kill what is to be killed."""
    outcome, until = Outcome(), time.monotonic() + seconds
    share = [tokens[number::clients] or tokens for number in range(clients)]
    running = [run_client(server.port, one, outcome, until, kill) for one in share]
    if kill:
        running.append(kill_in_the_middle(server, seconds))
    await asyncio.gather(*running)
    return outcome


async def kill_in_the_middle(server: Server, seconds: float) -> None:
    await asyncio.sleep(seconds / 4)
    server.kill_workers()
    print("kill -9 of the workers")
    await asyncio.sleep(seconds / 4)
    server.kill()
    print("kill -9 of the whole server")
    await asyncio.to_thread(server.start)


def check_stored(outcome: Outcome) -> tuple[int, int]:
    """Return how many acknowledged reports are missing, and how many are there more than once."""
    from django.db.models import Count

    from samsyn.domains.reports.models import Report

    rows = (
        Report.objects.values("idempotency_key")
        .annotate(copies=Count("pk"))
        .values_list("idempotency_key", "copies")
    )
    stored = {str(key): copies for key, copies in rows}
    lost = sum(1 for key in outcome.acknowledged if key not in stored)
    return lost, sum(1 for copies in stored.values() if copies > 1)


def tell(outcome: Outcome, seconds: float, clients: int, lost: int, twice: int, name: str) -> None:
    """Print the figures."""
    ordered = sorted(outcome.seconds)
    p99 = ordered[int(len(ordered) * 0.99)] if ordered else float("nan")
    print(
        f"{name}: {len(outcome.acknowledged) / seconds:.0f} acknowledged/s"
        f" ({len(outcome.acknowledged)} in {seconds:.0f} s, {clients} clients),"
        f" p50 {1000 * statistics.median(ordered):.0f} ms, p99 {1000 * p99:.0f} ms,"
        f" lost {lost}, stored twice {twice}, errors {outcome.errors or 0}, retries {outcome.retries}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--links", type=int, default=100)
    parser.add_argument("--kill", action="store_true")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="samsyn-intake-"))
    cluster = Cluster(folder) if asked.database == "postgresql" else None
    os.environ.update(
        SAMSYN_DATA=str(folder),
        SAMSYN_HTTPS="0",
        SAMSYN_DEMO="0",
        DJANGO_SETTINGS_MODULE="samsyn.project.settings",
        DATABASE_URL=cluster.start() if cluster else "",
    )
    server = Server(free_port())
    try:
        import django

        django.setup()
        from samsyn.cli.server import migrate_database

        migrate_database(verbosity=0)
        tokens = build_town(asked.links)
        server.start()
        asyncio.run(drive(server, tokens, asked.clients, 1.5, kill=False))
        began, cpu = time.monotonic(), server.cpu_seconds()
        outcome = asyncio.run(drive(server, tokens, asked.clients, asked.seconds, asked.kill))
        took = time.monotonic() - began
        if not asked.kill:
            spent = 1000 * (server.cpu_seconds() - cpu) / max(1, len(outcome.acknowledged))
            print(
                f"processor time of the server: {spent:.1f} ms a report; load of the machine {os.getloadavg()[0]:.1f}"
            )
        server.stop()
        lost, twice = check_stored(outcome)
        name = "SQLite, synchronous=FULL" if cluster is None else "PostgreSQL, fsync on"
        tell(outcome, took, asked.clients, lost, twice, name)
        return 1 if lost or twice or outcome.errors else 0
    finally:
        if server.process is not None and server.process.poll() is None:
            server.kill()
        if cluster is not None:
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
