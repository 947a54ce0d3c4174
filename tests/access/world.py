"""One of each thing in Luleå, so that every address that takes a thing can be tried with a real one."""

from __future__ import annotations

import datetime as dt
import uuid
from types import SimpleNamespace

from samsyn.base import clock
from samsyn.base.access import SYSTEM


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
    world.report, world.other_report = (
        Report.objects.create(
            municipality=town.lulea, organisation=town.youth, kind=ReportKind.INCIDENT, category_key="TRAF",
            starts_at=at, ends_at=at, iso_year=year, iso_week=week, source=Source.FORM, idempotency_key=uuid.uuid4(),
        )
        for _ in range(2)
    )  # fmt: skip
    world.recipient = QuickFixRecipient.objects.create(
        municipality=town.lulea, matter="lamp", name="Gatukontoret", email="gata@exempel.se"
    )
    world.link, _token = create_link(
        actor=cast.samordnaren.viewer,
        municipality=town.lulea,
        organisation=town.youth,
        label="Vaktmästare",
    )
    world.picture = draft_picture(actor=SYSTEM, scope=town.lulea, iso_year=year, iso_week=week)
    world.part = world.picture.parts.get(organisation=town.lulea)
    world.sentence = world.part.sentences.first()
    world.week = f"{year}-W{week:02d}"
    add_agreement(world, town, cast)
    add_meeting(world, town)
    add_document(world, town)
    return world


def add_agreement(world, town, cast):
    """Luleå's own agreement, loaded, with a piece of evidence, a holder, a calendar and a set-up."""
    from samsyn.domains.agreements.file import shipped_agreements
    from samsyn.domains.agreements.models import (
        Body,
        CalendarFeed,
        Evidence,
        Function,
        Holder,
        SetUp,
    )
    from samsyn.domains.agreements.services.loading import load_agreement

    text = shipped_agreements()["lulea-2020"].read_text(encoding="utf-8")
    world.agreement = load_agreement(actor=SYSTEM, text=text).agreement
    world.body = Body.objects.filter(agreement=world.agreement, needs_mandate=False).first()
    world.group = Body.objects.filter(agreement=world.agreement, needs_mandate=True).first()
    world.function = Function.objects.filter(agreement=world.agreement).first()
    world.holder = Holder.objects.create(
        function=world.function, user=cast.samordnaren.user, since=clock.today()
    )
    world.handover = Holder.objects.create(
        function=world.function,
        user=cast.samordnaren.user,
        since=clock.today(),
        took_over_from=world.holder,
    )
    world.commitment = world.agreement.commitments.first()
    world.evidence = Evidence.objects.create(
        commitment=world.commitment,
        kind="note",
        occurred_on=clock.today(),
        recorded_by_label="Samordnaren",
    )
    world.feed = CalendarFeed.objects.create(
        owner=cast.samordnaren.user, agreement=world.agreement, secret_hash="x"
    )
    world.set_up = SetUp.objects.create(
        municipality=town.lulea, name="Nytt avtal", text="id: x", made_by=cast.samordnaren.user,
        proposals=[
            {
                "kind": "validity", "path": "validity.from", "value": 2026, "accepted": None,
                "words": ["2026", 6, 10], "sentence": ["Från 2026.", 0, 10],
                "confidence": 0.9, "rule": "period",
            }
        ],
    )  # fmt: skip


def add_meeting(world, town):
    """A meeting with an item, a decision, an assignment and a need."""
    from samsyn.domains.meetings.models import AgendaItem, Assignment, Decision, Meeting, Need

    world.meeting = Meeting.objects.create(
        body=world.body, municipality=town.lulea, form="full", starts_at=clock.now()
    )
    world.item = AgendaItem.objects.create(meeting=world.meeting, order=1, title="Belysningen")
    world.decision = Decision.objects.create(
        item=world.item, body=world.body, municipality=town.lulea, rule="decides", wording="Lagas."
    )
    world.assignment = Assignment.objects.create(
        municipality=town.lulea, giver=world.body, item=world.item, receiver_body=world.body, title="Laga",
        due_on=clock.today(),
    )  # fmt: skip
    world.need = Need.objects.create(
        municipality=town.lulea, title="Ljus", text="Det är mörkt.", sender_label="Skolan"
    )


def add_document(world, town):
    """A document of the agreement with a first version."""
    from samsyn.base.files.store import store_file
    from samsyn.domains.agreements.documents.models import Document, DocumentVersion

    world.document = Document.objects.create(
        agreement=world.agreement, municipality=town.lulea, title="Åtgärdsplan"
    )
    stored = store_file(
        actor=SYSTEM, organisation=town.lulea, name="plan.pdf", chunks=[b"%PDF-1.7"], media_type="application/pdf"
    )  # fmt: skip
    world.version = DocumentVersion.objects.create(
        document=world.document, number=1, file=stored, checksum=stored.sha256, created_by_label="Samordnaren"
    )  # fmt: skip
