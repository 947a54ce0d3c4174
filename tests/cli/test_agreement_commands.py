"""The commands on agreements: what they write, and what they refuse."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from samsyn.cli.agreement import agreement, law
from samsyn.domains.agreements.file import shipped_agreements


@pytest.fixture
def run():
    """Run a command; return its exit code, what it wrote, and what it said on stderr."""

    def call(command, *words):
        result = CliRunner().invoke(command, [str(word) for word in words])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return call


def path_of(code):
    return shipped_agreements()[code]


@pytest.mark.parametrize("code", ["laholm-2024", "hallsberg-2024", "lomma-2023", "lulea-2020"])
def test_the_agreements_that_come_with_samsyn_pass_the_check(run, code):
    exit_code, out, _err = run(agreement, "check", path_of(code))

    assert exit_code == 0
    assert "Inga fel" in out


def test_a_file_with_faults_is_refused_with_line_and_column(run, tmp_path, db):
    from samsyn.domains.agreements.models import Agreement

    broken = tmp_path / "fel.yaml"
    broken.write_text(
        path_of("laholm-2024").read_text().replace("body: strategiska-radet", "body: radet")
    )

    for command in ("check", "load"):
        exit_code, _out, err = run(agreement, command, broken)
        assert exit_code == 2
        assert "Rad " in err
        assert "kolumn " in err
    assert not Agreement.objects.exists()


def test_a_file_that_is_not_there_is_a_message(run):
    exit_code, _out, err = run(agreement, "check", "/finns/inte.yaml")

    assert exit_code == 2
    assert "går inte att öppna" in err


@pytest.mark.clause("C02", "C03")
def test_status_gives_every_commitment_its_state_and_why(run, db):
    assert run(agreement, "load", path_of("laholm-2024"))[0] == 0

    exit_code, out, err = run(agreement, "status", "laholm-2024", "--at", "2026-11-20", "--json")

    rows = json.loads(out)
    assert exit_code == 0
    assert err == ""
    assert len(rows) == 24
    for row in rows:
        assert {"id", "clause", "state", "due", "responsible", "evidence", "why"} <= set(row)
        assert row["why"].endswith(".")
    council = next(row for row in rows if row["id"] == "radet-mots")
    assert council["state"] == "late"
    assert council["clause"] == "L06"
    assert council["responsible"] == ["Brottsförebyggande samordnare"]


@pytest.mark.clause("U14")
def test_status_of_one_that_only_comes_along_is_computed_from_its_file_and_says_so(run, db):
    exit_code, out, err = run(agreement, "status", "lulea-2020", "--at", "2026-11-20", "--json")

    assert exit_code == 0
    assert "inte inläst" in err
    assert {row["state"] for row in json.loads(out)} == {"not_applicable"}


def test_an_unknown_agreement_is_a_message(run, db):
    exit_code, _out, err = run(agreement, "status", "finns-inte", "--json")

    assert exit_code == 2
    assert "inte inläst" in err


@pytest.mark.clause("K08", "K15", "K23")
def test_a_year_as_json_and_as_calendar(run, db, tmp_path):
    from icalendar import Calendar

    target = tmp_path / "lomma.ics"
    run(agreement, "load", path_of("lomma-2023"))
    _code, out, _err = run(agreement, "year", "lomma-2023", "--year", "2025", "--json")
    exit_code, _out, _err = run(agreement, "year", "lomma-2023", "--year", "2025", "--ics", target)

    rows = json.loads(out)
    assert exit_code == 0
    places = [row["place"] for row in rows if row["id"] == "interaktionsmoten"]
    assert sorted(places) == ["Bjärred"] * 4 + ["Lomma"] * 4
    assert [row["due"] for row in rows if row["id"] == "informationsutskick"] == [
        "2025-04-29",
        "2025-06-12",
        "2025-12-19",
    ]
    events = list(Calendar.from_ical(target.read_bytes()).walk("VEVENT"))
    assert len(events) == len(rows)
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert all("dtstamp" in event for event in events)


@pytest.mark.clause("H02")
def test_the_law_has_the_same_shape_with_paragraphs_for_clauses(run, db):
    exit_code, out, _err = run(law, "1381", "--at", "2026-11-20", "--json")

    rows = json.loads(out)
    assert exit_code == 0
    assert {row["clause"] for row in rows} == {f"§ {number}" for number in range(4, 15)}
    clocks = [row for row in rows if row["clause"] == "§ 6"]
    assert len(clocks) == 2
    assert all(row["state"] == "late" for row in clocks)


def test_a_municipality_that_does_not_exist_is_a_message(run, db):
    exit_code, _out, err = run(law, "9999", "--json")

    assert exit_code == 2
    assert "kommunkod" in err


def test_a_diff_says_in_words_what_changed(run, tmp_path):
    changed = tmp_path / "ny.yaml"
    changed.write_text(path_of("laholm-2024").read_text().replace("{per_year: 6,", "{per_year: 8,"))

    exit_code, out, _err = run(agreement, "diff", path_of("laholm-2024"), changed)

    assert exit_code == 0
    assert "sex gånger per år" in out
    assert "åtta gånger per år" in out


@pytest.mark.clause("C02")
def test_a_draft_is_proposed_from_the_prose_with_its_sentences(run, shared):
    prose = shared / "seeds" / "laholm-2024-2026.txt"

    exit_code, out, _err = run(agreement, "draft", prose)
    _code, listed, _err = run(agreement, "draft", prose, "--json")

    assert exit_code == 0
    assert "212000-1223" in out
    text = prose.read_text(encoding="utf-8")
    proposals = json.loads(listed)
    assert proposals
    assert all(0 <= one["confidence"] <= 1 for one in proposals)
    assert sum(one["words"] in text for one in proposals) == len(proposals)
