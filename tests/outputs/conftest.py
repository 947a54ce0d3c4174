"""The town of the picture's own tests, and its week as a document."""

from __future__ import annotations

import pytest

from tests.domains.situation.conftest import (
    busy_town,
    drafted,
    finished,
    place,
    police_event,
    report,
    unwritten,
)

__all__ = ["busy_town", "drafted", "finished", "place", "police_event", "report", "unwritten"]


@pytest.fixture
def figures_of_brå(town):
    """Brå's total of May, preliminary, and of the May before."""
    from samsyn.domains.registered.models import BraFigure

    for year, count in ((2026, 1412), (2025, 1398)):
        BraFigure.objects.create(
            municipality_code="2580", region="Luleå", offence="Totalt antal brott", offence_id="13192", level=1,
            period_kind="month", year=year, period=5, count=count, preliminary=year == 2026,
        )  # fmt: skip


@pytest.fixture
def shown(busy_town, report, police_event, figures_of_brå, town):
    """Week 20 of Luleå as it would be drafted, with all three kinds of source."""
    from samsyn.domains.situation.numbers import gather, scope_of
    from samsyn.domains.situation.selectors import unsaved_picture
    from samsyn.domains.situation.weeks import Week

    police_event(1, "2026-05-12T10:00")
    police_event(2, "2026-05-13T23:30", type_="Trafikolycka")
    police_event(3, "2026-05-14T07:00", is_summary=True)
    report("SKAD", day=2, hour=20, hours=5)
    report("EVENT", kind="planned_event", week=21, day=5, note="Cruising i centrum")
    return unsaved_picture(gather(scope_of(town.lulea), Week(2026, 20)))


@pytest.fixture
def document(shown):
    from samsyn.outputs.picture_document import document_of

    return document_of(shown)


@pytest.fixture
def joint_document(busy_town, report, town):
    """Week 20 of the police area."""
    from samsyn.domains.situation.numbers import gather, scope_of
    from samsyn.domains.situation.selectors import unsaved_picture
    from samsyn.domains.situation.weeks import Week
    from samsyn.outputs.picture_document import document_of

    report("SKAD", municipality=town.boden)
    return document_of(unsaved_picture(gather(scope_of(town.police), Week(2026, 20))))
