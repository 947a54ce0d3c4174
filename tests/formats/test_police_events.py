"""The police's published events become rows with the right time and the right municipality."""

import gzip
import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from samsyn.formats.base import FormatError
from samsyn.formats.police_events import parse_event_time, read_police_events

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def event(**changes):
    base = {
        "id": 1,
        "datetime": "2026-08-22 19:51:41 +02:00",
        "name": "22 augusti 17.59, Brand, Kävlinge",
        "summary": "Påhittad händelse.",
        "url": "/aktuellt/handelser/1/",
        "type": "Brand",
        "location": {"name": "Skåne län", "gps": "55.990257,13.595769"},
    }
    return {**base, **changes}


def read(*events):
    return read_police_events(json.dumps(events, ensure_ascii=False).encode())


@pytest.mark.parametrize(
    ("name", "published", "expected"),
    [
        ("22 augusti 17.59, Brand, Kävlinge", "2026-08-22 19:51:41 +02:00", "2026-08-22T17:59:00+02:00"),
        ("26 september 14:21, Mord, Stockholm", "2022-09-26 15:55:23 +02:00", "2022-09-26T14:21:00+02:00"),
        ("01 mars 07.30, Övrigt, Boden", "2023-3-1 9:05:03 +01:00", "2023-03-01T07:30:00+01:00"),
        ("31 december 23.50, Brand, Nacka", "2024-01-01 0:40:16 +01:00", "2023-12-31T23:50:00+01:00"),
        ("1 januari 10.00, Kontroll, Nacka", "2025-12-30 8:00:00 +01:00", "2026-01-01T10:00:00+01:00"),
        ("29 februari 12.00, Brand, Umeå", "2024-03-01 8:00:00 +01:00", "2024-02-29T12:00:00+01:00"),
        # an operation announced some days ahead stays in its year
        ("17 juni 07.00, Övrigt, Örebro län", "2024-06-13 5:56:19 +02:00", "2024-06-17T07:00:00+02:00"),
        # 02.30 does not exist that night: the clock goes from 02 to 03
        ("29 mars 02.30, Brand, Luleå", "2026-03-29 8:00:00 +02:00", "2026-03-29T03:30:00+02:00"),
        # 02.30 happens twice that night: summer time is meant
        ("25 oktober 02.30, Brand, Luleå", "2026-10-25 8:00:00 +01:00", "2026-10-25T02:30:00+02:00"),
    ],
)  # fmt: skip
def test_time_is_read_from_the_heading_with_the_right_year(name, published, expected):
    row = read(event(name=name, datetime=published)).rows[0]
    assert row.event_at.isoformat() == expected
    assert row.event_at_source == "name"


@pytest.mark.parametrize(
    "name", ["Brand, Kävlinge", "31 februari 10.00, Brand", "29 februari 12.00, Brand", "22 augusti 25.59, Brand", "22 abc 10.00, x"]
)  # fmt: skip
def test_heading_without_a_usable_time_falls_back_to_publication(name):
    row = read(event(name=name)).rows[0]
    assert row.event_at_source == "published"
    assert row.event_at.isoformat() == "2026-08-22T19:51:41+02:00"


def test_what_cannot_have_happened_yet_happened_the_year_before():
    """An update of an old event: its heading keeps the day on which it happened."""
    published = datetime(2025, 8, 26, 12, 51, tzinfo=STOCKHOLM)
    found = parse_event_time("18 september 12.27, Anträffad död, Karlstad", published)
    assert found.isoformat() == "2024-09-18T12:27:00+02:00"


