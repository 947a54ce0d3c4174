"""`samsyn import …` as it is typed: the summary as JSON, clear errors, exit code 2 and no change."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMSYN = Path(sys.executable).with_name("samsyn")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run the real command on a database of its own."""
    data = tmp_path_factory.mktemp("samsyn")
    environment = {
        **{
            k: v
            for k, v in os.environ.items()
            if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
        },
        "SAMSYN_DATA": str(data),
        "SAMSYN_DEMO": "0",
    }

    def run_command(*words):
        return subprocess.run(
            [SAMSYN, *map(str, words)], env=environment, capture_output=True, text=True, timeout=120
        )

    assert run_command("migrate").returncode == 0
    return run_command


EVENT = {
    "id": 7,
    "datetime": "2026-05-14 23:10:00 +02:00",
    "name": "14 maj 22.30, Brand, Luleå",
    "summary": "[Påhittad]",
    "url": "/x",
    "type": "Brand",
    "location": {"name": "Luleå", "gps": "65.58,22.15"},
}


def test_a_file_is_read_counted_and_undone(run, tmp_path):
    path = tmp_path / "polisen.json"
    path.write_text(json.dumps([EVENT]))
    first = json.loads(run("import", "police-events", path, "--json").stdout)
    assert (first["state"], first["new"]) == ("done", 1)
    again = json.loads(run("import", "police-events", path, "--json").stdout)
    assert (again["new"], again["unchanged"]) == (0, 1)
    undone = json.loads(run("import", "undo", first["job"], "--json").stdout)
    assert undone["state"] == "undone"


@pytest.mark.parametrize("kind", ["police-events", "bra"])
@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00\x00", b'{"half": '])
def test_a_malformed_file_is_an_error_that_says_what_to_do(run, tmp_path, kind, content):
    path = tmp_path / "fil"
    path.write_bytes(content)
    done = run("import", kind, path, "--json")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Fel: ")
    assert "Traceback" not in done.stderr


def test_a_place_for_errors_that_cannot_be_written_stops_before_anything_is_read(run, tmp_path):
    path = tmp_path / "polisen.json"
    path.write_text(json.dumps([{**EVENT, "id": 70}]))
    told = run("import", "police-events", path, "--errors", tmp_path / "finns-inte" / "fel.csv")
    assert told.returncode == 2
    assert "Traceback" not in told.stderr
    again = run("import", "police-events", path, "--json")
    assert json.loads(again.stdout)["new"] == 1


def test_a_file_that_is_not_there_is_an_error(run, tmp_path):
    done = run("import", "bra", tmp_path / "finns-inte.csv")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_municipality_that_is_not_set_up_is_an_error(run, tmp_path):
    path = tmp_path / "rapporter.xlsx"
    path.write_bytes(b"x")
    done = run("import", "earlier-reports", path, "--municipality", "0000")
    assert done.returncode == 2
    assert "0000" in done.stderr


def test_undoing_what_never_was_is_an_error(run):
    assert run("import", "undo", "inget-nummer").returncode == 2


def test_fetching_is_off_until_somebody_switches_it_on(run):
    done = run("fetch", "police-events")
    assert done.returncode == 2
    assert "SAMSYN_FETCH_POLICE_EVENTS" in done.stderr


LIST = (
    "Inskrivningsdatum;Näpo;Basområde;Gata;Brottskod;Antal;Brottsdag start;Brottsdag slut;"
    "Brottstid start;Brottstid slut\n"
    "10/3/26;Centrum;Norr;Storgatan 12 B;1201;1;10/1/26;10/2/26;2200;0600\n"
)


def test_a_list_of_an_unknown_police_area_changes_nothing(run, tmp_path):
    path = tmp_path / "lista.csv"
    path.write_text(LIST)
    done = run("import", "police-list", path, "--profile", "manadslista")
    assert done.returncode == 2
    assert "--police-area" in done.stderr
