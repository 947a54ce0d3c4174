"""`samsyn picture weekly`: on whatever is in the database, changing nothing."""

import json

import pytest
from click.testing import CliRunner

from samsyn.base.audit.models import AuditEntry
from samsyn.base.errors import UserError
from samsyn.cli.picture import picture
from samsyn.domains.situation.models import AnalysisRun, Picture
from samsyn.formats.swedish import MONTHS


def run(*arguments):
    return CliRunner().invoke(picture, ["weekly", *arguments])


@pytest.mark.clause("C01")
def test_it_writes_json_pdf_and_word_and_changes_nothing(busy_town, police_event, town, tmp_path):
    police_event(7, "2026-05-12T10:00")
    police_event(8, "2026-05-12T07:00", is_summary=True)
    before = AuditEntry.objects.count()
    files = {form: tmp_path / f"bild.{form}" for form in ("json", "pdf", "docx", "csv")}
    arguments = [part for form, path in files.items() for part in (f"--{form}", str(path))]
    done = run("--municipality", "2580", "--week", "2026-W20", *arguments)
    assert done.exit_code == 0, done.output
    assert "Körs som systemet självt" in done.stderr
    data = json.loads(files["json"].read_text())
    assert (data["municipality"], data["week"]) == ("2580", "2026-W20")
    assert data["sources"]["reports"]["count"] == 34
    assert (
        data["sources"]["police_events"]["ids"],
        data["sources"]["police_events"]["summaries"],
    ) == ([7], [8])
    assert files["pdf"].read_bytes().startswith(b"%PDF")
    assert files["docx"].read_bytes().startswith(b"PK")
    assert "Alla rapporter;34" in files["csv"].read_text(encoding="utf-8-sig")
    assert not Picture.objects.exists()
    assert not AnalysisRun.objects.exists()
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--municipality", "2580", "--week", "2024-W53"), "Vecka 53 finns inte år 2024"),
        (("--municipality", "2580", "--week", "vecka 20"), "Skriv år och vecka så här"),
        (("--municipality", "0000", "--week", "2026-W20"), "Ingen kommun har koden 0000"),
        (("--municipality", "Luleå", "--week", "2026-W20"), "Ingen kommun har koden"),
        (("--police-area", "finns-inte", "--week", "2026-W20"), "Inget polisområde heter"),
    ],
)
def test_mistakes_are_told_in_words(arguments, told, town):
    done = run(*arguments)
    assert isinstance(done.exception, UserError)
    assert told in str(done.exception)


def test_the_program_ends_with_code_2_for_a_week_that_is_not(db, monkeypatch, capsys):
    from samsyn import cli

    monkeypatch.setattr(
        "sys.argv", ["samsyn", "picture", "weekly", "--municipality", "2580", "--week", "2024-W53"]
    )
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 2
    assert capsys.readouterr().err == "Fel: Vecka 53 finns inte år 2024. Det året har 52 veckor.\n"


def test_one_scope_and_only_one_is_given(town):
    assert run("--week", "2026-W20").exit_code == 2
    assert run("--week", "2026-W20", "--municipality", "2580", "--police-area", "x").exit_code == 2


@pytest.mark.parametrize(
    "name", ["lpo-lulea-boden", "Lokalpolisområde Luleå-Boden", "LOKALPOLISOMRÅDE LULEÅ-BODEN"]
)
def test_a_police_area_goes_by_slug_or_name(name, town, tmp_path):
    done = run("--police-area", name, "--week", "2026-W20", "--json", str(tmp_path / "ut.json"))
    assert done.exit_code == 0, done.output
    data = json.loads((tmp_path / "ut.json").read_text())
    assert (data["municipality"], data["police_area"]) == (None, "lpo-lulea-boden")
    assert data["municipalities"] == ["2582", "2580"]


def test_an_empty_database_gives_an_honest_picture(db):
    done = run("--municipality", "2580", "--week", "2026-W20")
    assert done.exit_code == 0
    assert "Ingen i Luleå rapporterar i Samsyn än." in done.stdout
    assert "Att det saknas rapporter säger inget om läget." in done.stdout


def test_the_real_archive_gives_the_events_of_the_week(db, shared):
    """The number is counted once more here, straight from the file and with other code."""
    import gzip
    import re
    from datetime import datetime

    from samsyn.domains.registered.importing import police_events
    from samsyn.domains.registered.models import PoliceEvent

    with gzip.open(shared / "data" / "polisen_events.json.gz") as archive:
        rows = json.load(archive)
    wanted, summaries = set(), set()
    chosen = []
    for row in rows:
        if row["location"]["name"] != "Luleå" or not row["datetime"].startswith("2026-01"):
            continue
        found = re.match(r"(\d+) (\w+) (\d+)[.:](\d+)", row["name"])
        at = datetime(2026, MONTHS.index(found[2]) + 1, int(found[1]), int(found[3]), int(found[4]))
        if at.isocalendar()[:2] == (2026, 3):
            (summaries if row["type"].startswith("Sammanfattning") else wanted).add(row["id"])
        chosen.append(row)
    read = police_events.read(json.dumps(chosen).encode(), {})
    PoliceEvent.objects.bulk_create(police_events.event_of(row, None) for row in read.rows)
    done = run("--municipality", "2580", "--week", "2026-W03", "--json", "-")
    events = json.loads(done.stdout)["sources"]["police_events"]
    assert wanted
    assert (set(events["ids"]), events["count"]) == (wanted, len(wanted))
    assert set(events["summaries"]) == summaries
