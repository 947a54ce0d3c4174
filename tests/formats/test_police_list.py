"""The kommunpolis' monthly list: understood, cleaned at the door, bad rows told one by one."""

import json
from datetime import date, datetime

import pytest

from samsyn.formats.base import FormatError
from samsyn.formats.police_list import (
    Profile,
    Role,
    guess_profile,
    inspect_police_list,
    read_police_list,
)
from samsyn.formats.police_list.door import clean_street, coarsen_points

SECRET = b"a secret of the installation"
HEADER_A = [
    "Inskrivningsdatum", "Näpo", "Basområde", "Gata", "Brottskod", "Antal",
    "Brottsdag start", "Brottsdag slut", "Brottstid start", "Brottstid slut",
]  # fmt: skip
HEADER_B = [
    "ID", "BROTTSKOD", "LATITUDE", "LONGITUDE", "GATA", "GATUNR", "KOMMUN",
    "BROTTSDATUMTID_START", "BROTTSDATUMTID_SLUT", "Ärendenummer", "Fritext",
]  # fmt: skip


@pytest.fixture(scope="module")
def list_a(make_xlsx):
    rows = [
        [],
        ["Påhittad lista, maj"],
        HEADER_A,
        ["5/13/26", "Luleå", "Centrum", "Storgatan 12 B lgh 1101", 407, 1, "5/12/26", "5/13/26", 2200, 5],
        HEADER_A,
        [],
        ["5/14/26", "Luleå", "Bergnäset", "Väg 97", "1201", None, "5/14/26", None, None, None],
        [datetime(2026, 5, 15), "Luleå", "Centrum", "E4", "12O1", 1, "5/1/26", "5/2/26", "0900", "1000"],
        ["5/16/26", "Luleå", "Centrum", "Kungsgatan 3", "0802", 1, "5/16/26", "5/15/26", 100, 100],
        ["5/16/26", "Luleå", "Centrum", "Kungsgatan 3", "0802", 1, "5/16/26", "5/16/26", 100, "2500"],
        ["5/16/26", "Luleå", "Centrum", "Kungsgatan 3", "0802", 0, "5/16/26", "5/16/26", 100, "0200"],
        ["32/16/26", "Luleå", "Centrum", "Kungsgatan 3", "0802", 1, "5/16/26", "5/16/26", 100, "0200"],
        ["5/16/26", "Luleå", "Centrum", "Kungsgatan 3", "0802", 1, "5/20/26", "5/20/26", 100, 130],
        ["Totalt", 9],
    ]  # fmt: skip
    return make_xlsx(("Blad1", [["inget här"]]), ("Maj", rows))


@pytest.fixture(scope="module")
def list_b(make_xlsx):
    return make_xlsx(
        (
            "Export",
            [
                HEADER_B,
                ["77001", 1201, 65.584819, 22.156703, "Storgatan", 12, "LULEÅ", datetime(2026, 5, 12, 22), datetime(2026, 5, 13, 6), "5000-K123456-26", "Påhittad anteckning om Anna"],
                ["77002", "0802", 0, 0, "Skolgatan", 3, "Boden", "2026-05-12 22:00", "2026-05-13 06:00", "", ""],
                ["77003", "0802", 22.15, 65.58, "Skolgatan", 3, "Boden", "2026-05-12 22:00", "2026-05-13 06:00", "", ""],
                ["77004", "0802", 65.58, 22.15, "Skolgatan", 3, "Atlantis", "2026-05-12 22:00", "2026-05-13 06:00", "", ""],
                ["77005", "0802", 65.58, 22.15, "Skolgatan", 3, "Boden", "Anna Andersson", "", "", ""],
            ],
        )
    )  # fmt: skip


def read_guessed(content, **overrides):
    return read_police_list(
        content, guess_profile(inspect_police_list(content), **overrides), secret=SECRET
    )


@pytest.mark.clause("K05")
def test_format_a_is_understood_and_shown_without_street_numbers(list_a):
    seen = inspect_police_list(list_a)
    assert (seen.layout, seen.sheet, seen.header_row, seen.date_format) == ("A", "Maj", 3, "m/d/y")
    assert seen.sheets == ("Blad1", "Maj")
    assert (seen.repeated_headers, seen.padding_rows, seen.total_rows) == (1, 1, 1)
    assert {c.role for c in seen.columns} >= {
        Role.REGISTERED_ON,
        Role.START_TIME,
        Role.STREET,
        Role.BASE_AREA,
    }
    assert seen.samples[0]["Gata"] == "Storgatan"
    assert all("12" not in sample["Gata"] for sample in seen.samples)


