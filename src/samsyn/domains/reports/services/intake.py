"""Taking in a report: checked, placed, and stored exactly once."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from samsyn.base import clock
from samsyn.base.access import Viewer, visible
from samsyn.base.audit.log import record
from samsyn.base.errors import NotAllowed, UserError
from samsyn.base.geo.locate import area_at, is_near
from samsyn.base.geo.models import Place
from samsyn.base.orgs.models import Organisation
from samsyn.domains.reports.guarding import require_storable
from samsyn.domains.reports.models import Report, ReporterIdentity, ReportKind, Source
from samsyn.domains.reports.rules import NOTHING, Problem, ReportDraft, check_draft
from samsyn.domains.reports.selectors.categories import categories_of
from samsyn.domains.reports.services.links import require_open_link

# The log tells that a report came, never from whom: the sender is kept apart and disposed of sooner.
SENDER = Viewer(kind="link", label="Rapportör")


_line = threading.Lock()


class DraftRefused(UserError):
    """The report lacks something, or holds something that cannot be. `problems` says what, field by field."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(" ".join(one.message for one in problems))


@dataclass(frozen=True)
class Position:
    """Where a report is: the named place and its point and area, or a point, or words only."""

    place: Place | None = None
    longitude: float | None = None
    latitude: float | None = None
    area_id: int | None = None


def send_report(
    *,
    actor: Viewer,
    municipality: Organisation,
    organisation: Organisation,
    draft: ReportDraft,
    idempotency_key: uuid.UUID,
    source: str = Source.FORM,
    is_demo: bool = False,
) -> tuple[Report, bool]:
    """Take in a report; a second one with the same key returns the first and stores nothing (K04, H05).

    All reading is done before the transaction, which holds three inserts: the report, who sent it,
    and the line in the log. Returns the report and whether it was stored now.

    Raises NotAllowed where the actor may not report for that organisation there (LinkClosed,
    TooManyReports for a link), DraftRefused with the problems, GuardRefused where the note or the place may not be stored.
    """
    require_sender(actor, municipality, organisation)
    draft = completed(draft)
    categories = {one.key: one for one in categories_of(municipality)}
    problems = check_draft(draft, clock.now(), categories, private=organisation.is_private)
    if problems:
        raise DraftRefused(problems)
    require_storable(draft.note, draft.place_text, private=organisation.is_private)
    position = position_of(draft, municipality, actor)
    chosen = categories.get(draft.category_key)
    report = build_report(draft, position, municipality, organisation)
    report.category_id = chosen.pk if chosen is not None else None
    report.idempotency_key, report.source, report.is_demo = idempotency_key, source, is_demo
    try:
        with in_line(), transaction.atomic():
            report.save(force_insert=True)
            if actor.user is not None or actor.link is not None or draft.contact_email:
                ReporterIdentity.objects.create(
                    report=report,
                    user_id=actor.user,
                    link_id=actor.link,
                    contact_email=draft.contact_email,
                )
            record(SENDER, "report.sent", report, organisation=municipality, source=str(source))
    except IntegrityError:
        return receipt_of(idempotency_key, organisation), False
    return report, True


@contextmanager
def in_line() -> Iterator[None]:
    """Let the threads of this process write one at a time, first come, first served.

    SQLite has one writer; those who wait for it sleep longer and longer and pass each other. A queue in
    the process keeps the slowest report fast. Inside a transaction the place is already held.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with _line:
        yield


def require_sender(actor: Viewer, municipality: Organisation, organisation: Organisation) -> None:
    """Raise NotAllowed unless the actor may report for that organisation in that municipality."""
    if actor.is_system:
        return
    if actor.link is not None:
        require_open_link(actor.link, municipality, organisation)
        return
    if any(
        one.organisation == organisation.pk and municipality.pk in one.municipalities
        for one in actor.mandates
    ):
        return
    raise NotAllowed(
        _("Du kan inte rapportera för den organisationen. Fråga samordnaren i din kommun.")
    )


def completed(draft: ReportDraft) -> ReportDraft:
    """Return the draft with tidy text; *nothing to report* keeps nothing but its time."""
    if draft.kind == ReportKind.NOTHING:
        now = clock.now()
        return ReportDraft(
            kind=ReportKind.NOTHING,
            category_key=NOTHING,
            starts_at=now,
            ends_at=now,
            contact_email=draft.contact_email,
        )
    return replace(draft, note=tidy(draft.note), place_text=tidy(draft.place_text))


def tidy(text: str) -> str:
    """Return the text without control characters and doubled blanks."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def position_of(draft: ReportDraft, municipality: Organisation, actor: Viewer) -> Position:
    """Return where the report is, with the area looked up now (never later, when areas have changed)."""
    if draft.place_id is not None:
        place = next(
            iter(
                visible(actor, Place)
                .filter(pk=draft.place_id, municipality=municipality)
                .order_by()
            ),
            None,
        )
        if place is None:
            raise DraftRefused([Problem("place", _("Platsen finns inte längre. Välj en annan."))])
        return Position(place, place.longitude, place.latitude, place.area_id)
    if draft.longitude is None or draft.latitude is None:
        return Position()
    longitude, latitude = round(draft.longitude, 5), round(draft.latitude, 5)
    if not is_near(municipality, longitude, latitude):
        message = _(
            "Platsen ligger utanför %(name)s. Välj en annan, eller beskriv den med egna ord."
        )
        raise DraftRefused([Problem("place", message % {"name": municipality.called})])
    area = area_at(municipality, longitude, latitude)
    return Position(None, longitude, latitude, area.pk if area is not None else None)


def build_report(
    draft: ReportDraft, position: Position, municipality: Organisation, organisation: Organisation
) -> Report:
    """Return the unsaved row."""
    starts, ends = draft.starts_at, draft.ends_at
    assert starts is not None
    assert ends is not None
    year, week, _day = starts.astimezone(clock.SWEDEN).isocalendar()
    return Report(
        municipality=municipality,
        organisation=organisation,
        kind=draft.kind,
        category_key=draft.category_key,
        place=position.place,
        place_text=draft.place_text,
        longitude=position.longitude,
        latitude=position.latitude,
        area_id=position.area_id,
        starts_at=starts,
        ends_at=ends,
        iso_year=year,
        iso_week=week,
        note=draft.note,
        people_band=draft.people_band,
        reported_to_police=draft.reported_to_police,
    )


def receipt_of(idempotency_key: uuid.UUID, organisation: Organisation) -> Report:
    """Return the report that the key already stands for, if it is the same sender's."""
    stored = Report.objects.filter(
        idempotency_key=idempotency_key, organisation=organisation
    ).first()
    if stored is None:
        raise UserError(_("Rapporten kunde inte tas emot. Ladda om sidan och skicka den igen."))
    return stored
