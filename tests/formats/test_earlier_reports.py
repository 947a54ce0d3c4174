"""An old municipality's list of earlier reports comes in, bad rows told one by one."""

from datetime import datetime

import pytest

from samsyn.formats.base import FormatError
from samsyn.formats.earlier_reports import read_earlier_reports


def test_dates_times_intervals_and_categories(make_xlsx):
    content = make_xlsx(
        (
            "Rapporter",
            [
                ["Påhittad lista"],
                ["Datum", "Tid", "Kategori", "Plats", "Notering", "Handläggare"],
                [datetime(2026, 5, 12), "22.30-01.00", "Skadegörelse", "Torget", "Bänk sönder", "Samordnaren"],
                ["2026-05-13", "22", "klot", "Skolan", "", ""],
                ["13 maj 2026", "", "NARK", "", "", ""],
                ["2026-05-13", "natt", "Klotter", "", "", ""],
                ["2026-05-13 14:05", "", "Klotter", "", "", ""],
                [],
                ["i går", "", "Klotter", "", "", ""],
                ["2026-05-13", "sent", "Klotter", "", "", ""],
                ["2026-05-13", "", "Anna Svensson", "", "", ""],
            ],
        )
    )  # fmt: skip
    result = read_earlier_reports(content)
    spans = [
        (r.category, r.start.isoformat()[:16], r.end.isoformat()[:16], r.time_known)
        for r in result.rows
    ]
    assert spans == [
        ("SKAD", "2026-05-12T22:30", "2026-05-13T01:00", True),
        ("KLOT", "2026-05-13T22:00", "2026-05-13T22:00", True),
        ("NARK", "2026-05-13T00:00", "2026-05-14T00:00", False),
        ("KLOT", "2026-05-13T22:00", "2026-05-14T06:00", True),
        ("KLOT", "2026-05-13T14:05", "2026-05-13T14:05", True),
    ]
    assert [(e.row, e.column) for e in result.errors] == [
        (9, "Datum"),
        (10, "Tid"),
        (11, "Kategori"),
    ]
    assert "Svensson" not in repr(result.errors)
    assert result.notes == ["Kolumner som inte läses: Handläggare."]
    assert (result.rows[0].place, result.rows[0].note) == ("Torget", "Bänk sönder")


def test_a_bodys_own_categories_are_used_instead():
    content = "Datum;Kategori\n2026-05-01;Båtar\n2026-05-01;Klotter\n".encode()
    result = read_earlier_reports(content, categories={"Båtar": "BAT"})
    assert [r.category for r in result.rows] == ["BAT"]
    assert result.errors[0].row == 3


def test_a_list_without_date_and_category_is_refused():
    with pytest.raises(FormatError, match="Datum och Kategori"):
        read_earlier_reports(b"a;b\n1;2\n")