@pytest.mark.clause("K05")
def test_format_a_rows(list_a):
    result = read_guessed(list_a)
    first, whole_day, late = result.rows
    assert (first.crime_code, first.count, first.street, first.district) == (
        "0407",
        1,
        "Storgatan",
        "Luleå",
    )
    assert (first.registered_on, first.month_registered) == (date(2026, 5, 13), 202605)
    assert first.start.isoformat() == "2026-05-12T22:00:00+02:00"
    assert first.end.isoformat() == "2026-05-13T00:05:00+02:00"
    assert first.time_known
    assert (whole_day.street, whole_day.time_known) == ("Väg 97", False)
    assert (whole_day.start.isoformat(), whole_day.end.isoformat()) == (
        "2026-05-14T00:00:00+02:00",
        "2026-05-15T00:00:00+02:00",
    )
    assert [(w.row, w.reason) for w in result.warnings] == [
        (late.row, "Brottet är daterat efter inskrivningen.")
    ]


def test_bad_rows_are_told_one_by_one_with_the_line_of_the_file(list_a):
    result = read_guessed(list_a)
    assert [(e.row, e.column) for e in result.errors] == [
        (8, "Brottskod"), (9, "Brottsdag slut"), (10, "Brottstid slut"), (11, "Antal"), (12, "Inskrivningsdatum"),
    ]  # fmt: skip
    assert result.errors[0].value == "99a9"
    assert "1 upprepad rubrikrad hoppades över." in result.notes


@pytest.mark.clause("K05")
def test_format_b_loses_number_case_id_and_exact_place_at_the_door(list_b):
    seen = inspect_police_list(list_b)
    assert seen.layout == "B"
    result = read_guessed(list_b)
    first = result.rows[0]
    assert (first.municipality_code, first.street, first.crime_code) == (
        "2580",
        "Storgatan",
        "1201",
    )
    assert (first.lat, first.lon) != (65.584819, 22.156703)
    assert abs(first.lat - 65.584819) < 0.002
    assert abs(first.lon - 22.156703) < 0.004
    shown = repr(seen) + repr(result)
    for secret in (
        "77001",
        "77005",
        "K123456",
        "Anna",
        "Andersson",
        "65.584819",
        "22.156703",
        "Påhittad",
    ):
        assert secret not in shown
    assert [(e.row, e.column) for e in result.errors] == [
        (4, "LATITUDE"),
        (5, "KOMMUN"),
        (6, "BROTTSDATUMTID_START"),
    ]


def test_an_area_that_is_known_replaces_the_point(list_b):
    profile = guess_profile(inspect_police_list(list_b))
    rows = read_police_list(
        list_b, profile, secret=SECRET, find_area=lambda lon, lat: "2580A0010"
    ).rows
    assert (rows[0].area_code, rows[0].lat, rows[0].lon, rows[0].cell) == (
        "2580A0010",
        None,
        None,
        None,
    )
    assert rows[1].area_code is None


def test_points_within_a_cell_become_one_point():
    one, same, other = coarsen_points([(65.5848, 22.1567), (65.58481, 22.15671), (65.60, 22.20)])
    assert one == same != other
    assert len(one[2]) == 13
    assert int(one[2][:6]) % 250 == int(one[2][6:]) % 250 == 0


def test_row_keys_are_steady_keyed_and_tell_equal_lines_apart(list_a, list_b, make_xlsx):
    profile = guess_profile(inspect_police_list(list_b))
    keys = [r.row_key for r in read_police_list(list_b, profile, secret=SECRET).rows]
    assert keys == [r.row_key for r in read_police_list(list_b, profile, secret=SECRET).rows]
    assert not set(keys) & {
        r.row_key for r in read_police_list(list_b, profile, secret=b"b" * 32).rows
    }
    twice = make_xlsx(
        (
            "x",
            [
                ["Brottskod", "Gata", "Antal"],
                ["1201", "Storgatan 1", 1],
                ["1201", "Storgatan 1", 1],
            ],
        )
    )
    first, second = read_guessed(twice).rows
    assert first.row_key != second.row_key
    with pytest.raises(ValueError, match="16 bytes"):
        read_police_list(list_b, profile, secret=b"short")


@pytest.mark.clause("K05")
def test_format_c_pivot_skips_sums_and_keeps_zeros(make_xlsx):
    content = make_xlsx(
        (
            "Pivot",
            [
                ["Anmälda brott 2026"],
                ["Kategori", "jan", "feb", "mar", "Totalt"],
                ["0407 Ofredande", 1, 2, "x", 3],
                ["Skadegörelse", 5, None, 0, 5],
                ["Summa", 6, 2, 0, 8],
            ],
        )
    )
    assert inspect_police_list(content).layout == "C"
    result = read_guessed(content)
    assert [(r.label, r.crime_code, r.month, r.count) for r in result.rows] == [
        ("0407 Ofredande", "0407", 202601, 1),
        ("0407 Ofredande", "0407", 202602, 2),
        ("Skadegörelse", None, 202601, 5),
        ("Skadegörelse", None, 202603, 0),
    ]
    assert result.notes == ["1 summarad hoppades över."]
    assert [(e.row, e.column) for e in result.errors] == [(3, "202603")]


