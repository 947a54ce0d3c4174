"""One of each thing in Luleå, so that every address that takes a thing can be tried with a real one."""

from __future__ import annotations

import datetime as dt
import uuid
from types import SimpleNamespace

from samsyn.base import clock
from samsyn.base.access import SYSTEM

TOKEN = "not-a-token"


def build(town, cast):
    """Make the things; everything belongs to Luleå or its police area, nothing to Lomma."""
    from samsyn.base.geo.models import Place
    from samsyn.base.jobs.models import Job
    from samsyn.domains.registered.models import PoliceEvent
    from samsyn.domains.reports.models import QuickFixRecipient, Report, ReportKind, Source
    from samsyn.domains.reports.services import create_link
    from samsyn.domains.situation.services import draft_picture

    year, week, _day = (clock.today() - dt.timedelta(days=7)).isocalendar()
    at = dt.datetime.combine(dt.date.fromisocalendar(year, week, 3), dt.time(18), clock.SWEDEN)
    world = SimpleNamespace(town=town)
    world.place = Place.objects.create(municipality=town.lulea, name="Badplatsen")
    world.job = Job.objects.create(
        kind="import.bra", organisation=town.lulea, started_by_label="Samordnaren", state="done"
    )
    world.event = PoliceEvent.objects.create(
        police_id=1, event_at=at, published_at=at, type="Brand", title="Brand", location_name="Luleå",
        municipality_code="2580", content_hash="x", iso_year=year, iso_week=week,
    )  # fmt: skip
    world.report = Report.objects.create(
        municipality=town.lulea, organisation=town.youth, kind=ReportKind.INCIDENT, category_key="TRAF",
        starts_at=at, ends_at=at, iso_year=year, iso_week=week, source=Source.FORM, idempotency_key=uuid.uuid4(),
    )  # fmt: skip
    world.recipient = QuickFixRecipient.objects.create(
        municipality=town.lulea, matter="lamp", name="Gatukontoret", email="gata@exempel.se"
    )
    world.link, _token = create_link(
        actor=cast.samordnaren.viewer, municipality=town.lulea, organisation=town.youth, label="Vaktmästare"
    )
    world.picture = draft_picture(actor=SYSTEM, scope=town.lulea, iso_year=year, iso_week=week)
    world.part = world.picture.parts.get(organisation=town.lulea)
    world.sentence = world.part.sentences.first()
    world.week = f"{year}-W{week:02d}"
    return world
