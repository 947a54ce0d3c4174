"""Invented files in the real formats."""

import json

import pytest


@pytest.fixture
def events_file(tmp_path):
    """Write police events in the form of polisen.se; give dicts that replace the usual fields."""

    def write(*events, name="polisen.json"):
        path = tmp_path / name
        path.write_text(json.dumps([event(**one) for one in events]))
        return path

    return write


def event(**fields):
    usual = {
        "id": 1,
        "datetime": "2026-05-14 23:10:00 +02:00",
        "name": "14 maj 22.30, Brand, Luleå",
        "summary": "[Påhittad] Brand i container.",
        "url": "/aktuellt/handelser/1/",
        "type": "Brand",
        "location": {"name": "Luleå", "gps": "65.58,22.15"},
    }
    return usual | fields


HEADER = (
    "Inskrivningsdatum;Näpo;Basområde;Gata;Brottskod;Antal;"
    "Brottsdag start;Brottsdag slut;Brottstid start;Brottstid slut"
)


@pytest.fixture
def police_list(tmp_path):
    """Write a monthly list of the kind that police areas send (form A)."""

    def write(*rows, name="lista.csv"):
        path = tmp_path / name
        path.write_text("\n".join([HEADER, *rows]) + "\n")
        return path

    return write