def test_pivot_with_years_above_areas_and_merged_labels(make_xlsx):
    content = make_xlsx(
        (
            "P",
            [
                ["", "", 2025, None, 2026],
                ["Näpo", "Brott", "nov", "dec", "jan"],
                ["Luleå", "Rån", 1, 2, 3],
                ["", "Stöld", 4, 5, 6],
                ["Boden", "Rån", 7, 8, 9],
            ],
        )
    )
    rows = read_guessed(content).rows
    assert [(r.area, r.label, r.month, r.count) for r in rows][:4] == [
        ("Luleå", "Rån", 202511, 1),
        ("Luleå", "Rån", 202512, 2),
        ("Luleå", "Rån", 202601, 3),
        ("Luleå", "Stöld", 202511, 4),
    ]
    assert {r.municipality_code for r in rows} == {"2580", "2582"}


def test_pivot_without_a_year_asks_for_it(make_xlsx):
    content = make_xlsx(("P", [["Brott", "jan", "feb"], ["Rån", 1, 2]]))
    profile = guess_profile(inspect_police_list(content))
    with pytest.raises(FormatError, match="vilket år"):
        read_police_list(content, profile, secret=SECRET)
    assert read_guessed(content, year=2026).rows[0].month == 202601


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1"])
def test_csv_of_any_delimiter_and_encoding(delimiter, encoding):
    lines = [
        HEADER_A,
        ["2026-05-13", "Luleå", "Örnäset", "Åkergatan 5", "407", "2", "2026-05-12", "", "5", ""],
    ]
    content = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
    row = read_guessed(content).rows[0]
    assert (row.base_area, row.street, row.crime_code, row.count) == (
        "Örnäset",
        "Åkergatan",
        "0407",
        2,
    )
    assert row.start == row.end
    assert row.start.isoformat() == "2026-05-12T00:05:00+02:00"


def test_a_profile_survives_json_and_finds_a_header_that_moved(make_xlsx, list_a):
    profile = Profile.from_json(
        json.loads(json.dumps(guess_profile(inspect_police_list(list_a)).to_json()))
    )
    assert profile == guess_profile(inspect_police_list(list_a))
    row = ["6/13/26", "Luleå", "Centrum", "Storgatan 1", 407, 1, "6/12/26", "6/12/26", 1, 2]
    moved = make_xlsx(
        ("Juni", [["Ny titel"], [], [], [], list(reversed(HEADER_A)), list(reversed(row))])
    )
    assert read_police_list(moved, profile, secret=SECRET).rows[0].registered_on == date(
        2026, 6, 13
    )


def test_a_file_that_does_not_fit_the_profile_is_refused(list_a, list_b):
    with pytest.raises(FormatError, match="stämmer inte med profilen"):
        read_police_list(list_b, guess_profile(inspect_police_list(list_a)), secret=SECRET)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"columns": 3},
        {"columns": {"okänd": "X"}},
        {"columns": {}, "header_row": "a"},
        {"columns": {}, "layout": "D"},
    ],
)
def test_a_broken_profile_is_refused(data):
    with pytest.raises(FormatError, match="Profilen"):
        Profile.from_json(data)


def test_unknown_columns_never_leave_the_reader(make_xlsx):
    content = make_xlsx(
        (
            "x",
            [
                ["Brottskod", "Brottsdag", "Målsägande", "Fritext", "Xyz"],
                ["1201", "2026-05-01", "Anna Berg", "0701234567", "hemligt"],
            ],
        )
    )
    seen, result = inspect_police_list(content), read_guessed(content)
    assert len(result.rows) == 1
    for secret in ("Anna", "0701234567", "hemligt"):
        assert secret not in repr(seen) + repr(result)
    assert any("Målsägande" in note for note in seen.notes)


@pytest.mark.parametrize(
    ("street", "clean"),
    [
        ("Storgatan 12", "Storgatan"), ("Storgatan 12 B", "Storgatan"), ("Storgatan 12B, lgh 1101", "Storgatan"),
        ("Storgatan12", "Storgatan"), ("12 Storgatan", "Storgatan"), ("Väg 97", "Väg 97"), ("Riksväg 50", "Riksväg 50"),
        ("E4", "E4"), ("Skolväg 3", "Skolväg"), ("2:a Tvärgatan 4", "2:a Tvärgatan"), ("Storgatan c/o Berg", "Storgatan"),
        ("Storgatan 5000-K123456-26", "Storgatan"), ("Storgatan 19900101-1234", "Storgatan"), ("Torget", "Torget"),
        ("Norra Hamngatan 1-3", "Norra Hamngatan"), ("12", ""), ("", ""),
    ],
)  # fmt: skip
def test_street_numbers_are_dropped_and_road_numbers_kept(street, clean):
    assert clean_street(street) == clean