@pytest.mark.parametrize(
    ("location", "name", "code", "county"),
    [
        ("Kävlinge", "22 augusti 17.59, Brand, Lund", "1261", "12"),
        ("Skåne län", "22 augusti 17.59, Brand, Kävlinge", "1261", "12"),
        ("Upplands-bro", "22 augusti 17.59, Brand, Upplands-Bro", "0139", "01"),
        ("Dals-ed", "22 augusti 17.59, Brand, Dals-Ed", "1438", "14"),
        ("Malung-Sälen", "22 augusti 17.59, Brand, Malung-Sälen", "2023", "20"),
        ("Uppsala", "22 augusti 17.59, Brand, Uppsala", "0380", "03"),
        ("Uppsala län", "22 augusti 17.59, Brand, Uppsala län", None, "03"),
        ("Gotlands län", "22 augusti 17.59, Brand, Gotland", "0980", "09"),
        ("Västerbottens län", "22 augusti 17.59, Brand, ", None, "24"),
        ("Habo", "22 augusti 17.59, Brand, Habo", "0643", "06"),
        ("Håbo", "22 augusti 17.59, Brand, Håbo", "0305", "03"),
        ("Ingenstans", "22 augusti 17.59, Brand, Ingenstans", None, None),
    ],
)
def test_municipality_comes_from_location_else_heading_else_only_county(
    location, name, code, county
):
    row = read(event(name=name, location={"name": location, "gps": "55.9,13.5"})).rows[0]
    assert (row.municipality_code, row.county_code) == (code, county)


def test_summaries_are_marked():
    rows = read(
        event(
            id=1,
            type="Sammanfattning natt",
            name="21 mars 06.00, Sammanfattning natt, Hallands län",
        ),
        event(id=2, type="Övrigt", name="21 mars 06.00, Sammanfattning kväll, Hallands län"),
        event(id=3),
    ).rows
    assert [row.is_summary for row in rows] == [True, True, False]


def test_changed_text_changes_the_hash_and_the_last_of_two_equal_ids_stands():
    first, changed = (
        read(event()).rows[0],
        read(
            event(summary="Nytt."),
        ).rows[0],
    )
    assert first.content_hash != changed.content_hash
    result = read(event(), event(summary="Nytt."))
    assert [row.summary for row in result.rows] == ["Nytt."]
    assert "1 händelse fanns flera gånger" in result.notes[0]


def test_bad_elements_are_reported_one_by_one_and_the_rest_is_read():
    result = read(
        event(id=1), 7, None, [], event(id="x"), event(id=True), event(id=10**30), event(datetime="igår"),
        event(name=""), event(summary=4), event(id=2, location=None), event(id=3, location={"gps": "a,b"}),
    )  # fmt: skip
    assert [row.id for row in result.rows] == [1, 2, 3]
    assert [error.row for error in result.errors] == [2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert all(error.reason.endswith(".") for error in result.errors)


def test_empty_answer_of_the_api_is_no_fault():
    assert read_police_events(b"[]").rows == []


@pytest.mark.parametrize("content", [b"[1, 2, 3]", b'{"id": 1}', b'[{"id": 1}', b"[{}] x", b"[,]"])
def test_other_json_is_refused_in_plain_words(content):
    with pytest.raises(FormatError, match="Filen"):
        read_police_events(content)


def test_gzip_and_plain_give_the_same_rows():
    plain = json.dumps([event()]).encode()
    assert read_police_events(gzip.compress(plain)).rows == read_police_events(plain).rows


def test_the_real_archive_goes_through_whole(shared_data):
    result = read_police_events(shared_data / "polisen_events.json.gz")
    assert result.errors == []
    assert len(result.rows) == len({row.id for row in result.rows}) == 84_927
    assert result.counts == {
        "rows": 84_927,
        "municipality_location": 52_950,
        "municipality_name": 9_416,
        "county_only": 22_561,
        "no_place": 0,
        "summaries": 14_572,
        "time_from_published": 0,
    }
    late = [row for row in result.rows if (row.event_at - row.published_at).days >= 7]
    early = [row for row in result.rows if (row.published_at - row.event_at).days > 40]
    assert late == []
    # The one update of an event of the year before.
    assert [(row.id, row.event_at.year) for row in early] == [(598797, 2024)]
