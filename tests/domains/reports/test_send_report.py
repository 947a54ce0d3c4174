"""A report is sent: exactly once, placed, guarded, and its sender kept apart."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.test.utils import CaptureQueriesContext

from samsyn.base.access import SYSTEM
from samsyn.base.audit.models import AuditEntry
from samsyn.base.errors import NotAllowed
from samsyn.domains.reports.guarding import GuardRefused
from samsyn.domains.reports.models import Report, ReporterIdentity
from samsyn.domains.reports.services import DraftRefused, revoke_link, send_report

pytestmark = [pytest.mark.django_db]


@pytest.mark.clause("K04", "H05")
def test_the_caretaker_reports_what_where_and_when(send, beach, town, evening):
    report = send()
    stored = Report.objects.get(pk=report.pk)
    assert (stored.category_key, stored.place, stored.organisation) == ("TRAF", beach, town.youth)
    assert (stored.longitude, stored.latitude) == (22.15, 65.58)
    assert (stored.iso_year, stored.iso_week) == (2026, 20)
    assert stored.starts_at == evening
    assert stored.source == "link"


def test_the_week_is_that_of_the_clock_on_the_wall(send, evening, monkeypatch):
    """Monday 00.30 in Sweden is still Sunday in UTC."""
    from samsyn.base import clock

    night = dt.datetime(2026, 5, 18, 0, 30, tzinfo=clock.SWEDEN)
    monkeypatch.setattr(clock, "now", lambda: night)
    report = send(starts_at=night, ends_at=night)
    assert (report.iso_year, report.iso_week) == (2026, 21)


def test_the_same_key_again_gives_the_first_receipt_and_stores_nothing(town, caretaker, draft):
    key = uuid.uuid4()
    given = {
        "actor": caretaker.viewer,
        "municipality": town.lulea,
        "organisation": town.youth,
        "idempotency_key": key,
        "source": "link",
    }
    first, created = send_report(draft=draft, **given)
    again, created_again = send_report(draft=replace(draft, note="Annan text"), **given)
    assert created
    assert not created_again
    assert again.pk == first.pk
    assert again.note == "Flera mopeder kör på gångvägen."
    assert Report.objects.count() == ReporterIdentity.objects.count() == 1
    assert AuditEntry.objects.filter(verb="report.sent").count() == 1


def test_a_report_costs_three_writes(send, django_assert_num_queries):
    """One short transaction: the report, its sender, the line in the log."""
    from django.db import connection

    with CaptureQueriesContext(connection) as queries:
        send()
    writes = [
        one["sql"] for one in queries if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    ]
    assert [sql.split('"')[1] for sql in writes] == [
        "reports_report",
        "reports_reporteridentity",
        "audit_auditentry",
    ]
    assert len(queries) <= 9


def test_the_log_tells_that_a_report_came_and_not_from_whom(send, cast):
    report = send(actor=cast.fritidsledaren.viewer)
    line = AuditEntry.objects.get(verb="report.sent")
    assert line.thing_key == str(report.pk)
    assert line.actor_id is None
    assert "Fritidsledaren" not in line.actor_label


@pytest.mark.clause("L07")
def test_a_member_brings_information_from_her_profession(send, cast):
    report = send(actor=cast.fritidsledaren.viewer)
    assert report.identity.user == cast.fritidsledaren.user


def test_a_personal_number_in_the_note_stops_the_report(send, caplog):
    with pytest.raises(GuardRefused) as refused:
        send(note="Det var 19121212-1212 som gjorde det")
    assert "personnummer" in str(refused.value)
    assert "Inget har sparats" in str(refused.value)
    assert Report.objects.count() == 0
    assert "1212" not in str(refused.value) + caplog.text
    assert not any("1212" in str(one.facts) for one in AuditEntry.objects.all())


def test_the_place_is_guarded_too(send):
    with pytest.raises(GuardRefused):
        send(place_id=None, place_text="Hemma hos 070-174 06 35")
    assert Report.objects.count() == 0


def test_the_place_level_part_can_be_sent_without_the_note(send):
    assert send(note="").note == ""


def test_a_concern_for_one_person_is_redirected_and_not_stored(send):
    with pytest.raises(GuardRefused) as refused:
        send(note="Jag är orolig för en elev som mår dåligt hemma")
    assert "orosanmälan" in str(refused.value)
    assert "114 14" in str(refused.value)
    assert Report.objects.count() == 0


def test_a_private_company_gives_no_data_about_people(send, cast, town):
    with pytest.raises(DraftRefused) as refused:
        send(actor=cast.fastighetsbolaget.viewer, organisation=town.housing, people_band="2-4")
    assert [one.field for one in refused.value.problems] == ["people"]


def test_nothing_to_report_is_a_report(send, evening):
    report = send(kind="nothing", category_key="", place_id=None, note="Detta ska inte sparas")
    assert (report.kind, report.category_key, report.note) == ("nothing", "NOLL", "")
    assert report.starts_at == report.ends_at == evening


def test_a_planned_event_lies_ahead(send, evening):
    start = evening + dt.timedelta(days=20)
    report = send(
        kind="planned_event",
        category_key="EVENT",
        starts_at=start,
        ends_at=start + dt.timedelta(hours=5),
    )
    assert report.kind == "planned_event"
    with pytest.raises(DraftRefused):
        send(kind="incident", starts_at=start, ends_at=start)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"category_key": "FINNS-INTE"}, "category"),
        ({"category_key": ""}, "category"),
        ({"category_key": "NOLL"}, "category"),
        ({"place_id": None}, "place"),
        ({"place_id": 999_999}, "place"),
        ({"place_id": None, "longitude": 22.15}, "place"),
        ({"place_id": None, "longitude": float("nan"), "latitude": float("nan")}, "place"),
        ({"place_id": None, "longitude": 13.0, "latitude": 55.6}, "place"),
        ({"starts_at": None}, "when"),
        ({"kind": "person"}, "kind"),
        ({"people_band": "7"}, "people"),
        ({"note": "x" * 301}, "note"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(send, changes, field):
    with pytest.raises(DraftRefused) as refused:
        send(**changes)
    assert [one.field for one in refused.value.problems] == [field]
    assert Report.objects.count() == 0


def test_a_point_is_placed_in_its_area_when_it_is_written(send, town):
    import shapely

    from samsyn.base.geo.models import Area, Edition

    edition = Edition.objects.create(
        municipality=town.lulea, kind="district", valid_from=dt.date(2025, 1, 1), source="Påhittad"
    )
    area = Area.objects.create(
        edition=edition,
        code="C",
        name="Centrum",
        longitude=22.15,
        latitude=65.58,
        geometry=shapely.to_wkb(shapely.box(22.1, 65.5, 22.2, 65.6)),
    )
    report = send(place_id=None, longitude=22.1512345, latitude=65.58)
    assert report.area == area
    assert report.longitude == 22.15123


def test_one_reports_for_ones_own_organisation_only(send, cast, town):
    with pytest.raises(NotAllowed):
        send(actor=cast.fritidsledaren.viewer, organisation=town.housing)
    with pytest.raises(NotAllowed):
        send(actor=cast.framlingen.viewer)
    with pytest.raises(NotAllowed):
        send(municipality=town.boden)


def test_a_revoked_link_sends_nothing_more(send, cast, caretaker):
    revoke_link(actor=cast.samordnaren.viewer, link=caretaker.link)
    with pytest.raises(NotAllowed):
        send()
    assert Report.objects.count() == 0


def test_a_place_of_another_municipality_is_no_place_here(send, town):
    from samsyn.base.geo.models import Place

    elsewhere = Place.objects.create(municipality=town.boden, name="Torget i Boden")
    with pytest.raises(DraftRefused):
        send(place_id=elsewhere.pk)


def test_the_system_may_send_for_anybody_and_leaves_no_sender(send):
    report = send(actor=SYSTEM)
    assert not ReporterIdentity.objects.filter(report=report).exists()
