"""The police's monthly list: cleaned at the door, mapped, compared with the last one, asked for when missing."""

import datetime as dt
import json

import pytest

from samsyn.base import clock
from samsyn.base.access import SYSTEM
from samsyn.base.jobs.imports import import_now
from samsyn.base.jobs.work import undo_job
from samsyn.base.today import cards_for
from samsyn.domains.registered.mapping import category_map
from samsyn.domains.registered.models import PoliceListMonth, RegisteredCrime
from samsyn.domains.registered.rules import missing_months, month_before
from samsyn.formats.police_list import guess_profile, inspect_police_list

pytestmark = pytest.mark.django_db

DAMAGE = "10/3/26;Centrum;Norr;Storgatan 12 B;1201;1;10/1/26;10/2/26;2200;0600"
BIKE = "10/5/26;Centrum;Söder;Kyrkogatan 4;0802;1;10/4/26;10/4/26;1500;1600"
REVERSED = "10/5/26;Centrum;Söder;Kyrkogatan;0802;1;10/4/26;10/3/26;1500;1600"
UNKNOWN_CODE = "10/6/26;Centrum;Söder;Kyrkogatan;9999;1;10/4/26;10/4/26;1500;1600"


@pytest.fixture
def read(town):
    def read_list(path, **how):
        parameters = {
            "profile": guess_profile(inspect_police_list(path)).to_json(),
            "police_area": town.police.pk,
            "municipality_code": "2580",
        }
        return import_now(
            actor=SYSTEM,
            kind="import.police-list",
            source=path,
            organisation=town.lulea,
            parameters=parameters,
            **how,
        )

    return read_list


@pytest.mark.clause("K05")
def test_each_row_gets_the_councils_category_and_keeps_its_interval(read, police_list):
    job = read(police_list(DAMAGE, BIKE))
    assert job.summary["new"] == 2
    damage = RegisteredCrime.objects.get(crime_code="1201")
    assert damage.category_key == "SKAD"
    assert damage.month_registered == 202610
    assert damage.starts_at.astimezone(clock.SWEDEN).isoformat() == "2026-10-01T22:00:00+02:00"
    assert damage.ends_at.astimezone(clock.SWEDEN).isoformat() == "2026-10-02T06:00:00+02:00"


@pytest.mark.clause("K05")
def test_a_heading_that_is_a_categorys_name_needs_no_decision(town):
    mapping = category_map(town.lulea, {"Bråk": "STOR"})
    found = [
        mapping.key_for(None, label, 202610)
        for label in ("Skadegörelse", "klotter ", "Bråk", "Annat")
    ]
    assert found == ["SKAD", "KLOT", "STOR", ""]


@pytest.mark.clause("C05")
def test_street_numbers_never_reach_the_database(read, police_list):
    job = read(police_list(DAMAGE))
    kept = json.dumps(
        [*RegisteredCrime.objects.values(), *PoliceListMonth.objects.values()], default=str
    )
    kept += json.dumps([job.summary, job.parameters, list(job.errors.values())], default=str)
    assert "Storgatan" in kept
    assert "12 B" not in kept
    assert job.file is None


def test_a_bad_row_is_told_with_its_reason_and_the_rest_is_read(read, police_list):
    job = read(police_list(DAMAGE, REVERSED, BIKE))
    assert (job.summary["new"], job.summary["errors"]) == (2, 1)
    assert job.errors.get().row == 3


def test_a_code_that_belongs_to_no_category_is_counted_as_unmapped(read, police_list):
    assert read(police_list(DAMAGE, UNKNOWN_CODE)).summary["unmapped"] == 1


@pytest.mark.clause("K05")
def test_the_month_again_replaces_it_and_shows_the_difference(read, police_list):
    read(police_list(DAMAGE, name="forsta.csv"))
    job = read(police_list(DAMAGE, BIKE, name="andra.csv"))
    difference = job.summary["months"][0]["difference"]
    assert (difference["added"], difference["gone"], difference["unchanged"]) == (1, 0, 1)
    assert RegisteredCrime.objects.filter(is_current=True).count() == 2

    undo_job(actor=SYSTEM, job=job)
    assert RegisteredCrime.objects.get(is_current=True).crime_code == "1201"


@pytest.mark.clause("K05")
def test_the_kommunpolis_is_told_that_the_months_file_is_missing(
    read, police_list, cast, town, monkeypatch
):
    read(police_list(DAMAGE))
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 12, 9))
    assert not any(
        c.key == "missing-police-list" for c in cards_for(cast.kommunpolisen.viewer, town.lulea)
    )
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 12, 11))
    card = next(
        c
        for c in cards_for(cast.kommunpolisen.viewer, town.lulea)
        if c.key == "missing-police-list"
    )
    assert card.title == "Polisens fil för november 2026 saknas"
    assert card.text == "Den brukar komma före den 10:e."


def test_nothing_is_missing_before_the_first_list_or_the_in_use_date():
    assert missing_months(set(), today=dt.date(2026, 12, 11), due_day=10, in_use_from=None) == []
    begun = dt.date(2026, 12, 1)
    assert missing_months(set(), today=dt.date(2026, 12, 11), due_day=10, in_use_from=begun) == []
    begun = dt.date(2026, 11, 1)
    assert missing_months({202609}, today=dt.date(2026, 12, 11), due_day=10, in_use_from=begun) == [
        202611
    ]


def test_the_month_before_january_is_december():
    assert month_before(202601) == 202512
    assert month_before(202612) == 202611


@pytest.mark.clause("C05")
def test_private_actors_and_strangers_never_see_a_row(read, police_list, cast):
    from samsyn.base.access import visible

    read(police_list(DAMAGE))
    for seer in (cast.samordnaren, cast.kommunpolisen, cast.sakerhetschefen):
        assert visible(seer.viewer, RegisteredCrime).count() == 1
    for other in (cast.fastighetsbolaget, cast.fritidsledaren, cast.radsledamoten, cast.framlingen):
        assert visible(other.viewer, RegisteredCrime).count() == 0
