"""Brå's files are recognised by what they hold, and their figures keep their marks."""

import pytest

from samsyn.formats.base import FormatError
from samsyn.formats.bra import YearMissingError, read_bra

TABLE = (
    "Region;Brott;År;Period;Antal;/100 000 inv\r\n"
    "Luleå kommun;Totalt antal brott;2026 prel.;Jan;1 234;1 560\r\n"
    "Norrbottens län;Misshandel;2025;Kvartal 3;12;3,5\r\n"
    "Hela landet;Misshandel;2025;Helår;..;..\r\n"
    "Luleå kommun;Rån;2025;Aldrig;1;2\r\n"
    "Luleå kommun;Rån;snart;Jan;1;2\r\n"
    "Luleå kommun;Rån;2025;Jan;många;2\r\n"
)


def test_table_export_in_iso_8859_1():
    result = read_bra(TABLE.encode("iso-8859-1"))
    assert (result.kind, result.facts.encoding) == ("bra_table", "iso-8859-1")
    first, quarter, country = result.rows
    assert (first.municipality_code, first.period_kind, first.year, first.period) == (
        "2580",
        "month",
        2026,
        1,
    )
    assert (first.count, first.per_100k, first.preliminary) == (1234, 1560.0, True)
    assert (quarter.region_kind, quarter.county_code, quarter.period_kind, quarter.period) == (
        "county",
        "25",
        "quarter",
        3,
    )
    assert (quarter.per_100k, quarter.preliminary) == (3.5, False)
    assert (country.region_kind, country.count, country.missing) == (
        "country",
        None,
        "not_applicable",
    )
    assert [(e.row, e.column) for e in result.errors] == [(5, "Period"), (6, "År"), (7, "Antal")]


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-8", "utf-8-sig", "utf-16"])
def test_the_same_table_in_any_encoding(encoding):
    assert read_bra(TABLE.encode(encoding)).rows == read_bra(TABLE.encode()).rows


def test_yearly_file_with_bom_and_spaces_in_thousands(tmp_path):
    path = tmp_path / "anmalda_brott_2025.csv"
    path.write_bytes(
        "\ufeffKommun;Antal;Per 100 000\r\nLuleå;9\u00a0876;12 345\r\nLomma;1 802;..\r\n".encode()
    )
    result = read_bra(path)
    assert result.kind == "bra_yearly"
    assert [(r.municipality_code, r.year, r.count, r.per_100k) for r in result.rows] == [
        ("2580", 2025, 9876, 12345.0),
        ("1262", 2025, 1802, None),
    ]
    assert {r.offence for r in result.rows} == {"Totalt antal brott"}


def test_yearly_file_that_does_not_tell_its_year_asks_for_it():
    content = "Kommun;Antal;Per 100 000\r\nLuleå;1;2\r\n".encode()
    with pytest.raises(YearMissingError, match="Ange året"):
        read_bra(content)
    assert read_bra(content, year=2024, offence="Rån").rows[0].offence == "Rån"


def test_indicators_with_registered_and_survey_sheets(make_xlsx):
    content = make_xlsx(
        ("Läs mig", [["Om filen"]]),
        (
            "Misshandel (anmälda)",
            [
                ["Anmälda misshandelsbrott"],
                ["Geografi", "Antal 2024", "Antal 2025 prel.", "Antal per 100 000 inv 2024", "Antal per 100 000 inv 2025 prel."],
                ["Luleå", 412, "..", 520.5, ".."],
                ["Hela landet", 80123, 81000, 760, 765],
                [],
                ["Källa: Brå"],
            ],
        ),
        (
            "Otrygghet",
            [
                ["Otrygga vid utevistelse, NTU"],
                ["Geografi", "Andel 2024", "Antal 2024", "Andel, undre gräns 2024", "Andel, övre gräns 2024"],
                ["Norrbottens län", 25.1, 50200, 22, ".."],
            ],
        ),
    )  # fmt: skip
    result = read_bra(content)
    assert (result.kind, result.errors) == ("bra_indicators", [])
    lulea, lulea_prel, *_, survey = result.rows
    assert (lulea.offence, lulea.year, lulea.count, lulea.per_100k) == (
        "Misshandel",
        2024,
        412,
        520.5,
    )
    assert (lulea_prel.preliminary, lulea_prel.missing) == (True, "not_applicable")
    assert (survey.source, survey.share, survey.lower, survey.upper, survey.count) == (
        "survey",
        25.1,
        22.0,
        None,
        50200,
    )
    assert len(result.rows) == 5
    assert "Läs mig" in result.notes[0]


def test_the_real_monthly_file_goes_through_whole(shared_data):
    result = read_bra(shared_data / "bra_lulea_boden_2026-08.csv")
    assert (result.kind, result.errors) == ("bra_monthly", [])
    assert len(result.rows) == 82
    # the region number of the file is Brå's own, never the municipality code
    assert {r.municipality_code for r in result.rows} == {"2580", "2582"}
    assert all(
        (r.period_kind, r.year, r.period, r.preliminary) == ("month", 2026, 8, True)
        for r in result.rows
    )
    total = next(
        r for r in result.rows if r.region == "Boden" and r.offence == "Totalt antal brott"
    )
    assert (total.count, total.per_100k, total.offence_id, total.level) == (225, 786.0, "13192", 1)
    child = next(r for r in result.rows if r.level == 2)
    assert (child.parent_id, child.parent) == ("13193", "Brott mot brottsbalken")


@pytest.mark.parametrize(
    "content",
    ["a;b\n1;2\n", "Region;Brott;År;Antal\n", "Region;Brott;År;Antal\nx;y;z;1\n", "bara text"],
)
def test_other_files_are_refused_in_plain_words(content):
    with pytest.raises(FormatError, match="Filen"):
        read_bra(content.encode())
