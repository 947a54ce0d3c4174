"""A name in a file leads to the right municipality, or to none."""

import pytest

from samsyn.formats.places import counties, find_county, find_municipality, municipalities


def test_all_municipalities_and_counties_are_there():
    assert len(municipalities()) == 290
    assert len(counties()) == 21
    assert municipalities()["2580"].name == "Luleå"
    assert municipalities()["2580"].county == "Norrbottens län"
    assert all(
        len(code) == 4 and find_municipality(m.name) == code for code, m in municipalities().items()
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Laholm", "1381"), ("Hallsberg", "1861"), ("Askersund", "1882"), ("Kumla", "1881"), ("Laxå", "1860"),
        ("Lomma", "1262"), ("LULEÅ", "2580"), ("Luleå kommun", "2580"), ("Lunds kommun", "1281"),
        ("Göteborgs stad", "1480"), ("Stockholms stad", "0180"), ("Falu kommun", "2080"), ("Borås Stad", "1490"),
        ("Region Gotland", "0980"), ("Upplands väsby", "0114"), ("0114", "0114"), ("2580 Luleå", "2580"),
        ("9999", None), ("Uppsala län", None), ("Gotlands län", None), ("Lunds", None), ("", None),
    ],
)  # fmt: skip
def test_name_variants(text, code):
    assert find_municipality(text) == code


def test_county_names():
    assert find_county("Stockholms län") == "01"
    assert find_county("region halland") == "13"
    assert find_county("Stockholm") is None
