"""Filling the demo once: what is there already is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from samsyn.base.orgs.models import Organisation
from samsyn.cli.demo.agreements import run_agreements
from samsyn.cli.demo.areas import make_areas
from samsyn.cli.demo.cast import TOWNS, make_cast
from samsyn.cli.demo.documents import add_documents
from samsyn.cli.demo.files import read_bra_figures, read_events, read_police_lists
from samsyn.cli.demo.meetings import hold_meetings
from samsyn.cli.demo.pictures import make_pictures
from samsyn.cli.demo.reminders import send_reminders
from samsyn.cli.demo.reports import make_reports


def fill(events: Path | None) -> Iterator[str]:
    """Fill the database where it is empty, telling what was made; a real file of events is read each time."""
    if Organisation.objects.filter(is_demo=True).exists():
        yield "Demon finns redan: inget ändrat."
        if events is not None:
            yield read_events(events)
        return
    cast = make_cast()
    yield f"Kommuner: {len(TOWNS)} med polisområden, platser och konton."
    yield make_areas(cast)
    yield f"Påhittade rapporter: {make_reports(cast)}."
    yield read_events(events)
    yield read_bra_figures()
    yield read_police_lists(cast)
    yield run_agreements(cast)
    yield hold_meetings(cast)
    yield add_documents()
    yield make_pictures(cast)
    yield send_reminders()
